using System.Runtime.CompilerServices;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// All candidates of a run, who compete on both sides: messages between records say how likely each is still free (belief propagation, exact where the
/// candidates form no ring). A pair's weight counts against "both have no partner here".
/// </summary>
sealed class Rivalry
{
    const int Sweeps = 3;
    const double LeastFree = 0.002, LargestWeight = 1e12, LeastBest = 0.25, PriorFree = 20, PriorAway = 20, PriorAlone = 20;

    readonly int[] _row, _column, _pattern, _kindOf;
    readonly double[] _commoner, _strangers, _from, _back, _weight, _rowSum, _columnSum;
    readonly bool[] _livesThere;
    readonly Whereabouts[] _where;
    /// <summary>Of the larger side, the share that has no partner here, by cohort; and of two people with a pattern, how much oftener than that: files cover other ages and places.</summary>
    readonly double[] _alone, _oftener, _freeCount, _expected;
    readonly int[] _cohort;
    readonly double[] _inCohort;
    /// <summary>By whereabouts and by whether somebody lives where the record says: how much likelier so for partners than for who has none here.</summary>
    readonly double[,] _away = { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 } };
    /// <summary>The share of records where nobody, and somebody, lives where they say.</summary>
    readonly double[] _inhabited = new double[2];

    /// <summary>Records of the smaller side that lack the same.</summary>
    internal readonly record struct Kind(int Lacks, int Records);

    /// <summary>Of these candidates.</summary>
    /// <param name="pairs">The candidates.</param>
    /// <param name="patterns">All patterns of the run, sorted.</param>
    /// <param name="strangers">The share of strangers among two people with a pattern.</param>
    /// <param name="lacks">By record of the smaller side, what it lacks.</param>
    /// <param name="livesThere">And whether somebody lives just where it says.</param>
    /// <param name="where">Where a pattern says that the other lives.</param>
    /// <param name="cohorts">The larger side's records by age.</param>
    internal Rivalry(IReadOnlyList<PairSeen> pairs, ulong[] patterns, Func<ulong, double> strangers, int[] lacks, bool[] livesThere, Func<ulong, Whereabouts> where, Cohorts cohorts)
    {
        var kinds = new Dictionary<int, int>();
        _kindOf = new int[lacks.Length];
        for (var i = 0; i < lacks.Length; i++)
        {
            if (!kinds.TryGetValue(lacks[i], out var kind)) kinds[lacks[i]] = kind = kinds.Count;
            _kindOf[i] = kind;
        }
        var counts = new int[kinds.Count];
        foreach (var kind in _kindOf) counts[kind]++;
        Kinds = [.. kinds.OrderBy(k => k.Value).Select(k => new Kind(k.Key, counts[k.Value]))];
        var (places, columns) = (new Dictionary<ulong, int>(patterns.Length), new Dictionary<int, int>(pairs.Count));
        for (var p = 0; p < patterns.Length; p++) places[patterns[p]] = p;
        var n = pairs.Count;
        (_row, _column, _pattern, _commoner) = (new int[n], new int[n], new int[n], new double[n]);
        for (var e = 0; e < n; e++)
        {
            var pair = pairs[e];
            if (!columns.TryGetValue(pair.Large, out var column)) columns[pair.Large] = column = columns.Count;
            (_row[e], _column[e], _pattern[e], _commoner[e]) = (pair.Small, column, places[pair.Pattern], pair.Commoner);
        }
        (_from, _back, _weight, _rowSum, _columnSum) = (new double[n], new double[n], new double[n], new double[lacks.Length], new double[columns.Count]);
        Array.Fill(_back, 1);
        Kept = new double[patterns.Length];
        foreach (var p in _pattern) Kept[p]++;
        _strangers = [.. patterns.Select(strangers)];
        (_livesThere, _where) = (livesThere, Array.ConvertAll(patterns, p => where(p)));
        foreach (var lives in livesThere) _inhabited[lives ? 1 : 0] += 1.0 / livesThere.Length;
        (_oftener, _freeCount, _expected) = (new double[patterns.Length], new double[patterns.Length], new double[patterns.Length]);
        (_cohort, _inCohort, _alone) = (new int[columns.Count], Array.ConvertAll(cohorts.Records, n => (double)n), new double[cohorts.Records.Length]);
        foreach (var (large, column) in columns) _cohort[column] = cohorts.Of(large);
        Array.Fill(_oftener, 1);
        Array.Fill(_alone, 1);
    }

    internal Kind[] Kinds { get; }

    /// <summary>Candidates by pattern; the other pairs of the pattern are two people.</summary>
    internal double[] Kept { get; }

    /// <summary>Expected partners by kind; adds each pattern's partners and pairs of two people.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double[] Expect(double[] weights, double[] none, double[] matches, double[] people)
    {
        Weigh(weights, none);
        for (var sweep = 0; sweep < Sweeps; sweep++) Sweep();
        Array.Clear(people);
        Array.Clear(_freeCount);
        Array.Clear(_expected);
        var (pairs, away) = (new double[Kinds.Length], new double[4, 2]);
        for (var e = 0; e < _row.Length; e++)
        {
            var both = _from[e] * _back[e];
            var (one, two, open) = (both / (1 + both), 1 / (1 + both), _weight[e] > 0 ? _from[e] / _weight[e] * _back[e] : 0);
            var (kind, pattern) = (_kindOf[_row[e]], _pattern[e]);
            matches[pattern] += one;
            people[pattern] += (1 - open) * two / Math.Max(0.05, 1 - Math.Min(1, none[kind]) * Free(e));
            _freeCount[pattern] += _back[e] * two;
            _expected[pattern] += _alone[_cohort[_column[e]]] * two;
            away[(int)_where[pattern], _livesThere[_row[e]] ? 1 : 0] += one;
            pairs[kind] += one;
        }
        UpdateFree();
        UpdateAway(away);
        return pairs;
    }

    /// <summary>How often a pair's record of the larger side has no partner here, if the two are two.</summary>
    double Free(int e) => Math.Clamp(_oftener[_pattern[e]] * _alone[_cohort[_column[e]]], LeastFree, 1);

    void UpdateFree()
    {
        var oftener = (_freeCount.Sum() + PriorFree) / (_expected.Sum() + PriorFree);
        for (var p = 0; p < _oftener.Length; p++) _oftener[p] = (_freeCount[p] + PriorFree * oftener) / (_expected[p] + PriorFree);
        var taken = new double[_alone.Length];
        for (var j = 0; j < _columnSum.Length; j++) taken[_cohort[j]] += _columnSum[j] / (1 + _columnSum[j]);
        UpdateAlone(taken);
    }

    /// <summary>By cohort, as far as cohorts differ by more than chance: what they have in common weighs as many records as their scatter tells.</summary>
    void UpdateAlone(double[] taken)
    {
        double all = Math.Max(1, _inCohort.Sum()), share = 1 - taken.Sum() / all, scatter = 0;
        for (var c = 0; c < taken.Length; c++) scatter += Math.Pow(_inCohort[c] - taken[c] - _inCohort[c] * share, 2) / _inCohort[c] / all;
        var chance = share * (1 - share);
        var weight = Math.Max(PriorFree, chance / Math.Max(1e-9, scatter - chance * taken.Length / all));
        for (var c = 0; c < taken.Length; c++) _alone[c] = Math.Clamp((_inCohort[c] - taken[c] + weight * share) / (_inCohort[c] + weight), LeastFree, 1);
    }

    /// <summary>
    /// A household that moved does not live there any more; of one of whom a single person moved the others do. The data say which. Two people at one address are
    /// such a pair only where somebody lives there, and of those records fewer have no partner.
    /// </summary>
    void UpdateAway(double[,] partners)
    {
        var alone = new double[2];
        for (var i = 0; i < _rowSum.Length; i++) alone[_livesThere[i] ? 1 : 0] += 1 / (1 + _rowSum[i]);
        for (var lives = 0; lives < 2; lives++)
        {
            var expected = (alone[lives] + PriorAlone * _inhabited[lives]) / (alone[0] + alone[1] + PriorAlone);
            if (lives == 1) _away[(int)Whereabouts.There, 1] = _inhabited[1] / Math.Max(expected, 1e-6);
            foreach (var where in (ReadOnlySpan<Whereabouts>)[Whereabouts.Near, Whereabouts.Elsewhere])
                _away[(int)where, lives] = (partners[(int)where, lives] / Math.Max(expected, 1e-6) + PriorAway) / (partners[(int)where, 0] + partners[(int)where, 1] + PriorAway);
        }
    }

    /// <summary>A candidate's odds against "both have no partner", and its probability after competition.</summary>
    internal (double Odds, double Probability) Decide(int e) => (_weight[e], _from[e] * _back[e] / (1 + _from[e] * _back[e]));

    /// <summary>Whether no candidate of one of its records has more odds: twins stay, also when somebody else has one of them.</summary>
    internal bool[] Best()
    {
        var (rows, columns) = (new double[_rowSum.Length], new double[_columnSum.Length]);
        for (var e = 0; e < _row.Length; e++) (rows[_row[e]], columns[_column[e]]) = (Math.Max(rows[_row[e]], _weight[e]), Math.Max(columns[_column[e]], _weight[e]));
        var best = new bool[_row.Length];
        for (var e = 0; e < best.Length; e++) best[e] = _weight[e] > LeastBest && (_weight[e] >= rows[_row[e]] * (1 - 1e-9) || _weight[e] >= columns[_column[e]] * (1 - 1e-9));
        return best;
    }

    void Weigh(double[] weights, double[] none)
    {
        for (var e = 0; e < _row.Length; e++)
        {
            var (pattern, strangers) = (_pattern[e], _strangers[_pattern[e]]);
            var away = _away[(int)_where[pattern], _livesThere[_row[e]] ? 1 : 0];
            _weight[e] = Math.Min(LargestWeight, weights[pattern] * away / (strangers * _commoner[e] + 1 - strangers) / (none[_kindOf[_row[e]]] * Free(e)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Sweep()
    {
        Array.Clear(_rowSum);
        Array.Clear(_columnSum);
        for (var e = 0; e < _row.Length; e++) _rowSum[_row[e]] += _weight[e] * _back[e];
        for (var e = 0; e < _row.Length; e++) _columnSum[_column[e]] += _from[e] = _weight[e] / (1 + Math.Max(0, _rowSum[_row[e]] - _weight[e] * _back[e]));
        for (var e = 0; e < _row.Length; e++) _back[e] = 1 / (1 + Math.Max(0, _columnSum[_column[e]] - _from[e]));
    }
}

/// <summary>The records of a side by year of birth, because files of people cover some ages and not others. Records without a date are a cohort too.</summary>
sealed class Cohorts
{
    readonly RecordSet _records;
    readonly int _date;
    readonly Dictionary<int, int> _years = [];

    internal Cohorts(RecordSet records)
    {
        (_records, _date) = (records, Array.FindIndex(records.Layout.Compare, compare => compare == Comparison.Date));
        var counts = new int[1 << 16];
        if (_date < 0) counts[0] = records.Count;
        else for (var i = 0; i < records.Count; i++) counts[YearOf(i)]++;
        for (var year = 0; year < counts.Length; year++) if (counts[year] > 0) _years[year] = _years.Count;
        Records = [.. counts.Where(n => n > 0)];
    }

    /// <summary>How many records each cohort has.</summary>
    internal int[] Records { get; }

    /// <summary>The cohort of a record.</summary>
    internal int Of(int record) => _years[_date < 0 ? 0 : YearOf(record)];

    int YearOf(int record) => (int)(_records.Value(record, _date) >> 16);
}

/// <summary>Where the other lives, as a pattern says.</summary>
enum Whereabouts
{
    /// <summary>Where the record says.</summary>
    There,
    /// <summary>A slip aside there.</summary>
    Near,
    /// <summary>Elsewhere.</summary>
    Elsewhere,
    /// <summary>Nobody knows: a part of the address is missing.</summary>
    Unknown,
}

/// <summary>A pair as the pass left it.</summary>
/// <param name="Small">Its record of the smaller side.</param>
/// <param name="Large">And of the larger.</param>
/// <param name="Pattern">How they agree.</param>
/// <param name="Commoner">How much commoner than the average the values are on which they agree.</param>
readonly record struct PairSeen(int Small, int Large, ulong Pattern, double Commoner);
