using System.Text;

namespace Groeilijn.School;

/// <summary>
/// A CSV file as a table. The separator is whichever of <c>; , tab |</c> divides a row into the most names that columns
/// usually have; a line <c>sep=;</c> above them is passed over. Encoding: UTF-8, UTF-16 or Windows-1252, by its bytes.
/// </summary>
sealed class CsvFile : Table
{
    const string Separators = ";,\t|";
    readonly Stream _file;
    readonly Encoding _encoding;
    readonly char _separator;
    int _brokenOff;

    CsvFile(Stream file, Encoding encoding, char separator) => (_file, _encoding, _separator) = (file, encoding, separator);

    /// <summary>The table and its header; null when no separator gives a row with names of columns.</summary>
    public static (Table Table, TableHeader Header)? Open(Stream file)
    {
        var encoding = TextEncoding.Of(file);
        (Table, TableHeader Header)? best = null;
        foreach (var separator in Separators)
        {
            var table = new CsvFile(file, encoding, separator);
            if (TableHeader.Find(table) is { } header && header.Known > (best?.Header.Known ?? 0)) best = (table, header);
        }
        return best;
    }

    public static void Read(Stream file, Reading into, ConfirmedMappings mappings)
    {
        if (Open(file) is not var (table, header)) throw new FileRefused(Rules.FileOtherColumns, 1);
        TableReading.Read(table, header, into, mappings);
        if (table.BrokenOff > 0) into.Find(Rules.FileNoEnd, table.BrokenOff);
    }

    /// <summary>The lines of a list of objections: key and day.</summary>
    public static List<(int Line, string Key, string Day)> Objections(Stream file, Reading into)
    {
        if (Open(file) is not var (table, header) || CanonicalTable.Of(header) is not { Kind: FileKind.ObjectionCsv } columns) throw new FileRefused(Rules.FileOtherColumns, 1);
        into.Kind = FileKind.ObjectionCsv;
        var rows = new List<(int, string, string)>();
        foreach (var row in header.Rows(table)) rows.Add((row.Line, columns[row, CanonicalTable.Key], columns[row, CanonicalTable.Asked]));
        if (table.BrokenOff > 0) into.Find(Rules.FileNoEnd, table.BrokenOff);
        return rows;
    }

    public override int BrokenOff => _brokenOff;

    public override bool Strict => true;

    public override Words Written
    {
        get
        {
            var (nl, en) = _separator switch { ';' => ("puntkomma", "semicolon"), ',' => ("komma", "comma"), '\t' => ("tab", "tab"), _ => ("rechte streep (|)", "vertical bar (|)") };
            var encoding = _encoding switch { UTF8Encoding => "UTF-8", UnicodeEncoding => "UTF-16", _ => "Windows-1252" };
            return new($"CSV, scheidingsteken {nl}, codering {encoding}", $"CSV, separator {en}, encoding {encoding}");
        }
    }

    public override IEnumerable<TableRow> Rows()
    {
        _file.Position = 0;
        using var text = new StreamReader(_file, _encoding, detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen: true);
        var lines = new CsvLines(text, _separator);
        var first = true;
        while (lines.Next() is { } fields)
        {
            if (!first || !IsSeparatorLine(fields)) yield return new(lines.Line, fields);
            first = false;
        }
        _brokenOff = lines.Ended ? 0 : lines.Line;
    }

    /// <summary>"sep=;", which Excel writes above the columns.</summary>
    static bool IsSeparatorLine(IReadOnlyList<string> fields) => fields[0].Trim('\uFEFF', ' ').StartsWith("sep=", StringComparison.OrdinalIgnoreCase);
}
