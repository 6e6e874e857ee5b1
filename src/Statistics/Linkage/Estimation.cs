using System.Runtime.CompilerServices;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// Estimates the parameters by EM on counts of patterns. Where partners exclude each other, a record's candidates compete with each other and
/// with "none", so that a record that is surely linked tells what pairs of two people look like: brothers, twins, neighbours, whoever
/// the data hold. Pairs that no rule meets are accounted for as what they are, unseen.
/// </summary>
sealed class Estimation
{
    const int MostRounds = 150, MostRefined = 200, BurnIn = 25, RefreshBlocked = 4, MostLacks = 16;
    const double Hopeless = 1e-9, Tolerance = 2e-6, PriorRecords = 2, PriorShare = 1000, NullPrior = 1, LeastComplete = 0.3, MostPartners = 0.999999, RefinedTolerance = 5e-6, LeastNone = 1e-9, NumberAloneOdds = 1e-3, FarAtFirst = 0.01, MostShared = 0.1;

    readonly LinkageEvidence _evidence;
    readonly MatchParameters _parameters;
    readonly int[][][] _outcomes;
    readonly double[] _missingShare, _expectedNull, _null, _weight, _matches, _rivals;
    readonly Dictionary<int, BlockedShare> _blocked = [];
    /// <summary>What a pair lacks with which share, when its record of the smaller side lacks so much.</summary>
    readonly Dictionary<int, (double Share, int Lacks)[]> _views = [];
    readonly Dictionary<int, double> _blockedShare = [], _blockedAtHome = [], _partners = [];
    readonly double[][] _prior;
    readonly double _least, _completeShare;
    readonly int[][] _complete;
    readonly bool[] _hopeless, _numberAlone;
    readonly Rivalry? _rivalry;
    LinkageEvidence.Candidates[] _groups;
    Dictionary<int, double> _met = [];
    readonly Dictionary<int, double[][]> _metByOutcome = [];

    Estimation(LinkageEvidence evidence, PatternTraits traits, Rivalry? rivalry = null)
    {
        (_evidence, _parameters, _groups, _rivalry) = (evidence, MatchParameters.Start(evidence), evidence.Groups, rivalry);
        _outcomes = [.. evidence.Patterns.Select(_parameters.Outcomes)];
        _missingShare = [.. evidence.Patterns.Select(pattern => MissingShare(evidence, MissingOf(pattern)))];
        var size = evidence.Patterns.Length;
        (_expectedNull, _null, _weight, _matches, _rivals) = (new double[size], new double[size], new double[size], new double[size], new double[size]);
        _prior = [.. _parameters.M.Select(m => m.Select(share => PriorRecords * share).ToArray())];
        var there = evidence.LackingLarge.OrderByDescending(l => l.Value).ThenBy(l => l.Key).Take(MostLacks).ToArray();
        var known = there.Sum(l => l.Value);
        foreach (var lacks in evidence.LackingSmall.OrderByDescending(l => l.Value).ThenBy(l => l.Key).Select(l => l.Key).Take(2 * MostLacks).Append(0).Distinct())
            _views[lacks] = there.Length == 0 ? [(1, lacks)] : [.. there.GroupBy(l => l.Key | lacks).Select(l => (l.Sum(x => x.Value) / known, l.Key))];
        foreach (var lacks in _views.Values.SelectMany(view => view).Select(view => view.Lacks).Append(0).Distinct()) _blocked[lacks] = new BlockedShare(evidence.Layout, lacks);
        _hopeless = new bool[size];
        _numberAlone = Array.ConvertAll(evidence.Patterns, traits.Untold);
        (_complete, _completeShare) = Complete();
        var sure = evidence.Patterns.Select(pattern => traits.Deterministic(pattern) >= 0).ToArray();
        _least = evidence.Competing && evidence.Sampled > 0 ? Math.Min(MostPartners, (double)_groups.Where(g => g.Patterns.Count(p => sure[p]) == 1).Sum(g => g.Records) / evidence.Sampled) : 0;
    }

