using System.Globalization;
using System.Text;

namespace Groeilijn.Web;

/// <summary>One row of an interval chart.</summary>
/// <param name="Label">What the row is about.</param>
/// <param name="Value">The own value; null when it is hidden.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
/// <param name="Reference">What it is compared with, when there is something.</param>
/// <param name="Remark">Words in place of the drawing, when the value is hidden.</param>
public readonly record struct IntervalRow(string Label, double? Value, double Low, double High, double? Reference, string Remark = "");

/// <summary>What a chart calls its parts.</summary>
/// <param name="Title">The message of the picture, its accessible name.</param>
/// <param name="Description">What a listener needs to know instead of seeing it.</param>
/// <param name="Own">Name of the own value.</param>
/// <param name="Reference">Name of the value beside it.</param>
/// <param name="Unit">What the axis counts.</param>
/// <param name="Language"><c>nl</c> or <c>en</c>.</param>
public sealed record ChartText(string Title, string Description, string Own, string Reference, string Unit, string Language);

/// <summary>
/// Charts as SVG: one drawing for screen and print, readable without colour (dot, bar and diamond differ in shape), with title and
/// description; the caller puts the table of the same numbers beside it. The same input gives the same bytes.
/// </summary>
public static class Charts
{
    const int Width = 720, RowHeight = 38, LabelWidth = 190, Right = 24, Top = 44, Bottom = 46;

    /// <summary>A dot with its interval per row, and a diamond for the reference.</summary>
    /// <param name="id">A name unique in the page, for the references inside the drawing.</param>
    /// <param name="text">Words.</param>
    /// <param name="rows">From top to bottom.</param>
    public static string Intervals(string id, ChartText text, IReadOnlyList<IntervalRow> rows)
    {
        var height = Top + rows.Count * RowHeight + Bottom;
        var axis = Axis.Over(rows.SelectMany(Ends), LabelWidth, Width - Right);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg role=\"img\" aria-labelledby=\"{id}-t {id}-d\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" font-family=\"Fira Sans, Arial, sans-serif\" font-size=\"14\">\n");
        svg.Append("<title id=\"").Append(id).Append("-t\">").Append(Html.Encode(text.Title)).Append("</title>\n<desc id=\"").Append(id).Append("-d\">").Append(Html.Encode(text.Description)).Append("</desc>\n");
        Legend(svg, text);
        foreach (var tick in axis.Ticks)
        {
            var x = axis.At(tick);
            var strong = tick == 0;
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:F1}\" x2=\"{x:F1}\" y1=\"{Top}\" y2=\"{height - Bottom}\" stroke=\"{(strong ? "#6b7788" : "#d9dfe8")}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{height - Bottom + 18}\" text-anchor=\"middle\" fill=\"#475365\">{Html.Number(tick, axis.Decimals, text.Language)}</text>\n");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(LabelWidth + Width - Right) / 2}\" y=\"{height - 8}\" text-anchor=\"middle\" fill=\"#475365\">{Html.Encode(text.Unit)}</text>\n");
        for (var i = 0; i < rows.Count; i++) Row(svg, rows[i], axis, Top + i * RowHeight + RowHeight / 2);
        return svg.Append("</svg>\n").ToString();
    }

    static IEnumerable<double> Ends(IntervalRow row)
    {
        if (row.Value is not null) { yield return row.Low; yield return row.High; }
        if (row.Reference is { } reference) yield return reference;
    }

    static void Legend(StringBuilder svg, ChartText text)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{LabelWidth}\" x2=\"{LabelWidth + 28}\" y1=\"20\" y2=\"20\" stroke=\"#c0202c\" stroke-width=\"3\"/><circle cx=\"{LabelWidth + 14}\" cy=\"20\" r=\"6\" fill=\"#c0202c\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth + 36}\" y=\"25\" fill=\"#1b2430\">{Html.Encode(text.Own)}</text>\n");
        Diamond(svg, LabelWidth + 262, 20);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth + 276}\" y=\"25\" fill=\"#1b2430\">{Html.Encode(text.Reference)}</text>\n");
    }

    static void Row(StringBuilder svg, IntervalRow row, Axis axis, int y)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth - 12}\" y=\"{y + 5}\" text-anchor=\"end\" fill=\"#1b2430\">{Html.Encode(row.Label)}</text>\n");
        if (row.Reference is { } reference) Diamond(svg, axis.At(reference), y);
        if (row.Value is not { } value)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right - 4}\" y=\"{y + 5}\" text-anchor=\"end\" fill=\"#475365\" font-style=\"italic\" stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\">{Html.Encode(row.Remark)}</text>\n");
            return;
        }
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{axis.At(row.Low):F1}\" x2=\"{axis.At(row.High):F1}\" y1=\"{y}\" y2=\"{y}\" stroke=\"#c0202c\" stroke-width=\"3\"/>");
        foreach (var end in (ReadOnlySpan<double>)[row.Low, row.High])
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{axis.At(end):F1}\" x2=\"{axis.At(end):F1}\" y1=\"{y - 6}\" y2=\"{y + 6}\" stroke=\"#c0202c\" stroke-width=\"2\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{axis.At(value):F1}\" cy=\"{y}\" r=\"6\" fill=\"#c0202c\"/>\n");
    }

    static void Diamond(StringBuilder svg, double x, double y) =>
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x:F1} {y - 8:F1} L{x + 7:F1} {y:F1} L{x:F1} {y + 8:F1} L{x - 7:F1} {y:F1} Z\" fill=\"#fff\" stroke=\"#2a6ebb\" stroke-width=\"2.5\"/>\n");

    /// <summary>A linear axis with round ticks that covers all values.</summary>
    sealed record Axis(double From, double To, double Step, int Left, int RightEdge)
    {
        public int Decimals => Step < 1 ? 1 : 0;

        public IEnumerable<double> Ticks
        {
            get
            {
                var count = (int)Math.Round((To - From) / Step);
                for (var i = 0; i <= count; i++) yield return Math.Round(From + i * Step, 6);
            }
        }

        public double At(double value) => Left + (value - From) / (To - From) * (RightEdge - Left);

        public static Axis Over(IEnumerable<double> values, int left, int right)
        {
            var all = values.DefaultIfEmpty(0).ToList();
            double low = Math.Min(0, all.Min()), high = Math.Max(0, all.Max());
            if (high - low < 1e-9) high = low + 1;
            var step = RoundStep((high - low) / 6);
            return new Axis(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step, left, right);
        }

        /// <summary>1, 2 or 5 times a power of ten.</summary>
        static double RoundStep(double least)
        {
            var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
            foreach (var factor in (ReadOnlySpan<double>)[1, 2, 5]) if (factor * power >= least) return factor * power;
            return 10 * power;
        }
    }
}
