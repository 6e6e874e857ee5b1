using Groeilijn.Education;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Office;

/// <summary>A level that a school has, or is to have: of which variable and series, by which function, and who grew how much over which step.</summary>
sealed record SchoolLevel(string Variable, ReportSeries Series, GapFunction Made, int? Shown, IReadOnlyDictionary<string, (int Step, int Growth)> Growth);

/// <summary>
/// The levels of one school's gaps between groups that it cannot see, with who is in them, for the Gate: those of this edition, and those that it has from earlier reports. A pupil's group is the one that
/// is known today; the proof asks only for groups that agree with everything published, whatever was true when. Pupils stand in an order of what they grew, so that no RIN matters.
/// </summary>
sealed class UnseenLevels
{
    readonly Dictionary<(string Variable, ReportSeries Series), (UnseenLevel Level, GapFunction Made)> _now = [];
    readonly List<UnseenLevel> _earlier = [];

    public UnseenLevels(PupilBackground background, IEnumerable<SchoolLevel> levels)
    {
        foreach (var variable in levels.GroupBy(level => level.Variable, StringComparer.Ordinal)) Add(GapContrast.All.First(c => c.Variable == variable.Key), background.Values[variable.Key], [.. variable]);
    }

    /// <summary>What the school has from earlier reports.</summary>
    public IReadOnlyList<UnseenLevel> Earlier => _earlier;

    /// <summary>The level of a series in this edition.</summary>
    public UnseenLevel Of(ReportSeries series, string variable) => _now[(variable, series)].Level;

    /// <summary>The levels of this edition that the Gate lets through.</summary>
    public IEnumerable<(string Variable, ReportSeries Series, int Level, GapFunction Made)> Shown(ReportNumbers numbers) =>
        from one in _now
        where numbers.Values(one.Key.Series, one.Key.Variable, ReportCells.GapLevel) is not null
        select (one.Key.Variable, one.Key.Series, one.Value.Level.Level.Published, one.Value.Made);

    void Add(GapContrast contrast, IReadOnlyDictionary<Rin, string> values, SchoolLevel[] levels)
    {
        var pupils = levels.SelectMany(level => level.Growth.Keys).Distinct().Select(rin => (Rin: rin, Class: Class(contrast, values, rin)))
            .OrderBy(p => p.Class).ThenBy(p => string.Join(' ', levels.Select(level => level.Growth.TryGetValue(p.Rin, out var g) ? FormattableString.Invariant($"{g.Step}:{g.Growth}") : "")), StringComparer.Ordinal).ToArray();
        int[] classes = [.. pupils.Select(p => p.Class)];
        foreach (var level in levels)
        {
            var (steps, growth) = (Array.ConvertAll(pupils, p => level.Growth.TryGetValue(p.Rin, out var g) ? g.Step : -1), Array.ConvertAll(pupils, p => level.Growth.TryGetValue(p.Rin, out var g) ? g.Growth : 0));
            var published = new PublishedLevel(steps, growth, level.Made.Steps.Count, level.Made.Level, level.Shown ?? 0);
            if (level.Shown is not null) _earlier.Add(new(level.Variable, classes, published));
            else _now.Add((level.Variable, level.Series), (new(level.Variable, classes, published with { Published = level.Made.Level(published.Tallies(classes)) ?? 0 }), level.Made));
        }
    }

    static int Class(GapContrast contrast, IReadOnlyDictionary<Rin, string> values, string rin) =>
        Rin.TryParse(rin, out var person) && values.TryGetValue(person, out var level) ? level == contrast.First ? 1 : level == contrast.Second ? 2 : 0 : 0;
}

/// <summary>What schools were shown of groups that they cannot see, in the store, and their pupils' growth at that time read anew from the cohort. Who was withdrawn is in neither group of what remains.</summary>
sealed class KeptLevels(OfficeHome home, ReportStatistics statistics)
{
    readonly Dictionary<Edition, CohortGrowth> _cohorts = new() { [statistics.Edition] = statistics.Cohort };

    /// <summary>The levels of a school, earlier ones first in order of time.</summary>
    public UnseenLevels Of(string school) => new(statistics.Background, [.. Earlier(school), .. Now(school)]);

    /// <summary>Keeps what a school is to be shown. The same again is not kept twice.</summary>
    public void Keep(ReportHead head, IEnumerable<(string Variable, ReportSeries Series, int Level, GapFunction Made)> shown) => home.Database.Write(t =>
    {
        var added = shown.Sum(one => t.Execute("INSERT INTO unseen_levels (edition, version, school, variable, subject, scale, level, made) VALUES (@edition, @Version, @Code, @Variable, @subject, @Scale, @Level, @made) ON CONFLICT DO NOTHING",
            new { edition = head.Edition.ToString(), head.Version, head.Code, one.Variable, subject = one.Series.Subject.Code(), one.Series.Scale, one.Level, made = one.Made.Text }));
        if (added > 0) t.Enter(home.Entry("reports", "levels-kept", ("edition", head.Edition.ToString()), ("levels", added), ("version", head.Version)));
    });

    IEnumerable<SchoolLevel> Earlier(string school)
    {
        var rows = home.Database.Read<(string Edition, string Variable, string Subject, string Scale, long Level, string Made)>(
            "SELECT edition, variable, subject, scale, level, made FROM unseen_levels WHERE school = @school ORDER BY edition, version, variable, subject, scale, level, made", new { school });
        foreach (var row in rows.Where(row => statistics.Background.Values.ContainsKey(row.Variable)).Distinct())
        {
            var (made, series) = (GapFunction.Parse(row.Made), new ReportSeries(Subjects.TryRead(row.Subject, out var subject) ? subject : throw new InvalidDataException("A kept level has no subject."), row.Scale));
            yield return new SchoolLevel(row.Variable, series, made, (int)row.Level, Growth(Cohort(Edition.Parse(row.Edition).Value), school, series, made));
        }
    }

    IEnumerable<SchoolLevel> Now(string school) =>
        from own in statistics.Growth.Of(school).Series
        let series = new ReportSeries(own.Subject, own.Scale)
        let all = statistics.Growth.Series.First(s => s.Subject == own.Subject && s.Scale == own.Scale)
        from gap in all.Gaps
        where !gap.Contrast.SeenBySchool
        let made = GapFunction.Of(all, gap, own.Pupils)
        select new SchoolLevel(gap.Contrast.Variable, series, made, null, Growth(statistics.Cohort, school, series, made));

    CohortGrowth Cohort(Edition edition)
    {
        if (_cohorts.TryGetValue(edition, out var cohort)) return cohort;
        _cohorts.Add(edition, cohort = CohortGrowth.Of(home, edition));
        cohort.LetScoresGo();
        return cohort;
    }

    static Dictionary<string, (int Step, int Growth)> Growth(CohortGrowth cohort, string school, ReportSeries series, GapFunction made)
    {
        var number = cohort.NumberOf(school);
        return made.Steps.Index().SelectMany(step => cohort.Members.Each(number, new(series.Subject, series.Scale, new(step.Item.YearGroup, cohort.Edition.Half))).Select(one => (one.Rin, step.Index, one.Growth)))
            .ToDictionary(one => one.Rin, one => (one.Index, one.Growth), StringComparer.Ordinal);
    }
}
