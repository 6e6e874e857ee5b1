namespace Groeilijn.Statistics.Disclosure;

/// <summary>
/// Checks certificates without solving anything: every witness table has the published values where there are any, adds up in every row, has no value below
/// zero where an attacker knows that there is none, and reaches its end of the required interval. It shares no code with what made them.
/// </summary>
public static class WitnessVerifier
{
    /// <summary>The requirements that have no valid witness: none means that the publication is proven.</summary>
    /// <param name="values">The true value of each cell.</param>
    /// <param name="rows">What holds between the cells: whole-number multiples that add up to zero.</param>
    /// <param name="hidden">Which cells are not published.</param>
    /// <param name="nonNegative">Whether an attacker knows that no value is below zero.</param>
    /// <param name="requirements">What must be proven.</param>
    /// <param name="witnesses">The certificates, in any order.</param>
    public static IReadOnlyList<Requirement> Unproven(IReadOnlyList<long> values, IReadOnlyList<IReadOnlyList<(int Cell, int Multiple)>> rows, IReadOnlyList<bool> hidden, bool nonNegative, IEnumerable<Requirement> requirements, IEnumerable<Witness> witnesses)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(requirements);
        ArgumentNullException.ThrowIfNull(witnesses);
        var rowsOf = new List<(int Row, int Multiple)>[values.Count];
        for (var c = 0; c < rowsOf.Length; c++) rowsOf[c] = [];
        for (var r = 0; r < rows.Count; r++) foreach (var (cell, multiple) in rows[r]) rowsOf[cell].Add((r, multiple));
        var proven = witnesses.Where(Holds).Select(w => w.Requirement).ToHashSet();
        return [.. requirements.Where(r => !proven.Contains(r))];

        bool Holds(Witness witness)
        {
            if (!IsTable(witness.Up) || !IsTable(witness.Down)) return false;
            var (up, down) = (At(witness.Up, witness.Requirement.Cell), -At(witness.Down, witness.Requirement.Cell));
            return up >= witness.Requirement.Up && down >= witness.Requirement.Down && up + down >= witness.Requirement.Width;
        }

        bool IsTable(Movement movement)
        {
            var (seen, sums) = (new HashSet<int>(), new Dictionary<int, Int128>());
            foreach (var (cell, by) in movement.Parts)
            {
                if (cell < 0 || cell >= values.Count || !hidden[cell] || !seen.Add(cell)) return false;
                if (nonNegative && (Int128)values[cell] + by < 0) return false;
                foreach (var (row, multiple) in rowsOf[cell]) sums[row] = sums.GetValueOrDefault(row) + (Int128)by * multiple;
            }
            return sums.Values.All(sum => sum == 0);
        }

        static Int128 At(Movement movement, int cell)
        {
            foreach (var (c, by) in movement.Parts) if (c == cell) return by;
            return 0;
        }
    }
}
