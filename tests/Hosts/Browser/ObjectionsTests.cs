using Groeilijn.Delivery;
using Groeilijn.Hosts.School;
using Groeilijn.School;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>At the counter: a parent stands there and wants it done.</summary>
public sealed class ObjectionsTests(Chromium chromium)
{
    [Theory]
    [InlineData("nl"), InlineData("en")]
    public async Task Every_page_in_every_state_is_accessible_and_fits(string language)
    {
        await using var desk = await InformDesk.Start(new(2025, 2, 11));
        var page = await desk.Visit(chromium, "/objections", language);
        await Judge.Look(page, $"objections-{language}-empty");
        await page.GotoAsync($"/{language}/objections/list");
        await Judge.Look(page, $"objections-{language}-list-empty");
        desk.Import();
        await page.GotoAsync($"/{language}/objections");
        await Judge.Look(page, $"objections-{language}-counter");
        await page.Locator("#Q").PressAsync("Enter");
        Assert.Equal(1, await page.Locator(".error-summary li").CountAsync());
        await Judge.Look(page, $"objections-{language}-error");
        await Search(page, "qqqq");
        await Judge.Look(page, $"objections-{language}-nobody");
        await Search(page, "voorbeeld");
        await Judge.Look(page, $"objections-{language}-found");
        await page.Locator("td button").First.ClickAsync();
        await Judge.Look(page, $"objections-{language}-recorded");
        await page.Locator("main .buttons a").First.ClickAsync();
        await Judge.Look(page, $"objections-{language}-confirmation");
        var person = Objections.All(desk.Home)[0].Person;
        await page.GotoAsync($"/{language}/objections/pupil/{person}");
        await Judge.Look(page, $"objections-{language}-pupil");
        await page.GotoAsync($"/{language}/objections/import");
        await Judge.Look(page, $"objections-{language}-import");
        await page.Locator("main form button").ClickAsync();
        await Judge.Look(page, $"objections-{language}-import-error");
        await page.Locator("#List").SetInputFilesAsync(new FilePayload { Name = "bezwaren.csv", MimeType = "text/csv", Buffer = "leerling_key;datum\nL1006;2025-02-10\nL9999;2025-02-10\n"u8.ToArray() });
        await page.Locator("main form button").ClickAsync();
        await Judge.Look(page, $"objections-{language}-list");
    }

