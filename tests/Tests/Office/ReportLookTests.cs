using System.Text;
using System.Text.RegularExpressions;
using Groeilijn.Gate;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>An office of which a check holds two reports, made once.</summary>
public sealed class HeldReports : IDisposable
{
    public HeldReports()
    {
        SchoolReportsTests.Prepare(Office);
        Assert.True(SchoolReports.Run(Office.Home, ReportRun.Continue(Office.Home, SmallOffice.E23), null, ReportLookTests.Spoil).Ok);
    }

    internal SmallOffice Office { get; } = new();

    public void Dispose() => Office.Dispose();
}

/// <summary>A person's look at a held report: with the board's dated permission that two people entered, logged each time, and otherwise refused in words.</summary>
public sealed partial class ReportLookTests : IClassFixture<HeldReports>, IDisposable
{
    const string School = "99BB00", OtherHeld = "99CC00", Fine = "99DD00";
    static readonly DateOnly s_today = new(2023, 7, 1);
    static readonly OfficePerson s_first = new("Anna Eerste", 1), s_second = new("Bert Tweede", 2);

    readonly SmallOffice _office;
    readonly DateTimeOffset _start;

    public ReportLookTests(HeldReports held)
    {
        (_office, _start) = (held.Office, held.Office.Clock.Now);
        Assert.Equal([School, OtherHeld], SchoolReports.Held(_office.Home, SmallOffice.E23).Select(h => h.School));
    }

    /// <summary>The next test finds no permission.</summary>
    public void Dispose()
    {
        ReportLooks.End(_office.Home, SmallOffice.E23, School);
        _office.Clock.Now = _start;
    }

    internal static IReadOnlyList<OutgoingFile> Spoil(string school, IReadOnlyList<OutgoingFile> files) => school is not (School or OtherHeld) ? files
        : [.. files.Select(f => f.Name.EndsWith("nl.html", StringComparison.Ordinal) ? f with { Content = Encoding.UTF8.GetBytes(OwnCount().Replace(Encoding.UTF8.GetString(f.Content), "${1}88", 1)) } : f)];

    string? Refused(string school = School) => ReportLooks.Look(_office.Home, SmallOffice.E23, school, "nl").Refusal?.Code;

    void Permitted(int days = 14)
    {
        Assert.Null(ReportLooks.Permit(_office.Home, SmallOffice.E23, School, "M. Bos, bestuurder", s_today, s_today.AddDays(days), s_first));
        Assert.Null(ReportLooks.Agree(_office.Home, SmallOffice.E23, School, s_second));
    }

    List<string> Entries(string step)
    {
        _office.Home.Sequence();
        return [.. _office.Home.Ledger.Entries().Select(entry => Encoding.UTF8.GetString(entry)).Where(entry => entry.Contains($"\"step\":\"{step}\"", StringComparison.Ordinal))];
    }

    [Fact]
    public void Without_a_permission_nobody_looks()
    {
        var before = Entries("looked").Count;
        Assert.Equal("no-permission", Refused());
        Assert.Equal(before, Entries("looked").Count);
        Assert.Equal("no-permission", ReportLooks.Agree(_office.Home, SmallOffice.E23, School, s_second)!.Code);
    }

    [Fact]
    public void With_it_the_page_is_shown_with_what_was_found_and_every_look_is_logged()
    {
        Permitted();
        var (before, seen) = (Entries("looked").Count, Views().Count);
        var look = ReportLooks.Look(_office.Home, SmallOffice.E23, School, "nl", Spoil).Value!;
        Assert.Contains("<h1>Leergroei op De 99BB00</h1>", look.Page, StringComparison.Ordinal);
        Assert.Contains(look.Findings, finding => finding.StartsWith("number", StringComparison.Ordinal));
        Assert.Contains("Learning growth at De 99BB00", ReportLooks.Look(_office.Home, SmallOffice.E23, School, "en").Value!.Page, StringComparison.Ordinal);
        Assert.Equal(before + 2, Entries("looked").Count);
        Assert.All(Entries("looked"), entry => Assert.DoesNotMatch("Bos|Eerste|Tweede", entry)); // the ledger never says who
        Assert.Equal(seen + 2, Views().Count);
        Assert.All(Views(), line => Assert.Equal("2023-2 99BB00", line.Object));

        List<ViewLine> Views() => [.. ViewLog.Read(_office.Home, 0, 100).Where(line => line.Page == "office look")];
    }

