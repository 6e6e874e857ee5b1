namespace Groeilijn.Statistics.Disclosure;

/// <summary>
/// Which hidden cells follow exactly from what is published, by sums and differences alone? Gaussian elimination of the rows, restricted to
/// the hidden cells, in exact arithmetic modulo a prime; then a random table that looks the same from outside is drawn: a cell that differs from the truth in it
/// cannot be computed. Two primes near 2⁶¹ are used, each with its own draw. What an attacker can do with "no value is below zero" is left to the certificates.
/// </summary>
public static class Elimination
{
    static readonly ulong[] s_primes = [(1UL << 61) - 1, 2305843009213693921];

    /// <summary>The hidden cells that follow exactly.</summary>
    public static bool[] Recoverable(CellSystem system, IReadOnlyList<bool> hidden) => Recoverable(system, hidden, long.MaxValue)!;

    /// <summary>The hidden cells that follow exactly; null when that would take more than so many multiplications: in large dense patterns the rows fill up.</summary>
    public static bool[]? Recoverable(CellSystem system, IReadOnlyList<bool> hidden, long most)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(hidden);
        if (Draw(system, hidden, s_primes[0], 1, most) is not { } first || Draw(system, hidden, s_primes[1], 2, most) is not { } second) return null;
        var found = new bool[system.Cells];
        for (var c = 0; c < found.Length; c++) found[c] = hidden[c] && first[c] == 0 && second[c] == 0;
        return found;
    }

    /// <summary>A random solution of the rows in the hidden cells; null when it takes too long.</summary>
    static ulong[]? Draw(CellSystem system, IReadOnlyList<bool> hidden, ulong prime, ulong seed, long most)
    {
        // Cells of few rows are eliminated first: they bring the least fill.
        int[] order = [.. Enumerable.Range(0, system.Cells).Where(c => hidden[c]).OrderBy(c => system.RowsOf(c).Length).ThenBy(c => c)];
        var rank = new int[system.Cells];
        for (var i = 0; i < order.Length; i++) rank[order[i]] = i;
        var pivots = new (int[] Ranks, ulong[] Factors)[order.Length];
        var (work, queue, queued) = (new ulong[order.Length], new PriorityQueue<int, int>(), new bool[order.Length]);
        foreach (var row in Enumerable.Range(0, system.Rows).OrderBy(r => system.CellsOf(r).Length))
        {
            var cells = system.CellsOf(row);
            var signs = system.SignsOf(row);
            for (var i = 0; i < cells.Length; i++) if (hidden[cells[i]]) Put(rank[cells[i]], signs[i] < 0 ? prime - (ulong)-signs[i] : (ulong)signs[i]);
            var (ranks, factors) = (new List<int>(), new List<ulong>());
            while (queue.TryDequeue(out var at, out _))
            {
                queued[at] = false;
                var value = work[at];
                work[at] = 0;
                if (value == 0) continue;
                if (pivots[at].Ranks is not { } known) { ranks.Add(at); factors.Add(value); continue; }
                if ((most -= known.Length) < 0) return null;
                // The pivot row has 1 at its own place: take value times it away.
                for (var k = 1; k < known.Length; k++) Put(known[k], Times(prime - value, pivots[at].Factors[k], prime));
            }
            if (ranks.Count == 0) continue;
            var inverse = Power(factors[0], prime - 2, prime);
            pivots[ranks[0]] = ([.. ranks], [.. factors.Select(f => Times(f, inverse, prime))]);
        }
        var (solution, dice) = (new ulong[system.Cells], new Throws(seed));
        for (var at = order.Length - 1; at >= 0; at--)
        {
            ulong value = 0;
            if (pivots[at].Ranks is { } ranks)
                for (var k = 1; k < ranks.Length; k++) value = Plus(value, Times(prime - pivots[at].Factors[k], solution[order[ranks[k]]], prime), prime);
            else value = 1 + dice.Next() % (prime - 1);
            solution[order[at]] = value;
        }
        return solution;

        void Put(int at, ulong value)
        {
            work[at] = Plus(work[at], value, prime);
            if (queued[at]) return;
            queued[at] = true;
            queue.Enqueue(at, at);
        }
    }

    static ulong Plus(ulong a, ulong b, ulong prime) => a >= prime - b ? a - (prime - b) : a + b;

    /// <summary>Both primes are a little less than 2⁶¹, so that what stands above bit 61 is folded back, twice, in place of a division.</summary>
    static ulong Times(ulong a, ulong b, ulong prime)
    {
        const ulong mask = (1UL << 61) - 1;
        var little = mask + 1 - prime;
        var high = Math.BigMul(a, b, out var low);
        var foldedHigh = Math.BigMul((high << 3) | (low >> 61), little, out var folded);
        var result = ((foldedHigh << 3) | (folded >> 61)) * little + (folded & mask) + (low & mask);
        while (result >= prime) result -= prime;
        return result;
    }

    static ulong Power(ulong a, ulong exponent, ulong prime)
    {
        ulong result = 1;
        for (; exponent > 0; exponent >>= 1, a = Times(a, a, prime)) if ((exponent & 1) == 1) result = Times(result, a, prime);
        return result;
    }
}
