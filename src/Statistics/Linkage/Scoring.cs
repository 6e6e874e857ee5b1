namespace Groeilijn.Statistics.Linkage;

/// <summary>What every scorer of one run shares: the two sides, what was estimated, and what each pattern of the sample means.</summary>
sealed class Scoring
{
    /// <summary>Fewer odds than this never become a link.</summary>
    internal const double LeastOdds = 1e-4;

    readonly RecordSet _small, _large;
    readonly MatchEstimate _estimate;
    readonly PatternTraits _traits;
    readonly TermFrequencies _frequencies;
    readonly Dictionary<ulong, Known> _sampled;
    readonly bool[] _atHome, _livesThere;

    internal Scoring(RecordSet small, RecordSet large, MatchEstimate estimate, PatternTraits traits)
    {
        (_small, _large, _estimate, _traits) = (small, large, estimate, traits);
        (_frequencies, _atHome, _livesThere) = (TermFrequencies.Of(large, estimate), new bool[small.Count], new bool[small.Count]);
        _sampled = estimate.Evidence.Patterns.ToDictionary(pattern => pattern, Meaning);
        Least = _frequencies.Any ? LeastOdds * 1e-4 : LeastOdds * 1e-2;
    }

    internal double Least { get; }

    internal int Rules => _small.Layout.Rules.Length;

    /// <summary>Candidates of all scorers against "none of them", in no order, and the pairs by rule.</summary>
    internal (Candidate[] Candidates, long[] ByRule, MatchEstimate Estimate) Gather(IReadOnlyList<Scorer> scorers)
    {
        var all = scorers.SelectMany(s => s.Kept).Select(c => c with { Odds = Capped(c.Odds / _estimate.None(_small.MissingOf(c.Small), _atHome[c.Small]), c.Pattern, _traits) }).Where(c => c.Odds >= LeastOdds || c.Deterministic >= 0).ToArray();
        var byRule = new long[Rules];
        foreach (var scorer in scorers) for (var k = 0; k < byRule.Length; k++) byRule[k] += scorer.ByRule[k];
        return (all, byRule, _estimate);
    }

    /// <summary>
    /// Candidates of all scorers with odds that were estimated again from all pairs of the run, against "both have no partner". Those that competition leaves no
    /// chance are left out, unless a deterministic rule holds.
    /// </summary>
    internal (Candidate[] Candidates, long[] ByRule, MatchEstimate Estimate) GatherRivals(IReadOnlyList<Scorer> scorers)
    {
        var byRule = new long[Rules];
        var seen = new SortedDictionary<ulong, long>();
        foreach (var scorer in scorers)
        {
            for (var k = 0; k < byRule.Length; k++) byRule[k] += scorer.ByRule[k];
            foreach (var (pattern, count) in scorer.Seen()) seen[pattern] = seen.GetValueOrDefault(pattern) + count;
        }
        var all = scorers.SelectMany(s => s.Kept).ToArray();
        if (all.Length == 0) return ([], byRule, _estimate);
        var evidence = _estimate.Evidence.Of([.. seen.Keys], [.. seen.Values], _small.Count);
        var pairs = Array.ConvertAll(all, c => new PairSeen(c.Small, c.Large, c.Pattern, _frequencies.Commoner(_small[c.Small], _large[c.Large], c.Pattern)));
        var lacks = new int[_small.Count];
        for (var i = 0; i < lacks.Length; i++) lacks[i] = _small.MissingOf(i);
        var rivalry = new Rivalry(pairs, evidence.Patterns, pattern => _estimate.Score(pattern).Strangers, lacks, Dwellings.Of(_small, _large, _livesThere), _small.Layout, new BirthYears(_large, _small));
        var refined = Estimation.Refine(_estimate, evidence, _traits, rivalry);
        var (kept, traits) = (new List<Candidate>(), new PatternTraits(_small.Layout, competing: true, refined));
        var best = rivalry.Best();
        for (var e = 0; e < all.Length; e++)
            if (rivalry.Decide(e) is var (odds, probability) && (probability >= LeastProbability || all[e].Deterministic >= 0 || best[e] || traits.NumberAlone(all[e].Pattern))) kept.Add(all[e] with { Odds = Capped(odds, all[e].Pattern, traits) });
        return ([.. kept], byRule, refined);
    }

    /// <summary>A number that nothing else supports has even odds at most: for a person to judge, and nobody's rival.</summary>
    static double Capped(double odds, ulong pattern, PatternTraits traits) => Math.Clamp(odds, 1e-12, traits.NumberAlone(pattern) ? 1 : double.MaxValue);

    /// <summary>Less likely than this after competition, a candidate is forgotten.</summary>
    const double LeastProbability = 1e-5;

    internal Known Of(ulong pattern, Dictionary<ulong, Known> rare)
    {
        if (_sampled.TryGetValue(pattern, out var known) || rare.TryGetValue(pattern, out known)) return known;
        lock (_estimate) return rare[pattern] = Meaning(pattern);
    }

    /// <summary>Only ever set, so that threads cannot disagree.</summary>
    internal void SetAtHome(int small, bool toTheLetter)
    {
        _atHome[small] = true;
        if (toTheLetter) _livesThere[small] = true;
    }

    internal double Odds(int small, int large, ulong pattern, in Known known) => known.Score.Odds * _frequencies.Factor(_small[small], _large[large], pattern, known.Score.Strangers);

    Known Meaning(ulong pattern) => new(_estimate.Score(pattern), _traits.Deterministic(pattern), _small.Layout.AtHome(pattern), _small.Layout.LivesThere(pattern));
}

/// <summary>What a pattern means.</summary>
readonly record struct Known(PatternScore Score, int Deterministic, bool AtHome, bool LivesThere);

/// <summary>Scores the pairs of one slice and keeps those that may be links.</summary>
sealed class Scorer(Scoring scoring) : IPairVisitor
{
    readonly Dictionary<ulong, Known> _rare = [];
    readonly PatternTable _seen = new();
    internal readonly List<Candidate> Kept = [];
    internal readonly long[] ByRule = new long[scoring.Rules];

    internal IEnumerable<(ulong Pattern, long Count)> Seen()
    {
        var (patterns, counts) = _seen.Sorted();
        return patterns.Zip(counts);
    }

    public void Pair(int left, int right, int rule, ulong pattern)
    {
        ByRule[rule]++;
        _seen.Add(pattern, 1);
        var known = scoring.Of(pattern, _rare);
        if (known.AtHome) scoring.SetAtHome(left, known.LivesThere);
        if (known.Score.Odds < scoring.Least && known.Deterministic < 0) return;
        var odds = scoring.Odds(left, right, pattern, known);
        if (odds >= Scoring.LeastOdds * 1e-2 || known.Deterministic >= 0) Kept.Add(new Candidate(left, right, Math.Max(odds, 1e-12), known.Deterministic, rule, pattern));
    }
}
