using Groeilijn.Statistics;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Growth;

public sealed class PooledTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.959963984540054, 0.975)]
    [InlineData(-1, 0.158655253931457)]
    [InlineData(3, 0.998650101968370)]
    public void The_normal_distribution_is_the_published_one(double z, double p) => Assert.Equal(p, new Posterior(z, 1).Above(0), 13);

    [Fact]
    public void Eight_schools_are_pooled_as_published() // Rubin 1981; the restricted likelihood is largest at τ = 0 and the mean is then 7.686 (4.072), Gelman and others
    {
        var pooled = PooledEffects.Of([28, 8, -3, 7, -1, 1, 18, 12], [225, 100, 256, 121, 81, 121, 100, 324])!;
        Assert.Equal(0, pooled.Deviation, 6);
        Assert.Equal(7.686, pooled.Mean.Mean, 3);
        Assert.Equal(4.072, pooled.Mean.Deviation, 3);
        Assert.All(pooled.Each, each => Assert.Equal(7.686, each.Mean, 3));
    }

    [Fact]
    public void With_equal_variances_pooling_is_the_formula_by_hand()
    {
        // y = 0, 2, 4, 6, v = 1: the sample variance is 20/3, so τ² = 17/3, kept 17/20, mean 3 with variance (20/3)/4 = 5/3.
        var pooled = PooledEffects.Of([0, 2, 4, 6], [1, 1, 1, 1])!;
        Assert.Equal(17.0 / 3, pooled.Deviation * pooled.Deviation, 9);
        Assert.Equal(3 - 0.85 * 3, pooled.Each[0].Mean, 9);
        Assert.Equal(17.0 / 3 * 0.15 + 0.15 * 0.15 * 5 / 3, pooled.Each[0].Deviation * pooled.Each[0].Deviation, 9);
        Assert.Equal(-0.85 * 3, pooled.FromMean(0, 1).Mean, 9);
    }

    [Fact]
    public void Positions_have_the_spread_that_schools_have_and_no_order_but_their_own()
    {
        Posterior[] schools = [new(1, 0.5), new(-1, 0.5), new(0, 0.5)];
        var drawn = PooledEffects.Positions(schools);
        Assert.Equal(drawn.Order(), drawn);
        Assert.Equal(2.0 / 3 + 0.25, drawn.Average(d => d * d), 12);
    }

    [Fact]
    public void What_lasts_over_editions_is_told_from_what_passes()
    {
        var dice = new Throws(5, 0);
        var schools = Enumerable.Range(0, 600).Select(_ => dice.Normal() * 0.3).Select(lasts => Enumerable.Range(0, 6)
            .Select(_ => new SeriesPoint(lasts + 0.2 * dice.Normal() + 0.4 * dice.Normal(), 0.16, 20)).ToArray()).ToArray();
        var pooled = PooledSeries.Of(schools);
        Assert.InRange(pooled.Lasting, 0.27, 0.33);
        Assert.InRange(pooled.Passing, 0.17, 0.23);
        Assert.All(pooled.Schools, s => Assert.True(s.Pooled!.Value.Deviation < s.Editions[0].Deviation));
    }

    [Fact]
    public void An_edition_without_pupils_is_told_by_the_others_and_a_school_without_any_has_no_pooled_value()
    {
        SeriesPoint none = new(0, double.PositiveInfinity, 0);
        var pooled = PooledSeries.Of([[new(1, 0.1, 10), none], [new(-1, 0.1, 10), new(-1, 0.1, 10)], [none, none]]);
        Assert.True(pooled.Schools[0].Editions[1].Mean > 0 && pooled.Schools[0].Editions[1].Deviation > pooled.Schools[0].Editions[0].Deviation);
        Assert.Null(pooled.Schools[2].Pooled);
    }
}
