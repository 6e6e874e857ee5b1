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
    readonly ScoreRow[] _rows;
    readonly Dictionary<GrowthKey, Tally> _perSchool;
    readonly Dictionary<GrowthKey, Tally> _all;
    readonly ILookup<GrowthKey, int> _schoolsOf;

    CohortGrowth(Edition edition, IReadOnlyList<string> schools, ScoreRow[] rows, IReadOnlyList<string> pupils)
    {
        (Edition, Schools, _rows) = (edition, schools, rows);
        Members = new(edition, rows, pupils);
        _perSchool = GrowthMeans.PerSchool(rows).Where(pair => pair.Key.HalfYear == HalfYearOf(edition)).ToDictionary();
        _all = GrowthMeans.AllSchools(_perSchool);
        _schoolsOf = _perSchool.Keys.ToLookup(key => key with { School = -1 }, key => key.School);
    }

    /// <summary>The edition in which the steps end.</summary>
    public Edition Edition { get; }

    /// <summary>Mean scores at both ends of the steps.</summary>
    internal StepLevels StepLevels() => new(GrowthMeans.LastOfHalfYear(_rows), HalfYearOf(Edition));

    /// <summary>Who stands behind each number, for the Gate.</summary>
    internal ReportMembers Members { get; }

    /// <summary>Codes of the schools with results in these half-years, in order; a school's number is its place.</summary>
    public IReadOnlyList<string> Schools { get; }

    /// <summary>Reads what an edition needs.</summary>
    public static CohortGrowth Of(OfficeHome home, Edition edition)
    {
        var rows = Cohort.Rows(home, edition, edition.Previous, edition);
        string[] schools = [.. rows.Select(row => row.School).Distinct().Order(StringComparer.Ordinal)];
        var numbers = schools.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        var pupils = new Dictionary<Rin, int>();
        return new CohortGrowth(edition, schools, [.. rows.Select(row => Score(row, numbers, pupils))], [.. pupils.OrderBy(p => p.Value).Select(p => p.Key.Text)]);
    }

    /// <summary>A school's number; −1 when it has no results in these half-years.</summary>
    public int NumberOf(string school) => Schools.Index().Where(one => one.Item == school).Select(one => one.Index).DefaultIfEmpty(-1).First();

    /// <summary>The growth of a school's pupils over a step.</summary>
    public Tally OfSchool(int school, Subject subject, string scale, GrowthStep step) => school < 0 ? default : _perSchool.GetValueOrDefault(Key(school, subject, scale, step));

    /// <summary>The growth of all pupils over a step.</summary>
    public Tally OfAll(Subject subject, string scale, GrowthStep step) => _all.GetValueOrDefault(Key(-1, subject, scale, step));

    /// <summary>The schools with at least one pupil in a step, by number.</summary>
    public IEnumerable<int> SchoolsOf(Subject subject, string scale, GrowthStep step) => _schoolsOf[Key(-1, subject, scale, step)];

    /// <summary>The scales that have results, in the order of <see cref="TestScale.Series"/>.</summary>
    public IReadOnlyList<string> Scales(Subject subject) => [.. TestScale.Series.Where((_, number) => _rows.Any(row => row.Subject == (int)subject && row.Scale == number))];

    /// <summary>The scores of the edition itself, one per pupil, subject and scale, tallied by what a table asks.</summary>
    public Dictionary<T, (Tally Scores, HashSet<int> Schools)> Levels<T>(Func<ScoreRow, T> by) where T : notnull
    {
        var levels = new Dictionary<T, (Tally, HashSet<int>)>();
        foreach (var row in GrowthMeans.LastOfHalfYear(_rows))
        {
            if (row.HalfYear != HalfYearOf(Edition)) continue;
            var (scores, schools) = levels.GetValueOrDefault(by(row), (default, []));
            schools.Add(row.School);
            levels[by(row)] = (scores.With(row.Tenths), schools);
        }
        return levels;
    }

    GrowthKey Key(int school, Subject subject, string scale, GrowthStep step) => new(school, (int)subject, ScaleOf(scale), HalfYearOf(Edition), step.YearGroup);

    static ScoreRow Score(CohortRow row, Dictionary<string, int> schools, Dictionary<Rin, int> pupils)
    {
        if (!pupils.TryGetValue(row.Rin, out var pupil)) pupils.Add(row.Rin, pupil = pupils.Count);
        return new ScoreRow(pupil, schools[row.School], HalfYearOf(row.Edition), row.PupilYearGroup, (int)row.Subject, ScaleOf(row.Scale), row.TestDate.DayNumber, row.ScoreTenths) { Correction = row.Correction };
    }

    internal static int HalfYearOf(Edition edition) => edition.Year * 2 + (edition.Half == HalfYear.E ? 1 : 0);

    internal static int ScaleOf(string scale) => TestScale.Series.Index().First(series => series.Item == scale).Index;
}
