using Groeilijn.Education;
using Groeilijn.Hosts.Machine;
using Groeilijn.School;
using Groeilijn.School.Pages;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>The school's program on the desk of its administrator: a home on a clock that stands still, its site, and who comes in through the browser.</summary>
sealed class SchoolDesk : IAsyncDisposable
{
    /// <summary>Two weeks before the last day to deliver.</summary>
    public static readonly DateOnly Day = new(2025, 2, 21);

    readonly string _folder;
    readonly Door _door;
    readonly WebApplication _site;

    SchoolDesk(string folder, Door door, WebApplication site) => (_folder, _door, _site) = (folder, door, site);

    public SchoolHome Home => _door.Home!;

    public static async Task<SchoolDesk> Start(bool enrolled = true, DateOnly? day = null)
    {
        var folder = Directory.CreateTempSubdirectory("groeilijn-desk-").FullName;
        var (home, clock) = (Path.Combine(folder, "home"), new DayClock(day ?? Day));
        if (enrolled) Enrolment.Make(home, new SchoolProfile(SchoolLocation.Parse("99XX00").Value, "De Verzonnen Linde"), clock);
        var door = new Door(home, clock);
        var site = SchoolSite.Build(door, new SiteOptions { Name = new("Groeilijn voor scholen", "Groeilijn for schools"), Pages = typeof(SchoolSite).Assembly, Clock = clock });
        await site.StartAsync();
        return new SchoolDesk(folder, door, site);
    }

    /// <summary>A visitor who came in at the start page.</summary>
    public async Task<IPage> Visit(Chromium chromium, string language = "nl", bool script = true, int width = 1100)
    {
        var page = await chromium.Page(SiteHost.Address(_site), new(Script: script, Width: width));
        await page.GotoAsync(_site.Services.GetRequiredService<Launch>().Address(SiteHost.Address(_site), language));
        return page;
    }

    /// <summary>Imports the invented export of samples/school, changed where a test wants it.</summary>
    public ImportOutcome Import(Func<string, string>? pupils = null)
    {
        var outcome = Groeilijn.School.Import.Run(Home, [.. Samples("edexml.xml", "uwlr.xml", "adressen.csv").Select(path => pupils is not null && path.EndsWith("edexml.xml", StringComparison.Ordinal)
            ? ImportFile.OfBytes("edexml.xml", System.Text.Encoding.UTF8.GetBytes(pupils(File.ReadAllText(path)))) : ImportFile.OfPath(path))]);
        Assert.True(outcome.Stored);
        return outcome;
    }

    /// <summary>The letter went to all parents; their time is over.</summary>
    public void Inform()
    {
        Assert.True(LetterDetails.Keep(Home, LetterDetails.TryRead(File.ReadAllBytes(Samples("brief.json")[0]))!).Ok);
        Assert.True(Groeilijn.School.Inform.Send(Home, Day.AddDays(-16), Day.AddDays(-1)).Ok);
    }

    /// <summary>Files of samples/school.</summary>
    public static string[] Samples(params string[] names) => [.. names.Select(Checkout.Sample)];

    /// <summary>A file of samples/tables.</summary>
    public static string Table(string name) => Path.Combine(Checkout.Root, "samples", "tables", name);

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _door.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    sealed class DayClock(DateOnly day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(day, new TimeOnly(9, 0), TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}

/// <summary>What every page of the school must be, in the state in which it is: accessible and no wider than a telephone, in both languages; and its picture.</summary>
static class Looked
{
    public static async Task At(IPage page, string shot)
    {
        await Chromium.Shot(page, shot);
        await Chromium.Axe(page);
        var english = page.Url.Replace("/nl/", "/en/", StringComparison.Ordinal);
        if (english == page.Url) return;
        await page.SetViewportSizeAsync(320, 800);
        await Chromium.Fits(page);
        await Chromium.Shot(page, shot + "-320");
        await page.SetViewportSizeAsync(1100, 900);
    }

    /// <summary>The same in English.</summary>
    public static async Task InEnglish(IPage page, string shot)
    {
        await page.GotoAsync(page.Url.Replace("/nl/", "/en/", StringComparison.Ordinal));
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
        await Chromium.Shot(page, shot + "-en");
        await Chromium.Axe(page);
    }
}
