using System.Buffers.Text;
using System.IO.Compression;

namespace Groeilijn.Office;

/// <summary>
/// The ways to read bytes: as they stand, and decoded where a stretch looks encoded. What is decoded is searched again in all
/// these ways, three layers deep.
/// </summary>
sealed class SweepViews(SweepNeedles needles, SweepViews.Report report)
{
    const int Deepest = 3, Digits = 9, Base64Least = 12, HexLeast = 18, HashHex = 32;
    const int LargestInflated = 256 << 20;

    /// <summary>Tells of one find.</summary>
    public delegate void Report(long offset, string view, string found);

    /// <summary>Searches bytes that stand at a place in a file.</summary>
    public void Search(ReadOnlySpan<byte> bytes, long offset, string view = "raw") => Search(bytes, offset, view, 1, false);

    void Search(ReadOnlySpan<byte> bytes, long offset, string view, int depth, bool fixedOffset)
    {
        var (start, moves) = (offset, fixedOffset ? 0 : 1);
        SearchDigits(bytes, 1, at => report(start + moves * at, view, "digits"));
        SearchDigits(bytes, 2, at => report(start + moves * at, Inside(view, "utf-16"), "digits"));
        needles.FindHashes(bytes, (at, name) => report(start + moves * at, view, name));
        if (depth == Deepest) return;
        foreach (var (at, decoded) in Base64Runs(bytes)) SearchAlignments(decoded, start + moves * at, Inside(view, "base64"), depth);
        foreach (var (at, decoded) in HexRuns(bytes)) Search(decoded, start + moves * at, Inside(view, "hex"), depth + 1, true);
        foreach (var (at, inflated, name) in Streams(bytes)) Search(inflated, start + moves * at, Inside(view, name), depth + 1, true);
    }

    static string Inside(string view, string inner) => view == "raw" ? inner : $"{view}/{inner}";

    /// <summary>Windows of nine digits, next to each other (stride 1) or with a zero byte between (stride 2: UTF-16, either end first).</summary>
    void SearchDigits(ReadOnlySpan<byte> bytes, int stride, Action<int> found)
    {
        for (var lane = 0; lane < stride; lane++)
        {
            // Nine digits in a row cover every ninth place, so the others need no look.
            for (var at = lane + (Digits - 1) * stride; at < bytes.Length; at += Digits * stride)
            {
                if (!IsDigit(bytes[at])) continue;
                var (first, last) = (at, at);
                while (first >= stride && IsDigit(bytes[first - stride]) && Joined(bytes, first - stride, stride)) first -= stride;
                while (last + stride < bytes.Length && IsDigit(bytes[last + stride]) && Joined(bytes, last, stride)) last += stride;
                if (last - first >= (Digits - 1) * stride) SearchRun(bytes, first, last, stride, found);
                at = last;
            }
        }
    }

    void SearchRun(ReadOnlySpan<byte> bytes, int first, int last, int stride, Action<int> found)
    {
        var value = 0;
        for (var at = first; at <= last; at += stride)
        {
            value = value % 100_000_000 * 10 + (bytes[at] - '0');
            var start = at - (Digits - 1) * stride;
            if (start >= first && needles.Has(value) && !IsPieceOfHash(bytes, start, at, stride)) found(start);
        }
    }

    static bool IsPieceOfHash(ReadOnlySpan<byte> bytes, int first, int last, int stride)
    {
        var letter = false;
        for (; first >= stride && IsHex(bytes[first - stride]) && Joined(bytes, first - stride, stride); first -= stride) letter |= !IsDigit(bytes[first - stride]);
        for (; last + stride < bytes.Length && IsHex(bytes[last + stride]) && Joined(bytes, last, stride); last += stride) letter |= !IsDigit(bytes[last + stride]);
        return letter && (last - first) / stride + 1 >= HashHex;
    }

    static bool Joined(ReadOnlySpan<byte> bytes, int at, int stride) => stride == 1 || bytes[at + 1] == 0;

    /// <summary>Decodes at each of the four places where a quadruple can begin.</summary>
    void SearchAlignments(byte[] letters, long offset, string view, int depth)
    {
        var decoded = new byte[letters.Length];
        for (var skip = 0; skip < 4; skip++)
        {
            var quads = letters.AsSpan(skip, (letters.Length - skip) / 4 * 4);
            Base64.DecodeFromUtf8(quads, decoded, out _, out var written, isFinalBlock: false);
            if (written >= Digits) Search(decoded.AsSpan(0, written), offset, view, depth + 1, true);
        }
    }

