using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Groeilijn.School;

/// <summary>
/// The first pass over a file: its hash, its beginning, and what its bytes can be. A prolog may lie about the encoding;
/// the bytes tell when that is certain: letters of two or more bytes make UTF-8, and where not one of those stands,
/// a byte above 127 makes Windows-1252. A file with both is damaged.
/// </summary>
sealed partial class Survey
{
    const int StartLength = 4096;
    static readonly SearchValues<byte> s_ascii = SearchValues.Create([.. Enumerable.Range(0, 128).Select(b => (byte)b)]);
    long _wideLetters, _strayBytes, _nothingBytes;
    byte[] _start = [];

    public byte[] Sha256 { get; private set; } = [];

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Start => _start;

    /// <summary>Reads a file whole and leaves it at its start.</summary>
    public static Survey Of(Stream file)
    {
        var survey = new Survey();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        var kept = 0;
        file.Position = 0;
        for (int read; (read = file.Read(buffer, kept, buffer.Length - kept)) > 0;)
        {
            hash.AppendData(buffer, kept, read);
            var bytes = buffer.AsSpan(0, kept + read);
            if (survey._start.Length < StartLength) survey._start = [.. survey._start, .. bytes[kept..Math.Min(bytes.Length, kept + StartLength - survey._start.Length)]];
            kept = survey.Look(bytes, last: false);
            bytes[^kept..].CopyTo(buffer);
        }
        survey.Look(buffer.AsSpan(0, kept), last: true);
        survey.Sha256 = hash.GetHashAndReset();
        file.Position = 0;
        return survey;
    }

    /// <summary>Counts what stands above 127; returns how many bytes at the end wait for more.</summary>
    int Look(ReadOnlySpan<byte> bytes, bool last)
    {
        while (bytes.IndexOfAnyExcept(s_ascii) is >= 0 and var at)
        {
            bytes = bytes[at..];
            var done = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (done == OperationStatus.NeedMoreData && !last) return bytes.Length;
            if (done == OperationStatus.Done) _wideLetters++;
            else
            {
                (_strayBytes, length) = (_strayBytes + 1, 1);
                if (bytes[0] is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D) _nothingBytes++;
            }
            bytes = bytes[length..];
        }
        return 0;
    }

    /// <summary>The encoding of XML, and whether the prolog says otherwise.</summary>
    public (Encoding Encoding, bool Lies) EncodingOfXml()
    {
        var says = Declared();
        if (TextEncoding.Marked(_start) is { } marked) return (marked, says.Length > 0 && marked is UnicodeEncoding != says.StartsWith("utf-16", StringComparison.Ordinal));
        var is8859 = says is "windows-1252" or "iso-8859-1" or "latin1" or "cp1252";
        if (_strayBytes == 0) return (TextEncoding.StrictUtf8, is8859 ? _wideLetters > 0 : says is not ("" or "utf-8" or "us-ascii" or "ascii" or "iso-8859-15"));
        if (_wideLetters > 0 && !is8859 || _nothingBytes > 0) throw new FileRefused(Rules.FileEncoding);
        return says == "iso-8859-15" ? (Encoding.GetEncoding(28605), false) : (Encoding.GetEncoding(1252), !is8859);
    }

    /// <summary>The encoding of JSON, which is UTF-8 by its standard.</summary>
    public (Encoding Encoding, bool Lies) EncodingOfJson()
    {
        if (TextEncoding.Marked(_start) is { } marked) return (marked, marked is UnicodeEncoding);
        if (_strayBytes == 0) return (TextEncoding.StrictUtf8, false);
        return _wideLetters > 0 || _nothingBytes > 0 ? throw new FileRefused(Rules.FileEncoding) : (Encoding.GetEncoding(1252), true);
    }

    /// <summary>The file as text, without the mark of its encoding.</summary>
    public StreamReader Text(Stream file, Encoding encoding)
    {
        file.Position = TextEncoding.MarkLength(_start);
        return new(file, encoding, detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
    }

    string Declared() => Prolog().Match(TextEncoding.Guess(_start).GetString(_start)) is { Success: true } found ? found.Groups[1].Value.ToLowerInvariant() : "";

    [GeneratedRegex("""^\uFEFF?\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""", RegexOptions.CultureInvariant)]
    internal static partial Regex Prolog();
}
