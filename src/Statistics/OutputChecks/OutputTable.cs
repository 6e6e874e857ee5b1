using System.Globalization;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Statistics.OutputChecks;

/// <summary>What can stand in a cell.</summary>
enum CellKind
{
    Number, Hidden, Bound, Formula, Comma, Text, NotFinite,
}

readonly record struct Cell(CellKind Kind, double Value = double.NaN)
{
    static readonly HashSet<string> s_marks = new(StringComparer.OrdinalIgnoreCase) { "", "NA", "N/A", "*", "**", "X", ".", "..", "-", "C", "S", "SUPPRESSED", "HIDDEN", "SECONDARY", "PRIMARY", "VERBORGEN" };

    internal static Cell Of(double number) => DataColumn.IsMissing(number) ? new(CellKind.Hidden) : double.IsFinite(number) ? new(CellKind.Number, number) : new(CellKind.NotFinite);

    internal static Cell Of(string text)
    {
        text = text.Trim();
        if (s_marks.Contains(text)) return new(CellKind.Hidden);
        if (text[0] is '=' or '@' || text[0] is '+' or '-' && text.Length > 1 && (char.IsLetter(text[1]) || text[1] is '(' or '=')) return new(CellKind.Formula);
        if (text[0] == '<' && Parsed(text[1..].TrimStart('=', ' ')) is { } bound) return new(CellKind.Bound, bound);
        if (Parsed(text) is { } number) return double.IsFinite(number) ? new(CellKind.Number, number) : new(CellKind.NotFinite);
        return new(text.Count(c => c == ',') == 1 && Parsed(text.Replace(',', '.')) is not null ? CellKind.Comma : CellKind.Text);
    }

    static double? Parsed(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>One column of an output and what it holds.</summary>
/// <param name="Data">The cells.</param>
/// <param name="Role">What it holds.</param>
/// <param name="Label">How it is called in findings: a name that is known or declared, else its place, because the first line of a file without header is data.</param>
public sealed record OutputColumn(DataColumn Data, Role Role, string Label)
{
    Cell[]? _levels;

    /// <summary>Of a percentile, which; null when it is not known.</summary>
    public double? Percent { get; init; }

    /// <summary>Whether the column is evidence from another file, and does not leave.</summary>
    public bool IsEvidence { get; init; }

    internal Cell Cell(int row)
    {
        if (Data.Numbers is { } numbers) return OutputChecks.Cell.Of(numbers[row]);
        _levels ??= [.. Data.Levels!.Select(OutputChecks.Cell.Of)];
        return Data.Codes![row] < 0 ? new(CellKind.Hidden) : _levels[Data.Codes[row]];
    }

    /// <summary>The number in a row; null when it is hidden or none.</summary>
    internal double? Number(int row) => Cell(row) is { Kind: CellKind.Number } cell ? cell.Value : null;

    /// <summary>The code in a row as a text.</summary>
    internal string Code(int row) =>
        Data.Numbers is { } numbers ? DataColumn.IsMissing(numbers[row]) ? "" : numbers[row].ToString("R", CultureInfo.InvariantCulture)
        : Data.Codes![row] < 0 ? "" : Data.Levels![Data.Codes[row]].Trim();
}

/// <summary>An output as it would leave, with what its owner says of it.</summary>
public sealed record OutputTable
{
    static readonly HashSet<string> s_totals = new(StringComparer.OrdinalIgnoreCase) { "Total", "Totaal", "All", "Alle", "Overall", "Sum" };

    /// <summary>The file's name.</summary>
    public required string File { get; init; }

    /// <summary>Its columns.</summary>
    public required IReadOnlyList<OutputColumn> Columns { get; init; }

    /// <summary>How many rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Why nothing could be read, and what to do; null when it was read.</summary>
    public (string What, string Remedy)? Unread { get; init; }

    /// <summary>What the owner says it is; null when the columns' names tell.</summary>
    public Statbarn? Kind { get; init; }

    /// <summary>The values that a unit can have at all, such as a scale's ends; null when not declared.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Whether cells are empty because nobody can be in them, as everybody knows.</summary>
    public bool StructuralZeros { get; init; }

    /// <summary>Whether the regressors of a model hold at least one that is continuous; false: all are categories; null: not declared.</summary>
    public bool? Continuous { get; init; }

    /// <summary>Whether a picture or the classes show the smallest or largest value; null: not declared.</summary>
    public bool? EndsShown { get; init; }

    /// <summary>The code of a total, beside the usual ones.</summary>
    public string? Total { get; init; }

    /// <summary>An output that could not be read.</summary>
    public static OutputTable Unreadable(string file, string what, string remedy) => new() { File = file, Columns = [], Rows = 0, Unread = (what, remedy) };

    /// <summary>What the names of the columns tell; a column of texts without a known name is a group.</summary>
    public static OutputTable Guess(string file, IReadOnlyList<DataColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var made = new List<OutputColumn>();
        foreach (var (place, data) in columns.Index())
        {
            var (role, percent) = ColumnNames.Find(data.Name);
            var known = role != Role.Unknown;
            if (role == Role.Unknown && data.Levels is { } levels && !levels.All(l => Cell.Of(l).Kind is CellKind.Comma or CellKind.Hidden or CellKind.NotFinite)) role = Role.Group;
            made.Add(new(data, role, known ? data.Name : FormattableString.Invariant($"column {place + 1}")) { Percent = percent });
        }
        // What names coefficients or steps is a group where there are none.
        if (!made.Exists(c => c.Role is Role.Coefficient or Role.Test)) Regroup(Role.Term);
        if (!made.Exists(c => c.Role is Role.Survival or Role.AtRisk or Role.Events)) Regroup(Role.Time);
        return new() { File = file, Columns = made, Rows = columns.Count == 0 ? 0 : columns[0].Rows };

        void Regroup(Role role)
        {
            for (var c = 0; c < made.Count; c++) if (made[c].Role == role) made[c] = made[c] with { Role = Role.Group };
        }
    }

    internal IEnumerable<OutputColumn> Of(params IEnumerable<Role> roles) => Columns.Where(c => roles.Contains(c.Role));

    internal OutputColumn? First(Role role) => Columns.FirstOrDefault(c => c.Role == role);

    internal bool IsTotal(string code) => s_totals.Contains(code) || code == Total;

    /// <summary>Whether rows are cells of a table, rather than coefficients or steps.</summary>
    internal bool IsCells => First(Role.Count) is { IsEvidence: false } && !Of(Role.Coefficient, Role.Term, Role.Survival, Role.AtRisk).Any() && (First(Role.Mean) is not null || First(Role.Test) is null);
}
