namespace Groeilijn.Statistics;

/// <summary>Throws from a seed (SplitMix64; normal deviates by the polar method): the same seed gives the same throws on every machine.</summary>
/// <param name="state">The seed.</param>
sealed class Throws(ulong state)
{
    ulong _state = state;

    /// <summary>The same seed and part give the same throws, whatever was thrown elsewhere.</summary>
    internal Throws(ulong seed, ulong part) : this(unchecked(seed * 0xD1B54A32D192ED03UL ^ (part + 1) * 0xABC98388FB8FAC03UL)) => Next();

    /// <summary>Sixty-four bits.</summary>
    internal ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    /// <summary>Uniform from 0 to below 1.</summary>
    internal double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>−1 or 1.</summary>
    internal double Sign() => (Next() & 1) == 0 ? -1 : 1;

    /// <summary>A standard normal deviate.</summary>
    internal double Normal()
    {
        while (true)
        {
            double u = 2 * Unit() - 1, v = 2 * Unit() - 1, s = u * u + v * v;
            if (s is > 0 and < 1) return u * Math.Sqrt(-2 * Math.Log(s) / s);
        }
    }
}
