namespace Groeilijn.Statistics.Growth;

/// <summary>One school of a trial: what is true of a difference and what is believed of it, in SD.</summary>
public readonly record struct TrialDifference(double Truth, Posterior Believed);

/// <summary>
/// Invented schools whose truth is known, to see how often words for gaps between groups (<see cref="PooledEffects"/>) and for three years (<see cref="PooledSeries"/>) are false: pupils of two groups
/// whose shares differ over schools, and six half-years of schools of very different size.
/// </summary>
public static class DifferenceTrial
{
    const int Editions = 6, Fewest = 10;

    /// <summary>
    /// Gaps: pupils' growth with standard deviation 1, in the first group <paramref name="mean"/> less or more. Of each school with ten pupils or more in both groups: the gap less the mean gap, in the mean
    /// gap's own direction.
    /// </summary>
    /// <param name="seed">The same seed gives the same schools.</param>
    /// <param name="schools">How many.</param>
    /// <param name="between">The standard deviation of gaps between schools; 0 when no school differs.</param>
    /// <param name="mean">The mean gap.</param>
    public static IReadOnlyList<TrialDifference> Gaps(int seed, int schools, double between, double mean = -0.15)
    {
        var dice = new Throws(3, (ulong)seed);
        var (gaps, truths, weights, sizes, squares, freedom) = (new double[schools], new double[schools], new double[schools], new int[schools], 0.0, 0L);
        for (var j = 0; j < schools; j++)
        {
            var all = 12 + (int)(60 * Math.Exp(0.6 * dice.Normal()));
            var first = Math.Clamp((int)(all * (0.1 + 0.8 * dice.Unit())), 2, all - 2);
            truths[j] = between * dice.Normal();
            var (one, other) = (Group(dice, first, mean + truths[j]), Group(dice, all - first, 0));
            gaps[j] = one.Mean - other.Mean;
            weights[j] = (double)first * (all - first) / all;
            sizes[j] = Math.Min(first, all - first);
            (squares, freedom) = (squares + one.Squares + other.Squares, freedom + all - 2);
        }
        var within = squares / freedom;
        var pooled = PooledEffects.Of(gaps, [.. weights.Select(weight => within / weight)])!;
        var direction = pooled.Mean.Mean < 0 ? -1 : 1;
        return [.. Enumerable.Range(0, schools).Where(j => sizes[j] >= Fewest).Select(j => new TrialDifference(direction * truths[j], pooled.FromMean(gaps[j], within / weights[j]).Times(direction)))];
    }

    /// <summary>Three years: of each school the pooled difference of six half-years.</summary>
    /// <param name="seed">The same seed gives the same schools.</param>
    /// <param name="schools">How many.</param>
    /// <param name="lasting">The standard deviation between schools of what lasts.</param>
    /// <param name="passing">The standard deviation of what passes.</param>
    public static IReadOnlyList<TrialDifference> ThreeYears(int seed, int schools, double lasting, double passing)
    {
        var dice = new Throws(4, (ulong)seed);
        var (points, truths) = (new List<SeriesPoint[]>(), new List<double>());
        for (var j = 0; j < schools; j++)
        {
            var (size, lasts, truth, pupils) = (8 + (int)(60 * Math.Exp(0.6 * dice.Normal())), lasting * dice.Normal(), 0.0, 0);
            var own = new SeriesPoint[Editions];
            for (var e = 0; e < Editions; e++)
            {
                var n = Math.Max(2, (int)(size * (0.75 + 0.5 * dice.Unit())));
                var difference = lasts + passing * dice.Normal();
                own[e] = new SeriesPoint(difference + dice.Normal() / Math.Sqrt(n), 1.0 / n, n);
                (truth, pupils) = (truth + n * difference, pupils + n);
            }
            points.Add(own);
            truths.Add(truth / pupils);
        }
        return [.. PooledSeries.Of(points).Schools.Select((school, j) => new TrialDifference(truths[j], school.Pooled!.Value))];
    }

    static (double Mean, double Squares) Group(Throws dice, int pupils, double mean)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < pupils; i++)
        {
            var growth = mean + dice.Normal();
            (sum, squares) = (sum + growth, squares + growth * growth);
        }
        return (sum / pupils, squares - sum * sum / pupils);
    }
}
