using System.Diagnostics;
using System.Globalization;
using System.Xml;
using Groeilijn.Office;
using Groeilijn.Statistics.Linkage;
using Groeilijn.Testland;

namespace Groeilijn.Benchmarks;

/// <summary>
/// The office's matching against the truth of the invented country, pass by pass, and what a school costs that comes late:
/// <c>office-linking PUPILS SEED</c>. The exports are read without the school's checks, and all pupils are sought.
/// </summary>
public static class OfficeLinking
{
    /// <summary>Runs the words of the command line; false when they are not of this kind.</summary>
    public static bool Try(string[] words)
    {
        if (words is not ["office-linking", var pupils, var seed]) return false;
        var folder = Directory.CreateTempSubdirectory("groeilijn-linking-").FullName;
        try
        {
            var options = TestlandOptions.ForPupils(int.Parse(pupils, CultureInfo.InvariantCulture)) with { Seed = ulong.Parse(seed, CultureInfo.InvariantCulture), Editions = 1 };
            TestlandWriter.Write(options, folder, parts: TestlandParts.Register | TestlandParts.Exports | TestlandParts.Truth);
            Run(folder, options.AllEditions.First().ToString());
        }
        finally { Directory.Delete(folder, recursive: true); }
        return true;
    }

    static void Run(string folder, string edition)
    {
        var watch = Stopwatch.StartNew();
        void Told(string what)
        {
            Say($"{watch.Elapsed.TotalSeconds,8:F2} s  {what}");
            watch.Restart();
        }
        List<RegisterPerson> persons = [.. RegisterFiles.Read(Path.Combine(folder, "register", edition)).Select(filed => filed.Person)];
        var register = OfficeModel.Index(persons, new DateOnly(int.Parse(edition[..4], CultureInfo.InvariantCulture), 3, 1));
        Told($"register: {persons.Count:N0} persons");
        var truth = Truth(Path.Combine(folder, "truth", edition + ".csv"));
        var (records, ends, keys) = (register.Records(), new List<int>(), new List<string>());
        foreach (var school in Directory.GetDirectories(Path.Combine(folder, "exports", edition)).Order(StringComparer.Ordinal))
        {
            foreach (var (key, cells) in Pupils(school))
                if (truth.TryGetValue((Path.GetFileName(school), key), out var person)) { records.Add(cells); keys.Add(person); }
            ends.Add(records.Count);
        }
        Told($"deliveries: {ends.Count:N0} schools, {records.Count:N0} pupils");
        var learned = register.Learn(records);
        Told("learning");
        var result = register.Link(records, ends, learned);
        Told("linking, the register's indexes made");
        register.Link(records, ends, learned);
        Told("linking again");
        Passes(persons, keys, result);
        foreach (var line in LinkSummary.Of(result).Lines()) Say($"{line}");
        Late(register, learned, folder, edition);
    }

    static void Passes(List<RegisterPerson> persons, List<string> keys, LinkageResult result)
    {
        var registered = persons.Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        var findable = keys.Count(registered.Contains);
        bool IsTrue(int left, int right) => persons[right].Key == keys[left];
        int links = 0, right = 0;
        Say($"{"pass",-28} {"links",9} {"false",6}   so far: {"precision",9} {"recall",8} {"F1",8}");
        foreach (var pass in new[] { OfficeModel.ByNumber, OfficeModel.ByNumberAndSex, OfficeModel.ByAddress, "probabilistic" })
        {
            var of = result.Links.Where(l => l.Pass == pass).ToArray();
            links += of.Length;
            right += of.Count(l => IsTrue(l.Left, l.Right));
            var (precision, recall) = ((double)right / Math.Max(1, links), (double)right / findable);
            Say($"{pass,-28} {of.Length,9:N0} {of.Count(l => !IsTrue(l.Left, l.Right)),6:N0}           {precision,9:F5} {recall,8:F5} {2 * precision * recall / (precision + recall),8:F5}");
        }
        var waiting = result.Waiting(OfficeModel.LeastForReview).ToLookup(w => w.Left);
        Say($"{waiting.Count:N0} pupils wait for review ({waiting.Sum(w => w.Count()):N0} pairs), the true person among the pairs of {waiting.Count(w => w.Any(p => IsTrue(p.Left, p.Right))):N0}; {findable:N0} of {keys.Count:N0} are in the register");
    }

    static void Late(LinkRegister register, LearnedModel learned, string folder, string edition)
    {
        var times = new List<(double Milliseconds, int Pupils)>();
        foreach (var school in Directory.GetDirectories(Path.Combine(folder, "exports", edition)).Order(StringComparer.Ordinal).Take(200))
        {
            var records = register.Records();
            foreach (var (_, cells) in Pupils(school)) records.Add(cells);
            var watch = Stopwatch.StartNew();
            register.Link(records, [records.Count], learned);
            times.Add((watch.Elapsed.TotalMilliseconds, records.Count));
        }
        var each = times.Select(t => t.Milliseconds / t.Pupils).Order().ToArray();
        using var process = Process.GetCurrentProcess();
        Say($"a late school: median {each[each.Length / 2]:F4} ms a pupil, highest {each[^1]:F4}; {times.Average(t => t.Milliseconds):F2} ms a school of {times.Average(t => t.Pupils):F0}; peak {process.PeakWorkingSet64 >> 20} MB");
    }

    static Dictionary<(string, string), string> Truth(string file) =>
        File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Where(cells => cells[3] == "0").ToDictionary(cells => (cells[0], cells[1]), cells => cells[2]);

    static IEnumerable<(string Key, string[] Cells)> Pupils(string school)
    {
        var addresses = File.ReadLines(Path.Combine(school, "adressen.csv")).Skip(1).Select(line => line.Split(';')).ToDictionary(cells => cells[0]);
        using var xml = XmlReader.Create(Path.Combine(school, "edexml.xml"));
        while (xml.ReadToFollowing("leerling"))
        {
            var (key, fields) = (xml.GetAttribute("key")!, new Dictionary<string, string>());
            using (var pupil = xml.ReadSubtree())
            {
                pupil.Read();
                pupil.Read();
                while (!pupil.EOF)
                    if (pupil.NodeType == XmlNodeType.Element && !pupil.IsEmptyElement) fields[pupil.Name] = pupil.ReadElementContentAsString();
                    else pupil.Read();
            }
            var address = addresses.GetValueOrDefault(key);
            yield return (key, [fields.GetValueOrDefault("bsn") ?? fields.GetValueOrDefault("onderwijsnummer") ?? "", fields.GetValueOrDefault("geboortedatum") ?? "",
                fields.GetValueOrDefault("geslacht") switch { "1" => "m", "2" => "f", _ => "" }, address?[1] ?? fields.GetValueOrDefault("postcodenl") ?? "", address is null ? "" : $"{address[2]} {address[3]}{address[4]}".Trim()]);
        }
    }

    static void Say(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
