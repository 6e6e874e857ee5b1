using System.Runtime.InteropServices;
using Groeilijn.Education;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>One step of half a year that ends in an edition.</summary>
/// <param name="YearGroup">The pupil's year group at its start.</param>
/// <param name="Ends">The half in which it ends: E for M g → E g, M for E g → M g+1.</param>
public readonly record struct GrowthStep(int YearGroup, HalfYear Ends)
{
    /// <summary>The code in tables: <c>M4-E4</c>, <c>E4-M5</c>.</summary>
    public string Code => Ends == HalfYear.E ? FormattableString.Invariant($"M{YearGroup}-E{YearGroup}") : FormattableString.Invariant($"E{YearGroup}-M{YearGroup + 1}");

    /// <summary>The words for a reader.</summary>
    public string Words(bool dutch) => (Ends, dutch) switch
    {
        (HalfYear.E, true) => FormattableString.Invariant($"groep {YearGroup}: midden → eind"),
        (HalfYear.E, false) => FormattableString.Invariant($"group {YearGroup}: mid → end"),
        (_, true) => FormattableString.Invariant($"eind {YearGroup} → midden {YearGroup + 1}"),
        (_, false) => FormattableString.Invariant($"end {YearGroup} → mid {YearGroup + 1}"),
    };

    /// <summary>Every step that can end in an edition; reading comprehension has no test halfway group 3.</summary>
    public static IEnumerable<GrowthStep> All(Edition edition, Subject subject) =>
        from first in Enumerable.Range(3, edition.Half == HalfYear.E ? 6 : 5)
        where !(subject == Subject.Reading && edition.Half == HalfYear.E && first == 3)
        select new GrowthStep(first, edition.Half);
}

/// <summary>
/// The half-years that an edition needs, read once from the cohort as it was after that edition's round, and tallied. Schools are
/// numbered in order of code and pupils in no order at all: nothing that comes out depends on a RIN.
/// </summary>
public sealed class CohortGrowth
{
    readonly Dictionary<string, int> _numbers;
    readonly Dictionary<GrowthKey, Tally> _perSchool;
    readonly Dictionary<GrowthKey, Tally> _all;
    readonly ILookup<GrowthKey, int> _schoolsOf;
    List<ScoreRow>? _last;

    /// <param name="edition">The edition.</param>
    /// <param name="schools">Codes in order.</param>
    /// <param name="rows">Every row; those that do not count are taken out of it.</param>
    /// <param name="pupils">Who each pupil is, by number.</param>
    CohortGrowth(Edition edition, IReadOnlyList<string> schools, List<ScoreRow> rows, List<Rin> pupils)
    {
        (Edition, Schools, _last) = (edition, schools, rows);
        _numbers = schools.Index().ToDictionary(one => one.Item, one => one.Index, StringComparer.Ordinal);
        var known = ReportMembers.Known(rows);
        GrowthMeans.KeepLastOfHalfYear(rows);
        Members = new(edition, rows, known, pupils);
        _perSchool = GrowthMeans.PerSchoolOfLast(CollectionsMarshal.AsSpan(rows)).Where(pair => pair.Key.HalfYear == HalfYearOf(edition)).ToDictionary();
        _all = GrowthMeans.AllSchools(_perSchool);
        _schoolsOf = _perSchool.Keys.ToLookup(key => key with { School = -1 }, key => key.School);
    }

    /// <summary>The edition in which the steps end.</summary>
    public Edition Edition { get; }

    /// <summary>Mean scores at both ends of the steps.</summary>
    internal StepLevels StepLevels() => new(Last, HalfYearOf(Edition));

    /// <summary>Lets the scores go, for who needs only counts and who grew from here on: they are most of what a nation takes.</summary>
    internal void LetScoresGo()
    {
        Members.LetScoresGo();
        _last = null;
    }

    /// <summary>Reads who is behind the earlier half-years of a trend, for the Gate. The scores are let go first: a nation's are not in memory twice.</summary>
    internal void ReadEarlier(OfficeHome home, IReadOnlyDictionary<TrendStep, KeptMean> kept)
    {
        List<ScoreRow> rows = [.. Last.Where(row => row.HalfYear == HalfYearOf(Edition.Previous))];
        LetScoresGo();
        Members.ReadEarlier(home, Schools, rows, kept);
    }

    List<ScoreRow> Last => _last ?? throw new InvalidOperationException("The scores were let go.");

