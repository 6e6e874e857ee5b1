using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>Every part of a page is for everybody: by ear, by keyboard, on a telephone, enlarged, without script, on paper.</summary>
public sealed class GalleryTests(Chromium chromium)
{
    [Fact]
    public async Task The_search_for_broken_rules_finds_one()
    {
        var page = await chromium.Page("http://127.0.0.1/");
        await page.SetContentAsync("<html lang=\"nl\"><head><title>x</title></head><body><main><h1>x</h1><img src=\"x.png\"></main></body></html>");
        Assert.Contains("image-alt", (await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Chromium.Axe(page))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public async Task No_part_breaks_a_rule_of_accessibility(string language)
    {
        await using var site = await GallerySite.Start();
        var page = await chromium.Page(site.Address);
        await page.GotoAsync($"/{language}/onderdelen");
        await Chromium.Shot(page, $"gallery-{language}");
        await Chromium.Axe(page);
        await Chromium.Fits(page);
    }

    [Fact]
    public async Task A_form_with_errors_says_so_at_the_top_and_at_each_field()
    {
        await using var site = await GallerySite.Start();
        var page = await chromium.Page(site.Address, new(Script: false));
        await page.GotoAsync("/nl/onderdelen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Opslaan" }).ClickAsync();
        Assert.StartsWith("Fout: ", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.True(await page.Locator(".error-summary").EvaluateAsync<bool>("e => e === document.activeElement"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Vul de sleutel van de leerling in." }).ClickAsync();
        Assert.Equal("Key", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("Zoals hij in de export staat. Fout: Vul de sleutel van de leerling in.", await page.EvaluateAsync<string>("document.getElementById('Key').getAttribute('aria-describedby').split(' ').map(i => document.getElementById(i).textContent).join(' ')"));
    }

    [Fact]
    public async Task The_page_with_errors_breaks_no_rule_of_accessibility()
    {
        await using var site = await GallerySite.Start();
        var page = await chromium.Page(site.Address);
        await page.GotoAsync("/nl/onderdelen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Opslaan" }).ClickAsync();
        await page.Locator(".error-summary").WaitForAsync();
        await Chromium.Shot(page, "gallery-errors");
        Assert.Equal(["Vul de sleutel van de leerling in.", "Kies wie de brief krijgt.", "Bekijk eerst wat er weggaat."], await page.Locator(".error-summary li").AllTextContentsAsync());
        await Chromium.Axe(page);
    }

    [Fact]
    public async Task On_a_screen_of_320_pixels_everything_fits_and_can_be_touched()
    {
        await using var site = await GallerySite.Start();
        var page = await chromium.Page(site.Address, new(Width: 320, Height: 640));
        await page.GotoAsync("/nl/onderdelen");
        await Chromium.Shot(page, "gallery-320");
        await Chromium.Fits(page);
        await Chromium.Axe(page);
    }

    [Fact]
    public async Task With_the_colours_of_the_visitor_everything_stays_visible()
    {
        await using var site = await GallerySite.Start();
        var page = await chromium.Page(site.Address, new(Colors: ForcedColors.Active));
        await page.GotoAsync("/nl/onderdelen");
        await Chromium.Shot(page, "gallery-forced-colors");
        await Chromium.Axe(page);
    }

    [Fact]
    public async Task On_paper_there_are_no_buttons_and_no_links_of_the_screen()
    {
        await using var site = await GallerySite.Start();
        var page = await chromium.Page(site.Address);
        await page.GotoAsync("/nl/onderdelen");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Chromium.Shot(page, "gallery-print");
        Assert.False(await page.GetByRole(AriaRole.Button, new() { Name = "Opslaan" }).IsVisibleAsync());
        Assert.False(await page.GetByText("English").IsVisibleAsync());
        Assert.True(await page.GetByText("Alleen om de leerling te koppelen.").IsVisibleAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_print_button_is_there_only_with_script(bool script)
    {
        await using var site = await GallerySite.Start();
        var page = await chromium.Page(site.Address, new(Script: script));
        await page.GotoAsync("/nl/onderdelen");
        Assert.Equal(script, await page.GetByRole(AriaRole.Button, new() { Name = "Afdrukken" }).IsVisibleAsync());
    }

    [Fact]
    public async Task By_keyboard_alone_the_first_stop_skips_to_the_content()
    {
        await using var site = await GallerySite.Start();
        var page = await chromium.Page(site.Address);
        await page.GotoAsync("/nl/onderdelen");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Ga direct naar de inhoud", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await Chromium.Shot(page, "gallery-skip");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('main').contains(document.activeElement)"));
    }

    [Fact]
    public async Task What_was_done_is_said_once_and_can_be_undone()
    {
        await using var site = await GallerySite.Start();
        var page = await chromium.Page(site.Address, new(Script: false));
        await page.GotoAsync("/nl/onderdelen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Alles wissen" }).ClickAsync();
        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" }).ClickAsync();
        Assert.Contains("Het is teruggezet.", await page.GetByRole(AriaRole.Status).TextContentAsync(), StringComparison.Ordinal);
        await page.ReloadAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Status).CountAsync());
    }
}
