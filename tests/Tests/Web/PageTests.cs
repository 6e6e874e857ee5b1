using AngleSharp.Html.Parser;
using Groeilijn.Web;

namespace Groeilijn.Tests.Web;

public sealed class PageTests
{
    static readonly HtmlParser s_parser = new();

    [Fact]
    public void A_page_names_its_language_has_one_heading_and_a_way_past_the_header()
    {
        var page = s_parser.ParseDocument(Page.Render(new PageHead("nl", "Een <titel>", "School", "x.en.html", ("index.html", "Terug")), "<p>inhoud</p>"));
        Assert.Equal("nl", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Een <titel>", Assert.Single(page.QuerySelectorAll("h1")).TextContent);
        Assert.Equal("content", page.QuerySelector("a.skip")!.GetAttribute("href")!.TrimStart('#'));
        Assert.NotNull(page.GetElementById("content"));
        Assert.Equal("en", page.QuerySelector("a[href='x.en.html']")!.GetAttribute("lang"));
    }

    [Fact]
    public void A_page_asks_nothing_of_the_network_and_runs_no_script()
    {
        var page = s_parser.ParseDocument(Page.Render(new PageHead("en", "Title", "Room"), "<p>body</p>"));
        Assert.Empty(page.QuerySelectorAll("script, link, iframe, [src]"));
        Assert.Contains("default-src 'none'", page.QuerySelector("meta[http-equiv]")!.GetAttribute("content"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_has_a_caption_column_headers_and_row_headers()
    {
        var html = Html.Table("Growth & more", ["Group", Cell.Number("Mean")], [["<4>", Cell.Number(1234, "nl")], ["5", Cell.Hidden("fewer than 10")]]);
        var table = s_parser.ParseDocument(html).QuerySelector("table")!;
        Assert.Equal("Growth & more", table.QuerySelector("caption")!.TextContent);
        Assert.All(table.QuerySelectorAll("thead th"), th => Assert.Equal("col", th.GetAttribute("scope")));
        Assert.Equal(["<4>", "5"], table.QuerySelectorAll("tbody th[scope=row]").Select(th => th.TextContent));
        Assert.Equal("1.234", table.QuerySelector("tbody td.number")!.TextContent);
        Assert.Equal("fewer than 10", table.QuerySelector("td.hidden")!.TextContent);
    }

    [Theory]
    [InlineData("nl", "1.234.567", "−3,5", "1 maart 2023")]
    [InlineData("en", "1,234,567", "−3.5", "1 March 2023")]
    public void Numbers_and_days_are_written_as_the_language_writes_them(string language, string whole, string tenth, string day)
    {
        Assert.Equal(whole, Html.Number(1234567, language));
        Assert.Equal(tenth, Html.Number(-3.5, 1, language));
        Assert.DoesNotContain('−', Html.Number(-0.004, 2, language));
        Assert.Equal(day, Html.Day(new DateOnly(2023, 3, 1), language));
    }
}
