using System.Runtime.InteropServices;

namespace Groeilijn.Statistics.Growth;

/// <summary>One pupil's conditional growth percentile.</summary>
/// <param name="Percentile">1 to 99: the share of pupils with the same prior scores who scored lower; 0 when there is none for want of a score or a prior score.</param>
/// <param name="Order">How many prior scores it rests on; 0 when there is none.</param>
public readonly record struct GrowthPercentile(int Percentile, int Order);

/// <summary>
/// Conditional growth percentiles (Betebenner 2009) as the R package SGP computes them: quantile regression of the score on cubic
/// B-splines of up to three prior scores at the levels 0.005, 0.015 … 0.995; a pupil's percentile is the number of fitted quantiles,
/// rounded to five digits, below the score, with 0 as 1 and 100 as 99; of several orders the highest a pupil has counts. Solved exactly.
/// A single pupil's percentile is uncertain by some twenty points: only means of groups belong in a report.
/// </summary>
public static class GrowthPercentiles
{
    /// <summary>The levels, 100 of them.</summary>
    public const int Levels = 100;

    /// <summary>The percentile of every pupil.</summary>
    /// <param name="scores">The scores; a value that is not a number is missing.</param>
    /// <param name="priors">One to three columns of prior scores, the most recent first.</param>
    /// <returns>One percentile a pupil, in the order of the scores, or why there are none.</returns>
    public static Fitted<GrowthPercentile[]> Of(double[] scores, params IReadOnlyList<double[]> priors)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(priors);
        ArgumentOutOfRangeException.ThrowIfZero(priors.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priors.Count, 3);
        var made = new GrowthPercentile[scores.Length];
        for (var order = priors.Count; order >= 1; order--)
        {
            var used = priors.Take(order).ToArray();
            int[] rows = [.. Enumerable.Range(0, scores.Length).Where(i => !double.IsNaN(scores[i]) && Array.TrueForAll(used, u => !double.IsNaN(u[i])))];
            if (order > 1 && rows.Length < 50 * (1 + 7 * order)) continue;
            if (Array.TrueForAll(rows, i => made[i].Order > 0)) continue; // each has a percentile of a higher order
            if (Fit(scores, used, rows) is not { } percentiles)
            {
                if (order > 1) continue;
                return new FitRefusal(FitRefusalCode.TooFewRows, "the prior scores take too few values for a curve, or there are too few pupils", "growth percentiles ask some hundreds of pupils and prior scores on a scale of many values");
            }
            for (var k = 0; k < rows.Length; k++) if (made[rows[k]].Order == 0) made[rows[k]] = new GrowthPercentile(percentiles[k], order);
        }
        return made;
    }

    /// <summary>The percentiles of some rows at one order; null when the regression cannot be made.</summary>
    static int[]? Fit(double[] scores, double[][] priors, int[] rows)
    {
        var p = 1 + 7 * priors.Length;
        if (rows.Length <= 2 * p) return null;
        var bases = Array.ConvertAll(priors, prior => SplineBasis.Of(Array.ConvertAll(rows, i => prior[i])));
        if (Array.Exists(bases, b => !(b.High > b.Low))) return null;
        var (group, count, weights) = Together(scores, priors, rows);
        var (x, y) = (new double[count * p], new double[count]);
        for (var k = 0; k < rows.Length; k++)
        {
            y[group[k]] = scores[rows[k]];
            var row = x.AsSpan(group[k] * p, p);
            if (row[0] == 1) continue;
            row[0] = 1;
            for (var b = 0; b < bases.Length; b++) bases[b].At(priors[b][rows[k]], row[(1 + 7 * b)..]);
        }
        if (QuantileRegression.Of(x, y, weights, p) is not { } regression) return null;
        var coefficients = new double[Levels * p];
        for (var k = 0; k < Levels; k++)
        {
            if (regression.At((k + 0.5) / Levels) is not { } beta) return null;
            beta.CopyTo(coefficients, k * p);
        }
        var below = Below(x, y, coefficients, p);
        return Array.ConvertAll(group, g => Math.Clamp(below[g], 1, 99));
    }

    /// <summary>Pupils with the same scores are one row with their number as its weight.</summary>
    static (int[] Group, int Count, double[] Weights) Together(double[] scores, double[][] priors, int[] rows)
    {
        var known = new Dictionary<(double, double, double, double), int>(rows.Length);
        var (group, weights) = (new int[rows.Length], new List<double>());
        for (var k = 0; k < rows.Length; k++)
        {
            var i = rows[k];
            var key = (scores[i], priors[0][i], priors.Length > 1 ? priors[1][i] : 0, priors.Length > 2 ? priors[2][i] : 0);
            ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(known, key, out var seen);
            if (!seen)
            {
                at = weights.Count;
                weights.Add(0);
            }
            group[k] = at;
            weights[at]++;
        }
        return (group, weights.Count, [.. weights]);
    }

    /// <summary>How many of the fitted quantiles, rounded to five digits, lie below each score. Crossing quantiles are sorted in SGP, which leaves the number as it is.</summary>
    static int[] Below(double[] x, double[] y, double[] coefficients, int p)
    {
        const int block = 256;
        var below = new int[y.Length];
        var fitted = new double[block * Levels];
        for (var from = 0; from < y.Length; from += block)
        {
            var rows = Math.Min(block, y.Length - from);
            Array.Clear(fitted);
            Dense.SubtractProduct(fitted, Levels, x.AsSpan(from * p), p, coefficients, p, rows, Levels, p);
            for (var i = 0; i < rows; i++)
                for (var k = 0; k < Levels; k++)
                    if (Math.Round(-fitted[i * Levels + k], 5) < y[from + i]) below[from + i]++;
        }
        return below;
    }
}
