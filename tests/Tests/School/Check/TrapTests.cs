using System.Reflection;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>The known traps of Dutch school data: each is a rule, or is shown to be handled by a test, or cannot be met at a school.</summary>
public sealed class SchoolTrapTests
{
    sealed record Trap(string Words, string[] Rules, string[] Tests);

    static readonly Trap[] s_traps =
    [
        new("1 sex code reversed between formats", ["P13", "P14", "S10"], ["ReadingTests.Sex_one_is_a_boy_in_edexml", "PersonTests."]),
        new("2 number without its leading zeros, zeros alone, onderwijsnummer in the element of the BSN", ["P03", "P04", "P02"], ["ReadingTests.A_number_that_lost_its_zeros_gets_them_back", "ReadingTests.An_onderwijsnummer_in_the_element_bsn_goes_along_as_what_it_is", "SchoolTrapTests.A_number_of_zeros_does_not_go_along"]),
        new("3 the readings of the onderwijsnummer: literal, modulo, with prefix", ["P06", "P02"], ["SchoolTrapTests.An_onderwijsnummer_needs_no_prefix"]),
        new("4 the schema of UWLR enforces neither keys nor references", ["P16", "P20", "P21", "P28", "R01", "R15", "R18"], ["ReadingTests.Two_pupils_with_one_key_both_stay_out_because_the_schema_would_not_have_told"]),
        new("5 the school year's list ends", ["S07"], ["ReadingTests.A_school_year_after_the_schemas_list_is_read"]),
        new("6 ability score with comma or point, raw score is whole", ["R06", "R07", "R08"], ["ReadingTests.A_file_that_bends_the_standard_says_the_same"]),
        new("7 weights with a comma and a point", [], ["ReadingTests.What_the_letter_does_not_name_is_not_stored"]),
        new("8 birth dates with unknown parts, and day before month", ["P10", "P11"], ["SchoolTrapTests.A_birth_date_of_which_the_day_is_unknown_goes_along_so"]),
        new("9 keys that begin with #, spaces around keys", ["P15"], ["ReadingTests.A_file_that_bends_the_standard_says_the_same", "ObjectionTests."]),
        new("10 combination groups, repeaters, tests of another level", ["P22", "R13", "R14", "R17"], ["ReadingTests.In_a_combination_group_the_pupils_own_year_group_counts", "ReadingTests.Who_repeats_a_year_takes_the_same_test_in_two_years", "ReadingTests.A_test_of_a_lower_group_keeps_its_own_moment"]),
        new("11 two test series in one interval", ["R19", "R06"], ["SchoolTrapTests.A_score_of_the_new_series_under_a_code_of_the_old_does_not_go_along"]),
        new("12 a pupil at two schools in one interval", ["P24", "P25"], ["ReadingTests.Pupils_in_special_groups_and_pupils_who_left_stay_out"]),
        new("13 twins, and the same child twice", ["P27", "P29", "P30", "P07"], ["SchoolTrapTests.The_same_child_under_two_keys_stays_out_so_that_an_objection_holds_for_both"]),
        new("14 two locations in one file; 00 is empty", ["P26", "P28", "S01"], ["ReadingTests.Pupils_of_the_other_location_in_the_file_stay_out"]),
        new("15 objection after export, withdrawn, of one sibling", ["O03", "O04"], ["ObjectionTests."]),
        new("16 differencing and small cells: of the office, nothing of it is made at a school", [], []),
        new("17 ECK iD of 154 characters, pilot prefix", ["P18", "P19", "P20"], []),
        new("18 postcode and house number as people write them", ["A01", "A02", "A04"], ["SchoolTrapTests.Postcodes_with_letters_that_came_into_use_later_exist"]),
        new("19 growth from E to M and from M to E differ", ["R10", "R21"], ["SchoolTrapTests.A_step_is_held_against_the_usual_step_between_the_same_two_tests"]),
        new("20 ex-pupils and the groups S, V, N, H, 1 and 2", ["P23", "P24"], ["SchoolTrapTests.Pupils_outside_year_groups_3_to_8_stay_out"]),
    ];

    [Fact]
    public void Every_trap_is_a_rule_or_a_test_that_exists()
    {
        Assert.Equal(20, s_traps.Length);
        var types = Assembly.GetExecutingAssembly().GetTypes().ToLookup(t => t.Name);
        foreach (var trap in s_traps)
        {
            Assert.True(trap.Rules.Length + trap.Tests.Length > 0 || trap.Words.Contains("of the office", StringComparison.Ordinal), trap.Words);
            Assert.All(trap.Rules, code => Assert.Contains(code, Groeilijn.School.Rules.All.Select(r => r.Code)));
            Assert.All(trap.Tests.Select(t => t.Split('.')), test => Assert.Contains(types[test[0]], type => test[1].Length == 0 || type.GetMethod(test[1]) is not null));
        }
    }