    [Fact]
    public void A_look_lets_nothing_out_and_keeps_nothing()
    {
        Permitted();
        var before = (_office.Home.Gate.Releases.Count, Levels(), Files());
        Assert.True(ReportLooks.Look(_office.Home, SmallOffice.E23, School, "nl").Ok);
        Assert.Equal(before, (_office.Home.Gate.Releases.Count, Levels(), Files()));
        Assert.Equal([School, OtherHeld], SchoolReports.Held(_office.Home, SmallOffice.E23).Select(h => h.School));

        long Levels() => _office.Home.Database.ReadOne<long>("SELECT count(*) FROM unseen_levels");
        int Files() => Directory.EnumerateFiles(_office.Home.At("outgoing"), "*", SearchOption.AllDirectories).Count();
    }

    [Fact]
    public void One_person_is_not_enough_and_the_same_person_twice_is_one()
    {
        Assert.Null(ReportLooks.Permit(_office.Home, SmallOffice.E23, School, "M. Bos", s_today, s_today.AddDays(3), s_first));
        Assert.Equal("permission-waits", Refused());
        Assert.Equal("same-person", ReportLooks.Agree(_office.Home, SmallOffice.E23, School, s_first)!.Code);
        Assert.Equal("same-person", ReportLooks.Agree(_office.Home, SmallOffice.E23, School, new(" anna eerste", null))!.Code);
        Assert.Equal("permission-waits", Refused());
        Assert.Null(ReportLooks.Agree(_office.Home, SmallOffice.E23, School, s_second));
        Assert.Null(Refused());
        Assert.Equal("taken", ReportLooks.Agree(_office.Home, SmallOffice.E23, School, new("Carla", 3))!.Code);
    }

    [Fact]
    public void A_permission_that_is_over_or_ended_counts_no_more()
    {
        Permitted(days: 3);
        _office.Clock.Now = _office.Clock.Now.AddDays(3);
        Assert.Null(Refused()); // its last day
        _office.Clock.Now = _office.Clock.Now.AddDays(1);
        Assert.Equal("permission-over", Refused());
        Assert.Null(ReportLooks.Permit(_office.Home, SmallOffice.E23, School, "M. Bos", s_today.AddDays(4), s_today.AddDays(9), s_first)); // a new letter
        Assert.Null(ReportLooks.Agree(_office.Home, SmallOffice.E23, School, s_second));
        Assert.Null(Refused());
        var ended = Entries("look-ended").Count;
        ReportLooks.End(_office.Home, SmallOffice.E23, School);
        Assert.Equal("no-permission", Refused());
        Assert.Equal(ended + 1, Entries("look-ended").Count);
    }

    [Fact]
    public void It_is_for_one_school_and_one_edition()
    {
        Permitted();
        Assert.Equal("no-permission", Refused(OtherHeld));
        var before = Groeilijn.Education.Edition.Parse("2022-2").Value;
        _office.Home.Database.Write(t =>
        {
            t.Execute("INSERT INTO report_runs (edition, version, reason, started) VALUES ('2022-2', 1, '', '2022-07-01T00:00:00Z')");
            t.Execute("INSERT INTO report_states (edition, version, school, state, findings) VALUES ('2022-2', 1, @School, 'held', 'layout: x')", new { School });
        });
        Assert.Equal("no-permission", ReportLooks.Look(_office.Home, before, School, "nl").Refusal!.Code);
    }

    [Fact]
    public void A_report_that_left_is_looked_at_by_nobody()
    {
        Assert.Equal("not-held", ReportLooks.Permit(_office.Home, SmallOffice.E23, Fine, "M. Bos", s_today, s_today, s_first)!.Code);
        Permitted();
        _office.Home.Database.Write(t => t.Execute("UPDATE report_states SET state = 'made' WHERE school = @School AND edition = '2023-2'", new { School })); // as after a run that found it mended
        Assert.Equal("not-held", Refused());
        _office.Home.Database.Write(t => t.Execute("UPDATE report_states SET state = 'held' WHERE school = @School AND edition = '2023-2'", new { School }));
    }

    [Theory]
    [InlineData("", 0, 5, "permission-who")]
    [InlineData("M. Bos", 1, 5, "permission-days")]
    [InlineData("M. Bos", -5, -1, "permission-days")]
    [InlineData("M. Bos", 0, 32, "permission-days")]
    [InlineData("M. Bos", 0, -1, "permission-days")]
    public void A_permission_without_a_name_or_with_other_days_is_refused(string by, int given, int until, string code) =>
        Assert.Equal(code, ReportLooks.Permit(_office.Home, SmallOffice.E23, School, by, s_today.AddDays(given), s_today.AddDays(until), s_first)!.Code);

    [Fact]
    public void A_second_permission_waits_until_the_first_is_over()
    {
        Permitted();
        Assert.Equal("permission-exists", ReportLooks.Permit(_office.Home, SmallOffice.E23, School, "M. Bos", s_today, s_today.AddDays(9), s_first)!.Code);
    }

    [GeneratedRegex(@"(\|own\|n"">)[0-9]+")] private static partial Regex OwnCount();
}
