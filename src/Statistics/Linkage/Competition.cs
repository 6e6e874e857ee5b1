namespace Groeilijn.Statistics.Linkage;

/// <summary>A candidate link: its two records and the odds of being the partner against having none.</summary>
readonly record struct Rival(int Row, int Column, double Odds);

/// <summary>
/// Candidates that share records, decided together: of all ways to pair them off one to one, the probability of each pair (the weight of the ways
/// that hold it, over all ways) and the most probable way. Exact by sums over subsets of the shorter side while that has at most ten records; beyond,
/// the probabilities are those of belief propagation (exact where the candidates form no ring) and the assignment is Hungarian.
/// </summary>
static class Competition
{
    const int MostBits = 10, MostStates = 1 << 20, Sweeps = 60, MostHungarian = 400;
    const double LargestOdds = 1e15, Likelier = 1e-6;

    /// <summary>Decides one connected set of rivals, whose rows and columns count from 0.</summary>
    /// <param name="rivals">The candidates.</param>
    /// <param name="probability">Receives each candidate's probability.</param>
    /// <param name="chosen">Receives whether the best way holds it.</param>
    /// <param name="lift">What a pair's odds count for when the best way is sought: 1 for the most probable way, more when a link is worth its risk below even odds.</param>
    internal static void Decide(ReadOnlySpan<Rival> rivals, Span<double> probability, Span<bool> chosen, double lift = 1)
    {
        if (rivals.Length == 1)
        {
            (probability[0], chosen[0]) = (rivals[0].Odds / (1 + rivals[0].Odds), rivals[0].Odds * lift > 1);
            return;
        }
        int rows = 0, columns = 0;
        foreach (var rival in rivals) (rows, columns) = (Math.Max(rows, rival.Row + 1), Math.Max(columns, rival.Column + 1));
        var flipped = columns > rows;
        var sides = new (int Step, int Bit, double Odds)[rivals.Length];
        for (var e = 0; e < sides.Length; e++)
        {
            var odds = Math.Min(rivals[e].Odds, LargestOdds);
            sides[e] = flipped ? (rivals[e].Column, rivals[e].Row, odds) : (rivals[e].Row, rivals[e].Column, odds);
        }
        var (steps, bits) = flipped ? (columns, rows) : (rows, columns);
        if (bits <= MostBits && (steps + 1L) << bits <= MostStates) Exact(sides, steps, bits, lift, probability, chosen);
        else
        {
            Propagate(sides, steps, bits, probability);
            if (steps <= MostHungarian) Hungarian(sides, steps, bits, Worth(sides, lift, probability), chosen);
            else Greedy(sides, steps, bits, probability, chosen);
        }
    }

    /// <summary>Sums over which of the shorter side are taken, step by step along the longer, from both ends.</summary>
    static void Exact((int Step, int Bit, double Odds)[] edges, int steps, int bits, double lift, Span<double> probability, Span<bool> chosen)
    {
        var size = 1 << bits;
        var byStep = new List<int>[steps];
        for (var s = 0; s < steps; s++) byStep[s] = [];
        for (var e = 0; e < edges.Length; e++) byStep[edges[e].Step].Add(e);
        double[][] ahead = Tables(steps, size), behind = Tables(steps, size);
        ahead[0][0] = 1;
        Array.Fill(behind[steps], 1);
        for (var s = 0; s < steps; s++)
            for (var taken = 0; taken < size; taken++)
            {
                if (ahead[s][taken] == 0) continue;
                ahead[s + 1][taken] += ahead[s][taken];
                foreach (var e in byStep[s])
                {
                    var bit = 1 << edges[e].Bit;
                    if ((taken & bit) == 0) ahead[s + 1][taken | bit] += ahead[s][taken] * edges[e].Odds;
                }
            }
        for (var s = steps - 1; s >= 0; s--)
            for (var taken = 0; taken < size; taken++)
            {
                var sum = behind[s + 1][taken];
                foreach (var e in byStep[s]) if ((taken >> edges[e].Bit & 1) == 0) sum += edges[e].Odds * behind[s + 1][taken | 1 << edges[e].Bit];
                behind[s][taken] = sum;
            }
        var total = behind[0][0];
        for (var e = 0; e < edges.Length; e++)
        {
            var (s, bit, sum) = (edges[e].Step, 1 << edges[e].Bit, 0.0);
            for (var taken = 0; taken < size; taken++) if ((taken & bit) == 0) sum += ahead[s][taken] * behind[s + 1][taken | bit];
            probability[e] = sum * edges[e].Odds / total;
        }
        Best(edges, byStep, size, Worth(edges, lift, probability), chosen);
    }

    /// <summary>What a pair counts for when the best way is sought. Of ways that are equally good the one with the likelier pairs is taken, and never the first that comes.</summary>
    static double[] Worth((int Step, int Bit, double Odds)[] edges, double lift, ReadOnlySpan<double> probability)
    {
        var worth = new double[edges.Length];
        for (var e = 0; e < worth.Length; e++) worth[e] = edges[e].Odds * lift * (1 + Likelier * probability[e]);
        return worth;
    }

    static double[][] Tables(int steps, int size)
    {
        var tables = new double[steps + 1][];
        for (var s = 0; s <= steps; s++) tables[s] = new double[size];
        return tables;
    }

