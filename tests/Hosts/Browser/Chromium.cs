using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Groeilijn.Hosts.Browser.Chromium))]
[assembly: Groeilijn.Hosts.Browser.ClosesItsPages]

namespace Groeilijn.Hosts.Browser;

/// <summary>How a visitor comes: with or without script, on a wide or a narrow screen, in which colours.</summary>
public sealed record Visit(bool Script = true, int Width = 1100, int Height = 900, ForcedColors Colors = ForcedColors.None, string Locale = "nl-NL");

/// <summary>Debian's Chromium, driven by Playwright: one for all tests, started when the first asks for a page.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>The headless shell is Chromium without its windows: the same pages for half the work.</summary>
    static readonly string? s_program = Array.Find(["/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium"], File.Exists);

    /// <summary>The shell sets letters on whole pixels unless it is told to set them where a screen of today has them.</summary>
    static readonly string[] s_arguments = ["--font-render-hinting=none", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    static readonly string[] s_tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

    static readonly string s_axe = new BundledAxeScriptProvider().GetScript();

    static readonly ConcurrentDictionary<string, ConcurrentBag<IBrowserContext>> s_visits = [];

    readonly SemaphoreSlim _starting = new(1);
    IPlaywright? _playwright;
    IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }

    /// <summary>A page of a new visitor without cookies, until the test ends. Skips the test where there is no Chromium.</summary>
    public async Task<IPage> Page(string site, Visit? visit = null)
    {
        visit ??= new Visit();
        var context = await (await Started()).NewContextAsync(new()
        {
            BaseURL = site,
            JavaScriptEnabled = visit.Script,
            ViewportSize = new() { Width = visit.Width, Height = visit.Height },
            ForcedColors = visit.Colors,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = visit.Locale,
        });
        s_visits.GetOrAdd(TestContext.Current.Test!.UniqueID, _ => []).Add(context);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        return page;
    }

    async Task<IBrowser> Started()
    {
        if (s_program is null) Assert.Skip("Chromium is not there: apt-get install chromium-headless-shell");
        await _starting.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            if (_browser is not { IsConnected: true }) // one that fell over must not take the tests after it along
                _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = s_program, Args = [.. s_arguments, SiteCertificate.Trust] });
            return _browser;
        }
        finally { _starting.Release(); }
    }

    /// <summary>Closes what a test opened; nobody waits for it.</summary>
    internal static void Leave(string test)
    {
        if (!s_visits.TryRemove(test, out var visits)) return;
        foreach (var visit in visits) _ = visit.CloseAsync();
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

    /// <summary>A picture of the whole page in artifacts/screenshots, for people to look at: when they ask for it (<c>./test --pictures</c>).</summary>
    public static async Task Shot(IPage page, string name, [CallerFilePath] string here = "")
    {
        if (Environment.GetEnvironmentVariable("GROEILIJN_PICTURES") != "1") return;
        await page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(Path.GetDirectoryName(here)!, "../../../artifacts/screenshots", name + ".png") });
    }
}

/// <summary>The pages of a test go when it ends: a page that stands open goes on taking memory.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
sealed class ClosesItsPagesAttribute : Xunit.v3.BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, Xunit.v3.IXunitTest test) => Chromium.Leave(test.UniqueID);
}
