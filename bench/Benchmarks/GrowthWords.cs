using System.Globalization;
using Groeilijn.Office;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Benchmarks;

/// <summary>
/// <c>growth-words [cohorts] [schools]</c>: how often a report says "clearly" and "probably" of gaps between groups and of three years together, at invented schools, and how often that is false: where no
/// school differs, and where they do. Fails when more than 1 in 1,000 schools is called different where nothing is going on.
/// </summary>
public static class GrowthWords
{
    /// <summary>Runs; 1 when the bound is broken.</summary>
    public static int Run(string[] words)
    {
        var cohorts = words.Length > 0 ? int.Parse(words[0], CultureInfo.InvariantCulture) : 200;
        var schools = words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 500;
        Console.WriteLine("| of | true differences | schools | clearly | not beyond 0.1 | wrong sign | probably | not beyond 0.1 | wrong sign |\n|---|---|---|---|---|---|---|---|---|");
        TrialDifference[] All(Func<int, IReadOnlyList<TrialDifference>> one) => [.. Enumerable.Range(0, cohorts).SelectMany(one)];
        var good = Line("gaps", "none", All(seed => DifferenceTrial.Gaps(seed, schools, 0)), nothing: true);
        good &= Line("gaps", "0.10 SD", All(seed => DifferenceTrial.Gaps(seed, schools, 0.10)), nothing: false);
        good &= Line("gaps", "0.20 SD", All(seed => DifferenceTrial.Gaps(seed, schools, 0.20)), nothing: false);
        good &= Line("three years", "none", All(seed => DifferenceTrial.ThreeYears(seed, schools, 0, 0)), nothing: true);
        good &= Line("three years", "0.08 and 0.05 SD", All(seed => DifferenceTrial.ThreeYears(seed, schools, 0.08, 0.05)), nothing: false);
        good &= Line("three years", "0.15 and 0.08 SD", All(seed => DifferenceTrial.ThreeYears(seed, schools, 0.15, 0.08)), nothing: false);
        return good ? 0 : 1;
    }

    static bool Line(string of, string truth, TrialDifference[] schools, bool nothing)
    {
        var (clearly, probably) = (FalseWords.Of(Evidence.ClearlyMore, schools), FalseWords.Of(Evidence.ProbablyMore, schools));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {of} | {truth} | {schools.Length:N0} | {clearly.Said:N0} | {clearly.TooSmall:N0} | {clearly.Wrong:N0} | {probably.Said:N0} | {probably.TooSmall:N0} | {probably.Wrong:N0} |"));
        return !nothing || 1000 * (clearly.Said + probably.Said) <= schools.Length;
    }
}
