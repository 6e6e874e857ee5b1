using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Growth;

/// <summary>Growth percentiles: the knots, the optimum, what they mean, and R's quantreg beside ours.</summary>
public class GrowthPercentilesTests
{
    /// <summary>Whole scores of a score and three priors; the number of pupils is odd so that no level splits them evenly.</summary>
    static double[][] Scores(int pupils)
    {
        var dice = new Dice(4);
        var columns = Enumerable.Range(0, 4).Select(_ => new double[pupils]).ToArray();
        for (var i = 0; i < pupils; i++)
        {
            var ability = dice.Normal();
            for (var g = 0; g < 4; g++) columns[g][i] = Math.Round(400 - 30 * g + 45 * (0.85 * ability + 0.5 * dice.Normal()));
        }
        return columns;
    }

    static int[] Percentiles(double[] score, params double[][] priors) => [.. GrowthPercentiles.Of(score, priors).Value.Select(p => p.Percentile)];

    [Fact] // quantile(1:101, c(.2,.4,.6,.8)); extendrange(1:101, f = .1)
    public void Knots_and_boundaries_as_SGP_places_them()
    {
        var basis = SplineBasis.Of([.. Enumerable.Range(1, 101).Select(i => (double)i)]);
        Assert.Equal([21.0, 41, 61, 81], basis.Knots);
        Assert.Equal((-9.0, 111.0, 7), (basis.Low, basis.High, basis.Count));
    }

    [Fact] // splines::bs(51, knots = c(21,41,61,81), Boundary.knots = c(-39,141))
    public void The_spline_functions_of_R()
    {
        double[] made = new double[7], expected = [0, 0.0125, 0.4875, 0.4875, 0.0125, 0, 0];
        new SplineBasis([21, 41, 61, 81], -39, 141).At(51, made);
        foreach (var (e, m) in expected.Zip(made)) Assert.Equal(e, m, 12);
    }

    [Fact]
    public void Every_level_is_solved_to_the_optimum()
    {
        const int n = 3001, p = 8;
        var scores = Scores(n);
        var basis = SplineBasis.Of(scores[1]);
        var x = new double[n * p];
        for (var i = 0; i < n; i++)
        {
            x[i * p] = 1;
            basis.At(scores[1][i], x.AsSpan(i * p + 1, 7));
        }
        var regression = QuantileRegression.Of(x, scores[0], [.. Enumerable.Repeat(1.0, n)], p)!;
        foreach (var tau in new[] { 0.005, 0.25, 0.5, 0.905, 0.995 })
        {
            var beta = regression.At(tau)!;
            var least = Loss(x, scores[0], beta, tau);
            var dice = new Dice(9);
            for (var k = 0; k < 200; k++)
            {
                double[] aside = [.. beta.Select(b => b + 0.05 * dice.Normal())];
                Assert.True(Loss(x, scores[0], aside, tau) >= least - 1e-6);
            }
            var below = Enumerable.Range(0, n).Count(i => scores[0][i] < Fitted(x, beta, i) - 1e-6);
            var fitted = Enumerable.Range(0, n).Count(i => Math.Abs(scores[0][i] - Fitted(x, beta, i)) <= 1e-6);
            Assert.True(fitted >= p);
            Assert.InRange(tau * n, below - 1e-6, below + fitted + 1e-6);
        }
    }

    static double Fitted(double[] x, double[] beta, int row) => beta.Select((b, c) => b * x[row * beta.Length + c]).Sum();

    static double Loss(double[] x, double[] y, double[] beta, double tau) =>
        y.Select((v, i) => v - Fitted(x, beta, i)).Sum(r => r >= 0 ? tau * r : (tau - 1) * r);

    [Fact]
    public void Percentiles_are_even_among_pupils_with_alike_priors()
    {
        var scores = Scores(6007);
        var made = Percentiles(scores[0], scores[1], scores[2]);
        Assert.All(made, m => Assert.InRange(m, 1, 99));
        foreach (var tenth in Enumerable.Range(0, scores[1].Length).OrderBy(i => scores[1][i]).Chunk(601).Take(9))
            Assert.InRange(tenth.Average(i => made[i]), 46, 54);
    }

