using Groeilijn.Sites.Work;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>Long work is followed on its page, with script and without, and ends where its result is.</summary>
public sealed class JobTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_page_follows_the_work_and_ends_at_the_result(bool script)
    {
        await using var site = await GallerySite.Start();
        var page = await Started(site, script);
        await page.GetByText("Regels gelezen: 100.").WaitForAsync();
        site.Work.Next();
        await page.GetByText("Regels gelezen: 200.").WaitForAsync();
        Assert.Equal("50", await page.Locator("progress").GetAttributeAsync("value") ?? "");
        if (script) { await Chromium.Shot(page, "job"); await Chromium.Axe(page); }
        site.Work.Next();
        await page.WaitForURLAsync("**/onderdelen?klaar=1");
    }

    [Fact]
    public async Task Who_leaves_finds_the_work_again_and_a_second_start_leads_to_the_same()
    {
        await using var site = await GallerySite.Start();
        var page = await Started(site, script: false);
        var address = page.Url;
        await page.GotoAsync("/nl/onderdelen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lang werk beginnen" }).ClickAsync();
        Assert.Equal(address, page.Url);
    }

    [Fact]
    public async Task Work_that_is_stopped_says_so_and_leads_back()
    {
        await using var site = await GallerySite.Start();
        var page = await Started(site, script: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stoppen" }).ClickAsync();
        await page.GetByText("U hebt dit gestopt.").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Terug" }).ClickAsync();
        await page.WaitForURLAsync("**/nl/onderdelen");
    }

    [Fact]
    public async Task Work_that_is_refused_says_what_is_wrong_and_what_to_do()
    {
        await using var site = await GallerySite.Start();
        site.Work.End = () => JobEnd.Refused(new("Dit bestand is leeg.", "This file is empty."), new("Maak de export opnieuw.", "Make the export again."));
        var page = await Ended(site);
        Assert.True(await page.GetByText("Dit bestand is leeg.").IsVisibleAsync());
        Assert.True(await page.GetByText("Maak de export opnieuw.").IsVisibleAsync());
    }

    [Fact]
    public async Task Work_that_breaks_gives_a_number_and_no_words_of_the_fault()
    {
        await using var site = await GallerySite.Start();
        site.Work.End = () => throw new InvalidDataException("value 900000119");
        var page = await Ended(site);
        await Chromium.Shot(page, "job-failed");
        Assert.DoesNotContain("900000119", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.Contains(site.Log, line => line.Contains("fault ", StringComparison.Ordinal) && line.Contains("InvalidDataException", StringComparison.Ordinal));
        Assert.DoesNotContain(site.Log, line => line.Contains("900000119", StringComparison.Ordinal));
    }

    async Task<IPage> Started(GallerySite site, bool script)
    {
        var page = await chromium.Page(site.Address, new(Script: script));
        await page.GotoAsync("/nl/onderdelen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lang werk beginnen" }).ClickAsync();
        await page.GetByText("Stoppen").WaitForAsync();
        return page;
    }

    async Task<IPage> Ended(GallerySite site)
    {
        var page = await Started(site, script: true);
        site.Work.Next();
        site.Work.Next();
        await page.GetByRole(AriaRole.Link, new() { Name = "Terug" }).WaitForAsync();
        return page;
    }
}
