namespace Groeilijn.School;

/// <summary>
/// A table with our own names of columns, which needs no confirmation: addresses, results, pupils, or a list of objections.
/// Days in it are written 2015-03-09 or 09-03-2015, sex as 1 (boy), 2 (girl), 9 or 0, or as m and v.
/// </summary>
sealed class CanonicalTable
{
    public const string Key = "leerling_key", Asked = "datum";
    const string Eck = "eck_id", Postcode = "postcode", House = "huisnummer", Taken = "afnamedatum", Test = "toetscode", Score = "vaardigheidsscore", Born = "geboortedatum", Sex = "geslacht";

    readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    CanonicalTable(TableHeader header)
    {
        for (var i = 0; i < header.Names.Count; i++) _columns.TryAdd(Normal(header.Names[i]), i);
        Kind = !Has(Key) && !Has(Eck) ? FileKind.Unknown
            : Has(Born, Sex) ? FileKind.PupilCsv
            : Has(Postcode, House) ? FileKind.AddressCsv
            : Has(Taken, Test, Score) ? FileKind.ResultCsv
            : Has(Key, Asked) && _columns.Count == 2 ? FileKind.ObjectionCsv
            : FileKind.Unknown;
    }

    /// <summary>The columns of a table with our names; null for any other.</summary>
    public static CanonicalTable? Of(TableHeader header) => new CanonicalTable(header) is { Kind: not FileKind.Unknown } known ? known : null;

    public FileKind Kind { get; }

    /// <summary>A cell by the name of its column; empty when the table has no such column.</summary>
    public string this[TableRow row, string column] => _columns.TryGetValue(column, out var index) ? row.Cells[index] : "";

    public void Read(TableRow row, Reading into)
    {
        string Cell(string column) => this[row, column];
        if (Kind == FileKind.ResultCsv)
        {
            into.Keep(new() { Line = row.Line, Key = Cell(Key), Eck = Cell(Eck), Taken = Cell(Taken), Test = Cell(Test), Score = Cell(Score) });
            return;
        }
        if (Has(Postcode, House)) into.Addresses.Add(new(row.Line, Cell(Key), Cell(Eck), Cell(Postcode), Cell(House), Cell("huisletter"), Cell("toevoeging")));
        if (Kind != FileKind.PupilCsv) return;
        var number = Cell("bsn");
        into.Add(new PupilRow
        {
            Line = row.Line,
            Key = Cell(Key),
            Eck = Cell(Eck),
            FirstName = Cell("roepnaam"),
            Prefix = Cell("voorvoegsel"),
            LastName = Cell("achternaam"),
            Born = Cell(Born),
            Sex = SexWritings.Edexml(char.IsAsciiDigit(Cell(Sex).FirstOrDefault()) ? SexWriting.OneIsBoy : SexWriting.ManVrouw, Cell(Sex)),
            YearGroup = Cell("jaargroep"),
            Number = number.Length > 0 ? number : Cell("onderwijsnummer"),
            NumberColumn = number.Length > 0 ? "bsn" : "onderwijsnummer",
            Postcode = Cell(Postcode),
            Entered = Cell("instroomdatum"),
            Left = Cell("uitstroomdatum"),
        });
    }

    bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) if (!_columns.ContainsKey(name)) return false;
        return true;
    }

    static string Normal(string name)
    {
        var plain = name.ToLowerInvariant();
        return plain switch { "eckid" => Eck, "leerlingkey" or "key" or "leerlingid" => Key, _ => plain };
    }
}
