using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Groeilijn.School;

/// <summary>
/// Reads one file of an export: recognises it by its content, never by its name, and hands it to its reader.
/// Whatever is wrong with the file becomes one finding with a place; the words of a parser, which may repeat
/// what stands in the file, are never passed on.
/// </summary>
static class FileReading
{
    public static Reading Read(string path, long mostBytes)
    {
        EncodingsOfWindows.Register();
        var reading = new Reading(Path.GetFileName(path));
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            reading.Bytes = file.Length;
            if (file.Length > mostBytes) throw new FileRefused(Rules.FileTooLarge);
            reading.Sha256 = SHA256.HashData(file);
            file.Position = 0;
            Read(file, reading);
        }
        catch (FileRefused refused) { reading.Find(refused.Rule, refused.Line, refused.Column); }
        catch (XmlException broken) { reading.Find(IsDtd(broken) ? Rules.FileWithDtd : Rules.FileBroken, broken.LineNumber); }
        catch (DecoderFallbackException) { reading.Find(Rules.FileEncoding); }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException) { reading.Find(Rules.FileMissing); }
        return reading;
    }

    static void Read(FileStream file, Reading reading)
    {
        var start = new byte[4096];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        var text = Recognise(start.AsSpan(0, length));
        if (text == '<') ReadXml(file, reading);
        else CsvFile.Read(file, reading);
    }

    static void ReadXml(FileStream file, Reading reading)
    {
        using var xml = new XmlRecords(file);
        var root = xml.Root();
        reading.Kind = root switch
        {
            "EDEX" => FileKind.Edexml,
            "leerlinggegevens_antwoord" or "leerlinggegevens" => FileKind.UwlrPupils,
            "leerresultaten_verzoek" => FileKind.UwlrResults,
            "dossier" => throw new FileRefused(Rules.FileOso, xml.Line),
            _ => throw new FileRefused(Rules.FileOtherXml, xml.Line),
        };
        if (reading.Kind == FileKind.UwlrResults) UwlrFile.Read(xml, reading);
        else EdexmlFile.Read(xml, reading);
        xml.Finish();
    }

    /// <summary>The first character that is not blank, or a refusal for what is no text.</summary>
    static char Recognise(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty) throw new FileRefused(Rules.FileEmpty);
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8) || start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])
            || start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || start.StartsWith("7z"u8) || start.StartsWith("Rar!"u8)) throw new FileRefused(Rules.FileZipped);
        if (start.StartsWith("%PDF"u8) || start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) throw new FileRefused(Rules.FileBinary);
        var text = TextEncoding.Guess(start).GetString(start).AsSpan().TrimStart("\uFEFF \t\r\n");
        if (text.IsEmpty) throw new FileRefused(start.IndexOf((byte)0) >= 0 ? Rules.FileBinary : Rules.FileEmpty);
        foreach (var c in text)
            if (c < ' ' && c is not ('\t' or '\r' or '\n')) throw new FileRefused(Rules.FileBinary);
        return text[0];
    }

    /// <summary>.NET has no code for a DTD, only words, which it has in English alone.</summary>
    static bool IsDtd(XmlException broken) => broken.Message.Contains("DTD", StringComparison.Ordinal);
}

/// <summary>The encodings that exports come in: UTF-8 and UTF-16 with or without mark, else Windows-1252.</summary>
static class TextEncoding
{
    static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>By mark, or by the zeros that UTF-16 puts between Latin letters; null where only the whole file can tell UTF-8 from Windows-1252.</summary>
    public static Encoding? Marked(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => s_strictUtf8,
        [0xFF, 0xFE, ..] => new UnicodeEncoding(false, true, true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(true, true, true),
        [not 0, 0, not 0, 0, ..] => new UnicodeEncoding(false, false, true),
        [0, not 0, 0, not 0, ..] => new UnicodeEncoding(true, false, true),
        _ => null,
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
        var result = marked ?? (IsUtf8(file, buffer, length) ? s_strictUtf8 : Encoding.GetEncoding(1252));
        file.Position = 0;
        return result;
    }

    static bool IsUtf8(Stream file, byte[] buffer, int length)
    {
        var decoder = s_strictUtf8.GetDecoder();
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
