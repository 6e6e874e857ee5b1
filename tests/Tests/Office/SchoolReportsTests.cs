using AngleSharp.Html.Parser;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>Four schools with their reports, made once for the tests that only read them.</summary>
public sealed class FourReports : IDisposable
{
    public FourReports() => SchoolReportsTests.Fill(Office);

    internal SmallOffice Office { get; } = new();

    public void Dispose() => Office.Dispose();
}

public sealed class SchoolReportsTests(FourReports made) : IClassFixture<FourReports>, IDisposable
{
    readonly Lazy<SmallOffice> _own = new(() => new SmallOffice());

    SmallOffice Own => _own.Value;

    public void Dispose()
    {
        if (_own.IsValueCreated) _own.Value.Dispose();
    }

    /// <summary>Four schools: 99AA00 has 11 pupils in group 4 and 12 in group 5, the others 12 in both. The first grows by 40.6 points, the others by 5.</summary>
    internal static void Fill(SmallOffice office)
    {
        Prepare(office);
        Assert.True(SchoolReports.Make(office.Home, SmallOffice.E23).Ok);
    }

    /// <summary>The same, linked and without reports.</summary>
    internal static void Prepare(SmallOffice office)
    {
        office.Register(Enumerable.Range(1, 200).Select(Child.Of));
        office.Open();
        var n = 0;
        foreach (var location in new[] { "99AA00", "99BB00", "99CC00", "99DD00" })
        {
            var (four, five, growth) = location == "99AA00" ? (11, 12, 406) : (12, 12, 50);
            var pupils = Enumerable.Range(0, four + five).Select(i => SmallOffice.Grown(Child.Of(++n), i < four ? 4 : 5, growth + i % 3)).ToList();
            Assert.True(office.Deliver(office.School(location), pupils).Ok);
        }
        Assert.True(office.Link().Ok);
    }

    /// <summary>The rows of growth by year group.</summary>
    static List<string[]> Rows(string html) =>
        [.. new HtmlParser().ParseDocument(html).QuerySelectorAll("table").First(t => t.QuerySelector("caption")!.TextContent is var c && (c.Contains("in punten", StringComparison.Ordinal) || c.Contains("in points", StringComparison.Ordinal)))
            .QuerySelectorAll("tbody tr").Select(tr => tr.Children.Select(cell => cell.TextContent).ToArray())];

    [Fact]
    public void Eleven_pupils_are_hidden_with_the_reason_and_twelve_are_shown()
    {
        var rows = Rows(made.Office.Report(made.Office.School("99AA00"), "nl"));
        Assert.Equal(["groep 4: midden → eind", "Niet getoond: minder dan 12 leerlingen", "", "", "7,9", "", ""], rows[0].Select(Shortened));
        Assert.Equal(("groep 5: midden → eind", "12"), (rows[1][0], rows[1][3]));
        Assert.StartsWith("meer dan alle scholen (", rows[1][6], StringComparison.Ordinal);

        static string Shortened(string cell) => cell.Length > 0 && char.IsAsciiDigit(cell[0]) ? "7,9" : cell;
    }

    [Fact]
    public void The_numbers_are_those_computed_by_hand()
    {
        var rows = Rows(made.Office.Report(made.Office.School("99BB00"), "en"));
        // Growth of 12 pupils in group 5: places 12 to 23, 5.0 + 0.0, 0.1, 0.2 in turn: mean 5.1, s = 0.085280, t(0.975; 11) = 2.200985, half 0.054184.
        Assert.Equal(["group 5: mid → end", "5.1", "5.0 to 5.2", "12"], rows[1].Take(4));
        // All of group 5: 12 pupils with 40.6 + 0.0, 0.1, 0.2 in turn: (488.4 + 3·61.2)/48 = 14.0.
        Assert.Equal("14.0", rows[1][4]);
        Assert.StartsWith("less than all schools (8.9", rows[1][6], StringComparison.Ordinal);
    }

