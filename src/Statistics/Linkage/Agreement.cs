using System.Numerics;
using System.Runtime.CompilerServices;

namespace Groeilijn.Statistics.Linkage;

/// <summary>How far two values agree. Which of them a field knows depends on its comparison; more is better.</summary>
public enum Level
{
    /// <summary>One side or both have no value: no evidence.</summary>
    Missing,
    /// <summary>They differ.</summary>
    Differs,
    /// <summary>Something is alike: two parts of a date, two wrong digits, the area of a postcode, a neighbouring house, a like name.</summary>
    Alike,
    /// <summary>One slip apart: a digit, a swap, day and month, a spelling; of a house number the same number with another letter.</summary>
    Near,
    /// <summary>All that both know agrees, but one knows less: a date with unknown parts, a house without letter, a shortened name.</summary>
    Compatible,
    /// <summary>Equal.</summary>
    Equal,
}

/// <summary>
/// Compares two records into a pattern: six bits a field, three for the level and three for the parts that rules use. Operations on
/// packed bits but for names. One for each thread: it remembers the pairs of names that it saw last.
/// </summary>
sealed class Agreement(RecordLayout layout, Texts texts)
{
    const int Remembered = 1 << 14;
    readonly ulong[] _pairs = new ulong[Remembered];
    readonly byte[] _levels = new byte[Remembered];
    readonly Plan[] _plans = [.. layout.Model.Fields.Select((field, f) => new Plan(field.Compare, layout.Slots[f].Word, layout.Slots[f].Shift, layout.Slots[f].Mask, layout.Masks[f]))];

    /// <summary>What is done with a field, all in one place.</summary>
    readonly record struct Plan(Comparison Compare, int Word, int Shift, ulong Mask, WordMask[] Parts);

    internal static Level LevelOf(ulong pattern, int field) => (Level)(pattern >> 6 * field & 7);

    internal static int Outcome(ulong pattern, int field) => (int)(pattern >> 6 * field & 63);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ulong Pattern(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        var pattern = 0UL;
        for (var f = 0; f < _plans.Length; f++)
        {
            ref readonly var plan = ref _plans[f];
            var (x, y) = (a[plan.Word] >> plan.Shift & plan.Mask, b[plan.Word] >> plan.Shift & plan.Mask);
            if (x == 0 || y == 0) continue;
            var outcome = (ulong)(x == y ? Same(plan.Compare, x) : Compare(plan.Compare, x, y));
            var bit = 8UL;
            foreach (var (word, mask) in plan.Parts)
            {
                if (((a[word] ^ b[word]) & mask) == 0 && (a[word] & mask) != 0) outcome |= bit;
                bit <<= 1;
            }
            pattern |= outcome << 6 * f;
        }
        return pattern;
    }

    /// <summary>A date without its day is no equal date.</summary>
    static Level Same(Comparison compare, ulong x) => compare == Comparison.Date && ((x & 0xFF) == 0 || (x & 0xFF00) == 0) ? Level.Compatible : Level.Equal;

    Level Compare(Comparison compare, ulong x, ulong y) => compare switch
    {
        Comparison.Date => Dates((uint)x, (uint)y),
        Comparison.Number or Comparison.Digits => Characters(x, y, 4, 0x1111_1111_1111_1111) switch { 1 => Level.Near, 2 => Level.Alike, _ => Level.Differs },
        Comparison.Postcode => Postcodes(x, y),
        Comparison.HouseNumber => Houses(x, y),
        Comparison.Name => Names((uint)x, (uint)y),
        _ => Level.Differs,
    };

    static Level Dates(uint x, uint y)
    {
        var known = Known(x) & Known(y);
        var differ = x ^ y;
        if (known != 0xFFFFFFFF) return (differ & known) == 0 ? Level.Compatible : Level.Differs;
        var digits = (differ | differ >> 1 | differ >> 2 | differ >> 3) & 0x1111_1111;
        if (BitOperations.PopCount(digits) == 1 || IsSwap(x, y, digits, 4)) return Level.Near;
        var (dayX, dayY, monthX, monthY) = (x & 0xFF, y & 0xFF, x >> 8 & 0xFF, y >> 8 & 0xFF);
        if (differ >> 16 == 0 && ((dayX == monthY && monthX == dayY) || (monthX == monthY && Math.Abs(Plain(dayX) - Plain(dayY)) == 1))) return Level.Near;
        var parts = (differ >> 16 == 0 ? 1 : 0) + (monthX == monthY ? 1 : 0) + (dayX == dayY ? 1 : 0);
        return parts == 2 ? Level.Alike : Level.Differs;
    }

    static uint Known(uint date) => 0xFFFF0000 | ((date & 0xFF00) == 0 ? 0 : 0xFF00u) | ((date & 0xFF) == 0 ? 0 : 0xFFu);

    static int Plain(uint twoDigits) => (int)(twoDigits >> 4) * 10 + (int)(twoDigits & 15);

    static Level Postcodes(ulong x, ulong y)
    {
        if (Characters(x >> FieldText.AreaBits, y >> FieldText.AreaBits, 6, 0x0041_0410_4104_1041) == 1) return Level.Near;
        var area = (int)(x & 15);
        return area == (int)(y & 15) && (x ^ y) >> (64 - 6 * area) == 0 ? Level.Alike : Level.Differs;
    }

