namespace Groeilijn.Statistics.Linkage;

/// <summary>A link.</summary>
/// <param name="Left">Place of the record in the first file, from 0.</param>
/// <param name="Right">Place of the record in the second file.</param>
/// <param name="Probability">That the two are one person, given everybody who competes for either.</param>
/// <param name="Pass">The deterministic rule it met, its fields joined by +, or <c>probabilistic</c>.</param>
public readonly record struct LinkedPair(int Left, int Right, double Probability, string Pass);

/// <summary>A pair that a person must judge.</summary>
/// <param name="Left">Place of the record in the first file, from 0.</param>
/// <param name="Right">Place of the record in the second file.</param>
/// <param name="Probability">That the two are one person.</param>
/// <param name="Reason"><c>tie</c>, <c>number-alone</c>, or <c>likely</c>: not likely enough for a link by itself.</param>
public readonly record struct WaitingPair(int Left, int Right, double Probability, string Reason);

/// <summary>Links, what is left to a person, and what was learned on the way.</summary>
public sealed class LinkageResult
{
    readonly bool _flipped;
    readonly Decision _decision;

    internal LinkageResult(RecordSet left, RecordSet right, bool flipped, MatchEstimate estimate, PatternTraits traits, Decision decision, long pairs, long[] byRule)
    {
        Threshold = left.Layout.Model.Threshold;
        (Left, Right, _flipped, Estimate, Traits, _decision, Pairs, PairsByRule) = (left, right, flipped, estimate, traits, decision, pairs, byRule);
        Links = [.. Of(Fate.Linked).OrderBy(l => l.Left).ThenBy(l => l.Right)];
        var linked = Links.Select(l => l.Left).ToHashSet();
        Ties = [.. Of(Fate.Tied).Where(t => !linked.Contains(t.Left)).OrderBy(l => l.Left).ThenBy(l => l.Right)];
        Refused = [.. Of(Fate.Refused).OrderBy(l => l.Left).ThenBy(l => l.Right)];
    }

    /// <summary>The links, in order of the first file and then the second.</summary>
    public IReadOnlyList<LinkedPair> Links { get; }

    /// <summary>Pairs that are as likely as another of the same record, such as twins: for review, never a link.</summary>
    public IReadOnlyList<LinkedPair> Ties { get; }

    /// <summary>Pairs on which a number agrees and nothing else of the person: for review, never a link.</summary>
    public IReadOnlyList<LinkedPair> Refused { get; }

    /// <summary>Pairs for a person to look at, of records of the first file without a link: ties, a number alone, and what is at least so likely.</summary>
    public IEnumerable<WaitingPair> Waiting(double least)
    {
        var linked = Links.Select(l => l.Left).ToHashSet();
        for (var i = 0; i < _decision.Candidates.Length; i++)
        {
            var (c, fate, probability) = (_decision.Candidates[i], _decision.Fate[i], _decision.Probability[i]);
            if (fate == Fate.Linked || (fate == Fate.Dropped && probability < least) || linked.Contains(_flipped ? c.Large : c.Small)) continue;
            yield return new WaitingPair(_flipped ? c.Large : c.Small, _flipped ? c.Small : c.Large, probability, fate == Fate.Tied ? "tie" : fate == Fate.Refused ? "number-alone" : "likely");
        }
    }

    /// <summary>The least probability of a link that no rule claimed: the model's, or more where it would have let in too many false ones.</summary>
    public double Threshold { get; internal init; }

    /// <summary>Pairs that met a rule and were compared, each once.</summary>
    public long Pairs { get; }

    /// <summary>The pairs by the first rule they met: deterministic rules first, then blocking rules, in the model's order.</summary>
    public IReadOnlyList<long> PairsByRule { get; }

    /// <summary>Partners that there are, found or not, as estimated: per record of the smaller file times their number; in one file, pairs.</summary>
    public double ExpectedPartners => Estimate.Parameters.Partners * Math.Min(Left.Count, Right.Count);

    /// <summary>The share of links that are false, from their probabilities.</summary>
    public double FalseLinkRate => Links.Count == 0 ? 0 : Links.Average(l => 1 - l.Probability);

    /// <summary>The share of true partners that are no link, those included that no rule sees and those that wait for review.</summary>
    public double MissedLinkRate
    {
        get
        {
            var all = ExpectedPartners;
            return all <= 0 ? 0 : Math.Clamp(1 - Links.Sum(l => l.Probability) / all, 0, 1);
        }
    }

    /// <summary>The share of true partners that meet a rule: the recall of the rules themselves.</summary>
    public double BlockingRecall => Estimate.Blocked;

    /// <summary>Why a pair is a link or is not.</summary>
    public PairExplanation Explain(int left, int right) => PairExplanation.Of(this, left, right);

    /// <summary>Where a pair stands among the candidates; −1 when it is none.</summary>
    internal int Place(int left, int right)
    {
        var (small, large) = _flipped ? (right, left) : (left, right);
        if (ReferenceEquals(Left, Right) && small > large) (small, large) = (large, small);
        return Array.FindIndex(_decision.Candidates, c => c.Small == small && c.Large == large);
    }

    /// <summary>The places of a candidate's records in the first file and the second.</summary>
    internal (int Left, int Right) Sides(in Candidate c) => _flipped ? (c.Large, c.Small) : (c.Small, c.Large);

    /// <summary>The side whose records are the candidates' first.</summary>
    internal RecordSet Small => _flipped ? Right : Left;

    internal RecordSet Left { get; }
    internal RecordSet Right { get; }
    internal MatchEstimate Estimate { get; }
    internal PatternTraits Traits { get; }
    internal Decision Decision => _decision;

    IEnumerable<LinkedPair> Of(Fate fate)
    {
        for (var i = 0; i < _decision.Candidates.Length; i++)
        {
            if (_decision.Fate[i] != fate) continue;
            var c = _decision.Candidates[i];
            yield return new LinkedPair(_flipped ? c.Large : c.Small, _flipped ? c.Small : c.Large, _decision.Probability[i], PassOf(c));
        }
    }

    string PassOf(in Candidate c) => c.Deterministic >= 0 ? Left.Layout.Rules[c.Deterministic].Name : "probabilistic";
}
