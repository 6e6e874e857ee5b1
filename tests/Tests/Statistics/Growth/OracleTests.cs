using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Growth;

/// <summary>The fit against the definition: the likelihood of the whole covariance matrix, written down and factored without any structure.</summary>
public class OracleTests
{
    /// <summary>A design with its Z columns, as the definition needs it.</summary>
    sealed record Design(double[] Y, double[][] X, (int[] Codes, double[][] Columns)[] Groups, DataTable Table, string Formula);

    public static TheoryData<string> Designs => ["nested", "crossed", "cross-classified", "three crossed"];

    [Theory]
    [MemberData(nameof(Designs))]
    public void The_criterion_is_that_of_the_whole_covariance_matrix(string name)
    {
        var design = Make(name);
        foreach (var reml in new[] { true, false })
        {
            var fit = MixedModel.Fit(design.Formula, design.Table, new MixedModelOptions { Reml = reml }).Value;
            Assert.Equal(Criterion(design, fit.Random, fit.Sigma, reml), fit.Objective, 6);
        }
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void No_neighbouring_covariance_has_a_lower_criterion(string name)
    {
        var design = Make(name);
        var fit = MixedModel.Fit(design.Formula, design.Table).Value;
        Assert.True(fit.Converged);
        foreach (var scale in new[] { 0.99, 1.01 })
        {
            Assert.True(Criterion(design, fit.Random, fit.Sigma * scale, reml: true) > fit.Objective);
            for (var k = 0; k < fit.Random.Count; k++)
            {
                var moved = fit.Random.Select((r, i) => i == k ? r with { Deviations = [.. r.Deviations.Select((d, j) => j == 0 ? d * scale : d)] } : r).ToList();
                Assert.True(Criterion(design, moved, fit.Sigma, reml: true) >= fit.Objective - 1e-7);
            }
        }
    }

    [Fact]
    public void Equal_error_variances_are_part_of_the_residual()
    {
        var design = Make("nested");
        var plain = MixedModel.Fit(design.Formula, design.Table).Value;
        var rows = design.Y.Length;
        var table = WithColumn(design, "v", [.. Enumerable.Repeat(0.3, rows)]);
        var known = MixedModel.Fit(design.Formula, table, new MixedModelOptions { ErrorVariances = "v" }).Value;
        Assert.Equal(plain.Objective, known.Objective, 5);
        Assert.Equal(plain.Sigma * plain.Sigma, known.Sigma * known.Sigma + 0.3, 4);
        Assert.Equal(plain.Random[0].Deviations[0], known.Random[0].Deviations[0], 4);
        Assert.Equal(plain.Fixed[0].StandardError, known.Fixed[0].StandardError, 5);
    }

    [Fact]
    public void The_order_of_rows_changes_no_printed_digit()
    {
        var design = Make("cross-classified");
        int[] order = [.. Enumerable.Range(0, design.Y.Length).OrderBy(i => (i * 7919L) % design.Y.Length)];
        var shuffled = Make("cross-classified", order);
        var (a, b) = (MixedModel.Fit(design.Formula, design.Table).Value, MixedModel.Fit(shuffled.Formula, shuffled.Table).Value);
        Assert.Equal(a.Objective, b.Objective, 7);
        Assert.Equal(a.Sigma, b.Sigma, 6);
        Assert.Equal(a.Fixed[1].Estimate, b.Fixed[1].Estimate, 6);
    }

    [Fact]
    public void A_repeat_gives_the_same_bits()
    {
        var design = Make("three crossed");
        var (a, b) = (MixedModel.Fit(design.Formula, design.Table).Value, MixedModel.Fit(design.Formula, design.Table).Value);
        Assert.Equal(BitConverter.DoubleToInt64Bits(a.Objective), BitConverter.DoubleToInt64Bits(b.Objective));
        Assert.Equal(BitConverter.DoubleToInt64Bits(a.Fixed[1].StandardError), BitConverter.DoubleToInt64Bits(b.Fixed[1].StandardError));
    }

    // ---- the definition ----

    static double Criterion(Design d, IReadOnlyList<RandomEffect> random, double sigma, bool reml)
    {
        var (n, p) = (d.Y.Length, d.X.Length);
        var v = new double[n, n];
        for (var i = 0; i < n; i++) v[i, i] = sigma * sigma;
        for (var k = 0; k < random.Count; k++)
        {
            var (codes, columns) = d.Groups[k];
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    if (codes[i] == codes[j])
                        for (var a = 0; a < columns.Length; a++)
                            for (var b = 0; b < columns.Length; b++)
                                v[i, j] += columns[a][i] * columns[b][j] * random[k].Deviations[a] * random[k].Deviations[b] * random[k].Correlations[a][b];
        }
        var l = Cholesky(v);
        var log = 0.0;
        for (var i = 0; i < n; i++) log += 2 * Math.Log(l[i, i]);
        var x = d.X.Select(c => Forward(l, c)).ToArray();
        var y = Forward(l, d.Y);
        var xx = new double[p, p];
        for (var a = 0; a < p; a++) for (var b = 0; b < p; b++) xx[a, b] = Dot(x[a], x[b]);
        var lx = Cholesky(xx);
        var xy = Forward(lx, [.. x.Select(c => Dot(c, y))]);
        var residual = Dot(y, y) - Dot(xy, xy);
        var criterion = log + residual + (reml ? n - p : n) * Math.Log(2 * Math.PI);
        for (var a = 0; reml && a < p; a++) criterion += 2 * Math.Log(lx[a, a]);
        return criterion;
    }

    static double Dot(double[] a, double[] b) => a.Zip(b, (u, w) => u * w).Sum();

    static double[,] Cholesky(double[,] a)
    {
        var n = a.GetLength(0);
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                l[i, j] = i == j ? Math.Sqrt(sum) : sum / l[j, j];
            }
        return l;
    }

