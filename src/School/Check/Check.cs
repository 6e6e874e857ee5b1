using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// Goes through every rule of <see cref="Rules"/>: what reading the export found, and what the pupils and results show
/// when they lie beside each other. The same check decides in the preview who goes along.
/// </summary>
public static class Check
{
    /// <summary>Checks what is stored now.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="edition">The delivery it is for, when one is meant.</param>
    /// <param name="reference">The day of the export; tests after it are in the future. By default that of the last import.</param>
    public static CheckReport Run(SchoolHome home, Edition? edition = null, DateOnly? reference = null) => Of(Roster.Load(home), home.Today, edition, reference);

    internal static CheckReport Of(Roster roster, DateOnly today, Edition? edition, DateOnly? reference)
    {
        var findings = new List<Finding>(roster.Findings);
        var day = reference ?? roster.Reference ?? today;
        School(roster, edition, findings);
        Patterns.Find(roster, day, findings);
        Twins(roster, findings);
        foreach (var pupil in roster.Pupils)
        {
            Pupil(pupil, findings);
            Results(pupil, day, findings);
            Permission(pupil, today, findings);
        }
        return new CheckReport(findings, roster.Pupils.Count, roster.Pupils.Sum(p => p.Results.Count)) { Enrolled = roster.Pupils };
    }

    static void School(Roster roster, Edition? edition, List<Finding> findings)
    {
        if (roster.Pupils.Count == 0) findings.Add(new(Rules.NoPupils, Place.None));
        if (roster.Pupils.Count > 0 && edition is { } e && roster.SchoolYear != e.SchoolYear.ToString()) findings.Add(new(Rules.OtherSchoolYear, Place.None));
        if (roster.ObjectionsOfNobody > 0) findings.Add(new(Rules.ObjectionNobody, Place.None));
    }

    /// <summary>Two of one house, birth date and sex of whom a number must tell who is who, and does not.</summary>
    static void Twins(Roster roster, List<Finding> findings)
    {
        var houses = roster.Pupils.Where(p => p.Born is not null && p.Postcode is not null && p.House is not null).GroupBy(p => (p.Born, p.Postcode, p.House, p.Letter + p.Addition));
        foreach (var house in houses.Where(h => h.Count() > 1).Select(h => h.ToList()))
            foreach (var pupil in house)
                if (house.Exists(other => other != pupil && CanBeTaken(pupil, other))) findings.Add(new(Rules.Twins, pupil.Place, pupil.Person));

        static bool CanBeTaken(EnrolledPupil one, EnrolledPupil other) =>
            (one.Number is null || other.Number is null) && (one.Sex == other.Sex || !IsKnown(one.Sex) || !IsKnown(other.Sex));

        static bool IsKnown(string sex) => sex is "m" or "f";
    }

    static void Pupil(EnrolledPupil pupil, List<Finding> findings)
    {
        var year = pupil.Years.Count == 0 ? 0 : pupil.Years.Keys.Max();
        if (pupil.Born is { } born && year > 0 && BirthDate.Parse(born).Value.Year is var bornIn
            && bornIn - (year - pupil.Years[year] - 3) is < -Limits.YearsOlder or > Limits.YearsYounger) findings.Add(new(Rules.BornImplausible, pupil.Place, pupil.Person));
        if (pupil.Results.Count == 0 && (pupil.IsTested || pupil.YearGroup is null)) findings.Add(new(Rules.ResultsNone, pupil.Place, pupil.Person));
    }

    static void Results(EnrolledPupil pupil, DateOnly reference, List<Finding> findings)
    {
        foreach (var result in pupil.Results)
        {
            void Find(Rule rule) => findings.Add(new(rule, result.Place, pupil.Person));
            if (result.Day > reference) Find(Rules.TakenInFuture);
            if (result.MomentValue.Half != Edition.Of(result.Day).Half) Find(Rules.TakenOtherHalf);
            if (NoSchoolDay(result.Day)) Find(Rules.TakenNoSchoolDay);
            if (ScoreNorms.Implausible(result)) Find(Rules.ScoreImplausible);
            var group = pupil.GroupAt(result);
            if (group is null or < 3) Find(Rules.GroupAssumed);
            else if (Math.Abs(group.Value - result.MomentValue.Group.Number) > Limits.GroupsAway) Find(Rules.LevelFarOff);
        }
        foreach (var subject in pupil.Results.GroupBy(r => r.Subject))
        {
            if (subject.DistinctBy(r => r.Scale).Count() > 1) findings.Add(new(Rules.SeriesMixed, subject.Last().Place, pupil.Person));
            foreach (var scale in subject.GroupBy(r => r.Scale)) Steps(pupil, [.. scale], findings);
        }
    }

    static bool NoSchoolDay(DateOnly day) => (day.Month * 100 + day.Day) is 101 or 1225 or 1226 or 1231 or (>= Limits.SummerFrom and <= Limits.SummerTo);

    /// <summary>Results of one pupil on one scale, in order of time.</summary>
    static void Steps(EnrolledPupil pupil, List<StoredResult> results, List<Finding> findings)
    {
        for (var i = 1; i < results.Count; i++)
        {
            var (earlier, later) = (results[i - 1], results[i]);
            if (ScoreNorms.ImplausibleStep(earlier, later) is not 0 and var sign) findings.Add(new(sign > 0 ? Rules.GrowthImplausible : Rules.GrowthNegative, later.Place, pupil.Person));
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
