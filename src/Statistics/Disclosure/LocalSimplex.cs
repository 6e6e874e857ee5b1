using System.Runtime.InteropServices;

namespace Groeilijn.Statistics.Disclosure;

/// <summary>
/// How far can a cell move while everything published stays as it is, and at what price? The least costly movement y with
/// A y = 0, −x ≤ y, y = 0 outside the cells that may move, and y of one cell at a wanted level, or as near to it as it gets.
/// <para>
/// A dual simplex with bound flipping. It starts from "nothing moves", which is optimal as long as no price is below zero, moves the
/// one cell, and repairs the rows that this breaks. It therefore touches only the part of the system where the movement takes place:
/// the basis is the identity but for a few columns, its inverse a short product of eta columns, and a run costs the same in a table of a thousand
/// cells as in one of a million. Each cell is two columns, up and down, so that both ways have their price.
/// </para>
/// <para>Nothing relies on its arithmetic: a movement counts only after it has been rounded and checked in whole numbers.</para>
/// </summary>
sealed partial class LocalSimplex(CellSystem system)
{
    const double Big = 1e7, Tiny = 1e-9;
    const byte Low = 0, High = 1, Basic = 2;
    const int Slack = -1, Unused = -2;

    // By row of the system.
    readonly double[] _x = new double[system.Rows], _rho = new double[system.Rows], _column = new double[system.Rows], _weight = new double[system.Rows];
    readonly int[] _basis = Filled(system.Rows, Unused);
    readonly bool[] _inRho = new bool[system.Rows], _inColumn = new bool[system.Rows];
    readonly List<int> _active = [], _rhoRows = [], _columnRows = [];

    // By local cell, in order of first touch; columns 2k (up) and 2k + 1 (down).
    readonly int[] _local = Filled(system.Cells, -1);
    readonly List<int> _cells = [], _rowCells = [];
    double[] _alpha = new double[64], _price = new double[64], _cost = new double[128], _least = new double[128], _most = new double[128];
    byte[] _status = new byte[128];
    readonly List<int> _flips = [];
    bool _broken;
    readonly Dictionary<int, double> _value = [];
    bool[] _inRow = new bool[64];

    // The product form: column i of eta has its pivot in row _etaRow[i].
    readonly List<int> _etaRow = [], _etaStart = [0], _etaIndex = [];
    readonly List<double> _etaValue = [];

    /// <summary>What moves and at what price: filled in by the owner.</summary>
    internal required Func<int, double, Terms> TermsOf { get; init; }

    /// <summary>The cells of a row that may move.</summary>
    internal delegate ReadOnlySpan<int> Moving(int row, out ReadOnlySpan<int> signs);

    internal required Moving CellsOf { get; init; }

    /// <summary>A run that takes more is given up.</summary>
    internal int MostPivots { get; set; } = 20_000;

    /// <summary>Pivots done in all runs: the work, the same on every machine.</summary>
    internal long Work { get; private set; }

    /// <summary>Runs given up.</summary>
    internal int GivenUp { get; private set; }

    internal readonly record struct Terms(double Up, double Down, double Cost);

    internal readonly record struct Bound(int Cell, double Least, double Most);

    static int[] Filled(int length, int value)
    {
        var made = new int[length];
        Array.Fill(made, value);
        return made;
    }

    /// <summary>The cheapest movement of a cell by <paramref name="level"/> (below zero: down) or as far as it goes; null when the bounds leave none or the numbers fail.</summary>
    internal List<(int Cell, double By)>? Move(int cell, double level, IReadOnlyList<Bound>? bounds = null)
    {
        Clear();
        var target = Touch(cell, level);
        var (column, other) = level > 0 ? (2 * target, 2 * target + 1) : (2 * target + 1, 2 * target);
        (_cost[column], _most[column], _most[other], _least[column]) = (-Big, Math.Abs(level), 0, 0);
        _status[column] = High;
        Shift(cell, level > 0 ? 1 : -1, Math.Abs(level));
        foreach (var bound in bounds ?? []) Apply(bound, level);
        var tolerance = Tiny * Math.Max(1, Math.Abs(level));
        for (var i = 0; i < MostPivots; i++)
        {
            if (_etaIndex.Count > _etaLimit) Invert();
            if (_broken) return null;
            var row = MostBroken(tolerance, out var miss);
            if (row < 0) return Read(tolerance);
            Work++;
            if (!Pivot(row, miss, level)) return null;
        }
        GivenUp++;
        return null;
    }

