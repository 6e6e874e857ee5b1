using System.Runtime.CompilerServices;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// All candidates of a run, who compete on both sides: messages between records say how likely each is still free (belief propagation, exact where the
/// candidates form no ring). A pair's weight counts against "both have no partner here".
/// </summary>
sealed class Rivalry
{
    const int Sweeps = 3;
    const double LargestWeight = 1e12, LeastBest = 0.25, LeastCounted = 0.05;

    readonly int[] _row, _column, _pattern, _kindOf, _yearOf;
    readonly double[] _commoner, _strangers, _from, _back, _weight, _rowSum, _columnSum;
    readonly bool[] _otherYear;
    readonly int _years;
    readonly Coverage _coverage;
    readonly Dwellings _dwellings;

    /// <summary>Records of the smaller side that lack the same.</summary>
    internal readonly record struct Kind(int Lacks, int Records);

    /// <summary>Of these candidates.</summary>
    /// <param name="pairs">The candidates.</param>
    /// <param name="patterns">All patterns of the run, sorted.</param>
    /// <param name="strangers">The share of strangers among two people with a pattern.</param>
    /// <param name="lacks">By record of the smaller side, what it lacks.</param>
    /// <param name="dwellings">And who lives where it says.</param>
    /// <param name="layout">What is compared.</param>
    /// <param name="births">The larger side's records by year of birth.</param>
    internal Rivalry(IReadOnlyList<PairSeen> pairs, ulong[] patterns, Func<ulong, double> strangers, int[] lacks, Dwelling[] dwellings, RecordLayout layout, BirthYears births)
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
        (_yearOf, _years, _otherYear) = (new int[columns.Count], births.Records.Length, [.. pairs.Select(pair => births.Differ(pair.Small, pair.Large))]);
        foreach (var (large, column) in columns) _yearOf[column] = births.Of(large);
        (_coverage, _dwellings) = (new Coverage(births.Records, patterns.Length), new Dwellings(dwellings, patterns, layout, Kinds.Length));
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
        var pairs = new double[Kinds.Length];
        for (var e = 0; e < _row.Length; e++)
        {
            var (both, row, pattern, year) = (_from[e] * _back[e], _row[e], _pattern[e], _yearOf[_column[e]]);
            var (one, two, open) = (both / (1 + both), 1 / (1 + both), _weight[e] > 0 ? _from[e] / _weight[e] * _back[e] : 0);
            var others = (1 - open) * two / Math.Max(LeastCounted, 1 - Math.Min(1, none[_kindOf[row]]) * _coverage.Free(pattern, year));
            matches[pattern] += one;
            people[pattern] += others;
            pairs[_kindOf[row]] += one;
            _coverage.Count(pattern, year, two, _back[e]);
            _dwellings.Count(pattern, row, one, others);
        }
        _coverage.Update(TakenByYear());
        _dwellings.Update(_kindOf, i => 1 / (1 + _rowSum[i]));
        return pairs;
    }

    /// <summary>Records of the larger side that have a partner here.</summary>
    double[] TakenByYear()
    {
        var taken = new double[_years];
        for (var j = 0; j < _columnSum.Length; j++) taken[_yearOf[j]] += _columnSum[j] / (1 + _columnSum[j]);
        return taken;
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
            var (pattern, kind, year) = (_pattern[e], _kindOf[_row[e]], _yearOf[_column[e]]);
            var (strangers, ofAge) = (_strangers[pattern], _otherYear[e] ? _coverage.OfAge(year) : 1);
            var people = (strangers * _commoner[e] + 1 - strangers) * none[kind] * _coverage.Free(pattern, year);
            _weight[e] = Math.Min(LargestWeight, weights[pattern] * _dwellings.Factor(pattern, kind, _row[e]) * ofAge / people);
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

/// <summary>A pair as the pass left it.</summary>
/// <param name="Small">Its record of the smaller side.</param>
/// <param name="Large">And of the larger.</param>
/// <param name="Pattern">How they agree.</param>
/// <param name="Commoner">How much commoner than the average the values are on which they agree.</param>
readonly record struct PairSeen(int Small, int Large, ulong Pattern, double Commoner);
