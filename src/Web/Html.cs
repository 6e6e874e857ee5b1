using System.Globalization;
using System.Text;

namespace Groeilijn.Web;

/// <summary>A cell of a table: its text and how it stands.</summary>
/// <param name="Text">Plain text; encoded when rendered.</param>
/// <param name="Kind">Words, a number (right-aligned) or a hidden value with its reason.</param>
public readonly record struct Cell(string Text, CellKind Kind = CellKind.Words)
{
    /// <summary>The name of the number or statement, for checks; null when nothing is to be held against it.</summary>
    public string? Name { get; init; }

    /// <summary>Words as a cell.</summary>
    public static implicit operator Cell(string text) => new(text);

    /// <summary>A number with thin separators as its language writes it.</summary>
    public static Cell Number(long value, string language) => new(Html.Number(value, language), CellKind.Number);

    /// <summary>A number written elsewhere.</summary>
    public static Cell Number(string text) => new(text, CellKind.Number);

    /// <summary>A value that is hidden, with the reason in words.</summary>
    public static Cell Hidden(string reason) => new(reason, CellKind.Hidden);
}

/// <summary>How a cell stands.</summary>
public enum CellKind
{
    /// <summary>Left-aligned text.</summary>
    Words,
    /// <summary>Right-aligned digits.</summary>
    Number,
    /// <summary>Why there is no value.</summary>
    Hidden,
}

/// <summary>The few pieces of markup that pages share, so that encoding and table semantics are written once.</summary>
public static class Html
{
    /// <summary>Text made safe for element content and quoted attributes.</summary>
    public static string Encode(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>A table with a caption and column headers; the first cell of each row is its header. It scrolls by itself when it is wide.</summary>
    public static string Table(string caption, IReadOnlyList<Cell> headers, IEnumerable<IReadOnlyList<Cell>> rows)
    {
        var table = new StringBuilder("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"").Append(Encode(caption)).Append("\"><table>\n<caption>").Append(Encode(caption)).Append("</caption>\n<thead><tr>");
        foreach (var header in headers)
            table.Append(header.Kind == CellKind.Number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">").Append(Encode(header.Text)).Append("</th>");
        table.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            table.Append("<tr>");
            for (var i = 0; i < row.Count; i++) Append(table, row[i], i == 0);
            table.Append("</tr>\n");
        }
        return table.Append("</tbody>\n</table></div>\n").ToString();
    }

    /// <summary>Labels with large figures beneath.</summary>
    public static string Figures(params ReadOnlySpan<(string Label, string Value)> figures)
    {
        var list = new StringBuilder("<dl class=\"figures\">\n");
        foreach (var (label, value) in figures) list.Append("<div><dt>").Append(Encode(label)).Append("</dt><dd>").Append(Encode(value)).Append("</dd></div>\n");
        return list.Append("</dl>\n").ToString();
    }

    /// <summary>A whole number as its language writes it.</summary>
    public static string Number(long value, string language) => value.ToString("N0", Culture(language));

    /// <summary>A number with decimals as its language writes it, with a true minus sign; what is rounded to zero has none.</summary>
    public static string Number(double value, int decimals, string language)
    {
        var text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), Culture(language));
        return text.AsSpan().ContainsAnyInRange('1', '9') ? text.Replace('-', '−') : text.TrimStart('-');
    }

    /// <summary>A day in words: "1 maart 2023", "1 March 2023".</summary>
    public static string Day(DateOnly day, string language) => day.ToString("d MMMM yyyy", Culture(language));

    /// <summary>Fixed by us, not by the machine's locale data, so that pages are the same bytes everywhere.</summary>
    static CultureInfo Culture(string language) => language == "nl" ? s_dutch : s_english;

    static readonly CultureInfo s_dutch = Fixed(",", ".", ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]);
    static readonly CultureInfo s_english = Fixed(".", ",", ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]);

    static CultureInfo Fixed(string point, string thousands, string[] months)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = point;
        culture.NumberFormat.NumberGroupSeparator = thousands;
        culture.DateTimeFormat.MonthNames = culture.DateTimeFormat.MonthGenitiveNames = [.. months, ""];
        return CultureInfo.ReadOnly(culture);
    }

    static void Append(StringBuilder table, Cell cell, bool first)
    {
        var tag = first ? "th" : "td";
        table.Append('<').Append(tag);
        if (first) table.Append(" scope=\"row\"");
        if (cell.Kind == CellKind.Number) table.Append(" class=\"number\"");
        if (cell.Kind == CellKind.Hidden) table.Append(" class=\"hidden\"");
        if (cell.Name is { } name) table.Append(" data-cell=\"").Append(Encode(name)).Append('"');
        table.Append('>').Append(Encode(cell.Text)).Append("</").Append(tag).Append('>');
    }
}
