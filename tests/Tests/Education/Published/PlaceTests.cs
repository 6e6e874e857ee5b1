using Groeilijn.Education;

namespace Groeilijn.Tests.Education.Published;

/// <summary>Postcodes, house numbers, schools and provinces as people and systems write them.</summary>
public class PlaceTests
{
    [Theory]
    [InlineData("1234AB", "1234AB", Signal.None)]
    [InlineData("1234 AB", "1234AB", Signal.Respelled)]
    [InlineData("1234ab", "1234AB", Signal.Respelled)]
    [InlineData(" 1234\u00a0aB ", "1234AB", Signal.Respelled)]
    [InlineData("1000AA", "1000AA", Signal.None)]
    [InlineData("9999ZZ", "9999ZZ", Signal.None)]
    [InlineData("3584FI", "3584FI", Signal.None)] // F I O Q U Y are issued since 2005
    [InlineData("3584OY", "3584OY", Signal.None)]
    public void A_postcode_is_read_in_every_usual_spelling(string text, string expected, Signal signal)
    {
        var postcode = PostcodeNl.Parse(text);
        Assert.Equal((expected, signal), (postcode.Value.Text, postcode.Signal));
    }

    [Theory]
    [InlineData("1234SA", Fault.NeverIssued)]
    [InlineData("1234SD", Fault.NeverIssued)]
    [InlineData("1234 ss", Fault.NeverIssued)]
    [InlineData("0234AB", Fault.OutOfRange)]
    [InlineData("1234A", Fault.Length)]
    [InlineData("1234ABC", Fault.Length)]
    [InlineData("12345A", Fault.Characters)]
    [InlineData("ABCD12", Fault.Characters)]
    [InlineData("1234ÄB", Fault.Characters)]
    [InlineData("1234aſ", Fault.Characters)]
    [InlineData("", Fault.Empty)]
    [InlineData(null, Fault.Empty)]
    public void A_text_that_is_no_postcode_is_refused_with_its_reason(string? text, Fault fault) =>
        Assert.Equal(fault, PostcodeNl.Parse(text).Fault);

    [Fact]
    public void The_neighbours_of_the_letters_never_issued_exist()
    {
        foreach (var letters in new[] { "SB", "SC", "SE", "SR", "ST", "RS", "DS", "AS" }) Assert.True(PostcodeNl.Parse("1234" + letters).Ok);
        Assert.Equal(1234, PostcodeNl.Parse("1234SB").Value.Digits);
    }

    [Theory]
    [InlineData("32", 32, null, "")]
    [InlineData("32A", 32, 'A', "")]
    [InlineData("32 a", 32, 'A', "")]
    [InlineData("32-A bis", 32, 'A', "BIS")]
    [InlineData("32 A bis", 32, 'A', "BIS")]
    [InlineData("32hs", 32, null, "HS")]
    [InlineData("12hs", 12, null, "HS")]
    [InlineData("32-2", 32, null, "2")]
    [InlineData("32 II", 32, null, "II")]
    [InlineData("12-A", 12, 'A', "")]
    [InlineData("12 bis", 12, null, "BIS")]
    [InlineData("32/A.2", 32, 'A', "2")]
    [InlineData("99999", 99999, null, "")]
    public void A_house_number_is_read_as_schools_type_it(string text, int number, char? letter, string addition)
    {
        var house = HouseNumber.Parse(text).Value;
        Assert.Equal((number, letter, addition, HouseDesignation.None), (house.Number, house.Letter, house.Addition, house.Designation));
    }

    [Theory]
    [InlineData("t/o 7", HouseDesignation.Opposite)]
    [InlineData("TO 7", HouseDesignation.Opposite)]
    [InlineData("tegenover 7", HouseDesignation.Opposite)]
    [InlineData("by 7", HouseDesignation.Near)]
    [InlineData("bij7", HouseDesignation.Near)]
    [InlineData("nabij 7", HouseDesignation.Near)]
    public void Opposite_and_near_are_part_of_the_address(string text, HouseDesignation designation)
    {
        var house = HouseNumber.Parse(text).Value;
        Assert.Equal((7, designation), (house.Number, house.Designation));
        Assert.False(house.SameAs(HouseNumber.Parse("7").Value));
        Assert.Equal(Signal.Respelled, HouseNumber.Parse(text).Signal);
    }

