namespace Groeilijn.Statistics.Linkage;

/// <summary>One outcome of a comparison with what was learned of it.</summary>
/// <param name="Fields">The fields compared as one, joined by +.</param>
/// <param name="Agreement">Their levels, joined by +.</param>
/// <param name="Same">m: how often one person shows this.</param>
/// <param name="Household">h: how often two of one household show it.</param>
/// <param name="Strangers">u: how often two strangers show it.</param>
public readonly record struct LearnedLevel(string Fields, string Agreement, double Same, double Household, double Strangers);

/// <summary>What was learned, as tables for a reader. No table holds a record's value.</summary>
public static class LinkageTables
{
    /// <summary>m, h and u by level; outcomes of one level are summed, and what one person shows less than once in 10,000 is left out.</summary>
    public static IReadOnlyList<LearnedLevel> Levels(LinkageResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (p, fields) = (result.Estimate.Parameters, result.Left.Layout.Model.Fields);
        var levels = from c in Enumerable.Range(0, p.Units.Length)
                     from o in Enumerable.Range(0, p.Units[c].Outcomes.Length)
                     let agreement = string.Join('+', p.Units[c].Fields.Select(f => Agreement.LevelOf(p.Units[c].Outcomes[o], f)))
                     group (M: p.M[c][o], H: p.H[c][o], U: p.U[c][o]) by (c, agreement) into g
                     let m = g.Sum(x => x.M)
                     where m >= 1e-4
                     orderby g.Key.c, m descending
                     select new LearnedLevel(string.Join('+', p.Units[g.Key.c].Fields.Select(f => fields[f].Name)), g.Key.agreement, m, g.Sum(x => x.H), g.Sum(x => x.U));
        return [.. levels];
    }

    /// <summary>Each rule with the pairs that it was the first to meet, and the links among them.</summary>
    public static IReadOnlyList<(string Rule, long Pairs, int Links)> Rules(LinkageResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var links = result.Decision.Linked().GroupBy(l => l.Candidate.Rule).ToDictionary(g => g.Key, g => g.Count());
        return [.. result.Left.Layout.Rules.Select((rule, k) => (rule.Name, result.PairsByRule[k], links.GetValueOrDefault(k)))];
    }

    /// <summary>How many candidates of each pattern of agreement each pass linked, left to a person, or dropped. A pattern reads <c>number=equal born=near …</c>.</summary>
    public static IReadOnlyList<(string Pass, string Outcome, string Pattern, int Pairs)> Decisions(LinkageResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (layout, decided) = (result.Left.Layout, result.Decision);
        var groups = from i in Enumerable.Range(0, decided.Candidates.Length)
                     let c = decided.Candidates[i]
                     group i by (Pass: c.Deterministic >= 0 ? layout.Rules[c.Deterministic].Name : "probabilistic", Outcome: decided.Fate[i].ToString().ToLowerInvariant(),
                         Pattern: string.Join(' ', layout.Model.Fields.Select((field, f) => $"{field.Name}={Agreement.LevelOf(c.Pattern, f).ToString().ToLowerInvariant()}"))) into g
                     orderby g.Key
                     select (g.Key.Pass, g.Key.Outcome, g.Key.Pattern, g.Count());
        return [.. groups];
    }

    /// <summary>Pairs of the sample by weight in bits (log₂ of the odds before competition), in bins of two from −20 to 40; the ends hold what lies beyond.</summary>
    public static IReadOnlyList<(int Bits, long Pairs)> Weights(LinkageResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Weights(result.Estimate);
    }

    /// <summary>The same of what was learned and kept.</summary>
    public static IReadOnlyList<(int Bits, long Pairs)> Weights(LearnedModel learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        return Weights(learned.Estimate);
    }

    static (int, long)[] Weights(MatchEstimate estimate)
    {
        var counts = new SortedDictionary<int, long>();
        for (var bits = -20; bits <= 40; bits += 2) counts[bits] = 0;
        for (var i = 0; i < estimate.Evidence.Patterns.Length; i++)
            counts[(int)Math.Clamp(Math.Floor(Math.Log2(estimate.Score(estimate.Evidence.Patterns[i]).Odds) / 2) * 2, -20, 40)] += estimate.Evidence.Pairs[i];
        return [.. counts.Select(c => (c.Key, c.Value))];
    }
}