    static double[] Forward(double[,] l, double[] b)
    {
        var x = new double[b.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var sum = b[i];
            for (var k = 0; k < i; k++) sum -= l[i, k] * x[k];
            x[i] = sum / l[i, i];
        }
        return x;
    }

    // ---- simulated designs ----

    static DataTable WithColumn(Design d, string name, double[] values) =>
        new([.. new[] { "y", "t", "a", "b", "c" }.Select(c => d.Table.Find(c)).OfType<DataColumn>(), DataColumn.OfNumbers(name, values)]);

    static Design Make(string name, int[]? order = null)
    {
        var dice = new Dice(11);
        const int rows = 240;
        int[] a = new int[rows], b = new int[rows], c = new int[rows];
        var t = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            (t[i], a[i]) = (i % 6 * 0.5, i / 6); // forty pupils, six moments
            b[i] = name switch { "nested" => a[i] / 5, "crossed" => i % 7, "three crossed" => dice.Below(8), _ => a[i] % 10 == 0 && i % 6 > 2 ? (a[i] + 3) % 8 : a[i] % 8 };
            c[i] = dice.Below(5);
        }
        double[] ea = dice.Normals(40, 1.2), sa = dice.Normals(40, 0.5), eb = dice.Normals(10, 0.8), sb = dice.Normals(10, 0.4), ec = dice.Normals(5, 0.6);
        double[] y = [.. Enumerable.Range(0, rows).Select(i => 20 + 2 * t[i] + ea[a[i]] + sa[a[i]] * t[i] + eb[b[i]] + sb[b[i]] * t[i] + (name == "three crossed" ? ec[c[i]] : 0) + dice.Normal())];
        if (order is not null)
            (y, t, a, b, c) = ([.. order.Select(i => y[i])], [.. order.Select(i => t[i])], [.. order.Select(i => a[i])], [.. order.Select(i => b[i])], [.. order.Select(i => c[i])]);
        double[] one = [.. Enumerable.Repeat(1.0, rows)];
        DataColumn Codes(string column, int[] codes) => DataColumn.OfNumbers(column, [.. codes.Select(v => (double)v)]);
        var table = new DataTable(DataColumn.OfNumbers("y", y), DataColumn.OfNumbers("t", t), Codes("a", a), Codes("b", b), Codes("c", c));
        return name switch
        {
            "crossed" => new(y, [one, t], [(a, [one, t]), (b, [one])], table, "y ~ t + (t | a) + (1 | b)"),
            "three crossed" => new(y, [one, t], [(a, [one]), (b, [one]), (c, [one])], table, "y ~ 1 + t + (1 | a) + (1 | b) + (1 | c)"),
            _ => new(y, [one, t], [(a, [one, t]), (b, [one, t])], table, "y ~ t + (t | a) + (t | b)"),
        };
    }
}
