using System.Runtime.CompilerServices;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>The tests that look through a browser: one browser for many, started when the first asks for a page.</summary>
[CollectionDefinition(nameof(Chromium))]
public sealed class BrowserTests : ICollectionFixture<Chromium>;

/// <summary>The other half of them, in a browser of their own: a page waits more than it works, so that two go on beside each other.</summary>
[CollectionDefinition(nameof(SecondChromium))]
public sealed class SecondChromium : ICollectionFixture<Chromium>;

/// <summary>How a visitor comes: with or without script, on a wide or a narrow screen, in which colours.</summary>
public sealed record Visit(bool Script = true, int Width = 1100, int Height = 900, ForcedColors Colors = ForcedColors.None, string Locale = "nl-NL");

/// <summary>Debian's Chromium, driven by Playwright.</summary>
public sealed class Chromium : IAsyncLifetime
{
    const string Program = "/usr/bin/chromium";

    static readonly string[] s_arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    static readonly string[] s_tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

    static readonly string s_axe = new BundledAxeScriptProvider().GetScript();

    IPlaywright? _playwright;
    IBrowser? _browser;

    /// <summary>Whether there is a Chromium on this machine.</summary>
    internal static bool IsHere => File.Exists(Program);

    public async ValueTask InitializeAsync()
    {
        if (!IsHere) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await Launch(_playwright);
    }

    internal static Task<IBrowser> Launch(IPlaywright playwright, params string[] more) => playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = [.. s_arguments, .. more] });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page of a new visitor without cookies. Skips the test where there is no Chromium.</summary>
    public async Task<IPage> Page(string site, Visit? visit = null)
    {
        if (_browser is { IsConnected: false }) _browser = await Launch(_playwright!); // one that fell over must not take the tests after it along
        return await Page(_browser, site, visit ?? new Visit());
    }

    internal static async Task<IPage> Page(IBrowser? browser, string site, Visit visit)
    {
        if (browser is null) Assert.Skip($"{Program} is not there: apt-get install chromium");
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = site,
            JavaScriptEnabled = visit.Script,
            ViewportSize = new() { Width = visit.Width, Height = visit.Height },
            ForcedColors = visit.Colors,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = visit.Locale,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        return page;
    }

    /// <summary>Every rule of WCAG up to 2.2 AA and every best practice holds for what the page shows now.</summary>
    public static async Task Axe(IPage page)
    {
        if (page.Frames.Count > 1) await AxeOfFrames(page);
        else
        {
            // One page in one go: a third of the time that the way with frames takes.
            await page.EvaluateAsync(s_axe);
            var found = await page.EvaluateAsync<Axed>("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(r => ({ wrong: r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html)), passes: r.passes.length }))", s_tags);
            Assert.Empty(found.Wrong);
            Assert.True(found.Passes > 15, "axe looked at next to nothing");
        }
    }

    static async Task AxeOfFrames(IPage page)
    {
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = [.. s_tags] } });
        Assert.Empty(found.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {n.Html}")));
        Assert.True(found.Passes.Length > 15, "axe looked at next to nothing");
    }

    sealed class Axed
    {
        public string[] Wrong { get; set; } = [];

        public int Passes { get; set; }
    }

    /// <summary>Nothing sticks out: the page is no wider than the window.</summary>
    public static async Task Fits(IPage page) =>
        Assert.Equal(await page.EvaluateAsync<int>("document.documentElement.clientWidth"), await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

    /// <summary>A picture of the whole page in artifacts/screenshots, for people to look at.</summary>
    public static async Task Shot(IPage page, string name, [CallerFilePath] string here = "") =>
        await page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(Path.GetDirectoryName(here)!, "../../../artifacts/screenshots", name + ".png") });
}
