using System.Text;

namespace Groeilijn.School;

/// <summary>The encodings that exports come in: UTF-8 and UTF-16 with or without mark, else Windows-1252.</summary>
static class TextEncoding
{
    internal static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>By mark, or by the zeros that UTF-16 puts between Latin letters; null where only the whole file can tell UTF-8 from Windows-1252.</summary>
    public static Encoding? Marked(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => StrictUtf8,
        [0xFF, 0xFE, ..] => new UnicodeEncoding(false, true, true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(true, true, true),
        [not 0, 0, not 0, 0, ..] => new UnicodeEncoding(false, false, true),
        [0, not 0, 0, not 0, ..] => new UnicodeEncoding(true, false, true),
        _ => null,
    };

    /// <summary>The bytes that the mark itself takes.</summary>
    public static int MarkLength(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => 3,
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => 2,
        _ => 0,
    };

    /// <summary>For the first look: never throws.</summary>
    public static Encoding Guess(ReadOnlySpan<byte> start) => Marked(start) switch
    {
        UnicodeEncoding wide => new UnicodeEncoding(wide.GetPreamble() is [0xFE, ..] || start[0] == 0, false),
        _ => Encoding.UTF8,
    };

    /// <summary>Windows-1252 when the file is not UTF-8 throughout. The stream is left at its start.</summary>
    public static Encoding Of(Stream file)
    {
        var buffer = new byte[1 << 16];
        var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var marked = Marked(buffer.AsSpan(0, length));
        var result = marked ?? (IsUtf8(file, buffer, length) ? StrictUtf8 : Encoding.GetEncoding(1252));
        file.Position = 0;
        return result;
    }

    static bool IsUtf8(Stream file, byte[] buffer, int length)
    {
        var decoder = StrictUtf8.GetDecoder();
        var text = new char[buffer.Length + 1];
        try
        {
            for (; length > 0; length = file.Read(buffer, 0, buffer.Length)) decoder.GetChars(buffer, 0, length, text, 0, flush: false);
            decoder.GetChars(buffer, 0, 0, text, 0, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}

static class EncodingsOfWindows
{
    static EncodingsOfWindows() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Makes Windows-1252 known to this process, once.</summary>
    public static void Register() { }
}
