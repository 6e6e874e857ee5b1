using System.Globalization;
using System.Text;
using Groeilijn.Web;

namespace Groeilijn.Office;

/// <summary>Pairs by weight as a picture: for the report of <c>groeilijn link</c> and for the console.</summary>
public static class WeightHistogram
{
    /// <summary>Bars as high as the logarithm of their pairs; those where one person is likelier than two are darker, and a line stands at the threshold.</summary>
    /// <param name="bins">Bins of two bits with their pairs.</param>
    /// <param name="threshold">The least probability of a link, above 0 and below 1.</param>
    /// <param name="title">What the picture shows.</param>
    /// <param name="bar">A bar in words: from, to, pairs.</param>
    /// <param name="language">Of the numbers.</param>
    public static string Svg(IReadOnlyList<(int Bits, long Pairs)> bins, double threshold, string title, Func<int, int, long, string> bar, string language)
    {
        ArgumentNullException.ThrowIfNull(bins);
        ArgumentNullException.ThrowIfNull(bar);
        const int width = 720, height = 260, bottom = 40;
        var (step, top) = ((width - 40.0) / bins.Count, Math.Log10(1 + Math.Max(1, bins.Max(b => b.Pairs))));
        double At(double bits) => 20 + (bits - bins[0].Bits) / 2 * step;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg role=\"img\" aria-labelledby=\"w-t\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"Fira Sans, Arial, sans-serif\" font-size=\"13\">\n<title id=\"w-t\">{Html.Encode(title)}</title>\n");
        foreach (var (bits, pairs) in bins)
        {
            var tall = Math.Log10(1 + pairs) / top * (height - bottom - 20);
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{At(bits):F1}\" y=\"{height - bottom - tall:F1}\" width=\"{step - 2:F1}\" height=\"{tall:F1}\" fill=\"{(bits >= 0 ? "#154273" : "#9fb4cc")}\"><title>{Html.Encode(bar(bits, bits + 2, pairs))}</title></rect>\n");
            if (bits % 10 == 0) svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{At(bits):F1}\" y=\"{height - bottom + 18}\" text-anchor=\"middle\" fill=\"#475365\">{Html.Number(bits, 0, language)}</text>\n");
        }
        var line = At(Math.Log2(threshold / (1 - threshold)));
        return svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{line:F1}\" y1=\"10\" x2=\"{line:F1}\" y2=\"{height - bottom}\" stroke=\"#9b1b1b\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>\n</svg>\n").ToString();
    }
}
