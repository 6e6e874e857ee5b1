using System.Globalization;
using FsCheck.Fluent;
using Groeilijn.Education;

namespace Groeilijn.Tests.Education.Properties;

/// <summary>What is written is read back, and time runs one way: by trying all values where there are few, a draw where there are many.</summary>
public class ValueProperties
{
    [Fact]
    public void Every_postcode_is_read_back_in_each_spelling_except_those_never_issued() =>
        Holds.For(from digits in Gen.Choose(1000, 9999) from letters in Gen.Choose(0, 675) select (digits, letters), drawn =>
        {
            var letters = $"{(char)('A' + drawn.letters / 26)}{(char)('A' + drawn.letters % 26)}";
            var text = drawn.digits.ToString(CultureInfo.InvariantCulture) + letters;
            var postcode = PostcodeNl.Parse(text);
            Assert.Equal(letters is not ("SA" or "SD" or "SS"), postcode.Ok);
            if (!postcode.Ok) return;
            Assert.Equal((text, drawn.digits), (postcode.Value.Text, postcode.Value.Digits));
            Assert.Equal(postcode.Value, PostcodeNl.Parse($"{text[..4]} {letters.ToLowerInvariant()}").Value);
        });

    [Fact]
    public void A_house_number_written_from_its_parts_is_the_same_house() =>
        Holds.For(from number in Gen.Choose(1, 99999)
                  from letter in Gen.Elements("", "A", "Z")
                  from addition in Gen.Elements("", "2", "14", "BIS", "HS", "II")
                  select (number, letter, addition), drawn =>
        {
            var number = drawn.number.ToString(CultureInfo.InvariantCulture);
            var house = HouseNumber.Parse(number, drawn.letter, drawn.addition).Value;
            Assert.Equal((drawn.number, drawn.letter + drawn.addition), (house.Number, house.Suffix));
            foreach (var text in new[] { $"{number}{drawn.letter} {drawn.addition}", $"{number}-{drawn.letter}-{drawn.addition}", $" {number} {drawn.letter} {drawn.addition}".ToLowerInvariant() })
                Assert.True(house.SameAs(HouseNumber.Parse(text).Value));
            Assert.True(house.SameAs(HouseNumber.Parse(number, drawn.addition, drawn.letter).Value));
        });

    [Fact]
    public void Every_day_lies_within_its_school_year_and_its_edition_lies_in_that_year()
    {
        var previous = SchoolYear.Of(new DateOnly(1990, 8, 1));
        for (var day = new DateOnly(1990, 8, 1); day < new DateOnly(2100, 8, 1); day = day.AddDays(1))
        {
            var (year, edition) = (SchoolYear.Of(day), Edition.Of(day));
            Assert.InRange(day, year.FirstDay, year.LastDay);
            Assert.Equal(year, edition.SchoolYear);
            Assert.True(previous.CompareTo(year) <= 0);
            previous = year;
        }
    }

    [Fact]
    public void Every_edition_is_read_back_and_follows_the_one_before()
    {
        var edition = Edition.Parse("1991-1").Value;
        while (edition.ToString() != "2101-2")
        {
            var next = edition.Next;
            Assert.Equal(edition, Edition.Parse(edition.ToString()).Value);
            Assert.Equal(edition, next.Previous);
            Assert.Equal(edition, new Edition(edition.SchoolYear, edition.Half));
            Assert.True(edition.CompareTo(next) < 0 && next.CompareTo(edition) > 0);
            Assert.NotEqual(edition.Half, next.Half);
            edition = next;
        }
    }

    [Fact]
    public void Every_school_year_is_read_back()
    {
        for (var start = 1990; start <= 2100; start++) Assert.Equal(new SchoolYear(start), SchoolYear.Parse($"{start}-{start + 1}").Value);
    }

    [Fact]
    public void Test_moments_are_read_back_and_stand_in_the_order_of_a_school_career()
    {
        var career = TestCatalogue.All.Where(t => t.Scale.Subject == Subject.Maths && t.Scale.Code == "lvs-3").Select(t => t.Moment).ToList();
        Assert.Equal("M3 E3 M4 E4 M5 E5 M6 E6 M7 E7 M8 E8", string.Join(' ', career.Order()));
        Assert.All(career, each => Assert.Equal(each, TestMoment.Parse(each.ToString()).Value));
        Assert.Equal(Enumerable.Range(0, 12), career.Order().Select(m => m.Index));
    }

    [Fact]
    public void Every_day_of_birth_is_read_back_and_agrees_with_its_own_poorer_forms()
    {
        for (var day = new DateOnly(1900, 1, 1); day.Year <= 2100; day = day.AddDays(1))
        {
            var date = new BirthDate(day);
            Assert.Equal(date, BirthDate.Parse(date.Text).Value);
            Assert.Equal(date, BirthDate.Parse(day.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture)).Value);
            Assert.True(date.Agrees(BirthDate.Parse(date.Text[..8] + "00").Value) && date.Agrees(BirthDate.Parse(date.Text[..5] + "00-00").Value));
            Assert.False(date.Agrees(new BirthDate(day.Year == 2100 ? day.AddDays(-1) : day.AddDays(1))));
        }
    }

    [Fact]
    public void Every_score_is_read_back_from_a_comma_and_from_a_point()
    {
        var scale = TestScale.Parse(Subject.Maths, "lvs-3").Value;
        for (var tenths = AbilityScore.LowestTenths; tenths <= AbilityScore.HighestTenths; tenths++)
        {
            var text = (tenths / 10m).ToString("F1", CultureInfo.InvariantCulture);
            var score = new AbilityScore(scale, tenths);
            Assert.Equal(score, AbilityScore.Parse(scale, text).Value);
            Assert.Equal(score, AbilityScore.Parse(scale, text.Replace('.', ',')).Value);
        }
    }

    [Fact]
    public void Growth_there_and_back_is_nothing() =>
        Holds.For(from a in Gen.Choose(AbilityScore.LowestTenths, AbilityScore.HighestTenths) from b in Gen.Choose(AbilityScore.LowestTenths, AbilityScore.HighestTenths) select (a, b), drawn =>
        {
            var scale = TestScale.Parse(Subject.Spelling, "lvs-2").Value;
            var (one, other) = (new AbilityScore(scale, drawn.a), new AbilityScore(scale, drawn.b));
            Assert.Equal(drawn.b - drawn.a, one.GrowthTo(other));
            Assert.Equal(0, one.GrowthTo(other) + other.GrowthTo(one));
        });
}