    void Apply(Bound bound, double level)
    {
        var k = Touch(bound.Cell, level);
        if (_status[2 * k] == High || _status[2 * k + 1] == High)
        {
            // The wanted cell itself: its level is given and branching never bounds it.
            return;
        }
        (_least[2 * k], _most[2 * k]) = (Math.Max(0, bound.Least), Math.Max(0, Math.Min(bound.Most, _most[2 * k])));
        (_least[2 * k + 1], _most[2 * k + 1]) = (Math.Max(0, -bound.Most), Math.Max(0, Math.Min(-bound.Least, _most[2 * k + 1])));
        if (_least[2 * k] > 0) Shift(bound.Cell, 1, _least[2 * k]);
        if (_least[2 * k + 1] > 0) Shift(bound.Cell, -1, _least[2 * k + 1]);
    }

    void Shift(int cell, int direction, double by)
    {
        var rows = system.RowsOf(cell);
        var signs = system.RowSignsOf(cell);
        for (var i = 0; i < rows.Length; i++)
        {
            Activate(rows[i]);
            _x[rows[i]] -= signs[i] * direction * by;
        }
    }

    void Activate(int row)
    {
        if (_basis[row] != Unused) return;
        (_basis[row], _weight[row]) = (Slack, 1);
        _active.Add(row);
    }

    int MostBroken(double tolerance, out double miss)
    {
        var (worst, found) = (0.0, -1);
        miss = 0;
        foreach (var row in _active)
        {
            var column = _basis[row];
            var (low, high) = column < 0 ? (0, 0) : (_least[column], _most[column]);
            var by = _x[row] < low ? _x[row] - low : _x[row] > high ? _x[row] - high : 0;
            if (Math.Abs(by) <= tolerance || by * by / _weight[row] <= worst) continue;
            (worst, found, miss) = (by * by / _weight[row], row, by);
        }
        return found;
    }

    bool Pivot(int row, double miss, double level)
    {
        RowOfInverse(row);
        RowOfTableau(level);
        var entering = Ratio(miss);
        if (entering < 0) return false;
        foreach (var column in _flips) Flip(column);
        Column(entering);
        var pivot = _column[row];
        if (Math.Abs(pivot) < 1e-7 || Math.Abs(pivot - Alpha(entering)) > 1e-6 * Math.Max(1, Math.Abs(pivot))) return false;
        var theta = ReducedCost(entering) / Alpha(entering);
        foreach (var k in _rowCells) _price[k] += theta * _alpha[k];
        var leaving = _basis[row];
        var bound = leaving < 0 ? 0 : miss > 0 ? _most[leaving] : _least[leaving];
        var step = (_x[row] - bound) / pivot;
        var weight = _weight[row];
        foreach (var i in _columnRows)
        {
            if (_column[i] == 0) continue;
            Activate(i);
            _x[i] -= step * _column[i];
            // Dual Devex (Forrest and Goldfarb 1992): a row that stands for a long chain of changes is chosen late.
            _weight[i] = Math.Max(_weight[i], _column[i] / pivot * (_column[i] / pivot) * weight);
        }
        _weight[row] = Math.Max(weight / (pivot * pivot), 1);
        _x[row] = (_status[entering] == High ? _most[entering] : _least[entering]) + step;
        if (leaving >= 0) _status[leaving] = miss > 0 ? High : Low;
        _status[entering] = Basic;
        _basis[row] = entering;
        Remember(row, pivot);
        return true;
    }

