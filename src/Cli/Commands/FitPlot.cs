using System.Globalization;
using System.Text;
using Groeilijn.Web;

namespace Groeilijn.Cli.Commands;

/// <summary>The two kinds of picture of a fit's page, as SVG: dots with a line, and a caterpillar of intervals. Dots and line differ in shape, so that colour says nothing alone.</summary>
static class FitPlot
{
    const int Width = 720, Height = 400, Left = 84, Right = 20, Top = 16, Bottom = 56;

    /// <summary>Dots, a line over them, and level lines where asked.</summary>
    internal static string Of(string id, string title, string description, string across, string up, IReadOnlyList<(double X, double Y)> dots, IReadOnlyList<(double X, double Y)> line, bool zero, double[]? marks = null)
    {
        var x = Axis.Over(dots.Concat(line).Select(p => p.X), Left, Width - Right);
        var y = Axis.Over(dots.Concat(line).Select(p => p.Y).Concat(marks ?? []).Concat(zero ? [0] : []), Height - Bottom, Top);
        var svg = Open(id, title, description, Height);
        foreach (var tick in x.Ticks) svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x.At(tick):F1}\" x2=\"{x.At(tick):F1}\" y1=\"{Top}\" y2=\"{Height - Bottom}\" stroke=\"#e6eaf0\"/><text x=\"{x.At(tick):F1}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\" fill=\"#475365\">{x.Label(tick)}</text>\n");
        foreach (var tick in y.Ticks) svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y.At(tick):F1}\" y2=\"{y.At(tick):F1}\" stroke=\"{(zero && tick == 0 ? "#6b7788" : "#e6eaf0")}\"/><text x=\"{Left - 8}\" y=\"{y.At(tick) + 5:F1}\" text-anchor=\"end\" fill=\"#475365\">{y.Label(tick)}</text>\n");
        foreach (var mark in marks ?? []) svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y.At(mark):F1}\" y2=\"{y.At(mark):F1}\" stroke=\"#475365\" stroke-dasharray=\"6 4\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\" fill=\"#1b2430\">{Html.Encode(across)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"16\" y=\"{(Top + Height - Bottom) / 2}\" text-anchor=\"middle\" fill=\"#1b2430\" transform=\"rotate(-90 16 {(Top + Height - Bottom) / 2})\">{Html.Encode(up)}</text>\n");
        svg.Append("<g fill=\"#2a6ebb\" fill-opacity=\"0.55\">\n");
        foreach (var (px, py) in dots) svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x.At(px):F1}\" cy=\"{y.At(py):F1}\" r=\"{(dots.Count > 300 ? "2" : "3.5")}\"/>");
        svg.Append("\n</g>\n<path fill=\"none\" stroke=\"#c0202c\" stroke-width=\"2.5\" d=\"");
        for (var i = 0; i < line.Count; i++) svg.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{x.At(line[i].X):F1} {y.At(line[i].Y):F1} ");
        return svg.Append("\"/>\n</svg>\n").ToString();
    }

    /// <summary>Levels from lowest to highest, each a dot with its interval.</summary>
    internal static string Caterpillar(string id, string title, string description, IReadOnlyList<(string Level, double Mode, double Low, double High)> rows)
    {
        const int row = 16, label = 150;
        var height = Top + rows.Count * row + Bottom;
        var x = Axis.Over(rows.SelectMany(r => new[] { r.Low, r.High }).Append(0), label, Width - Right);
        var svg = Open(id, title, description, height);
        foreach (var tick in x.Ticks) svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x.At(tick):F1}\" x2=\"{x.At(tick):F1}\" y1=\"{Top}\" y2=\"{height - Bottom}\" stroke=\"{(tick == 0 ? "#6b7788" : "#e6eaf0")}\"/><text x=\"{x.At(tick):F1}\" y=\"{height - Bottom + 20}\" text-anchor=\"middle\" fill=\"#475365\">{x.Label(tick)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(label + Width - Right) / 2}\" y=\"{height - 10}\" text-anchor=\"middle\" fill=\"#1b2430\">effect</text>\n");
        for (var i = 0; i < rows.Count; i++)
        {
            var (level, mode, low, high) = rows[rows.Count - 1 - i];
            double y = Top + i * row + row / 2.0;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{label - 8}\" y=\"{y + 4:F1}\" text-anchor=\"end\" font-size=\"12\" fill=\"#1b2430\">{Html.Encode(level.Length > 20 ? level[..19] + "…" : level)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x.At(low):F1}\" x2=\"{x.At(high):F1}\" y1=\"{y:F1}\" y2=\"{y:F1}\" stroke=\"#2a6ebb\" stroke-width=\"1.5\"/><circle cx=\"{x.At(mode):F1}\" cy=\"{y:F1}\" r=\"4\" fill=\"#c0202c\"/>\n");
        }
        return svg.Append("</svg>\n").ToString();
    }

    static StringBuilder Open(string id, string title, string description, int height) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"<svg role=\"img\" aria-labelledby=\"{id}-t {id}-d\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" font-family=\"Fira Sans, Arial, sans-serif\" font-size=\"14\">\n<title id=\"{id}-t\">{Html.Encode(title)}</title>\n<desc id=\"{id}-d\">{Html.Encode(description)}</desc>\n");

    /// <summary>A linear axis with round ticks, from one edge to the other; the edges may run downwards.</summary>
    sealed record Axis(double From, double To, double Step, double Start, double End)
    {
        public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round((To - From) / Step) + 1).Select(i => Math.Round((From + i * Step) / Step) * Step);

        public double At(double value) => Start + (value - From) / (To - From) * (End - Start);

        public string Label(double tick) => Math.Abs(tick) >= 1e6 || Step < 1e-4 ? tick.ToString("0.##e+0", CultureInfo.InvariantCulture).Replace('-', '−')
            : Html.Number(tick, Step >= 1 ? 0 : (int)Math.Ceiling(-Math.Log10(Step) - 1e-9), "en");

        public static Axis Over(IEnumerable<double> values, double start, double end)
        {
            var all = values.DefaultIfEmpty(0).ToList();
            double low = all.Min(), high = all.Max();
            if (!(high - low > 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)))) (low, high) = (low - 1, high + 1);
            var least = (high - low) / 7;
            var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
            var step = 10 * power;
            foreach (var factor in (ReadOnlySpan<double>)[5, 2, 1]) if (factor * power >= least) step = factor * power;
            return new Axis(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step, start, end);
        }
    }
}
