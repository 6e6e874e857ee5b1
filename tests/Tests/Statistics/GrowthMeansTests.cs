using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics;

public sealed class GrowthMeansTests
{
    const int M23 = 4046, E23 = 4047, M24 = 4048; // 2·year, and one more for the E half

    static ScoreRow Row(int pupil, int halfYear, int group, int tenths, int school = 1, int scale = 1, int day = 0) => new(pupil, school, halfYear, group, 3, scale, day, tenths);

    static Dictionary<GrowthKey, Tally> Means(params ScoreRow[] rows) => GrowthMeans.PerSchool(rows);

    [Fact]
    public void The_example_by_hand_holds() // growth 10.0, 5.0 and 21.0: mean 12, s² = (4 + 49 + 81)/2 = 67, t(0.975; 2) = 4.302653
    {
        var tally = Means(Row(1, M23, 4, 1000), Row(1, E23, 4, 1100), Row(2, M23, 4, 1205), Row(2, E23, 4, 1255), Row(3, M23, 4, 900), Row(3, E23, 4, 1110))[new GrowthKey(1, 3, 1, E23, 4)];
        Assert.Equal(new Tally(3, 360, 100 * 100 + 50 * 50 + 210 * 210), tally);
        Assert.Equal(12, tally.Mean, 12);
        Assert.Equal(8.185353, tally.StandardDeviation, 6);
        Assert.Equal(4.725816, tally.StandardError, 6);
        Assert.Equal(-8.333544, tally.Interval.Low, 5);
        Assert.Equal(32.333544, tally.Interval.High, 5);
    }

    [Fact]
    public void Over_the_summer_the_year_group_goes_up() =>
        Assert.Equal([new GrowthKey(1, 3, 1, M24, 4)], Means(Row(1, E23, 4, 1000), Row(1, M24, 5, 1100)).Keys);

    [Fact]
    public void A_repeater_has_no_interval_over_the_summer() => Assert.Empty(Means(Row(1, E23, 4, 1000), Row(1, M24, 4, 1100)));

    [Fact]
    public void Skipping_a_group_or_a_half_year_is_no_interval()
    {
        Assert.Empty(Means(Row(1, E23, 4, 1000), Row(1, M24, 6, 1100)));
        Assert.Empty(Means(Row(1, M23, 4, 1000), Row(1, E23, 5, 1100)));
        Assert.Empty(Means(Row(1, M23, 4, 1000), Row(1, M24, 5, 1100)));
    }

    [Fact]
    public void Scores_on_two_scales_do_not_meet() => Assert.Empty(Means(Row(1, M23, 4, 1000, scale: 0), Row(1, E23, 4, 1100)));

    [Fact]
    public void A_pupil_who_changed_schools_counts_for_neither() => Assert.Empty(Means(Row(1, M23, 4, 1000), Row(1, E23, 4, 1100, school: 2)));

    [Fact]
    public void Of_two_tests_in_a_half_year_the_last_counts() =>
        Assert.Equal(new Tally(1, 150, 22500), Means(Row(1, E23, 4, 1150, day: 9), Row(1, M23, 4, 1000), Row(1, E23, 4, 1400, day: 2)).Values.Single());

    [Fact]
    public void The_order_of_rows_does_not_matter()
    {
        var rows = Enumerable.Range(0, 500).Select(i => Row(i / 2, M23 + i % 2, 4, 1000 + 37 * i % 211, 1 + i / 2 % 5)).ToArray();
        Assert.Equal(Means(rows).OrderBy(p => p.Key.School), Means([.. rows.Reverse()]).OrderBy(p => p.Key.School));
    }

    [Fact]
    public void All_schools_together_weigh_every_pupil_the_same()
    {
        var all = GrowthMeans.AllSchools(Means(Row(1, M23, 4, 0), Row(1, E23, 4, 100), Row(2, M23, 4, 0, 2), Row(2, E23, 4, 10, 2), Row(3, M23, 4, 0, 2), Row(3, E23, 4, 10, 2)));
        Assert.Equal(4, all[new GrowthKey(-1, 3, 1, E23, 4)].Mean, 12);
    }

    [Fact]
    public void A_school_against_the_whole_it_belongs_to() // part 10, 20, 30; rest 0, 10: d = 2/5·(20 − 5) = 6, se = 2/5·√(100/3 + 25), ν = 2.882353
    {
        var part = new Tally().With(100).With(200).With(300);
        var difference = Interval.PartAgainstWhole(part, part + new Tally().With(0).With(100))!.Value;
        Assert.Equal(6, difference.Estimate, 12);
        Assert.Equal(3.055050 * StudentT.Quantile(0.975, 2.882353), difference.High - 6, 4);
        Assert.False(difference.ExcludesZero);
    }

    [Fact]
    public void A_school_alone_has_nothing_to_be_compared_with() => Assert.Null(Interval.PartAgainstWhole(new Tally(10, 5, 900), new Tally(10, 5, 900)));

    [Theory] // NIST/SEMATECH e-Handbook 1.3.6.7.2, and the Cauchy case by its closed form
    [InlineData(1, 12.706204736)]
    [InlineData(2, 4.302652730)]
    [InlineData(5, 2.570581836)]
    [InlineData(10, 2.228138852)]
    [InlineData(30, 2.042272456)]
    [InlineData(100, 1.983971519)]
    public void Students_t_has_its_published_quantiles(int freedom, double published)
    {
        Assert.Equal(published, StudentT.Quantile(0.975, freedom), 8);
        Assert.Equal(-published, StudentT.Quantile(0.025, freedom), 8);
    }
}