    /// <summary>Runs to convergence.</summary>
    /// <param name="evidence">What the data show.</param>
    /// <param name="traits">Says which patterns meet a deterministic rule: the records with exactly one such candidate are the least share of partners.</param>
    /// <param name="refined">Whether <see cref="Refine"/> follows.</param>
    internal static MatchEstimate Run(LinkageEvidence evidence, PatternTraits traits, bool refined = false)
    {
        var run = new Estimation(evidence, traits);
        run.Start();
        var rounds = 0;
        for (var change = 1.0; rounds < MostRounds && (change > Tolerance || rounds <= BurnIn + 10); rounds++) change = run.Round(rounds);
        if (refined && evidence.Competing) run.LetSomeMove();
        return run.Result(rounds);
    }

    /// <summary>
    /// Estimates again from all candidates, with what the sample told to start from: now records of the larger side compete too. Who has another partner
    /// for certain is nobody else's, so that a lone stranger is told from a partner who moved by who is left.
    /// </summary>
    internal static MatchEstimate Refine(MatchEstimate start, LinkageEvidence evidence, PatternTraits traits, Rivalry rivalry)
    {
        var run = new Estimation(evidence, traits, rivalry);
        run.StartFrom(start);
        var rounds = 0;
        for (var change = 1.0; rounds < MostRefined && (change > RefinedTolerance || rounds < 4); rounds++) change = run.Round(rounds + BurnIn);
        run.RefreshBlockedShares();
        run.Weigh(useCounts: true);
        return run.Result(start.Rounds + rounds);
    }

    /// <summary>Of the records that lack the same: pairs of one person, records, and records weighed by the chance that a partner is seen.</summary>
    readonly record struct Found(double Pairs, double Records, double Visible);

    internal static int MissingOf(ulong pattern)
    {
        var missing = 0;
        for (var f = 0; f < LinkModel.MostFields; f++) if (Agreement.LevelOf(pattern, f) == Level.Missing) missing |= 1 << f;
        return missing;
    }

    /// <summary>
    /// For each pattern that lacks a field, the patterns without a gap that it may have been. Two people are told from those, because a record with
    /// a gap is seldom sure of its partner, and doubtful records show more rivals than others do. Only where most pairs have no gap.
    /// </summary>
    (int[][], double) Complete()
    {
        var patterns = _evidence.Patterns;
        var gaps = Array.ConvertAll(patterns, p => MissingOf(p) & ((1 << _evidence.Layout.Slots.Length) - 1));
        var share = MissingShare(_evidence, 0);
        if (share < LeastComplete) return ([.. patterns.Select(_ => Array.Empty<int>())], 1);
        var whole = Enumerable.Range(0, patterns.Length).Where(p => gaps[p] == 0).ToArray();
        return ([.. patterns.Select((pattern, p) =>
        {
            if (gaps[p] == 0) return [];
            var known = 0UL;
            for (var f = 0; f < _evidence.Layout.Slots.Length; f++) if ((gaps[p] >> f & 1) == 0) known |= 63UL << 6 * f;
            return Array.FindAll(whole, c => (patterns[c] & known) == pattern);
        })], share);
    }

    /// <summary>The share of pairs that lack just these fields, when the two sides lack them independently.</summary>
    internal static double MissingShare(LinkageEvidence evidence, int missing)
    {
        var beyond = ~((1 << evidence.Layout.Slots.Length) - 1);
        var share = 0.0;
        foreach (var (a, shareA) in evidence.LackingSmall)
            foreach (var (b, shareB) in evidence.LackingLarge)
                if ((a | b) == (missing & ~beyond)) share += shareA * shareB;
        return Math.Max(share, 1e-12);
    }

    void Start()
    {
        _parameters.Partners = Math.Max(0.5, _least);
        UpdateUnrelated();
        for (var c = 0; c < _parameters.Units.Length; c++) if (!_parameters.Units[c].Household) _parameters.U[c].CopyTo(_parameters.H[c], 0);
        RefreshBlockedShares();
        Weigh(useCounts: false);
        LeaveHopeless();
    }

