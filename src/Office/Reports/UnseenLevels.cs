using Groeilijn.Education;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Office;

/// <summary>A number that a school has, or is to have, and that depends on a variable which it cannot see: by which function, and who grew how much over which step.</summary>
sealed record SchoolLevel(string Variable, ReportSeries Series, string Place, UnseenFunction Made, int? Shown, IReadOnlyDictionary<string, (int Step, int Growth)> Growth);

/// <summary>
/// What one school reads that depends on groups which it cannot see, with who is in them, for the Gate: the levels of gaps and the expected growth of this edition, and those that it has from earlier reports. A pupil's
/// group is the one that is known today; the proof asks only for groups that agree with everything published, whatever was true when. Pupils stand in an order of what they grew, so that no RIN matters.
/// </summary>
sealed class UnseenLevels
{
    readonly Dictionary<(string Variable, ReportSeries Series, string Place), (UnseenLevel Level, UnseenFunction Made)> _now = [];
    readonly List<UnseenLevel> _earlier = [];

    public UnseenLevels(PupilBackground background, IEnumerable<SchoolLevel> levels)
    {
        foreach (var variable in levels.GroupBy(level => level.Variable, StringComparer.Ordinal)) Add(UnseenGroup.Of(variable.Key, background), background.Values[variable.Key], [.. variable]);
    }

    /// <summary>What the school has from earlier reports.</summary>
    public IReadOnlyList<UnseenLevel> Earlier => _earlier;

    /// <summary>The level of a gap in this edition.</summary>
    public UnseenLevel Of(ReportSeries series, string variable) => _now[(variable, series, variable)].Level;

    /// <summary>What the expected growth over a step of this edition tells of each variable.</summary>
    public IReadOnlyList<UnseenLevel> OfReference(ReportSeries series, string step) => [.. _now.Where(one => one.Key.Series == series && one.Key.Place == step).Select(one => one.Value.Level)];

    /// <summary>What of this edition the Gate lets through.</summary>
    public IEnumerable<(string Variable, ReportSeries Series, int Level, UnseenFunction Made)> Shown(ReportNumbers numbers) =>
        from one in _now
        where numbers.Values(one.Key.Series, one.Key.Place, one.Value.Made.Part) is not null
        select (one.Key.Variable, one.Key.Series, one.Value.Level.Level.Published, one.Value.Made);

    void Add(GapContrast contrast, IReadOnlyDictionary<Rin, string> values, SchoolLevel[] levels)
    {
        var pupils = levels.SelectMany(level => level.Growth.Keys).Distinct().Select(rin => (Rin: rin, Level: Rin.TryParse(rin, out var person) ? values.GetValueOrDefault(person) ?? PupilBackground.Missing : PupilBackground.Missing))
            .OrderBy(p => p.Level, StringComparer.Ordinal).ThenBy(p => string.Join(' ', levels.Select(level => level.Growth.TryGetValue(p.Rin, out var g) ? FormattableString.Invariant($"{g.Step}:{g.Growth}") : "")), StringComparer.Ordinal).ToArray();
        var groups = new UnseenGroup(contrast, [.. pupils.Select(p => p.Level)]);
        foreach (var level in levels)
        {
            var (steps, growth) = (Array.ConvertAll(pupils, p => level.Growth.TryGetValue(p.Rin, out var g) ? g.Step : -1), Array.ConvertAll(pupils, p => level.Growth.TryGetValue(p.Rin, out var g) ? g.Growth : 0));
            var published = new UnseenLevel(level.Variable, groups.Classes, level.Made.Published(steps, growth, groups, level.Shown));
            if (level.Shown is not null) _earlier.Add(published);
            else _now.Add((level.Variable, level.Series, level.Place), (published, level.Made));
        }
    }
}

/// <summary>What schools were shown of groups that they cannot see, in the store, and their pupils' growth at that time read anew from the cohort. Who was withdrawn is in neither group of what remains.</summary>
sealed class KeptLevels(OfficeHome home, ReportStatistics statistics)
{
    readonly Dictionary<Edition, CohortGrowth> _cohorts = new() { [statistics.Edition] = statistics.Cohort };

    /// <summary>The levels of a school, earlier ones first in order of time.</summary>
    public UnseenLevels Of(string school) => new(statistics.Background, [.. Earlier(school), .. Now(school)]);

    /// <summary>Keeps what a school is to be shown. The same again is not kept twice.</summary>
    public void Keep(ReportHead head, IEnumerable<(string Variable, ReportSeries Series, int Level, UnseenFunction Made)> shown) => home.Database.Write(t =>
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
            var (made, series) = (UnseenFunction.Parse(row.Made), new ReportSeries(Subjects.TryRead(row.Subject, out var subject) ? subject : throw new InvalidDataException("A kept level has no subject."), row.Scale));
            yield return new SchoolLevel(row.Variable, series, "", made, (int)row.Level, Growth(Cohort(Edition.Parse(row.Edition).Value), school, series, made));
        }
    }

    IEnumerable<SchoolLevel> Now(string school) =>
        from own in statistics.Growth.Of(school).Series
        let series = new ReportSeries(own.Subject, own.Scale)
        let all = statistics.Growth.Series.First(s => s.Subject == own.Subject && s.Scale == own.Scale)
        from one in (IEnumerable<(string Variable, string Place, UnseenFunction Made)>)[.. Gaps(all, own), .. References(all, own)]
        select new SchoolLevel(one.Variable, series, one.Place, one.Made, null, Growth(statistics.Cohort, school, series, one.Made));

    static IEnumerable<(string, string, UnseenFunction)> Gaps(SeriesGrowth all, SchoolSeries own) =>
        all.Gaps.Where(gap => !gap.Contrast.SeenBySchool).Select(gap => (gap.Contrast.Variable, gap.Contrast.Variable, (UnseenFunction)GapFunction.Of(all, gap, own.Pupils)));

    /// <summary>Of each variable apart: in a world of one, the others are as they are.</summary>
    IEnumerable<(string, string, UnseenFunction)> References(SeriesGrowth all, SchoolSeries own) =>
        from step in own.Steps
        where step.Reference is not null && all.Model is not null && step.Own.Count >= ReportCells.Least
        from variable in Unseen
        select (variable, step.Step.Code, (UnseenFunction)ReferenceFunction.Of(step, all.Steps.First(s => s.Step == step.Step), all.Model!, variable));

    /// <summary>The variables of background that a school cannot see.</summary>
    IEnumerable<string> Unseen => statistics.Background.Values.Where(v => v.Value.Count > 0 && !new GapContrast(v.Key, "", "").SeenBySchool).Select(v => v.Key).Order(StringComparer.Ordinal);

    CohortGrowth Cohort(Edition edition)
    {
        if (_cohorts.TryGetValue(edition, out var cohort)) return cohort;
        _cohorts.Add(edition, cohort = CohortGrowth.Of(home, edition));
        cohort.LetScoresGo();
        return cohort;
    }

    static Dictionary<string, (int Step, int Growth)> Growth(CohortGrowth cohort, string school, ReportSeries series, UnseenFunction made)
    {
        var number = cohort.NumberOf(school);
        return made.YearGroups.Index().SelectMany(step => cohort.Members.Each(number, new(series.Subject, series.Scale, new(step.Item, cohort.Edition.Half))).Select(one => (one.Rin, step.Index, one.Growth)))
            .ToDictionary(one => one.Rin, one => (one.Index, one.Growth), StringComparer.Ordinal);
    }
}
