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
        var boardOf = Boards.All(home);
        var boards = Holders(growth.Schools, boardOf);
        SchoolReader[] readers = [.. growth.Schools.Select((code, number) => new SchoolReader([code], growth.Members.KnownTo(number))), .. growth.Members.BoardsOf(growth.Schools, boardOf)];
        (PublicTable Table, IReadOnlyList<RawCell> Cells)[] made = [(PublicTable.Scores(growth), ScoreCells(growth, byNumber, boards)), (PublicTable.Growth(growth), GrowthCells(growth, byNumber, boards))];
        // A first half-year has no growth: an empty table would only puzzle.
        Released[] released = [.. made.Where(m => m.Cells.Any(cell => cell.Pupils > 0)).Select(m => Release(home, growth.Members, m.Table, m.Cells, readers))];
        ProjectFigures.WriteAll(home);
        return Outcome.Of<IReadOnlyList<Released>>(released);
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

    /// <summary>A total for all parts of the country, in which two neighbours that are shown together are one, and one for such neighbours.</summary>
    static List<CellTotal> Totals(IReadOnlyList<RawCell> cells)
    {
        var places = cells.Index().ToDictionary(cell => string.Join('|', cell.Item.Codes), cell => cell.Index, StringComparer.Ordinal);
        List<CellTotal> totals = [];
        foreach (var group in cells.GroupBy(cell => string.Join('|', cell.Codes.SkipLast(1))))
        {
            int? Place(string code) => places.TryGetValue($"{group.Key}|{code}", out var place) ? place : null;
            List<int> parts = [];
            foreach (var (code, pair) in PublicTable.Pairs)
            {
                int[] two = [.. pair.Select(part => Place(part.Code)!.Value)];
                if (Place(code) is { } together) totals.Add(new(together, two));
                parts.AddRange(Place(code) is { } one ? [one] : two);
            }
            totals.Add(new(Place(PublicTable.Total)!.Value, parts));
        }
        return totals;
    }

    static IReadOnlyList<RawCell> ScoreCells(CohortGrowth growth, CountryPart[] parts, int[] boards)
    {
        var levels = growth.Levels(row => (row.Subject, row.Scale, row.YearGroup, row.School));
        return [.. from subject in Subjects.All
                   from name in growth.Scales(subject)
                   let scale = TestScale.Series.Index().First(series => series.Item == name).Index
                   from yearGroup in PublicTable.YearGroups(growth.Edition, subject)
                   from cell in Group([subject.Code(), name, PublicTable.Text(yearGroup)], school => levels.GetValueOrDefault(((int)subject, scale, yearGroup, school)).Scores, schools => growth.Members.Scores(subject, scale, yearGroup, schools.Contains), parts, boards)
                   select cell];
    }

    static IReadOnlyList<RawCell> GrowthCells(CohortGrowth growth, CountryPart[] parts, int[] boards) =>
        [.. from subject in Subjects.All
            from scale in growth.Scales(subject)
            from step in GrowthStep.All(growth.Edition, subject)
            from cell in Group([subject.Code(), scale, step.Code], school => growth.OfSchool(school, subject, scale, step), schools => growth.Members.Growth(schools, new ReportLine(subject, scale, step)), parts, boards)
            select cell];

    /// <summary>
    /// One group of a table: each part of the country; two neighbours together where one of them may not be shown by itself and both together may; and all. Taken together are neighbours only where then
    /// nothing of the group is left out: beside a part that stays hidden they would be hidden themselves.
    /// </summary>
    static IEnumerable<RawCell> Group(string[] codes, Func<int, Tally> of, Func<List<int>, CellSum> sum, CountryPart[] parts, int[] boards)
    {
        var each = CountryPart.All.ToDictionary(part => part, part => At(part.Code, [part]));
        var pairs = PublicTable.Pairs.Where(pair => !Array.TrueForAll(pair.Parts, part => Profile.Public.Rule.Judge(each[part]) is null)).Select(pair => (pair.Parts, Cell: At(pair.Code, pair.Parts))).ToList();
        if (pairs.Exists(pair => Profile.Public.Rule.Judge(pair.Cell) is not null)) pairs = [];
        foreach (var part in pairs.SelectMany(pair => pair.Parts)) each[part] = each[part] with { Together = true };
        return [.. CountryPart.All.Select(part => each[part]), .. pairs.Select(pair => pair.Cell), At(PublicTable.Total, CountryPart.All)];

        RawCell At(string place, IReadOnlyList<CountryPart> these)
        {
            var tallies = Enumerable.Range(0, parts.Length).Where(school => these.Contains(parts[school])).Select(school => (School: school, Tally: of(school))).Where(s => s.Tally.Count > 0).ToList();
            return Cell([.. codes, place], tallies, sum(tallies.ConvertAll(s => s.School)), boards);
        }
    }

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
