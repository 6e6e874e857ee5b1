using System.Runtime.CompilerServices;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// All candidates of a run, who compete on both sides: messages between records say how likely each is still free (belief propagation, exact where the
/// candidates form no ring). A pair's weight counts against "both have no partner here".
/// </summary>
sealed class Rivalry
{
    const int Sweeps = 3;
    const double LeastFree = 0.002, LargestWeight = 1e12, LeastBest = 0.25, PriorFree = 20, PriorAway = 20;

    readonly int[] _row, _column, _pattern, _kindOf;
    readonly double[] _commoner, _strangers, _from, _back, _weight, _rowSum, _columnSum;
    readonly bool[] _livesThere;
    readonly Whereabouts[] _where;
    /// <summary>Of two people with a pattern, how often the larger side's has no partner here: by pattern, because files may cover other ages or places.</summary>
    readonly double[] _free, _freeCount, _freeAll;
    /// <summary>By whereabouts and by whether somebody lives where the record says: how much likelier so for partners than for who has none here.</summary>
    readonly double[,] _away = { { 1, 1 }, { 1, 1 }, { 1, 1 } };

    /// <summary>Records of the smaller side that lack the same and of whose address is known the same.</summary>
    internal readonly record struct Kind(int Lacks, bool AtHome, int Records);

    /// <summary>Of these candidates.</summary>
    /// <param name="pairs">The candidates.</param>
    /// <param name="patterns">All patterns of the run, sorted.</param>
    /// <param name="strangers">The share of strangers among two people with a pattern.</param>
    /// <param name="lacks">By record of the smaller side, what it lacks.</param>
    /// <param name="atHome">And whether somebody lives where it says, a slip aside.</param>
    /// <param name="livesThere">The same, to the letter.</param>
    /// <param name="where">Where a pattern says that the other lives.</param>
    internal Rivalry(IReadOnlyList<PairSeen> pairs, ulong[] patterns, Func<ulong, double> strangers, int[] lacks, bool[] atHome, bool[] livesThere, Func<ulong, Whereabouts> where)
    {
        var kinds = new Dictionary<(int, bool), int>();
        _kindOf = new int[lacks.Length];
        for (var i = 0; i < lacks.Length; i++)
        {
            if (!kinds.TryGetValue((lacks[i], atHome[i]), out var kind)) kinds[(lacks[i], atHome[i])] = kind = kinds.Count;
            _kindOf[i] = kind;
        }
        var counts = new int[kinds.Count];
        foreach (var kind in _kindOf) counts[kind]++;
        Kinds = [.. kinds.OrderBy(k => k.Value).Select(k => new Kind(k.Key.Item1, k.Key.Item2, counts[k.Value]))];
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
        (_free, _freeCount, _freeAll) = (new double[patterns.Length], new double[patterns.Length], new double[patterns.Length]);
        Array.Fill(_free, 1);
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
        Array.Clear(_freeAll);
        var (pairs, away) = (new double[Kinds.Length], new double[3, 2]);
        for (var e = 0; e < _row.Length; e++)
        {
            var both = _from[e] * _back[e];
            var (one, two, open) = (both / (1 + both), 1 / (1 + both), _weight[e] > 0 ? _from[e] / _weight[e] * _back[e] : 0);
            var (kind, pattern) = (_kindOf[_row[e]], _pattern[e]);
            matches[pattern] += one;
            people[pattern] += (1 - open) * two / Math.Max(0.05, 1 - Math.Min(1, none[kind]) * _free[pattern]);
            _freeCount[pattern] += _back[e] * two;
            _freeAll[pattern] += two;
            away[(int)_where[pattern], _livesThere[_row[e]] ? 1 : 0] += one;
            pairs[kind] += one;
        }
        UpdateFree();
        UpdateAway(away);
        return pairs;
    }

    void UpdateFree()
    {
        var mean = (_freeCount.Sum() + PriorFree) / (_freeAll.Sum() + PriorFree);
        for (var p = 0; p < _free.Length; p++) _free[p] = Math.Clamp((_freeCount[p] + PriorFree * mean) / (_freeAll[p] + PriorFree), LeastFree, 1);
    }

    /// <summary>A household that moved does not live there any more; of one of whom a single person moved the others do. The data say which.</summary>
    void UpdateAway(double[,] partners)
    {
        var alone = new double[2];
        for (var i = 0; i < _rowSum.Length; i++) alone[_livesThere[i] ? 1 : 0] += 1 / (1 + _rowSum[i]);
        foreach (var where in (ReadOnlySpan<Whereabouts>)[Whereabouts.Near, Whereabouts.Elsewhere])
            for (var lives = 0; lives < 2; lives++)
            {
                var (all, expected) = (partners[(int)where, 0] + partners[(int)where, 1], (alone[lives] + 1) / (alone[0] + alone[1] + 2));
                _away[(int)where, lives] = (partners[(int)where, lives] / expected + PriorAway) / (all + PriorAway);
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
            _weight[e] = Math.Min(LargestWeight, weights[pattern] * away / (strangers * _commoner[e] + 1 - strangers) / (none[_kindOf[_row[e]]] * _free[pattern]));
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

/// <summary>Where the other lives, as a pattern says.</summary>
enum Whereabouts
{
    /// <summary>Where the record says, or nobody knows.</summary>
    There,
    /// <summary>A slip aside there.</summary>
    Near,
    /// <summary>Elsewhere.</summary>
    Elsewhere,
}

/// <summary>A pair as the pass left it.</summary>
/// <param name="Small">Its record of the smaller side.</param>
/// <param name="Large">And of the larger.</param>
/// <param name="Pattern">How they agree.</param>
/// <param name="Commoner">How much commoner than the average the values are on which they agree.</param>
readonly record struct PairSeen(int Small, int Large, ulong Pattern, double Commoner);