    [Fact]
    public void A_pupil_has_the_highest_order_of_priors_there_is_and_none_without_a_prior()
    {
        var scores = Scores(2003);
        scores[2][5] = DataColumn.Missing;
        scores[1][6] = DataColumn.Missing;
        scores[0][7] = DataColumn.Missing;
        var made = GrowthPercentiles.Of(scores[0], scores[1], scores[2]).Value;
        Assert.Equal([2, 1, 0, 0, 2], made[4..9].Select(m => m.Order));
        Assert.Equal((0, 0), (made[6].Percentile, made[7].Percentile));
        Assert.Equal(2000, made.Count(m => m.Order == 2));
    }

    [Fact]
    public void The_order_of_pupils_changes_no_percentile_and_a_repeat_changes_nothing()
    {
        var scores = Scores(2003);
        int[] order = [.. Enumerable.Range(0, 2003).OrderBy(i => i * 911L % 2003)];
        var made = Percentiles(scores[0], scores[1]);
        Assert.Equal(made, Percentiles(scores[0], scores[1]));
        var shuffled = Percentiles([.. order.Select(i => scores[0][i])], [.. order.Select(i => scores[1][i])]);
        Assert.Equal(order.Select(i => made[i]), shuffled);
    }

    [Fact]
    public void Priors_of_few_values_and_few_pupils_are_refused_by_name()
    {
        var scores = Scores(500);
        Assert.Equal(FitRefusalCode.TooFewRows, GrowthPercentiles.Of(scores[0], Array.ConvertAll(scores[1], s => s > 400 ? 1.0 : 0)).Refusal!.Code);
        Assert.Equal(FitRefusalCode.TooFewRows, GrowthPercentiles.Of(scores[0], Array.ConvertAll(scores[1], _ => 4.0)).Refusal!.Code);
        Assert.Equal(FitRefusalCode.TooFewRows, GrowthPercentiles.Of(scores[0][..12], scores[1][..12]).Refusal!.Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_percentile_is_that_of_quantregs_exact_method(int priors)
    {
        var scores = Scores(2503);
        var folder = Directory.CreateTempSubdirectory("groeilijn-quantreg-");
        try
        {
            File.WriteAllLines(Path.Combine(folder.FullName, "d.csv"), Enumerable.Range(0, 2503).Select(i => string.Join(',', scores.Select(c => c[i].ToString(CultureInfo.InvariantCulture)))).Prepend("s,a,b,c"));
            File.WriteAllText(Path.Combine(folder.FullName, "q.R"), """
                if (!suppressMessages(require(quantreg, quietly = TRUE))) quit(status = 3)
                library(splines); k <- as.integer(commandArgs(TRUE)); d <- read.csv("d.csv")
                basis <- function(x) bs(x, knots = round(quantile(x, c(.2, .4, .6, .8)), 3), Boundary.knots = round(extendrange(x, f = .1), 3))
                x <- cbind(1, do.call(cbind, lapply(c("a", "b", "c")[1:k], function(p) basis(d[[p]]))))
                below <- rowSums(sapply((1:100 - .5) / 100, function(t) round(x %*% suppressWarnings(rq.fit.br(x, d$s, tau = t)$coefficients), 5) < d$s))
                cat(pmin(pmax(below, 1), 99))
                """);
            var theirs = Rscript(folder.FullName, priors).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => int.Parse(w, CultureInfo.InvariantCulture));
            Assert.Equal(theirs, Percentiles(scores[0], scores[1..(priors + 1)]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static string Rscript(string folder, int priors)
    {
        try
        {
            using var r = Process.Start(new ProcessStartInfo("Rscript", $"--vanilla q.R {priors}") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = r.StandardError.ReadToEndAsync();
            var output = r.StandardOutput.ReadToEnd();
            r.WaitForExit();
            if (r.ExitCode == 3) Assert.Skip("R's quantreg is not installed (Debian: apt-get install r-cran-quantreg).");
            Assert.True(r.ExitCode == 0, errors.Result);
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Skip("R is not installed (Debian: apt-get install r-cran-quantreg).");
            throw;
        }
    }
}
