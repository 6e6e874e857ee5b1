using System.Text;
using Groeilijn.Hosts.Browser;
using Groeilijn.Hosts.Machine;
using Groeilijn.School;
using Groeilijn.Web;

namespace Groeilijn.Hosts.ReportPages;

/// <summary>The summary for a board as its readers meet it: three invented schools, and one whose report was not opened.</summary>
public sealed class BoardPageTests(Chromium chromium) : IDisposable
{
    readonly InventedReport _report = new();
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-board-look-").FullName;

    public void Dispose()
    {
        _report.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    BlockDocument Document(bool dutch)
    {
        var forms = _report.Forms().ToDictionary(form => form.Name["99XX00-2025-2".Length..], form => Encoding.UTF8.GetString(form.Content));
        return BoardSummary.Document(dutch, "2025-2", [Opened("99AA00", "De Akker"), Opened("99BB00", "Basisschool De Lange Verzonnen Naam aan de Waterkant"), Opened("99CC00", "De Cirkel"), new("99DD00", null, null, null)]);

        // The invented report under another code and name.
        OpenedReport Opened(string code, string name) => new(code, Read(".nl.html", "nl", code, name), Read(".en.html", "en", code, name), forms[".csv"]);

        ReadReport? Read(string ending, string language, string code, string name) =>
            ReadReport.From(forms[ending].Replace("99XX00", code, StringComparison.Ordinal).Replace(_report.Head.Name, name, StringComparison.Ordinal), "2025-2", language);
    }

    [Theory]
    [InlineData("nl", 1280, "laptop")]
    [InlineData("en", 1280, "laptop")]
    [InlineData("nl", 360, "phone")]
    [InlineData("nl", 320, "400-percent")]
    public async Task The_page_breaks_no_rule_and_fits(string language, int width, string name)
    {
        File.WriteAllText(Path.Combine(_folder, "bestuur.html"), BlockPage.Render(Document(language == "nl"), null));
        var page = await chromium.Page("file://" + _folder, new(Width: width));
        await page.GotoAsync($"file://{_folder}/bestuur.html");
        await Chromium.Axe(page);
        await Chromium.Fits(page);
        await Chromium.Shot(page, $"board-{language}-{name}");
        Assert.Equal(3, await page.Locator("table tbody tr").Filter(new() { HasText = "De Akker" }).CountAsync());
        Assert.Equal(3, await page.Locator("figure.chart").CountAsync());
        Assert.Equal(0, await page.Locator("script").CountAsync());
    }

    [Fact]
    public void It_is_printed_tagged_and_the_same_each_time()
    {
        using var printer = PdfPrinter.Find();
        Needs.That(printer is not null, "Typst is not here (setup/typst.sh)");
        var print = printer!.Print(Document(dutch: true));
        Assert.Equal(print, printer.Print(Document(dutch: true)));
        Assert.True(print.AsSpan().StartsWith("%PDF-"u8));
    }
}
