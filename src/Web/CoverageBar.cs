namespace Groeilijn.Web;

/// <summary>A part of a bar.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How large, not negative.</param>
/// <param name="Cell">The name of its number, for checks.</param>
public readonly record struct BarPart(string Name, double Value, string Cell);

/// <summary>One bar a row, each divided in parts that differ in pattern: how many of the pupils count, and why others do not.</summary>
public static class CoverageBar
{
    const int RowHeight = 66;

    static readonly string[] s_fills = [Drawing.National, "#9db9dc", "#e4c987", "#d9dfe8"];

    /// <summary>Draws.</summary>
    /// <param name="id">A name unique in the page.</param>
    /// <param name="words">Words.</param>
    /// <param name="rows">Label, parts in the same order in each row, and words beside the label.</param>
    public static string Draw(string id, DrawingWords words, IReadOnlyList<(string Label, IReadOnlyList<BarPart> Parts, string Beside)> rows)
    {
        var names = rows.SelectMany(r => r.Parts.Select(p => p.Name)).Distinct().ToList();
        var top = 14 + 20 * names.Count;
        var drawing = new Drawing(id, words, top + rows.Count * RowHeight + 6);
        drawing.Add($"<defs><pattern id=\"{id}-h\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"7\" stroke=\"{Drawing.Ink}\" stroke-width=\"1.6\"/></pattern><pattern id=\"{id}-p\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\"><circle cx=\"3\" cy=\"3\" r=\"1.4\" fill=\"{Drawing.Ink}\"/></pattern></defs>");
        drawing.Legend([.. names.Select((name, i) => ((Action<double, double>)((x, y) => Part(drawing, id, i, x - 11, y - 7, 22, 14, null)), name))]);
        foreach (var (r, (label, parts, beside)) in rows.Index())
        {
            double y = top + r * RowHeight, total = parts.Sum(p => p.Value), x = 14;
            drawing.Text(14, y + 14, label, more: " font-weight=\"700\"");
            drawing.Text(14, y + 30, beside, colour: Drawing.Soft);
            foreach (var part in parts)
            {
                var width = total > 0 ? part.Value / total * (Drawing.Width - 28) : 0;
                if (width > 0) Part(drawing, id, names.IndexOf(part.Name), x, y + 37, width, 18, part.Cell);
                x += width;
            }
        }
        return drawing.Close();
    }

    static void Part(Drawing drawing, string id, int number, double x, double y, double width, double height, string? cell)
    {
        drawing.Add($"<rect{(cell is null ? "" : $" class=\"part\" data-cell=\"{Html.Encode(cell)}\"")} x=\"{x:F2}\" y=\"{y:F1}\" width=\"{width:F2}\" height=\"{height:F0}\" fill=\"{s_fills[Math.Min(number, 3)]}\" stroke=\"{Drawing.Strong}\"/>");
        if (number is 1 or 2) drawing.Add($"<rect x=\"{x:F2}\" y=\"{y:F1}\" width=\"{width:F2}\" height=\"{height:F0}\" fill=\"url(#{id}-{(number == 1 ? "h" : "p")})\" fill-opacity=\".8\"/>");
    }
}