    [Fact]
    public async Task Three_actions_from_the_counter_to_the_confirmation_and_no_name_in_an_address_or_a_log()
    {
        await using var desk = await InformDesk.Ready();
        var page = await desk.Visit(chromium, "/objections", script: false);
        var addresses = new List<string>();
        var titles = new List<string>();
        page.Request += (_, request) => addresses.Add(request.Url);
        Assert.Equal("Q", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.TypeAsync("sanne");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#found").WaitForAsync();
        titles.Add(await page.TitleAsync());
        await page.Locator("td button").ClickAsync();
        titles.Add(await page.TitleAsync());
        Assert.Equal("Bezwaar vastgelegd", await Judge.Heading(page));
        Assert.Contains("Sanne", await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        await Judge.Follow(page, "Bevestiging afdrukken");
        titles.Add(await page.TitleAsync());
        Assert.Contains("Sanne", await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        Assert.True(Assert.Single(Objections.All(desk.Home)).Holds);
        Assert.All(addresses.Concat(titles).Concat(desk.Log), text => Assert.DoesNotContain("sanne", text, StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(desk.Log);
    }

    [Fact]
    public async Task What_was_recorded_by_mistake_is_undone_by_one_button()
    {
        await using var desk = await InformDesk.Ready();
        var page = await desk.Visit(chromium, "/objections", script: false);
        await Search(page, "sanne");
        await page.Locator("td button").ClickAsync();
        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" }).ClickAsync();
        Assert.Empty(Objections.All(desk.Home));
        Assert.Contains("Er is geen bezwaar vastgelegd", await page.GetByRole(AriaRole.Status).TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_parent_objects_and_takes_back_alone_and_taking_back_is_undone()
    {
        await using var desk = await InformDesk.Ready();
        var person = Objections.Find(desk.Home, "sanne").Pupils[0].Person;
        var page = await desk.Visit(chromium, $"/objections/pupil/{person}", script: false);
        foreach (var (parent, day) in new[] { ("parent-1", "2025-02-20"), ("parent-2", "2025-02-21") })
        {
            await page.Locator("#By").SelectOptionAsync(parent);
            await page.Locator("#Asked").FillAsync(day);
            await Judge.Press(page, "Bezwaar vastleggen");
            await page.GotoAsync($"/nl/objections/pupil/{person}");
        }
        await page.Locator("tr", new() { HasText = "ouder 1" }).GetByRole(AriaRole.Button, new() { Name = "Deze ouder trekt het in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" })).ToBeVisibleAsync();
        Assert.Equal([Objector.Parent2], Objections.All(desk.Home).Where(o => o.Holds).Select(o => o.By));
        await Judge.Look(await desk.Visit(chromium, $"/objections/pupil/{person}"), "objections-nl-pupil-parents"); // axe needs script
        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" }).ClickAsync();
        await Assertions.Expect(page.Locator("tr", new() { HasText = "ouder 1" }).GetByRole(AriaRole.Button, new() { Name = "Deze ouder trekt het in" })).ToBeVisibleAsync();
        Assert.Equal([(Objector.Parent1, new DateOnly(2025, 2, 20)), (Objector.Parent2, new DateOnly(2025, 2, 21))], Objections.All(desk.Home).Where(o => o.Holds).Select(o => (o.By, o.Since)).Order());
        await page.Locator("#Asked").FillAsync("2026-01-01");
        await Judge.Press(page, "Bezwaar vastleggen");
        Assert.Contains("in de toekomst", await page.Locator(".error-summary").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_left_is_found_by_the_whole_key_and_what_was_sent_is_passed_on()
    {
        await using var desk = await InformDesk.Ready();
        using var round = IdentityKey.Generate();
        Assert.True(Approvals.RecordAgreement(desk.Home, "voorzitter", new(2025, 1, 15), InformDesk.Edition.SchoolYear, InformDesk.Edition.SchoolYear).Ok);
        Assert.True(Approvals.Approve(desk.Home, InformDesk.Edition, Preview.Make(desk.Home, InformDesk.Edition, new(2025, 3, 1)).Value!.Sha256, "A. Directeur").Ok);
        Assert.True(Seal.Deliver(desk.Home, InformDesk.Edition, round.Recipient).Ok);
        var page = await desk.Visit(chromium, "/objections", script: false);
        await Search(page, "L1001");
        await page.Locator("td button").ClickAsync();
        Assert.Contains("in levering 2025-1", await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains("wacht op de sleutel van het bureau", await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        await Judge.Look(await desk.Visit(chromium, new Uri(page.Url).AbsolutePath[3..]), "objections-nl-recorded-sent");
    }

    [Fact]
    public async Task A_list_says_which_lines_it_did_not_find_and_is_undone_as_a_whole()
    {
        await using var desk = await InformDesk.Ready();
        var page = await desk.Visit(chromium, "/objections/import", script: false);
        await page.Locator("#List").SetInputFilesAsync(new FilePayload { Name = "x.csv", MimeType = "text/csv", Buffer = "naam;reden\nSanne;geen zin\n"u8.ToArray() });
        await Judge.Press(page, "Lijst inlezen");
        Assert.Contains("geen lijst van bezwaren", await page.Locator(".error-summary").TextContentAsync(), StringComparison.Ordinal);
        await page.Locator("#List").SetInputFilesAsync(new FilePayload { Name = "x.csv", MimeType = "text/csv", Buffer = "leerling_key;datum\nL1006;2025-02-10\nL9999;\n"u8.ToArray() });
        await Judge.Press(page, "Lijst inlezen");
        Assert.Contains("Leerling niet gevonden: regel 3", await page.GetByRole(AriaRole.Status).TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(2, Objections.All(desk.Home).Count);
        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" }).ClickAsync();
        Assert.Empty(Objections.All(desk.Home));
    }

    static async Task Search(IPage page, string text)
    {
        await page.Locator("#Q").FillAsync(text);
        await page.Locator("#Q").PressAsync("Enter");
        await page.Locator("#found").WaitForAsync();
    }
}
