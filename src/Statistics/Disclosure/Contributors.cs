namespace Groeilijn.Statistics.Disclosure;

/// <summary>Who contributes how much to which cell, by unit and by holding.</summary>
static class Contributors
{
    /// <summary>One list for the units themselves, and one for their holdings when there are any.</summary>
    internal static IEnumerable<Contributions[]> Of(Records records, IReadOnlyList<TableInput> tables, Publication publication)
    {
        yield return Level(records, tables, publication, records.Unit);
        if (records.Holding is not null) yield return Level(records, tables, publication, records.Holding);
    }

    static Contributions[] Level(Records records, IReadOnlyList<TableInput> tables, Publication publication, int[]? who)
    {
        var done = new bool[publication.System.Cells];
        var made = new Contributions[publication.System.Cells];
        for (var t = 0; t < tables.Count; t++)
        {
            var strides = Publication.Shape(tables[t].Dimensions).Strides;
            var parts = new List<(int Cell, int Who, long Value)>();
            for (var row = 0; row < records.Count; row++)
            {
                var value = Math.Abs((tables[t].Response?[row] ?? records.Units?[row] ?? 1) * (records.Weights?[row] ?? 1));
                foreach (var at in Publication.Above(tables[t], strides, row).Select(a => publication.Tables[t].Cells[a]).Distinct())
                    if (at >= 0 && !done[at]) parts.Add((at, who?[row] ?? row, value));
            }
            parts.Sort();
            for (int from = 0, to; from < parts.Count; from = to)
            {
                var cell = parts[from].Cell;
                var sums = new List<(long Value, int Who)>();
                for (to = from; to < parts.Count && parts[to].Cell == cell; to++)
                    if (to > from && parts[to].Who == parts[to - 1].Who) sums[^1] = (sums[^1].Value + parts[to].Value, parts[to].Who);
                    else sums.Add((parts[to].Value, parts[to].Who));
                sums.Sort((a, b) => b.Value.CompareTo(a.Value));
                made[cell] = new([.. sums.Take(Kept).Select(x => x.Value)], sums.Count, [.. sums.Take(Kept).Select(x => x.Who)]);
                done[cell] = true;
            }
        }
        return made;
    }

    /// <summary>The contributions to several cells together.</summary>
    internal static Contributions Together(IReadOnlyList<Contributions> cells)
    {
        if (cells.Any(c => c.Largest is null)) return default;
        if (cells.Any(c => c.Who is null)) return new([.. cells.SelectMany(c => c.Largest).OrderDescending().Take(Kept)], cells.Sum(c => c.Number));
        var sums = new Dictionary<int, long>();
        foreach (var c in cells) for (var i = 0; i < c.Largest.Length; i++) sums[c.Who![i]] = sums.GetValueOrDefault(c.Who[i]) + c.Largest[i];
        var number = cells.All(c => c.Number <= Kept) ? sums.Count : cells.Max(c => c.Number);
        return new([.. sums.Values.OrderDescending().Take(Kept)], number);
    }

    /// <summary>The largest contributions that are kept: no rule looks further.</summary>
    const int Kept = 12;
}
