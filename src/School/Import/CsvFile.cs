using System.Text;

namespace Groeilijn.School;

/// <summary>
/// Reads the CSV files: addresses, results, and a list of objections. The columns are found by their names in the first line,
/// in any order; the separator is whichever of <c>; , tab |</c> gives those names.
/// </summary>
static class CsvFile
{
    const string Key = "leerling_key", Eck = "eck_id", Postcode = "postcode", House = "huisnummer", Taken = "afnamedatum", Test = "toetscode", Score = "vaardigheidsscore", Asked = "datum";

    public static void Read(Stream file, Reading into) => Each(file, into, Kind, (kind, row) =>
    {
        if (kind == FileKind.ObjectionCsv) throw new FileRefused(Rules.FileObjections);
        if (kind == FileKind.AddressCsv) into.Addresses.Add(new(row.Line, row[Key], row[Eck], row[Postcode], row[House], row["huisletter"], row["toevoeging"]));
        else into.Keep(new() { Line = row.Line, Key = row[Key], Eck = row[Eck], Taken = row[Taken], Test = row[Test], Score = row[Score] });
    });

    /// <summary>The lines of a list of objections: key and day.</summary>
    public static List<(int Line, string Key, string Day)> Objections(Stream file, Reading into)
    {
        var rows = new List<(int, string, string)>();
        Each(file, into, names => names.Contains(Key) && names.Contains(Asked) ? FileKind.ObjectionCsv : FileKind.Unknown,
            (_, row) => rows.Add((row.Line, row[Key], row[Asked])));
        return rows;
    }

    static FileKind Kind(IReadOnlySet<string> names) =>
        !names.Contains(Key) && !names.Contains(Eck) ? FileKind.Unknown
        : names.Contains(Postcode) && names.Contains(House) ? FileKind.AddressCsv
        : names.Contains(Taken) && names.Contains(Test) && names.Contains(Score) ? FileKind.ResultCsv
        : names.Contains(Asked) && names.Count == 2 ? FileKind.ObjectionCsv
        : FileKind.Unknown;

    static void Each(Stream file, Reading into, Func<IReadOnlySet<string>, FileKind> recognise, Action<FileKind, Row> row)
    {
        var encoding = TextEncoding.Of(file);
        var separator = Separator(file, encoding, names => recognise(names) != FileKind.Unknown) ?? throw new FileRefused(Rules.FileOtherColumns, 1);
        using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen: true);
        var lines = new CsvLines(text, separator);
        var first = lines.Next();
        if (IsSeparatorLine(first!)) first = lines.Next();
        var columns = Columns(first!);
        into.Kind = recognise(columns.Names);
        while (lines.Next() is { } fields)
        {
            if (fields.Count != columns.Width) throw new FileRefused(Rules.FileRowBroken, lines.Line);
            row(into.Kind, new Row(fields, columns, lines.Line));
        }
        if (!lines.Ended) into.Find(Rules.FileNoEnd, lines.Line);
    }

    /// <summary>The separator under which the first line names known columns.</summary>
    static char? Separator(Stream file, Encoding encoding, Func<IReadOnlySet<string>, bool> known)
    {
        foreach (var separator in ";,\t|")
        {
            var names = FirstNames(file, encoding, separator);
            file.Position = 0;
            if (names is not null && known(names)) return separator;
        }
        return null;
    }

    /// <summary>The names in the first line, divided by this separator; null when it cannot be divided so.</summary>
    static IReadOnlySet<string>? FirstNames(Stream file, Encoding encoding, char separator)
    {
        file.Position = 0;
        using var text = new StreamReader(file, encoding, true, 1 << 12, leaveOpen: true);
        var lines = new CsvLines(text, separator);
        try
        {
            var first = lines.Next();
            if (first is not null && IsSeparatorLine(first)) first = lines.Next();
            return first is null ? null : Columns(first).Names;
        }
        catch (FileRefused)
        {
            return null;
        }
    }

    /// <summary>"sep=;", which Excel writes above the columns.</summary>
    static bool IsSeparatorLine(IReadOnlyList<string> fields) => fields[0].Trim('\uFEFF', ' ').StartsWith("sep=", StringComparison.OrdinalIgnoreCase);

    static ColumnMap Columns(IReadOnlyList<string> names)
    {
        var map = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++) map.TryAdd(Normal(names[i]), i);
        return new(map, names.Count);
    }

    static string Normal(string name)
    {
        var plain = name.Trim('\uFEFF', ' ', '"', '\r', '\n', '\t').ToLowerInvariant();
        return plain switch { "eckid" => Eck, "leerlingkey" or "key" or "leerlingid" => Key, _ => plain };
    }

    sealed record ColumnMap(Dictionary<string, int> Map, int Width)
    {
        public IReadOnlySet<string> Names { get; } = Map.Keys.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>One line; a column that the file does not have is empty.</summary>
    readonly struct Row(IReadOnlyList<string> fields, ColumnMap columns, int line)
    {
        public int Line => line;

        public string this[string column] => columns.Map.TryGetValue(column, out var index) ? fields[index].Trim() : "";
    }
}
