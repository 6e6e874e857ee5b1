using Groeilijn.School;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>The pages about the letter to parents and about consent, in every state that a school meets.</summary>
public sealed class InformTests(Chromium chromium)
{
    [Theory]
    [InlineData("nl"), InlineData("en")]
    public async Task Every_page_in_every_state_is_accessible_and_fits(string language)
    {
        await using var desk = await InformDesk.Start(new(2025, 2, 10));
        var page = await desk.Visit(chromium, "/inform", language);
        await Judge.Look(page, $"inform-{language}-empty");
        desk.Import();
        await page.GotoAsync($"/{language}/inform");
        Assert.EndsWith("/inform/details", page.Url, StringComparison.Ordinal);
        await Judge.Look(page, $"inform-{language}-details");
        await page.Locator("main form button").ClickAsync();
        Assert.Equal(4, await page.Locator(".error-summary li").CountAsync());
        await Judge.Look(page, $"inform-{language}-details-errors");
        desk.Details();
        await page.GotoAsync($"/{language}/inform");
        await Judge.Look(page, $"inform-{language}-none");
        await page.Locator("#Until").FillAsync("2025-02-12");
        await page.Locator("button.nl-button--primary").ClickAsync();
        Assert.Equal(1, await page.Locator(".error-summary li").CountAsync());
        await Judge.Look(page, $"inform-{language}-error");
        Assert.True(Inform.Send(desk.Home, new(2025, 2, 10), new(2025, 2, 28), LetterWay.Email, Readers.YearGroups("3", "4")).Ok);
        await page.GotoAsync($"/{language}/inform");
        await Judge.Look(page, $"inform-{language}-some");
        Assert.True(Inform.Send(desk.Home, new(2025, 2, 10), new(2025, 3, 3)).Ok);
        await page.GotoAsync($"/{language}/inform");
        await Judge.Look(page, $"inform-{language}-runs");
        desk.GoTo(new(2025, 3, 4));
        await page.GotoAsync($"/{language}/inform");
        await Judge.Look(page, $"inform-{language}-over");
        await page.GotoAsync($"/{language}/inform/letter/nl?sent=2025-02-10&until=2025-03-03");
        await Judge.Look(page, $"inform-{language}-letter-nl");
        await page.GotoAsync($"/{language}/inform/letters/1/en");
        await Judge.Look(page, $"inform-{language}-letter-was");
    }

    [Fact]
    public async Task From_nothing_to_an_informed_school_without_script_in_twelve_actions()
    {
        await using var desk = await InformDesk.Start(new(2025, 2, 10));
        desk.Import();
        var page = await desk.Visit(chromium, "/inform", script: false);
        foreach (var (field, text) in new[] { ("Board", "Stichting De Verzonnen Scholen"), ("BoardAddress", "Verzonnenlaan 1, 1234 AB Verzonnendam"), ("Contact", "de administratie"), ("ContactEmail", "school@verzonnen.example"), ("ContactPhone", "010 000 00 00"), ("Officer", "Oscar Oplettend"), ("OfficerEmail", "privacy@verzonnen.example") })
            await page.Locator("#" + field).FillAsync(text);
        await Judge.Press(page, "Opslaan en naar de brief");
        await Judge.Press(page, "Brief bekijken en afdrukken");
        Assert.Contains("3 maart 2025", await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        await Judge.Follow(page, "Terug, en vastleggen");
        Assert.Equal("2025-02-10", await page.Locator("#Sent").InputValueAsync());
        await Judge.Press(page, "Vastleggen: de brief is verstuurd");
        Assert.Contains("Vastgelegd: de ouders van 12 leerlingen", await page.GetByRole(AriaRole.Status).TextContentAsync(), StringComparison.Ordinal);
        Assert.All(Informed.StatusOf(desk.Home), s => Assert.Equal((InformedState.PeriodRuns, new DateOnly(2025, 3, 3)), (s.State, s.Until!.Value)));

        await page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" }).ClickAsync();
        Assert.All(Informed.StatusOf(desk.Home), s => Assert.Equal(InformedState.NotInformed, s.State));
        Assert.Equal("Ongedaan gemaakt", (await page.Locator("table .nl-data-badge").TextContentAsync())!.Trim());
    }

    [Fact]
    public async Task Parents_of_new_pupils_get_a_letter_of_their_own()
    {
        await using var desk = await InformDesk.Start(new(2025, 2, 10));
        desk.Import();
        desk.Details();
        Assert.True(Inform.Send(desk.Home, new(2025, 2, 10), new(2025, 2, 28), readers: Readers.YearGroups("3")).Ok);
        var before = Informed.StatusOf(desk.Home).Count(s => s.State == InformedState.NotInformed);
        Assert.InRange(before, 1, 11);
        var page = await desk.Visit(chromium, "/inform", script: false);
        Assert.True(await page.GetByLabel("de ouders die nog geen brief hadden").IsCheckedAsync());
        await Judge.Press(page, "Vastleggen: de brief is verstuurd");
        Assert.Contains($"de ouders van {before} leerlingen", await page.GetByRole(AriaRole.Status).TextContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(Informed.StatusOf(desk.Home), s => s.State == InformedState.NotInformed);
    }

    [Fact]
    public async Task The_letter_on_the_screen_prints_on_two_sides()
    {
        await using var desk = await InformDesk.Ready();
        var page = await desk.Visit(chromium, "/inform/letter/nl?sent=2025-03-03&until=2025-03-24");
        var pdf = await page.PdfAsync(new() { PreferCSSPageSize = true });
        var pages = System.Text.Encoding.Latin1.GetString(pdf).Split("/Type /Page\n").Length - 1;
        Assert.InRange(pages, 1, 2);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Chromium.Shot(page, "inform-letter-print");
        Assert.False(await page.Locator("nav.row").IsVisibleAsync());
    }

    [Fact]
    public async Task With_the_basic_set_there_is_no_consent_to_ask()
    {
        await using var desk = await InformDesk.Ready();
        foreach (var language in new[] { "nl", "en" })
        {
            var page = await desk.Visit(chromium, "/consent", language);
            await Judge.Look(page, $"consent-{language}-none");
            Assert.Equal(0, await page.Locator("table").CountAsync());
        }
    }

    [Fact]
    public async Task A_yes_is_recorded_and_taken_back_pupil_by_pupil()
    {
        await using var desk = await InformDesk.Ready();
        desk.UseAllergies();
        var person = Informed.StatusOf(desk.Home)[0].Person;
        var page = await desk.Visit(chromium, "/consent", script: true);
        await Judge.Look(page, "consent-nl-list");
        await page.GotoAsync($"/en/consent/{person}");
        await page.GotoAsync($"/nl/consent/{person}");
        await Judge.Press(page, "Toestemming vastleggen");
        Assert.Contains("geen brief over deze gegevens", await page.Locator(".error-summary").TextContentAsync(), StringComparison.Ordinal);
        await Judge.Look(page, "consent-nl-error");
        Assert.True(Inform.Send(desk.Home, new(2025, 3, 3), new(2025, 3, 24)).Ok);
        await Judge.Press(page, "Toestemming vastleggen");
        Assert.Single(Consent.All(desk.Home), c => c.Person == person && c.Withdrawn is null);
        await Judge.Look(page, "consent-nl-given");
        await Judge.Press(page, "De ouder trekt dit in");
        Assert.DoesNotContain(Consent.All(desk.Home), c => c.Withdrawn is null);
        await page.GotoAsync("/en/consent");
        await Judge.Look(page, "consent-en-list");
    }
}
