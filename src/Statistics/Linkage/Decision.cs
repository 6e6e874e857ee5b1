namespace Groeilijn.Statistics.Linkage;

/// <summary>Turns candidates into links and into what a person must look at.</summary>
/// <param name="Candidates">Every candidate, in order of the smaller side's records and then the larger's.</param>
/// <param name="Probability">Of each.</param>
/// <param name="Fate">Of each.</param>
sealed record Decision(Candidate[] Candidates, double[] Probability, Fate[] Fate)
{
    /// <summary>Odds closer than this are equal.</summary>
    const double Same = 1e-9;

    /// <summary>Probabilities closer than this are equal.</summary>
    const double Alike = 1e-4;

    /// <summary>A deterministic rule's pair needs at least this probability; below, the data speak against it.</summary>
    const double LeastDeterministic = 0.1;

    /// <summary>A number that nothing else supports is shown to a person from this probability on.</summary>
    const double LeastNumberAlone = 0.02;

    /// <summary>The links with their probabilities.</summary>
    internal IEnumerable<(Candidate Candidate, double Probability)> Linked()
    {
        for (var i = 0; i < Candidates.Length; i++) if (Fate[i] == Linkage.Fate.Linked) yield return (Candidates[i], Probability[i]);
    }

    /// <summary>Each pair by itself.</summary>
    internal static Decision Free(Candidate[] candidates, double threshold, PatternTraits traits)
    {
        var probability = Array.ConvertAll(candidates, c => c.Odds / (1 + c.Odds));
        var fate = candidates.Select((c, i) => Judge(c, probability[i], threshold, c.Deterministic >= 0, traits)).ToArray();
        return new Decision(candidates, probability, fate);
    }

    /// <summary>At most one partner for each record, on both sides.</summary>
    internal static Decision OneToOne(Candidate[] candidates, double threshold, PatternTraits traits, RecordSet small, RecordSet large)
    {
        var decision = new Decision(candidates, new double[candidates.Length], new Fate[candidates.Length]);
        var equals = Tied(candidates);
        var claimed = Claims(candidates);
        var twins = new Twins(small, large);
        foreach (var component in Components(candidates)) decision.DecideComponent(component, claimed, equals, threshold, traits, twins);
        return decision;
    }

    /// <summary>Takes the least likely links away until no larger share than this is expected to be false; returns the threshold that comes of it.</summary>
    internal double Limit(double mostFalse, double threshold)
    {
        var linked = Enumerable.Range(0, Fate.Length).Where(i => Fate[i] == Linkage.Fate.Linked).OrderBy(i => Probability[i]).ToArray();
        var (expected, taken) = (linked.Sum(i => 1 - Probability[i]), 0);
        while (taken < linked.Length && expected > mostFalse * (linked.Length - taken) && Probability[linked[taken]] < LinkModel.HighestThreshold) expected -= 1 - Probability[linked[taken++]];
        if (taken == 0) return threshold;
        // Links of one probability go together.
        var least = taken < linked.Length ? Math.Min(LinkModel.HighestThreshold, Probability[linked[taken]]) : LinkModel.HighestThreshold;
        foreach (var i in linked) if (Probability[i] < least) Fate[i] = Linkage.Fate.Dropped;
        return Math.Max(threshold, least);
    }

    static Fate Judge(in Candidate c, double probability, double threshold, bool claimed, PatternTraits traits) =>
        traits.NumberAlone(c.Pattern) ? probability < Math.Min(LeastNumberAlone, threshold) ? Linkage.Fate.Dropped : Linkage.Fate.Refused
        : probability < (claimed && c.Deterministic >= 0 ? Math.Min(LeastDeterministic, threshold) : threshold) ? Linkage.Fate.Dropped : Linkage.Fate.Linked;

