using Groeilijn.Education;
using Groeilijn.School;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>The school's start page in a browser.</summary>
public sealed class SchoolStartTests(Chromium chromium) : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("school").FullName;
    SchoolHome _home = null!;
    WebApplication _site = null!;

    public async ValueTask InitializeAsync()
    {
        _home = SchoolHome.Open(_folder, new SchoolProfile(SchoolLocation.Parse("99XX00").Value, "De Linde"), TimeProvider.System);
        _site = SchoolSite.Build(_home, SchoolSite.Options(_home));
        await _site.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _home.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("nl", 1100)]
    [InlineData("en", 1100)]
    [InlineData("nl", 320)]
    public async Task The_start_page_breaks_no_rule_of_accessibility_and_fits(string language, int width)
    {
        var page = await chromium.Page(SiteHost.Address(_site), new(Width: width));
        await page.GotoAsync(Launch(language));
        Assert.Equal(7, await page.Locator(".step-list > li").CountAsync());
        await Chromium.Shot(page, $"school-{language}-{width}");
        await Chromium.Axe(page);
        await Chromium.Fits(page);
    }

    [Fact]
    public async Task The_same_page_in_the_other_language_is_one_link_away()
    {
        var page = await chromium.Page(SiteHost.Address(_site), new(Script: false));
        await page.GotoAsync(Launch("nl"));
        await page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        Assert.EndsWith("/en/", page.Url, StringComparison.Ordinal);
        Assert.Equal("From export to report", await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync());
    }

    [Fact]
    public async Task Who_has_no_session_is_told_to_open_the_program_again()
    {
        var page = await chromium.Page(SiteHost.Address(_site));
        await page.GotoAsync("/nl/");
        await Chromium.Shot(page, "open-again");
        await Chromium.Axe(page);
        Assert.Equal("Open het programma opnieuw", await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync());
    }

    string Launch(string language) => _site.Services.GetRequiredService<Launch>().Address(SiteHost.Address(_site), language);
}
