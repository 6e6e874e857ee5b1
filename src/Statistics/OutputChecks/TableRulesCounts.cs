namespace Groeilijn.Statistics.OutputChecks;

/// <summary>Frequencies: small counts, nobody, nearly everybody, and percentages that give counts away.</summary>
sealed partial class TableRules
{
    static readonly Fault s_zero = Fault.Refuse("zero", "nobody is in the cell, which tells of everybody in the group that they are not there", "join groups or round counts; declare structuralZeros when the cell is empty by its meaning");

    void Counts()
    {
        foreach (var column in table.Of(Role.Count, Role.Base, Role.FourCounts, Role.EndpointCount, Role.ModeCount).Where(c => !c.IsEvidence || c.Role == Role.Count))
        {
            Each(Statbarn.Frequencies, "minimum-count", FormattableString.Invariant($"every count is at least {_limits.MinCount}"), column, row => column.Cell(row) switch
            {
                { Kind: CellKind.Number, Value: > 0 } cell when cell.Value < _limits.MinCount => TooFew,
                { Kind: CellKind.Number, Value: 0 } when _limits.Zeros && !table.StructuralZeros => s_zero,
                { Kind: CellKind.Bound } cell when cell.Value < _limits.MinCount => Fault.Review("hidden-mark", "the mark of a hidden cell says more than that it is below the minimum", "use one mark for every hidden cell, such as *"),
                _ => null,
            });
            if (column.Role == Role.Count && table.IsCells) GroupShares(column);
        }
    }

    /// <summary>No cell is nearly all of its row or column: whoever is known to be in it would be known to have the value.</summary>
    void GroupShares(OutputColumn count)
    {
        var groups = table.Of(Role.Group).Select(Numbered).ToList();
        var (broken, lines) = (false, 0);
        foreach (var along in groups)
        {
            var sums = new Dictionary<UInt128, (double Sum, double Most, int At, int Cells, bool Hidden, double Whole)>();
            for (var row = 0; row < table.Rows; row++)
            {
                if (count.Cell(row).Kind is not (CellKind.Number or CellKind.Hidden or CellKind.Bound)) continue;
                UInt128 key = 0;
                foreach (var other in groups) if (other.Column != along.Column) key = unchecked(key * (UInt128)other.Total.Count + (UInt128)other.Codes[row]);
                var n = count.Number(row);
                var line = sums.GetValueOrDefault(key);
                if (along.Total[along.Codes[row]]) { sums[key] = line with { Whole = n ?? 0 }; continue; }
                sums[key] = (line.Sum + Math.Max(0, n ?? 0), Math.Max(line.Most, n ?? 0), n > line.Most ? row : line.At, line.Cells + 1, line.Hidden || n is null, line.Whole);
            }
            foreach (var line in sums.Values)
            {
                var sum = Math.Max(line.Sum, line.Whole);
                if (line.Cells < 2 || sum <= 0) continue;
                lines++;
                if (line.Most <= _limits.GroupShare * sum) continue;
                broken = true;
                var what = FormattableString.Invariant($"one cell holds more than {100 * _limits.GroupShare:0.#}% of its row or column");
                Tell(Statbarn.Frequencies, line.Hidden && line.Whole == 0 ? Fault.Review("group-share", what + ", as far as can be seen beside hidden cells", "have a person look at the hidden cells of that line") : Fault.Refuse("group-share", what, "join groups so that the others are not so few"), count, line.At);
            }
        }
        if (!broken && lines > 0) found.Passed(table.File, Statbarn.Frequencies, "group-share", FormattableString.Invariant($"no cell is more than {100 * _limits.GroupShare:0.#}% of its row or column"), count.Label, lines);
    }

    (OutputColumn Column, int[] Codes, List<bool> Total) Numbered(OutputColumn column)
    {
        var (places, codes, totals) = (new Dictionary<string, int>(StringComparer.Ordinal), new int[table.Rows], new List<bool>());
        for (var row = 0; row < codes.Length; row++)
        {
            var code = column.Code(row);
            if (!places.TryGetValue(code, out codes[row])) { places.Add(code, codes[row] = places.Count); totals.Add(table.IsTotal(code)); }
        }
        return (column, codes, totals);
    }

    /// <summary>A percentage of a known base is a count.</summary>
    void Percentages()
    {
        var whole = table.First(Role.Base);
        var assumed = whole is null ? table.First(Role.Count) : null;
        foreach (var column in table.Of(Role.Percentage, Role.Share))
            Each(Statbarn.Frequencies, "percentage", FormattableString.Invariant($"every percentage stands for at least {_limits.MinCount} units on both sides"), column, row =>
            {
                if (!Shown(column, row) || column.Number(row) is not { } value) return null;
                var share = column.Role == Role.Share ? value : value / 100;
                if (share is < 0 or > 1) return Fault.Review("percentage", "the percentage is not between 0 and 100", "say in the declaration what the column holds");
                if (share is 0 or 1) return Fault.Refuse("group-share", "nobody or everybody of the group is meant, which tells of each of them", "join groups, or say 'under 5%' and 'over 95%'");
                if ((whole ?? assumed)?.Number(row) is not { } n) return Fault.Review("percentage-base", "a percentage without its base cannot be turned into units", "add a column base with the units that the percentage is of");
                if (share * n >= _limits.MinCount - 1e-9 * n && (1 - share) * n >= _limits.MinCount - 1e-9 * n) return null;
                return assumed is not null
                    ? Fault.Review("percentage-base", "if the count beside it is the base, the percentage gives too small a group away", "name the base of the percentage in a column base")
                    : Fault.Refuse("percentage", FormattableString.Invariant($"with its base the percentage gives a group of fewer than {_limits.MinCount} away, or all but such a group"), "join groups, or give classes of percentages");
            });
    }
}