    /// <summary>The best way of all, step by step, and then back along it.</summary>
    static void Best((int Step, int Bit, double Odds)[] edges, List<int>[] byStep, int size, double[] worth, Span<bool> chosen)
    {
        var (steps, taken) = (byStep.Length, 0);
        var best = Tables(steps, size);
        best[0][0] = 1;
        for (var s = 0; s < steps; s++)
            for (var t = 0; t < size; t++)
            {
                if (best[s][t] == 0) continue;
                best[s + 1][t] = Math.Max(best[s + 1][t], best[s][t]);
                foreach (var e in byStep[s])
                    if ((t >> edges[e].Bit & 1) == 0) best[s + 1][t | 1 << edges[e].Bit] = Math.Max(best[s + 1][t | 1 << edges[e].Bit], best[s][t] * worth[e]);
            }
        for (var t = 1; t < size; t++) if (best[steps][t] > best[steps][taken]) taken = t;
        for (var s = steps; s > 0; s--)
        {
            if (best[s][taken] == best[s - 1][taken]) continue;
            foreach (var e in byStep[s - 1])
            {
                var bit = 1 << edges[e].Bit;
                if ((taken & bit) == 0 || best[s - 1][taken ^ bit] * worth[e] != best[s][taken]) continue;
                (chosen[e], taken) = (true, taken ^ bit);
                break;
            }
        }
    }

    /// <summary>Bethe's approximation of the same probabilities: messages between rows and columns.</summary>
    static void Propagate((int Step, int Bit, double Odds)[] edges, int steps, int bits, Span<double> probability)
    {
        var (from, back) = (new double[edges.Length], new double[edges.Length]);
        var (stepSum, bitSum) = (new double[steps], new double[bits]);
        Array.Fill(back, 1);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            Array.Clear(stepSum);
            Array.Clear(bitSum);
            for (var e = 0; e < edges.Length; e++) stepSum[edges[e].Step] += edges[e].Odds * back[e];
            for (var e = 0; e < edges.Length; e++) bitSum[edges[e].Bit] += from[e] = edges[e].Odds / (1 + Math.Max(0, stepSum[edges[e].Step] - edges[e].Odds * back[e]));
            for (var e = 0; e < edges.Length; e++) back[e] = 1 / (1 + Math.Max(0, bitSum[edges[e].Bit] - from[e]));
        }
        for (var e = 0; e < edges.Length; e++) probability[e] = from[e] * back[e] / (1 + from[e] * back[e]);
    }

    /// <summary>The largest sum of log odds, by shortest augmenting paths (Jonker and Volgenant's form of Kuhn's method); "none" costs nothing.</summary>
    static void Hungarian((int Step, int Bit, double Odds)[] edges, int steps, int bits, double[] worth, Span<bool> chosen)
    {
        var width = bits + steps;
        var (cost, edgeAt) = (new double[steps + 1, width + 1], new int[steps + 1, width + 1]);
        for (var s = 1; s <= steps; s++) for (var b = 1; b <= bits; b++) cost[s, b] = 1e6;
        for (var e = 0; e < edges.Length; e++) (cost[edges[e].Step + 1, edges[e].Bit + 1], edgeAt[edges[e].Step + 1, edges[e].Bit + 1]) = (-Math.Log(worth[e]), e + 1);
        var (u, v, match, way) = (new double[steps + 1], new double[width + 1], new int[width + 1], new int[width + 1]);
        for (var s = 1; s <= steps; s++) Augment(cost, u, v, match, way, s, width);
        for (var b = 1; b <= bits; b++) if (match[b] != 0 && edgeAt[match[b], b] is > 0 and var e) chosen[e - 1] = true;
    }

    static void Augment(double[,] cost, double[] u, double[] v, int[] match, int[] way, int row, int width)
    {
        var (least, used) = (new double[width + 1], new bool[width + 1]);
        Array.Fill(least, double.PositiveInfinity);
        match[0] = row;
        var at = 0;
        while (match[at] != 0)
        {
            used[at] = true;
            var (current, next, delta) = (match[at], 0, double.PositiveInfinity);
            for (var j = 1; j <= width; j++)
            {
                if (used[j]) continue;
                var reduced = cost[current, j] - u[current] - v[j];
                if (reduced < least[j]) (least[j], way[j]) = (reduced, at);
                if (least[j] < delta) (delta, next) = (least[j], j);
            }
            for (var j = 0; j <= width; j++)
                if (used[j]) (u[match[j]], v[j]) = (u[match[j]] + delta, v[j] - delta);
                else least[j] -= delta;
            at = next;
        }
        for (; at != 0; at = way[at]) match[at] = match[way[at]];
    }

    static void Greedy((int Step, int Bit, double Odds)[] edges, int steps, int bits, ReadOnlySpan<double> probability, Span<bool> chosen)
    {
        var (takenStep, takenBit, by) = (new bool[steps], new bool[bits], probability.ToArray());
        foreach (var e in Enumerable.Range(0, edges.Length).OrderByDescending(e => by[e]).ThenBy(e => edges[e].Step).ThenBy(e => edges[e].Bit))
            if (!takenStep[edges[e].Step] && !takenBit[edges[e].Bit]) chosen[e] = takenStep[edges[e].Step] = takenBit[edges[e].Bit] = true;
    }
}
