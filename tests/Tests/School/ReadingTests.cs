using System.Text;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>What real files look like: valid ones, and those that bend the rules without harm.</summary>
public sealed class ReadingTests
{
    [Fact]
    public void The_samples_are_read_whole()
    {
        using var school = new TestHome();
        var outcome = school.Import(Samples.Import);
        Assert.True(outcome.Stored);
        Assert.Equal((12, 64, 2), (outcome.Pupils, outcome.Results, outcome.OtherTests));
        Assert.Equal([FileKind.Edexml, FileKind.UwlrResults, FileKind.AddressCsv], outcome.Files.Select(f => f.Kind));
        Assert.Equal(new DateOnly(2025, 2, 10), outcome.Reference);
        Assert.Equal("2024-2025", outcome.SchoolYear);
    }

    [Fact]
    public void The_names_of_the_files_do_not_matter()
    {
        using var school = new TestHome();
        var renamed = Samples.Import.Select((file, i) => school.File("x" + i, File.ReadAllBytes(file))).Reverse().ToArray();
        Assert.Equal(12, school.Import(renamed).Pupils);
    }

    /// <summary>Each change of the export leaves the payload as it was, apart from its salt.</summary>
    public static TheoryData<string> Tolerances => [.. s_tolerances.Select(t => t.Name)];