    void DecideComponent(List<int> component, HashSet<int> claimed, bool[] equals, double threshold, PatternTraits traits, Twins twins)
    {
        var (rows, columns) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        var rivals = new Rival[component.Count];
        for (var e = 0; e < rivals.Length; e++)
        {
            ref readonly var c = ref Candidates[component[e]];
            if (!rows.TryGetValue(c.Small, out var row)) rows[c.Small] = row = rows.Count;
            if (!columns.TryGetValue(c.Large, out var column)) columns[c.Large] = column = columns.Count;
            rivals[e] = new Rival(row, column, c.Odds);
        }
        var (probability, chosen) = (new double[rivals.Length], new bool[rivals.Length]);
        Competition.Decide(rivals, probability, chosen, lift: (1 - threshold) / threshold);
        var tied = new bool[rivals.Length];
        for (var e = 0; e < tied.Length; e++) tied[e] = equals[component[e]] && IsTied(component, rivals, probability, e, twins);
        var (takenRows, takenColumns) = (new HashSet<int>(), new HashSet<int>());
        for (var e = 0; e < rivals.Length; e++) Take(e, claimed.Contains(component[e]));
        for (var e = 0; e < rivals.Length; e++) if (chosen[e]) Take(e, false, chosenNow: true);
        for (var e = 0; e < rivals.Length; e++) if (traits.NumberAlone(Candidates[component[e]].Pattern)) Fate[component[e]] = Judge(Candidates[component[e]], probability[e], threshold, claimed: false, traits);
        for (var e = 0; e < rivals.Length; e++) if (Fate[component[e]] == Linkage.Fate.Dropped && tied[e]) Fate[component[e]] = Linkage.Fate.Tied;

        void Take(int e, bool isClaimed, bool chosenNow = false)
        {
            var at = component[e];
            Probability[at] = probability[e];
            if (!isClaimed && !chosenNow) return;
            if (Fate[at] != Linkage.Fate.Dropped || takenRows.Contains(rivals[e].Row) || takenColumns.Contains(rivals[e].Column)) return;
            var fate = tied[e] ? Linkage.Fate.Tied : Judge(Candidates[at], probability[e], threshold, isClaimed, traits);
            if (fate == Linkage.Fate.Dropped) return;
            Fate[at] = fate;
            if (fate == Linkage.Fate.Linked && takenRows.Add(rivals[e].Row)) takenColumns.Add(rivals[e].Column);
        }
    }

    /// <summary>
    /// Whether one of the same odds stays as likely when all is said, or is a twin who cannot be told apart. Who is somebody else's partner for certain is no rival,
    /// a twin excepted: with one of two known, the other is likely, and still for a person to say.
    /// </summary>
    bool IsTied(List<int> component, Rival[] rivals, double[] probability, int e, Twins twins)
    {
        for (var r = 0; r < rivals.Length; r++)
        {
            var (sameRow, sameColumn) = (rivals[r].Row == rivals[e].Row, rivals[r].Column == rivals[e].Column);
            if (sameRow == sameColumn || Math.Abs(rivals[r].Odds - rivals[e].Odds) > Same * rivals[e].Odds) continue;
            if (Math.Abs(probability[r] - probability[e]) <= Alike * probability[e]) return true;
            var (a, b) = (Candidates[component[e]], Candidates[component[r]]);
            if (sameRow ? twins.OfLarge(a.Large, b.Large) : twins.OfSmall(a.Small, b.Small)) return true;
        }
        return false;
    }

    /// <summary>Whether a candidate's odds are the best of one of its records and another candidate of that record has the same.</summary>
    static bool[] Tied(Candidate[] candidates)
    {
        var (rows, columns) = (new Dictionary<int, (double Best, double Second)>(), new Dictionary<int, (double Best, double Second)>());
        foreach (var c in candidates)
        {
            rows[c.Small] = Higher(rows.GetValueOrDefault(c.Small), c.Odds);
            columns[c.Large] = Higher(columns.GetValueOrDefault(c.Large), c.Odds);
        }
        return Array.ConvertAll(candidates, c => IsTied(rows[c.Small], c.Odds) || IsTied(columns[c.Large], c.Odds));
    }

