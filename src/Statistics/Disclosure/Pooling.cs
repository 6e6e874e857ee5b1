namespace Groeilijn.Statistics.Disclosure;

/// <summary>Neighbouring groups (year groups, editions, classes of size) taken together until each has enough: an alternative to hiding, tried before it.</summary>
public static class Pooling
{
    /// <summary>
    /// The most blocks of neighbours that each have at least the minimum; among those the one whose smallest block is largest. Null when all together are too few.
    /// Each entry is where a block begins.
    /// </summary>
    public static IReadOnlyList<int>? Neighbours(IReadOnlyList<long> counts, long minimum)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var n = counts.Count;
        var best = new (int Blocks, long Smallest, int From)[n + 1];
        Array.Fill(best, (-1, 0, 0));
        best[0] = (0, long.MaxValue, 0);
        for (var to = 1; to <= n; to++)
        {
            long sum = 0;
            for (var from = to - 1; from >= 0; from--)
            {
                sum += counts[from];
                if (sum < minimum || best[from].Blocks < 0) continue;
                var made = (Blocks: best[from].Blocks + 1, Smallest: Math.Min(best[from].Smallest, sum), From: from);
                if (made.Blocks > best[to].Blocks || (made.Blocks == best[to].Blocks && made.Smallest > best[to].Smallest)) best[to] = made;
            }
        }
        if (n == 0 || best[n].Blocks < 1) return null;
        var starts = new List<int>();
        for (var at = n; at > 0; at = best[at].From) starts.Add(best[at].From);
        starts.Reverse();
        return starts;
    }

    /// <summary>What pooling loses: of the differences between groups that counts and means show, the share that lies within blocks (between 0 and 1, by weighted sums of squares).</summary>
    public static double Loss(IReadOnlyList<long> counts, IReadOnlyList<double> means, IReadOnlyList<int> starts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(starts);
        var (all, within) = (Spread(0, counts.Count), 0.0);
        for (var b = 0; b < starts.Count; b++) within += Spread(starts[b], b + 1 < starts.Count ? starts[b + 1] : counts.Count);
        return all == 0 ? 0 : within / all;

        double Spread(int from, int to)
        {
            var (weight, sum) = (0.0, 0.0);
            for (var i = from; i < to; i++) (weight, sum) = (weight + counts[i], sum + counts[i] * means[i]);
            var spread = 0.0;
            for (var i = from; i < to; i++) spread += weight == 0 ? 0 : counts[i] * (means[i] - sum / weight) * (means[i] - sum / weight);
            return spread;
        }
    }
}
