namespace Groeilijn.Statistics.Disclosure;

/// <summary>
/// The inverse made anew when its product has grown long: columns in an order that is triangular as far as it goes, so that most of them enter as they are. Columns
/// of tables are nearly networks, and hardly any are left over.
/// </summary>
sealed partial class LocalSimplex
{
    const int FirstLimit = 4000;

    int _etaLimit = FirstLimit;

    void Invert()
    {
        var columns = new List<int>();
        var (value, weight, rows) = (new Dictionary<int, double>(), new Dictionary<int, double>(), new HashSet<int>());
        foreach (var row in _active)
        {
            if (_basis[row] is not (>= 0 and var column)) continue;
            columns.Add(column);
            rows.Add(row);
            (value[column], weight[column]) = (_x[row], _weight[row]);
        }
        var order = Triangular(columns, rows);
        // What is left over chooses among the rows that nobody else has.
        foreach (var (_, row) in order) rows.Remove(row);
        _etaRow.Clear();
        _etaIndex.Clear();
        _etaValue.Clear();
        _etaStart.Clear();
        _etaStart.Add(0);
        foreach (var (column, row) in order)
        {
            Column(column);
            var at = row >= 0 ? row : Largest(rows);
            // A basis that has become singular in rounding: give up this run, nothing relies on it.
            if (at < 0 || Math.Abs(_column[at]) < 1e-9) { _broken = true; return; }
            Remember(at, _column[at]);
            rows.Remove(at);
            (_basis[at], _x[at], _weight[at]) = (column, value[column], weight[column]);
        }
        _etaLimit = Math.Max(FirstLimit, 3 * _etaIndex.Count);
    }

    int Largest(HashSet<int> rows)
    {
        var (at, most) = (-1, 0.0);
        foreach (var i in _columnRows) if (rows.Contains(i) && Math.Abs(_column[i]) > most) (at, most) = (i, Math.Abs(_column[i]));
        return at;
    }

    /// <summary>Columns with their pivot rows: first those that stand alone in a row, last those that have one row left; between them the few that have neither (row −1).</summary>
    List<(int Column, int Row)> Triangular(List<int> columns, HashSet<int> rows)
    {
        var (inRow, left) = (new Dictionary<int, List<int>>(), new Dictionary<int, int>());
        foreach (var column in columns)
        {
            foreach (var row in system.RowsOf(_cells[column >> 1]))
            {
                if (!rows.Contains(row)) continue;
                left[column] = left.GetValueOrDefault(column) + 1;
                if (!inRow.TryGetValue(row, out var list)) inRow.Add(row, list = []);
                list.Add(column);
            }
        }
        var count = inRow.ToDictionary(r => r.Key, r => r.Value.Count);
        var (first, last, gone, goneRows) = (new List<(int, int)>(), new List<(int, int)>(), new HashSet<int>(), new HashSet<int>());
        var (single, lone) = (new Queue<int>(count.Where(c => c.Value == 1).Select(c => c.Key).Order()), new Queue<int>(columns.Where(c => left.GetValueOrDefault(c) == 1)));
        while (true)
        {
            if (single.TryDequeue(out var row))
            {
                if (goneRows.Contains(row) || count[row] != 1) continue;
                Take(inRow[row].First(c => !gone.Contains(c)), row, first);
            }
            else if (lone.TryDequeue(out var column))
            {
                if (gone.Contains(column) || left[column] != 1) continue;
                foreach (var r in system.RowsOf(_cells[column >> 1])) if (rows.Contains(r) && !goneRows.Contains(r)) { Take(column, r, last); break; }
            }
            else break;
        }
        List<(int, int)> between = [.. columns.Where(c => !gone.Contains(c)).OrderBy(c => left.GetValueOrDefault(c)).ThenBy(c => c).Select(c => (c, -1))];
        last.Reverse();
        return [.. first, .. between, .. last];

        void Take(int column, int row, List<(int, int)> into)
        {
            into.Add((column, row));
            gone.Add(column);
            goneRows.Add(row);
            foreach (var r in system.RowsOf(_cells[column >> 1])) if (rows.Contains(r) && !goneRows.Contains(r) && --count[r] == 1) single.Enqueue(r);
            foreach (var other in inRow[row]) if (!gone.Contains(other) && --left[other] == 1) lone.Enqueue(other);
        }
    }
}
