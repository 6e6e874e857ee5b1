using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>Every rule: an export that breaks it, and one that just does not.</summary>
public sealed class RuleTests
{
    /// <summary>Rules whose two sides do not lie in the export alone; each has a test of its own below.</summary>
    static readonly string[] s_apart = ["R19", "O01", "O02", "O03"];

    sealed record Case(string Code, Action<Export> Breaks, Action<Export> JustNot, Action<TestHome>? Before = null, Action<TestHome>? BeforeJustNot = null);

    const string Eck = "https://ketenid.nl/201703/", Pilot = "https://ketenid.nl/pilot/";
    static readonly string s_hex = new('a', 128), s_otherHex = new('b', 128);

    static readonly Case[] s_cases =
    [
        new("S01", e => e.Brin = "98XX", e => e.Brin = "99xx"),
        new("S02", e => { e.Brin = ""; e.Dependance = ""; }, _ => { }),
        new("S03", e => e.Pupils.Clear(), e => e.Pupils.RemoveRange(1, 2)),
        new("S04", e => e.Results.Clear(), e => e.Results.RemoveRange(1, e.Results.Count - 1)),
        new("S05", e => e.Year = "2023-2024", _ => { }),
        new("S06", e => e.Pupils.RemoveRange(1, 2), e => e.Pupils.RemoveRange(2, 1), h => h.Import(Export.Usual()), h => h.Import(Export.Usual())),
        new("S07", e => e.Year = "2024/2025", e => e.Year = "2025-2026"),

        new("P01", e => e.First["bsn"] = "900000118", e => e.First["bsn"] = "900000119"),
        new("P02", e => e.First["bsn"] = "101222331", e => Replace(e.First, "bsn", "onderwijsnummer", "101222331")),
        new("P03", e => e.First["bsn"] = "3389261", e => e.First["bsn"] = "003389261"),
        new("P04", e => e.First["bsn"] = "000000000", e => e.First["bsn"] = "000000012"),
        new("P05", e => e.First.Elements.Remove("bsn"), _ => { }),
        new("P06", e => Replace(e.First, "bsn", "onderwijsnummer", Onderwijsnummer(Signal.ModuloReading)), e => Replace(e.First, "bsn", "onderwijsnummer", Onderwijsnummer(Signal.None))),
        new("P07", e => e.Pupils[1]["bsn"] = e.First["bsn"], _ => { }),
        new("P08", e => Replace(e.First, "bsn", "bsn_ondwnr-4", "0119"), e => e.First["bsn_ondwnr-4"] = "0119"),
        new("P09", e => e.First["bsn"] = Export.Numbers[4], _ => { }, h => h.Import(Export.Usual()), h => h.Import(Export.Usual())),
        new("P10", e => e.First["geboortedatum"] = "2015-02-30", e => e.First["geboortedatum"] = "05-10-2015"),
        new("P11", e => e.First["geboortedatum"] = "2015-10-00", e => e.First["geboortedatum"] = "2015-10-05Z"),
        new("P12", e => e.First["geboortedatum"] = "2012-10-05", e => e.First["geboortedatum"] = "2013-10-05"),
        new("P13", e => e.First["geslacht"] = "0", e => e.First["geslacht"] = "9"),
        new("P14", e => e.First["geslacht"] = "3", e => e.First["geslacht"] = " 2 "),
        new("P15", e => Rename(e, "#1"), e => Rename(e, "1#")),
        new("P16", e => e.Pupils[1].Key = "L1 ", e => e.Pupils[1].Key = "l1"),
        new("P17", e => e.First.Key = null, e => { e.First.Key = null; e.First.Eck = Eck + s_hex; }),
        new("P18", e => e.First.Eck = Eck + s_hex[1..], e => e.First.Eck = Eck + s_hex),
        new("P19", e => e.First.Eck = Pilot + s_hex, e => e.First.Eck = Eck + s_hex),
        new("P20", e => e.First.Eck = e.Pupils[1].Eck = Eck + s_hex, e => (e.First.Eck, e.Pupils[1].Eck) = (Eck + s_hex, Eck + s_otherHex)),
        new("P21", e => e.First["groep"] = "g6", e => e.First.Elements.Remove("groep")),
        new("P22", e => { e.First["jaargroep"] = ""; e.Groups = """<groep key="g5"><jaargroep>C</jaargroep></groep>"""; }, e => e.First["jaargroep"] = ""),
        new("P23", e => e.First["jaargroep"] = "2", e => e.First["jaargroep"] = "3"),
        new("P24", e => e.First["uitstroomdatum"] = "2025-02-10", e => e.First["uitstroomdatum"] = "2025-02-11"),
        new("P25", e => e.First["instroomdatum"] = "2025-02-11", e => e.First["instroomdatum"] = "2025-02-10"),
        new("P26", e => Locate(e, "01"), e => Locate(e, "0")),
        new("P27", e => Twin(e, numbered: false), e => Twin(e, numbered: true)),
        new("P28", e => e.First["vestiging"] = "v9", e => Locate(e, "00")),

        new("A01", e => e.First["postcodenl"] = "1234SS", e => e.First["postcodenl"] = "1234ab"),
        new("A02", e => e.Addresses[0] = "L1;1234AB;onbekend;;", e => e.Addresses[0] = "L1;1234AB;12 bis;;"),
        new("A03", e => e.Addresses.RemoveAt(0), _ => { }),
        new("A04", e => e.Addresses[0] = "L1;1234AC;10;;", e => e.Addresses[0] = "L1;1234 ab;10;;"),
        new("A05", e => e.Addresses.Add("L9;1234AB;10;;"), e => e.Addresses[0] = " L1 ;1234AB;10;;"),
        new("A06", e => e.Addresses.Add("L1;1234AB;10;;"), _ => { }),

        new("R01", e => e.FirstResult.Pupil = "L9", e => e.FirstResult.Pupil = " L1 "),
        new("R02", e => e.FirstResult.Taken = "2025-01-32", e => e.FirstResult.Taken = "2025-01-31T10:00:00"),
        new("R03", e => e.FirstResult.Taken = "2025-02-11", e => e.FirstResult.Taken = "2025-02-10"),
        new("R04", e => e.FirstResult.Taken = "2024-07-31", e => e.FirstResult.Taken = "2024-08-01"),
        new("R05", e => e.FirstResult.Test = "BL3-E5", _ => { }),
        new("R06", e => e.FirstResult.Score = "1571", e => e.FirstResult.Score = "157,1"),
        new("R07", e => e.FirstResult.Score = "157.14", e => e.FirstResult.Score = "157"),
        new("R08", e => e.FirstResult.RawScore = "31", _ => { }),
        new("R09", e => e.FirstResult.Score = "258.8", e => e.FirstResult.Score = "258.7"),
        new("R10", e => e.Results.Add(Earlier("BL3-E4", "21.9")), e => e.Results.Add(Earlier("BL3-E4", "144.8"))),
        new("R11", e => e.Results.Add(Again("157.1", "2025-01-20")), e => e.Results.Add(Again("157.1", "2024-01-20"))),
        new("R12", e => e.Results.Add(Again("158.1", "2025-01-20")), e => e.Results.Add(Again("157.1", "2025-01-20"))),
        new("R13", e => e.Results.Add(Again("158.1", "2025-01-27")), e => e.Results.Add(Again("158.1", "2024-01-22"))),
        new("R14", e => { e.First["jaargroep"] = "8"; e.FirstResult.Test = "BL3-M4"; }, e => { e.First["jaargroep"] = "8"; e.FirstResult.Test = "BL3-M5"; }),
        new("R15", e => e.Declared = ["SP3-M5", "RW3-M5"], e => e.Declared = ["bl3-m5", "SP3-M5", "RW3-M5"]),
        new("R16", e => e.FirstResult.Test = "WS3-M5", e => e.FirstResult.Test = "bl3-m5"),
        new("R17", e => e.Results.Add(Earlier("RW3-M5", "200.1")), e => e.Results.Add(Earlier("RW3-M4", "160.1"))),
        new("R18", e => e.FirstResult.Key = e.Results[1].Key = "r", e => (e.FirstResult.Key, e.Results[1].Key) = ("r", "R")),
        new("R20", e => e.Results.RemoveAll(r => r.Pupil == "L1"), e => e.Results.RemoveRange(0, 2)),

        new("O04", e => e.Pupils.RemoveAt(0), _ => { }, WithObjection, WithObjection),
    ];

