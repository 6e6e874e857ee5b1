namespace Groeilijn.Statistics.Disclosure;

/// <summary>A rounded publication and what it cost.</summary>
/// <param name="Values">The new value of each cell.</param>
/// <param name="Changed">How many cells differ from the truth.</param>
/// <param name="Largest">The largest difference.</param>
/// <param name="Mean">The mean absolute difference.</param>
public sealed record Rounding(long[] Values, int Changed, long Largest, double Mean);

/// <summary>
/// Small-count rounding (after Langsrud and Heldal): lowest cells with a count below the base become 0 or the base, chosen so that the totals stay near the truth;
/// every total is then added up from them, so that all tables agree with each other. An alternative to hiding: nothing is hidden and no count below the base is shown in a lowest cell, nor can one arise in a total.
/// </summary>
public static class SmallCountRounding
{
    /// <summary>Rounds a publication of counts.</summary>
    /// <exception cref="ArgumentException">The publication is not one of counts.</exception>
    public static Rounding Round(Publication publication, int to)
    {
        ArgumentNullException.ThrowIfNull(publication);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, 2);
        if (!publication.Counts) throw new ArgumentException("only counts can be rounded", nameof(publication));
        var system = publication.System;
        var (isTotal, totals, parents) = (new bool[system.Cells], new List<int>[system.Rows], new int[system.Cells][]);
        for (var row = 0; row < system.Rows; row++)
        {
            totals[row] = [];
            for (var i = 0; i < system.CellsOf(row).Length; i++) if (system.SignsOf(row)[i] > 0) totals[row].Add(system.CellsOf(row)[i]);
            foreach (var total in totals[row]) isTotal[total] = true;
        }
        int[] small = [.. Enumerable.Range(0, system.Cells).Where(c => !isTotal[c] && system.Values[c] > 0 && system.Values[c] < to).OrderByDescending(c => system.Values[c]).ThenBy(c => c)];
        // A lowest cell counts in every cell above it, once each.
        foreach (var cell in small)
        {
            var (seen, open) = (new HashSet<int> { cell }, new Stack<int>([cell]));
            while (open.TryPop(out var at))
                for (var i = 0; i < system.RowsOf(at).Length; i++)
                    if (system.RowSignsOf(at)[i] < 0)
                        foreach (var total in totals[system.RowsOf(at)[i]]) if (seen.Add(total)) open.Push(total);
            parents[cell] = [.. seen.Order()];
        }
        var (off, up) = (new long[system.Cells], new bool[system.Cells]);
        foreach (var cell in small) Add(cell, -system.Values[cell]);
        foreach (var cell in small) if (Gain(cell, to) < 0) { up[cell] = true; Add(cell, to); }
        // Exchange and flip as long as the sum of squared differences falls.
        for (var (round, better) = (0, true); better && round < 50; round++)
        {
            better = false;
            foreach (var cell in small)
            {
                var by = up[cell] ? -to : to;
                if (Gain(cell, by) >= 0) continue;
                up[cell] = !up[cell];
                Add(cell, by);
                better = true;
            }
        }
        var values = system.Values.Select((v, c) => v + off[c]).ToArray();
        return new(values, off.Count(d => d != 0), off.Length == 0 ? 0 : off.Max(Math.Abs), off.Length == 0 ? 0 : off.Average(d => (double)Math.Abs(d)));

        void Add(int cell, long by) { foreach (var above in parents[cell]) off[above] += by; }

        double Gain(int cell, long by)
        {
            double gain = 0;
            foreach (var above in parents[cell]) if (above != cell) gain += 2.0 * off[above] * by + (double)by * by;
            return gain;
        }
    }
}
