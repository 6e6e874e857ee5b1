namespace Groeilijn.Statistics.Growth;

/// <summary>
/// Partial pooling of one number per school: yⱼ ~ N(θⱼ, vⱼ) with vⱼ known, θⱼ ~ N(μ, τ²). τ² is found by restricted likelihood, μ by its
/// weighted mean; what is not known of μ is in every posterior (Raudenbush and Bryk 1985).
/// </summary>
public sealed class PooledEffects
{
    PooledEffects(Posterior mean, double deviation, IReadOnlyList<Posterior> each) => (Mean, Deviation, Each) = (mean, deviation, each);

    /// <summary>μ: the mean over all schools.</summary>
    public Posterior Mean { get; }

    /// <summary>τ: the standard deviation between schools.</summary>
    public double Deviation { get; }

    /// <summary>θⱼ of each school, in the order given.</summary>
    public IReadOnlyList<Posterior> Each { get; }

    /// <summary>θⱼ − μ of a school: how far it lies from the mean of all.</summary>
    public Posterior FromMean(double value, double variance)
    {
        var kept = Kept(variance);
        // θ − μ = B(y − μ) + noise of variance τ²(1 − B); y − μ̂ holds what is not known of μ.
        return new Posterior(kept * (value - Mean.Mean), Math.Sqrt(Deviation * Deviation * (1 - kept) + kept * kept * Mean.Deviation * Mean.Deviation));
    }

    double Kept(double variance) => Deviation * Deviation is var t && t > 0 ? t / (t + variance) : 0;

    /// <summary>What was found before, without its schools: <see cref="FromMean"/> is the same.</summary>
    /// <param name="mean">μ.</param>
    /// <param name="deviation">τ, not negative.</param>
    public static PooledEffects Of(Posterior mean, double deviation) => new(mean, deviation, []);

    /// <summary>Pools; null with fewer than three schools.</summary>
    /// <param name="values">yⱼ.</param>
    /// <param name="variances">vⱼ, above 0.</param>
    public static PooledEffects? Of(ReadOnlySpan<double> values, ReadOnlySpan<double> variances)
    {
        if (values.Length < 3) return null;
        var (y, v) = (values.ToArray(), variances.ToArray());
        var t = Between(y, v);
        var (mean, weight) = Weighted(y, v, t);
        var made = new PooledEffects(new Posterior(mean, Math.Sqrt(1 / weight)), Math.Sqrt(t), []);
        return new PooledEffects(made.Mean, made.Deviation, [.. y.Select((value, j) => made.Of(value, v[j]))]);
    }

    Posterior Of(double value, double variance)
    {
        var kept = Kept(variance);
        return new Posterior(Mean.Mean + kept * (value - Mean.Mean), Math.Sqrt(Deviation * Deviation * (1 - kept) + (1 - kept) * (1 - kept) * Mean.Deviation * Mean.Deviation));
    }

    static (double Mean, double Weight) Weighted(double[] y, double[] v, double t)
    {
        double sum = 0, weight = 0;
        for (var j = 0; j < y.Length; j++)
        {
            sum += y[j] / (v[j] + t);
            weight += 1 / (v[j] + t);
        }
        return (sum / weight, weight);
    }

    /// <summary>τ² where the slope of the restricted likelihood is zero, by Fisher scoring with halved steps; 0 where it falls from there.</summary>
    static double Between(double[] y, double[] v)
    {
        var t = Math.Max(0, y.Select(value => value * value).Average() - y.Average() * y.Average() - v.Average());
        for (var k = 0; k < 200; k++)
        {
            var (mean, weight) = Weighted(y, v, t);
            double slope = 0, information = 0, squares = 0;
            for (var j = 0; j < y.Length; j++)
            {
                var w = 1 / (v[j] + t);
                slope += w * w * (y[j] - mean) * (y[j] - mean) - w;
                information += w * w;
                squares += w * w;
            }
            var step = (slope + squares / weight) / information;
            var next = Math.Max(0, t + step);
            if (Math.Abs(next - t) <= 1e-13 * (t + v[0])) return next;
            t = k < 50 ? next : 0.5 * (t + next);
        }
        return t;
    }

    /// <summary>
    /// The schools as a picture of their distribution, ascending: posterior means lie too close together, so they are drawn apart to the variance
    /// that the schools themselves have, s² + mean of the posterior variances (constrained Bayes, Ghosh 1992). For a picture of all, never for one school.
    /// </summary>
    public static IReadOnlyList<double> Positions(IReadOnlyList<Posterior> schools)
    {
        ArgumentNullException.ThrowIfNull(schools);
        if (schools.Count < 2) return [];
        var mean = schools.Average(s => s.Mean);
        var between = schools.Average(s => (s.Mean - mean) * (s.Mean - mean));
        var apart = between > 0 ? Math.Sqrt(1 + schools.Average(s => s.Deviation * s.Deviation) / between) : 0;
        return [.. schools.Select(s => mean + apart * (s.Mean - mean)).Order()];
    }
}
