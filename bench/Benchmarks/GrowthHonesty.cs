using System.Globalization;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Benchmarks;

/// <summary>
/// <c>growth-honesty [cohorts] [schools]</c>: how often 95 % intervals of schools' effects hold the truth, overall and in every tenth of school size, and how many
/// schools are called different where nothing is going on. Fails outside 94 to 96 %, or above the nominal share.
/// </summary>
public static class GrowthHonesty
{
    /// <summary>Runs; 1 when a bound is broken.</summary>
    public static int Run(string[] words)
    {
        var cohorts = words.Length > 0 ? int.Parse(words[0], CultureInfo.InvariantCulture) : 200;
        var schools = words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 500;
        var real = Enumerable.Range(0, cohorts).SelectMany(seed => GrowthTrial.Run(seed, schools)).OrderBy(s => s.Pupils).ToArray();
        var nothing = Enumerable.Range(0, cohorts).SelectMany(seed => GrowthTrial.Run(seed, schools, 0, 0)).OrderBy(s => s.Pupils).ToArray();
        Console.WriteLine("| pupils | 95 % intervals that hold the truth | called different where nothing is going on |\n|---|---|---|");
        var good = Line("all", real, nothing);
        for (var tenth = 0; tenth < 10; tenth++)
        {
            var part = Tenth(real, tenth);
            good &= Line(string.Create(CultureInfo.InvariantCulture, $"{part[0].Pupils} to {part[^1].Pupils}"), part, Tenth(nothing, tenth));
        }
        return good ? 0 : 1;
    }

    static TrialSchool[] Tenth(TrialSchool[] schools, int tenth) => schools[(schools.Length * tenth / 10)..(schools.Length * (tenth + 1) / 10)];

    static bool Line(string name, TrialSchool[] real, TrialSchool[] nothing)
    {
        var (covered, different) = (real.Average(s => s.Covered ? 1.0 : 0), nothing.Average(s => s.Believed.Low > 0 || s.Believed.High < 0 ? 1.0 : 0));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {100 * covered:F1} % | {100 * different:F2} % |"));
        return covered is >= 0.94 and <= 0.96 && different <= 0.05;
    }
}
