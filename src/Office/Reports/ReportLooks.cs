using System.Globalization;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>Somebody at the office: a name, and the account where there are accounts.</summary>
public readonly record struct OfficePerson(string Name, long? Account)
{
    /// <summary>Whether this is the same person: by account where both have one, by name otherwise.</summary>
    public bool Is(OfficePerson other) => Account is { } one && other.Account is { } two ? one == two : string.Equals(Name.Trim(), other.Name.Trim(), StringComparison.OrdinalIgnoreCase);
}

/// <summary>A board's permission to look at one held report.</summary>
/// <param name="Number">Its number.</param>
/// <param name="GivenBy">Who at the board gave it.</param>
/// <param name="Given">The day of the letter.</param>
/// <param name="Until">The last day on which somebody may look.</param>
/// <param name="First">Who entered it.</param>
/// <param name="Second">Who agreed; null while it waits.</param>
public sealed record LookPermission(long Number, string GivenBy, DateOnly Given, DateOnly Until, OfficePerson First, OfficePerson? Second);

/// <summary>A held report as somebody looks at it: what the checks find, and the page.</summary>
/// <param name="Findings">Codes and names of cells.</param>
/// <param name="Page">The page that would have left, as the program makes it now.</param>
public sealed record HeldLook(IReadOnlyList<string> Findings, string Page);

/// <summary>
/// Nobody may read a school's report. Only one that a check holds, and only while a permission of its board runs that two people at the office entered, may somebody look at; each look is
/// in the ledger, and in the log of views with who it was. The page is made again for the look, through the Gate, and is kept nowhere.
/// </summary>
public static class ReportLooks
{
    /// <summary>The longest that a permission runs, in days.</summary>
    public const int LongestDays = 31;

    /// <summary>The permission that was entered last and not ended; null without.</summary>
    public static LookPermission? Permission(OfficeHome home, Edition edition, string school) => home.Database.Read<Row>(
        "SELECT number AS Number, given_by AS GivenBy, given AS Given, until AS Until, first_account AS FirstAccount, first_name AS FirstName, second_account AS SecondAccount, second_name AS SecondName FROM report_permissions WHERE edition = @edition AND school = @school AND ended IS NULL ORDER BY number DESC LIMIT 1",
        new { edition = edition.ToString(), school }) is [var row]
        ? new LookPermission(row.Number, row.GivenBy, Tombstones.Day(row.Given), Tombstones.Day(row.Until), new(row.FirstName, row.FirstAccount), row.SecondName is { } second ? new(second, row.SecondAccount) : null) : null;

    /// <summary>Enters a permission, as the first of two people.</summary>
    public static Refusal? Permit(OfficeHome home, Edition edition, string school, string givenBy, DateOnly given, DateOnly until, OfficePerson first)
    {
        if (Held(home, edition, school) is null) return NotHeld(edition, school);
        if (Permission(home, edition, school) is { } before && before.Until >= Today(home)) return new Refusal("permission-exists", "A permission for this report was entered already.", "Let a second person agree, or end it first.");
        if (string.IsNullOrWhiteSpace(givenBy) || givenBy.Length > 200 || givenBy.Any(char.IsControl)) return new Refusal("permission-who", "Who at the board gave the permission is missing.", "Give name and function in a line of at most 200 characters.");
        if (given > Today(home) || until < given || until < Today(home) || until.DayNumber - given.DayNumber > LongestDays) return new Refusal("permission-days", $"A permission is given today or earlier and runs at most {LongestDays} days from then.", "Give the day of the board's letter, and a last day that is not over.");
        home.Database.Write(t =>
        {
            t.Execute("UPDATE report_permissions SET ended = @now WHERE edition = @edition AND school = @school AND ended IS NULL", new { now = OfficeHome.Text(home.Now), edition = edition.ToString(), school });
            var number = (t.ReadOne<long?>("SELECT max(number) FROM report_permissions") ?? 0) + 1;
            t.Execute("INSERT INTO report_permissions (number, edition, school, given_by, given, until, first_account, first_name, recorded) VALUES (@number, @edition, @school, @givenBy, @given, @until, @Account, @Name, @now)",
                new { number, edition = edition.ToString(), school, givenBy = givenBy.Trim(), given = Tombstones.Text(given), until = Tombstones.Text(until), first.Account, first.Name, now = OfficeHome.Text(home.Now) });
            t.Enter(home.Entry("reports", "look-permitted", ("edition", edition.ToString()), ("permission", (int)number), ("school", school), ("until", Tombstones.Text(until))));
        });
        return null;
    }

