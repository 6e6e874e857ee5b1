namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// φ: how often the larger side's record of two people has no partner here. By year of birth, because files of people cover some ages and not others; and by what the
/// pair shows, as a factor on the odds, because neighbours go to the same schools and brothers to the same one. Learned with the rest, round by round.
/// </summary>
/// <param name="records">Records of the larger side, by year.</param>
/// <param name="patterns">How many patterns there are.</param>
sealed class Coverage(int[] records, int patterns)
{
    const double LeastFree = 0.002, PriorYear = 20, PriorPattern = 4, LargestStep = 1;

    readonly double[] _free = Ones(records.Length), _odds = Ones(patterns);
    readonly double[] _seen = new double[patterns], _expected = new double[patterns], _information = new double[patterns];
    double _taken, _common;

    /// <summary>The chance that the larger side's record, of a year, has no partner here, of two people who show a pattern.</summary>
    internal double Free(int pattern, int year)
    {
        var (odds, free) = (_odds[pattern], _free[year]);
        return Math.Max(LeastFree, odds * free / (1 - free + odds * free));
    }

    /// <summary>How much oftener partners are of a year than all records of the larger side; 1 before anything is known.</summary>
    internal double OfAge(int year) => _taken == 0 ? 1 : Math.Max(LeastFree, 1 - _free[year]) / _taken;

    /// <summary>Counts a pair of two people, with what chance the larger side's record is free.</summary>
    internal void Count(int pattern, int year, double pairs, double free)
    {
        var expected = Free(pattern, year);
        _seen[pattern] += free * pairs;
        _expected[pattern] += expected * pairs;
        _information[pattern] += expected * (1 - expected) * pairs;
    }

    /// <summary>Takes over what was counted since the last time.</summary>
    /// <param name="taken">By year, the records that have a partner here.</param>
    internal void Update(double[] taken)
    {
        UpdatePatterns();
        UpdateYears(taken);
    }

    /// <summary>One step of Newton for each pattern's log odds, drawn to what all have in common.</summary>
    void UpdatePatterns()
    {
        _common += Step(_seen.Sum() - _expected.Sum(), _information.Sum() + PriorPattern);
        for (var p = 0; p < _odds.Length; p++)
        {
            var log = Math.Log(_odds[p]);
            _odds[p] = Math.Exp(log + Step(_seen[p] - _expected[p] - PriorPattern * (log - _common), _information[p] + PriorPattern));
        }
        Array.Clear(_seen);
        Array.Clear(_expected);
        Array.Clear(_information);
    }

    static double Step(double gradient, double information) => Math.Clamp(gradient / information, -LargestStep, LargestStep);

    /// <summary>Years differ as far as they do by more than chance: what they have in common weighs as many records as their scatter tells.</summary>
    void UpdateYears(double[] taken)
    {
        double all = Math.Max(1, records.Sum(n => (double)n)), free = 1 - taken.Sum() / all, scatter = 0;
        for (var y = 0; y < taken.Length; y++) scatter += Math.Pow(records[y] - taken[y] - records[y] * free, 2) / records[y] / all;
        var chance = free * (1 - free);
        var weight = Math.Max(PriorYear, chance / Math.Max(1e-9, scatter - chance * taken.Length / all));
        for (var y = 0; y < taken.Length; y++) _free[y] = Math.Clamp((records[y] - taken[y] + weight * free) / (records[y] + weight), LeastFree, 1);
        _taken = Math.Max(LeastFree, 1 - free);
    }

    static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}

/// <summary>The records of the larger side by year of birth. Records without a date are a year too.</summary>
sealed class BirthYears
{
    readonly RecordSet _large, _small;
    readonly int _date;
    readonly Dictionary<int, int> _years = [];

    internal BirthYears(RecordSet large, RecordSet small)
    {
        (_large, _small, _date) = (large, small, Array.FindIndex(large.Layout.Compare, compare => compare == Comparison.Date));
        var counts = new int[1 << 16];
        for (var i = 0; i < large.Count; i++) counts[YearOf(large, i)]++;
        for (var year = 0; year < counts.Length; year++) if (counts[year] > 0) _years[year] = _years.Count;
        Records = [.. counts.Where(n => n > 0)];
    }

    /// <summary>How many records each year has.</summary>
    internal int[] Records { get; }

    /// <summary>The year of a record of the larger side, counted from 0.</summary>
    internal int Of(int record) => _years[YearOf(_large, record)];

    /// <summary>Whether the two are of other years, or one of them does not tell.</summary>
    internal bool Differ(int small, int large) => YearOf(_small, small) != YearOf(_large, large);

    int YearOf(RecordSet records, int record) => _date < 0 ? 0 : (int)(records.Value(record, _date) >> 16);
}