    [Theory]
    [InlineData("", Fault.Empty)]
    [InlineData("A", Fault.Characters)]
    [InlineData("Toren 5", Fault.Characters)]
    [InlineData("-5", Fault.Characters)]
    [InlineData("12é", Fault.Characters)]
    [InlineData("12 ſ", Fault.Characters)]
    [InlineData("12 #4", Fault.Characters)]
    [InlineData("0", Fault.OutOfRange)]
    [InlineData("100000", Fault.Length)]
    [InlineData("12 achterom", Fault.Length)]
    public void A_text_that_is_no_house_number_is_refused_with_its_reason(string text, Fault fault) =>
        Assert.Equal(fault, HouseNumber.Parse(text).Fault);

    [Theory]
    [InlineData("32A2", "32", "A", "2")]
    [InlineData("32A2", "32", "", "A2")]
    [InlineData("32A2", "32 a", null, "2")]
    [InlineData("32A2", "32", "2", "A")]
    [InlineData("32 A B", "32", "A", "B")]
    [InlineData("32 A bis", "32", "bis", "a")]
    [InlineData("12 bis", "12", "bis", null)]
    public void The_same_house_is_recognised_however_its_fields_are_divided(string whole, string number, string? letter, string? addition)
    {
        var (one, other) = (HouseNumber.Parse(whole).Value, HouseNumber.Parse(number, letter, addition).Value);
        Assert.True(one.SameAs(other));
        Assert.True(other.SameAs(one));
    }

    [Theory]
    [InlineData("32", "33")]
    [InlineData("32", "32A")]
    [InlineData("32A", "32B")]
    [InlineData("32-1", "32-2")]
    [InlineData("3-2", "32")]
    [InlineData("1-11", "11-1")]
    public void Two_houses_are_not_the_same(string one, string other) =>
        Assert.False(HouseNumber.Parse(one).Value.SameAs(HouseNumber.Parse(other).Value));

    [Theory]
    [InlineData("99XX", "99XX00", Signal.None)]
    [InlineData("99XX00", "99XX00", Signal.None)]
    [InlineData("99XX0", "99XX00", Signal.None)]
    [InlineData("99XX01", "99XX01", Signal.None)]
    [InlineData("99xx02", "99XX02", Signal.Respelled)]
    public void A_school_location_is_written_in_six_characters(string text, string code, Signal signal)
    {
        var school = SchoolLocation.Parse(text);
        Assert.Equal((code, signal), (school.Value.Code, school.Signal));
        Assert.Equal((code[..4], code[4..], code), (school.Value.Brin, school.Value.Vestiging, school.Value.ToString()));
    }

    [Theory]
    [InlineData("99XX|C1", Fault.Length)] // the Inspectorate's key: its suffix is no vestiging
    [InlineData("99XX|1", Fault.Characters)]
    [InlineData("X9XX", Fault.Characters)]
    [InlineData("99Xſ", Fault.Characters)]
    [InlineData("999X", Fault.Characters)]
    [InlineData("99X", Fault.Length)]
    [InlineData("99XX000", Fault.Length)]
    [InlineData("", Fault.Empty)]
    public void A_text_that_is_no_school_location_is_refused_with_its_reason(string text, Fault fault) =>
        Assert.Equal(fault, SchoolLocation.Parse(text).Fault);

    [Fact]
    public void Provinces_carry_the_codes_of_Statistics_Netherlands()
    {
        Assert.Equal(12, Province.All.Count);
        Assert.Equal("PV20 Groningen", $"{Province.All[0].Code} {Province.All[0].Name}");
        Assert.Equal("Utrecht", Province.Parse("PV26").Value.Name);
        Assert.Equal("Limburg", Province.Parse("PV31  ").Value.Name);
        Assert.All(Province.All, each => Assert.Equal(each, Province.Parse(each.Code).Value));
        Assert.Equal(Fault.UnknownCode, Province.Parse("PV32").Fault);
        Assert.Equal(Fault.Empty, Province.Parse(" ").Fault);
    }
}
