using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>Parents have their time before the delivery: the days are counted back from the last day to deliver.</summary>
public sealed class InformDaysTests
{
    static readonly Edition s_edition = Edition.Parse("2025-1").Value;
    static readonly DateOnly s_deadline = new(2025, 3, 7);

    [Theory]
    [InlineData("2025-01-20", "2025-02-10", true)] // three weeks fit
    [InlineData("2025-02-15", "2025-03-06", true)] // until the day before the deadline
    [InlineData("2025-02-20", "2025-03-06", true)] // the last day to send: exactly fourteen
    [InlineData("2025-02-21", "2025-03-07", false)] // too late, and still fourteen
    public void Three_weeks_where_they_fit_and_never_fewer_than_fourteen_days(string sent, string until, bool inTime)
    {
        var days = InformDays.For(s_edition, s_deadline, Rows.Day(sent));
        Assert.Equal((Rows.Day(until), inTime), (days.Until, days.InTime));
        Assert.Equal(new DateOnly(2025, 2, 20), days.LastToSend);
    }

    [Fact]
    public void A_delivery_on_the_last_day_holds_who_was_told_on_the_last_day_to_send()
    {
        using var school = new TestHome();
        Assert.True(school.Import(Export.Usual()).Stored);
        var days = InformDays.For(s_edition, TestHome.Day, new(2025, 1, 1));
        Assert.True(Inform.Send(school.Home, days.LastToSend!.Value, days.LastToSend.Value.AddDays(Inform.LeastDays)).Ok);
        Assert.All(Informed.StatusOf(school.Home), s => Assert.Equal(InformedState.Informed, s.State));
    }

    [Fact]
    public void The_deadline_is_7_March_until_it_has_passed()
    {
        using var school = new TestHome();
        Assert.Null(InformDays.Of(school.Home).Deadline); // 20 March
        Assert.Equal(TestHome.Day.AddDays(21), InformDays.Of(school.Home).Until);
    }

    [Fact]
    public void A_form_hears_of_each_field_what_is_wrong()
    {
        Assert.Equal([nameof(LetterDetails.ContactPhone)], (TestHome.Details with { ContactPhone = "niet" }).Faults.Select(f => f.Name));
        Assert.Empty(TestHome.Details.Faults);
    }
}
