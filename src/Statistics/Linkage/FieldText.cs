using System.Globalization;
using System.Text;

namespace Groeilijn.Statistics.Linkage;

/// <summary>Turns the text of a cell into bits that can be compared without looking at text again. 0 is missing, and so is what cannot be read.</summary>
static class FieldText
{
    internal const int AreaBits = 4, SuffixBits = 12;

    /// <summary>Packs one cell; texts that are compared as texts become a code.</summary>
    internal static ulong Pack(Comparison compare, ReadOnlySpan<byte> cell, Texts texts)
    {
        if (cell.IsEmpty) return 0;
        // Few cells have anything to trim: blanks and quotes are the lowest of the signs.
        if (cell[0] <= '"' || cell[^1] <= '"') cell = cell.Trim(" \t\""u8);
        if (cell.IsEmpty || (compare != Comparison.Name && cell.SequenceEqual("NA"u8))) return 0;
        return compare switch
        {
            Comparison.Number => Digits(cell, leadingZeros: false),
            Comparison.Digits => Digits(cell, leadingZeros: true),
            Comparison.Date => Date(cell),
            Comparison.Postcode => Postcode(cell),
            Comparison.HouseNumber => House(cell),
            Comparison.Name => (ulong)Name(cell, texts),
            _ => (ulong)texts.Code(cell),
        };
    }

    /// <summary>Sixteen digits from the left, four bits each; a nought is 10, so that 0 is no digit.</summary>
    static ulong Digits(ReadOnlySpan<byte> cell, bool leadingZeros)
    {
        var (packed, length) = (0UL, 0);
        foreach (var b in cell)
        {
            if (b is < (byte)'0' or > (byte)'9' || length == 16) continue;
            if (b == '0' && length == 0 && !leadingZeros) continue;
            packed |= (b == '0' ? 10UL : (ulong)(b - '0')) << (60 - 4 * length++);
        }
        return packed;
    }

    /// <summary>yyyymmdd as eight decimal digits, as written: a wrong date must stay comparable. Year first or last, with or without signs between.</summary>
    static ulong Date(ReadOnlySpan<byte> cell)
    {
        if (Plain(cell) is not 0 and var plain) return plain;
        Span<int> part = stackalloc int[3], digits = stackalloc int[3];
        var p = -1;
        var inside = false;
        foreach (var b in cell)
        {
            var digit = b is >= (byte)'0' and <= (byte)'9';
            if (digit && !inside && ++p == 3) break;
            if (digit && digits[p] < 8) { part[p] = part[p] * 10 + b - '0'; digits[p]++; }
            if (!digit && (b == 'T' || b == ' ') && p == 2) break;
            inside = digit;
        }
        var (year, month, day) = p switch
        {
            0 when digits[0] == 8 => (part[0] / 10000, part[0] / 100 % 100, part[0] % 100),
            0 when digits[0] == 6 => (part[0] / 100, part[0] % 100, 0),
            0 when digits[0] == 4 => (part[0], 0, 0),
            1 when digits[0] == 4 => (part[0], part[1], 0),
            >= 2 when digits[0] == 4 => (part[0], part[1], part[2]),
            >= 2 when digits[2] == 4 => (part[2], part[1], part[0]),
            _ => (0, 0, 0),
        };
        return year is 0 or > 9999 || month > 99 || day > 99 ? 0 : Decimal(year * 10000 + month * 100 + day);
    }

    /// <summary>yyyy-mm-dd, as most are written; 0 for anything else.</summary>
    static ulong Plain(ReadOnlySpan<byte> cell)
    {
        if (cell.Length != 10 || cell[4] != '-' || cell[7] != '-') return 0;
        var packed = 0UL;
        for (var i = 0; i < 10; i++)
        {
            if (i is 4 or 7) continue;
            if (cell[i] is < (byte)'0' or > (byte)'9') return 0;
            packed = packed << 4 | cell[i] & 15u;
        }
        return packed >> 16 == 0 ? 0 : packed;
    }

    /// <summary>Ten characters from the left, six bits each, and the length of the area in the lowest four bits.</summary>
    static ulong Postcode(ReadOnlySpan<byte> cell)
    {
        var (packed, length, shape) = (0UL, 0, 0);
        foreach (var b in cell)
        {
            var code = Symbol(b);
            if (code is 0 or > 36 || length == 10) continue;
            packed |= (ulong)code << (58 - 6 * length++);
            shape = (shape << 1 | (code <= 10 ? 1 : 0)) & 7;
        }
        // 1234AB: four; SW1A 1AA (…digit, letter, letter): all but three; digits only: half.
        var area = length == 6 && shape == 0b100 && packed >> 40 != 0 && IsDigits(packed, 4) ? 4 : shape == 0b100 && length > 3 ? length - 3 : (length + 1) / 2;
        return length == 0 ? 0 : packed | (uint)area;
    }

    static bool IsDigits(ulong packed, int length)
    {
        for (var i = 0; i < length; i++) if ((packed >> (58 - 6 * i) & 63) > 10) return false;
        return true;
    }

