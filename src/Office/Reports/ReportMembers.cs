using Groeilijn.Education;
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
    readonly Dictionary<int, MemberSet> _ofSchool;
    readonly Dictionary<(int, int, int, int), MemberSet> _scores = [];
    readonly Lazy<ILookup<GrowthKey, (int Pupil, int Begin, int End)>> _steps;
    readonly ScoreRow[] _last;
    static readonly MemberSet s_nobody = new([]);

    public ReportMembers(Edition edition, ScoreRow[] rows, IReadOnlyList<string> pupils)
    {
        (_edition, Pupils, _last) = (edition, pupils, GrowthMeans.LastOfHalfYear(rows));
        _steps = new(() => Steps().ToLookup(s => s.Key, s => s.Who));
        _ofSchool = rows.GroupBy(row => row.School).ToDictionary(school => school.Key, school => new MemberSet([.. school.Select(row => row.Pupil).Distinct().Order()]));
    }

    /// <summary>The RIN of each pupil, by number.</summary>
    public IReadOnlyList<string> Pupils { get; }

    /// <summary>Everybody with a result from a school in these half-years: the school knows their scores.</summary>
    public MemberSet OfSchool(int school) => _ofSchool.GetValueOrDefault(school, s_nobody);

    /// <summary>The growth of a school's pupils over a step, or of all schools' (−1), and of a group of them when one is given.</summary>
    public CellSum Growth(int school, ReportLine line, Func<int, bool>? inGroup = null)
    {
        var scale = TestScale.Series.Index().First(series => series.Item == line.Scale).Index;
        var key = new GrowthKey(school, (int)line.Subject, scale, CohortGrowth.HalfYearOf(_edition), line.Step.YearGroup);
        var (begin, end) = inGroup is null && _growth.TryGetValue(key, out var known) ? known : Ends([.. _steps.Value[key].Where(who => inGroup?.Invoke(who.Pupil) ?? true)]);
        if (inGroup is null) _growth[key] = (begin, end);
        return new($"{line.Subject.Code()} {line.Scale}", [new(key.HalfYear, end), new(key.HalfYear - 1, begin)]);
    }

    /// <summary>The scores of the edition itself of the pupils of some schools in a year group.</summary>
    public CellSum Scores(int subject, int scale, int yearGroup, int place, Func<int, bool> atSchool)
    {
        var moment = CohortGrowth.HalfYearOf(_edition);
        if (!_scores.TryGetValue((subject, scale, yearGroup, place), out var members))
        {
            ScoreRow[] rows = [.. _last.Where(row => row.HalfYear == moment && row.Subject == subject && row.Scale == scale && row.YearGroup == yearGroup && atSchool(row.School))];
            _scores[(subject, scale, yearGroup, place)] = members = new([.. rows.Select(row => row.Pupil)], Corrections([.. rows.Select(row => row.Correction)]));
        }
        return new($"{((Subject)subject).Code()} {TestScale.Series[scale]}", [new(moment, members)]);
    }

    IEnumerable<(GrowthKey Key, (int Pupil, int Begin, int End) Who)> Steps()
    {
        for (var i = 1; i < _last.Length; i++)
        {
            var (earlier, later) = (_last[i - 1], _last[i]);
            if (!GrowthMeans.IsInterval(earlier, later)) continue;
            var key = new GrowthKey(later.School, later.Subject, later.Scale, later.HalfYear, earlier.YearGroup);
            yield return (key, (later.Pupil, earlier.Correction, later.Correction));
            yield return (key with { School = -1 }, (later.Pupil, earlier.Correction, later.Correction));
        }
    }

    /// <summary>Both ends; one set where nothing was corrected.</summary>
    static (MemberSet Begin, MemberSet End) Ends((int Pupil, int Begin, int End)[] who)
    {
        int[] pupils = [.. who.Select(w => w.Pupil)];
        var (begin, end) = (Corrections([.. who.Select(w => w.Begin)]), Corrections([.. who.Select(w => w.End)]));
        var members = new MemberSet(pupils, end);
        return (begin is null && end is null ? members : new(pupils, begin), members);
    }

    /// <summary>Null where nothing was corrected. Eight versions of one score are told apart.</summary>
    static byte[]? Corrections(int[] of) => of.Any(c => c > 0) ? [.. of.Select(c => (byte)(c % 8))] : null;
}
