namespace Groeilijn.Statistics.Growth;

/// <summary>
/// The cubic B-spline basis of one prior score as R's <c>splines::bs</c> makes it for SGP: interior knots at the 20th, 40th, 60th and 80th
/// percentile and boundaries a tenth of the range beyond the ends, all rounded to three digits; the first function left out.
/// </summary>
/// <param name="Knots">The four interior knots.</param>
/// <param name="Low">Lower boundary.</param>
/// <param name="High">Upper boundary.</param>
public sealed record SplineBasis(IReadOnlyList<double> Knots, double Low, double High)
{
    const int Order = 4;

    /// <summary>How many functions there are: seven.</summary>
    public int Count => Knots.Count + Order - 1;

    /// <summary>The basis for scores, as SGP places it.</summary>
    public static SplineBasis Of(IReadOnlyCollection<double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        double[] sorted = [.. scores.Order()];
        var margin = 0.1 * (sorted[^1] - sorted[0]);
        return new([.. new[] { 0.2, 0.4, 0.6, 0.8 }.Select(p => Math.Round(Quantile(sorted, p), 3))], Math.Round(sorted[0] - margin, 3), Math.Round(sorted[^1] + margin, 3));
    }

    /// <summary>R's quantile of type 7.</summary>
    static double Quantile(double[] sorted, double p)
    {
        var at = (sorted.Length - 1) * p;
        var below = (int)Math.Floor(at);
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    /// <summary>The functions at one score, by the recursion of de Boor and Cox.</summary>
    internal void At(double score, Span<double> into)
    {
        double[] t = [Low, Low, Low, Low, .. Knots, High, High, High, High];
        var span = Order - 1;
        while (span < t.Length - Order - 1 && score >= t[span + 1]) span++;
        Span<double> b = stackalloc double[Order];
        b.Clear();
        b[0] = 1;
        for (var k = 1; k < Order; k++)
        {
            var saved = 0.0;
            for (var r = 0; r < k; r++)
            {
                double right = t[span + r + 1] - score, left = score - t[span + 1 - k + r];
                var share = right + left > 0 ? b[r] / (right + left) : 0;
                b[r] = saved + right * share;
                saved = left * share;
            }
            b[k] = saved;
        }
        into[..Count].Clear();
        for (var k = 0; k < Order; k++) if (span - Order + 1 + k > 0) into[span - Order + k] = b[k];
    }
}
