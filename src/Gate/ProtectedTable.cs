using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Gate;

/// <summary>What a renderer gets to see: the cells after protection, and nothing else.</summary>
public sealed class ProtectedTable
{
    readonly Dictionary<string, ProtectedCell> _byCodes;

    internal ProtectedTable(MinimumCount rule, IReadOnlyList<ProtectedCell> cells)
    {
        (Rule, Cells) = (rule, cells);
        _byCodes = cells.ToDictionary(cell => Key(cell.Codes), StringComparer.Ordinal);
    }

    /// <summary>The rule that was applied: its words for a hidden cell.</summary>
    public MinimumCount Rule { get; }

    /// <summary>The cells in the order given.</summary>
    public IReadOnlyList<ProtectedCell> Cells { get; }

    /// <summary>The cell at a place; null when the table has no such place.</summary>
    public ProtectedCell? Find(params IReadOnlyList<string> codes) => _byCodes.GetValueOrDefault(Key(codes));

    /// <summary>How many cells are hidden, for each reason by its code.</summary>
    public SortedDictionary<string, int> Reasons()
    {
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var cell in Cells)
            if (cell.Hidden is { } hidden) reasons[Rule.Code(hidden)] = reasons.GetValueOrDefault(Rule.Code(hidden)) + 1;
        return reasons;
    }

    static string Key(IReadOnlyList<string> codes) => string.Join('\u001f', codes);
}
