namespace Groeilijn.Statistics.Disclosure;

/// <summary>
/// Everything an attacker knows to hold between cells: each row says that whole-number multiples of some cells add up to zero
/// (a total less its parts). Cells are numbered from zero and have exact values, whole numbers in the smallest unit.
/// </summary>
public sealed class CellSystem
{
    readonly int[] _rowStart, _rowCells, _cellStart, _cellRows;
    readonly int[] _rowSigns, _cellSigns;

    /// <summary>A system from values and rows.</summary>
    /// <param name="values">The true value of each cell.</param>
    /// <param name="rows">Rows of (cell, multiple); a cell stands in a row once.</param>
    /// <param name="nonNegative">Whether an attacker knows that no value is below zero.</param>
    /// <exception cref="ArgumentException">A row does not add up to zero.</exception>
    public CellSystem(long[] values, IReadOnlyList<(int Cell, int Sign)[]> rows, bool nonNegative = true)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(rows);
        (Values, NonNegative) = (values, nonNegative);
        _rowStart = new int[rows.Count + 1];
        for (var r = 0; r < rows.Count; r++) _rowStart[r + 1] = _rowStart[r] + rows[r].Length;
        (_rowCells, _rowSigns) = (new int[_rowStart[^1]], new int[_rowStart[^1]]);
        _cellStart = new int[values.Length + 1];
        for (var r = 0; r < rows.Count; r++)
        {
            Int128 sum = 0;
            for (var (i, at) = (0, _rowStart[r]); i < rows[r].Length; i++, at++)
            {
                (_rowCells[at], _rowSigns[at]) = rows[r][i];
                sum += (Int128)values[_rowCells[at]] * _rowSigns[at];
                _cellStart[_rowCells[at] + 1]++;
            }
            if (sum != 0) throw new ArgumentException($"row {r} does not add up to zero", nameof(rows));
        }
        for (var c = 0; c < values.Length; c++) _cellStart[c + 1] += _cellStart[c];
        (_cellRows, _cellSigns) = (new int[_rowStart[^1]], new int[_rowStart[^1]]);
        var next = _cellStart.AsSpan(0, values.Length).ToArray();
        for (var r = 0; r < rows.Count; r++)
            for (var at = _rowStart[r]; at < _rowStart[r + 1]; at++)
                (_cellRows[next[_rowCells[at]]], _cellSigns[next[_rowCells[at]]++]) = (r, _rowSigns[at]);
    }

    /// <summary>The true value of each cell.</summary>
    public long[] Values { get; }

    /// <summary>Whether an attacker knows that no value is below zero.</summary>
    public bool NonNegative { get; }

    /// <summary>How many cells.</summary>
    public int Cells => Values.Length;

    /// <summary>How many rows.</summary>
    public int Rows => _rowStart.Length - 1;

    /// <summary>The cells of a row.</summary>
    public ReadOnlySpan<int> CellsOf(int row) => _rowCells.AsSpan(_rowStart[row].._rowStart[row + 1]);

    /// <summary>The multiples that belong to <see cref="CellsOf"/>.</summary>
    public ReadOnlySpan<int> SignsOf(int row) => _rowSigns.AsSpan(_rowStart[row].._rowStart[row + 1]);

    /// <summary>The rows a cell stands in.</summary>
    public ReadOnlySpan<int> RowsOf(int cell) => _cellRows.AsSpan(_cellStart[cell].._cellStart[cell + 1]);

    /// <summary>The multiples that belong to <see cref="RowsOf"/>.</summary>
    public ReadOnlySpan<int> RowSignsOf(int cell) => _cellSigns.AsSpan(_cellStart[cell].._cellStart[cell + 1]);

    /// <summary>The same system with one more cell, which is the sum of some others.</summary>
    public CellSystem With(IReadOnlyList<int[]> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var rows = new List<(int, int)[]>(Rows + sums.Count);
        for (var r = 0; r < Rows; r++)
        {
            var row = new (int, int)[CellsOf(r).Length];
            for (var i = 0; i < row.Length; i++) row[i] = (CellsOf(r)[i], SignsOf(r)[i]);
            rows.Add(row);
        }
        var values = new long[Cells + sums.Count];
        Values.CopyTo(values, 0);
        for (var s = 0; s < sums.Count; s++)
        {
            foreach (var cell in sums[s]) values[Cells + s] += Values[cell];
            rows.Add([(Cells + s, 1), .. sums[s].Select(c => (c, -1))]);
        }
        return new(values, rows, NonNegative);
    }
}
