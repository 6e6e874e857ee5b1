using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>
/// Who stands behind the numbers of an edition, for the Gate's audit: the pupils of school × subject × scale × step, and of any group of them. Sets are made
/// once and shared, so that the mean of all schools, which every report holds, is one set.
/// </summary>
sealed class ReportMembers
{
    readonly Edition _edition;
    readonly Dictionary<GrowthKey, (MemberSet Begin, MemberSet End)> _growth = [];
    readonly ILookup<int, SumTerm> _known;
    readonly Lazy<ILookup<(int, int, int), ScoreRow>> _scores;
    readonly Lazy<ILookup<GrowthKey, (int Pupil, int Begin, int End, int Growth)>> _steps;
    readonly ScoreRow[] _last;

    public ReportMembers(Edition edition, ScoreRow[] rows, IReadOnlyList<string> pupils)
    {
        (_edition, Pupils, _last) = (edition, pupils, GrowthMeans.LastOfHalfYear(rows));
        _scores = new(() => _last.Where(row => row.HalfYear == CohortGrowth.HalfYearOf(edition)).ToLookup(row => (row.Subject, row.Scale, row.YearGroup)));
        _steps = new(() => Steps().ToLookup(s => s.Key, s => s.Who));
        _known = rows.GroupBy(row => (row.School, row.HalfYear)).ToLookup(one => one.Key.School, one => new SumTerm(one.Key.HalfYear, new([.. one.Select(row => row.Pupil).Distinct().Order()])));
    }

    /// <summary>The RIN of each pupil, by number.</summary>
    public IReadOnlyList<string> Pupils { get; }

    /// <summary>Everybody with a result from a school, by half-year: the school knows these scores.</summary>
    public IReadOnlyList<SumTerm> KnownTo(int school) => [.. _known[school]];

    /// <summary>The boards that read along: each knows the scores of all its schools. A board of one school is that school.</summary>
    /// <param name="schools">The codes of the schools, by number.</param>
    /// <param name="boards">The board of each school of which it is known.</param>
    public IEnumerable<SchoolReader> BoardsOf(IReadOnlyList<string> schools, IReadOnlyDictionary<string, string> boards) =>
        boards.GroupBy(b => b.Value, b => b.Key, StringComparer.Ordinal).Where(b => b.Count() > 1).OrderBy(b => b.Key, StringComparer.Ordinal).Select(board => new SchoolReader(
            [.. board.Order(StringComparer.Ordinal)], [.. schools.Index().Where(s => boards.GetValueOrDefault(s.Item) == board.Key).SelectMany(s => KnownTo(s.Index))], board.Key));

    /// <summary>The growth of a school's pupils over a step, or of all schools' (−1), and of a group of them when one is given.</summary>
    public CellSum Growth(int school, ReportLine line, Func<int, bool>? inGroup = null)
    {
        var key = Key(line) with { School = school };
        if (inGroup is not null) return Sum(key, Ends([.. _steps.Value[key].Where(who => inGroup(who.Pupil))]));
        if (!_growth.TryGetValue(key, out var ends)) _growth.Add(key, ends = Ends([.. _steps.Value[key]]));
        return Sum(key, ends);
    }

    /// <summary>Who grew over a step at a school, by RIN, and how much in tenths.</summary>
    public IEnumerable<(string Rin, int Growth)> Each(int school, ReportLine line) => _steps.Value[Key(line) with { School = school }].Select(who => (Pupils[who.Pupil], who.Growth));

    /// <summary>The growth of the pupils of some schools together.</summary>
    public CellSum Growth(IEnumerable<int> schools, ReportLine line) => Sum(Key(line), Ends([.. schools.SelectMany(school => _steps.Value[Key(line) with { School = school }])]));

    /// <summary>The scores of the edition itself of the pupils of some schools in a year group.</summary>
    public CellSum Scores(Subject subject, int scale, int yearGroup, Func<int, bool> atSchool)
    {
        ScoreRow[] rows = [.. _scores.Value[((int)subject, scale, yearGroup)].Where(row => atSchool(row.School))];
        return new(Statistic((int)subject, scale), [new(CohortGrowth.HalfYearOf(_edition), new([.. rows.Select(row => row.Pupil)], Corrections([.. rows.Select(row => row.Correction)])))]);
    }

    GrowthKey Key(ReportLine line) => new(-1, (int)line.Subject, TestScale.Series.Index().First(series => series.Item == line.Scale).Index, CohortGrowth.HalfYearOf(_edition), line.Step.YearGroup);

    static CellSum Sum(GrowthKey key, (MemberSet Begin, MemberSet End) ends) => new(Statistic(key.Subject, key.Scale), [new(key.HalfYear, ends.End), new(key.HalfYear - 1, ends.Begin)]);

    static string Statistic(int subject, int scale) => $"{((Subject)subject).Code()} {TestScale.Series[scale]}";

    IEnumerable<(GrowthKey Key, (int Pupil, int Begin, int End, int Growth) Who)> Steps()
    {
        for (var i = 1; i < _last.Length; i++)
        {
            var (earlier, later) = (_last[i - 1], _last[i]);
            if (!GrowthMeans.IsInterval(earlier, later)) continue;
            var key = new GrowthKey(later.School, later.Subject, later.Scale, later.HalfYear, earlier.YearGroup);
            var who = (later.Pupil, earlier.Correction, later.Correction, later.Tenths - earlier.Tenths);
            yield return (key, who);
            yield return (key with { School = -1 }, who);
        }
    }

    /// <summary>Both ends; one set where nothing was corrected.</summary>
    static (MemberSet Begin, MemberSet End) Ends((int Pupil, int Begin, int End, int Growth)[] who)
    {
        int[] pupils = [.. who.Select(w => w.Pupil)];
        var (begin, end) = (Corrections([.. who.Select(w => w.Begin)]), Corrections([.. who.Select(w => w.End)]));
        var members = new MemberSet(pupils, end);
        return (begin is null && end is null ? members : new(pupils, begin), members);
    }

    /// <summary>Null where nothing was corrected. Eight versions of one score are told apart.</summary>
    static byte[]? Corrections(int[] of) => of.Any(c => c > 0) ? [.. of.Select(c => (byte)(c % 8))] : null;
}