    [Fact]
    public void A_number_of_zeros_does_not_go_along()
    {
        var payload = Payload(e => e.First["bsn"] = "000000000");
        Assert.DoesNotContain("000000000", payload);
        Assert.Contains("\"pupils\":3,", payload);
    }

    [Theory]
    [InlineData("101222331")] // literal
    [InlineData("133456785")] // literal, without the prefix 10
    public void An_onderwijsnummer_needs_no_prefix(string number) => Assert.Contains($"\"onderwijsnummer\":\"{number}\"", Payload(e => { e.First.Elements.Remove("bsn"); e.First["onderwijsnummer"] = number; }));

    [Fact]
    public void A_birth_date_of_which_the_day_is_unknown_goes_along_so() => Assert.Contains("\"born\":\"2015-10-00\"", Payload(e => e.First["geboortedatum"] = "2015-10-00"));

    [Fact]
    public void A_score_of_the_new_series_under_a_code_of_the_old_does_not_go_along()
    {
        var payload = Payload(e => (e.Results[1].Test, e.Results[1].Score) = ("SP2-M5", "298.1"));
        Assert.Equal(2, payload.Split("\"subject\":\"spelling\"").Length - 1);
        Assert.DoesNotContain("lvs-2", payload);
    }

    [Fact]
    public void The_same_child_under_two_keys_stays_out_so_that_an_objection_holds_for_both()
    {
        using var school = new TestHome();
        var export = Export.Usual();
        foreach (var element in new[] { "achternaam", "roepnaam", "geboortedatum" }) export.Pupils[1][element] = export.First[element];
        export.Pupils[1].Elements.Remove("bsn");
        Assert.True(school.Import(export).Stored);
        school.Inform();
        Assert.True(Objections.Record(school.Home, "L1").Ok);
        Assert.Contains("\"pupils\":1,", school.Body());
    }

    [Fact]
    public void A_pupil_in_two_groups_goes_along_once()
    {
        var payload = Payload(e => e.Pupils.Add(e.First));
        Assert.Contains("\"pupils\":3,", payload);
        Assert.Contains("\"results\":9", payload);
    }

    [Theory]
    [InlineData("1234FI")]
    [InlineData("1234OQ")]
    [InlineData("1234UY")]
    [InlineData(" 1234  ab ")]
    public void Postcodes_with_letters_that_came_into_use_later_exist(string postcode) =>
        Assert.Contains($"\"postcode\":\"{postcode.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()}\"", Payload(e => { e.First["postcodenl"] = postcode; e.Addresses.RemoveAt(0); }));

    [Theory]
    [InlineData("SP3-E5", "2024-06-05", "SP3-M6", "310", false)] // over the summer spelling hardly grows
    [InlineData("SP3-M5", "2024-01-22", "SP3-M6", "310", false)]
    [InlineData("SP3-E5", "2024-06-05", "SP3-M6", "435", true)]
    [InlineData("SP3-M5", "2024-01-22", "SP3-M6", "435", true)]
    [InlineData("SP3-M3", "2023-01-22", "SP3-M6", "460", false)] // three years of growth
    public void A_step_is_held_against_the_usual_step_between_the_same_two_tests(string first, string taken, string then, string score, bool found)
    {
        using var school = new TestHome();
        var export = Export.Usual();
        export.Results.RemoveAt(1);
        export.Results.Add(new() { Pupil = "L1", Test = first, Taken = taken, Score = "310" });
        export.Results.Add(new() { Pupil = "L1", Test = then, Score = score });
        Assert.True(school.Import(export).Stored);
        Assert.Equal(found, Check.Run(school.Home).Findings.Any(f => f.Rule == Rules.GrowthImplausible));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("S")]
    [InlineData("V")]
    [InlineData("N")]
    [InlineData("H")]
    [InlineData("11")]
    public void Pupils_outside_year_groups_3_to_8_stay_out(string yearGroup) => Assert.Contains("\"pupils\":2,", Payload(e => e.First["jaargroep"] = yearGroup));

    static string Payload(Action<Export> change)
    {
        using var school = new TestHome();
        var export = Export.Usual();
        change(export);
        Assert.True(school.Import(export).Stored);
        school.Inform();
        return school.Body();
    }
}
