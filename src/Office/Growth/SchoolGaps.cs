using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>
/// Gaps between groups of one school, partially pooled. Over steps s with n₁ and n₂ growths in both groups, h = n₁n₂/(n₁ + n₂): the gap is
/// Σ h·(x̄₁ − x̄₂)/SDₛ / Σh with variance s²/Σh, s² being the variance within school, step and group.
/// </summary>
sealed class SchoolGaps
{
    readonly List<Pooled> _pooled = [];

    internal readonly record struct Gap(double Value, double Weight, long First, long Second);

    sealed record Pooled(GapContrast Contrast, PooledEffects Effects, Dictionary<int, Gap> Of, double Within, Dictionary<int, int> Place)
    {
        public (Rin[] First, Rin[] Second) Pupils { get; init; } = ([], []);
    }

    /// <param name="levelOf">The level of a background in a variable.</param>
    /// <param name="cells">Growth by school, step and background.</param>
    /// <param name="deviation">The standard deviation of growth over a step.</param>
    /// <param name="variables">The variables.</param>
    /// <param name="grown">Who grew.</param>
    /// <param name="numbered">The number that each of their backgrounds has among the cells.</param>
    internal SchoolGaps(Func<int, int, string> levelOf, (CountKey Key, Tally Growth)[] cells, Func<int, double> deviation, IReadOnlyList<string> variables, IReadOnlyList<GrownPupil> grown, int[] numbered)
    {
        foreach (var contrast in GapContrast.All)
        {
            var variable = variables.Index().Where(v => v.Item == contrast.Variable).Select(v => v.Index).DefaultIfEmpty(-1).First();
            if (variable < 0 || Pool(contrast, [.. cells.Select(c => (c.Key.School, c.Key.Step, Group(levelOf(c.Key.Background, variable), contrast), c.Growth)).Where(c => c.Item3 >= 0 && deviation(c.Step) > 0)], deviation) is not { } pooled) continue;
            _pooled.Add(pooled with { Pupils = Behind(grown, one => deviation(one.Step) > 0 ? Group(levelOf(numbered[one.Background], variable), contrast) : -1) });
        }
    }

    /// <summary>Who is in a mean gap: pupils of a school and step where both groups have some. A nation's are walked twice and copied never.</summary>
    static (Rin[] First, Rin[] Second) Behind(IReadOnlyList<GrownPupil> grown, Func<GrownPupil, int> groupOf)
    {
        var there = new Dictionary<(int School, int Step), int>();
        foreach (var one in grown) if (groupOf(one) is var group and >= 0) there[(one.School, one.Step)] = there.GetValueOrDefault((one.School, one.Step)) | 1 << group;
        return ([.. Of(0)], [.. Of(1)]);

        IEnumerable<Rin> Of(int group) => grown.Where(one => groupOf(one) == group && there[(one.School, one.Step)] == 3).Select(one => one.Rin);
    }

    static int Group(string level, GapContrast contrast) => level == contrast.First ? 0 : level == contrast.Second ? 1 : -1;

    /// <summary>The gap between two groups over the steps in which both have some growth, in order of step; null where there is none.</summary>
    internal static Gap? Between(IEnumerable<(Tally First, Tally Second, double Deviation)> steps)
    {
        var (sum, weight, first, second) = (0.0, 0.0, 0L, 0L);
        foreach (var (one, other, deviation) in steps)
        {
            if (one.Count == 0 || other.Count == 0 || !(deviation > 0)) continue;
            var h = (double)one.Count * other.Count / (one.Count + other.Count);
            sum += h * (one.Mean - other.Mean) / deviation;
            (weight, first, second) = (weight + h, first + one.Count, second + other.Count);
        }
        return weight > 0 ? new Gap(sum / weight, weight, first, second) : null;
    }

    static Pooled? Pool(GapContrast contrast, (int School, int Step, int Group, Tally Growth)[] cells, Func<int, double> deviation)
    {
        var (gaps, squares, freedom) = (new Dictionary<int, Gap>(), 0.0, 0L);
        foreach (var school in cells.GroupBy(c => c.School).OrderBy(g => g.Key))
        {
            var steps = new List<(Tally First, Tally Second, double Deviation)>();
            foreach (var step in school.GroupBy(c => c.Step).OrderBy(g => g.Key))
            {
                var groups = new Tally[2];
                foreach (var cell in step) groups[cell.Group] += cell.Growth;
                var sd = deviation(step.Key);
                foreach (var group in groups)
                {
                    if (group.Count < 2) continue;
                    squares += group.Variance * (group.Count - 1) / (sd * sd);
                    freedom += group.Count - 1;
                }
                steps.Add((groups[0], groups[1], sd));
            }
            if (Between(steps) is { } gap) gaps.Add(school.Key, gap);
        }
        if (!(squares > 0)) return null;
        var within = squares / freedom;
        int[] order = [.. gaps.Keys.Order()];
        var effects = PooledEffects.Of([.. order.Select(s => gaps[s].Value)], [.. order.Select(s => within / gaps[s].Weight)]);
        return effects is null ? null : new Pooled(contrast, effects, gaps, within, order.Index().ToDictionary(s => s.Item, s => s.Index));
    }

    internal IReadOnlyList<NationalGap> National => [.. _pooled.Select(p => new NationalGap(p.Contrast, p.Effects.Mean, p.Effects.Deviation, p.Within, p.Of.Count) { Pupils = p.Pupils })];

    /// <summary>A school's gaps, most attention first.</summary>
    internal IReadOnlyList<SchoolGap> Of(int school) => [.. _pooled.Where(p => p.Of.ContainsKey(school)).Select(p => One(p, school)).OrderByDescending(g => g.Attention).ThenBy(g => g.Contrast.Variable, StringComparer.Ordinal)];

    static SchoolGap One(Pooled pooled, int school)
    {
        var gap = pooled.Of[school];
        var from = pooled.Effects.FromMean(gap.Value, pooled.Within / gap.Weight);
        var direction = pooled.Effects.Mean.Mean < 0 ? -1 : 1;
        var wider = from.Deviation > 0 ? from.Times(direction).Above(0) : 0.5;
        return new SchoolGap(pooled.Contrast, gap.First, gap.Second, pooled.Effects.Each[pooled.Place[school]], from, wider, wider * Math.Max(0, direction * from.Mean));
    }
}
