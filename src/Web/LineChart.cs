using System.Globalization;
using System.Text;

namespace Groeilijn.Web;

/// <summary>A point of a line.</summary>
/// <param name="Value">The value; null when it is hidden, which leaves a gap.</param>
/// <param name="Low">Lower end of its interval, when it has one.</param>
/// <param name="High">Upper end of its interval, when it has one.</param>
public readonly record struct LinePoint(double? Value, double? Low = null, double? High = null);

/// <summary>A line: its name and a point for every place on the axis.</summary>
public sealed record Line(string Name, IReadOnlyList<LinePoint> Points);

/// <summary>What a line chart calls its parts.</summary>
/// <param name="Title">The message of the picture, its accessible name.</param>
/// <param name="Description">What a listener needs to know instead of seeing it.</param>
/// <param name="Across">What the horizontal axis runs over.</param>
/// <param name="Unit">What the vertical axis counts.</param>
/// <param name="Decimals">Decimals of the values written at the points.</param>
/// <param name="Language"><c>nl</c> or <c>en</c>.</param>
/// <param name="Joined">Whether going from place to place has a meaning. If not, the points stand alone, and the axis shows zero.</param>
public sealed record LineText(string Title, string Description, string Across, string Unit, int Decimals, string Language, bool Joined = true);

/// <summary>
/// A line or a few over ordered places, as SVG: readable without colour (lines differ in dash and marker), with title and description; the
/// caller puts the table of the same numbers beside it. The axis of joined points shows their range, not zero: scales of ability have none.
/// The same input gives the same bytes.
/// </summary>
public static class LineChart
{
    /// <summary>The most lines that stay apart by their look.</summary>
    public const int Most = 4;

    const int Width = 720, Height = 360, Left = 64, Right = 24, Top = 72, Bottom = 62;

    static readonly (string Colour, string Dash)[] s_looks = [("#c0202c", ""), ("#2a6ebb", "7 4"), ("#1c6b36", "2 4"), ("#7a4a00", "10 3 2 3")];

