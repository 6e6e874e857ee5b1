namespace Groeilijn.Statistics.OutputChecks;

/// <summary>What becomes of an output, the mildest first.</summary>
public enum Verdict
{
    /// <summary>The check was made and the output keeps the rule.</summary>
    Pass,
    /// <summary>The check could not be made, or needs a person's judgement.</summary>
    Review,
    /// <summary>The output breaks the rule.</summary>
    Refuse,
}

/// <summary>The thresholds. The defaults are the rules of thumb of the European guidelines for the checking of output (ten units, ten degrees of freedom) and the usual dominance rules.</summary>
public sealed record Limits
{
    /// <summary>The least number of units under every number.</summary>
    public int MinCount { get; init; } = 10;

    /// <summary>The least number of degrees of freedom.</summary>
    public int MinDf { get; init; } = 10;

    /// <summary>p%: what is left of a total without its two largest contributions is at least this percentage of the largest.</summary>
    public double PPercent { get; init; } = 10;

    /// <summary>(n, k): the largest n contributions are at most k percent of the total.</summary>
    public int DominanceN { get; init; } = 2;

    /// <summary>See <see cref="DominanceN"/>.</summary>
    public double DominanceK { get; init; } = 90;

    /// <summary>The largest share of its row or column that one cell may have.</summary>
    public double GroupShare { get; init; } = 0.9;

    /// <summary>Whether a cell with nobody in it tells something.</summary>
    public bool Zeros { get; init; } = true;
}

/// <summary>What came of one rule on one column of one file; it holds places and never a unit's value.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Statbarn">What kind of statistic.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Rule">The rule's code, such as <c>minimum-count</c>.</param>
/// <param name="Column">The column; null when the rule is about the file.</param>
/// <param name="Rows">The first places, as rows of data counted from one; at most <see cref="MostRows"/>.</param>
/// <param name="Places">How many places broke the rule, or kept it when the verdict is a pass.</param>
/// <param name="What">What is the matter.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Finding(string File, Statbarn Statbarn, Verdict Verdict, string Rule, string? Column, IReadOnlyList<int> Rows, int Places, string What, string Remedy)
{
    /// <summary>More places than these are only counted.</summary>
    public const int MostRows = 20;
}

/// <summary>What is wrong at one place.</summary>
readonly record struct Fault(Verdict Verdict, string Rule, string What, string Remedy)
{
    internal static Fault Refuse(string rule, string what, string remedy) => new(Verdict.Refuse, rule, what, remedy);

    internal static Fault Review(string rule, string what, string remedy) => new(Verdict.Review, rule, what, remedy);
}

/// <summary>The findings so far: equal ones at several places are one.</summary>
sealed class Findings(Limits limits)
{
    readonly Dictionary<(string, Statbarn, Fault, string?), (List<int> Rows, int Places)> _found = [];

    internal Limits Limits => limits;

    internal void Add(string file, Statbarn statbarn, Fault fault, string? column = null, int? row = null, int places = 1)
    {
        var key = (file, statbarn, fault, column);
        var (rows, before) = _found.TryGetValue(key, out var known) ? known : ([], 0);
        if (row is { } at && rows.Count < Finding.MostRows && (rows.Count == 0 || rows[^1] != at)) rows.Add(at);
        _found[key] = (rows, before + places);
    }

    internal void Passed(string file, Statbarn statbarn, string rule, string what, string? column = null, int places = 1) =>
        Add(file, statbarn, new(Verdict.Pass, rule, what, "none needed"), column, null, places);

    /// <summary>In the order in which they were first made.</summary>
    internal IReadOnlyList<Finding> All() =>
        [.. _found.Select(f => new Finding(f.Key.Item1, f.Key.Item2, f.Key.Item3.Verdict, f.Key.Item3.Rule, f.Key.Item4, f.Value.Rows, f.Value.Places, f.Key.Item3.What, f.Key.Item3.Remedy))];
}