    static Level Houses(ulong x, ulong y)
    {
        const int shift = FieldText.SuffixBits;
        var (a, b) = ((uint)(x >> shift), (uint)(y >> shift));
        if (a == b) return (x & 0xFFF) == 0 || (y & 0xFFF) == 0 ? Level.Compatible : Level.Near;
        var differ = a ^ b;
        var digits = (differ | differ >> 1 | differ >> 2 | differ >> 3) & 0x11111;
        if ((BitOperations.PopCount(digits) == 1 && a > 9 && b > 9) || IsSwap(a, b, digits, 4) || a >> 4 == b || b >> 4 == a) return Level.Alike;
        return Math.Abs(Number(a) - Number(b)) <= 2 ? Level.Alike : Level.Differs;
    }

    static int Number(uint packed)
    {
        var number = 0;
        for (var shift = 16; shift >= 0; shift -= 4) number = number * 10 + (int)(packed >> shift & 15);
        return number;
    }

    /// <summary>1 for one character wrong, two neighbours swapped, or one lost; 2 for two wrong; 3 for more. Packed from the left. In line, so that dividing by the width is by a constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Characters(ulong x, ulong y, int width, ulong ones)
    {
        var differ = x ^ y;
        var any = differ;
        for (var i = 1; i < width; i++) any |= differ >> i;
        any &= ones;
        var wrong = BitOperations.PopCount(any);
        if (wrong == 1 || IsSwap(x, y, any, width) || IsLoss(x, y, width)) return 1;
        return wrong == 2 ? 2 : 3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsSwap(ulong x, ulong y, ulong any, int width)
    {
        if (any == 0) return false;
        var low = BitOperations.TrailingZeroCount(any);
        if (any != (1UL << low | 1UL << (low + width))) return false;
        var one = (1UL << width) - 1;
        return (x >> low & one) == (y >> (low + width) & one) && (y >> low & one) == (x >> (low + width) & one);
    }

    /// <summary>Whether the longer is the shorter with one character more: what they share at the start and at the end covers the shorter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsLoss(ulong x, ulong y, int width)
    {
        var total = 64 / width;
        var (lostX, lostY) = (BitOperations.TrailingZeroCount(x) / width, BitOperations.TrailingZeroCount(y) / width);
        if (Math.Abs(lostX - lostY) != 1) return false;
        var start = (BitOperations.LeadingZeroCount(x ^ y) - (64 - total * width)) / width;
        var end = BitOperations.TrailingZeroCount(x >> lostX * width ^ y >> lostY * width) / width;
        return start + end >= total - Math.Max(lostX, lostY);
    }

    Level Names(uint x, uint y)
    {
        var pair = x < y ? (ulong)x << 32 | y : (ulong)y << 32 | x;
        var slot = (int)(Bits.Mix(pair) & (Remembered - 1));
        if (_pairs[slot] != pair) (_pairs[slot], _levels[slot]) = (pair, (byte)NameLikeness.Of(texts[(int)x], texts[(int)y]));
        return (Level)_levels[slot];
    }
}

/// <summary>Likeness of two names that are not equal.</summary>
static class NameLikeness
{
    internal static Level Of(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length > b.Length) { var c = a; a = b; b = c; }
        if (a.IsEmpty) return Level.Missing;
        if (a.Length >= 3 && b.StartsWith(a)) return Level.Compatible;
        var likeness = JaroWinkler(a, b);
        return likeness >= 0.92 ? Level.Near : likeness >= 0.82 || (a.Length == 1 && a[0] == b[0]) ? Level.Alike : Level.Differs;
    }

    /// <summary>Jaro's share of common characters, raised by a common start of at most four (Winkler 1990, weight 0.1).</summary>
    internal static double JaroWinkler(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length > b.Length) { var c = a; a = b; b = c; }
        if (a.IsEmpty) return b.IsEmpty ? 1 : 0;
        var window = Math.Max(0, b.Length / 2 - 1);
        var (takenA, takenB, common) = (0UL, 0UL, 0);
        for (var i = 0; i < a.Length; i++)
            for (int j = Math.Max(0, i - window), last = Math.Min(b.Length - 1, i + window); j <= last; j++)
            {
                if (a[i] != b[j] || (takenB >> j & 1) != 0) continue;
                (takenA, takenB) = (takenA | 1UL << i, takenB | 1UL << j);
                common++;
                break;
            }
        if (common == 0) return 0;
        var moved = 0;
        for (int i = 0, j = 0; i < a.Length; i++)
        {
            if ((takenA >> i & 1) == 0) continue;
            while ((takenB >> j & 1) == 0) j++;
            if (a[i] != b[j++]) moved++;
        }
        var jaro = ((double)common / a.Length + (double)common / b.Length + (common - moved / 2) / (double)common) / 3;
        var start = 0;
        while (start < Math.Min(4, a.Length) && a[start] == b[start]) start++;
        return jaro + start * 0.1 * (1 - jaro);
    }
}
