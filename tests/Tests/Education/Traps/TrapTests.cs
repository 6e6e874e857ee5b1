using Groeilijn.Education;

namespace Groeilijn.Tests.Education.Traps;

/// <summary>
/// The traps of this field that the vocabulary itself must avoid. Each has cost somebody a wrong link, a lost pupil or a
/// wrong report; each test is named after its trap. Traps of files, linking and release are tested in those rooms.
/// </summary>
public class TrapTests
{
    static TestScale Scale(Subject subject, string series) => TestScale.Parse(subject, series).Value;

    // 1. Sex is coded the other way round in another format.

    [Fact]
    public void Code_1_is_a_boy_in_edexml_and_a_girl_in_oso()
    {
        Assert.True(SexCodes.TryRead(SexCoding.Edexml, "1", out var edexml));
        Assert.True(SexCodes.TryRead(SexCoding.Doorstroomtoets, "1", out var doorstroomtoets));
        Assert.True(SexCodes.TryRead(SexCoding.Oso, "1", out var oso));
        Assert.Equal((Sex.Male, Sex.Male, Sex.Female), (edexml, doorstroomtoets, oso));
    }

    [Fact]
    public void Nothing_in_the_vocabulary_reads_a_sex_without_being_told_the_coding()
    {
        var readers = typeof(Sex).Assembly.GetExportedTypes().SelectMany(t => t.GetMethods())
            .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Sex).MakeByRefType()) || m.ReturnType == typeof(Sex)).ToList();
        Assert.NotEmpty(readers);
        Assert.All(readers, m => Assert.Contains(m.GetParameters(), p => p.ParameterType == typeof(SexCoding)));
    }

    [Fact]
    public void The_doorstroomtoets_has_no_code_0_for_sex()
    {
        Assert.False(SexCodes.TryRead(SexCoding.Doorstroomtoets, "0", out _));
        Assert.True(SexCodes.TryRead(SexCoding.Edexml, "0", out _));
    }

    // 2. Numbers damaged by spreadsheets, numbers of nobody, numbers in the wrong element.

    [Fact]
    public void A_bsn_that_lost_its_leading_zeros_is_the_same_bsn()
    {
        Assert.Equal(Bsn.Parse("003389261").Value, Bsn.Parse("3389261").Value);
        Assert.Equal(Signal.Padded, Bsn.Parse("3389261").Signal);
    }

    [Theory]
    [InlineData("000000000")]
    [InlineData("00000000")]
    [InlineData("0000000")]
    public void A_bsn_of_zeros_is_refused(string text)
    {
        Assert.Equal(Fault.Zeros, Bsn.Parse(text).Fault);
        Assert.Equal(Fault.Zeros, PersonNumber.Parse(text).Fault);
    }

    [Fact]
    public void The_official_sample_with_an_onderwijsnummer_in_the_bsn_element_is_read_as_what_it_is()
    {
        Assert.Equal(Fault.ElevenTest, Bsn.Parse("133456785").Fault);
        Assert.True(Onderwijsnummer.Parse("133456785").Ok);
        Assert.Equal(NumberKind.Onderwijsnummer, PersonNumber.Parse("133456785").Value.Kind);
    }

    // 3. Three readings of the rule for the onderwijsnummer.

    [Fact]
    public void A_number_of_the_modulo_reading_is_taken_with_a_signal()
    {
        var number = Onderwijsnummer.Parse("000000316"); // 3·3 + 2·1 = 11, remainder 0; 6 + 5 = 11 is 0 only modulo 11
        Assert.Equal((Signal.ModuloReading, "000000316"), (number.Signal, number.Value.Digits));
        Assert.Equal(Signal.ModuloReading, PersonNumber.Parse("000000316").Signal);
    }

    [Fact]
    public void A_doubtful_rule_outweighs_lost_zeros() => Assert.Equal(Signal.ModuloReading, Onderwijsnummer.Parse("0000316").Signal);

    [Fact]
    public void An_onderwijsnummer_needs_no_prefix_10() => Assert.Equal(Signal.None, Onderwijsnummer.Parse("133456785").Signal);

    [Fact]
    public void A_bsn_that_starts_with_10_stays_a_bsn() => Assert.Equal(NumberKind.Bsn, PersonNumber.Parse("100252333").Value.Kind);

    // 5. The list of school years in the schema ends.

    [Theory]
    [InlineData("2024-2025")]
    [InlineData("2025-2026")]
    [InlineData("2049-2050")]
    public void A_school_year_after_the_last_of_the_schema_exists(string text) => Assert.Equal(text, SchoolYear.Parse(text).Value.ToString());

    // 6. Scores with a comma, scores with a point, scores in integers.

    [Fact]
    public void A_comma_and_a_point_give_the_same_score()
    {
        var scale = Scale(Subject.Reading, "lvs-3");
        Assert.Equal(AbilityScore.Parse(scale, "144.8").Value, AbilityScore.Parse(scale, "144,8").Value);
        Assert.Equal(AbilityScore.Parse(scale, "144").Value, AbilityScore.Parse(scale, "144,0").Value);
    }

    [Fact]
    public void Thousands_are_not_mistaken_for_decimals() =>
        Assert.Equal(Fault.Characters, AbilityScore.Parse(Scale(Subject.Reading, "lvs-3"), "1.448,0").Fault);

    // 8. Dates of birth of which a part is unknown, and dates the other way round.

    [Fact]
    public void An_unknown_day_or_month_of_birth_is_kept_as_unknown()
    {
        var date = BirthDate.Parse("20140300");
        Assert.Equal((Signal.Partial, 2014, 3, 0), (date.Signal, date.Value.Year, date.Value.Month, date.Value.Day));
        Assert.Equal((0, 0), (BirthDate.Parse("20140000").Value.Month, BirthDate.Parse("20140000").Value.Day));
        Assert.NotEqual(BirthDate.Parse("2014-03-01").Value, date.Value);
    }

    [Fact]
    public void The_day_comes_first_in_gbageboortedatum() =>
        Assert.Equal(BirthDate.Parse("2014-03-09").Value, BirthDate.Parse("09-03-2014").Value);

    // 10. The year group of the pupil is not the year group of the test.

    [Fact]
    public void A_pupil_of_group_6_can_take_a_test_of_group_5()
    {
        var (pupil, moment) = (YearGroup.Parse("6").Value, TestMoment.Parse("M5").Value);
        Assert.NotEqual(pupil, moment.Group);
        Assert.Equal("M5", new TestMoment(HalfYear.M, moment.Group).ToString());
    }

    [Fact]
    public void A_repeater_takes_the_same_moment_in_two_editions()
    {
        var moment = TestMoment.Parse("M5").Value;
        var (first, second) = (Edition.Of(new DateOnly(2023, 1, 24)), Edition.Of(new DateOnly(2024, 1, 23)));
        Assert.Equal(moment.Half, first.Half);
        Assert.Equal(moment.Half, second.Half);
        Assert.Equal(first.Next.Next, second);
    }

    [Fact]
    public void A_combination_group_is_no_year_group_of_a_pupil() => Assert.Equal(Fault.OtherYearGroup, YearGroup.Parse("C").Fault);

    // 11. Two test series in one interval of growth.

    [Fact]
    public void There_is_no_growth_from_the_old_series_to_the_new()
    {
        var before = new AbilityScore(Scale(Subject.Reading, "lvs-2"), 210);
        var after = new AbilityScore(Scale(Subject.Reading, "lvs-3"), 1448);
        Assert.Null(before.GrowthTo(after));
        Assert.Null(after.GrowthTo(before));
        Assert.NotEqual(new AbilityScore(Scale(Subject.Reading, "lvs-2"), 1448), after);
    }

    [Fact]
    public void There_is_no_growth_from_reading_to_maths() =>
        Assert.Null(new AbilityScore(Scale(Subject.Reading, "lvs-3"), 1448).GrowthTo(new AbilityScore(Scale(Subject.Maths, "lvs-3"), 2066)));

    // 14. Two locations in one file.

    [Fact]
    public void An_empty_vestiging_is_the_main_location()
    {
        var main = SchoolLocation.Parse("99XX00").Value;
        foreach (var (brin, vestiging) in new[] { ("99XX", ""), ("99XX", null), ("99XX", "0"), ("99XX", " 00 ") })
            Assert.Equal(main, SchoolLocation.Parse(brin, vestiging).Value);
    }

    [Fact]
    public void Two_locations_of_one_school_are_two()
    {
        var (main, second) = (SchoolLocation.Parse("99XX", "00").Value, SchoolLocation.Parse("99XX", "01").Value);
        Assert.NotEqual(main, second);
        Assert.Equal(main.Brin, second.Brin);
        Assert.True(main.CompareTo(second) < 0);
    }

    // 17. The ECK iD: its length, and the environment of its prefix.

    [Fact]
    public void An_eck_id_of_154_characters_is_whole_and_one_cut_off_at_64_is_refused()
    {
        var text = "https://ketenid.nl/201703/" + new string('a', 128);
        Assert.Equal(154, EckId.Parse(text).Value.Text.Length);
        Assert.Equal(Fault.Length, EckId.Parse(text[..64]).Fault);
    }

    [Fact]
    public void A_pilot_identity_differs_from_the_production_identity_of_the_same_digits()
    {
        var (pilot, production) = (EckId.Parse("https://ketenid.nl/pilot/" + new string('a', 128)), EckId.Parse("https://ketenid.nl/201703/" + new string('a', 128)));
        Assert.Equal((Signal.Pilot, Signal.None), (pilot.Signal, production.Signal));
        Assert.NotEqual(pilot.Value, production.Value);
    }

    // 18. Postcodes and house numbers in the spelling of the day.

    [Theory]
    [InlineData("1234 AB")]
    [InlineData("1234ab")]
    [InlineData("1234 aB")]
    public void A_postcode_with_a_space_or_in_lower_case_is_the_same_postcode(string text) =>
        Assert.Equal(PostcodeNl.Parse("1234AB").Value, PostcodeNl.Parse(text).Value);

    [Theory]
    [InlineData("12-A", "12", "A", "")]
    [InlineData("12 bis", "12", "", "bis")]
    [InlineData("12hs", "12", "", "HS")]
    [InlineData("12hs", "12", "hs", "")]
    [InlineData("12 A 2", "12", "2", "A")]
    public void An_addition_in_the_field_of_the_letter_still_names_the_same_house(string whole, string number, string letter, string addition) =>
        Assert.True(HouseNumber.Parse(whole).Value.SameAs(HouseNumber.Parse(number, letter, addition).Value));

    // 20. Year groups outside the programme.

    [Theory]
    [InlineData("H")]
    [InlineData("S")]
    [InlineData("V")]
    [InlineData("N")]
    [InlineData("B")]
    [InlineData("D")]
    [InlineData("0")]
    [InlineData("11")]
    [InlineData("16")]
    public void A_year_group_outside_the_programme_is_known_and_set_apart(string text) =>
        Assert.Equal(Fault.OtherYearGroup, YearGroup.Parse(text).Fault);
}