    /// <summary>Stretches of base64 or base64url letters, line ends left out, in the usual alphabet and filled up to whole quadruples.</summary>
    static List<(int At, byte[] Letters)> Base64Runs(ReadOnlySpan<byte> bytes)
    {
        var runs = new List<(int, byte[])>();
        foreach (var (first, end) in Runs(bytes, s_base64, Base64Least))
        {
            var letters = new byte[end - first + 3];
            var count = 0;
            foreach (var letter in bytes[first..end])
                if (letter is not ((byte)'\n' or (byte)'\r')) letters[count++] = letter switch { (byte)'-' => (byte)'+', (byte)'_' => (byte)'/', _ => letter };
            if (count < Base64Least) continue;
            for (var filled = 0; filled < 3; filled++) letters[count++] = (byte)'A';
            runs.Add((first, count == letters.Length ? letters : letters[..count]));
        }
        return runs;
    }

    /// <summary>Stretches of hexadecimal digits, decoded from their first and from their second.</summary>
    static List<(int At, byte[] Decoded)> HexRuns(ReadOnlySpan<byte> bytes)
    {
        var runs = new List<(int, byte[])>();
        foreach (var (first, end) in Runs(bytes, s_hex, HexLeast))
            for (var skip = 0; skip < 2; skip++)
            {
                var decoded = new byte[(end - first - skip) / 2];
                for (var i = 0; i < decoded.Length; i++) decoded[i] = (byte)(Nibble(bytes[first + skip + 2 * i]) << 4 | Nibble(bytes[first + skip + 2 * i + 1]));
                runs.Add((first, decoded));
            }
        return runs;
    }

    /// <summary>Stretches of bytes of one kind, of a least length.</summary>
    static List<(int First, int End)> Runs(ReadOnlySpan<byte> bytes, bool[] kind, int least)
    {
        var runs = new List<(int, int)>();
        for (var at = least - 1; at < bytes.Length; at += least)
        {
            if (!kind[bytes[at]]) continue;
            var (first, end) = (at, at + 1);
            while (first > 0 && kind[bytes[first - 1]]) first--;
            while (end < bytes.Length && kind[bytes[end]]) end++;
            if (end - first >= least) runs.Add((first, end));
            at = end;
        }
        return runs;
    }

    /// <summary>Compressed streams found by their first bytes, inflated as far as they go.</summary>
    static List<(int At, byte[] Inflated, string Name)> Streams(ReadOnlySpan<byte> bytes)
    {
        var streams = new List<(int, byte[], string)>();
        ReadOnlySpan<byte> gzip = [0x1F, 0x8B, 0x08];
        for (var at = 0; bytes[at..].IndexOf(gzip) is >= 0 and var next; at += next + 1)
            if (Inflate(bytes[(at + next)..], source => new GZipStream(source, CompressionMode.Decompress)) is { } inflated) streams.Add((at + next, inflated, "gzip"));
        for (var at = 0; bytes[at..].IndexOf((byte)0x78) is >= 0 and var next; at += next + 1)
        {
            var start = at + next;
            if (start + 1 >= bytes.Length || bytes[start + 1] is not (0x01 or 0x5E or 0x9C or 0xDA)) continue;
            if (Inflate(bytes[start..], source => new ZLibStream(source, CompressionMode.Decompress)) is { } inflated) streams.Add((start, inflated, "zlib"));
        }
        return streams;
    }

    /// <summary>What comes out of a stream that begins here. Most beginnings are chance and break at once, so a short piece is tried before a longer one.</summary>
    static byte[]? Inflate(ReadOnlySpan<byte> bytes, Func<Stream, Stream> open)
    {
        for (var length = 1 << 10; ; length = Math.Min(length, 1 << 26) * 16)
        {
            using var piece = new Piece(bytes[..Math.Min(length, bytes.Length)].ToArray());
            var inflated = Inflate(piece, open);
            if (!piece.RanDry || length >= bytes.Length) return inflated;
        }
    }

    static byte[]? Inflate(Piece piece, Func<Stream, Stream> open)
    {
        using var output = new MemoryStream();
        try
        {
            using var inflating = open(piece);
            var portion = new byte[1 << 12];
            for (int read; output.Length < LargestInflated && (read = inflating.Read(portion)) > 0;) output.Write(portion, 0, read);
        }
        catch (InvalidDataException)
        {
            // Not a stream, or one that breaks off: what came out counts.
        }
        return output.Length > 0 ? output.ToArray() : null;
    }

    /// <summary>Compressed bytes that know whether more were asked for than there are.</summary>
    sealed class Piece(byte[] bytes) : MemoryStream(bytes)
    {
        public bool RanDry { get; private set; }

        public override int Read(byte[] buffer, int offset, int count) => Told(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Told(base.Read(buffer));

        int Told(int read)
        {
            RanDry |= read == 0;
            return read;
        }
    }

    static int Nibble(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    static bool IsDigit(byte value) => unchecked((uint)(value - '0')) <= 9;

    static bool IsHex(byte value) => s_hex[value];

    static readonly bool[] s_hex = Kind("0123456789abcdefABCDEF"u8);

    static readonly bool[] s_base64 = Kind("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_\r\n"u8);

    static bool[] Kind(ReadOnlySpan<byte> members)
    {
        var kind = new bool[256];
        foreach (var member in members) kind[member] = true;
        return kind;
    }
}
