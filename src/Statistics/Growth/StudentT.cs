namespace Groeilijn.Statistics.Growth;

/// <summary>Student's t distribution by the regularised incomplete beta function.</summary>
public static class StudentT
{
    /// <summary>
    /// The value t with P(T ≤ t) = p for ν degrees of freedom, to about 1e-10. By bisection on the distribution function:
    /// slower than a series, and right everywhere.
    /// </summary>
    /// <param name="p">Between 0 and 1, exclusive.</param>
    /// <param name="freedom">ν, above 0; need not be whole.</param>
    public static double Quantile(double p, double freedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(p, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(p, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(freedom, 0);
        if (p < 0.5) return -Quantile(1 - p, freedom);
        double low = 0, high = 1;
        while (Cumulative(high, freedom) < p) high *= 2;
        for (var i = 0; i < 100 && high - low > 1e-12 * high; i++)
        {
            var middle = (low + high) / 2;
            if (Cumulative(middle, freedom) < p) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>P(T ≤ t) for t ≥ 0: 1 − I(ν/(ν+t²); ν/2, 1/2)/2.</summary>
    static double Cumulative(double t, double freedom) => 1 - RegularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;

    /// <summary>I(x; a, b) by its continued fraction (Abramowitz and Stegun 26.5.8), in the half where it converges fast.</summary>
    static double RegularisedBeta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        if (x > (a + 1) / (a + b + 2)) return 1 - RegularisedBeta(1 - x, b, a);
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x));
        return front * Fraction(x, a, b) / a;
    }

    /// <summary>The continued fraction by the modified method of Lentz.</summary>
    static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        var c = 1.0;
        var d = Inverse(1 - (a + b) * x / (a + 1));
        var h = d;
        for (var m = 1; m <= 500; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = Inverse(1 + even * d);
            c = NotZero(1 + even / c);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = Inverse(1 + odd * d);
            c = NotZero(1 + odd / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15) break;
        }
        return h;

        static double NotZero(double value) => Math.Abs(value) < tiny ? tiny : value;
        static double Inverse(double value) => 1 / NotZero(value);
    }

    /// <summary>ln Γ(z) for z > 0 by Stirling's series above 10, carried down by Γ(z+1) = zΓ(z).</summary>
    static double LogGamma(double z)
    {
        var shift = 0.0;
        for (; z < 10; z++) shift += Math.Log(z);
        var r = 1 / (z * z);
        var series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / z;
        return (z - 0.5) * Math.Log(z) - z + 0.5 * Math.Log(2 * Math.PI) + series - shift;
    }
}