    /// <summary>Agrees, as the second person.</summary>
    public static Refusal? Agree(OfficeHome home, Edition edition, string school, OfficePerson second)
    {
        if (Permission(home, edition, school) is not { } permission) return NoPermission(edition, school);
        if (permission.Second is not null) return new Refusal("taken", "Two people agreed already.", "Nothing more is needed.");
        if (permission.First.Is(second)) return new Refusal("same-person", "You agreed already.", "A second person must agree, in a session of their own.");
        home.Database.Write(t =>
        {
            t.Execute("UPDATE report_permissions SET second_account = @Account, second_name = @Name WHERE number = @Number AND second_name IS NULL", new { second.Account, second.Name, permission.Number });
            t.Enter(home.Entry("reports", "look-agreed", ("edition", edition.ToString()), ("permission", (int)permission.Number)));
        });
        return null;
    }

    /// <summary>Ends a permission before its day.</summary>
    public static void End(OfficeHome home, Edition edition, string school)
    {
        if (Permission(home, edition, school) is not { } permission) return;
        home.Database.Write(t =>
        {
            t.Execute("UPDATE report_permissions SET ended = @now WHERE number = @Number", new { now = OfficeHome.Text(home.Now), permission.Number });
            t.Enter(home.Entry("reports", "look-ended", ("edition", edition.ToString()), ("permission", (int)permission.Number)));
        });
    }

    /// <summary>Why nobody may look now; null when somebody may.</summary>
    public static Refusal? Refused(OfficeHome home, Edition edition, string school) =>
        Held(home, edition, school) is null ? NotHeld(edition, school)
        : Permission(home, edition, school) is not { } permission ? NoPermission(edition, school)
        : permission.Until < Today(home) ? new Refusal("permission-over", string.Create(CultureInfo.InvariantCulture, $"The board's permission ended on {permission.Until:yyyy-MM-dd}."), "Ask the board for a new one, and enter it.")
        : permission.Second is null ? new Refusal("permission-waits", "One person entered the board's permission; a second one must agree.", "Let somebody else agree, in a session of their own.")
        : null;

    /// <summary>Looks: entered in the ledger and in the log of views before anything is shown.</summary>
    /// <param name="home">The office.</param>
    /// <param name="edition">The half-year.</param>
    /// <param name="school">The school.</param>
    /// <param name="language"><c>nl</c> or <c>en</c>.</param>
    public static Outcome<HeldLook> Look(OfficeHome home, Edition edition, string school, string language) => Look(home, edition, school, language, null);

    internal static Outcome<HeldLook> Look(OfficeHome home, Edition edition, string school, string language, Func<string, IReadOnlyList<Gate.OutgoingFile>, IReadOnlyList<Gate.OutgoingFile>>? spoil)
    {
        if (Refused(home, edition, school) is { } no) return no;
        var (permission, standing) = (Permission(home, edition, school)!, ReportRun.Standing(home, edition)!);
        home.Database.Write(t =>
        {
            ViewLog.Add(t, OfficeHome.Text(home.Now), null, "office look", $"{edition} {school}");
            t.Enter(home.Entry("reports", "looked", ("edition", edition.ToString()), ("permission", (int)permission.Number), ("version", standing.Version)));
        });
        return SchoolReports.Unsent(home, new ReportRun(edition, standing.Version, (standing.Dutch, standing.English), new Dictionary<string, ReportState>()), school, language, spoil) is { } look ? look
            : new Refusal("nothing-to-show", "The Gate itself holds this report: beside what the school has already nothing of it is safe.", "There is no page to look at.");
    }

    static HeldReport? Held(OfficeHome home, Edition edition, string school) => ReportRun.Held(home, edition).FirstOrDefault(one => one.School == school);

    static Refusal NotHeld(Edition edition, string school) => new("not-held", $"No check holds the report of {school} of {edition}.", "Nobody may look at a report that left; only its school opens it.");

    static Refusal NoPermission(Edition edition, string school) => new("no-permission", $"There is no permission of the board to look at the report of {school} of {edition}.", "Ask the board for a dated one, and enter it with two people.");

    static DateOnly Today(OfficeHome home) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(home.Now, home.Clock.LocalTimeZone).DateTime);

    sealed record Row
    {
        public long Number { get; init; }
        public string GivenBy { get; init; } = "";
        public string Given { get; init; } = "";
        public string Until { get; init; } = "";
        public long? FirstAccount { get; init; }
        public string FirstName { get; init; } = "";
        public long? SecondAccount { get; init; }
        public string? SecondName { get; init; }
    }
}
