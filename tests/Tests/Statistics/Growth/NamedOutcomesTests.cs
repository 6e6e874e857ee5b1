using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Growth;

/// <summary>What cannot be fitted is refused by name, what is odd is named, and a number that is given is right.</summary>
public class NamedOutcomesTests
{
    static readonly double[] s_y = [.. new Dice(5).Normals(60)];

    static DataTable Table(params DataColumn[] more) => new([N("y", s_y), N("x", Index(i => i % 7)), N("g", Index(i => i / 6)), .. more]);

    static DataColumn N(string name, double[] numbers) => DataColumn.OfNumbers(name, numbers);

    static double[] Index(Func<int, double> value) => [.. Enumerable.Range(0, 60).Select(value)];

    static double[] With(double[] values, int at, double value)
    {
        var copy = (double[])values.Clone();
        copy[at] = value;
        return copy;
    }

    static void Refused(FitRefusalCode code, string formula, DataTable table, MixedModelOptions? options = null)
    {
        var fit = MixedModel.Fit(formula, table, options);
        Assert.False(fit.Ok);
        Assert.Equal(code, fit.Refusal!.Code);
        Assert.NotEmpty(fit.Refusal.Remedy);
        Assert.Throws<InvalidOperationException>(() => fit.Value);
    }

    [Theory]
    [InlineData("y ~ x + (1 | ")]
    [InlineData("y ~ x + (1 | g")]
    [InlineData("y x + (1 | g)")]
    [InlineData("y ~ x + poly(x) + (1 | g)")]
    [InlineData("y ~ x + (0 | g)")]
    [InlineData("y ~ x - (1 | g)")]
    [InlineData("y ~ x + (1 | g) )")]
    [InlineData("y ~ x % 2 + (1 | g)")]
    [InlineData("")]
    [InlineData("~")]
    public void A_formula_that_is_none(string formula) => Refused(FitRefusalCode.Formula, formula, Table());

    [Theory]
    [InlineData("y ~ poly(x, 2) + (1 | g)", "I(x^2)")]
    [InlineData("y ~ x + offset(x) + (1 | g)", "I(y - x)")]
    [InlineData("y ~ scale(x) + (1 | g)", "standardise")]
    [InlineData("y ~ I(x > 3) + (1 | g)", "0 and 1")]
    [InlineData("y ~ x %in% g + (1 | g)", "a/b")]
    [InlineData("y ~ . + (1 | g)", "each column")]
    [InlineData("y ~ x + (x^2 | g)", "I(x^2)")]
    [InlineData("y ~ x + ar1(x | g)", "(1 + x | g)")]
    public void What_lme4_takes_and_we_do_not_is_refused_with_what_to_write_in_its_place(string formula, string remedy) =>
        Assert.Contains(remedy, ModelFormula.Parse(formula).Refusal!.Remedy, StringComparison.Ordinal);

    [Fact]
    public void A_search_that_did_not_end_says_so()
    {
        Assert.False(MixedModel.Fit("Reaction ~ Days + (Days | Subject)", Published.Table("sleepstudy"), new MixedModelOptions { MostEvaluations = 2 }).Value.Converged);
        Assert.True(MixedModel.Fit("Reaction ~ Days + (Days | Subject)", Published.Table("sleepstudy")).Value.Converged);
    }

    [Fact]
    public void Brackets_without_end_are_refused_and_not_followed() => Refused(FitRefusalCode.Formula, "y ~ " + new string('(', 100_000), Table());

    [Fact]
    public void A_column_that_is_not_there() => Refused(FitRefusalCode.NoSuchColumn, "y ~ X + (1 | g)", Table());

    [Fact]
    public void No_random_term() => Refused(FitRefusalCode.NoRandomTerm, "y ~ x", Table());

    [Fact]
    public void A_grouping_factor_with_one_level() => Refused(FitRefusalCode.OneLevel, "y ~ x + (1 | one)", Table(N("one", Index(_ => 1))));

    [Fact]
    public void A_fixed_factor_with_one_level() => Refused(FitRefusalCode.OneLevel, "y ~ factor(one) + (1 | g)", Table(N("one", Index(_ => 1))));

    [Fact]
    public void One_pupil_a_school_cannot_be_told_from_the_residual() => Refused(FitRefusalCode.AsManyEffectsAsRows, "y ~ x + (1 | row)", Table(N("row", Index(i => i))));

    [Fact]
    public void As_many_effects_as_rows() => Refused(FitRefusalCode.AsManyEffectsAsRows, "y ~ x + (x | pair)", Table(N("pair", Index(i => i / 2))));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_or_infinite(double value)
    {
        Refused(FitRefusalCode.NotFinite, "y ~ z + (1 | g)", Table(N("z", With(Index(i => i), 30, value))));
        Refused(FitRefusalCode.NotFinite, "y ~ x + (1 | z)", Table(N("z", With(Index(i => i / 10), 30, value))));
    }

    [Fact]
    public void A_logarithm_of_zero() => Refused(FitRefusalCode.NotFinite, "y ~ log(x) + (1 | g)", Table());

    [Fact]
    public void A_constant_response() => Refused(FitRefusalCode.ConstantResponse, "same ~ x + (1 | g)", Table(N("same", Index(_ => 5))));

    [Fact]
    public void A_response_of_texts() => Refused(FitRefusalCode.WrongKind, "text ~ x + (1 | g)", Table(DataColumn.OfTexts("text", [.. Enumerable.Repeat("a", 60)])));

