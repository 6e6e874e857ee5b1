namespace Groeilijn.Statistics.Disclosure;

/// <summary>
/// Tables as one set of cells with everything that holds between them: margins, hierarchies, and the cells that tables share. A cell without units is
/// left out when everybody may know that it is empty.
/// </summary>
public sealed class Publication
{
    /// <summary>More cells than these are refused.</summary>
    public const long MostCells = 8_000_000;

    readonly List<long> _values = [], _units = [];
    readonly Dictionary<(UInt128, string?), int> _shared = [];
    readonly List<bool> _difference = [];
    int[]? _alias;

    Publication() { }

    /// <summary>The tables, in the order given.</summary>
    public IReadOnlyList<PublishedTable> Tables { get; private set; } = [];

    /// <summary>The cells and what holds between them.</summary>
    public CellSystem System { get; private set; } = null!;

    /// <summary>How many units each cell has, unweighted.</summary>
    public long[] Units { get; private set; } = [];

    /// <summary>Which cells are differences between published cells and are never published themselves.</summary>
    public bool[] Difference { get; private set; } = [];

    /// <summary>Per level of units (the units themselves, their holdings) the contributions to every cell; null for tables of counts without.</summary>
    public IReadOnlyList<Contributions[]> Levels { get; private set; } = [];

    /// <summary>What the owner of a finished table said of each cell; null otherwise.</summary>
    internal (bool[] Unsafe, bool[] Forced, (long Down, long Up)[]? Levels)? Owner { get; private set; }

    /// <summary>Whether cells are counts.</summary>
    public bool Counts { get; private set; }