    [Fact]
    public void Both_languages_have_one_heading_a_chart_with_a_table_and_no_script()
    {
        foreach (var language in new[] { "nl", "en" })
        {
            var page = new HtmlParser().ParseDocument(made.Office.Report(made.Office.School("99BB00"), language));
            Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.NotEmpty(page.QuerySelectorAll("svg[role=img]"));
            Assert.All(page.QuerySelectorAll("svg[role=img]"), svg => Assert.True(svg.QuerySelector("title")!.TextContent.Length > 0 && svg.QuerySelector("desc")!.TextContent.Length > 0));
            Assert.Empty(page.QuerySelectorAll("script"));
        }
    }

    [Fact]
    public void Each_report_opens_with_its_own_schools_key_only()
    {
        var file = File.ReadAllBytes(made.Office.Home.At("outgoing", "school", "2023-2", "99AA00-2023-2.nl.html.age"));
        using var other = Envelope.Open(file, made.Office.School("99BB00").Reports);
        Assert.Equal(EnvelopeFault.NoMatch, other.Fault);
        Assert.All(Directory.EnumerateFiles(made.Office.Home.At("outgoing", "school"), "*", SearchOption.AllDirectories), path => Assert.EndsWith(".age", path, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_homes_with_other_keys_and_RINs_make_the_same_reports_and_tables()
    {
        using var other = new SmallOffice();
        Fill(other);
        Assert.NotEqual(Cohort.Rows(made.Office.Home).Select(r => r.Rin).Order(), Cohort.Rows(other.Home).Select(r => r.Rin).Order());
        foreach (var language in new[] { "nl", "en" }) Assert.Equal(Witnessless(made.Office.Report(made.Office.School("99AA00"), language)), Witnessless(other.Report(other.School("99AA00"), language)));
        Assert.True(PublicTables.Make(made.Office.Home, SmallOffice.E23).Ok);
        PublicTables.Make(other.Home, SmallOffice.E23);
        Assert.Equal(Tables(made.Office), Tables(other));

        static IEnumerable<(string, string)> Tables(SmallOffice office) => office.Home.Gate.Releases.Where(r => !r.Id.Contains("/report/", StringComparison.Ordinal)).Select(r => (r.Id, r.Artefact));

        // The one line that is each home's own: size and root of its log.
        static string Witnessless(string report) => System.Text.RegularExpressions.Regex.Replace(report, "[0-9]+: ([0-9a-f]{4} ){7}[0-9a-f]{4}", "");
    }

    [Fact]
    public void Making_the_reports_again_releases_nothing_new()
    {
        Assert.All(SchoolReports.Make(made.Office.Home, SmallOffice.E23).Value!, released => Assert.True(released.Again));
        Assert.Equal(4, made.Office.Home.Gate.Releases.Count(r => r.Audience == "school"));
    }

    [Fact]
    public void A_first_edition_without_growth_says_so_and_helps()
    {
        Own.Register(Child.Of(1));
        Own.Open();
        Own.Deliver(Own.School("99AA00"), [Child.Of(1).With(Child.Result("2023-06-06", "E4", 1500))]);
        Assert.True(Own.Link().Ok);
        Assert.Empty(SchoolReports.Make(Own.Home, SmallOffice.E23).Value!.SelectMany(r => r.Record.Reasons));
        Assert.Contains("nog geen leergroei", Own.Report(Own.School("99AA00"), "nl"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_mean_of_all_is_hidden_where_others_could_be_found_from_it()
    {
        Own.Register(Enumerable.Range(1, 60).Select(Child.Of));
        Own.Open();
        Own.Deliver(Own.School("99AA00"), Enumerable.Range(1, 20).Select(i => SmallOffice.Grown(Child.Of(i), 4, 50 + i)));
        Own.Deliver(Own.School("99BB00"), Enumerable.Range(21, 20).Select(i => SmallOffice.Grown(Child.Of(i), 4, 50 + i)));
        Assert.True(Own.Link().Ok && SchoolReports.Make(Own.Home, SmallOffice.E23).Ok);
        Assert.Empty(SchoolReports.Held(Own.Home, SmallOffice.E23).SelectMany(h => h.Findings));
        Assert.Equal("Niet getoond: minder dan 3 scholen", Rows(Own.Report(Own.School("99AA00"), "nl"))[0][4]);
    }

    [Fact]
    public void A_round_that_is_not_linked_has_no_reports()
    {
        Own.Open();
        Assert.Equal("round-state", SchoolReports.Make(Own.Home, SmallOffice.E23).Refusal!.Code);
        Assert.Equal("round-state", PublicTables.Make(Own.Home, Edition.Parse("2031-1").Value).Refusal!.Code);
    }

    // ---- the run ----

    [Fact]
    public void A_run_that_was_broken_off_goes_on_and_makes_the_same()
    {
        Prepare(Own);
        Assert.Throws<OperationCanceledException>(() => SchoolReports.Make(Own.Home, SmallOffice.E23, (done, _) => { if (done == 2) throw new OperationCanceledException(); }));
        Assert.Equal(2, Own.Home.Gate.Releases.Count);
        var first = File.GetLastWriteTimeUtc(Own.Home.At("outgoing", "school", "2023-2", "99AA00-2023-2.nl.html.age"));
        var made = SchoolReports.Make(Own.Home, SmallOffice.E23).Value!;
        Assert.Equal(["99AA00", "99BB00", "99CC00", "99DD00"], made.Select(r => r.Record.Subject));
        Assert.Equal([true, true, false, false], made.Select(r => r.Again));
        Assert.Equal(first, File.GetLastWriteTimeUtc(Own.Home.At("outgoing", "school", "2023-2", "99AA00-2023-2.nl.html.age"))); // not made anew
        using var whole = new SmallOffice();
        Fill(whole);
        Assert.Equal(whole.Home.Gate.Releases.Count, Own.Home.Gate.Releases.Count);
    }

    [Fact]
    public void Reports_made_two_at_once_leave_in_the_order_and_with_the_numbers_of_those_made_one_by_one()
    {
        using var other = new SmallOffice();
        foreach (var (office, atOnce) in new[] { (Own, 2), (other, 1) })
        {
            Prepare(office);
            // The first and the last have a reader in common, and two that follow each other.
            Assert.True(Boards.Keep(office.Home, ["school,board", "99AA00,41", "99BB00,42", "99CC00,42", "99DD00,41"]).Ok);
            Assert.True(SchoolReports.Run(office.Home, ReportRun.Continue(office.Home, SmallOffice.E23), null, null, null, atOnce).Ok);
        }
        Assert.Equal(["99AA00", "99BB00", "99CC00", "99DD00"], Own.Home.Gate.Releases.Select(r => r.Subject));
        Assert.Equal(Told(other), Told(Own));

        static IEnumerable<(string, int, string)> Told(SmallOffice office) => office.Home.Gate.Releases.Select(r => (r.Id, r.Published, string.Join(' ', r.Reasons)));
    }

    [Fact]
    public void A_correction_is_the_next_version_with_its_reason_and_the_first_stays()
    {
        Fill(Own);
        var reason = ("In versie 1 stond een verkeerd jaar.", "Version 1 had a wrong year.");
        Assert.True(SchoolReports.Correct(Own.Home, SmallOffice.E23, reason).Ok);
        Assert.Equal(8, Own.Home.Gate.Releases.Count);
        Assert.Contains(Own.Home.Gate.Releases, r => r.Id == "2023-2/report/99BB00/2");
        using var opened = Envelope.Open(File.ReadAllBytes(Own.Home.At("outgoing", "school", "2023-2", "99BB00-2023-2-v2.nl.html.age")), Own.School("99BB00").Reports);
        Assert.Contains("Dit is versie 2 van dit rapport. Zij vervangt de vorige. De reden: In versie 1 stond een verkeerd jaar.", System.Text.Encoding.UTF8.GetString(opened.Content!), StringComparison.Ordinal);
        Assert.DoesNotContain("versie 2", Own.Report(Own.School("99BB00"), "nl"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_correction_without_reports_or_without_a_reason_is_refused()
    {
        Prepare(Own);
        Assert.Equal("no-reports", SchoolReports.Correct(Own.Home, SmallOffice.E23, ("x", "y")).Refusal!.Code);
        SchoolReports.Make(Own.Home, SmallOffice.E23);
        Assert.Equal("no-reason", SchoolReports.Correct(Own.Home, SmallOffice.E23, ("", "y")).Refusal!.Code);
    }
}
