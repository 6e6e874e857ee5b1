namespace Groeilijn.Statistics.OutputChecks;

/// <summary>The cells of one table of counts with all its margins, those that it shows and those that can be added up. A cell's key is its codes by group, without the totals.</summary>
sealed class Margins
{
    /// <summary>More cells with margins than these are not compared.</summary>
    const int MostCells = 1_000_000;

    readonly Dictionary<string, (string?[] Codes, long? Value, int Row)> _cells = new(StringComparer.Ordinal);
    readonly List<(int Row, int Open, long Over)> _rests = [];

    Margins(OutputTable table, OutputColumn count) => (Table, Label) = (table, count.Label);

    internal OutputTable Table { get; }

    /// <summary>The column of counts.</summary>
    internal string Label { get; }

    /// <summary>Every cell: its codes, its value if it is known, and its row, −1 for a margin that is not shown.</summary>
    internal IReadOnlyDictionary<string, (string?[] Codes, long? Value, int Row)> Cells => _cells;

    /// <summary>The cells that are there without a number.</summary>
    internal List<(string Key, int Row)> Hidden { get; } = [];

    /// <summary>What adds up to what.</summary>
    internal List<(string Total, string[] Parts)> Sums { get; } = [];

    /// <summary>How many totals are shown beside their parts.</summary>
    internal int Totals { get; private set; }

    /// <summary>Reads a table; a fault when it cannot be compared.</summary>
    internal static (Margins? Margins, (Fault Fault, int? Row)? Fault) Of(OutputTable table)
    {
        OutputColumn[] groups = [.. table.Of(Role.Group, Role.Cluster).OrderBy(g => Name(g), StringComparer.Ordinal)];
        if (groups.Length > 10 || (long)table.Rows << groups.Length > MostCells)
            return (null, (Fault.Review("too-large", "the table has too many cells with its margins to be compared with totals and other files", "add it up to fewer groups"), null));
        var (made, count) = (new Margins(table, table.First(Role.Count)!), table.First(Role.Count)!);
        for (var row = 0; row < table.Rows; row++)
        {
            string?[] codes = [.. groups.Select(g => g.Code(row)).Select(c => table.IsTotal(c) ? null : c)];
            var value = count.Number(row) is { } n && n == Math.Floor(n) && n is >= 0 and < 1e12 ? (long?)n : null;
            if (!made._cells.TryAdd(Key(groups, codes), (codes, value, row)))
                return (null, (Fault.Review("duplicate-group", "the same group stands twice, so a column that tells the two apart is missing", "declare all columns of groups, or give one row a group"), row + 1));
            if (value is null) made.Hidden.Add((Key(groups, codes), row));
        }
        for (var d = 0; d < groups.Length; d++) made.AddUp(groups, d);
        return (made, null);
    }

    static string Name(OutputColumn group) => group.Data.Name.Trim().ToUpperInvariant();

    static string Key(OutputColumn[] groups, string?[] codes) => string.Join('\u001f', groups.Zip(codes).Where(g => g.Second is not null).Select(g => $"{Name(g.First)}={g.Second}"));

    /// <summary>Adds up over one group, whether or not the totals are shown.</summary>
    void AddUp(OutputColumn[] groups, int d)
    {
        var lines = _cells.Where(c => c.Value.Codes[d] is not null).GroupBy(c => Key(groups, Above(c.Value.Codes, d))).ToList();
        foreach (var line in lines)
        {
            var parts = line.ToList();
            var open = parts.Count(p => p.Value.Value is null);
            var sum = parts.Sum(p => p.Value.Value ?? 0);
            if (!_cells.TryGetValue(line.Key, out var total)) _cells.Add(line.Key, (Above(parts[0].Value.Codes, d), open == 0 ? sum : null, -1));
            else if (total.Value is { } shown)
            {
                if (total.Row >= 0) Totals++;
                _rests.Add((total.Row, open, shown - sum));
                // What is more than its parts has a part that is not here.
                if (shown < sum || open == 0 && shown != sum) continue;
            }
            else if (open == 0 && total.Row < 0) _cells[line.Key] = total with { Value = sum };
            Sums.Add((line.Key, [.. parts.Select(p => p.Key)]));
        }
    }

    static string?[] Above(string?[] codes, int d)
    {
        string?[] above = [.. codes];
        above[d] = null;
        return above;
    }

    /// <summary>What totals tell of what is hidden or left out.</summary>
    internal IEnumerable<(int Row, Fault Fault)> Faults(int least, bool zeros)
    {
        foreach (var (row, open, rest) in _rests)
        {
            if (rest < 0) yield return (row, Fault.Review("not-additive", "a total is less than its parts", "correct the table, or say in the declaration which code is the total"));
            else if (rest > 0 && rest < least && open == 0) yield return (row, Fault.Refuse("difference", FormattableString.Invariant($"the total has some, but fewer than {least} units more than its parts"), "show the missing part joined with another, or add the total up from what is shown"));
            else if (rest == 0 && open > 0 && zeros) yield return (row, Fault.Refuse("recoverable", "the total leaves nothing for the hidden cells, so nobody is in them", "hide a larger cell with them (groeilijn protect)"));
            else if (rest > 0 && rest < least && open > 1) yield return (row, Fault.Review("hidden-sum", FormattableString.Invariant($"the hidden cells of a line have together fewer than {least} units"), "hide one more cell in that line"));
        }
    }
}
