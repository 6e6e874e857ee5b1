using System.Diagnostics;
using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Statistics;

namespace Groeilijn.Benchmarks;

/// <summary>
/// <c>report-load files FOLDER SCHOOLS</c>, then <c>report-load run FOLDER</c>: the report run of an edition of invented schools as large as real ones (216 pupils on average), with three subjects and three years of tests: statistics, Gate, two pages
/// with drawings, two prints and the numbers of every school, checked and sealed. The cohort is put in the home as linking would have left it, and does not count.
/// </summary>
static class ReportLoad
{
    const int Average = 216, HalfYears = 7;
    static readonly Edition s_edition = Edition.Parse("2025-2").Value;
    static readonly Subject[] s_subjects = [Subject.Maths, Subject.Reading, Subject.Spelling];

    public static int Run(string[] words)
    {
        if (words is ["files", var to, var count])
        {
            using var made = OfficeHome.Create(Path.Combine(to, "office"), TimeProvider.System, invented: true);
            Fill(made, int.Parse(count, CultureInfo.InvariantCulture));
            return 0;
        }
        if (words is ["run", var from]) return Measure(Path.Combine(from, "office"));
        Console.Error.WriteLine("error: not understood\nhint: report-load files FOLDER SCHOOLS, then report-load run FOLDER");
        return 2;
    }

    static int Measure(string folder)
    {
        using var home = OfficeHome.Open(folder, TimeProvider.System);
        var schools = SchoolReports.Expected(home, s_edition);
        var (clock, before, first, most) = (Stopwatch.StartNew(), Processor(), TimeSpan.Zero, 0L);
        using var watch = new Timer(_ => most = Math.Max(most, Resident()), null, 0, 500);
        var reports = SchoolReports.Make(home, s_edition, (done, of) =>
        {
            if (done == 1) first = clock.Elapsed;
        });
        var (seconds, processor, others) = (clock.Elapsed.TotalSeconds, Processor() - before, Processor(from: 15));
        var held = SchoolReports.Held(home, s_edition).Count;
        var bytes = Directory.EnumerateFiles(home.At("outgoing"), "*.age", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reports.Value!.Count} reports of {schools} schools ({held} held), {reports.Value.Sum(r => r.Paths.Count)} files, {bytes / 1e6:F0} MB; until the first {first.TotalSeconds:F0} s; {seconds:F0} s, {processor:F0} CPU seconds, {others:F0} of them for printing and reading back; {processor / schools * 1000:F0} ms CPU a report; most memory of all processes at one time {most / 1e6:F0} MB, of this one {Own("VmHWM:") / 1e6:F0} MB; {GC.CollectionCount(2)} collections of all, {GC.GetTotalPauseDuration().TotalSeconds:F1} s in pauses"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"6,500 reports at that rate: {6500.0 / schools * processor / 60:F1} CPU minutes, {6500.0 / schools * processor / 120:F1} minutes on two free cores"));
        return held == 0 && reports.Value.Count == schools ? 0 : 1;
    }

    static void Fill(OfficeHome home, int schools)
    {
        Rounds.Open(home, s_edition, "A. Sleutel", "B. Sleutel");
        using var reports = IdentityKey.Generate();
        string[] codes = [.. Enumerable.Range(0, schools).Select(n => string.Create(CultureInfo.InvariantCulture, $"{10 + n / 676:D2}{(char)('A' + n / 26 % 26)}{(char)('A' + n % 26)}00"))];
        foreach (var code in codes)
        {
            using var key = SigningKey.Create(code, home.Now.AddDays(-1), home.Now.AddYears(3));
            if (Schools.Enrol(home, new SchoolEnrolment { School = code, Name = $"Basisschool {code}", Certificate = Convert.ToBase64String(key.Certificate.RawData), Recipient = reports.Recipient.ToString() }.ToJson(), Province.Parse("PV26").Value).Refusal is { } no) throw new InvalidOperationException(no.ToString());
        }
        // A nation's three years do not fit in memory at once: a half-year at a time.
        var rins = new Rin[schools][];
        List<CohortAddition> added = [];
        for (var (edition, back) = (s_edition, 0); back < HalfYears; edition = edition.Previous, back++) added.Add(Cohort.Write(home, s_edition, codes.Index().SelectMany(school => Rows(school.Index, school.Item, rins, edition))));
        home.Database.Write(t =>
        {
            foreach (var one in added) Cohort.Name(t, one);
            t.Execute("UPDATE rounds SET state = @state WHERE edition = @edition", new { state = RoundState.Linked.Code(), edition = s_edition.ToString() });
            t.Execute("INSERT INTO deliveries (ciphertext, edition, school, sequence, state, manifest, manifest_signature, payload, received, receipt, receipt_signature) VALUES (@code, @edition, @code, 1, @state, @none, @none, '', '', @none, @none)",
                codes.Select(code => new { code, edition = s_edition.ToString(), state = DeliveryState.Linked.Code(), none = Array.Empty<byte>() }));
        });
        home.Sequence();
    }

    /// <summary>The tests of a school's pupils in one of seven half-years; sizes and levels differ, a pupil misses one test in thirty. The same throws each time.</summary>
    static IEnumerable<CohortRow> Rows(int number, string school, Rin[][] rins, Edition only)
    {
        var dice = new Throws((ulong)number + 20250623);
        var (pupils, level, growth) = (Math.Clamp((int)(Average * 0.84 * Math.Exp(0.6 * dice.Normal())), 15, 900), 5 * dice.Normal(), dice.Normal());
        rins[number] ??= [.. Enumerable.Range(0, pupils).Select(_ => Rin.Create())];
        for (var i = 0; i < pupils; i++)
        {
            var (rin, own, last) = (rins[number][i], 14 * dice.Normal(), 3 + i % 6);
            for (var s = 0; s < s_subjects.Length; s++)
            {
                var edition = s_edition;
                for (var back = 0; back < HalfYears; back++, edition = edition.Previous)
                {
                    var group = last - (s_edition.Year - edition.Year);
                    if (group < 3 || dice.Unit() < 1.0 / 30 || (s_subjects[s] == Subject.Reading && group == 3 && edition.Half == HalfYear.M)) continue;
                    var steps = 2 * group + (edition.Half == HalfYear.E ? 1 : 0);
                    var score = 80 + 12.0 * steps + own + level + growth * (HalfYears - back) + 6 * dice.Normal();
                    if (edition != only) continue;
                    yield return new CohortRow(edition, rin, school, group, group, s_subjects[s], edition.Half, edition.Half == HalfYear.M ? new(edition.Year, 1, 24) : new(edition.Year, 6, 6), "lvs-3", Math.Max(1, (int)(10 * score)));
                }
            }
        }
    }

    /// <summary>CPU seconds of this process and of those that it started and that have ended.</summary>
    static double Processor(int from = 13) => File.ReadAllText("/proc/self/stat").Split(' ')[from..17].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / 100;

    /// <summary>What this process and its children hold in memory now, added up.</summary>
    static long Resident()
    {
        var self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return Directory.EnumerateDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])).Where(p => Path.GetFileName(p) == self || Of(p, "PPid:") == self).Sum(p => Bytes(Of(p, "VmRSS:")));
    }

    static long Own(string name) => Bytes(Of("/proc/self", name));

    static long Bytes(string? kilobytes) => kilobytes is null ? 0 : 1024 * long.Parse(kilobytes, CultureInfo.InvariantCulture);

    static string? Of(string process, string name)
    {
        try { return File.ReadLines(Path.Combine(process, "status")).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]; }
        catch (IOException) { return null; }
    }
}