    /// <param name="id">A name unique in the page, for the references inside the drawing.</param>
    /// <param name="text">Words.</param>
    /// <param name="places">The labels along the horizontal axis.</param>
    /// <param name="lines">One to <see cref="Most"/> lines, each with a point per place.</param>
    public static string Lines(string id, LineText text, IReadOnlyList<string> places, IReadOnlyList<Line> lines)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lines.Count, Most);
        var (from, to, step) = Scale(lines.SelectMany(l => l.Points).SelectMany(Ends).Concat(text.Joined ? [] : [0]));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg role=\"img\" aria-labelledby=\"{id}-t {id}-d\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" font-family=\"Fira Sans, Arial, sans-serif\" font-size=\"14\">\n");
        svg.Append("<title id=\"").Append(id).Append("-t\">").Append(Html.Encode(text.Title)).Append("</title>\n<desc id=\"").Append(id).Append("-d\">").Append(Html.Encode(text.Description)).Append("</desc>\n");
        double X(int place) => Left + (Width - Left - Right) * (place + 0.5) / places.Count;
        double Y(double value) => Height - Bottom - (value - from) / (to - from) * (Height - Top - Bottom);

        for (var i = 0; i <= (int)Math.Round((to - from) / step); i++)
        {
            var tick = Math.Round(from + i * step, 6);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):F1}\" y2=\"{Y(tick):F1}\" stroke=\"#d9dfe8\"/><text x=\"{Left - 8}\" y=\"{Y(tick) + 5:F1}\" text-anchor=\"end\" fill=\"#475365\">{Html.Number(tick, step < 1 ? 1 : 0, text.Language)}</text>\n");
        }
        for (var i = 0; i < places.Count; i++) Place(svg, places[i], X(i), (Width - Left - Right) / places.Count);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\" fill=\"#475365\">{Html.Encode(text.Across)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"8\" y=\"20\" fill=\"#475365\">{Html.Encode(text.Unit)}</text>\n");
        for (var i = 0; i < lines.Count; i++) Draw(svg, lines[i], i, lines.Count, text, X, Y);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>A label under its place, on two lines when it is wider than its place.</summary>
    static void Place(StringBuilder svg, string label, double x, int width)
    {
        const double letter = 7.5;
        var space = label.Length * letter < width ? -1 : Enumerable.Range(0, label.Length).Where(i => label[i] == ' ').OrderBy(i => Math.Abs(i - label.Length / 2)).FirstOrDefault(-1);
        string[] parts = space < 0 ? [label] : [label[..space], label[(space + 1)..]];
        for (var i = 0; i < parts.Length; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{Height - Bottom + 18 + 15 * i}\" text-anchor=\"middle\" fill=\"#1b2430\">{Html.Encode(parts[i])}</text>\n");
    }

    static IEnumerable<double> Ends(LinePoint point)
    {
        if (point.Value is not { } value) yield break;
        yield return value;
        if (point.Low is { } low) yield return low;
        if (point.High is { } high) yield return high;
    }

    static void Draw(StringBuilder svg, Line line, int number, int count, LineText text, Func<int, double> x, Func<double, double> y)
    {
        var (colour, dash) = s_looks[number];
        var dashed = dash.Length > 0 ? $" stroke-dasharray=\"{dash}\"" : "";
        if (count > 1)
        {
            var at = 8 + number * (Width - 16) / Most;
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{at}\" x2=\"{at + 30}\" y1=\"41\" y2=\"41\" stroke=\"{colour}\" stroke-width=\"2.5\"{dashed}/>");
            Marker(svg, number, at + 15, 41, colour);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{at + 38}\" y=\"46\" fill=\"#1b2430\">{Html.Encode(line.Name)}</text>\n");
        }
        var pen = new StringBuilder();
        for (var i = 0; i < line.Points.Count; i++)
            if (line.Points[i].Value is { } value)
                pen.Append(CultureInfo.InvariantCulture, $"{(i == 0 || line.Points[i - 1].Value is null ? 'M' : 'L')}{x(i):F1} {y(value):F1} ");
        if (text.Joined && pen.Length > 0) svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{pen.ToString().TrimEnd()}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\"{dashed}/>\n");
        for (var i = 0; i < line.Points.Count; i++)
        {
            if (line.Points[i] is not { Value: { } value } point) continue;
            if (point is { Low: { } low, High: { } high })
                svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x(i):F1} {y(low):F1} L{x(i):F1} {y(high):F1} M{x(i) - 5:F1} {y(low):F1} h10 M{x(i) - 5:F1} {y(high):F1} h10\" stroke=\"{colour}\" stroke-width=\"1.5\"/>");
            Marker(svg, number, x(i), y(value), colour);
            if (count == 1) Number(svg, line, i, x(i), y(value), text);
            svg.Append('\n');
        }
    }

    /// <summary>The number at a point, on the side where the line is not.</summary>
    static void Number(StringBuilder svg, Line line, int at, double x, double y, LineText text)
    {
        double? Beside(int i) => text.Joined && i >= 0 && i < line.Points.Count ? line.Points[i].Value : null;
        var value = line.Points[at].Value!.Value;
        var (fell, rises) = (Beside(at - 1) > value, Beside(at + 1) > value);
        var (left, lift) = (rises && !fell, rises && fell ? 20 : -8);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + (left ? -9 : 9):F1}\" y=\"{Math.Min(y + lift, Height - Bottom - 4):F1}\" text-anchor=\"{(left ? "end" : "start")}\" fill=\"#1b2430\">{Html.Number(value, text.Decimals, text.Language)}</text>");
    }

    static void Marker(StringBuilder svg, int number, double x, double y, string colour)
    {
        if (number == 0) svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"5\" fill=\"{colour}\"/>");
        else if (number == 1) svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x:F1} {y - 7:F1} L{x + 6:F1} {y:F1} L{x:F1} {y + 7:F1} L{x - 6:F1} {y:F1} Z\" fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"2.5\"/>");
        else if (number == 2) svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x - 5:F1}\" y=\"{y - 5:F1}\" width=\"10\" height=\"10\" fill=\"{colour}\"/>");
        else svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x:F1} {y - 6:F1} L{x + 6:F1} {y + 5:F1} L{x - 6:F1} {y + 5:F1} Z\" fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"2.5\"/>");
    }

    /// <summary>Round ends around the values, and a step of 1, 2 or 5 times a power of ten.</summary>
    static (double From, double To, double Step) Scale(IEnumerable<double> values)
    {
        var all = values.DefaultIfEmpty(0).ToList();
        double low = all.Min(), high = all.Max();
        if (high - low < 1e-9) (low, high) = (low - 1, high + 1);
        var least = (high - low) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        var step = 10 * power;
        foreach (var factor in (ReadOnlySpan<double>)[5, 2, 1]) if (factor * power >= least) step = factor * power;
        return (Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step);
    }
}
