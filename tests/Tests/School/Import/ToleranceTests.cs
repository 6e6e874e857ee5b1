using System.Text;
using System.Text.RegularExpressions;
using Groeilijn.School;

namespace Groeilijn.Tests.School.Reading;

/// <summary>What real systems get wrong: it is put up with, and told once a file with how often.</summary>
public sealed class ToleranceTests
{
    sealed record Bent(string Name, string Sample, Func<string, byte[]> Change, string? Rule, int Count, int Line);

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    static readonly Encoding s_1252 = Encoding.Latin1;

    static readonly Bent[] s_bent =
    [
        new("a prolog that says utf-8 above windows-1252", "edexml-2.1.xml", t => s_1252.GetBytes(t.Replace("Sanne", "Renée", StringComparison.Ordinal)), "F20", 1, 1),
        new("a prolog that says windows-1252 above utf-8", "edexml-1.03.xml", t => Utf8(t.Replace("Sanne", "Renée", StringComparison.Ordinal)), "F20", 1, 1),
        new("a prolog with an encoding that does not exist", "edexml-2.1.xml", t => Utf8(t.Replace("UTF-8", "utf-99", StringComparison.Ordinal)), "F20", 1, 1),
        new("a prolog that says utf-16 above utf-8", "edexml-2.1.xml", t => Utf8(t.Replace("UTF-8", "UTF-16", StringComparison.Ordinal)), "F20", 1, 1),
        new("a prolog that says utf-8 above utf-16", "edexml-2.1.xml", t => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(t)], "F20", 1, 1),
        new("utf-16 that says so", "edexml-2.1.xml", t => Encoding.BigEndianUnicode.GetBytes(t.Replace("UTF-8", "UTF-16", StringComparison.Ordinal)), null, 0, 0),
        new("a byte order mark", "edexml-2.1.xml", t => [0xEF, 0xBB, 0xBF, .. Utf8(t)], null, 0, 0),
        new("windows-1252 that says so", "edexml-1.03.xml", t => s_1252.GetBytes(t.Replace("Sanne", "Renée", StringComparison.Ordinal)), null, 0, 0),
        new("no prolog", "edexml-2.1.xml", t => Utf8(t[t.IndexOf("<EDEX", StringComparison.Ordinal)..]), null, 0, 0),
        new("json in utf-16", "doorstroomtoets-1.0-deelnemers.json", t => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(t)], "F20", 1, 1),
        new("json in windows-1252", "doorstroomtoets-1.0-deelnemers.json", t => s_1252.GetBytes(t.Replace("Sanne", "Renée", StringComparison.Ordinal)), "F20", 1, 1),
        new("a namespace at edexml", "edexml-2.1.xml", t => Utf8(t.Replace("<EDEX ", "<EDEX xmlns=\"urn:edex\" ", StringComparison.Ordinal)), "F21", 1, 2),
        new("no namespace at uwlr", "uwlr-2.2-leerresultaten.xml", t => Utf8(t.Replace("xmlns=\"http://www.edustandaard.nl/leerresultaten/2/leerresultaten\"", "", StringComparison.Ordinal)), "F21", 1, 2),
        new("the namespace of a later uwlr", "uwlr-2.3-leerlingen.xml", t => Utf8(t.Replace("leerresultaten/2/", "leerresultaten/3/", StringComparison.Ordinal)), "F21", 1, 3),
        new("no namespace at oso", "oso-2019-dossier.xml", t => Utf8(Regex.Replace(t, " xmlns=\"[^\"]*\"", "")), "F21", 1, 2),
        new("the namespace of another year", "oso-2019-dossier.xml", t => Utf8(t.Replace("gegevensset/2019/", "gegevensset/2026.2/", StringComparison.Ordinal)), null, 0, 0),
        new("a prefix at every element", "edexml-2.1.xml", t => Utf8(Regex.Replace(t, "<(/?)(?![?/]|las:)", "<$1p:").Replace("<p:EDEX ", "<p:EDEX xmlns:p=\"urn:p\" ", StringComparison.Ordinal)), "F21", 1, 2),
        new("a version that is not known", "edexml-2.0.xml", t => Utf8(t.Replace("<xsdversie>2.0", "<xsdversie>3.0", StringComparison.Ordinal)), "F22", 1, 3),
        new("empty elements", "uwlr-2.3-leerlingen.xml", Utf8, "F23", 2, 6),
        new("additions of a supplier", "edexml-2.1.xml", Utf8, "F24", 1, 6),
        new("elements that no standard has", "edexml-2.0.xml", t => Utf8(t.Replace("<roepnaam>", "<kleur>blauw</kleur><roepnaam>", StringComparison.Ordinal).Replace("<toevoegingen/>", "", StringComparison.Ordinal)), "F24", 2, 7),
        new("elements in another order", "edexml-2.0.xml", t => Utf8(Regex.Replace(t, "(<achternaam>.*?</achternaam>)(.*?)(</leerling>)", "$2$1$3")), null, 0, 0),
        new("an element twice", "edexml-2.1.xml", t => Utf8(t.Replace("<geslacht>2</geslacht>", "<geslacht>2</geslacht><geslacht>1</geslacht>", StringComparison.Ordinal)), "F25", 1, 6),
        new("spaces around keys", "edexml-2.1.xml", t => Utf8(t.Replace("leerling key=\"", "leerling key=\" ", StringComparison.Ordinal)), "F26", 2, 6),
        new("a value without end", "edexml-2.1.xml", t => Utf8(t.Replace("Voorbeeld</achternaam>", new string('x', 600) + "</achternaam>", StringComparison.Ordinal)), "F27", 1, 6),
        new("a value of 512 characters", "edexml-2.1.xml", t => Utf8(t.Replace("Voorbeeld</achternaam>", new string('x', 512) + "</achternaam>", StringComparison.Ordinal)), null, 0, 0),
        new("a value without end in json", "doorstroomtoets-1.0-deelnemers.json", t => Utf8(t.Replace("\"Voorbeeld\"", $"\"{new string('x', 600)}\"", StringComparison.Ordinal)), "F27", 1, 7),
        new("two groups under one key", "edexml-2.1.xml", t => Utf8(t.Replace("</groepen>", "<groep key=\"g5\"><naam>6</naam><jaargroep>6</jaargroep></groep></groepen>", StringComparison.Ordinal)), "F28", 1, 4),
        new("results under one key", "uwlr-2.2-leerresultaten.xml", t => Utf8(Regex.Replace(t, "key=\"r\\d\"", "key=\"r\"")), "R18", 4, 7),
        new("a school year after the schemas list", "edexml-2.1.xml", t => Utf8(t.Replace("2024-2025", "2025-2026", StringComparison.Ordinal)), null, 0, 0),
        new("a day with a zone", "edexml-2.1.xml", t => Utf8(t.Replace("2015-10-05<", "2015-10-05+01:00<", StringComparison.Ordinal)), null, 0, 0),
        new("messages behind each other", "doorstroomtoets-1.0-deelnemers.json", t => Utf8(t + Formats.Text("doorstroomtoets-1.1-resultaten.json")), "F31", 2, 15),
    ];

    public static TheoryData<string> Names => [.. s_bent.Select(b => b.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_bends_the_standard_is_read_and_told_once_a_file(string name)
    {
        var bent = s_bent.Single(b => b.Name == name);
        using var school = new TestHome();
        var with = bent.Sample.Contains("leerresultaten", StringComparison.Ordinal) ? new[] { Formats.Sample("edexml-2.0.xml") } : [];
        var outcome = school.Read([ImportFile.OfBytes("bent", bent.Change(Formats.Text(bent.Sample))), .. with]);
        Assert.True(outcome.Stored, string.Join(", ", outcome.Codes()));
        Assert.True(outcome.Pupils is 1 or 2);
        if (bent.Rule is not null)
        {
            var finding = Assert.Single(outcome.Findings, f => f.Rule.Code == bent.Rule);
            Assert.Equal(("bent", bent.Line, bent.Count), (finding.Place.File.StartsWith("OSO", StringComparison.Ordinal) ? "bent" : finding.Place.File, finding.Place.Line, finding.Count));
        }
        else Assert.Equal(Bends(school.Read([Formats.Sample(bent.Sample), .. with])), Bends(outcome));
    }

    /// <summary>The rules of a file as a whole.</summary>
    static IEnumerable<string> Bends(ImportOutcome outcome) => outcome.Codes().Where(c => c[0] == 'F').Order();

    [Fact]
    public void An_accent_is_read_right_however_the_prolog_lies()
    {
        foreach (var name in new[] { "a prolog that says utf-8 above windows-1252", "a prolog that says windows-1252 above utf-8", "windows-1252 that says so", "json in windows-1252" })
        {
            using var school = new TestHome();
            var bent = s_bent.Single(b => b.Name == name);
            Assert.True(school.Read(ImportFile.OfBytes("bent", bent.Change(Formats.Text(bent.Sample)))).Stored);
            Assert.Contains("Renée", school.Opened());
        }
    }

    public static TheoryData<string, string, string> Refused => new()
    {
        { "a fault", "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault><faultcode>Client.OngeldigBericht</faultcode></s:Fault></s:Body></s:Envelope>", "F17" },
        { "no changes", "<leerlinggegevens_antwoord><geenwijzigingen/></leerlinggegevens_antwoord>", "F17" },
        { "the question instead of the answer", "<leerlinggegevens_verzoek><schooljaar>2024-2025</schooljaar></leerlinggegevens_verzoek>", "F17" },
        { "teachers alone", "<leerkrachten_antwoord/>", "F17" },
        { "an empty envelope", "<Envelope><Header><a/></Header><Body/></Envelope>", "F09" },
        { "json of something else", "{\"naam\": \"x\"}", "F10" },
        { "a list of numbers", "[1, 2]", "F10" },
        { "an empty list", "[]", "F10" },
        { "json cut off", "{\"profiel\": \"Toetsdeelnemers\",\n\"deel", "F06" },
        { "json with half a letter", "{\"profiel\": \"\\ud800\"}", "F06" },
        { "json without bottom", "{\"a\":" + new string('[', 200), "F08" },
        { "json without bottom in a pupil", "{\"deelnemers\": [{\"x\": " + new string('[', 31) + new string(']', 31) + "}]}", "F08" },
        { "rar", "Rar!\u001a\u0007", "F04" },
        { "zip", "PK\u0003\u0004....", "F04" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_used_says_what_it_is(string name, string content, string rule)
    {
        using var school = new TestHome();
        var finding = Assert.Single(school.Read(Formats.Of(content, name)).Findings);
        Assert.Equal((rule, name), (finding.Rule.Code, finding.Place.File));
    }

    [Theory]
    [InlineData("leerling", 20_001)]
    [InlineData("groep", 1_001)]
    public void More_than_one_school_has_is_refused(string element, int count)
    {
        using var school = new TestHome();
        var many = string.Concat(Enumerable.Range(0, count).Select(i => $"<{element} key=\"k{i}\"/>"));
        Assert.Equal(["F18"], school.Read(Formats.Of($"<EDEX>{many}</EDEX>")).Codes());
        Assert.DoesNotContain("F18", school.Read(Formats.Of($"<EDEX>{many.Replace($"<{element} key=\"k{count - 1}\"/>", "", StringComparison.Ordinal)}</EDEX>")).Codes());
    }
}
