namespace Groeilijn.Statistics.Growth;

/// <summary>One school's value in one edition, before pooling.</summary>
/// <param name="Value">y, in any unit.</param>
/// <param name="Variance">v, above 0; infinite where the school has no value.</param>
/// <param name="Weight">What the edition weighs in the pooled value: its pupils.</param>
public readonly record struct SeriesPoint(double Value, double Variance, long Weight);

/// <summary>A school over editions.</summary>
/// <param name="Editions">θ of each edition, each with what the others tell of it.</param>
/// <param name="Pooled">The mean of θ over the editions in which the school has pupils, weighted by them; null where it has none.</param>
public sealed record SchoolSeriesPosterior(IReadOnlyList<Posterior> Editions, Posterior? Pooled);

/// <summary>
/// Schools over editions: yⱼₑ ~ N(θⱼₑ, vⱼₑ), θⱼₑ = aⱼ + bⱼₑ, a ~ N(0, τₐ²) what lasts, b ~ N(0, τᵦ²) what passes. The variances by EM from
/// moments, 300 steps or until nothing moves.
/// </summary>
public sealed class PooledSeries
{
    PooledSeries(double lasting, double passing, IReadOnlyList<SchoolSeriesPosterior> schools) => (Lasting, Passing, Schools) = (Math.Sqrt(lasting), Math.Sqrt(passing), schools);

    /// <summary>τₐ.</summary>
    public double Lasting { get; }

    /// <summary>τᵦ.</summary>
    public double Passing { get; }

    /// <summary>The schools in the order given.</summary>
    public IReadOnlyList<SchoolSeriesPosterior> Schools { get; }

    /// <summary>Pools schools, each with as many points as there are editions.</summary>
    public static PooledSeries Of(IReadOnlyList<SeriesPoint[]> schools)
    {
        ArgumentNullException.ThrowIfNull(schools);
        var points = schools.SelectMany(s => s).Where(p => double.IsFinite(p.Variance)).ToArray();
        if (points.Length == 0) return new PooledSeries(0, 0, [.. schools.Select(s => new SchoolSeriesPosterior([.. s.Select(_ => default(Posterior))], null))]);
        var all = Math.Max(points.Average(p => p.Value * p.Value) - points.Average(p => p.Variance), 0.05 * points.Average(p => p.Variance));
        var (a, b) = (all / 2, all / 2);
        for (var k = 0; k < 300; k++)
        {
            var (nextA, nextB) = Step(schools, a, b);
            var still = Math.Abs(nextA - a) + Math.Abs(nextB - b) < 1e-9 * all;
            (a, b) = (nextA, nextB);
            if (still) break;
        }
        return new PooledSeries(a, b, [.. schools.Select(s => Posteriors(s, a, b))]);
    }

    /// <summary>E[a²] and E[b²], given the data and the variances of before.</summary>
    static (double A, double B) Step(IReadOnlyList<SeriesPoint[]> schools, double a, double b)
    {
        double sumA = 0, sumB = 0;
        long countA = 0, countB = 0;
        foreach (var school in schools)
        {
            var (mean, variance) = Lasts(school, a, b);
            var any = false;
            foreach (var p in school)
            {
                if (!double.IsFinite(p.Variance)) continue;
                any = true;
                var kept = b / (b + p.Variance);
                var passing = kept * (p.Value - mean);
                sumB += passing * passing + b * (1 - kept) + kept * kept * variance;
                countB++;
            }
            if (!any) continue;
            sumA += mean * mean + variance;
            countA++;
        }
        return (sumA / countA, sumB / countB);
    }

    /// <summary>The posterior of a: mean and variance.</summary>
    static (double Mean, double Variance) Lasts(SeriesPoint[] school, double a, double b)
    {
        double precision = 1 / a, sum = 0;
        foreach (var p in school)
        {
            if (!double.IsFinite(p.Variance)) continue;
            precision += 1 / (b + p.Variance);
            sum += p.Value / (b + p.Variance);
        }
        return (sum / precision, 1 / precision);
    }

    /// <summary>θₑ = a + bₑ = (1 − k)a + k·y + noise of variance b(1 − k), with k = b/(b + v): jointly normal through a alone.</summary>
    static SchoolSeriesPosterior Posteriors(SeriesPoint[] school, double a, double b)
    {
        var (mean, variance) = Lasts(school, a, b);
        var each = new Posterior[school.Length];
        double pooled = 0, through = 0, noise = 0;
        var weight = school.Where(p => double.IsFinite(p.Variance)).Sum(p => p.Weight);
        for (var e = 0; e < each.Length; e++)
        {
            var p = school[e];
            var kept = double.IsFinite(p.Variance) ? b / (b + p.Variance) : 0;
            var value = (1 - kept) * mean + (kept > 0 ? kept * p.Value : 0);
            each[e] = new Posterior(value, Math.Sqrt(b * (1 - kept) + (1 - kept) * (1 - kept) * variance));
            if (weight == 0 || !double.IsFinite(p.Variance)) continue;
            var share = (double)p.Weight / weight;
            pooled += share * value;
            through += share * (1 - kept);
            noise += share * share * b * (1 - kept);
        }
        return new SchoolSeriesPosterior(each, weight == 0 ? null : new Posterior(pooled, Math.Sqrt(noise + through * through * variance)));
    }
}
