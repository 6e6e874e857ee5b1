using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Growth;

/// <summary>A deviation or correlation that the data cannot tell is named, and no other is.</summary>
public class IdentificationTests
{
    static readonly double[] s_y = [.. new Dice(9).Normals(120).Select((v, i) => v + new Dice((ulong)(i / 6)).Normal())];

    static double[] Rows(Func<int, double> value) => [.. Enumerable.Range(0, 120).Select(value)];

    /// <summary>Twenty children of six rows each, in four schools; a school's children are of one year but for the last school's.</summary>
    static MixedFit Fit(string formula, bool reml = true)
    {
        var columns = new (string Name, Func<int, double> Value)[]
        {
            ("x", i => i % 7), ("year", i => 2020 + i % 6), ("child", i => i / 6), ("girl", i => i / 6 % 2), ("boy", i => 1 - i / 6 % 2), ("school", i => i / 30), ("class", i => i / 30 + 10),
            ("other", i => i / 6 * 7 % 5), ("twice", i => 2 * (i % 7)), ("w", i => 1 + i % 3), ("mixed", i => i == 3 ? 1 : i / 6 % 2),
        };
        var table = new DataTable([DataColumn.OfNumbers("y", s_y), .. columns.Select(c => DataColumn.OfNumbers(c.Name, Rows(c.Value)))]);
        return MixedModel.Fit(formula, table, new MixedModelOptions { Reml = reml, Weights = "w" }).Value;
    }

    [Theory]
    [InlineData("y ~ x + girl + (girl | child)", "correlation child (Intercept) girl; sd child girl")]
    [InlineData("y ~ x + (0 + girl + boy | child)", "correlation child girl boy")]
    [InlineData("y ~ x + (1 | school/class)", "sd class:school (Intercept); sd school (Intercept)")]
    [InlineData("y ~ x + (1 | child) + (1 | school) + (1 | class)", "sd school (Intercept); sd class (Intercept)")]
    [InlineData("y ~ x + (1 | child) + (1 | child)", "sd child (Intercept)")]
    [InlineData("y ~ year + (1 | school) + (girl | child)", "correlation child (Intercept) girl; sd child girl")]
    public void What_other_values_fit_as_well_is_named(string formula, string named)
    {
        Assert.Equal(named.Split("; ").Order(StringComparer.Ordinal), Fit(formula).NotIdentifiable.Order(StringComparer.Ordinal));
        Assert.Equal(named.Split("; ").Order(StringComparer.Ordinal), Fit(formula, reml: false).NotIdentifiable.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("y ~ x + girl + (1 | child)")]
    [InlineData("y ~ x + (0 + girl + boy || child)")]
    [InlineData("y ~ x + (mixed | child)")]
    [InlineData("y ~ x + (girl | school)")]
    [InlineData("y ~ year + (year | child)")]
    [InlineData("y ~ year + (year || school) + (1 | child)")]
    [InlineData("y ~ x + (x | child) + (x | other)")]
    [InlineData("y ~ x + (1 | school) + (1 | child) + (1 | other)")]
    public void What_the_data_can_tell_is_not_named(string formula) => Assert.Empty(Fit(formula).NotIdentifiable);

    [Fact]
    public void A_column_that_the_others_give_leaves_its_deviation_open() => Assert.Contains("sd child twice", Fit("y ~ x + (x + twice | child)").NotIdentifiable);

    [Fact]
    public void A_fixed_effect_of_every_level_leaves_the_groups_variance_open_by_REML_and_makes_it_nought_by_ML()
    {
        Assert.Equal(["sd school (Intercept)"], Fit("y ~ x + factor(school) + (1 | school) + (1 | child)").NotIdentifiable);
        var ml = Fit("y ~ x + factor(school) + (1 | school) + (1 | child)", reml: false);
        Assert.Empty(ml.NotIdentifiable);
        Assert.True(ml.Singular);
    }

    /// <summary>Named is what moves along Γ + t·Δ with the deviance unmoved: for a girl a, for a boy a + 2b + c.</summary>
    [Fact]
    public void Along_what_is_named_the_deviance_does_not_move()
    {
        var fit = Fit("y ~ x + girl + (girl | child)");
        var (scoring, theta) = (fit.Model.Scoring, fit.At.Theta);
        var (a, b, c) = (theta[0] * theta[0], theta[0] * theta[1], theta[1] * theta[1] + theta[2] * theta[2]);
        foreach (var t in new[] { -0.3, 0.2, 0.5 })
        {
            var (covariance, variance) = (b + t * a, c - 2 * t * a);
            var rest = variance - covariance * covariance / a;
            if (rest < 0) continue;
            var other = scoring.At([Math.Sqrt(a), covariance / Math.Sqrt(a), Math.Sqrt(rest)], default)!;
            Assert.Equal(fit.At.Deviance, other.Deviance, 1e-8);
        }
    }
}
