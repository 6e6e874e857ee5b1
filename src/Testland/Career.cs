namespace Groeilijn.Testland;

/// <summary>A child's way through primary school: the year group in each school year, and the schools.</summary>
sealed class Career
{
    // A year is repeated or skipped by year group 1 to 8. Repeating is likelier for whom school is hard, skipping for whom it is easy.
    static readonly double[] s_repeat = [0, .010, .040, .020, .013, .008, .006, .005, .002], s_skip = [0, .003, .006, .005, .004, .003, .002, 0, 0];

    readonly int _first;
    readonly byte[] _groups;

    Career(int first, byte[] groups) => (_first, _groups) = (first, groups);

    /// <summary>Schools by index in the district, with the first day and the day after the last.</summary>
    internal List<(int School, int From, int To)> Stays { get; } = [];

    internal int FirstYear => _first;

    internal int LastYear => _first + _groups.Length - 1;

    /// <summary>The year group in a school year; a child who starts before the first whole year is in group 1 as well.</summary>
    internal int GroupIn(int schoolYear) => schoolYear < _first ? 1 : schoolYear > LastYear ? 0 : _groups[schoolYear - _first];

    /// <summary>The career, or null when it lies outside the years that matter.</summary>
    internal static Career? Of(District district, Child child)
    {
        var options = district.Options;
        var birth = DateOnly.FromDayNumber(child.Born);
        var first = birth.Month <= 9 ? birth.Year + 4 : birth.Year + 5;
        if (first > options.LastSchoolYear + 1 || first + 10 < options.FirstSchoolYear - options.HistoryYears) return null;
        var career = new Career(first, Groups(options, child));
        career.Stay(district, child, birth);
        return career.Stays.Count == 0 ? null : career;
    }

    static byte[] Groups(TestlandOptions options, Child child)
    {
        var talent = Talent(options, child);
        var dice = new Dice(options.Seed, Purpose.Career, child.Id);
        Span<byte> groups = stackalloc byte[12];
        var years = 0;
        for (var group = 1; group <= 8 && years < groups.Length; years++)
        {
            groups[years] = (byte)group;
            var (repeats, skips) = (dice.Chance(s_repeat[group] * Math.Exp(-1.1 * talent - 0.6)), dice.Chance(s_skip[group] * Math.Exp(1.1 * talent - 0.6)));
            group += repeats ? 0 : skips ? 2 : 1;
        }
        return groups[..years].ToArray();
    }

    /// <summary>What a child's abilities have in common, a standard normal deviate.</summary>
    internal static double Talent(TestlandOptions options, Child child) => new Dice(options.Seed, Purpose.Ability, child.Id).Normal();

    void Stay(District district, Child child, DateOnly birth)
    {
        var rates = district.Options.Rates;
        var start = Math.Max(Fourth(birth).DayNumber, child.Present);
        if (DateOnly.FromDayNumber(start).Month is 6 or 7) start = new DateOnly(DateOnly.FromDayNumber(start).Year, 8, 1).DayNumber;
        var end = new DateOnly(LastYear + 1, 8, 1).DayNumber;
        if (start >= end) return;
        var (school, from) = (SchoolAt(child.Family, start), start);
        foreach (var (day, next) in Changes(district, child, start, end))
        {
            if (next == school || day - from < 60) continue;
            Stays.Add((school, from, day));
            (school, from) = (next, day);
        }
        Stays.Add((school, from, end));
    }

    /// <summary>A family that moved chooses the school of its younger children at the new address.</summary>
    static int SchoolAt(Family family, int day)
    {
        var school = family.School;
        foreach (var (from, _, next) in family.Addresses) if (from <= day) school = next ?? school;
        return school;
    }

    static List<(int Day, int School)> Changes(District district, Child child, int start, int end)
    {
        var changes = new List<(int Day, int School)>();
        foreach (var (day, _, school) in child.Family.Addresses)
            if (school is { } next && day > start && day < end - 100) changes.Add((NotInSummer(day + 14), next));
        var dice = new Dice(district.Options.Seed, Purpose.SchoolMoves, child.Id);
        for (var year = DateOnly.FromDayNumber(start).Year; new DateOnly(year, 8, 1).DayNumber < end; year++)
        {
            var (moves, summer, days, next) = (dice.Chance(district.Options.Rates.SchoolMoves), dice.Chance(0.6), dice.Below(330), district.AnySchool(dice.Unit()));
            var day = new DateOnly(year, 8, 1).DayNumber + (summer ? 0 : days);
            if (moves && day > start && day < end - 100) changes.Add((day, next));
        }
        changes.Sort((a, b) => a.Day.CompareTo(b.Day));
        return changes;
    }

    static int NotInSummer(int day)
    {
        var date = DateOnly.FromDayNumber(day);
        return date.Month is 7 ? new DateOnly(date.Year, 8, 1).DayNumber : day;
    }

    static DateOnly Fourth(DateOnly birth) => birth.AddYears(4);
}
