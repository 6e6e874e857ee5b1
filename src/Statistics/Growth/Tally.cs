namespace Groeilijn.Statistics.Growth;

/// <summary>
/// What is kept of a set of whole tenths: count, sum and sum of squares as integers, so that the order of adding never shows.
/// Tallies of disjoint sets add and subtract exactly.
/// </summary>
/// <param name="Count">How many values, n.</param>
/// <param name="Sum">Σx in tenths.</param>
/// <param name="Squares">Σx² in tenths squared.</param>
public readonly record struct Tally(long Count, long Sum, long Squares)
{
    /// <summary>The tally with one more value, in tenths; any integer below 2³¹ in size.</summary>
    public Tally With(int tenths) => new(Count + 1, Sum + tenths, Squares + (long)tenths * tenths);

    /// <summary>Both sets together.</summary>
    public static Tally operator +(Tally a, Tally b) => new(a.Count + b.Count, a.Sum + b.Sum, a.Squares + b.Squares);

    /// <summary>The set without a part of it.</summary>
    public static Tally operator -(Tally whole, Tally part) => new(whole.Count - part.Count, whole.Sum - part.Sum, whole.Squares - part.Squares);

    /// <summary>The mean in points, x̄ = Σx/10n; not a number for an empty set.</summary>
    public double Mean => Count == 0 ? double.NaN : Sum / (10.0 * Count);

    /// <summary>The variance in points squared, s² = (nΣx² − (Σx)²)/(100·n(n−1)), from exact integers; not a number below two values.</summary>
    public double Variance => Count < 2 ? double.NaN : (double)((Int128)Count * Squares - (Int128)Sum * Sum) / (100.0 * Count * (Count - 1));

    /// <summary>The standard deviation in points.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The standard error of the mean in points, s/√n.</summary>
    public double StandardError => Math.Sqrt(Variance / Count);

    /// <summary>The 95 % interval of the mean, x̄ ± t(0.975; n−1)·s/√n.</summary>
    /// <exception cref="InvalidOperationException">There are fewer than two values.</exception>
    public Interval Interval => Count < 2
        ? throw new InvalidOperationException("An interval needs two values or more.")
        : Growth.Interval.Around(Mean, StandardError, Count - 1);
}

/// <summary>An estimate with its 95 % interval.</summary>
/// <param name="Estimate">The estimate in points.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Estimate, double Low, double High)
{
    /// <summary>Whether zero lies outside: the sign of the estimate is clear.</summary>
    public bool ExcludesZero => Low > 0 || High < 0;

    /// <summary>The interval of Student's t.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="error">Its standard error, not negative.</param>
    /// <param name="freedom">Degrees of freedom, above 0; need not be whole.</param>
    public static Interval Around(double estimate, double error, double freedom)
    {
        var half = StudentT.Quantile(0.975, freedom) * error;
        return new Interval(estimate, estimate - half, estimate + half);
    }

    /// <summary>
    /// How far a part lies above the whole it belongs to: d = (1 − n₁/n)(x̄₁ − x̄₂) for the part 1 and the rest 2, with Welch's
    /// standard error √(s₁²/n₁ + s₂²/n₂) and Satterthwaite's degrees of freedom (Welch, Biometrika 34, 1947).
    /// </summary>
    /// <returns>Null when the part or the rest has fewer than two values.</returns>
    public static Interval? PartAgainstWhole(Tally part, Tally whole)
    {
        var rest = whole - part;
        return PartAgainstRest((part.Count, part.Mean, part.Variance), (rest.Count, rest.Mean, rest.Variance));
    }

    /// <summary>The same of a part and the rest of the whole, each by its count, mean and variance.</summary>
    public static Interval? PartAgainstRest((long Count, double Mean, double Variance) part, (long Count, double Mean, double Variance) rest)
    {
        if (part.Count < 2 || rest.Count < 2) return null;
        double a = part.Variance / part.Count, b = rest.Variance / rest.Count;
        var weight = (double)rest.Count / (part.Count + rest.Count);
        var difference = weight * (part.Mean - rest.Mean);
        if (a + b == 0) return new Interval(difference, difference, difference);
        var freedom = (a + b) * (a + b) / (a * a / (part.Count - 1) + b * b / (rest.Count - 1));
        return Around(difference, weight * Math.Sqrt(a + b), freedom);
    }
}
