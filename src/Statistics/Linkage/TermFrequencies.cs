namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// How common each value is on the larger side, for the fields that ask for it. Agreement on a common value is likelier among strangers by the
/// ratio of its frequency to the average of values that agree; of two values that are only alike the commoner counts, by the root of that
/// ratio, because the slip carries part of the evidence. Members of a household share the value whatever its frequency.
/// </summary>
sealed class TermFrequencies
{
    readonly RecordLayout _layout;
    readonly (int Field, Dictionary<ulong, int> Counts, double Average)[] _fields;

    TermFrequencies(RecordLayout layout, (int, Dictionary<ulong, int>, double)[] fields) => (_layout, _fields) = (layout, fields);

    /// <summary>Whether any field asks for it.</summary>
    internal bool Any => _fields.Length > 0;

    internal static TermFrequencies Of(RecordSet large, MatchEstimate estimate)
    {
        var layout = large.Layout;
        var asked = Enumerable.Range(0, layout.Slots.Length).Where(f => layout.Model.Fields[f].TermFrequency && estimate.Parameters.Units.Any(unit => unit.Fields.Contains(f)));
        return new TermFrequencies(layout, [.. asked.Select(f => Count(large, f))]);
    }

    static (int, Dictionary<ulong, int>, double) Count(RecordSet large, int field)
    {
        var counts = new Dictionary<ulong, int>();
        for (var j = 0; j < large.Count; j++) if (large.Value(j, field) is not 0 and var value) counts[value] = counts.GetValueOrDefault(value) + 1;
        double squares = 0, all = 0;
        foreach (var count in counts.Values) (squares, all) = (squares + (double)count * count, all + count);
        return (field, counts, all == 0 ? 1 : squares / all);
    }

    /// <summary>What to multiply the odds with; <paramref name="strangers"/> is the share of strangers among two people with this pattern.</summary>
    internal double Factor(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, ulong pattern, double strangers)
    {
        var commoner = Commoner(a, b, pattern);
        return 1 / (strangers * commoner + 1 - strangers);
    }

    /// <summary>How much commoner than the average of values that agree those are on which two records agree.</summary>
    internal double Commoner(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, ulong pattern)
    {
        var commoner = 1.0;
        foreach (var (field, counts, average) in _fields)
        {
            var level = Agreement.LevelOf(pattern, field);
            if (level < Level.Alike) continue;
            var count = Math.Max(counts.GetValueOrDefault(_layout.Slots[field].Of(a)), counts.GetValueOrDefault(_layout.Slots[field].Of(b)));
            var ratio = Math.Max(1, count) / average;
            commoner *= level == Level.Equal ? ratio : Math.Sqrt(ratio);
        }
        return commoner;
    }
}
