using Groeilijn.School;

namespace Groeilijn.Tests.School.Reading;

/// <summary>Every format, what it is recognised as and what of it counts.</summary>
public sealed class FormatTests
{
    public static TheoryData<string, FileKind, string, FileUse> Kinds => new()
    {
        { "edexml-1.03.xml", FileKind.Edexml, "1.03", FileUse.Pupils | FileUse.Groups },
        { "edexml-2.0.xml", FileKind.Edexml, "2.0", FileUse.Pupils | FileUse.Groups },
        { "edexml-2.1.xml", FileKind.Edexml, "2.1", FileUse.Pupils | FileUse.Groups },
        { "uwlr-2.2-leerlinggegevens.xml", FileKind.UwlrPupils, "2.2", FileUse.Pupils | FileUse.Groups },
        { "uwlr-2.2-leerresultaten.xml", FileKind.UwlrResults, "2.2", FileUse.Results },
        { "uwlr-2.3-structuur.xml", FileKind.UwlrStructure, "2.3", FileUse.Groups },
        { "uwlr-2.3-leerlingen.xml", FileKind.UwlrPupils, "2.3", FileUse.Pupils | FileUse.Groups },
        { "uwlr-2.3-leerresultaten.xml", FileKind.UwlrResults, "2.3", FileUse.Results },
        { "oso-2019-dossier.xml", FileKind.OsoDossier, "2019", FileUse.Pupils | FileUse.Addresses | FileUse.Results },
        { "oso-2022.1-dossier.xml", FileKind.OsoDossier, "2022.1", FileUse.Results },
        { "doorstroomtoets-1.0-deelnemers.json", FileKind.NextTestParticipants, "1.0", FileUse.Pupils | FileUse.Groups },
        { "doorstroomtoets-1.1-deelnemers.json", FileKind.NextTestParticipants, "1.1", FileUse.Completion | FileUse.Groups },
        { "doorstroomtoets-1.1-resultaten.json", FileKind.NextTestResults, "1.1", FileUse.Nothing },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_format_is_recognised_with_its_version_and_says_what_was_used(string name, FileKind kind, string version, FileUse used)
    {
        using var school = new TestHome();
        // Participants in year group 8 are other children than those of group 5, whom they share their marks with.
        var with = Formats.All.Single(f => f.Name == name).With.Select(Formats.Sample);
        var first = name == "doorstroomtoets-1.1-deelnemers.json" ? Formats.Changed(name, ("2012-10-05", "2015-10-05")) : Formats.Sample(name);
        var outcome = school.Read([first, .. with]);
        Assert.True(outcome.Stored, string.Join(", ", outcome.Codes()));
        var file = outcome.Files[0];
        Assert.Equal((kind, version, used), (file.Kind, file.Version, file.Used));
        Assert.NotEqual("", file.UsedWords("nl"));
        Assert.NotEqual(file.UsedWords("nl"), file.UsedWords("en"));
    }

    [Fact]
    public void Pupils_of_uwlr_in_steps_get_the_groups_of_the_other_answer_and_need_no_key()
    {
        using var school = new TestHome();
        var outcome = school.Read("uwlr-2.3-leerresultaten.xml", "uwlr-2.3-leerlingen.xml", "uwlr-2.3-structuur.xml");
        Assert.Equal((2, 3, 2), (outcome.Pupils, outcome.Results, outcome.OtherTests));
        Assert.DoesNotContain("P17", outcome.Codes());
        Assert.DoesNotContain("P21", outcome.Codes());
        var lines = school.Delivered();
        Assert.Contains("\"group\":5", lines.Single(l => l.Contains("\"sex\":\"f\"", StringComparison.Ordinal)));
        Assert.Contains("\"group\":6", lines.Single(l => l.Contains("\"sex\":\"m\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_result_of_a_part_of_a_test_is_no_result_of_the_test()
    {
        using var school = new TestHome();
        var outcome = school.Read(Formats.Sample("edexml-2.1.xml"), Formats.Changed("uwlr-2.2-leerresultaten.xml",
            ("<toetsonderdeelcode>deel-1</toetsonderdeelcode><score>12</score>", "<osoresultaat><oso:toetsscore><oso:vaardigheidsscore>1.0</oso:vaardigheidsscore></oso:toetsscore></osoresultaat><toetsonderdeelcode>deel-1</toetsonderdeelcode>")));
        Assert.Equal((3, 2), (outcome.Results, outcome.OtherTests));
        Assert.DoesNotContain("R12", outcome.Codes());
    }

    [Fact]
    public void In_a_dossier_one_is_a_girl_and_she_lives_where_one_can_visit()
    {
        using var school = new TestHome();
        Assert.True(school.Read("oso-2019-dossier.xml").Stored);
        var line = Assert.Single(school.Delivered());
        Assert.Contains("\"sex\":\"f\"", line);
        Assert.Contains("\"born\":\"2015-10-05\"", line);
        Assert.Contains("1234AB", line);
        Assert.DoesNotContain("1000AA", line);
        Assert.DoesNotContain("1999ZZ", line);
        Assert.Contains("32", line);
        Assert.Contains("BIS", line);
        Assert.Contains("\"moment\":\"E4\",\"group\":4", line);
        Assert.Contains("\"moment\":\"M5\",\"group\":5", line);
    }

    [Fact]
    public void The_registered_address_goes_before_the_other()
    {
        using var school = new TestHome();
        Assert.True(school.Read(Formats.Changed("oso-2019-dossier.xml", ("<soortadres>post</soortadres><straat>Postbus</straat><nummer>12</nummer>", "<soortadres>gba</soortadres><nummer>12</nummer><aanduiding>TO</aanduiding>"))).Stored);
        Assert.Contains("1000AA", Assert.Single(school.Delivered()));
    }

    [Fact]
    public void A_secret_address_is_not_read_and_a_month_of_birth_is_a_birth_date_without_day()
    {
        using var school = new TestHome();
        var outcome = school.Read("oso-2022.1-dossier.xml");
        Assert.True(outcome.Stored);
        Assert.Contains("F29", outcome.Codes());
        Assert.Contains("P11", outcome.Codes());
        Assert.Contains("F31", outcome.Codes());
        Assert.DoesNotContain("1777QQ", school.Opened());
        Assert.Contains("2015-11-00", school.Opened());
        Assert.Equal((0, 2), (outcome.Files[0].Addresses, outcome.Files[0].OtherTests));
    }

    [Fact]
    public void A_secret_address_that_is_declared_behind_the_address_is_as_secret()
    {
        using var school = new TestHome();
        var text = Formats.Text("oso-2022.1-dossier.xml").Replace("<adresgeheim>true</adresgeheim>", "", StringComparison.Ordinal).Replace("</leerling>", "<adresgeheim>true</adresgeheim></leerling>", StringComparison.Ordinal);
        Assert.True(school.Read(Formats.Of(text)).Stored);
        Assert.DoesNotContain("1777QQ", school.Opened());
    }

    [Fact]
    public void A_dossier_is_called_by_its_number_because_its_name_may_be_the_pupils()
    {
        using var school = new TestHome();
        var outcome = school.Read(Formats.Sample("edexml-2.1.xml"), ImportFile.OfBytes("Daan Testman.xml", Formats.Bytes("oso-2022.1-dossier.xml")));
        Assert.Equal(("Daan Testman.xml", "OSO-dossier 2"), (outcome.Files[1].Name, outcome.Files[1].KnownAs));
        Assert.DoesNotContain("Daan Testman.xml", school.Opened());
        Assert.Contains("OSO-dossier 2", outcome.Findings.Select(f => f.Place.File));
    }

    [Fact]
    public void The_municipalitys_birth_date_counts_where_they_differ()
    {
        using var school = new TestHome();
        var outcome = school.Read(Formats.Changed("oso-2019-dossier.xml", ("05-10-2015", "06-10-2015")));
        Assert.Contains("F30", outcome.Codes());
        Assert.Contains("2015-10-06", school.Opened());
    }

    [Fact]
    public void A_dossier_gives_what_the_pupils_file_left_open()
    {
        using var school = new TestHome();
        var outcome = school.Read("uwlr-2.2-leerlinggegevens.xml", "oso-2019-dossier.xml");
        Assert.Equal((2, 0), (outcome.Files[0].Pupils, outcome.Files[1].Pupils));
        Assert.Equal(FileUse.Completion | FileUse.Addresses | FileUse.Results, outcome.Files[1].Used);
        var line = school.Delivered().Single(l => l.Contains("\"sex\":\"f\"", StringComparison.Ordinal));
        Assert.Contains("900000119", line);
        Assert.Contains("1234AB", line);
    }

    [Fact]
    public void A_dossier_without_an_identity_of_the_administration_is_known_by_its_number()
    {
        using var school = new TestHome();
        Assert.True(school.Read(Formats.Sample("edexml-2.1.xml"), Formats.Changed("oso-2019-dossier.xml", ("<leerlingid>F1</leerlingid>", ""))).Stored);
        Assert.Contains("\"moment\":\"E4\"", school.Delivered().Single(l => l.Contains("900000119", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_parts_of_one_dossier_are_one_pupil()
    {
        using var school = new TestHome();
        var outcome = school.Read(Formats.Sample("oso-2019-dossier.xml"), Formats.Changed("oso-2019-dossier.xml", ("RW3-E4", "SP3-E4"), ("RW3-M5", "SP3-M5"), ("LASLVS", "LVS")));
        Assert.Equal((1, 4), (outcome.Pupils, outcome.Results));
        Assert.DoesNotContain("P07", outcome.Codes());
    }

    [Fact]
    public void Another_birth_date_under_the_same_key_fills_in_nothing()
    {
        using var school = new TestHome();
        var outcome = school.Read("edexml-2.1.xml", "doorstroomtoets-1.1-deelnemers.json");
        Assert.Contains("F35", outcome.Codes());
        Assert.Contains("F34", outcome.Codes());
        Assert.Equal(FileUse.Groups, outcome.Files[1].Used);
        Assert.DoesNotContain("2012-10-05", school.Opened());
    }

    [Fact]
    public void A_number_of_which_the_last_four_digits_differ_is_not_filled_in()
    {
        using var school = new TestHome();
        school.Read(Formats.Changed("uwlr-2.2-leerlinggegevens.xml", ("0119", "0118")), Formats.Sample("oso-2019-dossier.xml"));
        Assert.DoesNotContain("900000119", school.Opened());
    }

    [Fact]
    public void Participants_are_pupils_where_no_other_file_gives_them()
    {
        using var school = new TestHome();
        var outcome = school.Read("doorstroomtoets-1.0-deelnemers.json");
        Assert.Equal(2, outcome.Pupils);
        Assert.Equal("2024-2025", outcome.SchoolYear);
        var dump = school.Opened();
        Assert.Contains("\"Sex\":\"f\",\"Born\":\"2012-10-05\"", dump);
        Assert.Contains("\"Sex\":\"m\",\"Born\":\"2012-11-05\"", dump);
    }

    [Fact]
    public void A_later_list_of_participants_changes_an_earlier_one()
    {
        using var school = new TestHome();
        var outcome = school.Read(Formats.Sample("doorstroomtoets-1.0-deelnemers.json"),
            Formats.Changed("doorstroomtoets-1.1-deelnemers.json", ("2025-02-10", "2025-02-11"), ("\"Sanne\"", "\"Sanna\"")));
        Assert.Equal(2, outcome.Pupils);
        Assert.Contains("Sanna", school.Opened());
        Assert.DoesNotContain("Sanne", school.Opened());
    }

    [Fact]
    public void Results_of_the_doorstroomtoets_are_counted_and_not_kept()
    {
        using var school = new TestHome();
        var outcome = school.Read("doorstroomtoets-1.1-deelnemers.json", "doorstroomtoets-1.1-resultaten.json");
        Assert.Equal((0, 2), (outcome.Results, outcome.OtherTests));
        Assert.Equal(2, outcome.Findings.Single(f => f.Rule.Code == "F31").Count);
        Assert.DoesNotContain("HAVO", school.Opened());
    }

    public static TheoryData<string, string, string> Constants => new()
    {
        { "\"Leerling\"", "\"Medewerker\"", "F32" }, { "\"LAS-key\"", "\"BSN\"", "F32" }, { "\"Demografisch\"", "\"Medisch\"", "F32" }, { "\"Jaargroep\"", "\"Niveau\"", "F32" },
        { "\"Stamgroep\"", "\"Lesgroep\"", "F32" }, { "Doorstroomtoetsketen_v1.1", "Doorstroomtoetsketen_v2.0", "F22" }, { "Toetsdeelnemers", "Schooladviezen", "F10" },
        { "\"geslacht\": 2", "\"geslacht\": 0", "P14" }, { "\"geslacht\": 2", "\"geslacht\": \"V\"", "P14" }, { "\"instellingscode\": \"99XX\"", "\"instellingscode\": \"98XX\"", "S01" },
    };

    [Theory]
    [MemberData(nameof(Constants))]
    public void The_constants_of_the_doorstroomtoets_are_checked(string constant, string other, string rule)
    {
        using var school = new TestHome();
        Assert.DoesNotContain(rule, school.Read("doorstroomtoets-1.1-deelnemers.json").Codes());
        Assert.Contains(rule, school.Read(Formats.Changed("doorstroomtoets-1.1-deelnemers.json", (constant, other))).Codes());
    }

    [Fact]
    public void A_list_of_two_schools_is_no_list_of_this_school()
    {
        using var school = new TestHome();
        var list = $"[{Formats.Text("doorstroomtoets-1.1-deelnemers.json")},{Formats.Text("doorstroomtoets-1.1-deelnemers.json").Replace("99XX", "98XX", StringComparison.Ordinal)}]";
        Assert.Equal(["F18"], school.Read(Formats.Of(list)).Codes());
    }

    [Fact]
    public void A_dossier_of_another_school_is_refused()
    {
        using var school = new TestHome();
        Assert.Equal(["S01"], school.Read(Formats.Changed("oso-2019-dossier.xml", ("<vestigingscode>00", "<vestigingscode>01"))).Codes());
    }
}
