namespace Groeilijn.Statistics.Disclosure;

/// <summary>How the suppressor finds, checks and remembers movements.</summary>
public sealed partial class Suppressor
{
    /// <summary>Nodes of the search for whole numbers; more are seldom of use.</summary>
    const int MostNodes = 60;

    /// <summary>Finds certificates for a requirement among the cells that are hidden now; not deep: only where they are easy to find.</summary>
    bool Prove(int i, bool deep = true)
    {
        var (cell, up, down, width) = _requirements[i];
        var higher = Find(cell, Math.Max(up, width - down), deep);
        var reached = higher?.Of(cell) ?? 0;
        if (reached < up) return false;
        var below = Math.Max(down, width - reached);
        var lower = below > 0 ? Find(cell, -below, deep) : Movement.None;
        if (below > 0 && (lower is null || -lower.Of(cell) < below)) return false;
        Keep(i, higher ?? Movement.None, lower!);
        return true;
    }

    /// <summary>Hides the cheapest cells that let the requirement be met.</summary>
    void Make(int i)
    {
        var (cell, up, down, width) = _requirements[i];
        if (_fixed[cell]) return;
        if (up > 0 || down > 0)
        {
            if (up > 0 && (Find(cell, up, false)?.Of(cell) ?? 0) < up) Open(cell, up);
            if (down > 0 && -(Find(cell, -down, false)?.Of(cell) ?? 0) < down) Open(cell, -down);
        }
        if (width > up + down)
        {
            // What is missing may be found above or below: the cheaper way.
            var known = width > 1 || up + down > 0;
            var reached = known ? Math.Max(0, Find(cell, width - down)?.Of(cell) ?? 0) : 0;
            var lowered = known && reached < width ? Math.Max(0, -(Find(cell, -(width - reached))?.Of(cell) ?? 0)) : 0;
            if (reached + lowered < width)
            {
                var above = Cheapest(cell, width - lowered);
                var under = (above is null || (_system.Cells < 6000 && PriceOf(above) > 0)) && Room(cell) >= width - reached ? Cheapest(cell, -(width - reached)) : null;
                if ((above ?? under) is not null) HideAll(cell, PriceOf(under) < PriceOf(above) ? under! : above!);
            }
        }
        if (Prove(i)) return;
        // The way through the fractions was not one through whole numbers: look for whole numbers among all cells.
        _strict = false;
        var whole = width > up + down ? Whole(cell, width) ?? (Room(cell) >= width ? Whole(cell, -width) : null) : Whole(cell, Math.Max(up, 1));
        var other = down > 0 ? Whole(cell, -down) : null;
        _strict = true;
        foreach (var (c, _) in (whole?.Parts ?? []).Concat(other?.Parts ?? [])) Hide(c);
        Prove(i);
    }

    void Open(int cell, long by)
    {
        if (Cheapest(cell, by) is { } moved) HideAll(cell, moved);
    }

    List<(int Cell, double By)>? Cheapest(int cell, long by)
    {
        _strict = false;
        var moved = _simplex.Move(cell, by);
        _strict = true;
        return moved?.Exists(m => m.Cell == cell && Math.Abs(m.By) >= Math.Abs((double)by) * (1 - 1e-6)) == true ? moved : null;
    }

    double PriceOf(List<(int Cell, double By)>? moved) => moved is null ? double.MaxValue : moved.Sum(m => _hidden[m.Cell] ? 0 : _price[m.Cell]);

    void HideAll(int mover, List<(int Cell, double By)> moved)
    {
        foreach (var (cell, by) in moved) if (Math.Abs(by) > 1e-6) Hide(cell);
        if (Exact(moved) is { } whole && whole.Of(mover) != 0) Remember(whole);
    }

    void Remember(Movement movement)
    {
        foreach (var (c, _) in movement.Parts)
        {
            var list = _through[c] ??= [];
            if (list.Count >= 12) list.RemoveAt(0);
            list.Add(movement);
        }
    }

    long Room(int cell) => _system.NonNegative ? _system.Values[cell] : long.MaxValue;

    /// <summary>A movement of the cell by so much or as near as it gets; null when it cannot move that way.</summary>
    Movement? Find(int cell, long by, bool deep = true)
    {
        if (by == 0) return Movement.None;
        if (!_hidden[cell]) return null;
        if (by < 0 && Room(cell) < -by) by = -Room(cell);
        if (by == 0) return null;
        if (_through[cell] is { } known)
            for (var k = known.Count - 1; k >= 0; k--)
                if (Stretched(known[k], cell, by) is { } ready) return ready;
        var found = Circuit(cell, by) ?? (deep ? Whole(cell, by) : null);
        if (found is not null) Remember(found);
        return found;
    }

    /// <summary>A known movement, some times over, perhaps the other way round.</summary>
    Movement? Stretched(Movement known, int cell, long by)
    {
        var had = known.Of(cell);
        if (had == 0) return null;
        var times = (Int128)(Math.Abs((decimal)by) + Math.Abs((decimal)had) - 1) / Math.Abs(had) * (Math.Sign(by) * Math.Sign(had));
        foreach (var (c, b) in known.Parts)
            if (!_hidden[c] || (Int128)b * times is var moved && (moved > (long)Unbounded || moved < -(long)Unbounded || (moved < 0 && _system.NonNegative && _system.Values[c] + moved < 0))) return null;
        return times == 1 ? known : new([.. known.Parts.Select(p => (p.Cell, (long)(p.By * times)))]);
    }

