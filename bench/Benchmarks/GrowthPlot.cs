using System.Globalization;
using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Benchmarks;

/// <summary>Cost with size as a picture: CPU seconds and peak memory against rows, both axes in powers of ten.</summary>
static class GrowthPlot
{
    const int Width = 640, Height = 360, Left = 70, Right = 70, Top = 20, Bottom = 50;

    /// <summary>Draws a table of <c>rows,wall,cpu,megabytes</c> with a header; the axis of seconds begins at ten to the power <paramref name="least"/>.</summary>
    internal static void Write(string table, string picture, string what, string rowsAre, int least)
    {
        var rows = File.ReadLines(table).Skip(1).Select(l => l.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray()).ToList();
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"t d\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" font-family=\"Arial, sans-serif\" font-size=\"13\">\n<title id=\"t\">Cost of {what} with size</title>\n<desc id=\"d\">CPU seconds (dots, full line) and peak memory (squares, dashed line) against the number of {rowsAre}; the table with the picture gives the numbers.</desc>\n<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>\n");
        double X(double n) => Left + (Math.Log10(n) - 4.5) / 3 * (Width - Left - Right);
        double Y(double v, double low) => Height - Bottom - (Math.Log10(v) - low) / 3 * (Height - Top - Bottom);
        for (var p = 5; p <= 7; p++) svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(Math.Pow(10, p)):F1}\" x2=\"{X(Math.Pow(10, p)):F1}\" y1=\"{Top}\" y2=\"{Height - Bottom}\" stroke=\"#e6eaf0\"/><text x=\"{X(Math.Pow(10, p)):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\" fill=\"#475365\">{(p == 5 ? "100,000" : p == 6 ? "1 million" : "10 million")}</text>\n");
        for (var p = 0; p <= 3; p++) svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(Math.Pow(10, p - 1), -1):F1}\" y2=\"{Y(Math.Pow(10, p - 1), -1):F1}\" stroke=\"#e6eaf0\"/><text x=\"{Left - 8}\" y=\"{Y(Math.Pow(10, p - 1), -1) + 4:F1}\" text-anchor=\"end\" fill=\"#475365\">{Math.Pow(10, p + least):0.##} s</text><text x=\"{Width - Right + 8}\" y=\"{Y(Math.Pow(10, p - 1), -1) + 4:F1}\" fill=\"#475365\">{Math.Pow(10, p + 1):0} MB</text>\n");
        Line(svg, rows.Select(r => (X(r[0]), Y(r[2], least))).ToList(), "#c0202c", "", (x, y) => FormattableString.Invariant($"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"5\" fill=\"#c0202c\"/>"), "CPU seconds", -14);
        Line(svg, rows.Select(r => (X(r[0]), Y(r[3], 1))).ToList(), "#2a6ebb", "6 4", (x, y) => FormattableString.Invariant($"<rect x=\"{x - 5:F1}\" y=\"{y - 5:F1}\" width=\"10\" height=\"10\" fill=\"#fff\" stroke=\"#2a6ebb\" stroke-width=\"2\"/>"), "peak memory", 44);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\" fill=\"#1b2430\">{rowsAre}</text>\n</svg>\n");
        DurableFile.Write(picture, Encoding.UTF8.GetBytes(svg.ToString()));
    }

    static void Line(StringBuilder svg, List<(double X, double Y)> points, string colour, string dash, Func<double, double, string> mark, string name, int lift)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\" d=\"{string.Join(' ', points.Select((p, i) => FormattableString.Invariant($"{(i == 0 ? 'M' : 'L')}{p.X:F1} {p.Y:F1}")))}\"/>");
        foreach (var (x, y) in points) svg.Append(mark(x, y));
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{points[^1].X + 20:F1}\" y=\"{points[^1].Y + lift:F1}\" text-anchor=\"end\" fill=\"#1b2430\">{name}</text>\n");
    }
}
