using System.Text;

namespace Groeilijn.Delivery;

/// <summary>Bech32 (BIP 173) without its length limit, as age uses it: a prefix, <c>1</c>, the data five bits a letter, a checksum of six.</summary>
static class Bech32
{
    const string Letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const int ChecksumLength = 6;

    /// <summary>Lower case throughout; an identity is shown in upper case by its owner.</summary>
    public static string Encode(string prefix, ReadOnlySpan<byte> data)
    {
        List<byte> fives = ToFives(data);
        uint checksum = Polymod(prefix, [.. fives, 0, 0, 0, 0, 0, 0]) ^ 1;
        for (int i = 0; i < ChecksumLength; i++) fives.Add((byte)((checksum >> (5 * (5 - i))) & 31));
        StringBuilder text = new(prefix, prefix.Length + 1 + fives.Count);
        text.Append('1');
        foreach (byte five in fives) text.Append(Letters[five]);
        fives.Clear();
        return text.ToString();
    }

    /// <summary>The bytes behind <paramref name="text"/> when its prefix, letters, checksum and padding are right and its case is one.</summary>
    public static bool TryDecode(string prefix, ReadOnlySpan<char> text, Span<byte> data)
    {
        int start = prefix.Length + 1;
        if (text.Length != start + (((data.Length * 8) + 4) / 5) + ChecksumLength) return false;
        if (text.ContainsAnyInRange('a', 'z') && text.ContainsAnyInRange('A', 'Z')) return false;
        if (!text[..prefix.Length].Equals(prefix, StringComparison.OrdinalIgnoreCase) || text[prefix.Length] != '1') return false;

        byte[] fives = new byte[text.Length - start];
        for (int i = 0; i < fives.Length; i++)
        {
            char letter = char.IsAsciiLetter(text[start + i]) ? (char)(text[start + i] | 0x20) : text[start + i];
            int five = Letters.IndexOf(letter);
            if (five < 0) return false;
            fives[i] = (byte)five;
        }
        return Polymod(prefix, fives) == 1 && FromFives(fives.AsSpan()[..^ChecksumLength], data);
    }

    static List<byte> ToFives(ReadOnlySpan<byte> data)
    {
        List<byte> fives = new((((data.Length * 8) + 4) / 5) + ChecksumLength);
        uint held = 0;
        int bits = 0;
        foreach (byte value in data)
        {
            held = ((held << 8) | value) & 0xFFF;
            for (bits += 8; bits >= 5; bits -= 5) fives.Add((byte)((held >> (bits - 5)) & 31));
        }
        if (bits > 0) fives.Add((byte)((held << (5 - bits)) & 31));
        return fives;
    }

    static bool FromFives(ReadOnlySpan<byte> fives, Span<byte> data)
    {
        uint held = 0;
        int bits = 0, filled = 0;
        foreach (byte five in fives)
        {
            held = ((held << 5) | five) & 0xFFF;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            data[filled++] = (byte)((held >> bits) & 0xFF);
        }
        return filled == data.Length && (held & ((1u << bits) - 1)) == 0;
    }

    static uint Polymod(string prefix, ReadOnlySpan<byte> fives)
    {
        uint checksum = 1;
        foreach (char letter in prefix) checksum = Step(checksum, (uint)letter >> 5);
        checksum = Step(checksum, 0);
        foreach (char letter in prefix) checksum = Step(checksum, (uint)letter & 31);
        foreach (byte five in fives) checksum = Step(checksum, five);
        return checksum;
    }

    static uint Step(uint checksum, uint value)
    {
        uint top = checksum >> 25;
        checksum = ((checksum & 0x1FFFFFF) << 5) ^ value;
        if ((top & 1) != 0) checksum ^= 0x3B6A57B2;
        if ((top & 2) != 0) checksum ^= 0x26508E6D;
        if ((top & 4) != 0) checksum ^= 0x1EA119FA;
        if ((top & 8) != 0) checksum ^= 0x3D4233DD;
        if ((top & 16) != 0) checksum ^= 0x2A1462B3;
        return checksum;
    }
}
