using System.Runtime.CompilerServices;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// All candidates of a run, who compete on both sides: messages between records say how likely each is still free (belief propagation, exact where the
/// candidates form no ring). A pair's weight counts against "both have no partner here".
/// </summary>
sealed class Rivalry
{
    const int Sweeps = 3;
    const double LeastFree = 0.002, LargestWeight = 1e12, LeastBest = 0.25;

    readonly int[] _row, _column, _pattern, _kindOf;
    readonly double[] _commoner, _strangers, _from, _back, _weight, _rowSum, _columnSum;
    readonly double _others;
    readonly bool[] _atHome;
    readonly (double Weight, double Strangers)[] _bestHome;

    /// <summary>Records of the smaller side that lack the same and of whose address is known the same.</summary>
    internal readonly record struct Kind(int Lacks, bool AtHome, int Records);

    /// <summary>How many of the larger side may have a partner: all, or none when each record's rivals are decided elsewhere.</summary>
    internal Rivalry(IReadOnlyList<PairSeen> pairs, ulong[] patterns, Func<ulong, double> strangers, int[] lacks, bool[] atHome, int others, Func<ulong, bool> livesThere)
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
        (_row, _column, _pattern, _commoner, _others) = (new int[n], new int[n], new int[n], new double[n], others);
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
        (_atHome, _bestHome) = (Array.ConvertAll(patterns, p => livesThere(p)), new (double, double)[lacks.Length]);
        Free = 1;
    }

    internal Kind[] Kinds { get; }

    /// <summary>Candidates by pattern; the other pairs of the pattern are two people.</summary>
    internal double[] Kept { get; }

    /// <summary>The share of the larger side that has no partner here.</summary>
    internal double Free { get; private set; }

    /// <summary>Expected partners by kind; adds each pattern's partners and pairs of two people.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double[] Expect(double[] weights, double[] none, double[] matches, double[] people)
    {
        Weigh(weights, none);
        for (var sweep = 0; sweep < Sweeps; sweep++) Sweep();
        Array.Clear(people);
        var pairs = new double[Kinds.Length];
        var all = 0.0;
        for (var e = 0; e < _row.Length; e++)
        {
            var both = _from[e] * _back[e];
            var (one, open) = (both / (1 + both), _weight[e] > 0 ? _from[e] / _weight[e] * _back[e] : 0);
            var kind = _kindOf[_row[e]];
            matches[_pattern[e]] += one;
            people[_pattern[e]] += (1 - open) / (1 + both) / Math.Max(0.05, 1 - Math.Min(1, none[kind]) * Free);
            pairs[kind] += one;
            all += one;
        }
        Free = _others <= 0 ? 1 : Math.Clamp(1 - all / _others, LeastFree, 1);
        return pairs;
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

    /// <summary>
    /// Who lives elsewhere than the record says is the partner only if a better one who lives there is a stranger: had the record's own household moved or been
    /// written wrongly, its members would not live there.
    /// </summary>
    void Weigh(double[] weights, double[] none)
    {
        Array.Clear(_bestHome);
        for (var e = 0; e < _row.Length; e++)
        {
            var strangers = _strangers[_pattern[e]];
            _weight[e] = Math.Min(LargestWeight, weights[_pattern[e]] / (strangers * _commoner[e] + 1 - strangers) / (none[_kindOf[_row[e]]] * Free));
            if (_atHome[_pattern[e]] && _weight[e] > _bestHome[_row[e]].Weight) _bestHome[_row[e]] = (_weight[e], strangers);
        }
        for (var e = 0; e < _row.Length; e++)
            if (!_atHome[_pattern[e]] && _bestHome[_row[e]] is var (weight, strangers) && _weight[e] < weight) _weight[e] *= strangers;
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

/// <summary>A pair as the pass left it.</summary>
/// <param name="Small">Its record of the smaller side.</param>
/// <param name="Large">And of the larger.</param>
/// <param name="Pattern">How they agree.</param>
/// <param name="Commoner">How much commoner than the average the values are on which they agree.</param>
readonly record struct PairSeen(int Small, int Large, ulong Pattern, double Commoner);