    /// <summary>Who stands behind each number, for the Gate.</summary>
    internal ReportMembers Members { get; }

    /// <summary>Codes of the schools with results in these half-years, in order; a school's number is its place.</summary>
    public IReadOnlyList<string> Schools { get; }

    /// <summary>Reads what an edition needs.</summary>
    public static CohortGrowth Of(OfficeHome home, Edition edition)
    {
        var (rows, pupils, schools, numbers) = (new List<ScoreRow>(), new List<Rin>(), new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<Rin, int>());
        Cohort.Each(home, edition, [edition.Previous, edition], most => rows.EnsureCapacity(most), row =>
        {
            if (!schools.TryGetValue(row.School, out var school)) schools.Add(row.School, school = schools.Count);
            if (!numbers.TryGetValue(row.Rin, out var pupil))
            {
                numbers.Add(row.Rin, pupil = pupils.Count);
                pupils.Add(row.Rin);
            }
            rows.Add(Score(row, pupil, school));
        });
        string[] codes = [.. schools.Keys.Order(StringComparer.Ordinal)];
        var place = new int[codes.Length];
        foreach (var (i, code) in codes.Index()) place[schools[code]] = i;
        foreach (ref var row in CollectionsMarshal.AsSpan(rows)) row = row with { School = place[row.School] };
        return new CohortGrowth(edition, codes, rows, pupils);
    }

    /// <summary>A school's number; −1 when it has no results in these half-years.</summary>
    public int NumberOf(string school) => _numbers.GetValueOrDefault(school, -1);

    /// <summary>The growth of a school's pupils over a step.</summary>
    public Tally OfSchool(int school, Subject subject, string scale, GrowthStep step) => school < 0 ? default : _perSchool.GetValueOrDefault(Key(school, subject, scale, step));

    /// <summary>The growth of all pupils over a step.</summary>
    public Tally OfAll(Subject subject, string scale, GrowthStep step) => _all.GetValueOrDefault(Key(-1, subject, scale, step));

    /// <summary>The schools with at least one pupil in a step, by number.</summary>
    public IEnumerable<int> SchoolsOf(Subject subject, string scale, GrowthStep step) => _schoolsOf[Key(-1, subject, scale, step)];

    /// <summary>The scales that have results, in the order of <see cref="TestScale.Series"/>.</summary>
    public IReadOnlyList<string> Scales(Subject subject) => [.. TestScale.Series.Where((_, number) => Last.Any(row => row.Subject == (int)subject && row.Scale == number))];

    /// <summary>The scores of the edition itself, one per pupil, subject and scale, tallied by what a table asks.</summary>
    public Dictionary<T, (Tally Scores, HashSet<int> Schools)> Levels<T>(Func<ScoreRow, T> by) where T : notnull
    {
        var levels = new Dictionary<T, (Tally, HashSet<int>)>();
        foreach (var row in Last)
        {
            if (row.HalfYear != HalfYearOf(Edition)) continue;
            var (scores, schools) = levels.GetValueOrDefault(by(row), (default, []));
            schools.Add(row.School);
            levels[by(row)] = (scores.With(row.Tenths), schools);
        }
        return levels;
    }

    GrowthKey Key(int school, Subject subject, string scale, GrowthStep step) => new(school, (int)subject, ScaleOf(scale), HalfYearOf(Edition), step.YearGroup);

    /// <summary>A result of the cohort as numbers.</summary>
    internal static ScoreRow Score(CohortRow row, int pupil, int school) =>
        new(pupil, school, HalfYearOf(row.Edition), row.PupilYearGroup, (int)row.Subject, ScaleOf(row.Scale), row.TestDate.DayNumber, row.ScoreTenths) { Correction = row.Correction };

    internal static int HalfYearOf(Edition edition) => edition.Year * 2 + (edition.Half == HalfYear.E ? 1 : 0);

    internal static Edition EditionOf(int halfYear) => Edition.Parse(FormattableString.Invariant($"{halfYear / 2}-{1 + halfYear % 2}")).Value;

    /// <summary>The scale's place among all: asked for every row of a nation, so without an iterator.</summary>
    internal static int ScaleOf(string scale)
    {
        for (var at = 0; at < TestScale.Series.Count; at++) if (TestScale.Series[at] == scale) return at;
        throw new ArgumentException("The cohort has a scale that is none.", nameof(scale));
    }
}
