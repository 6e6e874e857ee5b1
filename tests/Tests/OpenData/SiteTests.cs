using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Groeilijn.OpenData;

namespace Groeilijn.Tests.OpenData;

/// <summary>The public site as its readers meet it: every page whole, every address there, the same bytes every time.</summary>
public sealed partial class SiteTests
{
    [Fact]
    public void Each_table_has_a_page_in_both_languages_and_its_two_files()
    {
        using var files = ReleasedFiles.Two();
        var publication = Site.Publish(files.Tables, files.Site);
        Assert.Null(publication.Refusal);
        Assert.Equal((2, 11), (publication.Tables, publication.Files));
        Assert.Equal(
            ["2023-1/mean-score.html", "2023-2/mean-score.html", "catalog.json", "data/2023-1/mean-score.csv", "data/2023-1/mean-score.json", "data/2023-2/mean-score.csv", "data/2023-2/mean-score.json",
                "en/2023-1/mean-score.html", "en/2023-2/mean-score.html", "en/index.html", "index.html"],
            files.Published().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_page_has_one_heading_of_the_first_level_its_language_and_captions_on_its_tables()
    {
        foreach (var (address, page) in Pages())
        {
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Equal(address.StartsWith("en/", StringComparison.Ordinal) ? "en" : "nl", page.DocumentElement.GetAttribute("lang"));
            foreach (var table in page.QuerySelectorAll("table"))
            {
                Assert.NotEmpty(table.QuerySelector("caption")!.TextContent);
                Assert.All(table.QuerySelectorAll("th"), th => Assert.NotNull(th.GetAttribute("scope")));
            }
            Assert.All(page.QuerySelectorAll("main svg"), svg => Assert.NotEmpty(svg.QuerySelector("title")!.TextContent));
            var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.Empty(page.QuerySelectorAll("script"));
        }
    }

    [Fact]
    public void Every_link_leads_to_a_file_that_was_written_and_none_leads_away()
    {
        using var files = ReleasedFiles.Two();
        Site.Publish(files.Tables, files.Site);
        var published = files.Published();
        foreach (var (address, page) in Parse(published))
            foreach (var href in page.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!).Where(h => h[0] != '#'))
            {
                var target = new Uri(new Uri("site:///" + address), href);
                Assert.Equal("site", target.Scheme);
                Assert.Contains(target.AbsolutePath[1..], published.Keys);
            }
    }

    [Fact]
    public void Every_address_in_the_catalogue_is_a_file_of_the_site()
    {
        using var files = ReleasedFiles.Two();
        Site.Publish(files.Tables, files.Site);
        var published = files.Published();
        using var catalog = JsonDocument.Parse(published["catalog.json"]);
        var datasets = catalog.RootElement.GetProperty("dcat:dataset").EnumerateArray().ToList();
        Assert.Equal(2, datasets.Count);
        foreach (var dataset in datasets)
        {
            var distribution = dataset.GetProperty("dcat:distribution")[0];
            string[] addresses = [dataset.GetProperty("@id").GetString()!, .. dataset.GetProperty("dcat:landingPage").EnumerateArray().Select(a => a.GetString()!), distribution.GetProperty("dcat:downloadURL").GetString()!, distribution.GetProperty("dct:conformsTo").GetString()!];
            Assert.All(addresses, a => Assert.Contains(a, published.Keys));
        }
    }

    [Fact]
    public void A_hidden_cell_says_why_in_the_language_of_the_page_and_shows_no_number()
    {
        var pages = Pages();
        Assert.Contains("Niet getoond: minder dan 10 leerlingen", pages["2023-1/mean-score.html"].Body!.TextContent, StringComparison.Ordinal);
        var english = pages["en/2023-1/mean-score.html"];
        var row = english.QuerySelectorAll("tbody tr").First(r => r.TextContent.StartsWith("year group 4end of year", StringComparison.Ordinal));
        Assert.Equal(4, row.QuerySelectorAll("td.hidden").Length);
        Assert.All(row.QuerySelectorAll("td.hidden"), td => Assert.Equal("Not shown: fewer than 10 pupils", td.TextContent));
    }

    [Fact]
    public void Subjects_are_parts_of_their_own_with_a_picture_and_the_first_is_open()
    {
        var page = Pages()["en/2023-1/mean-score.html"];
        var parts = page.QuerySelectorAll("main > details:has(figure)").ToList();
        Assert.Equal(["Reading comprehension · series 3", "Mathematics · series 3"], parts.Select(p => p.QuerySelector("summary")!.TextContent));
        Assert.Equal([true, false], parts.Select(p => p.HasAttribute("open")));
        // Three points are drawn; the fourth is hidden and leaves a gap, of which the caption speaks.
        Assert.Equal(3, parts[0].QuerySelectorAll("svg path").Count(p => p.GetAttribute("d")!.Contains(" h10 ", StringComparison.Ordinal)));
        Assert.Contains("A point that is missing is not shown", parts[0].QuerySelector("figcaption")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_written_as_their_language_writes_them()
    {
        var pages = Pages();
        Assert.Contains("145,2", pages["2023-1/mean-score.html"].Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("145.2", pages["en/2023-1/mean-score.html"].Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Publishing_again_writes_the_same_bytes()
    {
        using var files = ReleasedFiles.Two();
        Site.Publish(files.Tables, files.Site);
        var first = files.Published();
        Site.Publish(files.Tables, files.Site);
        var second = files.Published();
        Assert.Equal(first.Keys.Order(), second.Keys.Order());
        Assert.All(first, f => Assert.Equal(f.Value, second[f.Key]));
    }

    [Fact]
    public void A_table_that_was_taken_back_disappears_and_what_others_put_there_stays()
    {
        using var files = ReleasedFiles.Two();
        Site.Publish(files.Tables, files.Site);
        Groeilijn.Delivery.DurableFile.Write(Path.Combine(files.Site, "robots.txt"), "User-agent: *\n");
        Directory.Delete(Path.Combine(files.Tables, "2023-1"), recursive: true);
        Site.Publish(files.Tables, files.Site);
        Assert.DoesNotContain(files.Published().Keys, k => k.Contains("2023-1", StringComparison.Ordinal));
        Assert.Contains("robots.txt", files.Published().Keys);
    }

    [Fact]
    public void A_folder_with_something_else_in_it_is_not_written_to()
    {
        using var files = ReleasedFiles.Two();
        Directory.CreateDirectory(files.Site);
        Groeilijn.Delivery.DurableFile.Write(Path.Combine(files.Site, "thesis.html"), "mine");
        Assert.Equal("folder-in-use", Site.Publish(files.Tables, files.Site).Refusal!.Code);
        Assert.Equal(["thesis.html"], files.Published().Keys);
    }

    [Fact]
    public void No_published_byte_spells_a_school_or_a_pupil()
    {
        using var files = ReleasedFiles.Two();
        Site.Publish(files.Tables, files.Site);
        foreach (var (address, bytes) in files.Published())
        {
            // A checksum is 64 hexadecimal digits and no pseudonym.
            var text = Checksum().Replace(Encoding.UTF8.GetString(bytes), "");
            Assert.False(Recognisable().IsMatch(text), $"{address} holds what could be a school or a pupil");
        }
    }

    [Fact]
    public void A_site_without_tables_still_opens()
    {
        using var files = ReleasedFiles.Two();
        Directory.Delete(Path.Combine(files.Tables, "2023-1"), recursive: true);
        Directory.Delete(Path.Combine(files.Tables, "2023-2"), recursive: true);
        Assert.Equal((0, 3), (Site.Publish(files.Tables, files.Site) is { Refusal: null } p ? (p.Tables, p.Files) : default));
    }

    static Dictionary<string, IHtmlDocument> Pages()
    {
        using var files = ReleasedFiles.Two();
        Assert.Null(Site.Publish(files.Tables, files.Site).Refusal);
        return Parse(files.Published());
    }

    static Dictionary<string, IHtmlDocument> Parse(Dictionary<string, byte[]> published) => published
        .Where(f => f.Key.EndsWith(".html", StringComparison.Ordinal))
        .ToDictionary(f => f.Key, f => new HtmlParser().ParseDocument(Encoding.UTF8.GetString(f.Value)));

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")] private static partial Regex Checksum();

    [GeneratedRegex(@"\b([0-9]{2}[A-Z]{2}[0-9]{2}|[0-9]{9}|[a-p]{16}|[a-p]{32})\b")] private static partial Regex Recognisable();
}
