namespace Groeilijn.Web;

/// <summary>One panel: a group of pupils from a first moment to a second.</summary>
/// <param name="Label">The group.</param>
/// <param name="Start">The first moment.</param>
/// <param name="End">The second.</param>
/// <param name="Cell">The name of the own numbers, for checks.</param>
/// <param name="Own">The own means; null when hidden.</param>
/// <param name="All">The means of all schools; null when hidden.</param>
/// <param name="Band">Between these lie the middle half of all pupils, at the first and at the second moment; null when hidden.</param>
/// <param name="Remark">Words when the own means are hidden.</param>
public sealed record BandPanel(string Label, string Start, string End, string Cell, (double Start, double End)? Own, (double Start, double End)? All, ((double Low, double High) Start, (double Low, double High) End)? Band, string Remark = "");

/// <summary>Small multiples, each on its own part of one scale: each group's line on the band of the middle half of all pupils. Steeper is more growth.</summary>
public static class BandChart
{
    const int Across = 2, PanelWidth = 172, PanelHeight = 196, Gap = 14;

    /// <summary>Draws.</summary>
    /// <param name="id">A name unique in the page.</param>
    /// <param name="words">Words.</param>
    /// <param name="panels">In order.</param>
    /// <param name="legend">Words for the own line, the line of all, and the band.</param>
    public static string Draw(string id, DrawingWords words, IReadOnlyList<BandPanel> panels, (string Own, string All, string Band) legend)
    {
        const int top = 90;
        var rows = (panels.Count + Across - 1) / Across;
        var scales = Scales(panels);
        var drawing = new Drawing(id, words, top + rows * (PanelHeight + Gap) + 4);
        drawing.Legend(((x, y) => { Path(drawing, x - 12, y, x + 12, y, Drawing.Own, 2.5, ""); drawing.Dot(x, y, null, 5); }, legend.Own),
            ((x, y) => { Path(drawing, x - 12, y, x + 12, y, Drawing.National, 2, "5 3"); drawing.Diamond(x, y); }, legend.All),
            ((x, y) => drawing.Add($"<rect x=\"{x - 11:F0}\" y=\"{y - 7:F0}\" width=\"22\" height=\"14\" fill=\"{Drawing.Grey}\" fill-opacity=\".6\"/>"), legend.Band));
        drawing.Text(2, top - 8, words.Unit, colour: Drawing.Soft);
        foreach (var (i, panel) in panels.Index()) Panel(drawing, panel, scales[i], i % Across * (PanelWidth + 16), top + i / Across * (PanelHeight + Gap), words.Language);
        return drawing.Close();
    }

    /// <summary>An axis for each panel, as long in points as the longest, so that equal slopes are equal growth while each panel shows its own range.</summary>
    static Axis[] Scales(IReadOnlyList<BandPanel> panels)
    {
        Axis[] own = [.. panels.Select(panel => Axis.Over(Ends(panel), PanelHeight - 30, 26, 4))];
        var step = own.Max(axis => axis.Step);
        double[] low = [.. panels.Select(panel => Math.Floor(Ends(panel).DefaultIfEmpty(0).Min() / step) * step)];
        var span = panels.Select((panel, i) => Math.Ceiling((Ends(panel).DefaultIfEmpty(1).Max() - low[i]) / step)).Max() * step;
        return [.. own.Select((axis, i) => axis with { Low = low[i], High = low[i] + span, Step = step })];
    }

    static IEnumerable<double> Ends(BandPanel panel)
    {
        if (panel.Own is { } own) { yield return own.Start; yield return own.End; }
        if (panel.All is { } all) { yield return all.Start; yield return all.End; }
        if (panel.Band is { } band) { yield return band.Start.Low; yield return band.Start.High; yield return band.End.Low; yield return band.End.High; }
    }

    static void Panel(Drawing drawing, BandPanel panel, Axis axis, double left, double top, string language)
    {
        double start = left + 56, end = left + PanelWidth - 24;
        double Y(double value) => top + axis.At(value);
        drawing.Text(left + 2, top + 12, panel.Label, more: " font-weight=\"700\"");
        foreach (var tick in axis.Ticks)
        {
            drawing.Add($"<line x1=\"{left + 36:F0}\" x2=\"{left + PanelWidth:F0}\" y1=\"{Y(tick):F1}\" y2=\"{Y(tick):F1}\" stroke=\"{Drawing.Line}\"/>");
            drawing.Add($"<text class=\"tick-up\" x=\"{left + 32:F1}\" y=\"{Y(tick) + 4:F2}\" text-anchor=\"end\" fill=\"{Drawing.Soft}\" font-size=\"11\">{Html.Number(tick, axis.Decimals, language)}</text>");
        }
        drawing.Text(start, top + PanelHeight - 12, panel.Start, "middle", Drawing.Soft, " font-size=\"12\"");
        drawing.Text(end, top + PanelHeight - 12, panel.End, "middle", Drawing.Soft, " font-size=\"12\"");
        if (panel.Band is { } band) drawing.Add($"<path d=\"M{start:F1} {Y(band.Start.Low):F1} L{start:F1} {Y(band.Start.High):F1} L{end:F1} {Y(band.End.High):F1} L{end:F1} {Y(band.End.Low):F1} Z\" fill=\"{Drawing.Grey}\" fill-opacity=\".6\"/>");
        if (panel.All is { } all)
        {
            Path(drawing, start, Y(all.Start), end, Y(all.End), Drawing.National, 2, "5 3");
            drawing.Diamond(start, Y(all.Start));
            drawing.Diamond(end, Y(all.End));
        }
        if (panel.Own is { } own)
        {
            Path(drawing, start, Y(own.Start), end, Y(own.End), Drawing.Own, 2.5, "");
            drawing.Dot(start, Y(own.Start), panel.Cell + "|start", 5);
            drawing.Dot(end, Y(own.End), panel.Cell + "|end", 5);
        }
        else drawing.Text(left + 40, top + 38, panel.Remark, colour: Drawing.Soft, more: " font-size=\"11\" font-style=\"italic\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"");
    }

    static void Path(Drawing drawing, double x1, double y1, double x2, double y2, string colour, double width, string dash) =>
        drawing.Add($"<line x1=\"{x1:F1}\" x2=\"{x2:F1}\" y1=\"{y1:F1}\" y2=\"{y2:F1}\" stroke=\"{colour}\" stroke-width=\"{width:F1}\"{(dash.Length > 0 ? $" stroke-dasharray=\"{dash}\"" : "")}/>");
}
