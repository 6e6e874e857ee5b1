using System.Globalization;

namespace Groeilijn.Statistics.Disclosure;

/// <summary>
/// The cheapest pattern as a mixed-integer program in the LP format: h_c says whether cell c is hidden; per requirement and direction a movement y adds up in every row, moves its cell far
/// enough, and moves no cell that is not hidden: −x_c h_c ≤ y_c ≤ M h_c. A requirement of width alone is asked upwards.
/// </summary>
public static class OptimalModel
{
    /// <summary>Writes the program.</summary>
    public static void Write(TextWriter writer, CellSystem system, IReadOnlyList<Requirement> requirements, double[] prices)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(requirements);
        ArgumentNullException.ThrowIfNull(prices);
        var sensitive = requirements.Select(r => r.Cell).ToHashSet();
        int[] cells = [.. Enumerable.Range(0, system.Cells)];
        writer.WriteLine("Minimize\n cost: " + string.Join(" + ", cells.Select(c => FormattableString.Invariant($"{(sensitive.Contains(c) ? 0 : prices[c]):R} h{c}"))));
        writer.WriteLine("Subject To");
        var bounds = new List<string>();
        for (var i = 0; i < requirements.Count; i++)
        {
            var (cell, up, down, width) = requirements[i];
            Move(i, 'u', cell, Math.Max(up, width - down));
            if (down > 0) Move(i, 'd', cell, -down);
        }
        foreach (var cell in sensitive) writer.WriteLine(FormattableString.Invariant($" h{cell} = 1"));
        writer.WriteLine("Bounds");
        foreach (var bound in bounds) writer.WriteLine(bound);
        writer.WriteLine("Binaries\n " + string.Join(' ', cells.Select(c => $"h{c}")) + "\nEnd");

        void Move(int i, char way, int cell, long by)
        {
            if (by == 0) return;
            // Movements are counted in units of the level, so that all numbers are near one; twenty levels are room enough.
            var level = Math.Abs((double)by);
            for (var row = 0; row < system.Rows; row++)
            {
                var terms = new List<string>();
                for (var k = 0; k < system.CellsOf(row).Length; k++) terms.Add(FormattableString.Invariant($"{(system.SignsOf(row)[k] < 0 ? '-' : '+')} {Math.Abs(system.SignsOf(row)[k])} {way}{i}_{system.CellsOf(row)[k]}"));
                writer.WriteLine($" {string.Join(' ', terms)} = 0");
            }
            foreach (var c in cells)
            {
                var below = system.NonNegative ? Math.Min(20, system.Values[c] / level) : 20;
                writer.WriteLine(FormattableString.Invariant($" {way}{i}_{c} - 20 h{c} <= 0"));
                writer.WriteLine(FormattableString.Invariant($" {way}{i}_{c} + {below:R} h{c} >= 0"));
                bounds.Add(c == cell ? FormattableString.Invariant($" {way}{i}_{c} = {Math.Sign(by)}") : FormattableString.Invariant($" -20 <= {way}{i}_{c} <= 20"));
            }
        }
    }

    /// <summary>Reads cbc's solution file; null when it found none.</summary>
    public static bool[]? Read(IEnumerable<string> lines, CellSystem system)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(system);
        var (hidden, first) = (new bool[system.Cells], true);
        foreach (var line in lines)
        {
            if (first && (line.Contains("infeasible", StringComparison.OrdinalIgnoreCase) || line.Contains("no solution", StringComparison.OrdinalIgnoreCase))) return null;
            first = false;
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, ['h', .. var cell], var value, ..] && int.TryParse(cell, out var c) && double.Parse(value, CultureInfo.InvariantCulture) > 0.5) hidden[c] = true;
        }
        return hidden;
    }
}
