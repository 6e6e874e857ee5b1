using System.Globalization;
using System.Text;

namespace Groeilijn.Statistics.Disclosure;

/// <summary>
/// Cells and sums in the JJ format, which τ-ARGUS and sdcTable write: per cell its number, value, weight, status (u unsafe, s safe, z to be published), bounds and
/// protection levels (lower, upper, sliding); then per sum its right side and its terms.
/// </summary>
public sealed record JjInstance(CellSystem System, IReadOnlyList<Requirement> Requirements, double[] Prices, bool[] Published, decimal Scale)
{
    /// <summary>The instance that a protected publication solved.</summary>
    public static JjInstance Of(ProtectedPublication made)
    {
        ArgumentNullException.ThrowIfNull(made);
        var requirements = made.Pattern.Witnesses.Select(w => w.Requirement).Concat(made.Pattern.Unprotected).OrderBy(r => r.Cell).ToList();
        var prices = new double[made.System.Cells];
        Array.Fill(prices, 1);
        return new(made.System, requirements, prices, new bool[made.System.Cells], 1);
    }

    /// <summary>Reads a file.</summary>
    public static Checked<JjInstance> Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        using var reader = lines.Where(l => !string.IsNullOrWhiteSpace(l)).GetEnumerator();
        if (!reader.MoveNext() || reader.Current.Trim() != "0" || !reader.MoveNext() || !int.TryParse(reader.Current, out var count) || count < 1) return Wrong("it does not begin with 0 and the number of cells");
        var rows = new List<decimal[]>();
        var status = new char[count];
        for (var c = 0; c < count; c++)
        {
            if (!reader.MoveNext()) return Wrong("it ends among its cells");
            var parts = reader.Current.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 9 || parts[0] != c.ToString(CultureInfo.InvariantCulture) || parts[3].Length != 1) return Wrong($"cell {c} is not a line of nine numbers and a status");
            status[c] = char.ToLowerInvariant(parts[3][0]);
            var numbers = new decimal[9];
            for (var i = 1; i < 9; i++) if (i != 3 && !decimal.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) return Wrong($"cell {c} has a part that is no number");
            rows.Add(numbers);
        }
        if (!reader.MoveNext() || !int.TryParse(reader.Current, out var sums)) return Wrong("after the cells there is no number of sums");
        var scale = 1m;
        while (scale < 1_000_000 && rows.Exists(r => decimal.Round(r[1] * scale) != r[1] * scale)) scale *= 10;
        var (equations, values) = (new List<(int, int)[]>(), rows.Select(r => (long)decimal.Round(r[1] * scale)).ToArray());
        for (var s = 0; s < sums; s++)
        {
            if (!reader.MoveNext()) return Wrong("it ends among its sums");
            var parts = reader.Current.Replace('(', ' ').Replace(')', ' ').Replace(':', ' ').Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var terms = new (int Cell, int Multiple)[(parts.Length - 2) / 2];
            for (var t = 0; t < terms.Length; t++) if (!int.TryParse(parts[2 + 2 * t], out terms[t].Cell) || !int.TryParse(parts[3 + 2 * t], out terms[t].Multiple) || terms[t].Cell < 0 || terms[t].Cell >= count) return Wrong($"sum {s} has a term that names no cell");
            if (!decimal.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var right) || right != 0 || terms.Aggregate((Int128)0, (sum, t) => sum + (Int128)values[t.Cell] * t.Multiple) != 0)
                return new ProtectionRefusal(ProtectionRefusalCode.NotAdditive, $"sum {s} of the file does not hold", "correct the values so that every sum is exact");
            equations.Add(terms);
        }
        var requirements = new List<Requirement>();
        var nonNegative = Array.TrueForAll(values, v => v >= 0);
        for (var c = 0; c < count; c++)
        {
            if (status[c] != 'u') continue;
            var (down, up, width) = ((long)Math.Ceiling(rows[c][6] * scale), (long)Math.Ceiling(rows[c][7] * scale), (long)Math.Ceiling(rows[c][8] * scale));
            requirements.Add(new(c, up, nonNegative ? Math.Min(down, values[c]) : down, up + down + width == 0 ? 1 : width));
        }
        var middle = Math.Max(1m, rows.Select(r => r[2]).Order().ElementAt(count / 2));
        return new JjInstance(new(values, equations, nonNegative), requirements, [.. rows.Select(r => Math.Max(0.05, (double)(r[2] / middle)))], [.. status.Select(s => s == 'z')], scale);
    }

    /// <summary>The file.</summary>
    public string Write()
    {
        var (text, of) = (new StringBuilder(), Requirements.ToLookup(r => r.Cell));
        text.Append(CultureInfo.InvariantCulture, $"0\n{System.Cells}\n");
        for (var c = 0; c < System.Cells; c++)
        {
            var (up, down, width) = (of[c].Select(r => r.Up).DefaultIfEmpty().Max(), of[c].Select(r => r.Down).DefaultIfEmpty().Max(), of[c].Select(r => r.Width).DefaultIfEmpty().Max());
            text.Append(CultureInfo.InvariantCulture, $"{c} {System.Values[c]} {Prices[c]:R} {(of[c].Any() ? 'u' : Published[c] ? 'z' : 's')} 0 {Math.Max(1, System.Values.Max() * 2)} {down} {up} {width}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"{System.Rows}\n");
        for (var r = 0; r < System.Rows; r++)
        {
            text.Append(CultureInfo.InvariantCulture, $"0 {System.CellsOf(r).Length} :");
            for (var i = 0; i < System.CellsOf(r).Length; i++) text.Append(CultureInfo.InvariantCulture, $" {System.CellsOf(r)[i]} ({System.SignsOf(r)[i]})");
            text.Append('\n');
        }
        return text.ToString();
    }

    static ProtectionRefusal Wrong(string what) => new(ProtectionRefusalCode.Value, $"this is no JJ file: {what}", "write it again with τ-ARGUS or sdcTable");
}
