using System.Numerics;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// The probability that a pair meets at least one rule, when the comparisons are independent: inclusion and exclusion over the
/// rules that do not use a missing field. Rules that ask the same of every field fall together, so that a few dozen terms remain.
/// </summary>
sealed class BlockedShare
{
    readonly (ulong Needs, int Sign)[] _terms;
    readonly Comparison[] _compare;

    internal BlockedShare(RecordLayout layout, int missing)
    {
        _compare = [.. layout.Model.Fields.Select(f => f.Compare)];
        var rules = layout.Rules.Where(rule => !rule.Needs.Where((needs, f) => needs != 0 && (missing >> f & 1) != 0).Any()).Select(rule => Packed(rule.Needs)).Distinct().ToArray();
        var terms = new Dictionary<ulong, int>();
        for (var subset = 1; subset < 1 << rules.Length; subset++)
        {
            var needs = 0UL;
            for (var k = 0; k < rules.Length; k++) if ((subset >> k & 1) != 0) needs |= rules[k];
            terms[needs] = terms.GetValueOrDefault(needs) + (BitOperations.PopCount((uint)subset) % 2 == 1 ? 1 : -1);
        }
        _terms = [.. terms.Where(t => t.Value != 0).OrderBy(t => t.Key).Select(t => (t.Key, t.Value))];
    }

    /// <summary>The share of pairs that are met, under distributions of outcomes by unit.</summary>
    internal double Of(IReadOnlyList<ComparisonUnit> units, double[][] shares)
    {
        var total = 0.0;
        foreach (var (needs, sign) in _terms)
        {
            var product = (double)sign;
            for (var c = 0; c < units.Count && product != 0; c++) product *= Meets(units[c], shares[c], needs);
            total += product;
        }
        return Math.Clamp(total, 0, 1);
    }

    /// <summary>The same, split by the outcome of each unit: how much of an outcome's share meets a rule.</summary>
    internal double[][] ByOutcome(IReadOnlyList<ComparisonUnit> units, double[][] shares)
    {
        var met = units.Select(unit => new double[unit.Outcomes.Length]).ToArray();
        var each = new double[units.Count];
        foreach (var (needs, sign) in _terms)
        {
            for (var c = 0; c < units.Count; c++) each[c] = Meets(units[c], shares[c], needs);
            for (var c = 0; c < units.Count; c++)
            {
                var others = (double)sign;
                for (var d = 0; d < units.Count && others != 0; d++) if (d != c) others *= each[d];
                if (others == 0) continue;
                for (var o = 0; o < shares[c].Length; o++) if (Meets(units[c], o, needs)) met[c][o] += others * shares[c][o];
            }
        }
        return met;
    }

    double Meets(ComparisonUnit unit, double[] shares, ulong needs)
    {
        if ((needs & unit.NeedsMask) == 0) return 1;
        var sum = 0.0;
        for (var o = 0; o < shares.Length; o++) if (Meets(unit, o, needs)) sum += shares[o];
        return sum;
    }

    bool Meets(ComparisonUnit unit, int outcome, ulong needs)
    {
        foreach (var field in unit.Fields)
        {
            var (need, code) = ((int)(needs >> 4 * field & 15), Agreement.Outcome(unit.Outcomes[outcome], field));
            if ((need & RecordLayout.Whole) != 0 && (code & 7) < (int)(_compare[field] == Comparison.HouseNumber ? Level.Near : Level.Equal)) return false;
            if ((need & 7 & ~(code >> 3)) != 0) return false;
        }
        return true;
    }

    static ulong Packed(byte[] needs)
    {
        var packed = 0UL;
        for (var f = 0; f < needs.Length; f++) packed |= (ulong)needs[f] << 4 * f;
        return packed;
    }
}

/// <summary>What is compared as one thing: a field, or postcode and house number together, because who moves changes both.</summary>
/// <param name="Fields">Its fields.</param>
/// <param name="Outcomes">Each outcome as the pattern of these fields alone.</param>
/// <param name="Household">Whether people of one household share it.</param>
sealed record ComparisonUnit(int[] Fields, ulong[] Outcomes, bool Household)
{
    internal ulong Mask { get; } = Fields.Aggregate(0UL, (mask, f) => mask | 63UL << 6 * f);

    internal ulong NeedsMask { get; } = Fields.Aggregate(0UL, (mask, f) => mask | 15UL << 4 * f);

    /// <summary>The outcomes that a pattern, perhaps with a missing field, can be: one, several, or none when all its fields are missing.</summary>
    internal int[] Of(ulong pattern)
    {
        var known = Fields.Where(f => Agreement.LevelOf(pattern, f) != Level.Missing).Aggregate(0UL, (mask, f) => mask | 63UL << 6 * f);
        return known == 0 ? [] : [.. Enumerable.Range(0, Outcomes.Length).Where(o => (Outcomes[o] & known) == (pattern & known))];
    }
}