    static readonly (string Name, Func<Export, string[], TestHome, string[]> Change)[] s_tolerances =
    [
        ("elements in another order", (_, files, school) => Text(files, school, 0, xml => Swap(xml))),
        ("school with codes before the school year", (_, files, school) => Text(files, school, 0, xml => xml
            .Replace("<schooljaar>2024-2025</schooljaar>", "", StringComparison.Ordinal).Replace("</school>", "<schooljaar>2024-2025</schooljaar></school>", StringComparison.Ordinal))),
        ("empty elements", (_, files, school) => Text(files, school, 0, xml => xml.Replace("<roepnaam>", "<voorvoegsel/><instroomdatum/><onderwijsnummer></onderwijsnummer><roepnaam>", StringComparison.Ordinal))),
        ("an extension of the supplier", (_, files, school) => Text(files, school, 0, xml => xml.Replace("</leerling>", "<toevoegingen><blok xmlns:x=\"urn:x\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"x:y\"><geslacht>9</geslacht><bsn>1</bsn></blok></toevoegingen></leerling>", StringComparison.Ordinal))),
        ("a namespace, as in UWLR", (_, files, school) => Text(files, school, 0, xml => xml.Replace("<EDEX>", "<leerlinggegevens_antwoord xmlns=\"http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens\"><leerlinggegevens>", StringComparison.Ordinal).Replace("</EDEX>", "</leerlinggegevens></leerlinggegevens_antwoord>", StringComparison.Ordinal))),
        ("version 1.03, sofinummer", (_, files, school) => Text(files, school, 0, xml => xml.Replace("bsn>", "sofinummer>", StringComparison.Ordinal))),
        ("teachers with the same elements", (_, files, school) => Text(files, school, 0, xml => xml.Replace("</EDEX>", "<leerkrachten><leerkracht key=\"L1\"><achternaam>Krijt</achternaam><groepen><groep key=\"g5\"/></groepen></leerkracht></leerkrachten></EDEX>", StringComparison.Ordinal))),
        ("spaces around keys", (_, files, school) => Text(files, school, 0, xml => xml.Replace("key=\"L", "key=\"  L", StringComparison.Ordinal))),
        ("utf-16 xml", (_, files, school) => Bytes(files, school, 0, text => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))])),
        ("windows-1252 xml", (_, files, school) => Bytes(files, school, 0, text => Encoding.Latin1.GetBytes(text.Replace("UTF-8", "windows-1252", StringComparison.Ordinal).Replace("Kind0", "Renée", StringComparison.Ordinal)))),
        ("soap envelope", (_, files, school) => Text(files, school, 1, xml => "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header><x/></s:Header><s:Body>" + xml + "</s:Body></s:Envelope>")),
        ("pupil named after the results", (_, files, school) => Text(files, school, 1, xml => System.Text.RegularExpressions.Regex.Replace(xml, "(<lr:leerlingid>.*?</lr:leerlingid>)(<lr:resultaten>.*?</lr:resultaten>)", "$2$1"))),
        ("decimal comma", (_, files, school) => Text(files, school, 1, xml => System.Text.RegularExpressions.Regex.Replace(xml, @"(\d)\.(\d)</vaard", "$1,$2</vaard"))),
        ("results as csv", (export, files, school) => [files[0], files[2], school.File("r", "leerling_key;afnamedatum;toetscode;vaardigheidsscore\n" + string.Concat(export.Results.Select(r => $"{r.Pupil};20-01-2025;{r.Test};{r.Score.Replace('.', ',')}\n")))]),
        ("results as csv with commas and quotes", (export, files, school) => [files[0], files[2], school.File("r", "\"toetscode\",\"leerling_key\",\"vaardigheidsscore\",\"afnamedatum\"\r\n" + string.Concat(export.Results.Select(r => $"\"{r.Test}\",\"{r.Pupil}\",\"{r.Score.Replace('.', ',')}\",\"{r.Taken}\"\r\n")))]),
        ("csv with byte order mark", (_, files, school) => Bytes(files, school, 2, text => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)])),
        ("csv in utf-16", (_, files, school) => Bytes(files, school, 2, text => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(text)])),
        ("csv in utf-16 without mark", (_, files, school) => Bytes(files, school, 2, Encoding.Unicode.GetBytes)),
        ("csv in windows-1252", (_, files, school) => Bytes(files, school, 2, text => Encoding.Latin1.GetBytes(text.Replace("toevoeging", "toevoeging;opmerking", StringComparison.Ordinal).Replace(";;", ";;;één", StringComparison.Ordinal)))),
        ("csv with tabs", (_, files, school) => Text(files, school, 2, text => text.Replace(';', '\t'))),
        ("csv as excel writes it", (_, files, school) => Text(files, school, 2, text => "sep=;\r\n" + text.Replace("\n", "\r\n", StringComparison.Ordinal))),
        ("blank lines in csv", (_, files, school) => Text(files, school, 2, text => text.Replace("\n", "\n\n", StringComparison.Ordinal))),
        ("columns in another order and case", (_, files, school) => [files[0], files[1], school.File("a", "Huisnummer;POSTCODE;Leerling_Key\n10;1234 ab;L1\n11;1234AB;L2\n12;1234AB; L3\n")]),
        ("house number with everything in one field", (_, files, school) => Text(files, school, 2, text => text.Replace(";10;;", "; 10 ;;", StringComparison.Ordinal))),
    ];

    [Theory]
    [MemberData(nameof(Tolerances))]
    public void A_file_that_bends_the_standard_says_the_same(string name)
    {
        var export = Export.Usual();
        Assert.Equal(Payload((files, _) => files), Payload((files, school) => s_tolerances.Single(t => t.Name == name).Change(export, files, school)));
    }

    [Fact]
    public void A_school_year_after_the_schemas_list_is_read()
    {
        using var school = new TestHome();
        var export = Export.Usual();
        export.Year = "2025-2026";
        Assert.Equal("2025-2026", school.Import(export).SchoolYear);
    }

    [Fact]
    public void Sex_one_is_a_boy_in_edexml()
    {
        var lines = Payload((files, _) => files).Split('\n');
        Assert.Equal(2, lines.Count(l => l.Contains("\"sex\":\"m\"", StringComparison.Ordinal)));
        Assert.Single(lines, l => l.Contains("\"sex\":\"f\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_that_lost_its_zeros_gets_them_back() =>
        Assert.Contains("\"bsn\":\"003389261\"", Payload(e => e.First["bsn"] = "3389261"));

    [Fact]
    public void An_onderwijsnummer_in_the_element_bsn_goes_along_as_what_it_is() =>
        Assert.Contains("\"onderwijsnummer\":\"133456785\"", Payload(e => e.First["bsn"] = "133456785"));

    [Fact]
    public void A_number_that_fails_the_eleven_test_does_not_go_along_and_the_pupil_does()
    {
        var payload = Payload(e => e.First["bsn"] = "900000118");
        Assert.DoesNotContain("900000118", payload);
        Assert.Contains("\"pupils\":3", payload);
    }

    [Fact]
    public void In_a_combination_group_the_pupils_own_year_group_counts()
    {
        var payload = Payload(e =>
        {
            e.Groups = """<groep key="g5"><naam>5/6</naam><jaargroep>6</jaargroep></groep>""";
            e.Pupils[1].Elements.Remove("jaargroep");
        });
        Assert.Equal(2, payload.Split('\n').Count(l => l.Contains("\"group\":5", StringComparison.Ordinal)));
        Assert.Single(payload.Split('\n'), l => l.Contains("\"group\":6", StringComparison.Ordinal));
    }

    [Fact]
    public void A_test_of_a_lower_group_keeps_its_own_moment()
    {
        var payload = Payload(e => e.FirstResult.Test = "BL3-M4");
        Assert.Contains("\"moment\":\"M4\",\"group\":5", payload);
    }

    [Fact]
    public void Who_repeats_a_year_takes_the_same_test_in_two_years()
    {
        using var school = new TestHome();
        var export = Export.Usual();
        foreach (var result in export.Results) result.Taken = "2024-01-22";
        (export.Year, export.Created) = ("2023-2024", "2024-02-10");
        Assert.True(school.Import(export).Stored);
        Assert.True(school.Import(Export.Usual()).Stored);
        school.Inform();
        var line = school.Body().Split('\n').First(l => l.Contains(Export.Numbers[0], StringComparison.Ordinal));
        Assert.Equal(6, line.Split("\"moment\":\"M5\",\"group\":5").Length - 1);
    }

    [Fact]
    public void Two_pupils_with_one_key_both_stay_out_because_the_schema_would_not_have_told()
    {
        var payload = Payload(e => e.Pupils[1].Key = "L1");
        Assert.Contains("\"pupils\":1,", payload);
    }

    [Fact]
    public void The_eck_id_goes_before_the_key()
    {
        var eck = "https://ketenid.nl/201703/" + new string('c', 128);
        Assert.Equal(154, eck.Length);
        var payload = Payload(e =>
        {
            e.Pupils[1].Eck = eck;
            (e.FirstResult.Eck, e.FirstResult.Score) = (eck, "160.0");
            e.FirstResult.Taken = "2025-01-21";
        });
        Assert.Contains("\"score\":1600", payload.Split('\n').First(l => l.Contains(Export.Numbers[1], StringComparison.Ordinal)));
    }

    [Fact]
    public void Pupils_of_the_other_location_in_the_file_stay_out()
    {
        using var school = new TestHome("99XX01");
        var export = Export.Usual();
        export.Dependance = "";
        export.Locations = """<vestiging key="a"><dependancecode>00</dependancecode></vestiging><vestiging key="b"><dependancecode>01</dependancecode></vestiging>""";
        export.Pupils[0]["vestiging"] = export.Pupils[1]["vestiging"] = "a";
        export.Pupils[2]["vestiging"] = "b";
        Assert.True(school.Import(export).Stored);
        school.Inform();
        Assert.Equal(1, school.Preview().Pupils);
    }

    [Fact]
    public void Pupils_in_special_groups_and_pupils_who_left_stay_out()
    {
        var payload = Payload(e =>
        {
            e.Pupils[0]["jaargroep"] = "S";
            e.Pupils[1]["uitstroomdatum"] = "2025-01-31";
        });
        Assert.Contains("\"pupils\":1,", payload);
    }

    [Fact]
    public void A_result_that_was_rolled_back_disappears_and_older_half_years_stay()
    {
        using var school = new TestHome();
        var export = Export.Usual();
        export.Results.Add(new() { Pupil = "L1", Test = "RW3-E4", Taken = "2024-06-03", Score = "190.1" });
        school.Import(export);
        var later = Export.Usual();
        later.Results.RemoveAt(0);
        school.Import(later);
        school.Inform();
        Assert.Equal(9, school.Preview().Results);
    }

    [Fact]
    public void What_the_letter_does_not_name_is_not_stored()
    {
        using var school = new TestHome();
        var export = Export.Usual();
        export.First.Raw = "<etniciteit>1</etniciteit><land>QQ</land><land_vader>QV</land_vader><land_moeder>QM</land_moeder><gewicht_nieuw>1,2</gewicht_nieuw><gewicht>0.90</gewicht><fotourl>FOTO-MARK</fotourl><emailadres>MAIL-MARK</emailadres><gebruikersnaam>USER-MARK</gebruikersnaam>";
        export.Results.Add(new() { Pupil = "L1", Test = "SOCEMO-MARK", RawScore = "4242" });
        Assert.True(school.Import(export).Stored);
        var dump = school.Dump();
        Assert.All(new[] { "QQ|", "|QV", "|QM", "1,2", "0.90", "MARK", "4242" }, mark => Assert.DoesNotContain(mark, dump));
    }

    static string Payload(Action<Export> change)
    {
        using var school = new TestHome();
        var export = Export.Usual();
        change(export);
        Assert.True(school.Import(export).Stored);
        return Body(school);
    }

    static string Payload(Func<string[], TestHome, string[]> files)
    {
        using var school = new TestHome();
        var outcome = school.Import(files(Export.Usual().Write(Path.Combine(school.Folder, "in")), school));
        Assert.True(outcome.Stored, string.Join(", ", outcome.Findings.Select(f => f.Rule.Code)));
        return Body(school);
    }

    static string Body(TestHome school)
    {
        school.Inform();
        var text = school.Body();
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }

    static string[] Text(string[] files, TestHome school, int index, Func<string, string> change) => Bytes(files, school, index, text => Encoding.UTF8.GetBytes(change(text)));

    static string[] Bytes(string[] files, TestHome school, int index, Func<string, byte[]> change)
    {
        var changed = (string[])files.Clone();
        changed[index] = school.File("changed", change(File.ReadAllText(files[index])));
        return changed;
    }

    /// <summary>Turns the elements of every pupil around.</summary>
    static string Swap(string xml) => System.Text.RegularExpressions.Regex.Replace(xml, "(<leerling [^>]*>)(.*?)(</leerling>)",
        match => match.Groups[1].Value + string.Concat(System.Text.RegularExpressions.Regex.Matches(match.Groups[2].Value, @"<(\w+)[^>]*?(/>|>.*?</\1>)").Reverse()) + match.Groups[3].Value);
}
