using Groeilijn.Education;

namespace Groeilijn.Tests.Education.Published;

/// <summary>School years, year groups, test moments and editions.</summary>
public class CalendarTests
{
    [Fact]
    public void A_school_year_turns_in_the_night_before_the_first_of_August()
    {
        Assert.Equal("2022-2023", SchoolYear.Of(new DateOnly(2023, 7, 31)).ToString());
        Assert.Equal("2023-2024", SchoolYear.Of(new DateOnly(2023, 8, 1)).ToString());
        Assert.Equal((new DateOnly(2022, 8, 1), new DateOnly(2023, 7, 31)), (new SchoolYear(2022).FirstDay, new SchoolYear(2022).LastDay));
    }

    [Theory]
    [InlineData("2022-2024", Fault.OutOfRange)]
    [InlineData("2023-2022", Fault.OutOfRange)]
    [InlineData("1989-1990", Fault.OutOfRange)]
    [InlineData("2101-2102", Fault.OutOfRange)]
    [InlineData("2022/2023", Fault.Characters)]
    [InlineData("20x2-2023", Fault.Characters)]
    [InlineData("2022-23", Fault.Length)]
    [InlineData(" ", Fault.Empty)]
    public void A_text_that_is_no_school_year_is_refused_with_its_reason(string text, Fault fault) =>
        Assert.Equal(fault, SchoolYear.Parse(text).Fault);

    [Fact]
    public void A_school_year_outside_the_calendar_is_a_bug()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SchoolYear(1989));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SchoolYear(2101));
    }

    [Fact]
    public void Year_groups_one_to_eight_are_read()
    {
        for (var group = 1; group <= 8; group++) Assert.Equal(group, YearGroup.Parse($" {group} ").Value.Number);
        Assert.Throws<ArgumentOutOfRangeException>(() => new YearGroup(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new YearGroup(9));
    }

    [Theory]
    [InlineData("9")]
    [InlineData("10")]
    [InlineData("17")]
    [InlineData("s")]
    [InlineData("4/5")]
    public void A_code_that_edexml_does_not_know_is_no_year_group(string text) => Assert.Equal(Fault.UnknownCode, YearGroup.Parse(text).Fault);

    [Theory]
    [InlineData("M3", HalfYear.M, 3, 0)]
    [InlineData("E3", HalfYear.E, 3, 1)]
    [InlineData("m5", HalfYear.M, 5, 4)]
    [InlineData("M8", HalfYear.M, 8, 10)]
    [InlineData("E8", HalfYear.E, 8, 11)]
    public void A_test_moment_is_a_half_year_and_a_year_group(string text, HalfYear half, int group, int index)
    {
        var moment = TestMoment.Parse(text).Value;
        Assert.Equal((half, group, index), (moment.Half, moment.Group.Number, moment.Index));
        Assert.Equal(text.ToUpperInvariant(), moment.ToString());
    }

    [Theory]
    [InlineData("M2", Fault.OutOfRange)]
    [InlineData("E9", Fault.OutOfRange)]
    [InlineData("B8", Fault.UnknownCode)]
    [InlineData("5M", Fault.UnknownCode)]
    [InlineData("M10", Fault.Length)]
    [InlineData("", Fault.Empty)]
    public void A_text_that_is_no_test_moment_is_refused_with_its_reason(string text, Fault fault) =>
        Assert.Equal(fault, TestMoment.Parse(text).Fault);

    [Fact]
    public void There_is_no_moment_for_the_infants()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TestMoment(HalfYear.M, new YearGroup(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TestMoment((HalfYear)0, new YearGroup(5)));
    }

    [Theory]
    [InlineData("2023-01-24", "2023-1")]
    [InlineData("2023-03-31", "2023-1")]
    [InlineData("2023-04-01", "2023-2")]
    [InlineData("2023-06-12", "2023-2")]
    [InlineData("2023-07-31", "2023-2")]
    [InlineData("2023-08-01", "2024-1")]
    [InlineData("2023-12-31", "2024-1")]
    public void A_day_belongs_to_the_edition_of_its_half_year(string day, string edition) =>
        Assert.Equal(edition, Edition.Of(DateOnly.ParseExact(day, "yyyy-MM-dd")).ToString());

    [Fact]
    public void An_edition_knows_its_year_its_half_and_its_school_year()
    {
        var edition = Edition.Parse("2023-2").Value;
        Assert.Equal((2023, HalfYear.E, "2022-2023"), (edition.Year, edition.Half, edition.SchoolYear.ToString()));
        Assert.Equal(new Edition(new SchoolYear(2022), HalfYear.E), edition);
        Assert.Equal(("2024-1", "2023-1"), (edition.Next.ToString(), edition.Previous.ToString()));
    }

    [Theory]
    [InlineData("2023-0", Fault.OutOfRange)]
    [InlineData("2023-3", Fault.OutOfRange)]
    [InlineData("1990-1", Fault.OutOfRange)]
    [InlineData("2102-1", Fault.OutOfRange)]
    [InlineData("2023_1", Fault.Characters)]
    [InlineData("2023-01", Fault.Length)]
    [InlineData("", Fault.Empty)]
    public void A_text_that_is_no_edition_is_refused_with_its_reason(string text, Fault fault) =>
        Assert.Equal(fault, Edition.Parse(text).Fault);

    [Fact]
    public void The_calendar_of_editions_has_two_ends()
    {
        Assert.Throws<InvalidOperationException>(() => Edition.Parse("1991-1").Value.Previous);
        Assert.Throws<InvalidOperationException>(() => Edition.Parse("2101-2").Value.Next);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Edition(new SchoolYear(2022), 0));
    }
}