    /// <summary>ρ: the row of the inverse that belongs to the leaving row.</summary>
    void RowOfInverse(int row)
    {
        foreach (var i in _rhoRows) (_rho[i], _inRho[i]) = (0, false);
        _rhoRows.Clear();
        Put(row, 1);
        var starts = CollectionsMarshal.AsSpan(_etaStart);
        var indices = CollectionsMarshal.AsSpan(_etaIndex);
        var values = CollectionsMarshal.AsSpan(_etaValue);
        var rows = CollectionsMarshal.AsSpan(_etaRow);
        for (var e = rows.Length - 1; e >= 0; e--)
        {
            double sum = 0;
            for (var at = starts[e]; at < starts[e + 1]; at++) sum += _rho[indices[at]] * values[at];
            if (sum != 0 || _rho[rows[e]] != 0) Put(rows[e], Math.Abs(sum) < 1e-13 ? 0 : sum);
        }

        void Put(int at, double value)
        {
            _rho[at] = value;
            if (_inRho[at]) return;
            _inRho[at] = true;
            _rhoRows.Add(at);
        }
    }

    /// <summary>α: that row of the tableau, for every cell that may move.</summary>
    void RowOfTableau(double level)
    {
        foreach (var k in _rowCells) (_alpha[k], _inRow[k]) = (0, false);
        _rowCells.Clear();
        foreach (var i in _rhoRows)
        {
            var factor = _rho[i];
            if (factor == 0) continue;
            var cells = CellsOf(i, out var signs);
            for (var at = 0; at < cells.Length; at++)
            {
                var k = _local[cells[at]];
                if (k < 0) k = Touch(cells[at], level);
                if (!_inRow[k]) { _inRow[k] = true; _rowCells.Add(k); }
                _alpha[k] += factor * signs[at];
            }
        }
    }

    double Alpha(int column) => (column & 1) == 0 ? _alpha[column >> 1] : -_alpha[column >> 1];

    double ReducedCost(int column) => (column & 1) == 0 ? _cost[column] - _price[column >> 1] : _cost[column] + _price[column >> 1];

    /// <summary>The column whose price changes sign first; those that are too narrow to mend the row go to their other bound and are passed.</summary>
    int Ratio(double miss)
    {
        _flips.Clear();
        var (left, sign) = (Math.Abs(miss), miss < 0 ? -1.0 : 1.0);
        while (true)
        {
            var (best, bestRatio, bestAlpha) = (-1, double.MaxValue, 0.0);
            foreach (var k in _rowCells)
            {
                var alpha = _alpha[k] * sign;
                if (Math.Abs(alpha) < 1e-7) continue;
                for (var column = 2 * k; column <= 2 * k + 1; column++, alpha = -alpha)
                {
                    // A column at its low end helps when it may rise, one at its high end when it may fall.
                    if (_status[column] == Basic || (_status[column] == Low ? alpha <= 0 : alpha >= 0) || _most[column] <= _least[column]) continue;
                    var ratio = Math.Max(0, ReducedCost(column) / alpha);
                    if (ratio > bestRatio + 1e-12 || (ratio > bestRatio - 1e-12 && Math.Abs(alpha) <= bestAlpha)) continue;
                    (best, bestRatio, bestAlpha) = (column, ratio, Math.Abs(alpha));
                }
            }
            if (best < 0) return -1;
            var mended = bestAlpha * (_most[best] - _least[best]);
            if (mended >= left - Tiny * Math.Max(1, left)) return best;
            left -= mended;
            _flips.Add(best);
            _status[best] ^= 1;
        }
    }

    void Flip(int column)
    {
        Column(column);
        var by = _status[column] == High ? _most[column] - _least[column] : _least[column] - _most[column];
        foreach (var i in _columnRows) if (_column[i] != 0) { Activate(i); _x[i] -= by * _column[i]; }
    }

