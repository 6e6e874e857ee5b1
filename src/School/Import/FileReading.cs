using System.Text;
using System.Text.Json;
using System.Xml;

namespace Groeilijn.School;

/// <summary>
/// Reads one file of an export: recognises it by its content, never by its name, and hands it to its reader.
/// Whatever is wrong with the file becomes one finding with a place; the words of a parser, which may repeat
/// what stands in the file, are never passed on.
/// </summary>
static class FileReading
{
    /// <param name="given">The file.</param>
    /// <param name="number">Its place among the files of the import, from 1.</param>
    /// <param name="mostBytes">The size above which it is refused unread.</param>
    /// <param name="clock">Measures how long the reading takes.</param>
    /// <param name="read">Hears how many bytes of how many were read.</param>
    /// <param name="mappings">What the school said of the columns of tables; nothing, when it is left out.</param>
    public static Reading Read(ImportFile given, int number, long mostBytes, TimeProvider clock, Action<long, long> read, ConfirmedMappings? mappings = null)
    {
        EncodingsOfWindows.Register();
        var reading = new Reading(given.Name);
        try
        {
            using var file = given.Open();
            if (!file.CanSeek) throw new InvalidOperationException("ImportFile.Open has to give a stream that can seek.");
            reading.Bytes = file.Length;
            if (file.Length > mostBytes) throw new FileRefused(Rules.FileTooLarge);
            using var watched = new WatchedStream(file, clock, read);
            var survey = Survey.Of(watched);
            reading.Sha256 = survey.Sha256;
            Read(watched, survey, reading, number, mappings ?? new ConfirmedMappings(DateOnly.FromDateTime(clock.GetUtcNow().Date), _ => null));
        }
        catch (FileRefused refused) { reading.Find(refused.Rule, refused.Line, refused.Column); }
        catch (XmlException broken) { reading.Find(IsDtd(broken) ? Rules.FileWithDtd : Rules.FileBroken, broken.LineNumber); }
        catch (JsonException broken) { reading.Find(Rules.FileBroken, (int)Math.Min(broken.LineNumber ?? 0, int.MaxValue - 1) + 1); }
        catch (DecoderFallbackException) { reading.Find(Rules.FileEncoding); }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException) { reading.Find(Rules.FileMissing); }
        return reading;
    }

    enum Form { Empty, Zip, OldWorkbook, OtherArchive, Binary, Xml, Json, Text }

    static void Read(Stream file, Survey survey, Reading reading, int number, ConfirmedMappings mappings)
    {
        switch (Recognise(survey.Start))
        {
            case Form.Empty: throw new FileRefused(Rules.FileEmpty);
            case Form.Zip: XlsxFile.Read(file, reading, mappings); break;
            case Form.OldWorkbook: throw new FileRefused(Rules.WorkbookOld);
            case Form.OtherArchive: throw new FileRefused(Rules.FileZipped);
            case Form.Binary: throw new FileRefused(Rules.FileBinary);
            case Form.Xml: ReadXml(file, survey, reading, number); break;
            case Form.Json: NextTestFile.Read(file, survey, reading); break;
            default: CsvFile.Read(file, reading, mappings); break;
        }
    }

    static void ReadXml(Stream file, Survey survey, Reading reading, int number)
    {
        var (encoding, lies) = survey.EncodingOfXml();
        if (lies) reading.Bend(Rules.FileEncodingLies, 1);
        using var text = survey.Text(file, encoding);
        using var xml = new XmlRecords(text, reading);
        var root = xml.Root();
        if (root == "dossier") reading.File = $"OSO-dossier {number}";
        Action<XmlRecords, Reading> reader = root switch
        {
            "EDEX" or "leerlinggegevens_antwoord" or "leerlinggegevens" or "leerlingen_antwoord" or "leerlingen" or "structuur_antwoord" or "structuur" => EdexmlFile.Read,
            "leerresultaten_verzoek" => UwlrFile.Read,
            "dossier" => OsoDossier.Read,
            "Fault" or "leerkrachten_antwoord" or "leerresultaten_bevestiging" or "leerlinggegevens_verzoek" or "structuur_verzoek" or "leerlingen_verzoek" or "leerkrachten_verzoek"
                => throw new FileRefused(Rules.FileNoData, xml.Line),
            _ => throw new FileRefused(Rules.FileOtherXml, xml.Line),
        };
        reading.Kind = root switch
        {
            "EDEX" => FileKind.Edexml,
            "structuur_antwoord" or "structuur" => FileKind.UwlrStructure,
            "leerresultaten_verzoek" => FileKind.UwlrResults,
            "dossier" => FileKind.OsoDossier,
            _ => FileKind.UwlrPupils,
        };
        reader(xml, reading);
        xml.Finish();
    }

    /// <summary>By the marks of formats that are no text, else by the first character that is not blank.</summary>
    static Form Recognise(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty) return Form.Empty;
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8)) return Form.Zip;
        if (Tables.IsOldWorkbook(start)) return Form.OldWorkbook;
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])
            || start.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF]) || start.StartsWith("Rar!"u8)) return Form.OtherArchive;
        if (start.StartsWith("%PDF"u8) || start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) return Form.Binary;
        var text = TextEncoding.Guess(start).GetString(start).AsSpan().TrimStart("\uFEFF \t\r\n");
        if (text.IsEmpty) return start.IndexOf((byte)0) >= 0 ? Form.Binary : Form.Empty;
        foreach (var c in text)
            if (c < ' ' && c is not ('\t' or '\r' or '\n')) return Form.Binary;
        return text[0] switch { '<' => Form.Xml, '{' or '[' => Form.Json, _ => Form.Text };
    }

    /// <summary>.NET has no code for a DTD, only words, which it has in English alone.</summary>
    static bool IsDtd(XmlException broken) => broken.Message.Contains("DTD", StringComparison.Ordinal);
}
