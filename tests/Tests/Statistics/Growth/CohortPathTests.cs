using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Growth;

/// <summary>The cohort path: what is collapsed, the series while searching, the exact factor as certificate.</summary>
public class CohortPathTests
{
    /// <summary>Pupils with four scores in schools, a share of whom moves at random.</summary>
    static DataTable Cohort(int pupils, int schools, double movers)
    {
        var dice = new Dice(17);
        double[] level = dice.Normals(schools, 5), growth = dice.Normals(schools, 1.5);
        var rows = pupils * 4;
        double[] y = new double[rows], t = new double[rows], pupil = new double[rows], school = new double[rows];
        for (var p = 0; p < pupils; p++)
        {
            double a = 12 * dice.Normal(), b = 3 * dice.Normal();
            var (at, moves) = (dice.Below(schools), dice.Unit() < movers ? 1 + dice.Below(3) : 4);
            for (var i = 0; i < 4; i++)
            {
                if (i == moves) at = dice.Below(schools);
                var row = p * 4 + i;
                (t[row], pupil[row], school[row]) = (i * 0.5, p, at);
                y[row] = 100 + 12 * t[row] + a + b * t[row] + level[at] + growth[at] * t[row] + 8 * dice.Normal();
            }
        }
        return new DataTable(DataColumn.OfNumbers("y", y), DataColumn.OfNumbers("t", t), DataColumn.OfNumbers("pupil", pupil), DataColumn.OfNumbers("school", school));
    }

    static PreparedModel Prepared(DataTable table) =>
        PreparedModel.Of(Design.Of(ModelFormula.Parse("y ~ t + (t | pupil) + (t | school)").Value, table, null, null).Value, reml: true);

    [Fact]
    public void Pupils_of_one_school_with_the_same_moments_share_a_cell()
    {
        var products = Prepared(Cohort(3000, 20, 0)).Products;
        Assert.Single(products.Patterns);
        Assert.Equal(20, products.Cells.Count);
        Assert.Equal(3000, products.Cells.Sum(c => c.Count));
        Assert.Empty(products.Pattern.Pairs);
        Assert.True(Prepared(Cohort(3000, 20, 0.1)).Products.Cells.Count > 100); // who moves stays one by one
    }

    [Fact]
    public void The_series_finds_the_same_fit_as_the_exact_factor()
    {
        var table = Cohort(30_000, 900, 0.2);
        var searched = Prepared(table);
        Assert.True(searched.Likelihood.Reduction.TryPlan());
        Assert.True(searched.Likelihood.Reduction.Searching);
        var fit = searched.Fit().Value;
        Assert.False(searched.Likelihood.Reduction.FellBack);
        Assert.InRange(searched.Likelihood.Reduction.Eigenvalue, 0.01, Series.LargestEigenvalue);

        var exact = Prepared(table);
        Assert.True(exact.Likelihood.Reduction.TryPlan());
        exact.Likelihood.Reduction.ByFronts();
        var known = exact.Fit().Value;
        Assert.True(fit.Converged && known.Converged);
        Assert.Equal(known.Objective, fit.Objective, 6);
        foreach (var (a, b) in known.Random.SelectMany(r => r.Deviations).Zip(fit.Random.SelectMany(r => r.Deviations))) Assert.Equal(a, b, 4);
        foreach (var (a, b) in known.Fixed.Zip(fit.Fixed)) Assert.Equal(a.StandardError, b.StandardError, 6);
        Assert.Equal(known.Effects("school")[7].Covariance[0], fit.Effects("school")[7].Covariance[0], 5);
    }

    // ---- the series against the exact factor ----

    static (BlockPattern Pattern, double[] Values) Weakly(double strength)
    {
        var dice = new Dice(3);
        var pairs = new SortedSet<(int, int)>();
        while (pairs.Count < 150)
        {
            int a = dice.Below(60), b = dice.Below(60);
            if (a != b) pairs.Add((Math.Max(a, b), Math.Min(a, b)));
        }
        var pattern = new BlockPattern([.. Enumerable.Range(0, 60).Select(i => 1 + i % 2)], [.. pairs]);
        var values = new double[pattern.Values];
        for (var i = 0; i < 60; i++)
            for (var a = 0; a < pattern.Size[i]; a++)
                for (var b = 0; b < pattern.Size[i]; b++) values[pattern.Diagonal[i] + a * pattern.Size[i] + b] = a == b ? 3 + dice.Unit() : 0.7;
        for (var k = pattern.PairAt[0]; k < values.Length; k++) values[k] = -strength * dice.Unit();
        return (pattern, values);
    }