    /// <summary>B⁻¹a of a column.</summary>
    void Column(int column)
    {
        foreach (var i in _columnRows) (_column[i], _inColumn[i]) = (0, false);
        _columnRows.Clear();
        var (cell, direction) = (_cells[column >> 1], (column & 1) == 0 ? 1 : -1);
        var rows = system.RowsOf(cell);
        var signs = system.RowSignsOf(cell);
        for (var i = 0; i < rows.Length; i++) Put(rows[i], signs[i] * direction);
        var starts = CollectionsMarshal.AsSpan(_etaStart);
        var indices = CollectionsMarshal.AsSpan(_etaIndex);
        var values = CollectionsMarshal.AsSpan(_etaValue);
        for (var e = 0; e < _etaRow.Count; e++)
        {
            var t = _column[_etaRow[e]];
            if (t == 0) continue;
            _column[_etaRow[e]] = 0;
            for (var at = starts[e]; at < starts[e + 1]; at++) Put(indices[at], _column[indices[at]] + t * values[at]);
        }

        void Put(int at, double value)
        {
            _column[at] = Math.Abs(value) < 1e-13 ? 0 : value;
            if (_inColumn[at]) return;
            _inColumn[at] = true;
            _columnRows.Add(at);
        }
    }

    /// <summary>The pivot as one more factor of the inverse.</summary>
    void Remember(int row, double pivot)
    {
        foreach (var i in _columnRows)
        {
            if (_column[i] == 0) continue;
            _etaIndex.Add(i);
            _etaValue.Add(i == row ? 1 / pivot : -_column[i] / pivot);
        }
        _etaRow.Add(row);
        _etaStart.Add(_etaIndex.Count);
    }

    int Touch(int cell, double level)
    {
        if (_local[cell] >= 0) return _local[cell];
        var k = _local[cell] = _cells.Count;
        _cells.Add(cell);
        if (k == _alpha.Length) Grow();
        var terms = TermsOf(cell, Math.Abs(level));
        (_alpha[k], _price[k], _inRow[k]) = (0, 0, false);
        for (var column = 2 * k; column <= 2 * k + 1; column++) (_cost[column], _least[column], _status[column]) = (terms.Cost, 0, Low);
        (_most[2 * k], _most[2 * k + 1]) = (terms.Up, terms.Down);
        return k;
    }

    void Grow()
    {
        var size = 2 * _alpha.Length;
        Array.Resize(ref _alpha, size);
        Array.Resize(ref _price, size);
        Array.Resize(ref _inRow, size);
        Array.Resize(ref _cost, 2 * size);
        Array.Resize(ref _least, 2 * size);
        Array.Resize(ref _most, 2 * size);
        Array.Resize(ref _status, 2 * size);
    }

    List<(int, double)> Read(double tolerance)
    {
        var moved = new List<(int, double)>();
        foreach (var row in _active) if (_basis[row] >= 0) _value[_basis[row]] = _x[row];
        for (var k = 0; k < _cells.Count; k++)
        {
            var by = Value(2 * k) - Value(2 * k + 1);
            if (Math.Abs(by) > tolerance) moved.Add((_cells[k], by));
        }
        _value.Clear();
        return moved;

        double Value(int column) => _status[column] switch { Basic => _value.GetValueOrDefault(column), High => _most[column], _ => _least[column] };
    }

    void Clear()
    {
        _broken = false;
        foreach (var row in _active) (_basis[row], _x[row]) = (Unused, 0);
        foreach (var cell in _cells) _local[cell] = -1;
        _active.Clear();
        _cells.Clear();
        _rowCells.Clear();
        _etaRow.Clear();
        _etaIndex.Clear();
        _etaValue.Clear();
        _etaStart.Clear();
        _etaStart.Add(0);
        _etaLimit = FirstLimit;
    }
}
