using System.Text;
using AngleSharp.Html.Parser;
using Groeilijn.OpenData;
using Groeilijn.Tests.Research;

namespace Groeilijn.Tests.OpenData;

/// <summary>From the office's own tables to the site: the two rooms agree on the files and on the Gate's record of them.</summary>
public sealed class OfficeTablesTests : IDisposable
{
    // Schools 0 to 2 in Utrecht with six pupils each, school 3 alone in Zeeland with twenty.
    readonly CohortHome _office = new(
        from edition in new[] { "2022-2", "2023-1" }
        from i in Enumerable.Range(0, 38)
        select new CohortResult(i, i < 18 ? i % 3 : 3, edition == "2023-1" ? 1520 : 1500, edition == "2023-1" ? 5 : 4, "maths", edition));

    public OfficeTablesTests()
    {
        for (var school = 0; school < 4; school++) _office.Enrol(school, school < 3 ? "PV26" : "PV24");
        Assert.True(Groeilijn.Office.PublicTables.Make(_office.Home, Groeilijn.Education.Edition.Parse("2023-1").Value).Ok);
    }

    public void Dispose() => _office.Dispose();

    string To => Path.Combine(_office.Folder, "site");

    [Fact]
    public void What_the_office_released_is_published()
    {
        var publication = Site.Publish(_office.Home.At("outgoing", "public"), To);
        Assert.Null(publication.Refusal);
        Assert.Equal((2, 11), (publication.Tables, publication.Files));
        var page = new HtmlParser().ParseDocument(File.ReadAllText(Path.Combine(To, "en", "2023-1", "growth.html")));
        Assert.Contains(page.QuerySelectorAll("tbody tr"), row => row.TextContent.EndsWith("2.0", StringComparison.Ordinal));
        Assert.Contains(page.QuerySelectorAll("td.hidden"), cell => cell.TextContent == "Not shown: fewer than 3 schools");
        Assert.NotEmpty(page.QuerySelectorAll("main figure svg"));
    }

    [Fact]
    public void No_school_of_the_office_stands_in_any_byte_of_the_site()
    {
        Site.Publish(_office.Home.At("outgoing", "public"), To);
        foreach (var file in Directory.EnumerateFiles(To, "*", SearchOption.AllDirectories))
            Assert.DoesNotMatch("99XX", Encoding.UTF8.GetString(File.ReadAllBytes(file)));
    }

    [Fact]
    public void A_copy_of_the_folder_needs_the_records_beside_it()
    {
        var copy = Path.Combine(_office.Folder, "copy");
        Directory.CreateDirectory(Path.Combine(copy, "2023-1"));
        foreach (var file in Directory.GetFiles(_office.Home.At("outgoing", "public", "2023-1"))) File.Copy(file, Path.Combine(copy, "2023-1", Path.GetFileName(file)));
        Assert.Equal("no-releases", Site.Publish(copy, To).Refusal?.Code);
        File.Copy(_office.Home.At("gate", "releases.jsonl"), Path.Combine(copy, "releases.jsonl"));
        Assert.Null(Site.Publish(copy, To).Refusal);
    }
}