    static (double, double) Higher((double Best, double Second) known, double odds) => odds > known.Best ? (odds, known.Best) : (known.Best, Math.Max(known.Second, odds));

    /// <summary>Both good: a tie of two that are hardly likely is none.</summary>
    static bool IsTied((double Best, double Second) of, double odds) => odds >= of.Best * (1 - Same) && of.Second >= of.Best * (1 - Same) && of.Best > 0.25;

    /// <summary>Pairs that a deterministic rule claims: the only pair under it for both records, the records of earlier rules' pairs left out.</summary>
    static HashSet<int> Claims(Candidate[] candidates)
    {
        var (claimed, rows, columns) = (new HashSet<int>(), new HashSet<int>(), new HashSet<int>());
        foreach (var rule in candidates.Select(c => c.Deterministic).Where(d => d >= 0).Distinct().Order())
        {
            var (bySmall, byLarge) = (new Dictionary<int, int>(), new Dictionary<int, int>());
            foreach (var c in candidates)
            {
                if (c.Deterministic != rule || rows.Contains(c.Small) || columns.Contains(c.Large)) continue;
                bySmall[c.Small] = bySmall.GetValueOrDefault(c.Small) + 1;
                byLarge[c.Large] = byLarge.GetValueOrDefault(c.Large) + 1;
            }
            var fresh = Enumerable.Range(0, candidates.Length).Where(i => candidates[i].Deterministic == rule && bySmall.GetValueOrDefault(candidates[i].Small) == 1 && byLarge.GetValueOrDefault(candidates[i].Large) == 1
                && !rows.Contains(candidates[i].Small) && !columns.Contains(candidates[i].Large)).ToArray();
            foreach (var i in fresh) { claimed.Add(i); rows.Add(candidates[i].Small); columns.Add(candidates[i].Large); }
        }
        return claimed;
    }

    /// <summary>Candidates that hang together through shared records.</summary>
    static List<List<int>> Components(Candidate[] candidates)
    {
        var parents = new Dictionary<long, long>();
        long Root(long x)
        {
            while (parents.TryGetValue(x, out var up) && up != x) x = parents[x] = parents.GetValueOrDefault(up, up);
            return x;
        }
        foreach (var c in candidates)
        {
            var (a, b) = (Root(c.Small), Root(-1L - c.Large));
            if (a != b) parents[Math.Min(a, b)] = Math.Max(a, b);
        }
        var members = new Dictionary<long, List<int>>();
        var order = new List<List<int>>();
        for (var i = 0; i < candidates.Length; i++)
        {
            var root = Root(candidates[i].Small);
            if (!members.TryGetValue(root, out var list)) order.Add(members[root] = list = []);
            list.Add(i);
        }
        return order;
    }
}

/// <summary>Records of one side that agree on all that both know, the number aside: twins of one sex at one address, or one person entered twice.</summary>
sealed class Twins(RecordSet small, RecordSet large)
{
    readonly Agreement _agreement = new(small.Layout, small.Texts);

    internal bool OfSmall(int a, int b) => Are(small, a, b);

    internal bool OfLarge(int a, int b) => Are(large, a, b);

    bool Are(RecordSet records, int a, int b)
    {
        var pattern = _agreement.Pattern(records[a], records[b]);
        var agree = 0;
        for (var f = 0; f < records.Layout.Slots.Length; f++)
        {
            if (records.Layout.Model.Fields[f].Compare is Comparison.Number or Comparison.Digits) continue;
            var level = Agreement.LevelOf(pattern, f);
            if (level is not (Level.Missing or Level.Equal or Level.Compatible)) return false;
            if (level != Level.Missing) agree++;
        }
        return agree > 0;
    }
}

/// <summary>What became of a candidate.</summary>
enum Fate : byte
{
    /// <summary>Not likely enough, or another is better.</summary>
    Dropped,
    /// <summary>A link.</summary>
    Linked,
    /// <summary>As good as another: a person must look.</summary>
    Tied,
    /// <summary>Only a number agrees, and it may be somebody else's: a person must look.</summary>
    Refused,
}
