using System.Runtime.InteropServices;

namespace Groeilijn.Statistics.Growth;

/// <summary>One result in the cohort, as numbers; small, for a nation has ten million of them.</summary>
/// <param name="Pupil">The pupil's number within this array; equal for equal pupils, otherwise without meaning.</param>
/// <param name="School">The school's number within this array.</param>
/// <param name="HalfYear">2·year for the M half, 2·year + 1 for the E half, so that half-years follow each other.</param>
/// <param name="YearGroup">The pupil's own year group at the test, 3 to 8.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Scale">The scale; scores on two scales never meet.</param>
/// <param name="Day">Day number of the test.</param>
/// <param name="Tenths">The score in tenths.</param>
public readonly record struct ScoreRow(int Pupil, int School, int HalfYear, int YearGroup, int Subject, int Scale, int Day, int Tenths)
{
    readonly short _halfYear = (short)HalfYear, _correction;
    readonly sbyte _yearGroup = (sbyte)YearGroup, _subject = (sbyte)Subject, _scale = (sbyte)Scale;

    /// <summary>2·year for the M half, 2·year + 1 for the E half.</summary>
    public int HalfYear { get => _halfYear; init => _halfYear = (short)value; }

    /// <summary>The pupil's own year group at the test.</summary>
    public int YearGroup { get => _yearGroup; init => _yearGroup = (sbyte)value; }

    /// <summary>The subject.</summary>
    public int Subject { get => _subject; init => _subject = (sbyte)value; }

    /// <summary>The scale.</summary>
    public int Scale { get => _scale; init => _scale = (sbyte)value; }

    /// <summary>0, or the number of the correction that this is.</summary>
    public int Correction { get => _correction; init => _correction = (short)value; }
}

/// <summary>One interval of half a year at one school: who starts it in year group <paramref name="YearGroup"/> and ends it in <paramref name="HalfYear"/>.</summary>
/// <param name="School">The school where the pupil was tested at both ends; −1 for all schools together.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Scale">The scale of both ends.</param>
/// <param name="HalfYear">The half-year of the later test: even M, odd E.</param>
/// <param name="YearGroup">The pupil's year group at the earlier test.</param>
public readonly record struct GrowthKey(int School, int Subject, int Scale, int HalfYear, int YearGroup);

/// <summary>
/// Growth of pupils over half a year: later score minus earlier score, for M g → E g and E g → M g+1, where g is the pupil's own
/// year group. Both ends on the same scale, at the same school, in consecutive half-years; a repeater's E g → M g is no such
/// interval, and neither is a skipped group. Intervals are only ever compared with the same interval: growth over the summer
/// differs from growth within a year for reasons that lie in the tests.
/// </summary>
public static class GrowthMeans
{
    /// <summary>The tally of growth in tenths for every school and interval that has any.</summary>
    public static Dictionary<GrowthKey, Tally> PerSchool(ReadOnlySpan<ScoreRow> rows)
    {
        List<ScoreRow> scores = [.. rows];
        KeepLastOfHalfYear(scores);
        return PerSchoolOfLast(CollectionsMarshal.AsSpan(scores));
    }

    /// <summary>The same of rows that are as <see cref="KeepLastOfHalfYear"/> leaves them.</summary>
    public static Dictionary<GrowthKey, Tally> PerSchoolOfLast(ReadOnlySpan<ScoreRow> scores)
    {
        var tallies = new Dictionary<GrowthKey, Tally>();
        for (var i = 1; i < scores.Length; i++)
        {
            var (earlier, later) = (scores[i - 1], scores[i]);
            if (!IsInterval(earlier, later)) continue;
            var key = new GrowthKey(later.School, later.Subject, later.Scale, later.HalfYear, earlier.YearGroup);
            tallies[key] = tallies.GetValueOrDefault(key).With(later.Tenths - earlier.Tenths);
        }
        return tallies;
    }

    /// <summary>The same intervals for all schools together (school −1): each pupil weighs the same.</summary>
    public static Dictionary<GrowthKey, Tally> AllSchools(IReadOnlyDictionary<GrowthKey, Tally> perSchool)
    {
        ArgumentNullException.ThrowIfNull(perSchool);
        var all = new Dictionary<GrowthKey, Tally>();
        foreach (var (key, tally) in perSchool)
        {
            var whole = key with { School = -1 };
            all[whole] = all.GetValueOrDefault(whole) + tally;
        }
        return all;
    }

    /// <summary>
    /// One score per pupil, subject, scale and half-year, ordered by these: the last made counts; of two on one day the
    /// higher, and then the one at the lower-numbered school, so that the choice never depends on the order of the rows.
    /// </summary>
    /// <param name="rows">The rows; ordered, and the others taken out, in place: a second array of a nation's scores has no room.</param>
    public static void KeepLastOfHalfYear(List<ScoreRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.Sort(Compare);
        var kept = 0;
        for (var i = 0; i < rows.Count; i++)
            if (i + 1 == rows.Count || !SameHalfYear(rows[i], rows[i + 1])) rows[kept++] = rows[i];
        rows.RemoveRange(kept, rows.Count - kept);
    }

    /// <summary>Whether two scores, one after the other as <see cref="KeepLastOfHalfYear"/> leaves them, are the ends of one interval.</summary>
    public static bool IsInterval(in ScoreRow a, in ScoreRow b) =>
        a.Pupil == b.Pupil && a.Subject == b.Subject && a.Scale == b.Scale && a.School == b.School
        && b.HalfYear == a.HalfYear + 1
        && b.YearGroup == a.YearGroup + (a.HalfYear % 2 == 0 ? 0 : 1);

    static bool SameHalfYear(in ScoreRow a, in ScoreRow b) =>
        a.Pupil == b.Pupil && a.Subject == b.Subject && a.Scale == b.Scale && a.HalfYear == b.HalfYear;

    static int Compare(ScoreRow a, ScoreRow b)
    {
        var order = a.Pupil.CompareTo(b.Pupil);
        if (order == 0) order = a.Subject.CompareTo(b.Subject);
        if (order == 0) order = a.Scale.CompareTo(b.Scale);
        if (order == 0) order = a.HalfYear.CompareTo(b.HalfYear);
        if (order == 0) order = a.Day.CompareTo(b.Day);
        if (order == 0) order = a.Tenths.CompareTo(b.Tenths);
        if (order == 0) order = b.School.CompareTo(a.School);
        return order != 0 ? order : b.YearGroup.CompareTo(a.YearGroup);
    }
}