    /// <summary>The first run of digits, five at most, and twelve bits of what follows.</summary>
    static ulong House(ReadOnlySpan<byte> cell)
    {
        var at = 0;
        while (at < cell.Length && cell[at] is < (byte)'0' or > (byte)'9') at++;
        var number = 0;
        for (; at < cell.Length && cell[at] is >= (byte)'0' and <= (byte)'9'; at++) number = number > 9999 ? number : number * 10 + cell[at] - '0';
        if (number == 0) return 0;
        var suffix = 0UL;
        foreach (var b in cell[at..]) if (Symbol(b) is > 0 and <= 36 and var code) suffix = unchecked(suffix * 37 + (ulong)code);
        return Decimal(number) << SuffixBits | (suffix == 0 ? 0 : suffix % 4095 + 1);
    }

    static int Name(ReadOnlySpan<byte> cell, Texts texts)
    {
        Span<byte> plain = stackalloc byte[64];
        return texts.Code(plain[..NameText.Plain(cell, plain)]);
    }

    /// <summary>The first characters of a text, six bits each from the left of 32; 0 when it is shorter than one.</summary>
    internal static uint Prefix(ReadOnlySpan<byte> text)
    {
        var packed = 0u;
        for (var i = 0; i < Math.Min(5, text.Length); i++) packed |= (uint)Math.Max(1, Symbol(text[i])) << (26 - 6 * i);
        return packed;
    }

    /// <summary>Digits 1 to 10, letters 11 to 36 in either case, 0 for a space or sign, 63 for a byte beyond ASCII.</summary>
    static int Symbol(byte b) => s_symbols[b];

    static readonly byte[] s_symbols = [.. Enumerable.Range(0, 256).Select(b => (byte)(b switch
    {
        >= '0' and <= '9' => b - '0' + 1,
        >= 'A' and <= 'Z' => b - 'A' + 11,
        >= 'a' and <= 'z' => b - 'a' + 11,
        >= 128 => 63,
        _ => 0,
    }))];

    static ulong Decimal(int number)
    {
        var packed = 0UL;
        for (var shift = 0; number > 0; number /= 10, shift += 4) packed |= (ulong)(number % 10) << shift;
        return packed;
    }
}

/// <summary>Names as they are compared: capitals without diacritics or signs, without the Dutch prefixes (van, de, van der, 't, el).</summary>
static class NameText
{
    static readonly byte[][] s_prefixes = [.. "VAN,DE,DER,DEN,HET,T,TE,TEN,TER,OP,IN,EL,AL,DA,DI,DOS,LA,LE,VON,ZU,S,AAN,BIJ,VER"
        .Split(',').Select(Encoding.ASCII.GetBytes)];

    /// <summary>Writes the plain name; returns its length.</summary>
    internal static int Plain(ReadOnlySpan<byte> cell, Span<byte> plain)
    {
        var written = 0;
        var ascii = true;
        foreach (var b in cell)
        {
            if (b >= 128) { ascii = false; break; }
            if (written < plain.Length) written = Put(plain, written, b);
        }
        if (!ascii) written = Beyond(cell, plain);
        while (written > 0 && plain[written - 1] == ' ') written--;
        return WithoutPrefixes(plain, written);
    }

    static int Beyond(ReadOnlySpan<byte> cell, Span<byte> plain)
    {
        var written = 0;
        foreach (var letter in Encoding.UTF8.GetString(cell).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark || written >= plain.Length - 2) continue;
            foreach (var b in letter switch { 'ø' or 'Ø' => "O"u8, 'ß' => "SS"u8, 'æ' or 'Æ' => "AE"u8, 'œ' or 'Œ' => "OE"u8, 'đ' or 'Đ' => "D"u8, 'ł' or 'Ł' => "L"u8, 'ı' => "I"u8, < (char)128 => [(byte)letter], _ => " "u8 })
                written = Put(plain, written, b);
        }
        return written;
    }

    static int Put(Span<byte> plain, int written, byte b)
    {
        var letter = b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b;
        if (letter is >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9') plain[written++] = letter;
        else if (written > 0 && plain[written - 1] != ' ' && b != '.') plain[written++] = (byte)' ';
        return written;
    }

    /// <summary>Takes leading prefixes away, and the spaces between what is left; a name that is nothing but prefixes keeps the last.</summary>
    static int WithoutPrefixes(Span<byte> plain, int length)
    {
        var start = 0;
        for (var space = plain[..length].IndexOf((byte)' '); space > 0 && IsPrefix(plain.Slice(start, space)); space = plain[start..length].IndexOf((byte)' ')) start += space + 1;
        var written = 0;
        for (var i = start; i < length; i++) if (plain[i] != ' ') plain[written++] = plain[i];
        return written;
    }

    static bool IsPrefix(ReadOnlySpan<byte> word)
    {
        foreach (var prefix in s_prefixes) if (word.SequenceEqual(prefix)) return true;
        return false;
    }
}
