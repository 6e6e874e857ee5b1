using Groeilijn.Education;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>Who stands behind the earlier half-years of a trend.</summary>
sealed partial class ReportMembers
{
    readonly Dictionary<int, List<SumTerm>> _knownEarlier = [];
    readonly List<string> _earlierOnly = [];
    IReadOnlyDictionary<TrendStep, KeptMean> _kept = new Dictionary<TrendStep, KeptMean>();

    /// <summary>
    /// Reads who stands behind the earlier half-years of a trend, two half-years at a time: of each step all who grew, because a trend is measured against their mean, and whom each school knew then. It comes before
    /// anything is asked, since pupils are numbered on.
    /// </summary>
    /// <param name="home">The office.</param>
    /// <param name="schools">The codes of the schools, by number.</param>
    /// <param name="rows">The scores of the half-year before the edition.</param>
    /// <param name="kept">The means of all that are kept: who is behind them the memory has.</param>
    public void ReadEarlier(OfficeHome home, IReadOnlyList<string> schools, List<ScoreRow> rows, IReadOnlyDictionary<TrendStep, KeptMean> kept)
    {
        _kept = kept;
        var (pupils, numbers) = (Numbers(), schools.Index().ToDictionary(one => one.Item, one => one.Index, StringComparer.Ordinal));
        var later = _edition.Previous;
        for (var back = 1; back < EditionGrowth.TrendEditions && later.Year > 2001; back++, later = later.Previous)
        {
            List<ScoreRow> before = [];
            Cohort.Each(home, _edition, [later.Previous], most => before.EnsureCapacity(most), row => before.Add(CohortGrowth.Score(row, NumberOf(row.Rin), Numbered(row.School))));
            foreach (var of in Known(before)) (_knownEarlier.TryGetValue(of.Key, out var list) ? list : _knownEarlier[of.Key] = []).AddRange(of);
            rows.AddRange(before);
            GrowthMeans.KeepLastOfHalfYear(rows);
            foreach (var step in Steps(rows).GroupBy(step => step.Key with { School = -1 }).Where(step => !kept.ContainsKey(new(later, (Subject)step.Key.Subject, TestScale.Series[step.Key.Scale], step.Key.YearGroup)))) _growthOfAll.Add(step.Key, Ends([.. step.SelectMany(of => of.Value)]));
            rows.RemoveAll(row => row.HalfYear == CohortGrowth.HalfYearOf(later));
        }

        int NumberOf(Rin rin)
        {
            if (pupils.TryGetValue(rin, out var number)) return number;
            pupils.Add(rin, number = _rins.Count);
            _rins.Add(rin);
            return number;
        }

        int Numbered(string school)
        {
            if (numbers.TryGetValue(school, out var number)) return number;
            _earlierOnly.Add(school);
            return numbers[school] = numbers.Count;
        }
    }

    /// <summary>The growth of all pupils over a step that ended in an edition of the trend, as it is kept or as it is now; null where nobody grew.</summary>
    public CellSum? GrowthOfAll(TrendStep step)
    {
        if (_kept.TryGetValue(step, out var kept)) return kept.Sum;
        var line = new ReportLine(step.Subject, step.Scale, new(step.YearGroup, step.Edition.Half));
        if (step.Edition == _edition) return Growth(-1, line);
        var key = Key(line) with { HalfYear = CohortGrowth.HalfYearOf(step.Edition) };
        return _growthOfAll.TryGetValue(key, out var ends) ? Sum(key, ends) : null;
    }
}
