namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// What was estimated, ready for scoring: the odds that a pair is one person, before competition. A pattern that the sample did not
/// show gets its odds from the parameters alone.
/// </summary>
sealed class MatchEstimate(LinkageEvidence evidence, MatchParameters parameters, double[] counted, IReadOnlyDictionary<int, double> blockedShare, IReadOnlyDictionary<int, double> blockedAtHome, IReadOnlyDictionary<int, double> partners, double blocked, double prior, int rounds)
{
    readonly Dictionary<ulong, PatternScore> _scores = [];

    internal LinkageEvidence Evidence => evidence;
    internal MatchParameters Parameters => parameters;
    /// <summary>ν: counted pairs of two people, by place of the pattern; and how many pairs the expected ones weigh.</summary>
    internal double[] Counted => counted;
    internal double Prior => prior;
    internal IReadOnlyDictionary<int, double> BlockedShare => blockedShare;
    internal IReadOnlyDictionary<int, double> BlockedAtHome => blockedAtHome;
    internal IReadOnlyDictionary<int, double> Partners => partners;
    /// <summary>The share of true pairs that meet a rule.</summary>
    internal double Blocked => blocked;
    internal int Rounds => rounds;

    /// <summary>What odds are divided by for a record that lacks some fields: the weight of "none of these" (no partner, or one that no rule meets).</summary>
    internal double None(int lacks, bool atHome)
    {
        if (!evidence.Competing) return 1;
        var own = partners.GetValueOrDefault(lacks, parameters.Partners);
        var shares = atHome ? blockedAtHome : blockedShare;
        var seen = shares.TryGetValue(lacks, out var share) ? share : shares[0];
        return Math.Max(1e-9, 1 - own * seen) * parameters.Partners / own;
    }

    /// <summary>Of records that lack some fields and have none of their candidates for a partner, the share whose partner no rule sees.</summary>
    internal double Unseen(int lacks)
    {
        var (own, seen) = (partners.GetValueOrDefault(lacks, parameters.Partners), blockedShare.TryGetValue(lacks, out var share) ? share : blockedShare[0]);
        return own * (1 - seen) / Math.Max(1e-9, 1 - own * seen);
    }

    /// <summary>Expected partners of whom a field compared by itself differs.</summary>
    internal double Differing(int field)
    {
        var c = Array.FindIndex(parameters.Units, unit => unit.Fields is [var only] && only == field);
        return c < 0 ? 0 : parameters.Partners * evidence.Small * parameters.Units[c].Outcomes.Select((outcome, o) => Agreement.LevelOf(outcome, field) == Level.Differs ? parameters.M[c][o] : 0).Sum();
    }

    /// <summary>ν: pairs of two people with a pattern, for each record of the smaller side.</summary>
    internal double People(ulong pattern)
    {
        var place = Array.BinarySearch(evidence.Patterns, pattern);
        if (place >= 0) return counted[place];
        var outcomes = parameters.Outcomes(pattern);
        var expected = Math.Max(1e-300, Estimation.MissingShare(evidence, Estimation.MissingOf(pattern)) * (parameters.Strangers(outcomes) + parameters.Household(outcomes)));
        return evidence.Competing ? prior / (evidence.Sampled + prior / expected) : expected;
    }

    /// <summary>Score of a pattern, remembered. Not for several threads at once.</summary>
    internal PatternScore Score(ulong pattern)
    {
        if (_scores.TryGetValue(pattern, out var known)) return known;
        var outcomes = parameters.Outcomes(pattern);
        var (strangers, household, missing) = (parameters.Strangers(outcomes), parameters.Household(outcomes), Estimation.MissingShare(evidence, Estimation.MissingOf(pattern)));
        var people = People(pattern);
        var match = parameters.Partners * missing * MatchParameters.Density(parameters.M, outcomes);
        return _scores[pattern] = new PatternScore(match / people, strangers / Math.Max(1e-300, strangers + household));
    }
}

/// <summary>Odds of one person against two, and the share of strangers among the two people.</summary>
readonly record struct PatternScore(double Odds, double Strangers);
