namespace Groeilijn.Web;

/// <summary>One row of a chart of dots.</summary>
/// <param name="Label">What the row is about.</param>
/// <param name="Cell">The name of its number, for checks.</param>
/// <param name="Value">The own value; null when it is hidden.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end of its 95 % interval.</param>
/// <param name="Remark">Words in place of the drawing, when the value is hidden.</param>
public readonly record struct DotRow(string Label, string Cell, double? Value, double Low, double High, string Remark = "")
{
    /// <summary>What was expected, where a row has its own.</summary>
    public double? Reference { get; init; }

    /// <summary>The mean of all schools, where a row has its own.</summary>
    public double? National { get; init; }

    /// <summary>Whether the row sums up the others.</summary>
    public bool Strong { get; init; }
}

/// <summary>What the shapes of a chart of dots mean; those that are null do not occur.</summary>
/// <param name="Own">The dot with its band.</param>
/// <param name="Reference">The square.</param>
/// <param name="National">The diamond.</param>
/// <param name="Zero">The line at zero, when zero has a meaning.</param>
/// <param name="Small">The grey around zero: differences that do not matter.</param>
public sealed record DotLegend(string Own, string? Reference = null, string? National = null, string? Zero = null, string? Small = null);

/// <summary>
/// A dot per row in a band that fades out: where it is darkest the value probably lies, and there is no edge that would look like a border (Correll and Gleicher 2014).
/// A thin line is the 95 % interval. The label stands above its row, so that it is as wide as the page allows.
/// </summary>
public static class DotChart
{
    const int Left = 14, Right = 14, RowHeight = 46;

    /// <summary>Draws.</summary>
    /// <param name="id">A name unique in the page.</param>
    /// <param name="words">Words.</param>
    /// <param name="legend">What the shapes mean.</param>
    /// <param name="rows">From top to bottom.</param>
    /// <param name="small">Differences up to this size do not matter; 0 draws nothing.</param>
    public static string Draw(string id, DrawingWords words, DotLegend legend, IReadOnlyList<DotRow> rows, double small = 0)
    {
        var items = 1 + (legend.Reference is null ? 0 : 1) + (legend.National is null ? 0 : 1) + (legend.Zero is null ? 0 : 1) + (legend.Small is null ? 0 : 1);
        double top = 12 + 20 * items, bottom = top + rows.Count * RowHeight + 4;
        var axis = Axis.Over(rows.SelectMany(Ends).Concat(legend.Zero is null ? [] : [0, -2 * small, 2 * small]), Left + 8, Drawing.Width - Right - 8);
        var drawing = new Drawing(id, words, (int)bottom + 44);
        drawing.Add($"<defs><linearGradient id=\"{id}-g\"><stop offset=\"0\" stop-color=\"{Drawing.Own}\" stop-opacity=\".03\"/><stop offset=\".25\" stop-color=\"{Drawing.Own}\" stop-opacity=\".22\"/><stop offset=\".5\" stop-color=\"{Drawing.Own}\" stop-opacity=\".7\"/><stop offset=\".75\" stop-color=\"{Drawing.Own}\" stop-opacity=\".22\"/><stop offset=\"1\" stop-color=\"{Drawing.Own}\" stop-opacity=\".03\"/></linearGradient></defs>");
        Explain(drawing, id, legend);
        if (small > 0 && legend.Small is not null) drawing.Add($"<rect x=\"{axis.At(-small):F1}\" y=\"{top:F1}\" width=\"{axis.At(small) - axis.At(-small):F1}\" height=\"{bottom - top:F1}\" fill=\"#eceff4\"/>");
        drawing.Across(axis, top, bottom);
        if (legend.Zero is not null) drawing.Add($"<line x1=\"{axis.At(0):F1}\" x2=\"{axis.At(0):F1}\" y1=\"{top:F1}\" y2=\"{bottom:F1}\" stroke=\"{Drawing.Ink}\" stroke-width=\"1.5\" stroke-dasharray=\"5 3\"/>");
        foreach (var (i, row) in rows.Index()) Row(drawing, id, row, axis, top + i * RowHeight, words.Language);
        return drawing.Close();
    }

    static IEnumerable<double> Ends(DotRow row)
    {
        if (row.Value is not null) { yield return row.Low; yield return row.High; }
        if (row.Reference is { } reference) yield return reference;
        if (row.National is { } national) yield return national;
    }

    static void Explain(Drawing drawing, string id, DotLegend legend)
    {
        List<(Action<double, double>, string)> items = [((x, y) => { Band(drawing, id, x - 12, x + 12, y); drawing.Dot(x, y, null, 5); }, legend.Own)];
        if (legend.Reference is { } reference) items.Add((drawing.Square, reference));
        if (legend.National is { } national) items.Add((drawing.Diamond, national));
        if (legend.Zero is { } zero) items.Add(((x, y) => drawing.Add($"<line x1=\"{x:F0}\" x2=\"{x:F0}\" y1=\"{y - 8:F0}\" y2=\"{y + 8:F0}\" stroke=\"{Drawing.Ink}\" stroke-width=\"1.5\" stroke-dasharray=\"5 3\"/>"), zero));
        if (legend.Small is { } small) items.Add(((x, y) => drawing.Add($"<rect x=\"{x - 10:F0}\" y=\"{y - 7:F0}\" width=\"20\" height=\"14\" fill=\"#eceff4\" stroke=\"{Drawing.Grey}\"/>"), small));
        drawing.Legend([.. items]);
    }

    static void Row(Drawing drawing, string id, DotRow row, Axis axis, double top, string language)
    {
        var y = top + 31;
        drawing.Text(Left, top + 15, row.Label, more: (row.Strong ? " font-weight=\"700\"" : "") + " stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"");
        if (row.Value is not { } value)
        {
            if (row.National is { } all) drawing.Diamond(axis.At(all), y);
            drawing.Text(Left, top + 33, row.Remark, colour: Drawing.Soft, more: " font-style=\"italic\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"");
            return;
        }
        var half = (row.High - row.Low) / 2;
        Band(drawing, id, Math.Max(2, axis.At(row.Low - 0.3 * half)), Math.Min(Drawing.Width - 2, axis.At(row.High + 0.3 * half)), y);
        drawing.Add($"<line x1=\"{axis.At(row.Low):F1}\" x2=\"{axis.At(row.High):F1}\" y1=\"{y:F1}\" y2=\"{y:F1}\" stroke=\"{Drawing.Own}\" stroke-width=\"1.2\"/>");
        if (row.National is { } national) drawing.Diamond(axis.At(national), y);
        if (row.Reference is { } reference) drawing.Square(axis.At(reference), y);
        drawing.Dot(axis.At(value), y, row.Cell, row.Strong ? 7 : 6);
        drawing.Text(Drawing.Width - Right, top + 15, Html.Number(value, axis.Decimals + 1 > 2 ? 2 : axis.Decimals + 1, language), "end", more: (row.Strong ? " font-weight=\"700\"" : "") + " stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"");
    }

    static void Band(Drawing drawing, string id, double from, double to, double y) => drawing.Add($"<rect x=\"{from:F1}\" y=\"{y - 8:F1}\" width=\"{Math.Max(1, to - from):F1}\" height=\"16\" fill=\"url(#{id}-g)\"/>");
}
