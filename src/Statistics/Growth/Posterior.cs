namespace Groeilijn.Statistics.Growth;

/// <summary>What is believed of a number after the data: normal, by its mean and standard deviation. A deviation of 0 is a number that is known, or a variance that was estimated as zero.</summary>
/// <param name="Mean">The mean, in the units of the number.</param>
/// <param name="Deviation">The standard deviation, not negative.</param>
public readonly record struct Posterior(double Mean, double Deviation)
{
    /// <summary>The 97.5 % point of the standard normal distribution.</summary>
    public const double Wide = 1.959963984540054;

    /// <summary>Lower end of the 95 % interval.</summary>
    public double Low => Mean - Wide * Deviation;

    /// <summary>Upper end of the 95 % interval.</summary>
    public double High => Mean + Wide * Deviation;

    /// <summary>The probability that the number lies above a value.</summary>
    public double Above(double value) => Deviation > 0 ? Cumulative((Mean - value) / Deviation) : Mean > value ? 1 : 0;

    /// <summary>The probability that the number lies below a value.</summary>
    public double Below(double value) => Deviation > 0 ? Cumulative((value - Mean) / Deviation) : Mean < value ? 1 : 0;

    /// <summary>The number and a known one together.</summary>
    public Posterior Shifted(double by) => this with { Mean = Mean + by };

    /// <summary>The number in other units.</summary>
    public Posterior Times(double factor) => new(Mean * factor, Deviation * Math.Abs(factor));

    /// <summary>The value below which a share of the standard normal distribution lies, by bisection; beyond ±8 it is ±8.</summary>
    public static double Quantile(double share)
    {
        if (share > 0.5) return -Quantile(1 - share);
        double low = -8, high = 0;
        for (var k = 0; k < 60; k++)
            if (Cumulative((low + high) / 2) < share) low = (low + high) / 2;
            else high = (low + high) / 2;
        return (low + high) / 2;
    }

    /// <summary>Φ(x) to about 1e-15: ½ + φ(x)·(x + x³/3 + x⁵/15 + …) (Marsaglia, J. Stat. Software 11, 2004).</summary>
    internal static double Cumulative(double x)
    {
        if (x < -8) return 0;
        if (x > 8) return 1;
        double term = x, sum = x;
        for (var k = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); k += 2) sum += term *= x * x / k;
        return Math.Clamp(0.5 + sum * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI), 0, 1);
    }
}
