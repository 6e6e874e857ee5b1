using System.Text;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>Marked values in every failure path, and files that were damaged at random.</summary>
public sealed class HostileTests
{
    const string Mark = "ZZZ-SENTINEL";
    const int Mutations = 200;

    public static TheoryData<string> Paths => [.. s_marked.Keys];

    /// <summary>An export with the mark in one place or another.</summary>
    static readonly Dictionary<string, Action<Export>> s_marked = new()
    {
        ["number"] = e => e.First["bsn"] = Mark,
        ["birth date"] = e => e.First["geboortedatum"] = Mark,
        ["sex"] = e => e.First["geslacht"] = Mark,
        ["year group"] = e => e.First["jaargroep"] = Mark,
        ["group"] = e => e.First["groep"] = Mark,
        ["location"] = e => e.First["vestiging"] = Mark,
        ["postcode"] = e => e.First["postcodenl"] = Mark,
        ["names"] = e => { e.First["achternaam"] = e.First["roepnaam"] = Mark; e.First["geboortedatum"] = ""; },
        ["key"] = e => e.First.Key = "#" + Mark,
        ["key twice"] = e => e.First.Key = e.Pupils[1].Key = Mark,
        ["eck id"] = e => e.First.Eck = "https://ketenid.nl/201703/" + Mark,
        ["school year"] = e => e.Year = Mark,
        ["school code"] = e => e.Brin = Mark,
        ["reference date"] = e => e.Reference = e.Created = Mark,
        ["an element that never ends"] = e => e.First.Raw = $"<{Mark}>",
        ["an element of that name"] = e => e.First.Raw = $"<{Mark}>{Mark}</{Mark}>",
        ["an entity"] = e => e.First.Raw = $"&{Mark};",
        ["address"] = e => e.Addresses[0] = $"{Mark};{Mark};{Mark};{Mark};{Mark}",
        ["address fields"] = e => e.Addresses[0] = $"L1;{Mark};{Mark};{Mark};{Mark}",
        ["address row broken"] = e => e.Addresses[0] = $"L1;\"{Mark}",
        ["result of nobody"] = e => e.FirstResult.Pupil = Mark,
        ["test date"] = e => e.FirstResult.Taken = Mark,
        ["test"] = e => e.FirstResult.Test = Mark,
        ["score"] = e => e.FirstResult.Score = Mark,
        ["result key"] = e => e.FirstResult.Key = e.Results[1].Key = Mark,
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void No_message_repeats_what_stands_in_a_file(string path)
    {
        using var school = new TestHome();
        var export = Export.Usual();
        s_marked[path](export);
        var files = export.Write(Path.Combine(school.Folder, "in"));
        var outcome = school.Import(files);
        var report = outcome.Stored ? Check.Run(school.Home) : null;
        foreach (var finding in outcome.Findings.Concat(report?.Findings ?? []))
            Assert.DoesNotContain(Mark, finding.ToString() + finding.Place.Words("nl") + finding.Rule.Dutch + finding.Rule.English);
        Assert.DoesNotContain(Mark, outcome.ToString());

        var home = Path.Combine(school.Folder, "home");
        school.Home.Dispose();
        var said = new StringBuilder();
        foreach (var arguments in new string[][] { ["import", .. files], ["import", .. files, "--json"], ["check", "--json", "--lang", "en"], ["letter", "--sent", "2025-02-11", "--until", "2025-03-01"], ["preview", "--edition", "2025-1"] })
            Console_.Run(said, [.. arguments, "--home", home]);
        Assert.DoesNotContain(Mark, said.ToString());
        Assert.NotEmpty(said.ToString());
        Assert.DoesNotContain(Directory.GetFiles(home, "*", SearchOption.AllDirectories), file => Path.GetFileName(file).Contains(Mark, StringComparison.OrdinalIgnoreCase));
        if (!outcome.Stored) return;
        foreach (var payload in Directory.GetFiles(home, "*.jsonl", SearchOption.AllDirectories)) Assert.DoesNotContain(Mark, File.ReadAllText(payload));
    }

    public static TheoryData<string> Words => ["object --pupil M", "object --pupil M --withdraw", "object --pupil M --on M", "object --pass-on M", "preview --edition M", "seal --edition 2025-1 --to M --approved-by x",
        "seal --edition 2025-1 --approved-by x", "letter --sent M --until M", "letter --sent 2025-02-11 --until 2025-03-01 --by M", "letter --sent 2025-02-11 --until 2025-03-01 --groups M", "letter --sent 2025-02-11 --until 2025-03-01 --details M", "M", "check M", "report M", "receipt M", "receipt M --office M", "enrol --school M --name x", "import M --reference M", "check --lang M", "object --M M"];

    [Theory]
    [MemberData(nameof(Words))]
    public void No_command_repeats_what_was_typed(string command)
    {
        using var school = new TestHome();
        Assert.True(school.Import(Export.Usual()).Stored);
        var home = school.Home.Folder;
        school.Home.Dispose();
        var said = new StringBuilder();
        var exit = Console_.Run(said, [.. command.Split(' ').Select(word => word.Replace("M", Mark, StringComparison.Ordinal)), "--home", home]);
        Assert.NotEqual(0, exit);
        Assert.DoesNotContain(Mark, said.ToString());
        Assert.Contains("error: ", said.ToString());
        Assert.Contains("hint: ", said.ToString());
    }

    [Fact]
    public void A_list_with_marked_keys_is_told_by_line()
    {
        using var school = new TestHome();
        Assert.True(school.Import(Export.Usual()).Stored);
        var list = school.File("b.csv", $"leerling_key;datum\n{Mark};{Mark}\n\"{Mark}");
        Assert.Equal(Rules.FileRowBroken, Assert.Single(Objections.RecordList(school.Home, list).Value!.Findings).Rule);
        list = school.File("b.csv", $"leerling_key;datum\n{Mark};{Mark}\n");
        var recorded = Objections.RecordList(school.Home, list).Value!;
        Assert.DoesNotContain(Mark, Confirmation.Page(school.Home, Assert.Single(recorded.Made).Id));
        Assert.Equal([2], recorded.UnknownLines);
    }

    public static TheoryData<string> SampleFiles => ["edexml.xml", "uwlr.xml", "adressen.csv", "bezwaren.csv"];

    [Theory]
    [MemberData(nameof(SampleFiles))]
    public void A_damaged_file_is_read_or_refused_and_never_half_stored(string name)
    {
        using var school = new TestHome();
        Assert.True(school.Import(Samples.Import).Stored);
        var original = File.ReadAllBytes(Samples.File(name));
        var dice = new Dice(20250320);
        var before = school.Dump();
        for (var i = 0; i < Mutations; i++)
        {
            var file = school.File("damaged", Damage(original, dice));
            if (name == "bezwaren.csv")
            {
                var recorded = Objections.RecordList(school.Home, file);
                if (recorded.Value?.Made.Count > 0) before = school.Dump();
                else Assert.Equal(before, school.Dump());
                continue;
            }
            var outcome = school.Import([.. Samples.Import.Where(f => Path.GetFileName(f) != name), file]);
            if (!outcome.Stored) Assert.Equal(before, school.Dump());
            else
            {
                before = school.Dump();
                Assert.Contains($"|{outcome.Pupils}|{outcome.Results}|{outcome.OtherTests}|\n", before.Split("== import\n")[1].Split("== ")[0]);
            }
        }
    }

    /// <summary>One to four changes: a byte, a stretch lost, doubled or moved, an end cut off, a quote or bracket put in.</summary>
    static byte[] Damage(byte[] original, Dice dice)
    {
        var bytes = original.ToList();
        for (var n = dice.Below(4); n >= 0 && bytes.Count > 2; n--)
        {
            var at = dice.Below(bytes.Count - 1);
            var length = Math.Min(1 + dice.Below(60), bytes.Count - at);
            switch (dice.Below(6))
            {
                case 0: bytes[at] = (byte)dice.Below(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: bytes.InsertRange(dice.Below(bytes.Count), bytes.GetRange(at, length)); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.Insert(at, "\"<>&;\n,'/\0"u8[dice.Below(10)]); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>xorshift: the same damage on every machine.</summary>
    sealed class Dice(uint seed)
    {
        uint _state = seed;

        public int Below(int limit)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)limit);
        }
    }
}

/// <summary>Runs the school's program and takes down all that it says.</summary>
static class Console_
{
    public static int Run(StringBuilder said, params string[] arguments)
    {
        var program = new System.CommandLine.RootCommand("groeilijn-school");
        Groeilijn.SchoolCli.SchoolCommands.AddTo(program, new StandingClock(TestHome.Day));
        using var writer = new StringWriter(said);
        return Groeilijn.SchoolCli.Terminal.Run(program, arguments, writer, writer);
    }
}
