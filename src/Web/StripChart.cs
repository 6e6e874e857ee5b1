using System.Globalization;
using System.Text;

namespace Groeilijn.Web;

/// <summary>How all schools lie, as a density on equal steps: never one school's value.</summary>
/// <param name="From">The first place.</param>
/// <param name="To">The last place.</param>
/// <param name="Heights">The density at equal steps from the first to the last place, not negative.</param>
public sealed record Density(double From, double To, IReadOnlyList<double> Heights)
{
    /// <summary>The place below which a share of the schools lies, by linear steps.</summary>
    public double Quantile(double share)
    {
        var total = Heights.Sum();
        var (sum, step) = (0.0, (To - From) / (Heights.Count - 1));
        for (var i = 0; i < Heights.Count; i++)
        {
            if (Heights[i] > 0 && sum + Heights[i] >= share * total) return Math.Clamp(From + step * (i - 0.5 + (share * total - sum) / Heights[i]), From, To);
            sum += Heights[i];
        }
        return To;
    }
}

/// <summary>All schools as a grey hill, the own school as a dot with its interval below it, what was expected as a square: where do we stand, without a ranked list.</summary>
public static class StripChart
{
    const int Left = 22, Right = 22, Hill = 74;

    /// <summary>Draws.</summary>
    /// <param name="id">A name unique in the page.</param>
    /// <param name="words">Words.</param>
    /// <param name="all">All schools.</param>
    /// <param name="own">The own school.</param>
    /// <param name="legend">Words for the dot, the square, the hill, and its middle eight tenths.</param>
    public static string Draw(string id, DrawingWords words, Density all, DotRow own, (string Own, string Reference, string All, string Middle) legend)
    {
        const double top = 94, ground = top + Hill, row = ground + 20, bottom = row + 18;
        var axis = Axis.Over([all.From, all.To, own.Low, own.High, 0], Left, Drawing.Width - Right, 7);
        var drawing = new Drawing(id, words, (int)bottom + 44);
        drawing.Legend(((x, y) => drawing.Dot(x, y, null, 5), legend.Own), (drawing.Square, legend.Reference),
            ((x, y) => drawing.Add($"<path d=\"M{x - 11:F0} {y + 7:F0} q11 -26 22 0 Z\" fill=\"{Drawing.Grey}\"/>"), legend.All), ((x, y) => drawing.Add($"<path d=\"M{x - 10:F0} {y - 6:F0} v12 M{x + 10:F0} {y - 6:F0} v12 M{x - 10:F0} {y:F0} h20\" stroke=\"{Drawing.Soft}\" stroke-width=\"1.5\" fill=\"none\"/>"), legend.Middle));
        drawing.Across(axis, top, bottom);
        var pen = new StringBuilder();
        var most = all.Heights.Max();
        foreach (var (i, height) in all.Heights.Index())
            pen.Append(CultureInfo.InvariantCulture, $"L{axis.At(all.From + (all.To - all.From) * i / (all.Heights.Count - 1)):F1} {ground - Hill * height / most:F1} ");
        drawing.Add($"<path d=\"M{axis.At(all.From):F1} {ground:F1} {pen}L{axis.At(all.To):F1} {ground:F1} Z\" fill=\"{Drawing.Grey}\" stroke=\"{Drawing.Strong}\"/>");
        double low = axis.At(all.Quantile(0.1)), high = axis.At(all.Quantile(0.9));
        drawing.Add($"<path d=\"M{low:F1} {ground - 6:F1} v12 M{high:F1} {ground - 6:F1} v12 M{low:F1} {ground:F1} H{high:F1}\" stroke=\"{Drawing.Soft}\" stroke-width=\"1.5\" fill=\"none\"/>");
        drawing.Square(axis.At(0), row);
        if (own.Value is { } value)
        {
            drawing.Add($"<line x1=\"{axis.At(own.Low):F1}\" x2=\"{axis.At(own.High):F1}\" y1=\"{row:F1}\" y2=\"{row:F1}\" stroke=\"{Drawing.Own}\" stroke-width=\"5\" stroke-opacity=\".35\" stroke-linecap=\"round\"/>");
            drawing.Dot(axis.At(value), row, own.Cell, 7);
        }
        return drawing.Close();
    }
}
