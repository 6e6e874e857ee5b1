using System.Text;
using AngleSharp.Html.Parser;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;
using Groeilijn.Tests.Office;

namespace Groeilijn.Tests.School;

/// <summary>A board whose schools' reports were opened, and its summary, made once.</summary>
public sealed class OneBoard : IDisposable
{
    readonly List<SchoolHome> _homes = [];

    public OneBoard(ReportOffice country)
    {
        foreach (var code in With.Reverse()) Add(_homes, country, code, code, "nl.html", "en.html", "csv");
        Add(_homes, country, ReportOffice.New, ReportOffice.New, "nl.html"); // the rest was not opened yet
        Made = BoardSummary.Make(_homes, ReportOffice.Last.ToString(), Path.Combine(Folder, "out")).Value!;
    }

    internal static IReadOnlyList<string> With { get; } = [ReportOffice.Regular[0], ReportOffice.Regular[1], ReportOffice.Tiny, ReportOffice.Large, ReportOffice.WithoutReading];

    internal string Folder { get; } = Directory.CreateTempSubdirectory("groeilijn-board-").FullName;

    internal BoardSummaryMade Made { get; }

    /// <summary>Adds a home with the opened report of a school, as a rule its own.</summary>
    internal void Add(List<SchoolHome> homes, ReportOffice country, string code, string of, params string[] endings)
    {
        var home = SchoolHome.Open(Path.Combine(Folder, Guid.NewGuid().ToString("N")), new SchoolProfile(SchoolLocation.Parse(code).Value, $"De {code}"), TimeProvider.System);
        homes.Add(home);
        using var key = home.ReportKey();
        foreach (var ending in endings) Assert.True(Reports.Open(home, Envelope.Seal(country.Form(of, ending), key.Recipient), $"{code}-{ReportOffice.Last}.{ending}.age").Ok);
    }

    public void Dispose()
    {
        foreach (var home in _homes) home.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>One page for a board with several schools: what their opened reports show, and nothing else.</summary>
[Collection(nameof(ReportOffice))]
public sealed class BoardSummaryTests(ReportOffice country, OneBoard board) : IClassFixture<OneBoard>, IDisposable
{
    static readonly string s_edition = ReportOffice.Last.ToString();

    readonly List<SchoolHome> _homes = [];

    public void Dispose()
    {
        foreach (var home in _homes) home.Dispose();
    }

    void Home(string code, string? of = null) => board.Add(_homes, country, code, of ?? code, "nl.html", "en.html", "csv");

    Outcome<BoardSummaryMade> Make(string? edition = null) => BoardSummary.Make(_homes, edition ?? s_edition, Path.Combine(board.Folder, "other"));

    string Read(string ending) => File.ReadAllText(Path.Combine(board.Folder, "out", $"bestuur-{s_edition}.{ending}"));

    [Fact]
    public void Every_number_and_conclusion_is_the_one_of_the_schools_own_report()
    {
        foreach (var language in (string[])["nl", "en"])
        {
            var summary = new HtmlParser().ParseDocument(Read($"{language}.html"));
            var numbers = summary.QuerySelectorAll("td[data-cell]");
            Assert.True(numbers.Length >= 4, $"{numbers.Length} numbers");
            foreach (var cell in numbers)
            {
                var parts = cell.GetAttribute("data-cell")!.Split('|', 2);
                var own = new HtmlParser().ParseDocument(country.Page(parts[0], language));
                var same = own.QuerySelector($"td[data-cell='{parts[1]}']")!;
                Assert.Equal(same.TextContent, cell.TextContent);
                Assert.Equal(same.NextElementSibling!.TextContent, cell.NextElementSibling!.TextContent); // its interval
                var row = cell.ParentElement!;
                Assert.Contains(own.QuerySelectorAll("p.lead"), lead => lead.TextContent.EndsWith(row.QuerySelector("td")!.TextContent[1..], StringComparison.Ordinal));
                Assert.Contains(own.QuerySelectorAll("td[data-cell$='|all|counted|n']"), n => n.TextContent == row.Children[4].TextContent);
            }
        }
    }

    [Fact]
    public void Schools_stand_in_order_of_their_code_whatever_they_reached()
    {
        Assert.Equal(OneBoard.With, board.Made.Schools);
        foreach (var table in new HtmlParser().ParseDocument(Read("nl.html")).QuerySelectorAll("table"))
            Assert.Equal(OneBoard.With, table.QuerySelectorAll("tbody th").Select(th => th.TextContent[..6]));
    }

    [Fact]
    public void What_a_report_hides_the_summary_hides_with_the_reason()
    {
        var page = new HtmlParser().ParseDocument(Read("nl.html"));
        Assert.DoesNotContain(page.QuerySelectorAll("[data-cell]"), cell => cell.GetAttribute("data-cell")!.StartsWith(ReportOffice.Tiny, StringComparison.Ordinal));
        Assert.Contains(page.QuerySelectorAll("tr"), row => row.TextContent.StartsWith(ReportOffice.Tiny, StringComparison.Ordinal) && row.QuerySelector("td.hidden")!.TextContent.Contains("minder dan 12 leerlingen", StringComparison.Ordinal));
        Assert.Contains(page.QuerySelectorAll("tr"), row => row.TextContent.StartsWith(ReportOffice.WithoutReading, StringComparison.Ordinal) && row.QuerySelector("td.hidden")?.TextContent == "geen toetsen van dit vak");
    }

    [Fact]
    public void A_school_whose_report_was_not_opened_whole_is_named_and_left_out()
    {
        Assert.Equal([ReportOffice.New], board.Made.Without);
        Assert.Contains($"geen rapport geopend: {ReportOffice.New}.", Read("nl.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_are_lines_of_the_schools_own_files()
    {
        var lines = Read("csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var own = OneBoard.With.SelectMany(code => Encoding.UTF8.GetString(country.Form(code, "csv")).Split("\r\n")).ToHashSet();
        Assert.True(lines.Length > 10);
        Assert.All(lines, line => Assert.Contains(line, own));
        Assert.All(lines.Skip(1), line => Assert.Equal("all", line.Split(',')[5]));
    }

    [Fact]
    public void One_report_is_no_summary_and_another_edition_is_not_taken()
    {
        Home(ReportOffice.Regular[0]);
        Assert.False(Make().Ok);
        Home(ReportOffice.Regular[1]);
        Assert.True(Make().Ok);
        Assert.False(Make("2022-2").Ok);
    }

    [Fact]
    public void A_page_that_is_no_report_or_of_another_school_is_not_read()
    {
        Home(ReportOffice.Regular[0]);
        Home(ReportOffice.Regular[2]);
        Home(ReportOffice.New, of: ReportOffice.Regular[1]);
        Assert.Equal([ReportOffice.New], Make().Value!.Without);
        Assert.Null(ReadReport.From("<html lang=\"nl\"><main><h1>iets</h1></main></html>", s_edition, "nl"));
        Assert.Null(ReadReport.From(country.Page(ReportOffice.Regular[0], "nl"), s_edition, "en"));
    }
}
