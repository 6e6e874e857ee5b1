using System.Globalization;
using System.Text;

namespace Groeilijn.Web;

/// <summary>What a drawing says of itself.</summary>
/// <param name="Title">The message of the picture, its accessible name.</param>
/// <param name="Description">What a listener needs to know instead of seeing it.</param>
/// <param name="Unit">What its axis counts.</param>
/// <param name="Language"><c>nl</c> or <c>en</c>.</param>
public sealed record DrawingWords(string Title, string Description, string Unit, string Language);

/// <summary>
/// An SVG under construction. Every drawing is 360 wide, so that it is read on a phone and on paper without being made again; the own school, what was expected and
/// all schools differ in shape as well as in colour. A mark that stands for a number names its cell, so that a check can hold the drawing against the number.
/// The same input gives the same bytes.
/// </summary>
sealed class Drawing
{
    public const int Width = 360;
    public const string Ink = "#1b2430", Soft = "#475365", Line = "#d9dfe8", Strong = "#6b7788", Own = "#c0202c", National = "#2a6ebb", Reference = "#b98900", Grey = "#c3cad4";

    readonly StringBuilder _svg = new();
    readonly DrawingWords _words;

    public Drawing(string id, DrawingWords words, int height)
    {
        _words = words;
        _svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" font-family=\"Fira Sans, Segoe UI, Arial, sans-serif\" font-size=\"13\">\n");
        _svg.Append("<title id=\"").Append(id).Append("-t\">").Append(Html.Encode(words.Title)).Append("</title>\n<desc id=\"").Append(id).Append("-d\">").Append(Html.Encode(words.Description)).Append("</desc>\n");
    }

    public void Add(FormattableString part) => _svg.Append(part.ToString(CultureInfo.InvariantCulture)).Append('\n');

    public void Text(double x, double y, string text, string anchor = "start", string colour = Ink, string more = "") =>
        Add($"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" fill=\"{colour}\"{more}>{Html.Encode(text)}</text>");

    /// <summary>The own school: a dot that names its cell.</summary>
    public void Dot(double x, double y, string? cell = null, double r = 6) => Add($"<circle{Named(cell)} cx=\"{x:F2}\" cy=\"{y:F2}\" r=\"{r:F0}\" fill=\"{Own}\" stroke=\"#fff\"/>");

    /// <summary>All schools: an open diamond.</summary>
    public void Diamond(double x, double y) => Add($"<path d=\"M{x:F1} {y - 7:F1} L{x + 6:F1} {y:F1} L{x:F1} {y + 7:F1} L{x - 6:F1} {y:F1} Z\" fill=\"#fff\" stroke=\"{National}\" stroke-width=\"2.5\"/>");

    /// <summary>What was expected: a square.</summary>
    public void Square(double x, double y) => Add($"<rect x=\"{x - 5:F1}\" y=\"{y - 5:F1}\" width=\"10\" height=\"10\" fill=\"{Reference}\" stroke=\"#5a4300\" stroke-width=\"1.5\"/>");

    /// <summary>The ticks of an axis from left to right, with their numbers below; a check reads them.</summary>
    public void Across(Axis axis, double top, double bottom)
    {
        foreach (var tick in axis.Ticks)
        {
            var x = axis.At(tick);
            Add($"<line x1=\"{x:F1}\" x2=\"{x:F1}\" y1=\"{top:F1}\" y2=\"{bottom:F1}\" stroke=\"{Line}\"/>");
            Add($"<text class=\"tick\" x=\"{x:F2}\" y=\"{bottom + 16:F1}\" text-anchor=\"middle\" fill=\"{Soft}\">{Html.Number(tick, axis.Decimals, _words.Language)}</text>");
        }
        Text((axis.From + axis.To) / 2, bottom + 34, _words.Unit, "middle", Soft);
    }

    /// <summary>What the shapes mean, one to a line from a height on; only those that occur.</summary>
    public double Legend(params ReadOnlySpan<(Action<double, double> Shape, string Words)> items)
    {
        var y = 14.0;
        foreach (var (shape, words) in items)
        {
            shape(14, y);
            Text(32, y + 4.5, words);
            y += 20;
        }
        return y;
    }

    public string Close() => _svg.Append("</svg>\n").ToString();

    static string Named(string? cell) => cell is null ? "" : $" class=\"own\" data-cell=\"{Html.Encode(cell)}\"";
}

/// <summary>A linear axis with round ticks that covers all values.</summary>
/// <param name="Low">The value at its beginning.</param>
/// <param name="High">The value at its end.</param>
/// <param name="Step">Between ticks.</param>
/// <param name="From">Where it begins in the drawing.</param>
/// <param name="To">Where it ends; smaller than <paramref name="From"/> when it goes up.</param>
readonly record struct Axis(double Low, double High, double Step, double From, double To)
{
    public int Decimals => Step < 0.0999 ? 2 : Step < 0.999 ? 1 : 0;

    public IEnumerable<double> Ticks
    {
        get
        {
            for (var i = 0; i <= (int)Math.Round((High - Low) / Step); i++) yield return Math.Round(Low + i * Step, 6) + 0.0;
        }
    }

    public double At(double value) => From + (value - Low) / (High - Low) * (To - From);

    /// <summary>An axis over values, those that must be on it included.</summary>
    public static Axis Over(IEnumerable<double> values, double from, double to, int ticks = 5)
    {
        var all = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        double low = all.Min(), high = all.Max();
        if (high - low < 1e-9) (low, high) = (low - 0.5, high + 0.5);
        var step = RoundStep((high - low) / ticks);
        return new Axis(Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step, step, from, to);
    }

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    static double RoundStep(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 5]) if (factor * power >= least * 0.999) return factor * power;
        return 10 * power;
    }
}