    /// <summary>Adds records up into tables.</summary>
    /// <param name="records">Who is in the tables.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="zeros">Whether that a cell is empty is itself to be kept secret.</param>
    /// <param name="contributions">Whether rules look at single contributions.</param>
    public static Checked<Publication> Of(Records records, IReadOnlyList<TableInput> tables, bool zeros, bool contributions)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(tables);
        if (tables.Count == 0) return new ProtectionRefusal(ProtectionRefusalCode.Rules, "there is no table", "name at least one table with a dimension");
        if (Cross(tables.Select(t => t.Dimensions)) is { } tooLarge) return tooLarge;
        var made = new Publication { Counts = tables.All(t => t.Response is null) };
        var (published, positions) = (new List<PublishedTable>(), Positions(tables.SelectMany(t => t.Dimensions)));
        foreach (var table in tables)
        {
            var (sizes, strides) = Shape(table.Dimensions);
            var (values, units) = (new long[strides[0] * sizes[0]], new long[strides[0] * sizes[0]]);
            var seen = records.Unit is null ? null : new HashSet<(int, int)>();
            try
            {
                for (var row = 0; row < records.Count; row++)
                {
                    var many = records.Units?[row] ?? 1;
                    var value = (table.Response?[row] ?? many) * (records.Weights?[row] ?? 1);
                    foreach (var cell in Above(table, strides, row))
                    {
                        values[cell] += value;
                        if (seen is null || seen.Add((cell, records.Unit![row]))) units[cell] += many;
                    }
                }
            }
            catch (OverflowException)
            {
                return new ProtectionRefusal(ProtectionRefusalCode.Value, $"the values of table `{table.Name}` are too large to be added exactly", "give them with fewer decimals or in a larger unit");
            }
            published.Add(made.Number(table.Name, table.Dimensions, table.ResponseName, values, units, zeros, positions));
        }
        made.Finish(published, !tables.Any(t => t.Response?.Any(v => v < 0) ?? false), zeros);
        if (contributions) made.Levels = [.. Contributors.Of(records, tables, made)];
        return made;
    }

    /// <summary>Takes finished tables, after checking that they add up.</summary>
    public static Checked<Publication> Of(IReadOnlyList<FinishedTable> tables, bool zeros)
    {
        ArgumentNullException.ThrowIfNull(tables);
        if (tables.Count == 0) return new ProtectionRefusal(ProtectionRefusalCode.Rules, "there is no table", "name at least one table with a dimension");
        if (Cross(tables.Select(t => t.Dimensions)) is { } tooLarge) return tooLarge;
        var made = new Publication { Counts = tables.All(t => t.IsCount) };
        var (published, positions) = (new List<PublishedTable>(), Positions(tables.SelectMany(t => t.Dimensions)));
        foreach (var table in tables)
        {
            var (sizes, strides) = Shape(table.Dimensions);
            var (values, units, there) = (new long[strides[0] * sizes[0]], new long[strides[0] * sizes[0]], new bool[strides[0] * sizes[0]]);
            for (var row = 0; row < table.Values.Length; row++)
            {
                var cell = 0;
                for (var d = 0; d < sizes.Length; d++) cell += strides[d] * table.Codes[d][row];
                if (there[cell]) return new ProtectionRefusal(ProtectionRefusalCode.NotAdditive, $"table `{table.Name}` has a cell twice, again in row {row + 1}", "give every cell one row");
                (there[cell], values[cell]) = (true, table.Values[row]);
                units[cell] = table.Contributors?[row] ?? (table.IsCount ? table.Values[row] : table.Values[row] == 0 ? 0 : long.MaxValue / 4);
            }
            if (FillAndCheck(table.Dimensions, sizes, strides, values, units, there) is { } broken)
                return new ProtectionRefusal(ProtectionRefusalCode.NotAdditive, $"table `{table.Name}` does not add up in {broken} sums: a total is not the sum of its parts", "correct the table, or give the lowest cells only and have the totals computed");
            published.Add(made.Number(table.Name, table.Dimensions, table.Name, values, units, zeros, positions));
        }
        made.Finish(published, !tables.Any(t => t.Values.Any(v => v < 0)), zeros);
        made.TakeOwnersWord(tables);
        return made;
    }

    void TakeOwnersWord(IReadOnlyList<FinishedTable> tables)
    {
        var (unsafes, forced, levels) = (new bool[System.Cells], new bool[System.Cells], tables.Any(t => t.Levels is not null) ? new (long, long)[System.Cells] : null);
        var largest = tables.Any(t => t.Largest is not null) ? new Contributions[System.Cells] : null;
        for (var t = 0; t < tables.Count; t++)
        {
            var (table, strides) = (tables[t], Shape(tables[t].Dimensions).Strides);
            for (var row = 0; row < table.Values.Length; row++)
            {
                var at = 0;
                for (var d = 0; d < strides.Length; d++) at += strides[d] * table.Codes[d][row];
                if (Tables[t].Cells[at] is not (>= 0 and var cell)) continue;
                unsafes[cell] |= table.Unsafe?[row] ?? false;
                forced[cell] |= table.Forced?[row] ?? false;
                if (levels is not null && table.Levels is not null) levels[cell] = table.Levels[row];
                if (largest is not null && table.Largest is not null) largest[cell] = new(table.Largest[row], (int)Math.Min(Units[cell], int.MaxValue));
            }
        }
        Owner = (unsafes, forced, levels);
        if (largest is not null) Levels = [largest];
    }

    static ProtectionRefusal? Cross(IEnumerable<IReadOnlyList<Dimension>> tables)
    {
        var cells = tables.Sum(dimensions => dimensions.Aggregate(1.0, (product, d) => product * d.Codes.Count));
        return cells <= MostCells ? null : new(ProtectionRefusalCode.TooLarge, FormattableString.Invariant($"the tables have {cells:N0} cells together, and {MostCells:N0} is the most"), "leave out a dimension, or publish fewer levels of a hierarchy");
    }

    static Dictionary<string, UInt128> Positions(IEnumerable<Dimension> dimensions)
    {
        var (positions, step) = (new Dictionary<string, UInt128>(StringComparer.Ordinal), UInt128.One);
        foreach (var group in dimensions.GroupBy(d => d.Name, StringComparer.Ordinal))
        {
            positions.Add(group.Key, step);
            step *= (UInt128)group.Max(d => d.Codes.Count);
        }
        return positions;
    }

    internal static (int[] Sizes, int[] Strides) Shape(IReadOnlyList<Dimension> dimensions)
    {
        var (sizes, strides) = (dimensions.Select(d => d.Codes.Count).ToArray(), new int[dimensions.Count]);
        for (var (d, step) = (dimensions.Count - 1, 1); d >= 0; step *= sizes[d--]) strides[d] = step;
        return (sizes, strides);
    }

    /// <summary>Every cell that a row counts in, in this table.</summary>
    internal static IEnumerable<int> Above(TableInput table, int[] strides, int row)
    {
        var cells = new List<int> { 0 };
        for (var d = 0; d < strides.Length; d++)
        {
            var (above, before) = (table.Dimensions[d].Above(table.Codes[d][row]), cells.Count);
            for (var i = 0; i < before; i++) for (var a = 1; a < above.Count; a++) cells.Add(cells[i] + above[a] * strides[d]);
            for (var i = 0; i < before; i++) cells[i] += above[0] * strides[d];
        }
        return cells;
    }

    /// <summary>Cells that are missing and can be computed are; answers how many sums fail.</summary>
    static int? FillAndCheck(IReadOnlyList<Dimension> dimensions, int[] sizes, int[] strides, long[] values, long[] units, bool[] there)
    {
        var broken = 0;
        for (var d = 0; d < sizes.Length; d++)
            foreach (var (parent, children) in dimensions[d].Sums.Reverse())
                foreach (var at in Slices(values.Length, sizes[d], strides[d]))
                {
                    if (there[at + parent * strides[d]]) continue;
                    foreach (var child in children)
                    {
                        values[at + parent * strides[d]] += values[at + child * strides[d]];
                        units[at + parent * strides[d]] += units[at + child * strides[d]];
                        there[at + parent * strides[d]] |= there[at + child * strides[d]];
                    }
                }
        for (var d = 0; d < sizes.Length; d++)
            foreach (var (parent, children) in dimensions[d].Sums)
                foreach (var at in Slices(values.Length, sizes[d], strides[d]))
                {
                    Int128 sum = 0;
                    foreach (var child in children) sum += values[at + child * strides[d]];
                    if (sum != values[at + parent * strides[d]]) broken++;
                }
        return broken == 0 ? null : broken;
    }

    /// <summary>The places of a table where one dimension stands at its first code.</summary>
    static IEnumerable<int> Slices(int length, int size, int stride)
    {
        for (var block = 0; block < length; block += size * stride) for (var i = 0; i < stride; i++) yield return block + i;
    }

    PublishedTable Number(string name, IReadOnlyList<Dimension> dimensions, string? response, long[] values, long[] units, bool zeros, Dictionary<string, UInt128> positions)
    {
        var ((sizes, strides), cells) = (Shape(dimensions), new int[values.Length]);
        for (var at = 0; at < cells.Length; at++)
        {
            cells[at] = -1;
            if (units[at] == 0 && values[at] == 0 && !zeros) continue;
            var (key, difference) = (UInt128.Zero, false);
            for (var d = 0; d < sizes.Length; d++)
            {
                var code = at / strides[d] % sizes[d];
                key += positions[dimensions[d].Name] * (UInt128)code;
                difference |= dimensions[d].IsDifference(code);
            }
            if (!_shared.TryGetValue((key, response), out cells[at]))
            {
                _shared.Add((key, response), cells[at] = _values.Count);
                _values.Add(values[at]);
                _units.Add(units[at]);
                _difference.Add(difference);
            }
        }
        return new PublishedTable(name, dimensions, cells);
    }

    /// <summary>Makes the sums, and one cell of cells that are equal because nothing else is in them.</summary>
    void Finish(List<PublishedTable> tables, bool nonNegative, bool zeros)
    {
        var rows = new List<int[]>();
        var seen = tables.Count > 1 ? new HashSet<(int, int, int, int)>() : null;
        _alias = [.. Enumerable.Range(0, _values.Count)];
        foreach (var table in tables)
        {
            var (sizes, strides) = Shape(table.Dimensions);
            for (var d = 0; d < sizes.Length; d++)
                foreach (var (parent, children) in table.Dimensions[d].Sums)
                    foreach (var at in Slices(table.Cells.Length, sizes[d], strides[d]))
                    {
                        if (table.Cells[at + parent * strides[d]] is not (>= 0 and var total)) continue;
                        var row = new List<int>(children.Length + 1) { total };
                        foreach (var child in children) if (table.Cells[at + child * strides[d]] is >= 0 and var part) row.Add(part);
                        if (row.Count == 1) continue;
                        if (row.Count == 2) { Join(total, row[1]); continue; }
                        if (seen is null || seen.Add((total, row[1], row[^1], row.Count))) rows.Add([.. row]);
                    }
        }
        var (place, next) = (new int[_values.Count], 0);
        for (var c = 0; c < place.Length; c++) place[c] = Root(c) == c ? next++ : -1;
        var (values, units, difference) = (new long[next], new long[next], new bool[next]);
        Array.Fill(difference, true);
        for (var c = 0; c < place.Length; c++)
        {
            place[c] = place[Root(c)];
            (values[place[c]], units[place[c]]) = (_values[c], Math.Max(units[place[c]], _units[c]));
            difference[place[c]] &= _difference[c];
        }
        Tables = [.. tables.Select(t => new PublishedTable(t.Name, t.Dimensions, [.. t.Cells.Select(c => c < 0 ? -1 : place[c])]))];
        (Units, Difference) = (units, difference);
        System = new(values, [.. rows.Select(r => r.Select((c, i) => (place[c], i == 0 ? 1 : -1)).ToArray()).Where(r => r.Select(x => x.Item1).Distinct().Count() == r.Length)], nonNegative);
    }

    int Root(int cell)
    {
        while (_alias![cell] != cell) cell = _alias[cell] = _alias[_alias[cell]];
        return cell;
    }

    void Join(int a, int b)
    {
        (a, b) = (Root(a), Root(b));
        _alias![Math.Max(a, b)] = Math.Min(a, b);
    }
}

/// <summary>A table and where its cells are in the system.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its dimensions.</param>
/// <param name="Cells">The cell of each combination of codes, the last dimension running fastest; -1 where there is nothing.</param>
public sealed record PublishedTable(string Name, IReadOnlyList<Dimension> Dimensions, int[] Cells)
{
    /// <summary>Whether a combination has a code that only tells what codes of two hierarchies differ by: no place of its own.</summary>
    public bool IsDifference(int at)
    {
        var codes = CodesAt(at);
        for (var d = 0; d < codes.Length; d++) if (Dimensions[d].IsDifference(codes[d])) return true;
        return false;
    }

    /// <summary>The codes of a combination, as places.</summary>
    public int[] CodesAt(int at)
    {
        var codes = new int[Dimensions.Count];
        for (var d = codes.Length - 1; d >= 0; d--)
        {
            codes[d] = at % Dimensions[d].Codes.Count;
            at /= Dimensions[d].Codes.Count;
        }
        return codes;
    }
}
