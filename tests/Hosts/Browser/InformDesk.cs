using System.Text;
using Groeilijn.Cli.Demo;
using Groeilijn.Education;
using Groeilijn.Hosts.Machine;
using Groeilijn.Hosts.School;
using Groeilijn.School;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>A school of the samples with its pages: as far as a test wants it, on the day a test wants, and every line of its log.</summary>
sealed class InformDesk : IAsyncDisposable
{
    public static readonly Edition Edition = Edition.Parse("2025-1").Value;
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-pages-").FullName;
    readonly DemoClock _clock = new();
    readonly WebApplication _site;

    InformDesk(DateOnly day, Func<SiteOptions, SiteOptions>? with)
    {
        _clock.GoTo(day);
        Home = SchoolHome.Open(Path.Combine(_folder, "home"), new SchoolProfile(SchoolLocation.Parse("99XX00").Value, "De Verzonnen Linde"), _clock);
        var options = SchoolSite.Options(Home) with { Log = Log.Enqueue };
        _site = SchoolSite.Build(Home, with is null ? options : with(options));
    }

    public SchoolHome Home { get; }

    public System.Collections.Concurrent.ConcurrentQueue<string> Log { get; } = [];

    /// <summary>The school on a day, empty.</summary>
    public static async Task<InformDesk> Start(DateOnly day)
    {
        var desk = new InformDesk(day, null);
        await desk._site.StartAsync();
        return desk;
    }

    /// <summary>Twelve pupils, the details for the letter, and a letter whose period is over.</summary>
    public static async Task<InformDesk> Ready()
    {
        var desk = await Start(new(2025, 2, 11));
        desk.Import();
        desk.Details();
        Assert.True(Inform.Send(desk.Home, new(2025, 2, 11), new(2025, 3, 1)).Ok);
        desk.GoTo(new(2025, 3, 3));
        return desk;
    }

    public void GoTo(DateOnly day) => _clock.GoTo(day);

    public void Import() => Assert.True(Groeilijn.School.Import.Run(Home, SealedSchool.Files).Stored);

    public void Details() => Assert.True(LetterDetails.Keep(Home, LetterDetails.TryRead(File.ReadAllBytes(Checkout.Sample("brief.json")))!).Ok);

    /// <summary>A set that does not exist, with an allergy: a special category.</summary>
    public void UseAllergies()
    {
        var file = System.Text.Json.Nodes.JsonNode.Parse(FieldSets.Shipped["nco-basis/1"].Json)!.AsObject();
        file["version"] = 2;
        file["fields"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse("""
            { "name": "allergy", "part": "person", "purpose": "result", "since": 2, "category": "health",
              "nl": { "word": "allergie", "letter": "een allergie", "reason": "Verzonnen reden." }, "en": { "word": "allergy", "letter": "an allergy", "reason": "Invented reason." } }
            """));
        FieldSets.Use(Home, FieldSet.Read(Encoding.UTF8.GetBytes(file.ToJsonString())));
    }

    /// <summary>A visitor who came in, on a page.</summary>
    public async Task<IPage> Visit(Chromium chromium, string path, string language = "nl", bool script = true)
    {
        var page = await chromium.Page(SiteHost.Address(_site), new(Script: script));
        await page.GotoAsync(_site.Services.GetRequiredService<Launch>().Address(SiteHost.Address(_site), language));
        await page.GotoAsync($"/{language}{path}");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Home.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What every page must be in the state it is in: accessible, no wider than a telephone; and its picture.</summary>
static class Judge
{
    public static async Task Look(IPage page, string shot)
    {
        await Chromium.Shot(page, shot);
        await Chromium.Axe(page);
        await page.SetViewportSizeAsync(320, 800);
        await Chromium.Fits(page);
        await Chromium.Shot(page, shot + "-320");
        await page.SetViewportSizeAsync(1100, 900);
    }

    public static Task<string?> Heading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync();

    public static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public static Task Follow(IPage page, string link) => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();
}
