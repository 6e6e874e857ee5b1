using System.Globalization;
using System.IO.Compression;
using System.Text;
using Groeilijn.Education;
using Groeilijn.School;
using Groeilijn.Tests.School.Tables;
using SampleFormats = Groeilijn.Tests.School.Reading.Formats;

namespace Groeilijn.Tests.School;

/// <summary>A rule with an export that breaks it, and one that just does not.</summary>
sealed record Pair(string Code, Action<Stage> Breaks, Action<Stage> JustNot);

/// <summary>The pairs of the whole table of rules.</summary>
static class Pairs
{
    const string Eck = "https://ketenid.nl/201703/", Pilot = "https://ketenid.nl/pilot/", Addresses = "leerling_key;postcode;huisnummer\nL1;1234AB;10\n";
    static readonly string s_hex = new('a', 128), s_otherHex = new('b', 128);

    public static IReadOnlyList<Pair> All { get; } =
    [
        new("F01", s => s.Files.Add(Path.Combine(s.School.Folder, "absent.xml")), s => s.Add("there.csv", Addresses)),
        Raw("F02", "", Addresses),
        new("F03", s => s.Room = -1, s => s.Room = 0),
        new("F04", s => s.Add("x", Zip()), s => s.Add("x", "leerling_key;postcode;huisnummer\nPK;1234AB;10\n")),
        Raw("F05", "%PDF-1.7\n", Addresses),
        Of("F06", e => e.First.Raw = "<open>", e => e.First.Raw = "<open/>"),
        Raw("F07", "<!DOCTYPE EDEX []><EDEX/>", "<EDEX/>"),
        Raw("F08", Nested(65), Nested(64)),
        Raw("F09", "<html/>", "<EDEX/>"),
        Raw("F10", "{\"naam\": \"x\"}", "{\"profiel\": \"Toetsdeelnemers\"}"),
        Raw("F11", "naam;adres\nx;y\n", Addresses),
        Raw("F12", "leerling_key;postcode;huisnummer\nL1;1234AB\n", Addresses),
        new("F13", s => s.Add("x", [.. Wide(Addresses), 0x41]), s => s.Add("x", Wide(Addresses))),
        Raw("F14", "leerling_key;datum\nL1;2025-02-01\n", Addresses),
        Raw("F15", Addresses.TrimEnd(), Addresses),
        new("F16", s => Uwlr(s, _ => { }), _ => { }),
        Raw("F17", "<leerkrachten_antwoord/>", "<EDEX/>"),
        Raw("F18", Groups(1001), Groups(1000)),
        new("F19", s => s.School.Clock.Slow = TimeSpan.FromSeconds(61), s => s.School.Clock.Slow = TimeSpan.FromMilliseconds(1)),
        Raw("F20", "<?xml version=\"1.0\" encoding=\"utf-99\"?><EDEX/>", "<?xml version=\"1.0\" encoding=\"utf-8\"?><EDEX/>"),
        Raw("F21", "<EDEX xmlns=\"urn:x\"/>", "<EDEX/>"),
        Raw("F22", "<EDEX><school><xsdversie>9.9</xsdversie></school></EDEX>", "<EDEX><school><xsdversie>2.1</xsdversie></school></EDEX>"),
        Of("F23", e => e.First.Raw = "<voorvoegsel/>", e => e.First.Raw = "<voorvoegsel>van</voorvoegsel>"),
        Of("F24", e => e.First.Raw = "<kleur>blauw</kleur>", e => e.First.Raw = "<voorvoegsel>van</voorvoegsel>"),
        Of("F25", e => e.First.Raw = "<geslacht>1</geslacht>", _ => { }),
        Of("F26", e => e.First.Key = " L1", _ => { }),
        Of("F27", e => e.First["achternaam"] = new string('x', 513), e => e.First["achternaam"] = new string('x', 512)),
        Of("F28", e => e.Groups += """<groep key="g5"><jaargroep>6</jaargroep></groep>""", e => e.Groups += """<groep key="G5"><jaargroep>6</jaargroep></groep>"""),
        Dossier("F29", "<adresgeheim>false<", "<adresgeheim>true<"),
        Dossier("F30", "<gbageboortedatum>05-10-2015<", "<gbageboortedatum>06-10-2015<"),
        Raw("F31", "{\"profiel\": \"Leerlingtoetsresultaat\"}", "{\"profiel\": \"Toetsdeelnemers\"}"),
        Raw("F32", Participant("Anders"), Participant("Leerling")),
        new("F33", s => { Uwlr(s, _ => { }); s.Export.First["geboortedatum"] = ""; }, s => Uwlr(s, _ => { })),
        new("F34", s => { Uwlr(s, _ => { }); s.Export.Pupils.RemoveAt(2); }, s => { s.Export.Pupils.RemoveAt(2); Uwlr(s, _ => { }); }),
        new("F35", s => Uwlr(s, e => e.First["geboortedatum"] = "2015-10-06"), s => Uwlr(s, e => e.First["geboortedatum"] = "2015-10-00")),

        Of("S01", e => e.Brin = "98XX", e => e.Brin = "99xx"),
        Of("S02", e => { e.Brin = ""; e.Dependance = ""; }, _ => { }),
        Of("S03", e => e.Pupils.Clear(), e => e.Pupils.RemoveRange(1, 2)),
        Of("S04", e => e.Results.Clear(), e => e.Results.RemoveRange(1, e.Results.Count - 1)),
        Of("S05", e => e.Year = "2023-2024", _ => { }),
        After("S06", Export.Usual, e => e.Pupils.RemoveRange(1, 2), e => e.Pupils.RemoveRange(2, 1)),
        Of("S07", e => e.Year = "2024/2025", e => e.Year = "2025-2026"),
        Many("S08", 10, e => Score(e, 9), e => Score(e, 8)),
        Many("S09", 10, e => Born(e, 5), e => Born(e, 4)),
        After("S10", () => Large(10), e => Reverse(e, 9), e => Reverse(e, 8), 10),
        Many("S11", 10, e => e.Addresses.RemoveRange(0, 9), e => e.Addresses.RemoveRange(0, 8)),
        Many("S12", 10, e => Together(e, 5), e => Together(e, 4)),

        Of("P01", e => e.First["bsn"] = "900000118", e => e.First["bsn"] = "900000119"),
        Of("P02", e => e.First["bsn"] = "101222331", e => Replace(e.First, "bsn", "onderwijsnummer", "101222331")),
        Of("P03", e => e.First["bsn"] = "3389261", e => e.First["bsn"] = "003389261"),
        Of("P04", e => e.First["bsn"] = "000000000", e => e.First["bsn"] = "000000012"),
        Of("P05", e => e.First.Elements.Remove("bsn"), _ => { }),
        Of("P06", e => Replace(e.First, "bsn", "onderwijsnummer", Onderwijsnummer(Signal.ModuloReading)), e => Replace(e.First, "bsn", "onderwijsnummer", Onderwijsnummer(Signal.None))),
        Of("P07", e => e.Pupils[1]["bsn"] = e.First["bsn"], _ => { }),
        Of("P08", e => Replace(e.First, "bsn", "bsn_ondwnr-4", "0119"), e => e.First["bsn_ondwnr-4"] = "0119"),
        After("P09", Export.Usual, e => e.First["bsn"] = Export.Numbers[4], _ => { }),
        Of("P10", e => e.First["geboortedatum"] = "2015-02-30", e => e.First["geboortedatum"] = "05-10-2015"),
        Of("P11", e => e.First["geboortedatum"] = "2015-10-00", e => e.First["geboortedatum"] = "2015-10-05Z"),
        Of("P12", e => e.First["geboortedatum"] = "2012-10-05", e => e.First["geboortedatum"] = "2013-10-05"),
        Of("P13", e => e.First["geslacht"] = "0", e => e.First["geslacht"] = "9"),
        Of("P14", e => e.First["geslacht"] = "3", e => e.First["geslacht"] = " 2 "),
        Of("P15", e => Rename(e, "#1"), e => Rename(e, "1#")),
        Of("P16", e => e.Pupils[1].Key = "L1 ", e => e.Pupils[1].Key = "l1"),
        Of("P17", e => e.First.Key = null, e => { e.First.Key = null; e.First.Eck = Eck + s_hex; }),
        Of("P18", e => e.First.Eck = Eck + s_hex[1..], e => e.First.Eck = Eck + s_hex),
        Of("P19", e => e.First.Eck = Pilot + s_hex, e => e.First.Eck = Eck + s_hex),
        Of("P20", e => e.First.Eck = e.Pupils[1].Eck = Eck + s_hex, e => (e.First.Eck, e.Pupils[1].Eck) = (Eck + s_hex, Eck + s_otherHex)),
        Of("P21", e => e.First["groep"] = "g6", e => e.First.Elements.Remove("groep")),
        Of("P22", e => { e.First["jaargroep"] = ""; e.Groups = """<groep key="g5"><jaargroep>C</jaargroep></groep>"""; }, e => e.First["jaargroep"] = ""),
        Of("P23", e => e.First["jaargroep"] = "2", e => e.First["jaargroep"] = "3"),
        Of("P24", e => e.First["uitstroomdatum"] = "2025-02-10", e => e.First["uitstroomdatum"] = "2025-02-11"),
        Of("P25", e => e.First["instroomdatum"] = "2025-02-11", e => e.First["instroomdatum"] = "2025-02-10"),
        Of("P26", e => Locate(e, "01"), e => Locate(e, "0")),
        Of("P27", e => Twin(e, "1"), e => Twin(e, "2")),
        Of("P28", e => e.First["vestiging"] = "v9", e => Locate(e, "00")),
        Of("P29", e => SameChild(e, numbered: false), e => SameChild(e, numbered: true)),
        Of("P30", e => e.Pupils.Add(e.First), e => { e.Pupils.Add(e.First); e.Pupils[0] = Other(e.First, "6"); }),

        Of("A01", e => e.First["postcodenl"] = "1234SS", e => e.First["postcodenl"] = "1234ab"),
        Of("A02", e => e.Addresses[0] = "L1;1234AB;onbekend;;", e => e.Addresses[0] = "L1;1234AB;12 bis;;"),
        Of("A03", e => e.Addresses.RemoveAt(0), _ => { }),
        Of("A04", e => e.Addresses[0] = "L1;1234AC;10;;", e => e.Addresses[0] = "L1;1234 ab;10;;"),
        Of("A05", e => e.Addresses.Add("L9;1234AB;10;;"), e => e.Addresses[0] = " L1 ;1234AB;10;;"),
        Of("A06", e => e.Addresses.Add("L1;1234AB;10;;"), _ => { }),

        Of("R01", e => e.FirstResult.Pupil = "L9", e => e.FirstResult.Pupil = " L1 "),
        Of("R02", e => e.FirstResult.Taken = "2025-01-32", e => e.FirstResult.Taken = "2025-01-31T10:00:00"),
        Of("R03", e => e.FirstResult.Taken = "2025-02-11", e => e.FirstResult.Taken = "2025-02-10"),
        Of("R04", e => e.FirstResult.Taken = "2024-07-31", e => e.FirstResult.Taken = "2024-08-01"),
        Of("R05", e => e.FirstResult.Test = "BL3-E5", _ => { }),
        Of("R06", e => e.FirstResult.Score = "366.7", e => e.FirstResult.Score = "366,6"),
        Of("R07", e => e.FirstResult.Score = "157.14", e => e.FirstResult.Score = "157"),
        Of("R08", e => e.FirstResult.RawScore = "31", _ => { }),
        Of("R09", e => e.FirstResult.Score = "258.8", e => e.FirstResult.Score = "258.7"),
        Of("R10", e => e.Results.Add(Earlier("BL3-E4", "68.5")), e => e.Results.Add(Earlier("BL3-E4", "68.6"))),
        Of("R11", e => e.Results.Add(Again("157.1", "2025-01-20")), e => e.Results.Add(Again("157.1", "2024-01-20"))),
        Of("R12", e => e.Results.Add(Again("158.1", "2025-01-20")), e => e.Results.Add(Again("157.1", "2025-01-20"))),
        Of("R13", e => e.Results.Add(Again("158.1", "2025-01-27")), e => e.Results.Add(Again("158.1", "2024-01-22"))),
        Of("R14", e => { e.First["jaargroep"] = "8"; e.FirstResult.Test = "BL3-M4"; }, e => { e.First["jaargroep"] = "8"; e.FirstResult.Test = "BL3-M5"; }),
        Of("R15", e => e.Declared = ["SP3-M5", "RW3-M5"], e => e.Declared = ["bl3-m5", "SP3-M5", "RW3-M5"]),
        Of("R16", e => e.FirstResult.Test = "WS3-M5", e => e.FirstResult.Test = "bl3-m5"),
        Of("R17", e => e.Results.Add(Earlier("RW3-M5", "200.1")), e => e.Results.Add(Earlier("RW3-M4", "160.1"))),
        Of("R18", e => e.FirstResult.Key = e.Results[1].Key = "r", e => (e.FirstResult.Key, e.Results[1].Key) = ("r", "R")),
        Of("R19", e => e.Results.Add(Earlier("BL2-M4", "22.0")), e => { e.Results.RemoveAll(r => r is { Pupil: "L1", Test: "RW3-M5" }); e.Results.Add(Earlier("RW2-M4", "22.0")); }),
        Of("R20", e => e.Results.RemoveAll(r => r.Pupil == "L1"), e => e.Results.RemoveRange(0, 2)),
        Of("R21", e => e.Results.Add(Earlier("BL3-E4", "221.1")), e => e.Results.Add(Earlier("BL3-E4", "221.0"))),
        Many("R22", 5, e => e.Results.RemoveAll(r => r is { Pupil: "L1", Test: "RW3-M5" }), e => e.Results.RemoveAll(r => r.Test == "RW3-M5" && r.Pupil is "L1" or "L2")),
        Many("R23", 5, e => Before(e, "L2", "L3", "L4", "L5"), e => Before(e, "L1", "L2", "L3", "L4", "L5")),
        Many("R24", 10, e => Forget(e, "L6", "L7", "L8", "L9", "L10"), e => Forget(e, "L6", "L7", "L8", "L9")),
        Of("R25", e => e.FirstResult.Taken = "2025-01-01", e => e.FirstResult.Taken = "2025-01-02"),

        new("O01", s => s.Letter = null, _ => { }),
        new("O02", s => s.Letter = (new(2025, 3, 6), new(2025, 3, 20)), s => s.Letter = (new(2025, 3, 5), new(2025, 3, 19))),
        new("O03", s => s.After = () => Object(s), s => s.After = () => { Object(s); Assert.True(Objections.Withdraw(s.School.Home, s.Key("L1")).Ok); }),
        new("O04", s => { s.Import(Export.Usual()); Object(s); s.Export.Pupils.RemoveAt(0); }, s => { s.Import(Export.Usual()); Object(s); }),

        new("M01", s => s.Add("r.csv", Joined("L1;Kind0 Verzonnen0;05-10-2015")), s => Table(s, Joined("L1;Kind0 Verzonnen0;05-10-2015"))),
        new("M02", s => s.Add("x", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]), s => s.Add("x", Addresses)),
        new("M03", s => s.Add("x", Workbooks.With((Workbooks.Sheet, Workbooks.Part(Workbooks.Sheet)[..2000]))), s => s.Add("x", Workbooks.With())),
        new("M04", s => s.Add("x", Workbooks.With((Workbooks.Sheet, Blank(20 << 20)))), s => s.Add("x", Workbooks.With((Workbooks.Sheet, Blank(1 << 10))))),
        new("M05", s => Table(s, Workbooks.With(("xl/worksheets/sheet1.xml", Workbooks.Part(Workbooks.Sheet).Replace("Nationaliteit", "Kleur", StringComparison.Ordinal)))), s => Table(s, Workbooks.With())),
        new("M06", s => Table(s, UnknownTest), s => Table(s, UnknownTest, isMaths: true)),
        new("M07", s => Table(s, Joined("L1;Kind0 Verzonnen0;05-10-2015") + ";;;RW3-M5;20-01-2025;206,6\n"), s => Table(s, Joined("L1;Kind0 Verzonnen0;05-10-2015"))),
        new("M08", s => Table(s, Joined("L1;Heel Anders;25-10-2015")), s => Table(s, Joined("L1;Heel Anders;05-10-2015"))),
        new("M09", s => JoinByHand(s, join: true), s => JoinByHand(s, join: false)),
    ];

    static Pair Of(string code, Action<Export> breaks, Action<Export> justNot) => new(code, s => breaks(s.Export), s => justNot(s.Export));

    /// <summary>A file beside a good export.</summary>
    static Pair Raw(string code, string breaks, string justNot) => new(code, s => s.Add("x", breaks), s => s.Add("x", justNot));

    /// <summary>An export after an earlier one.</summary>
    static Pair After(string code, Func<Export> earlier, Action<Export> breaks, Action<Export> justNot, int pupils = 3)
    {
        return new(code, s => Second(s, breaks), s => Second(s, justNot));

        void Second(Stage stage, Action<Export> change)
        {
            stage.Import(earlier());
            if (pupils > 3) stage.Export = Large(pupils);
            change(stage.Export);
        }
    }

    static Pair Many(string code, int pupils, Action<Export> breaks, Action<Export> justNot)
    {
        return new(code, s => breaks(s.Export = Large(pupils)), s => justNot(s.Export = Large(pupils)));
    }

    /// <summary>A right export of more pupils, none of whom have anything in common.</summary>
    public static Export Large(int pupils)
    {
        var export = new Export();
        var numbers = Enumerable.Range(900_000_000, 1_000_000).Select(n => n.ToString(CultureInfo.InvariantCulture)).Where(n => Bsn.Parse(n).Ok);
        foreach (var (i, number) in numbers.Take(pupils).Index())
        {
            var (key, postcode) = ($"L{i + 1}", $"{1000 + i}AB");
            var pupil = new ExportedPupil { Key = key };
            (pupil["achternaam"], pupil["roepnaam"], pupil["geboortedatum"]) = ($"Verzonnen{i}", $"Kind{i}", $"2015-{1 + i % 12:D2}-{2 + i % 27:D2}");
            (pupil["geslacht"], pupil["jaargroep"], pupil["groep"], pupil["bsn"], pupil["postcodenl"]) = (i % 2 == 0 ? "1" : "2", "5", "g5", number, postcode);
            export.Pupils.Add(pupil);
            export.Addresses.Add($"{key};{postcode};{10 + i};;");
            foreach (var (test, score) in new[] { ("BL3-M5", 150), ("SP3-M5", 290), ("RW3-M5", 200) })
                export.Results.Add(new() { Pupil = key, Test = test, Score = (score + i % 37).ToString(CultureInfo.InvariantCulture) });
        }
        return export;
    }

    static void Score(Export export, int same)
    {
        foreach (var result in export.Results.Where(r => r.Test == "RW3-M5").Take(same)) result.Score = "206.6";
    }

    static void Born(Export export, int onNewYear)
    {
        foreach (var (i, pupil) in export.Pupils.Take(onNewYear).Index()) pupil["geboortedatum"] = $"{2014 + i % 2}-01-01";
    }

    static void Reverse(Export export, int reversed)
    {
        foreach (var pupil in export.Pupils.Take(reversed)) pupil["geslacht"] = pupil["geslacht"] == "1" ? "2" : "1";
    }

    static void Together(Export export, int together)
    {
        foreach (var (i, pupil) in export.Pupils.Take(together).Index())
        {
            pupil["postcodenl"] = "9999AB";
            export.Addresses[i] = $"{pupil.Key};9999AB;1;;";
        }
    }

    static void Before(Export export, params string[] keys)
    {
        foreach (var key in keys)
            foreach (var (test, score) in new[] { ("BL3-E4", "144.8"), ("SP3-E4", "274.3"), ("RW3-E4", "190.4") })
                export.Results.Add(new() { Pupil = key, Test = test, Score = score, Taken = "2024-06-05" });
    }

    /// <summary>A second group, of which these pupils have no results.</summary>
    static void Forget(Export export, params string[] keys)
    {
        export.Groups += """<groep key="g5b"><naam>5b</naam><jaargroep>5</jaargroep></groep>""";
        foreach (var pupil in export.Pupils.Skip(5)) pupil["groep"] = "g5b";
        export.Results.RemoveAll(r => keys.Contains(r.Pupil));
    }

    static void Object(Stage stage) => Assert.True(Objections.Record(stage.School.Home, stage.Key("L1")).Ok);

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

    /// <summary>Two of one birth date and address, of whom one has no number.</summary>
    static void Twin(Export export, string sex)
    {
        (export.Pupils[1]["geboortedatum"], export.Pupils[1]["geslacht"]) = (export.First["geboortedatum"], sex);
        export.Addresses[1] = "L2;1234AB;10;;";
        export.Pupils[1].Elements.Remove("bsn");
    }

    static void SameChild(Export export, bool numbered)
    {
        foreach (var element in new[] { "achternaam", "roepnaam", "geboortedatum" }) export.Pupils[1][element] = export.First[element];
        if (!numbered) export.Pupils[1].Elements.Remove("bsn");
    }

    static ExportedPupil Other(ExportedPupil pupil, string yearGroup)
    {
        var other = new ExportedPupil { Key = pupil.Key };
        foreach (var (name, value) in pupil.Elements) other[name] = value;
        other["jaargroep"] = yearGroup;
        return other;
    }

    static ExportedResult Earlier(string test, string score) => new() { Pupil = "L1", Test = test, Score = score, Taken = test.Contains("-E", StringComparison.Ordinal) ? "2024-06-05" : "2024-01-22" };

    static ExportedResult Again(string score, string taken) => new() { Pupil = "L1", Test = "BL3-M5", Score = score, Taken = taken };

    static string Onderwijsnummer(Signal signal) =>
        Enumerable.Range(100000000, 100000).Select(n => n.ToString(CultureInfo.InvariantCulture)).First(n => Groeilijn.Education.Onderwijsnummer.Parse(n) is { Ok: true } parsed && parsed.Signal == signal);

    static string Nested(int levels) => "<EDEX>" + string.Concat(Enumerable.Repeat("<a>", levels)) + string.Concat(Enumerable.Repeat("</a>", levels)) + "</EDEX>";

    static string Groups(int count) => $"<EDEX><groepen>{string.Concat(Enumerable.Range(0, count).Select(i => $"<groep key=\"k{i}\"><jaargroep>5</jaargroep></groep>"))}</groepen></EDEX>";

    static string Participant(string label) => $$"""{"profiel": "Toetsdeelnemers", "deelnemers": [{"label": "{{label}}", "deelnemerref": [{"label": "LAS-key", "onderwijsdeelnemerID": "L1"}]}]}""";

    /// <summary>The same pupils in a second file, which says less of them and is used to fill in.</summary>
    static void Uwlr(Stage stage, Action<Export> change)
    {
        var second = Export.Usual();
        second.Pupils.RemoveRange(stage.Export.Pupils.Count, second.Pupils.Count - stage.Export.Pupils.Count);
        change(second);
        stage.Add("y", second.Edexml().Replace("EDEX>", "leerlinggegevens_antwoord>", StringComparison.Ordinal));
    }

    static Pair Dossier(string code, string right, string wrong)
    {
        var dossier = SampleFormats.Text("oso-2019-dossier.xml");
        return Raw(code, dossier.Replace(right, wrong, StringComparison.Ordinal), dossier);
    }

    const string UnknownTest = "Leerlingnummer;Toets;Moment;Datum afname;VS\nL1;Rekentoets blauw;M5;20-01-2025;201,5\nL2;Rekentoets blauw;M5;20-01-2025;202\n";

    static string Joined(string pupil) => $"Leerlingnummer;Naam;Geboortedatum;Toetscode;Datum afname;VS\nL3;Kind2 Verzonnen2;05-12-2015;SP3-M5;20-01-2025;290\n{pupil};RW3-M5;20-01-2025;206,6\n";

    static string Blank(int blanks) => $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{new string(' ', blanks)}<sheetData/></worksheet>";

    static void Table(Stage stage, string table, bool isMaths = false)
    {
        stage.Add("r.csv", table);
        Confirm(stage, isMaths);
    }

    static void Table(Stage stage, byte[] workbook)
    {
        stage.Add("map.xlsx", workbook);
        Confirm(stage, isMaths: false);
    }

    /// <summary>Confirms the columns of the last file as they are proposed; days stand before months.</summary>
    static void Confirm(Stage stage, bool isMaths)
    {
        var proposal = TableSamples.Propose(stage.School, ImportFile.OfPath(stage.Files[^1]));
        var tests = proposal.Tests.Select(t => isMaths ? t.Choice with { Subject = "maths", Series = "lvs-3" } : t.Choice).ToList();
        var columns = proposal.Choices.Columns.Select(c => c with { Dates = c.Field is TableField.Born or TableField.Taken ? c.Dates ?? DateOrder.DayMonthYear : c.Dates }).ToList();
        var confirmed = ColumnMappings.Confirm(stage.School.Home, proposal.Signature, "een systeem", proposal.Choices with { Tests = tests, Columns = columns });
        Assert.True(confirmed.Ok, confirmed.Refusal?.English);
    }

    static void JoinByHand(Stage stage, bool join)
    {
        stage.Export.Results.RemoveAll(r => r.Test == "RW3-M5");
        Table(stage, Joined("X7;Kindo Verzonnen0;05-10-2015"));
        stage.Import(stage.Export, stage.Files[^1]);
        if (!join) return;
        var waiting = HandJoins.Waiting(stage.School.Home).Single();
        Assert.True(HandJoins.Join(stage.School.Home, waiting.Id, waiting.Candidates[0].Person).Ok);
    }

    static byte[] Wide(string text) => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)];

    static byte[] Zip()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("edexml.xml").Open()) entry.Write("<EDEX/>"u8);
        return memory.ToArray();
    }
}