    public static TheoryData<string> Codes => [.. s_cases.Select(c => c.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_rule_is_found_where_it_is_broken_and_not_where_it_just_holds(string code)
    {
        var rule = s_cases.Single(c => c.Code == code);
        Assert.Contains(code, Found(rule.Breaks, rule.Before));
        Assert.DoesNotContain(code, Found(rule.JustNot, rule.BeforeJustNot));
    }

    [Fact]
    public void Two_series_in_one_subject_are_signalled_and_in_two_subjects_are_not()
    {
        Assert.Contains("R19", Found(e => e.Results.Add(Earlier("BL2-M4", "22.0"))));
        Assert.DoesNotContain("R19", Found(e =>
        {
            e.Results.RemoveAll(r => r.Pupil == "L1" && r.Test == "RW3-M5");
            e.Results.Add(Earlier("RW2-M4", "22.0"));
        }));
    }

    [Fact]
    public void Whose_parents_had_no_letter_stays_out_until_the_period_is_over()
    {
        using var school = new TestHome();
        school.Import(Export.Usual());
        Assert.Contains("O01", Codes_(Check.Run(school.Home)));
        Assert.True(Inform.Send(school.Home, new(2025, 3, 6), new(2025, 3, 20)).Ok);
        Assert.Contains("O02", Codes_(Check.Run(school.Home)));
        Assert.DoesNotContain("O01", Codes_(Check.Run(school.Home)));
        school.Clock.Day = new(2025, 3, 21);
        Assert.DoesNotContain("O02", Codes_(Check.Run(school.Home)));
    }

    [Fact]
    public void An_objection_is_found_and_a_withdrawn_one_is_not()
    {
        using var school = new TestHome();
        school.Import(Export.Usual());
        WithObjection(school);
        Assert.Contains("O03", Codes_(Check.Run(school.Home)));
        Assert.True(Objections.Withdraw(school.Home, "L1").Ok);
        Assert.DoesNotContain("O03", Codes_(Check.Run(school.Home)));
    }

    [Fact]
    public void Every_rule_has_a_case_or_is_about_a_file_or_a_table()
    {
        var covered = s_cases.Select(c => c.Code).Concat(s_apart).ToHashSet();
        Assert.Empty(Rules.All.Where(r => r.Code[0] is not ('F' or 'M') && !covered.Contains(r.Code)).Select(r => r.Code));
        Assert.True(Rules.All.Count >= 20);
        Assert.Equal(Rules.All.Count, Rules.All.DistinctBy(r => r.Code).Count());
    }

    [Fact]
    public void Every_rule_speaks_in_both_languages_and_says_what_to_do() =>
        Assert.All(Rules.All, rule => Assert.All(new[] { rule.Dutch, rule.English, rule.RemedyDutch, rule.RemedyEnglish }, sentence => Assert.EndsWith(".", sentence)));

    static HashSet<string> Found(Action<Export> change, Action<TestHome>? before = null)
    {
        using var school = new TestHome();
        before?.Invoke(school);
        var export = Export.Usual();
        change(export);
        var outcome = school.Import(export);
        if (outcome.Stored) school.Inform();
        return [.. outcome.Findings.Select(f => f.Rule.Code), .. outcome.Stored ? Codes_(Check.Run(school.Home, new Edition(new SchoolYear(2024), HalfYear.M))) : []];
    }

    static IEnumerable<string> Codes_(CheckReport report) => report.Findings.Select(f => f.Rule.Code);

    static void WithObjection(TestHome school)
    {
        school.Import(Export.Usual());
        Assert.True(Objections.Record(school.Home, "L1").Ok);
    }

    static void Replace(ExportedPupil pupil, string element, string other, string value)
    {
        pupil.Elements.Remove(element);
        pupil[other] = value;
    }

    static void Rename(Export export, string key)
    {
        foreach (var result in export.Results.Where(r => r.Pupil == "L1")) result.Pupil = key;
        export.Addresses[0] = key + ";1234AB;10;;";
        export.First.Key = key;
    }

    static void Locate(Export export, string dependance)
    {
        export.Locations = $"""<vestiging key="v1"><naam>Hoofd</naam><dependancecode>{dependance}</dependancecode></vestiging>""";
        export.First["vestiging"] = "v1";
    }

    static void Twin(Export export, bool numbered)
    {
        export.Pupils[1]["geboortedatum"] = export.First["geboortedatum"];
        export.Addresses[1] = "L2;1234AB;10;;";
        if (!numbered) export.Pupils[1].Elements.Remove("bsn");
    }

    static ExportedResult Earlier(string test, string score) => new() { Pupil = "L1", Test = test, Score = score, Taken = test.Contains("-E", StringComparison.Ordinal) ? "2024-06-05" : "2024-01-22" };

    static ExportedResult Again(string score, string taken) => new() { Pupil = "L1", Test = "BL3-M5", Score = score, Taken = taken };

    static string Onderwijsnummer(Signal signal) =>
        Enumerable.Range(100000000, 100000).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)).First(n => Groeilijn.Education.Onderwijsnummer.Parse(n) is { Ok: true } parsed && parsed.Signal == signal);
}