    /// <summary>A movement in whole numbers, by branching on cells that move by a fraction.</summary>
    Movement? Whole(int cell, long by)
    {
        var first = _simplex.Move(cell, by);
        if (first is null) return null;
        var reached = first.Find(m => m.Cell == cell).By;
        if (Math.Abs(reached) < Math.Abs((double)by) * (1 - 1e-9) - 1e-6)
        {
            by = (long)Math.Truncate(reached + Math.Sign(by) * 1e-6);
            if (by == 0) return null;
            first = null;
        }
        var open = new Stack<List<LocalSimplex.Bound>>([[]]);
        for (var nodes = 0; nodes < MostNodes && open.TryPop(out var bounds); nodes++)
        {
            var moved = first ?? _simplex.Move(cell, by, bounds);
            first = null;
            if (moved is null || Math.Abs(moved.Find(m => m.Cell == cell).By) < Math.Abs((double)by) * (1 - 1e-9) - 1e-6) continue;
            var (at, most) = (-1, 1e-6);
            for (var k = 0; k < moved.Count; k++)
                if (Math.Abs(moved[k].By - Math.Round(moved[k].By)) is var off && off > most && moved[k].Cell != cell) (at, most) = (k, off);
            if (at < 0)
            {
                if (Exact(moved) is { } whole && Math.Abs(whole.Of(cell)) >= Math.Abs(by)) return whole;
                continue;
            }
            var (branch, floor) = (moved[at].Cell, Math.Floor(moved[at].By));
            open.Push([.. bounds, new(branch, floor + 1, Unbounded)]);
            open.Push([.. bounds, new(branch, -Unbounded, floor)]);
        }
        return null;
    }

    /// <summary>The rounded movement if it is one: all rows add up and nothing falls below zero.</summary>
    Movement? Exact(List<(int Cell, double By)> moved)
    {
        var parts = new List<(int, long)>(moved.Count);
        _sums.Clear();
        foreach (var (cell, by) in moved)
        {
            var whole = (long)Math.Round(by);
            if (whole == 0) continue;
            if (_strict && !_hidden[cell]) return null;
            if (whole < 0 && _system.NonNegative && _system.Values[cell] + whole < 0) return null;
            parts.Add((cell, whole));
            var rows = _system.RowsOf(cell);
            var signs = _system.RowSignsOf(cell);
            for (var i = 0; i < rows.Length; i++) _sums[rows[i]] = _sums.GetValueOrDefault(rows[i]) + signs[i] * whole;
        }
        foreach (var sum in _sums.Values) if (sum != 0) return null;
        return new(parts);
    }

    void Keep(int i, Movement? up, Movement? down)
    {
        (_up[i], _down[i]) = (up, down);
        foreach (var (cell, _) in (up?.Parts ?? []).Concat(down?.Parts ?? []))
            if (!_free[cell] && (_users[cell] ??= []) is var users && (users.Count == 0 || users[^1] != i)) users.Add(i);
    }

    /// <summary>The requirements whose certificates move this cell.</summary>
    int[] Users(int cell)
    {
        if (_users[cell] is not { } users) return [];
        int[] now = [.. users.Distinct().Where(i => (_up[i]?.Of(cell) ?? 0) != 0 || (_down[i]?.Of(cell) ?? 0) != 0).Order()];
        _users[cell] = [.. now];
        return now;
    }

    LocalSimplex.Terms TermsOf(int cell, double level)
    {
        var may = _hidden[cell] || (!_strict && !_fixed[cell]);
        if (!may) return new(0, 0, 0);
        var down = _system.NonNegative ? (double)_system.Values[cell] : Unbounded;
        var price = _hidden[cell] ? Hardly * (1 + Unit(cell)) : _price[cell] * (_jitter?[cell] ?? 1);
        // A cell too small to carry the whole movement is dear for what it carries.
        return new(Unbounded, down, down > 0 && down < level && !_hidden[cell] ? price * level / down : price);
    }

    ReadOnlySpan<int> Moving(int row, out ReadOnlySpan<int> signs)
    {
        var count = _strict ? _hiddenInRow[row] : _rowStart[row + 1] - _rowStart[row];
        signs = _rowSigns.AsSpan(_rowStart[row], count);
        return _rowCells.AsSpan(_rowStart[row], count);
    }

    void Hide(int cell)
    {
        if (_hidden[cell]) return;
        _hidden[cell] = true;
        foreach (var row in _system.RowsOf(cell)) Swap(row, cell, _hiddenInRow[row]++);
    }

    void Publish(int cell)
    {
        if (!_hidden[cell]) return;
        _hidden[cell] = false;
        foreach (var row in _system.RowsOf(cell)) Swap(row, cell, --_hiddenInRow[row]);
    }

    /// <summary>The hidden cells of a row stand before the others.</summary>
    void Swap(int row, int cell, int to)
    {
        var start = _rowStart[row];
        var at = Array.IndexOf(_rowCells, cell, start, _rowStart[row + 1] - start);
        (_rowCells[at], _rowCells[start + to]) = (_rowCells[start + to], _rowCells[at]);
        (_rowSigns[at], _rowSigns[start + to]) = (_rowSigns[start + to], _rowSigns[at]);
    }
}
