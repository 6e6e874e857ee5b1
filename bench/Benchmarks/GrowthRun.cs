using System.Diagnostics;
using System.Globalization;
using Groeilijn.Cli.Commands;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Benchmarks;

/// <summary>One fit in a process of its own, with CPU seconds and peak memory: <c>growth FILE FORMULA</c>, and the files it is tried on.</summary>
public static class GrowthRun
{
    /// <summary>Runs the words of the command line; false when they are not of this kind.</summary>
    public static bool Try(string[] words)
    {
        switch (words)
        {
            case ["growth-sample", var file, var pupils, var schools, .. var how]:
                CohortSample.Write(file, int.Parse(pupils, CultureInfo.InvariantCulture), 6, int.Parse(schools, CultureInfo.InvariantCulture), 0.05, how.Contains("near"));
                return true;
            case ["nation-sample", var file, .. var how]:
                CohortSample.WriteNation(file, 1_400_000, 6_500, 64_000, how.Contains("near"));
                return true;
            case ["growth-percentiles", var pupils, var priors]:
                Percentiles(int.Parse(pupils, CultureInfo.InvariantCulture), int.Parse(priors, CultureInfo.InvariantCulture));
                return true;
            case ["growth-plot", var table, var picture]:
                GrowthPlot.Write(table, picture, "a growth model", "scores", least: -1);
                return true;
            case ["ratings-sample", var file]:
                CohortSample.WriteRatings(file, 73_421, 2_972, 1_128, 14);
                return true;
            case ["growth", var file, var formula]:
                Fit(file, formula);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A fit with the effects and errors of every level but those of the factor with most.</summary>
    static void Fit(string file, string formula)
    {
        var clock = Stopwatch.StartNew();
        var model = ModelFormula.Parse(formula).Value;
        var table = CsvTable.Read(file, model.Columns).Value;
        var read = Spent();
        var fit = MixedModel.Fit(model, table).Value;
        var effects = fit.Random.Select(r => r.Group).Distinct().Where(g => g != fit.Path.Eliminated).SelectMany(fit.Effects).ToList();
        var middle = effects.Count == 0 ? 0 : effects.Select(e => Math.Sqrt(e.Covariance[0])).Order().ElementAt(effects.Count / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"groeilijn   {Spent(),9:F2} CPU s  {Peak(),6:F0} MB  {clock.Elapsed.TotalSeconds,6:F1} s  REML {fit.Objective:F6}  sigma {fit.Sigma:F6}  sd {Row(fit.Random.SelectMany(r => r.Deviations))}  beta {Row(fit.Fixed.Select(f => f.Estimate))}  se {Row(fit.Fixed.Select(f => f.StandardError))}  median error of {effects.Count} effects {middle:F6}  ({fit.Evaluations} evaluations; start and reading {read:F2} s of it; {(fit.Path.Series ? string.Create(CultureInfo.InvariantCulture, $"series, eigenvalue {fit.Path.Eigenvalue:F2}, drift {fit.Path.Drift:E1}") : "exact")})"));
    }

    static void Percentiles(int pupils, int priors)
    {
        var scores = CohortSample.Scores(pupils);
        var (clock, before) = (Stopwatch.StartNew(), Spent());
        var made = GrowthPercentiles.Of(scores[0], scores[1..(priors + 1)]).Value;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"groeilijn   {Spent() - before,9:F2} CPU s  {Peak(),6:F0} MB  {clock.Elapsed.TotalSeconds,6:F1} s  percentiles of {pupils} pupils with {priors} prior scores, sum {made.Sum(p => p.Percentile)}"));
    }

    static string Row(IEnumerable<double> values) => string.Join(' ', values.Select(v => v.ToString("F6", CultureInfo.InvariantCulture)));

    static double Spent() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    static double Peak() => Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0;
}
