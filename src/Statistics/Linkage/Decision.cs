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
        var places = new Places(candidates);
        var equals = places.Tied();
        var claimed = places.Claims();
        var twins = new Twins(small, large);
        foreach (var component in places.Components())
            if (component.Count == 1) decision.DecideAlone(component[0], claimed[component[0]], threshold, traits);
            else decision.DecideComponent([.. component], claimed, equals, threshold, traits, twins);
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

    /// <summary>A link that rests on a number beside another birth date is never made below the highest threshold.</summary>
    static Fate Judge(in Candidate c, double probability, double threshold, bool claimed, PatternTraits traits) =>
        traits.NumberAlone(c.Pattern) || (probability < LinkModel.HighestThreshold && traits.RestsOnNumber(c.Pattern)) ? probability < Math.Min(LeastNumberAlone, threshold) ? Linkage.Fate.Dropped : Linkage.Fate.Refused
        : probability < (claimed && c.Deterministic >= 0 ? Math.Min(LeastDeterministic, threshold) : threshold) ? Linkage.Fate.Dropped : Linkage.Fate.Linked;

    /// <summary>A candidate without rivals, as nearly all are.</summary>
    void DecideAlone(int at, bool claimed, double threshold, PatternTraits traits)
    {
        ref readonly var c = ref Candidates[at];
        Probability[at] = c.Odds / (1 + c.Odds);
        var fate = claimed ? Judge(c, Probability[at], threshold, claimed: true, traits) : Linkage.Fate.Dropped;
        if ((fate == Linkage.Fate.Dropped && c.Odds * ((1 - threshold) / threshold) > 1) || traits.NumberAlone(c.Pattern)) fate = Judge(c, Probability[at], threshold, claimed: false, traits);
        Fate[at] = fate;
    }

    void DecideComponent(int[] component, bool[] claimed, bool[] equals, double threshold, PatternTraits traits, Twins twins)
    {
        var (rows, columns) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        var rivals = new Rival[component.Length];
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
        for (var e = 0; e < rivals.Length; e++) Take(e, claimed[component[e]]);
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
    bool IsTied(int[] component, Rival[] rivals, double[] probability, int e, Twins twins)
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
}

/// <summary>The records of candidates numbered densely, so that what is asked of each lies in arrays: rows of the smaller side, columns of the larger.</summary>
sealed class Places
{
    /// <summary>Odds closer than this are equal.</summary>
    const double Same = 1e-9;

    readonly Candidate[] _candidates;
    readonly int[] _row, _column;
    readonly int _rows, _columns;

    /// <param name="candidates">In order of the smaller side's records.</param>
    internal Places(Candidate[] candidates)
    {
        (_candidates, _row, _column) = (candidates, new int[candidates.Length], new int[candidates.Length]);
        var columns = new Dictionary<int, int>(candidates.Length);
        for (var i = 0; i < candidates.Length; i++)
        {
            if (i == 0 || candidates[i].Small != candidates[i - 1].Small) _rows++;
            if (!columns.TryGetValue(candidates[i].Large, out var column)) columns[candidates[i].Large] = column = columns.Count;
            (_row[i], _column[i]) = (_rows - 1, column);
        }
        _columns = columns.Count;
    }

    /// <summary>Whether a candidate's odds are the best of one of its records and another candidate of that record has the same.</summary>
    internal bool[] Tied()
    {
        var (rows, columns) = (new (double Best, double Second)[_rows], new (double Best, double Second)[_columns]);
        for (var i = 0; i < _row.Length; i++)
        {
            rows[_row[i]] = Higher(rows[_row[i]], _candidates[i].Odds);
            columns[_column[i]] = Higher(columns[_column[i]], _candidates[i].Odds);
        }
        var tied = new bool[_row.Length];
        for (var i = 0; i < tied.Length; i++) tied[i] = IsTied(rows[_row[i]], _candidates[i].Odds) || IsTied(columns[_column[i]], _candidates[i].Odds);
        return tied;
    }

    static (double, double) Higher((double Best, double Second) known, double odds) => odds > known.Best ? (odds, known.Best) : (known.Best, Math.Max(known.Second, odds));

    /// <summary>Both good: a tie of two that are hardly likely is none.</summary>
    static bool IsTied((double Best, double Second) of, double odds) => odds >= of.Best * (1 - Same) && of.Second >= of.Best * (1 - Same) && of.Best > 0.25;

    /// <summary>Pairs that a deterministic rule claims: the only pair under it for both records, the records of earlier rules' pairs left out.</summary>
    internal bool[] Claims()
    {
        var (claimed, rows, columns) = (new bool[_row.Length], new bool[_rows], new bool[_columns]);
        foreach (var rule in _candidates.Select(c => c.Deterministic).Where(d => d >= 0).Distinct().Order())
        {
            var (inRow, inColumn, open) = (new int[_rows], new int[_columns], new List<int>());
            for (var i = 0; i < _row.Length; i++)
            {
                if (_candidates[i].Deterministic != rule || rows[_row[i]] || columns[_column[i]]) continue;
                open.Add(i);
                inRow[_row[i]]++;
                inColumn[_column[i]]++;
            }
            foreach (var i in open) if (inRow[_row[i]] == 1 && inColumn[_column[i]] == 1) claimed[i] = rows[_row[i]] = columns[_column[i]] = true;
        }
        return claimed;
    }

    /// <summary>Candidates that hang together through shared records, in order of the first of each.</summary>
    internal IEnumerable<ArraySegment<int>> Components()
    {
        var parents = new int[_rows + _columns];
        for (var x = 0; x < parents.Length; x++) parents[x] = x;
        int Root(int x) { while (parents[x] != x) x = parents[x] = parents[parents[x]]; return x; }
        for (var i = 0; i < _row.Length; i++) parents[Root(_rows + _column[i])] = Root(_row[i]);
        var (number, ends, of) = (new int[parents.Length], new List<int>(), new int[_row.Length]);
        for (var i = 0; i < of.Length; i++)
        {
            ref var known = ref number[Root(_row[i])];
            if (known == 0) { ends.Add(0); known = ends.Count; }
            of[i] = known - 1;
            ends[known - 1]++;
        }
        var (next, members, from) = (new int[ends.Count], new int[of.Length], 0);
        for (var c = 0; c < next.Length; c++) (next[c], from) = (from, from + ends[c]);
        for (var i = 0; i < of.Length; i++) members[next[of[i]]++] = i;
        for (var c = 0; c < next.Length; c++) yield return new ArraySegment<int>(members, next[c] - ends[c], ends[c]);
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
