namespace Groeilijn.Statistics.Linkage;

/// <summary>One step of the sum that makes a pair's weight.</summary>
/// <param name="Fields">The fields compared as one, joined by +.</param>
/// <param name="Agreement">Their levels, joined by +.</param>
/// <param name="Same">m: how often one person shows this.</param>
/// <param name="Strangers">u: how often two strangers show it.</param>
/// <param name="Bits">log₂ m/u; 0 when a value is missing.</param>
public readonly record struct WeightStep(string Fields, string Agreement, double Same, double Strangers, double Bits);

/// <summary>Why a pair is a link or is not. Levels of agreement only, never a value.</summary>
/// <param name="Start">log₂ of the odds before anything is compared.</param>
/// <param name="Steps">What each comparison adds.</param>
/// <param name="Rivals">log₂ of what the data correct: members of a household, twins and neighbours agree by more than chance.</param>
/// <param name="Competition">log₂ of the odds against "none of the candidates", in place of against this pair alone.</param>
/// <param name="Probability">After all who compete for either record; null when the pair is no candidate.</param>
/// <param name="Outcome"><c>link</c>, <c>tie</c>, <c>refused</c> (a number agrees and nothing else of the person), <c>dropped</c>, or <c>unseen</c> (no rule holds, or hopeless).</param>
/// <param name="Pass">The first rule that the pair meets; null when none.</param>
public sealed record PairExplanation(double Start, IReadOnlyList<WeightStep> Steps, double Rivals, double Competition, double? Probability, string Outcome, string? Pass)
{
    /// <summary>The sum: log₂ of the odds of one person.</summary>
    public double Total => Start + Steps.Sum(s => s.Bits) + Rivals + Competition;

    internal static PairExplanation Of(LinkageResult result, int left, int right)
    {
        var (estimate, layout) = (result.Estimate, result.Left.Layout);
        var parameters = estimate.Parameters;

        var pattern = new Agreement(layout, result.Left.Texts).Pattern(result.Left[left], result.Right[right]);
        var outcomes = parameters.Outcomes(pattern);
        var steps = parameters.Units.Select((unit, c) => Step(layout, parameters, unit, c, outcomes[c], pattern)).ToArray();
        var start = Math.Log2(parameters.Partners / Math.Max(1, parameters.Others));
        var odds = Math.Log2(estimate.Score(pattern).Odds);
        var place = result.Place(left, right);
        var none = place < 0 ? 0 : Math.Log2(result.Decision.Candidates[place].Odds) - odds;
        var rule = Array.Find(layout.Rules, r => Meets(r, result, left, right))?.Name;
        return new PairExplanation(start, steps, odds - start - steps.Sum(s => s.Bits), none, place < 0 ? null : result.Decision.Probability[place],
            place < 0 ? "unseen" : result.Decision.Fate[place] switch { Fate.Linked => "link", Fate.Tied => "tie", Fate.Refused => "refused", _ => "dropped" }, rule);
    }

    static bool Meets(Rule rule, LinkageResult result, int left, int right) => rule.Holds(result.Left[left], result.Right[right]);

    static WeightStep Step(RecordLayout layout, MatchParameters parameters, ComparisonUnit unit, int c, int[] outcomes, ulong pattern)
    {
        var (m, u) = (outcomes.Sum(o => parameters.M[c][o]), outcomes.Sum(o => parameters.U[c][o]));
        var missing = outcomes.Length == 0;
        return new WeightStep(string.Join('+', unit.Fields.Select(f => layout.Model.Fields[f].Name)), string.Join('+', unit.Fields.Select(f => Linkage.Agreement.LevelOf(pattern, f))),
            missing ? 1 : m, missing ? 1 : u, missing ? 0 : Math.Log2(Math.Max(m, 1e-12) / Math.Max(u, 1e-12)));
    }
}
