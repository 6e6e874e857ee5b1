namespace Groeilijn.Testland;

/// <summary>What a throw is for. Each purpose has its own throws, so that a new question never changes an old answer.</summary>
enum Purpose
{
    Country = 1, School, Births, Family, Twins, Moves, Background, Child, Career, SchoolMoves, Number, Ability, Cohort,
    Tests, TestDates, Objection, Address, Names, Errors, Sensitive, LasKey, Eck, Other, Staff,
}

/// <summary>
/// Throws that depend on nothing but seed, entity and purpose (SplitMix64 started from a hash of the three): any person or school
/// can be made without making the others first. Not for keys; those come from the operating system.
/// </summary>
struct Dice
{
    ulong _state;

    internal Dice(ulong seed, Purpose purpose, ulong entity, ulong part = 0)
    {
        unchecked
        {
            _state = Mix(Mix(Mix(seed + 0x9E3779B97F4A7C15UL * (ulong)purpose) ^ entity * 0xD1B54A32D192ED03UL) + part * 0xABC98388FB8FAC03UL);
        }
    }

    internal ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            return Mix(_state);
        }
    }

    /// <summary>At least 0, less than 1, in steps of 2⁻⁵³.</summary>
    internal double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    internal bool Chance(double probability) => Unit() < probability;

    /// <summary>0 to n − 1.</summary>
    internal int Below(int n) => (int)Math.BigMul(Next(), (ulong)n, out _);

    /// <summary>A standard normal deviate.</summary>
    internal double Normal() => Normals.Quantile(Unit() + 0.5 / (1UL << 53));

    static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}

/// <summary>The quantile function of the normal distribution, after Wichura's AS 241 (PPND16): 16 digits.</summary>
static class Normals
{
    internal static double Quantile(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - q * q;
            return q * Ratio(r,
                3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
                4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
                4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
                3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3);
        }
        var tail = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p));
        var value = tail <= 5
            ? Ratio(tail - 1.6,
                1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
                1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
                2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
                1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9)
            : Ratio(tail - 5,
                6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
                2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
                5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
                1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15);
        return q < 0 ? -value : value;
    }

    static double Ratio(double r, double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7,
        double b1, double b2, double b3, double b4, double b5, double b6, double b7) =>
        (((((((a7 * r + a6) * r + a5) * r + a4) * r + a3) * r + a2) * r + a1) * r + a0)
        / (((((((b7 * r + b6) * r + b5) * r + b4) * r + b3) * r + b2) * r + b1) * r + 1);
}
