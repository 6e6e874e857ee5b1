using System.Text;
using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// The public tables of an edition, through the Gate: ability scores by subject, year group and part of the country, and growth by
/// subject, step and part of the country. No totals, no school, no pupil. Same cohort, same bytes.
/// </summary>
public static class PublicTables
{
    /// <summary>Makes the tables <c>scores</c> and <c>growth</c>, each when there is anything in it.</summary>
    public static Outcome<IReadOnlyList<Released>> Make(OfficeHome home, Edition edition)
    {
        if (Rounds.Find(home, edition) is not { } round || round.State == RoundState.Open) return new Refusal("round-state", $"The round of {edition} is not linked.", "Link it first.");
        var growth = CohortGrowth.Of(home, edition);
        var parts = Schools.All(home).ToDictionary(school => school.Location.Code, school => school.Province.Part);
        CountryPart[] byNumber = [.. growth.Schools.Select(code => parts[code])];
        (PublicTable Table, IReadOnlyList<RawCell> Cells)[] made = [(PublicTable.Scores(growth), ScoreCells(growth, byNumber)), (PublicTable.Growth(growth), GrowthCells(growth, byNumber))];
        // A first half-year has no growth: an empty table would only puzzle.
        return Outcome.Of<IReadOnlyList<Released>>([.. made.Where(m => m.Cells.Any(cell => cell.Pupils > 0)).Select(m => Release(home, m.Table, m.Cells))]);
    }

    static Released Release(OfficeHome home, PublicTable table, IReadOnlyList<RawCell> cells)
    {
        var edition = table.Edition.ToString();
        return home.Gate.Release(new Leaving($"{edition}/table/{table.Name}", Profile.Public, table.Name, edition), cells, protectedTable =>
        [
            new OutgoingFile($"{table.Name}.csv", Encoding.UTF8.GetBytes(table.Csv(protectedTable))),
            new OutgoingFile($"{table.Name}.json", table.Metadata(protectedTable)),
        ]);
    }

    static IReadOnlyList<RawCell> ScoreCells(CohortGrowth growth, CountryPart[] parts)
    {
        var levels = growth.Levels(row => (row.Subject, Scale: TestScale.Series[row.Scale], row.YearGroup, parts[row.School]));
        return [.. from subject in Subjects.All
                   from scale in growth.Scales(subject)
                   from yearGroup in PublicTable.YearGroups(growth.Edition, subject)
                   from part in CountryPart.All
                   let level = levels.GetValueOrDefault(((int)subject, scale, yearGroup, part), (default, []))
                   select new RawCell([subject.Code(), scale, PublicTable.Text(yearGroup), part.Code], level.Item1.Count, level.Item2.Count, [level.Item1.Count, level.Item1.Mean])];
    }

    static IReadOnlyList<RawCell> GrowthCells(CohortGrowth growth, CountryPart[] parts) =>
        [.. from subject in Subjects.All
            from scale in growth.Scales(subject)
            from step in GrowthStep.All(growth.Edition, subject)
            from part in CountryPart.All
            let schools = growth.SchoolsOf(subject, scale, step).Where(school => parts[school] == part).ToList()
            let tally = schools.Aggregate(default(Tally), (sum, school) => sum + growth.OfSchool(school, subject, scale, step))
            select new RawCell([subject.Code(), scale, step.Code, part.Code], tally.Count, schools.Count, [tally.Count, tally.Mean])];
}
