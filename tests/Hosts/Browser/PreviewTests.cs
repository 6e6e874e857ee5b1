using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.School;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>What leaves the school is seen before it leaves, and what is seen is what is sealed.</summary>
public sealed class PreviewTests(Chromium chromium)
{
    [Theory]
    [InlineData("nl"), InlineData("en")]
    public async Task Every_page_in_every_state_is_accessible_and_fits(string language)
    {
        await using var desk = await InformDesk.Start(new(2025, 2, 11));
        var page = await desk.Visit(chromium, "/preview", language);
        await Judge.Look(page, $"preview-{language}-empty");
        desk.Import();
        await page.GotoAsync($"/{language}/preview");
        await Judge.Look(page, $"preview-{language}-none");
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(1, await page.Locator(".error-summary li").CountAsync());
        await Judge.Look(page, $"preview-{language}-refused");
        desk.Details();
        Assert.True(Inform.Send(desk.Home, new(2025, 2, 11), new(2025, 2, 25), readers: Readers.YearGroups("3", "4", "5", "6")).Ok);
        Assert.True(Objections.Record(desk.Home, "L1003").Ok);
        desk.GoTo(new(2025, 3, 3));
        await page.GotoAsync($"/{language}/preview");
        await page.Locator("main form button").ClickAsync();
        await page.Locator("#behind").WaitForAsync();
        await Judge.Look(page, $"preview-{language}-made");
        await page.Locator("main .buttons a").Nth(1).ClickAsync();
        await Judge.Look(page, $"preview-{language}-pupils");
        await page.Locator("tbody th a").First.ClickAsync();
        await Judge.Look(page, $"preview-{language}-pupil");
    }

    [Fact]
    public async Task One_button_makes_it_and_the_code_on_the_screen_is_that_of_the_file()
    {
        await using var desk = await InformDesk.Ready();
        var page = await desk.Visit(chromium, "/preview", script: false);
        await Judge.Press(page, "Voorbeeld maken");
        Assert.Contains("edition=2025-1", page.Url, StringComparison.Ordinal);
        await page.GetByText("Voor wie het met een ander programma wil nakijken").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => Judge.Follow(page, "Het bestand dat wordt verzegeld (JSON-regels)"));
        Assert.Equal("99XX00-2025-1.jsonl", download.SuggestedFilename);
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync());
        Assert.Equal(Preview.Payload(desk.Home, InformDesk.Edition), bytes);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(bytes)), await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("/nl/send", await page.GetByRole(AriaRole.Link, new() { Name = "Verder: goedkeuren en versturen" }).GetAttributeAsync("href"));
    }

    [Fact]
    public async Task A_pupil_is_found_by_name_and_every_field_stands_there_with_its_reason()
    {
        await using var desk = await InformDesk.Ready();
        Assert.True(Preview.Make(desk.Home, InformDesk.Edition, new(2025, 3, 1)).Ok);
        var page = await desk.Visit(chromium, "/preview/pupils?edition=2025-1", script: false);
        await page.Locator("#Q").FillAsync("sanne");
        await page.Locator("#Q").PressAsync("Enter");
        Assert.Equal(1, await page.Locator("tbody tr").CountAsync());
        Assert.DoesNotContain("sanne", page.Url, StringComparison.OrdinalIgnoreCase);
        await page.Locator("tbody th a").ClickAsync();
        var model = Preview.Model(desk.Home, InformDesk.Edition)!;
        var pupil = model.Pupils.Single(p => p.Called.Contains("Sanne", StringComparison.Ordinal));
        Assert.Equal(pupil.Values.Select(v => (v.Field.Words("nl"), v.Value, v.Field.Reason("nl"))), await Rows(page.Locator("table").First));
        Assert.Equal(pupil.Results.Count, await page.Locator("table").Nth(1).Locator("tbody tr").CountAsync());
        Assert.Equal(0, await page.GetByText("Sanne").CountAsync() - 1); // the name stands in the lead and nowhere else
    }

    [Fact]
    public async Task An_objection_makes_the_preview_lapse_and_the_page_says_what_to_do()
    {
        await using var desk = await InformDesk.Ready();
        Assert.True(Preview.Make(desk.Home, InformDesk.Edition, new(2025, 3, 1)).Ok);
        Assert.True(Objections.Record(desk.Home, "L1001").Ok);
        var page = await desk.Visit(chromium, "/preview/pupils?edition=2025-1", script: false);
        Assert.EndsWith("/nl/preview", page.Url, StringComparison.Ordinal);
        await Judge.Press(page, "Voorbeeld maken");
        Assert.Equal("11", await page.Locator(".fact dd").First.TextContentAsync());
    }

    [Fact]
    public async Task What_differs_from_the_delivery_before_is_told()
    {
        await using var desk = await InformDesk.Ready();
        using var round = IdentityKey.Generate();
        Assert.True(Approvals.RecordAgreement(desk.Home, "voorzitter", new(2025, 1, 15), InformDesk.Edition.SchoolYear, InformDesk.Edition.SchoolYear).Ok);
        Assert.True(Approvals.Approve(desk.Home, InformDesk.Edition, Preview.Make(desk.Home, InformDesk.Edition, new(2025, 3, 1)).Value!.Sha256, "A. Directeur").Ok);
        Assert.True(Seal.Deliver(desk.Home, InformDesk.Edition, round.Recipient).Ok);
        Assert.True(Objections.Record(desk.Home, "L1001").Ok);
        var page = await desk.Visit(chromium, "/preview?edition=2025-2");
        await Judge.Press(page, "Voorbeeld maken");
        await page.Locator("#changes").WaitForAsync();
        Assert.Contains("1 niet meer mee", await page.Locator(".facts").First.TextContentAsync(), StringComparison.Ordinal);
        await Judge.Look(page, "preview-nl-changes");
    }

    static async Task<IEnumerable<(string, string, string)>> Rows(ILocator table)
    {
        var rows = new List<(string, string, string)>();
        foreach (var row in await table.Locator("tbody tr").AllAsync())
        {
            var cells = await row.Locator("th, td").AllTextContentsAsync();
            rows.Add((cells[0], cells[1], cells[2]));
        }
        return rows;
    }
}
