namespace Groeilijn.Statistics.OutputChecks;

/// <summary>What came of the checks of some outputs that leave together.</summary>
/// <param name="Findings">Every rule that was applied, and every one that could not be.</param>
public sealed record OutputReport(IReadOnlyList<Finding> Findings)
{
    /// <summary>The worst of all findings.</summary>
    public Verdict Verdict => Worst(Findings);

    /// <summary>The worst finding on one file.</summary>
    public Verdict Of(string file) => Worst(Findings.Where(f => f.File == file));

    /// <summary>Nothing checked is nothing passed.</summary>
    static Verdict Worst(IEnumerable<Finding> findings) => findings.Select(f => f.Verdict).DefaultIfEmpty(Verdict.Review).Max();
}

/// <summary>Checks outputs before they leave: each by the rules of its statbarns, and all together by subtracting one from another.</summary>
public static class OutputChecking
{
    /// <summary>Applies the rules.</summary>
    /// <param name="tables">Outputs that leave together, each under a name of its own.</param>
    /// <param name="limits">The thresholds.</param>
    public static OutputReport Check(IReadOnlyList<OutputTable> tables, Limits limits)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(limits);
        var found = new Findings(limits);
        foreach (var table in tables) new TableRules(table, found).Check();
        new LinkedTables(tables, found).Check();
        return new(found.All());
    }
}
