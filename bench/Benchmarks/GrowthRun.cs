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

    static void Fit(string file, string formula)
    {
        var model = ModelFormula.Parse(formula).Value;
        var table = CsvTable.Read(file, model.Columns).Value;
        var read = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        var fit = MixedModel.Fit(model, table).Value;
        using var process = Process.GetCurrentProcess();
        var spent = process.TotalProcessorTime.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"groeilijn   {spent,9:F2} CPU s  {process.PeakWorkingSet64 / 1048576.0,6:F0} MB  REML {fit.Objective:F6}  sigma {fit.Sigma:F6}  sd {string.Join(' ', fit.Random.SelectMany(r => r.Deviations).Select(d => d.ToString("F6", CultureInfo.InvariantCulture)))}  beta {string.Join(' ', fit.Fixed.Select(f => f.Estimate.ToString("F6", CultureInfo.InvariantCulture)))}  se {string.Join(' ', fit.Fixed.Select(f => f.StandardError.ToString("F6", CultureInfo.InvariantCulture)))}  ({fit.Evaluations} evaluations; start and reading {read:F2} s of it)"));
    }
}
