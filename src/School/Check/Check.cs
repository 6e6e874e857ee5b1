using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// Goes through every rule of <see cref="Rules"/>: what reading the export found, and what the pupils and results show
/// when they lie beside each other. The same check decides in the preview who goes along.
/// </summary>
public static class Check
{
    const int ManyGroups = 3, YoungestOff = 2, OldestOff = 3;

    /// <summary>Checks what is stored now.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="edition">The delivery it is for, when one is meant.</param>
    /// <param name="reference">The day of the export; tests after it are in the future. By default that of the last import.</param>
    public static CheckReport Run(SchoolHome home, Edition? edition = null, DateOnly? reference = null) => Of(Roster.Load(home), home.Today, edition, reference);

    internal static CheckReport Of(Roster roster, DateOnly today, Edition? edition, DateOnly? reference)
    {
        var findings = new List<Finding>(roster.Findings);
        School(roster, edition, findings);
        Twins(roster, findings);
        foreach (var pupil in roster.Pupils)
        {
            Pupil(pupil, findings);
            Results(pupil, reference ?? roster.Reference ?? today, findings);
            Permission(pupil, today, findings);
        }
        return new CheckReport(findings, roster.Pupils.Count, roster.Pupils.Sum(p => p.Results.Count));
    }

    static void School(Roster roster, Edition? edition, List<Finding> findings)
    {
        if (roster.Pupils.Count == 0) findings.Add(new(Rules.NoPupils, Place.None));
        if (roster.Pupils.Count > 0 && edition is { } e && roster.SchoolYear != e.SchoolYear.ToString()) findings.Add(new(Rules.OtherSchoolYear, Place.None));
        if (roster.ObjectionsOfNobody > 0) findings.Add(new(Rules.ObjectionNobody, Place.None));
    }

    static void Twins(Roster roster, List<Finding> findings)
    {
        var houses = roster.Pupils.Where(p => p.Born is not null && p.Postcode is not null && p.House is not null).GroupBy(p => (p.Born, p.Postcode, p.House, p.Letter + p.Addition));
        foreach (var twins in houses.Where(h => h.Count() > 1 && h.Any(p => p.Number is null)))
            foreach (var pupil in twins) findings.Add(new(Rules.Twins, pupil.Place, pupil.Person));
    }

    static void Pupil(EnrolledPupil pupil, List<Finding> findings)
    {
        var year = pupil.Years.Count == 0 ? 0 : pupil.Years.Keys.Max();
        if (pupil.Born is { } born && year > 0 && BirthDate.Parse(born).Value.Year is var bornIn
            && bornIn - (year - pupil.Years[year] - 3) is < -OldestOff or > YoungestOff) findings.Add(new(Rules.BornImplausible, pupil.Place, pupil.Person));
        if (pupil.Results.Count == 0) findings.Add(new(Rules.ResultsNone, pupil.Place, pupil.Person));
    }

    static void Results(EnrolledPupil pupil, DateOnly reference, List<Finding> findings)
    {
        foreach (var result in pupil.Results)
        {
            void Find(Rule rule) => findings.Add(new(rule, result.Place, pupil.Person));
            if (result.Day > reference) Find(Rules.TakenInFuture);
            if (result.MomentValue.Half != Edition.Of(result.Day).Half) Find(Rules.TakenOtherHalf);
            if (ScoreNorms.Implausible(result)) Find(Rules.ScoreImplausible);
            var group = pupil.GroupAt(result);
            if (group is null or < 3) Find(Rules.GroupAssumed);
            else if (Math.Abs(group.Value - result.MomentValue.Group.Number) > ManyGroups) Find(Rules.LevelFarOff);
        }
        foreach (var subject in pupil.Results.GroupBy(r => r.Subject))
        {
            if (subject.DistinctBy(r => r.Scale).Count() > 1) findings.Add(new(Rules.SeriesMixed, subject.Last().Place, pupil.Person));
            foreach (var scale in subject.GroupBy(r => r.Scale)) Steps(pupil, [.. scale], findings);
        }
    }

    /// <summary>Results of one pupil on one scale, in order of time.</summary>
    static void Steps(EnrolledPupil pupil, List<StoredResult> results, List<Finding> findings)
    {
        for (var i = 1; i < results.Count; i++)
        {
            var (earlier, later) = (results[i - 1], results[i]);
            if (ScoreNorms.ImplausibleStep(earlier, later)) findings.Add(new(Rules.GrowthImplausible, later.Place, pupil.Person));
            if (earlier.Moment == later.Moment && SchoolYear.Of(earlier.Day) == SchoolYear.Of(later.Day)) findings.Add(new(Rules.ResultRepeated, later.Place, pupil.Person));
        }
    }

    static void Permission(EnrolledPupil pupil, DateOnly today, List<Finding> findings)
    {
        if (pupil.Objected) findings.Add(new(Rules.Objected, pupil.Place, pupil.Person));
        else if (pupil.Periods.Count == 0) findings.Add(new(Rules.NotInformed, pupil.Place, pupil.Person));
        else if (pupil.Periods.Exists(until => until >= today)) findings.Add(new(Rules.PeriodRuns, pupil.Place, pupil.Person));
    }
}

/// <summary>What a check found.</summary>
public sealed record CheckReport(IReadOnlyList<Finding> Findings, int Pupils, int Results)
{
    /// <summary>Whether a delivery is blocked.</summary>
    public bool Blocks => Findings.Any(f => f.Rule.Severity == Severity.BlocksDelivery);

    /// <summary>How often each rule was broken, in order of the table.</summary>
    public IReadOnlyList<(Rule Rule, int Count)> Counts => [.. Rules.All.Select(rule => (rule, Findings.Where(f => f.Rule == rule).Sum(f => f.Count))).Where(c => c.Item2 > 0)];

    /// <summary>For each pupil that stays out, the first reason that keeps it out. An objection comes before all.</summary>
    internal Dictionary<long, Rule> LeftOut()
    {
        var reasons = new Dictionary<long, Rule>();
        foreach (var finding in Findings)
            if (finding is { Person: { } person, Rule.Severity: Severity.LeavesPupilOut } && (finding.Rule == Rules.Objected || !reasons.ContainsKey(person))) reasons[person] = finding.Rule;
        return reasons;
    }
}
