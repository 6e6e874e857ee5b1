using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Gate;

/// <summary>
/// Tables that show totals: which more cells are hidden, so that no hidden one is a subtraction away. An attacker must be left with an interval of counts at least as wide as the minimum for
/// every hidden cell; certificates are made by the suppressor, checked by the verifier and by exact elimination. What remains of a shown total without its
/// shown parts is known, so it must meet the rule as a cell would; and the reasons tell which hidden parts are under the minimum and which are not, so that must leave a small one all its room. Where no pattern is proven the totals themselves are hidden.
/// </summary>
static class KeptTotals
{
    const long Effort = 4000;

    /// <summary>The places to hide besides those hidden already.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="totals">The totals among them.</param>
    /// <param name="hidden">What is hidden.</param>
    /// <param name="released">What the reader has from an earlier release: hidden here it would protect nothing.</param>
    public static IReadOnlyList<int> Complement(MinimumCount rule, IReadOnlyList<RawCell> cells, IReadOnlyList<CellTotal> totals, IReadOnlyList<bool> hidden, bool[] released)
    {
        if (totals.Count == 0) return [];
        var rows = totals.Select(total => ((int Cell, int Sign)[])[(total.Total, 1), .. total.Parts.Select(part => (part, -1))]).ToList();
        var system = new CellSystem([.. cells.Select(cell => cell.Pupils)], rows);
        var prices = Protection.Prices(system, Cost.Count);
        bool[] asked = [.. hidden];
        while (true)
        {
            Requirement[] requirements = [.. Enumerable.Range(0, cells.Count).Where(c => asked[c] && system.RowsOf(c).Length > 0).Select(c => new Requirement(c, 0, 0, rule.Least))];
            var pattern = Suppressor.Protect(system, requirements, new() { Prices = prices, Published = [.. released.Select((r, c) => r && !asked[c])], Effort = Effort });
            var open = Unproven(system, rows, requirements, pattern);
            int[] more = open.Count > 0 ? [.. Wider(totals, open, asked)] : Remains(rule, cells, totals, pattern.Hidden, released) is { } part ? [part] : [];
            if (more.Length == 0) return [.. Enumerable.Range(0, cells.Count).Where(c => !hidden[c] && (pattern.Hidden[c] || asked[c]))];
            foreach (var cell in more) asked[cell] = true;
        }
    }

    /// <summary>For what could not be proven the total goes, and then all its parts: of a row of which nothing is shown nothing follows.</summary>
    static IEnumerable<int> Wider(IReadOnlyList<CellTotal> totals, HashSet<int> open, bool[] asked) =>
        totals.Where(total => open.Contains(total.Total) || total.Parts.Any(open.Contains)).SelectMany(total => asked[total.Total] ? total.Parts : [total.Total]).Where(c => !asked[c]).Distinct();

    static HashSet<int> Unproven(CellSystem system, IReadOnlyList<(int, int)[]> rows, Requirement[] requirements, Suppression pattern)
    {
        var open = WitnessVerifier.Unproven(system.Values, rows, pattern.Hidden, system.NonNegative, requirements, pattern.Witnesses).Select(r => r.Cell).ToHashSet();
        var exact = Elimination.Recoverable(system, pattern.Hidden);
        open.UnionWith(requirements.Where(r => exact[r.Cell]).Select(r => r.Cell));
        return open;
    }

    /// <summary>A shown part of a total of which what remains breaks the rule, or would tell a small count: the smallest that mends it; null when all hold.</summary>
    static int? Remains(MinimumCount rule, IReadOnlyList<RawCell> cells, IReadOnlyList<CellTotal> totals, bool[] hidden, bool[] released)
    {
        foreach (var total in totals)
        {
            if (hidden[total.Total]) continue;
            var parts = total.Parts.Where(part => hidden[part]).ToList();
            if (parts.Count == 0) continue;
            var (union, wanting) = (rule.Judge(Union(parts.ConvertAll(part => cells[part]))), Short(rule, parts.ConvertAll(part => cells[part])));
            if (union is null && wanting <= 0) continue;
            return total.Parts.Where(part => !hidden[part]).OrderBy(part => released[part]).ThenBy(part => Math.Max(0, wanting + rule.Least - cells[part].Pupils)).ThenBy(part => cells[part].Pupils).ThenBy(part => part).Select(part => (int?)part).FirstOrDefault() ?? total.Total;
        }
        return null;
    }

    /// <summary>
    /// How many pupils are wanting among the hidden parts. Whoever reads the reasons knows of a small part that it is under the minimum and of any other that it is not: only when these others could hold
    /// all, and still have the minimum when the small ones are as large as they can be, may a small part be anything.
    /// </summary>
    static long Short(MinimumCount rule, List<RawCell> parts)
    {
        var others = parts.Count(part => rule.Judge(part) is not HiddenBecause.FewPupils);
        var wanting = rule.Least * others + rule.Least - 1 - parts.Sum(part => part.Pupils);
        return others == parts.Count ? 0 : others == 0 ? Math.Max(1, wanting) : wanting;
    }

    static RawCell Union(List<RawCell> parts)
    {
        if (parts.Exists(part => part.PerSchool is null)) return new([], parts.Sum(part => part.Pupils), parts.Max(part => part.Schools), []);
        var perSchool = parts.SelectMany(part => part.PerSchool!).GroupBy(s => s.Key).ToDictionary(s => s.Key, s => s.Sum(one => one.Value));
        return new([], parts.Sum(part => part.Pupils), perSchool.Count, []) { PerSchool = perSchool, BoardOf = parts[0].BoardOf };
    }
}