    [Fact]
    public void Log_determinant_solutions_and_inverse_agree_with_the_exact_factor()
    {
        var (pattern, values) = Weakly(0.1);
        var (series, exact) = (new Series(pattern), BlockCholesky.Of(pattern)!);
        Assert.True(series.Factor(values));
        Assert.True(exact.Factor(values));
        Assert.Equal(exact.LogDeterminant, series.LogDeterminant, 3);
        double[] b = [.. Enumerable.Range(0, pattern.Rows * 2).Select(i => Math.Sin(i))], one = (double[])b.Clone(), other = (double[])b.Clone();
        series.Solve(one, 2);
        exact.Solve(other, 2);
        foreach (var (u, v) in one.Zip(other)) Assert.Equal(v, u, 12);
        double[] approximate = new double[pattern.Values], inverse = new double[pattern.Values];
        series.Inverse(approximate);
        exact.Inverse(inverse);
        foreach (var (u, v) in approximate.Zip(inverse)) Assert.InRange(u - v, -2e-4, 2e-4);
    }

    [Fact]
    public void Panels_give_the_log_determinant_of_the_fronts_and_conjugate_gradients_their_inverse()
    {
        var (pattern, values) = Weakly(0.1);
        var (series, exact) = (new Series(pattern), BlockCholesky.Of(pattern)!);
        Assert.True(series.Factor(values));
        Assert.True(exact.Factor(values));
        Assert.Equal(exact.LogDeterminant, exact.LogDeterminantOf(values)!.Value, 10);
        double[] solved = new double[pattern.Values], inverse = new double[pattern.Values];
        series.ExactInverse(solved);
        exact.Inverse(inverse);
        for (var i = 0; i < pattern.FirstPair; i++) Assert.Equal(inverse[i], solved[i], 8);
        for (var i = pattern.FirstPair; i < solved.Length; i++) Assert.InRange(solved[i] - inverse[i], -2e-6, 2e-6);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.2)]
    public void The_columns_of_the_inverse_hold_the_log_determinant_between_two_bounds(double strength)
    {
        var (pattern, values) = Weakly(strength);
        var (series, exact) = (new Series(pattern), BlockCholesky.Of(pattern)!);
        Assert.True(series.Factor(values));
        Assert.True(exact.Factor(values));
        var (value, error) = series.LogDeterminantByColumns();
        Assert.InRange(error, 0, 1e-7);
        Assert.InRange(exact.LogDeterminant - value, -error - 1e-11, error + 1e-11);
    }

    [Fact]
    public void A_tridiagonal_matrix_has_the_logarithm_of_its_eigenvalues()
    {
        // Of [2 1; 1 2] the eigenvalues are 1 and 3, each with half of the first unit vector.
        Assert.Equal(0.5 * Math.Log(3), Tridiagonal.Logarithm([2, 2], [1, 0]), 14);
        Assert.Equal(Math.Log(0.7), Tridiagonal.Logarithm([0.7], [0]), 14);
        // Of 2 − 2cos(iπ/4)·h with 2 on the diagonal and h beside: eigenvalues 2 ± √2·h and 2, weights ¼, ¼ and ½.
        Assert.Equal(0.25 * Math.Log((2 + Math.Sqrt(2) * 0.4) * (2 - Math.Sqrt(2) * 0.4)) + 0.5 * Math.Log(2), Tridiagonal.Logarithm([2, 2, 2], [0.4, 0.4, 0]), 14);
    }

    [Fact]
    public void Rows_gone_through_in_parts_give_the_sums_of_one_part()
    {
        var table = Cohort(140_000, 60, 0.05); // 560,000 rows: two parts
        var products = Prepared(table).Products;
        double[] y = table.Find("y")!.Numbers!, school = table.Find("school")!.Numbers!;
        var (mean, n) = (y.Average(), y.Length);
        var deviation = Math.Sqrt(y.Sum(v => (v - mean) * (v - mean)) / n);
        Assert.Equal(n, products.Corner[^1], 1e-9 * n);
        Assert.Equal(140_000, products.Cells.Sum(c => c.Count));
        Assert.Equal(140_000, products.Patterns.Sum(p => p.Count));
        for (var s = 0; s < 60; s += 7)
        {
            var sum = y.Where((_, i) => school[i] == s).Sum(v => (v - mean) / deviation);
            Assert.Equal(sum, products.Right[products.Pattern.Start[s] * products.Columns + products.Columns - 1], 1e-8 * n);
            Assert.Equal(school.Count(v => v == s), products.Base[products.Pattern.Diagonal[s]]);
        }
        // Pupil 139,999 is in the second part and keeps its own sums and cell.
        var own = Enumerable.Range(4 * 139_999, 4).Sum(i => (y[i] - mean) / deviation);
        Assert.Equal(own, products.OfLevel[139_999 * products.T * products.Columns + products.Columns - 1], 1e-9);
        Assert.Equal(4, products.Patterns[products.Cells[products.CellOf[139_999]].Pattern].G[0]);
    }

    [Fact]
    public void A_wide_factor_is_cut_into_panels_of_the_same_log_determinant()
    {
        var dice = new Dice(4);
        const int nodes = 450;
        var pairs = Enumerable.Range(0, nodes).SelectMany(r => Enumerable.Range(0, r).Where(c => (r * 31 + c * 17) % 5 < 2).Select(c => (r, c))).ToArray();
        var pattern = new BlockPattern([.. Enumerable.Repeat(2, nodes)], pairs);
        var values = new double[pattern.Values];
        for (var i = 0; i < nodes; i++) (values[pattern.Diagonal[i]], values[pattern.Diagonal[i] + 3], values[pattern.Diagonal[i] + 1], values[pattern.Diagonal[i] + 2]) = (200, 220, 3, 3);
        for (var k = pattern.FirstPair; k < values.Length; k++) values[k] = dice.Unit() - 0.5;
        var exact = BlockCholesky.Of(pattern)!;
        Assert.True(exact.Factor(values));
        Assert.Equal(exact.LogDeterminant, exact.LogDeterminantOf(values)!.Value, 8);
        values[pattern.Diagonal[nodes / 2]] = -1;
        Assert.Null(exact.LogDeterminantOf(values));
    }

    [Fact]
    public void A_repeat_on_several_processors_gives_the_same_bits()
    {
        var table = Cohort(110_000, 900, 0.2);
        MixedFit one = Prepared(table).Fit().Value, other = Prepared(table).Fit().Value;
        Assert.True(one.Path is { Series: true, Cells: > 20_000 });
        Assert.InRange(Math.Abs(one.Path.Drift), 0, 1e-2);
        Assert.Equal(Bits(one), Bits(other));

        static long[] Bits(MixedFit fit) => [.. fit.Effects("school").SelectMany(e => e.Covariance.Concat(e.Modes)).Concat(fit.Fixed.Select(f => f.StandardError)).Append(fit.Objective).Select(BitConverter.DoubleToInt64Bits)];
    }

    [Fact]
    public void The_exact_inverse_is_the_inverse()
    {
        var (pattern, values) = Weakly(0.3);
        var exact = BlockCholesky.Of(pattern)!;
        Assert.True(exact.Factor(values));
        var inverse = new double[pattern.Values];
        exact.Inverse(inverse);
        for (var node = 0; node < pattern.Nodes; node += 7)
        {
            var unit = new double[pattern.Rows];
            unit[pattern.Start[node]] = 1;
            exact.Solve(unit, 1);
            Assert.Equal(unit[pattern.Start[node]], inverse[pattern.Diagonal[node]], 12);
        }
    }

    [Fact]
    public void The_series_is_refused_where_the_nodes_meet_too_much()
    {
        var (pattern, values) = Weakly(1.2);
        Assert.False(new Series(pattern).Factor(values));
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused_and_not_factored()
    {
        var (pattern, values) = Weakly(0.1);
        values[pattern.Diagonal[5]] = -1;
        Assert.False(BlockCholesky.Of(pattern)!.Factor(values));
        Assert.False(new Series(pattern).Factor(values));
    }
}