    [Fact]
    public void A_response_that_follows_exactly() => Refused(FitRefusalCode.NoResidual, "line ~ x + (1 | g)", Table(N("line", Index(i => 3 + 2 * (i % 7)))));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_weight_that_is_not_above_zero(double weight) => Refused(FitRefusalCode.BadWeight, "y ~ x + (1 | g)", Table(N("w", With(Index(_ => 1), 3, weight))), new MixedModelOptions { Weights = "w" });

    [Fact]
    public void Nothing_but_missing_cells() => Refused(FitRefusalCode.TooFewRows, "y ~ z + (1 | g)", Table(N("z", Index(_ => DataColumn.Missing))));

    [Fact]
    public void A_row_with_a_missing_cell_is_left_out_and_counted()
    {
        var fit = MixedModel.Fit("y ~ z + (1 | g)", Table(N("z", With(Index(i => i % 7), 12, DataColumn.Missing)))).Value;
        Assert.Equal((59, 1), (fit.Rows, fit.Dropped));
        Assert.Equal(13, fit.RowOf(12));
        Assert.Equal(59, fit.FittedValues().Length);
    }

    [Fact]
    public void A_constant_column_and_a_column_that_others_give_are_left_out_and_named()
    {
        var fit = MixedModel.Fit("y ~ x + same + twice + (1 | g)", Table(N("same", Index(_ => 4)), N("twice", Index(i => 2 * (i % 7) + 1)))).Value;
        Assert.Equal(["same", "twice"], fit.Redundant);
        Assert.Equal(MixedModel.Fit("y ~ x + (1 | g)", Table()).Value.Objective, fit.Objective, 9);
    }

    [Fact]
    public void A_school_with_one_pupil_has_an_effect_and_a_wide_error()
    {
        var table = Table(N("school", Index(i => i == 59 ? 99 : i / 10)));
        var effects = MixedModel.Fit("y ~ 1 + (1 | school)", table).Value.Effects("school");
        Assert.Equal("99", effects[^1].Level);
        Assert.True(effects[^1].Covariance[0] >= effects[0].Covariance[0]);
    }

    [Fact]
    public void Units_of_a_thousand_million_change_units_only()
    {
        var dice = new Dice(8);
        var school = dice.Normals(10);
        double[] y = Index(i => 3 + 0.5 * (i % 7) + school[i / 6] + dice.Normal());
        var plain = MixedModel.Fit("y ~ x + (1 | g)", new DataTable(N("y", y), N("x", Index(i => i % 7)), N("g", Index(i => i / 6)))).Value;
        var large = MixedModel.Fit("y ~ x + (1 | g)", new DataTable(N("y", [.. y.Select(v => v * 1e9 + 1e12)]), N("x", Index(i => i % 7 * 1e-9)), N("g", Index(i => i / 6)))).Value;
        Assert.True(large.Converged);
        Assert.Equal(plain.Sigma, large.Sigma / 1e9, 6);
        Assert.Equal(plain.Fixed[1].Estimate, large.Fixed[1].Estimate / 1e18, 6);
        Assert.Equal(plain.Fixed[0].Estimate, (large.Fixed[0].Estimate - 1e12) / 1e9, 6);
        Assert.Equal(plain.Random[0].Deviations[0], large.Random[0].Deviations[0] / 1e9, 6);
    }

    [Theory]
    [InlineData("(x | g)")]
    [InlineData("(x || g)")]
    public void A_slope_that_hardly_varies_beside_a_constant_is_refused_with_the_way_out(string random)
    {
        var table = Table(N("late", Index(i => 1e9 + i % 7)), N("year", Index(i => 2020 + i % 7)));
        Refused(FitRefusalCode.Numerical, "y ~ late + " + random.Replace("x", "late", StringComparison.Ordinal), table);
        Assert.Contains("I(x - 2020)", MixedModel.Fit("y ~ late + " + random.Replace("x", "late", StringComparison.Ordinal), table).Refusal!.Remedy, StringComparison.Ordinal);
        Assert.True(MixedModel.Fit("y ~ late + (0 + late | g)", table).Ok); // alone it is no trouble
        Assert.True(MixedModel.Fit("y ~ year + (year | g)", table).Ok); // nor are years
    }

    [Theory]
    [InlineData(150)]
    [InlineData(-150)]
    public void Units_beyond_the_squares_of_doubles_change_units_only(int power)
    {
        var (plain, unit) = (Published.Table("sleepstudy"), Math.Pow(10, power));
        var scaled = new DataTable(N("y", [.. plain.Find("Reaction")!.Numbers!.Select(v => v * unit)]), plain.Find("Days")!, plain.Find("Subject")!);
        MixedFit one = MixedModel.Fit("Reaction ~ Days + (Days | Subject)", plain).Value, other = MixedModel.Fit("y ~ Days + (Days | Subject)", scaled).Value;
        Assert.Equal(one.Sigma, other.Sigma / unit, 6);
        Assert.Equal(one.Random[0].Deviations[1], other.Random[0].Deviations[1] / unit, 5);
        Assert.Equal(one.Fixed[1].StandardError, other.Fixed[1].StandardError / unit, 6);
    }

    [Fact]
    public void No_refusal_holds_a_value_of_the_data()
    {
        var fit = MixedModel.Fit("text ~ x + (1 | g)", Table(DataColumn.OfTexts("text", [.. Enumerable.Repeat("ZZZ-SENTINEL", 60)])));
        Assert.DoesNotContain("SENTINEL", fit.Refusal!.What + fit.Refusal.Remedy, StringComparison.Ordinal);
    }
}
