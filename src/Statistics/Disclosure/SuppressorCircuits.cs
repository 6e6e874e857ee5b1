namespace Groeilijn.Statistics.Disclosure;

/// <summary>
/// Short circuits of hidden cells that all move by the same amount: in a dense pattern there is nearly always one near by (a rectangle, a box), and finding it takes
/// a thousandth of the work of a linear program. A row that the movement breaks is mended by the hidden cell that breaks the fewest others.
/// </summary>
public sealed partial class Suppressor
{
    const int MostCells = 40, MostTries = 160, Branches = 3;

    readonly List<int> _broken = [];
    readonly List<(int Cell, int Times)> _chain = [];
    readonly int[] _imbalance, _inChain;
    int _tries;

    /// <summary>A circuit that moves the cell by exactly this, or null when none is found soon.</summary>
    Movement? Circuit(int cell, long by)
    {
        var step = Math.Abs(by);
        _tries = MostTries;
        Add(cell, Math.Sign(by));
        var found = Mend(step) ? new Movement([.. _chain.Select(c => (c.Cell, c.Times * step))]) : null;
        foreach (var row in _broken) _imbalance[row] = 0;
        foreach (var (c, _) in _chain) { _inChain[c] = 0; foreach (var row in _system.RowsOf(c)) _imbalance[row] = 0; }
        _broken.Clear();
        _chain.Clear();
        return found;
    }

    bool Mend(long step)
    {
        if (_broken.Count == 0) return true;
        if (_chain.Count >= MostCells || _tries-- <= 0) return false;
        var row = _broken[0];
        foreach (var other in _broken) if (_hiddenInRow[other] < _hiddenInRow[row]) row = other;
        Span<(int Score, int Cell)> best = stackalloc (int, int)[Branches];
        var count = 0;
        for (var k = _rowStart[row]; k < _rowStart[row] + _hiddenInRow[row]; k++)
        {
            var cell = _rowCells[k];
            if (_inChain[cell] != 0 || Math.Abs(_rowSigns[k]) != 1) continue;
            var times = -_imbalance[row] * _rowSigns[k];
            if (times < 0 && _system.NonNegative && _system.Values[cell] < -times * step) continue;
            var score = Score(cell, times);
            if (count == Branches && score >= best[^1].Score) continue;
            var at = count < Branches ? count++ : Branches - 1;
            for (; at > 0 && best[at - 1].Score > score; at--) best[at] = best[at - 1];
            best[at] = (score, cell);
        }
        for (var i = 0; i < count; i++)
        {
            var times = -_imbalance[row] * Sign(row, best[i].Cell);
            Add(best[i].Cell, times);
            if (Mend(step)) return true;
            Remove(best[i].Cell, times);
            if (_tries <= 0) return false;
        }
        return false;
    }

    /// <summary>How many more rows are broken when the cell moves too.</summary>
    int Score(int cell, int times)
    {
        var rows = _system.RowsOf(cell);
        var signs = _system.RowSignsOf(cell);
        var score = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var had = _imbalance[rows[i]];
            score += (had + signs[i] * times != 0 ? 1 : 0) - (had != 0 ? 1 : 0);
        }
        return score;
    }

    int Sign(int row, int cell)
    {
        var rows = _system.RowsOf(cell);
        return _system.RowSignsOf(cell)[rows.IndexOf(row)];
    }

    void Add(int cell, int times)
    {
        _chain.Add((cell, times));
        _inChain[cell] = 1;
        Shift(cell, times);
    }

    void Remove(int cell, int times)
    {
        _chain.RemoveAt(_chain.Count - 1);
        _inChain[cell] = 0;
        Shift(cell, -times);
    }

    void Shift(int cell, int times)
    {
        var rows = _system.RowsOf(cell);
        var signs = _system.RowSignsOf(cell);
        for (var i = 0; i < rows.Length; i++)
        {
            var had = _imbalance[rows[i]];
            _imbalance[rows[i]] = had + signs[i] * times;
            if (had == 0) _broken.Add(rows[i]);
            else if (_imbalance[rows[i]] == 0) _broken.Remove(rows[i]);
        }
    }
}
