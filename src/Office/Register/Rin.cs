using System.Security.Cryptography;

namespace Groeilijn.Office;

/// <summary>
/// The office's own identity of a person: 64 random bits, written as 16 letters a–p. Letters only, so that no number can
/// ever be found in one.
/// </summary>
public readonly record struct Rin(ulong Bits) : IComparable<Rin>
{
    const int Letters = 16;

    /// <summary>A new one from the operating system's randomness.</summary>
    public static Rin Create() => new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)));

    /// <summary>Reads 16 letters.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Rin rin)
    {
        rin = default;
        if (text.Length != Letters || text.ContainsAnyExceptInRange('a', 'p')) return false;
        ulong bits = 0;
        foreach (var letter in text) bits = bits << 4 | (uint)(letter - 'a');
        rin = new Rin(bits);
        return true;
    }

    /// <summary>The 16 letters.</summary>
    public string Text => string.Create(Letters, Bits, (letters, bits) =>
    {
        for (var i = Letters - 1; i >= 0; i--, bits >>= 4) letters[i] = (char)('a' + (int)(bits & 15));
    });

    /// <summary>By letters.</summary>
    public int CompareTo(Rin other) => Bits.CompareTo(other.Bits);

    /// <summary>Masked: the office's identity of a person stays in the cohort.</summary>
    public override string ToString() => "Rin(****)";
}