    void StartFrom(MatchEstimate start)
    {
        _parameters.Follow(start.Parameters);
        foreach (var (lacks, partners) in start.Partners) _partners[lacks] = partners;
        UpdateUnrelated();
        RefreshBlockedShares();
        for (var p = 0; p < _rivals.Length; p++)
            _rivals[p] = start.People(_evidence.Patterns[p]) * (_evidence.Sampled + NullPrior);
    }

    /// <summary>Candidates that cannot be the partner under any likely m are dropped from the groups; they stay in the counts.</summary>
    void LeaveHopeless()
    {
        for (var p = 0; p < _weight.Length; p++) _hopeless[p] = _weight[p] <= Hopeless;
        var merged = new Dictionary<string, LinkageEvidence.Candidates>(StringComparer.Ordinal);
        foreach (var group in _groups)
        {
            var kept = group.Patterns.Where(p => !_hopeless[p]).ToArray();
            var key = $"{group.Lacks}:{group.AtHome}:{string.Join(',', kept)}";
            merged[key] = merged.TryGetValue(key, out var known) ? known with { Records = known.Records + group.Records } : group with { Patterns = kept };
        }
        _groups = [.. merged.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Value)];
    }

    double Round(int round)
    {
        if (round % RefreshBlocked == 0) RefreshBlockedShares();
        Weigh(useCounts: _evidence.Competing && round >= BurnIn);
        var found = Expect();
        return Maximise(found);
    }

    void RefreshBlockedShares()
    {
        _metByOutcome.Clear();
        var met = _blocked.ToDictionary(b => b.Key, b => Math.Max(1e-6, b.Value.Of(_parameters.Units, _parameters.M)));
        var atHome = _blocked.ToDictionary(b => b.Key, b => Math.Max(met[b.Key], AtHome(b.Key)));
        foreach (var (lacks, view) in _views) (_blockedShare[lacks], _blockedAtHome[lacks]) = (view.Sum(v => v.Share * met[v.Lacks]), view.Sum(v => v.Share * atHome[v.Lacks]));
        _met = met;
    }

    /// <summary>
    /// Who moved far looks like a stranger, and a sample without competition for the larger side finds next to none: they start again with a share that the data can
    /// lower, because from nought no share ever grows.
    /// </summary>
    void LetSomeMove()
    {
        for (var c = 0; c < _parameters.Units.Length; c++)
            if (_parameters.Units[c].Fields.Length == 2)
                for (var o = 0; o < _parameters.M[c].Length; o++) _parameters.M[c][o] = (1 - FarAtFirst) * _parameters.M[c][o] + FarAtFirst * _parameters.U[c][o];
    }

    /// <summary>The share of each outcome that meets a rule.</summary>
    double[][] MetByOutcome(int lacks)
    {
        if (_metByOutcome.TryGetValue(lacks, out var met)) return met;
        met = _blocked[lacks].ByOutcome(_parameters.Units, _parameters.M);
        for (var c = 0; c < met.Length; c++) for (var o = 0; o < met[c].Length; o++) met[c][o] = _parameters.M[c][o] > 0 ? Math.Clamp(met[c][o] / _parameters.M[c][o], 0, 1) : 1;
        return _metByOutcome[lacks] = met;
    }

    /// <summary>The share that is met of the partners whose address agrees.</summary>
    double AtHome(int lacks)
    {
        var c = Array.FindIndex(_parameters.Units, unit => unit.Fields.Length == 2);
        if (c < 0) return 0;
        var (met, agree, all) = (MetByOutcome(lacks)[c], 0.0, 0.0);
        for (var o = 0; o < met.Length; o++) if (_evidence.Layout.AtHome(_parameters.Units[c].Outcomes[o])) (agree, all) = (agree + met[o] * _parameters.M[c][o], all + _parameters.M[c][o]);
        return all > 0 ? Math.Min(1, agree / all) : 0;
    }

    double BlockedOf(int lacks) => _blockedShare.TryGetValue(lacks, out var share) ? share : _blockedShare[0];

    double BlockedOf(LinkageEvidence.Candidates group) => group.AtHome ? _blockedAtHome.GetValueOrDefault(group.Lacks, _blockedAtHome[0]) : BlockedOf(group.Lacks);

    /// <summary>The odds of each pattern against "two people", from expected or (where partners compete) from counted pairs of two people.</summary>
    void Weigh(bool useCounts)
    {
        for (var p = 0; p < _weight.Length; p++)
        {
            _expectedNull[p] = Math.Max(1e-300, _missingShare[p] * (_parameters.Strangers(_outcomes[p]) + _parameters.Household(_outcomes[p])));
            _null[p] = useCounts ? (_rivals[p] + NullPrior) / (_evidence.Sampled + NullPrior / _expectedNull[p]) : _expectedNull[p];
        }
        for (var p = 0; p < _weight.Length; p++)
        {
            if (useCounts && _complete[p] is { Length: > 0 } complete) _null[p] = _missingShare[p] / _completeShare * complete.Sum(c => _null[c]);
            _weight[p] = _parameters.Partners * _missingShare[p] * MatchParameters.Density(_parameters.M, _outcomes[p]) / _null[p];
            // A number that nothing supports is as likely somebody else's: it must not teach that people's birth dates differ from themselves.
            if (_numberAlone[p]) _weight[p] = Math.Min(_weight[p], NumberAloneOdds);
        }
    }

    /// <summary>E: how many pairs of each pattern are one person. Returns the number found by what the record lacks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    Dictionary<int, Found> Expect()
    {
        var found = new Dictionary<int, Found>();
        Array.Clear(_matches);
        if (_rivalry is not null) return ExpectRivals(_rivalry);
        if (!_evidence.Competing)
        {
            for (var p = 0; p < _weight.Length; p++) _matches[p] = _evidence.Pairs[p] * _weight[p] / (1 + _weight[p]);
            found[0] = new Found(_matches.Sum(), _evidence.Sampled, _evidence.Sampled * BlockedOf(0));
            return found;
        }
        foreach (var group in _groups)
        {
            var (none, total, scale) = Total(group);
            foreach (var p in group.Patterns) _matches[p] += group.Records * scale * _weight[p] / total;
            var before = found.GetValueOrDefault(group.Lacks);
            found[group.Lacks] = new Found(before.Pairs + group.Records * (1 - none / total), before.Records + group.Records, before.Visible + group.Records * BlockedOf(group));
        }
        CountRivals(found);
        return found;
    }

    /// <summary>The same with all candidates at once; what two people look like is counted on pairs of which either is another's partner.</summary>
    Dictionary<int, Found> ExpectRivals(Rivalry rivalry)
    {
        var found = rivalry.Kinds.Select(kind => kind.Lacks).Distinct().ToDictionary(lacks => lacks, _ => default(Found));
        var none = rivalry.Kinds.Select(kind => _parameters.Partners / _partners.GetValueOrDefault(kind.Lacks, _parameters.Partners) * Math.Max(LeastNone, 1 - _partners.GetValueOrDefault(kind.Lacks, _parameters.Partners) * BlockedOf(kind.Lacks))).ToArray();
        var pairs = rivalry.Expect(_weight, none, _matches, _rivals);
        for (var p = 0; p < _rivals.Length; p++) _rivals[p] += _evidence.Pairs[p] - rivalry.Kept[p];
        for (var k = 0; k < pairs.Length; k++)
        {
            var (kind, before) = (rivalry.Kinds[k], found[rivalry.Kinds[k].Lacks]);
            found[kind.Lacks] = new Found(before.Pairs + pairs[k], before.Records + kind.Records, before.Visible + kind.Records * BlockedOf(kind.Lacks));
        }
        return found;
    }

    /// <summary>Who lacks a field has a partner more or less often than others (a child without a number may not be registered at all).</summary>
    (double None, double Total, double Scale) Total(LinkageEvidence.Candidates group)
    {
        var partners = _partners.GetValueOrDefault(group.Lacks, _parameters.Partners);
        var (none, scale) = (Math.Max(1e-9, 1 - partners * BlockedOf(group)), partners / _parameters.Partners);
        var total = none;
        foreach (var p in group.Patterns) total += scale * _weight[p];
        return (none, total, scale);
    }

    /// <summary>
    /// Pairs that are surely two people: the other candidates of a record, as far as one of its candidates is the partner. A lone doubtful candidate
    /// is no evidence of what two people look like, else doubt would feed on itself.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void CountRivals(Dictionary<int, Found> found)
    {
        for (var p = 0; p < _rivals.Length; p++) _rivals[p] = _hopeless[p] ? _evidence.Pairs[p] : 0;
        foreach (var group in _groups)
        {
            var (none, total, scale) = Total(group);
            var (sure, records, _) = found[group.Lacks];
            var weight = group.Records * records / Math.Max(sure, 1e-9);
            if (sure > 1) foreach (var p in group.Patterns) _rivals[p] += weight * (total - none - scale * _weight[p]) / total;
        }
    }

    /// <summary>M: new m, h, u, π and k; returns the largest change.</summary>
    double Maximise(Dictionary<int, Found> found)
    {
        var counts = _prior.Select(prior => prior.ToArray()).ToArray();
        var household = _parameters.H.Select(h => h.Select(share => PriorRecords * share).ToArray()).ToArray();
        var members = 0.0;
        for (var p = 0; p < _weight.Length; p++)
        {
            Spread(counts, _parameters.M, _outcomes[p], _matches[p]);
            var share = _parameters.HouseholdMembers == 0 ? 0 : (_evidence.Pairs[p] - _matches[p]) * _missingShare[p] * _parameters.Household(_outcomes[p]) / _expectedNull[p];
            if (share <= 0) continue;
            Spread(household, _parameters.H, _outcomes[p], share);
            members += share;
        }
        AddUnseen(counts, found);
        var change = 0.0;
        for (var c = 0; c < counts.Length; c++)
        {
            var m = MatchParameters.Normal(counts[c]);
            for (var o = 0; o < m.Length; o++) change = Math.Max(change, Math.Abs(m[o] - _parameters.M[c][o]));
            m.CopyTo(_parameters.M[c], 0);
            (_parameters.Units[c].Household ? m : Personal(c, MatchParameters.Normal(household[c]))).CopyTo(_parameters.H[c], 0);
        }
        UpdateUnrelated();
        return Math.Max(change, UpdateShares(found, members));
    }

    /// <summary>
    /// Two of one household hardly ever have one number, nor one birth date but for twins. Without this bound a file whose duplicates are written in two ways takes the
    /// second way for households.
    /// </summary>
    double[] Personal(int c, double[] household)
    {
        if (_parameters.Units[c].Fields is not [var field] || _evidence.Layout.Compare[field] is not (Comparison.Number or Comparison.Digits or Comparison.Date)) return household;
        var equal = _parameters.Units[c].Outcomes.Select(outcome => Agreement.LevelOf(outcome, field) == Level.Equal).ToArray();
        var share = household.Where((_, o) => equal[o]).Sum();
        return share <= MostShared ? household : [.. household.Select((h, o) => equal[o] ? h * MostShared / share : h * (1 - MostShared) / (1 - share))];
    }

    /// <summary>Adds pairs of one pattern to the outcomes of each unit; where a field is missing, over the outcomes that it can be.</summary>
    static void Spread(double[][] counts, double[][] shares, int[][] outcomes, double pairs)
    {
        for (var c = 0; c < outcomes.Length; c++)
        {
            if (outcomes[c].Length == 1) { counts[c][outcomes[c][0]] += pairs; continue; }
            var sum = 0.0;
            foreach (var o in outcomes[c]) sum += shares[c][o];
            if (sum > 0) foreach (var o in outcomes[c]) counts[c][o] += pairs * shares[c][o] / sum;
        }
    }

    /// <summary>Partners that no rule meets: as many as the blocked share says, with the outcomes that miss every rule.</summary>
    void AddUnseen(double[][] counts, Dictionary<int, Found> found)
    {
        foreach (var (lacks, (pairs, records, _)) in found.OrderBy(f => f.Key))
        {
            if (pairs < 1e-3 || !_views.TryGetValue(lacks, out var view)) continue;
            var partners = _evidence.Competing ? Math.Min(pairs / BlockedOf(lacks), records) : pairs / BlockedOf(lacks);
            foreach (var (part, both) in view)
            {
                var blocked = _met[both];
                var unseen = partners * part * (1 - blocked);
                if (unseen <= 1e-6 || blocked >= 1) continue;
                var met = MetByOutcome(both);
                for (var c = 0; c < counts.Length; c++)
                {
                    if (_parameters.Units[c].Fields.Any(f => (both >> f & 1) != 0)) continue;
                    var sum = 0.0;
                    for (var o = 0; o < counts[c].Length; o++) sum += _parameters.M[c][o] * (1 - met[c][o]);
                    if (sum > 0) for (var o = 0; o < counts[c].Length; o++) counts[c][o] += unseen * _parameters.M[c][o] * (1 - met[c][o]) / sum;
                }
            }
        }
    }

    double UpdateShares(Dictionary<int, Found> found, double members)
    {
        // Records without a gap say best how many have a partner; who has gaps is asked only where gaps are the rule.
        var telling = found.TryGetValue(0, out var whole) && whole.Records >= LeastComplete * _evidence.Sampled ? found.Where(f => f.Key == 0) : found;
        var expected = telling.Sum(f => f.Value.Visible);
        var partners = telling.Sum(f => f.Value.Pairs) / Math.Max(expected, 1e-9);
        partners = _evidence.Competing ? Math.Clamp(partners, Math.Max(_least, 1e-6), MostPartners) : Math.Max(partners, 1e-6);
        var change = Math.Abs(partners - _parameters.Partners);
        _parameters.Partners = partners;
        if (_evidence.Competing)
            foreach (var (lacks, (pairs, records, visible)) in found) _partners[lacks] = Math.Clamp((pairs + PriorShare * partners * visible / records) / (visible * (1 + PriorShare / records)), 1e-6, MostPartners);
        if (_parameters.HouseholdMembers > 0)
            _parameters.HouseholdMembers = Math.Clamp(members / Math.Max(1, _evidence.Sampled) / Math.Max(1e-3, _blocked[0].Of(_parameters.Units, _parameters.H)), 1e-6, 20);
        return change;
    }

    /// <summary>u from pairs at random, less the partners and household members that are among them.</summary>
    void UpdateUnrelated()
    {
        for (var c = 0; c < _parameters.Units.Length; c++)
        {
            var unit = _parameters.Units[c];
            var fields = unit.Fields.ToDictionary(f => f, f => Unrelated(unit, c, f));
            for (var o = 0; o < unit.Outcomes.Length; o++) _parameters.U[c][o] = unit.Fields.Aggregate(1.0, (product, f) => product * fields[f][Agreement.Outcome(unit.Outcomes[o], f)]);
        }
    }

    double[] Unrelated(ComparisonUnit unit, int c, int field)
    {
        var (counted, u) = (_evidence.Random[field], new double[64]);
        var known = 0.0;
        for (var o = 1; o < 64; o++) if ((o & 7) != 0) known += counted[o];
        var scale = known / Math.Max(1, _evidence.Others);
        for (var o = 0; o < unit.Outcomes.Length; o++)
        {
            var outcome = Agreement.Outcome(unit.Outcomes[o], field);
            u[outcome] -= scale * (_parameters.Partners * _parameters.M[c][o] + _parameters.HouseholdMembers * _parameters.H[c][o]);
        }
        var sum = 0.0;
        for (var o = 1; o < 64; o++) if ((o & 7) != 0) sum += u[o] = Math.Max(counted[o] + u[o], 0.25 + counted[o] * 0.001);
        for (var o = 1; o < 64; o++) u[o] /= Math.Max(sum, 1e-300);
        return u;
    }

    MatchEstimate Result(int rounds)
    {
        RefreshBlockedShares();
        var blocked = _evidence.LackingSmall.Count > 0 ? _evidence.LackingSmall.Sum(l => l.Value * BlockedOf(l.Key)) : BlockedOf(0);
        return new MatchEstimate(_evidence, _parameters, _null, new Dictionary<int, double>(_blockedShare), new Dictionary<int, double>(_blockedAtHome), new Dictionary<int, double>(_partners), blocked, NullPrior, rounds);
    }
}
