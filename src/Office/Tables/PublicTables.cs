using System.Text;
using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// The public tables of an edition, through the Gate: ability scores by subject, year group and part of the country, and growth by
/// subject, step and part of the country, each with the total of all parts where that gives no hidden cell away. No school, no pupil. Same cohort and same earlier releases, same bytes.
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
        var boards = Holders(growth.Schools, Boards.All(home));
        SchoolReader[] readers = [.. growth.Schools.Select((code, number) => new SchoolReader([code], growth.Members.KnownTo(number))), .. growth.Members.BoardsOf(growth.Schools, Boards.All(home))];
        (PublicTable Table, IReadOnlyList<RawCell> Cells)[] made = [(PublicTable.Scores(growth), ScoreCells(growth, byNumber, boards)), (PublicTable.Growth(growth), GrowthCells(growth, byNumber, boards))];
        // A first half-year has no growth: an empty table would only puzzle.
        return Outcome.Of<IReadOnlyList<Released>>([.. made.Where(m => m.Cells.Any(cell => cell.Pupils > 0)).Select(m => Release(home, growth.Members, m.Table, m.Cells, readers))]);
    }

    static Released Release(OfficeHome home, ReportMembers members, PublicTable table, IReadOnlyList<RawCell> cells, SchoolReader[] readers)
    {
        var edition = table.Edition.ToString();
        var leaving = new Leaving($"{edition}/table/{table.Name}", Profile.Public, table.Name, edition) { Pupils = members.Pupils, Totals = Totals(cells), Readers = readers };
        return home.Gate.Release(leaving, cells, protectedTable =>
        [
            new OutgoingFile($"{table.Name}.csv", Encoding.UTF8.GetBytes(table.Csv(protectedTable))),
            new OutgoingFile($"{table.Name}.json", table.Metadata(protectedTable)),
        ]);
    }

    /// <summary>The cells of a table stand in groups: one for each part of the country, then their total.</summary>
    static IReadOnlyList<CellTotal> Totals(IReadOnlyList<RawCell> cells)
    {
        var parts = CountryPart.All.Count;
        return [.. Enumerable.Range(0, cells.Count / (parts + 1)).Select(group => group * (parts + 1)).Select(first => new CellTotal(first + parts, [.. Enumerable.Range(first, parts)]))];
    }

    static IReadOnlyList<RawCell> ScoreCells(CohortGrowth growth, CountryPart[] parts, int[] boards)
    {
        var levels = growth.Levels(row => (row.Subject, row.Scale, row.YearGroup, row.School));
        return [.. from subject in Subjects.All
                   from name in growth.Scales(subject)
                   let scale = TestScale.Series.Index().First(series => series.Item == name).Index
                   from yearGroup in PublicTable.YearGroups(growth.Edition, subject)
                   from place in PublicTable.Places
                   let tallies = At(parts, place).Select(school => (School: school, Tally: levels.GetValueOrDefault(((int)subject, scale, yearGroup, school)).Scores)).Where(s => s.Tally.Count > 0).ToList()
                   select Cell([subject.Code(), name, PublicTable.Text(yearGroup), place], tallies, growth.Members.Scores(subject, scale, yearGroup, tallies.ConvertAll(s => s.School).Contains), boards)];
    }

    static IReadOnlyList<RawCell> GrowthCells(CohortGrowth growth, CountryPart[] parts, int[] boards) =>
        [.. from subject in Subjects.All
            from scale in growth.Scales(subject)
            from step in GrowthStep.All(growth.Edition, subject)
            from place in PublicTable.Places
            let tallies = At(parts, place).Select(school => (School: school, Tally: growth.OfSchool(school, subject, scale, step))).Where(s => s.Tally.Count > 0).ToList()
            select Cell([subject.Code(), scale, step.Code, place], tallies, growth.Members.Growth(tallies.ConvertAll(s => s.School), new ReportLine(subject, scale, step)), boards)];

    static IEnumerable<int> At(CountryPart[] parts, string place) => Enumerable.Range(0, parts.Length).Where(school => place == PublicTable.Total || parts[school].Code == place);

    /// <summary>Of each school by number the first of its board's; a school without a board is its own.</summary>
    static int[] Holders(IReadOnlyList<string> schools, IReadOnlyDictionary<string, string> boards)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. schools.Select((code, number) => boards.TryGetValue(code, out var board) ? first.TryAdd(board, number) ? number : first[board] : number)];
    }

    static RawCell Cell(string[] codes, List<(int School, Tally Tally)> tallies, CellSum sum, int[] boards)
    {
        var all = tallies.Aggregate(default(Tally), (together, one) => together + one.Tally);
        return new RawCell(codes, all.Count, tallies.Count, [all.Count, all.Mean]) { Sums = [sum], PerSchool = tallies.ToDictionary(s => s.School, s => s.Tally.Count), BoardOf = school => boards[school] };
    }
}
