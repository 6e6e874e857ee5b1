using Groeilijn.School;

namespace Groeilijn.Hosts.Browser;

/// <summary>A parent at the counter asks what was sent: found in seconds, one page, nothing of the child in an address or a title.</summary>
public sealed class InzageTests(Chromium chromium)
{
    [Theory]
    [InlineData("nl", 1100)]
    [InlineData("en", 1100)]
    [InlineData("nl", 320)]
    public async Task The_pages_show_themselves_and_break_no_rule_of_accessibility(string language, int width)
    {
        await using var school = await PlayedSchool.Start();
        await school.Deliver();
        var page = await school.Visit(chromium, language, new(Width: width, Locale: language == "nl" ? "nl-NL" : "en-GB"));
        await page.GotoAsync($"/{language}/inzage");
        await school.Look(page, "inzage-find");
        await Search(page, "a");
        await school.Look(page, "inzage-too-short");
        await Search(page, "qqqq");
        await school.Look(page, "inzage-nobody");
        await Search(page, "2015");
        await Search(page, "L1");
        await school.Look(page, "inzage-found");
        await Search(page, "L1002");
        await school.Look(page, "inzage-answer");
        Assert.Matches($"/{language}/inzage/[0-9]+$", page.Url);
        if (width > 1000) await page.PdfAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "../../../screenshots", $"inzage-{language}.pdf"), Format = "A4" });
    }

    [Fact]
    public async Task Without_script_a_child_is_found_and_its_name_is_in_no_address_and_no_title()
    {
        await using var school = await PlayedSchool.Start();
        await school.Deliver();
        var page = await school.Visit(chromium, "nl", new(Script: false));
        await page.GotoAsync("/nl/inzage");
        var called = Objections.Find(school.Home, "L1002").Pupils[0].Called;
        await Search(page, called);
        Assert.Contains(called, await page.TextContentAsync("main"));
        Assert.DoesNotContain(called, page.Url + await page.TitleAsync(), StringComparison.OrdinalIgnoreCase);
        await page.ClickAsync("main .buttons a");
        Assert.Contains("What we sent about your child", await page.TextContentAsync("h1"));
    }

    static async Task Search(Microsoft.Playwright.IPage page, string text)
    {
        if (!await page.Locator("#Wanted").IsVisibleAsync()) await page.GoBackAsync();
        await page.FillAsync("#Wanted", text);
        await page.ClickAsync("form[role=search] button");
    }
}
