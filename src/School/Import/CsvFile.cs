using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Groeilijn.School;

/// <summary>
/// Reads the CSV files: addresses, results, and a list of objections. The columns are found by their names in the first line,
/// in any order; the separator is whichever of <c>; , tab |</c> gives those names.
/// </summary>
static class CsvFile
{
    const int LongestField = 4096;
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
        var (separator, lines) = Separator(file, encoding, names => recognise(names) != FileKind.Unknown) ?? throw new FileRefused(Rules.FileOtherColumns, 1);
        using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen: true);
        for (var i = 0; i < lines; i++) text.ReadLine();
        var broken = false;
        using var parser = new CsvParser(text, Configuration(separator, () => broken = true));
        try
        {
            if (!Next() || broken) throw new FileRefused(Rules.FileRowBroken, 1);
            var columns = Columns(parser.Record!);
            into.Kind = recognise(columns.Keys.ToHashSet(StringComparer.Ordinal));
            while (Next())
            {
                if (broken || parser.Count != columns.Width) throw new FileRefused(Rules.FileRowBroken, parser.RawRow + lines);
                row(into.Kind, new Row(parser, columns, parser.RawRow + lines));
            }
        }
        catch (CsvHelperException) { throw new FileRefused(Rules.FileRowBroken, parser.RawRow + lines); }
        if (!EndsInNewLine(file, encoding)) into.Find(Rules.FileNoEnd, parser.RawRow + lines);

        bool Next() => parser.Read();
    }

    static CsvConfiguration Configuration(string separator, Action bad) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = separator,
        BadDataFound = _ => bad(),
        MaxFieldSize = LongestField,
        IgnoreBlankLines = true,
        DetectDelimiter = false,
    };

    /// <summary>The separator under which the first line names known columns, and the lines before it ("sep=;", which Excel writes).</summary>
    static (string Separator, int Before)? Separator(Stream file, Encoding encoding, Func<IReadOnlySet<string>, bool> known)
    {
        using var text = new StreamReader(file, encoding, true, 1 << 12, leaveOpen: true);
        var before = 0;
        var first = FirstLine(text);
        if (first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)) (before, first) = (1, FirstLine(text));
        file.Position = 0;
        foreach (var separator in new[] { ";", ",", "\t", "|" })
            if (known(Columns(first.Split(separator)).Keys.ToHashSet(StringComparer.Ordinal))) return (separator, before);
        return null;
    }

    static string FirstLine(StreamReader text)
    {
        var line = new StringBuilder();
        for (var c = text.Read(); c is >= 0 and not '\n' && line.Length < LongestField; c = text.Read()) line.Append((char)c);
        return line.ToString();
    }

    static bool EndsInNewLine(Stream file, Encoding encoding)
    {
        var wide = encoding is UnicodeEncoding ? 2 : 1;
        if (file.Length < wide) return false;
        file.Position = file.Length - wide;
        Span<byte> last = stackalloc byte[2];
        file.ReadExactly(last[..wide]);
        return last[..wide].IndexOfAny((byte)'\n', (byte)'\r') >= 0;
    }

    static ColumnMap Columns(string[] names)
    {
        var map = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++) map.TryAdd(Normal(names[i]), i);
        return new(map, names.Length);
    }

    static string Normal(string name)
    {
        var plain = name.Trim('\uFEFF', ' ', '"', '\r', '\n', '\t').ToLowerInvariant();
        return plain switch { "eckid" => Eck, "leerlingkey" or "key" or "leerlingid" => Key, _ => plain };
    }

    sealed record ColumnMap(Dictionary<string, int> Map, int Width)
    {
        public ICollection<string> Keys => Map.Keys;
    }

    /// <summary>One line; a column that the file does not have is empty.</summary>
    readonly struct Row(CsvParser parser, ColumnMap columns, int line)
    {
        public int Line => line;

        public string this[string column] => columns.Map.TryGetValue(column, out var index) ? parser[index].Trim() : "";
    }
}
