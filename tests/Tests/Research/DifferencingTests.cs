using Groeilijn.Research;

namespace Groeilijn.Tests.Research;

/// <summary>Two outputs that would betray a small group together: the second stays.</summary>
public sealed class DifferencingTests
{
    [Fact]
    public void Everybody_and_everybody_but_a_few_do_not_both_leave()
    {
        using var desk = new Desk([.. Desk.Group(40, 4), .. Desk.Group(6, 3, 1900, first: 40)]);
        Assert.Null(desk.Ask("all", "mean", "subject,scale").Refusal);
        var refusal = desk.Ask("most", "mean", "subject,scale", "score_tenths < 1900").Refusal!;
        Assert.Equal("too-close-to-earlier", refusal.Code);
        Assert.Contains("all", refusal.What, StringComparison.Ordinal);
        Assert.Single(desk.Home.Gate.Releases);
    }

    [Fact]
    public void A_total_does_not_follow_groups_of_which_one_is_hidden()
    {
        using var desk = new Desk([.. Desk.Group(40, 4, group: 4), .. Desk.Group(6, 3, first: 40, group: 5)]);
        Assert.Null(desk.Ask("groups", "mean", "subject,scale,pupil_year_group", hide: true).Refusal);
        Assert.Equal("too-close-to-earlier", desk.Ask("total", "mean", "subject,scale").Refusal?.Code);
    }

    [Fact]
    public void Groups_of_which_one_is_hidden_do_not_follow_their_total()
    {
        using var desk = new Desk([.. Desk.Group(40, 4, group: 4), .. Desk.Group(6, 3, first: 40, group: 5)]);
        Assert.Null(desk.Ask("total", "mean", "subject,scale").Refusal);
        Assert.Equal("too-close-to-earlier", desk.Ask("groups", "mean", "subject,scale,pupil_year_group", hide: true).Refusal?.Code);
    }

    [Fact]
    public void A_group_hidden_for_its_few_schools_is_not_betrayed_by_the_total()
    {
        using var desk = new Desk([.. Desk.Group(40, 4, group: 4), .. Desk.Group(20, 1, first: 40, group: 5)]);
        Assert.Null(desk.Ask("groups", "mean", "subject,scale,pupil_year_group", hide: true).Refusal);
        Assert.Equal("too-close-to-earlier", desk.Ask("total", "mean", "subject,scale").Refusal?.Code);
    }

    [Fact]
    public void Groups_that_cross_are_compared_on_what_they_share()
    {
        using var desk = new Desk([.. Desk.Group(40, 4, group: 4), .. Desk.Group(6, 3, first: 40, group: 5)]);
        Assert.Null(desk.Ask("moments", "mean", "subject,scale,moment").Refusal);
        Assert.Equal("too-close-to-earlier", desk.Ask("groups", "mean", "subject,scale,pupil_year_group", hide: true).Refusal?.Code);
    }

    [Fact]
    public void Groups_that_cross_and_hide_nothing_may_both_leave()
    {
        using var desk = new Desk([.. Desk.Group(40, 4, group: 4), .. Desk.Group(40, 4, first: 40, group: 5)]);
        Assert.Null(desk.Ask("moments", "mean", "subject,scale,moment").Refusal);
        Assert.Null(desk.Ask("groups", "mean", "subject,scale,pupil_year_group").Refusal);
    }

    [Fact]
    public void A_difference_of_twelve_pupils_of_three_schools_is_large_enough()
    {
        using var desk = new Desk([.. Desk.Group(40, 4), .. Desk.Group(12, 3, 1900, first: 40)]);
        Assert.Null(desk.Ask("all", "mean", "subject,scale").Refusal);
        Assert.Null(desk.Ask("most", "mean", "subject,scale", "score_tenths < 1900").Refusal);
    }

    [Fact]
    public void A_finer_table_without_a_hole_may_follow_its_total()
    {
        using var desk = new Desk([.. Desk.Group(40, 4, group: 4), .. Desk.Group(40, 4, first: 40, group: 5)]);
        Assert.Null(desk.Ask("total", "mean", "subject,scale").Refusal);
        Assert.Null(desk.Ask("groups", "mean", "subject,scale,pupil_year_group").Refusal);
    }

    [Fact]
    public void Three_outputs_that_are_safe_two_by_two_do_not_tell_a_group_of_six_together()
    {
        // Low and high scores and the six between: all, all without the low, and all without the high would leave the six.
        using var desk = new Desk([.. Desk.Group(40, 4), .. Desk.Group(40, 4, 1900, first: 40), .. Desk.Group(6, 3, 1700, first: 80)]);
        Assert.Null(desk.Ask("all", "mean", "subject,scale").Refusal);
        Assert.Null(desk.Ask("low", "mean", "subject,scale", "score_tenths <= 1700").Refusal);
        Assert.Equal("unsafe-given-history", desk.Ask("high", "mean", "subject,scale", "score_tenths >= 1700").Refusal?.Code);
        Assert.Equal(2, desk.Home.Gate.Releases.Count);
    }

    [Fact]
    public void Who_left_the_project_is_not_in_the_memory_any_more_and_the_outputs_still_count()
    {
        using var desk = new Desk(Desk.Group(40, 4));
        Assert.Null(desk.Ask("all", "mean", "subject,scale").Refusal);
        Assert.Equal(40, desk.Home.Database.ReadOne<long>("SELECT count(*) FROM release_handles"));
        desk.Without(39);
        Assert.Equal("unsafe-given-history", desk.Ask("now", "mean", "subject,scale").Refusal?.Code);
        Assert.Equal(39, desk.Home.Database.ReadOne<long>("SELECT count(*) FROM release_handles"));
    }
}
