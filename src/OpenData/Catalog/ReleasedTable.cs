namespace Groeilijn.OpenData;

/// <summary>
/// A table that the Gate let go, as the public site reads it: two files of one name, the cells as CSV and everything that explains
/// them as JSON. The cells are protected already; the site adds nothing to them and knows nothing else.
/// </summary>
public sealed record ReleasedTable
{
    /// <summary>The columns of the CSV behind the measures: <c>published</c> or <c>hidden</c>, and why it is hidden.</summary>
    public const string StatusColumn = "status", ReasonColumn = "reason";

    /// <summary>The table's name in addresses, the same in every edition.</summary>
    public required string Id { get; init; }

    /// <summary>The edition it belongs to, <c>2023-2</c>.</summary>
    public required string Edition { get; init; }

    public required Bilingual Title { get; init; }

    /// <summary>What the table is about, in a sentence or two; null when the title says it all.</summary>
    public Bilingual? Description { get; init; }

    /// <summary>The dimensions, in the order of the CSV's columns; each with its codes in their order.</summary>
    public required IReadOnlyList<TableDimension> Dimensions { get; init; }

    /// <summary>The measures, in the order of the CSV's columns.</summary>
    public required IReadOnlyList<TableMeasure> Measures { get; init; }

    /// <summary>What each reason in the column <c>reason</c> means.</summary>
    public required IReadOnlyList<TableCode> Hidden { get; init; }

    public required Bilingual Source { get; init; }

    /// <summary>The address of the licence.</summary>
    public required string Licence { get; init; }

    /// <summary>The Gate's name of this release, <c>2023-2/table/growth</c>.</summary>
    public required string Release { get; init; }

    /// <summary>The rules it was released under, <c>public/1</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>SHA-256 of the CSV.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The cells, in the order of the CSV.</summary>
    public required IReadOnlyList<TableRow> Rows { get; init; }

    /// <summary>The CSV's bytes, as they were released.</summary>
    public required byte[] Csv { get; init; }

    /// <summary>The metadata's bytes, as they were released.</summary>
    public required byte[] Metadata { get; init; }
}

/// <summary>A text in both languages of the site.</summary>
public sealed record Bilingual(string Nl, string En)
{
    /// <summary>The text in <c>nl</c> or <c>en</c>.</summary>
    public string In(string language) => language == "nl" ? Nl : En;
}

/// <summary>A code and what it stands for.</summary>
public sealed record TableCode(string Code, Bilingual Label);

/// <summary>A dimension with its codes.</summary>
public sealed record TableDimension(string Id, Bilingual Title, IReadOnlyList<TableCode> Codes)
{
    /// <summary>What a code stands for; every code of the rows is one of these.</summary>
    public string Label(string code, string language) => Codes.First(c => c.Code == code).Label.In(language);
}

/// <summary>A measure: what is counted, in what, with how many decimals.</summary>
public sealed record TableMeasure(string Id, Bilingual Title, Bilingual Unit, int Decimals);

/// <summary>A cell: a code per dimension, a value per measure (null when hidden), and the reason when it is hidden.</summary>
public sealed record TableRow(IReadOnlyList<string> Codes, IReadOnlyList<double?> Values, string Hidden)
{
    public bool IsHidden => Hidden.Length > 0;
}
