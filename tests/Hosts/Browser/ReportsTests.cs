using Groeilijn.School;

namespace Groeilijn.Hosts.Browser;

/// <summary>Reports, the record of processing, what is kept how long, and the settings.</summary>
public sealed class ReportsTests(Chromium chromium)
{
    const string Hostile = """<!DOCTYPE html><html lang="nl"><head><title>Rapport</title><style>body { color: rgb(1, 2, 3) }</style></head><body><h1>Rapport</h1><script>document.title = "ran"</script><img src="/assets/mark.svg" alt=""><form action="/nl/settings" method="post"><button>Stuur</button></form></body></html>""";

    [Theory]
    [InlineData("nl", 1100)]
    [InlineData("en", 1100)]
    [InlineData("nl", 320)]
    public async Task The_pages_show_themselves_and_break_no_rule_of_accessibility(string language, int width)
    {
        await using var school = await PlayedSchool.Start();
        var page = await school.Visit(chromium, language, new(Width: width, Locale: language == "nl" ? "nl-NL" : "en-GB"));
        await page.GotoAsync($"/{language}/reports");
        await school.Look(page, "reports-empty");
        await page.SetInputFilesAsync("#Files", [school.Report("99XX00-2025-1.nl.html.age", Hostile), school.Report("99XX00-2025-1.en.html.age", Hostile), school.Report("99XX00-2024-2.nl.pdf.age", "%PDF-1.7")]);
        await page.ClickAsync("form[method=post] button");
        await school.Look(page, "reports-filled");
        await page.SetInputFilesAsync("#Files", new Microsoft.Playwright.FilePayload { Name = "ander.age", MimeType = "application/octet-stream", Buffer = [1, 2, 3] });
        await page.ClickAsync("form[enctype] button");
        await school.Look(page, "reports-refused");

        await page.GotoAsync($"/{language}/settings");
        await school.Look(page, "settings");
        await page.FillAsync("#ContactEmail", "geen adres");
        await page.ClickAsync("form[action*=Details] button");
        await school.Look(page, "settings-wrong");
        Assert.Equal("#ContactEmail", await page.GetAttributeAsync(".error-summary a", "href"));
        await page.GotoAsync($"/{language}/processing");
        await school.Look(page, "processing");
        await page.GotoAsync($"/{language}/retention");
        await school.Look(page, "retention-nothing-due");
        await page.Locator("summary").ClickAsync();
        await page.FillAsync("#Pupils", "99");
        await page.ClickAsync("form[action*=Terms] button");
        await school.Look(page, "retention-wrong-term");
        school.GoTo(new DateOnly(2031, 1, 1));
        await page.GotoAsync($"/{language}/retention");
        await page.ClickAsync("form[action*=Erase] button");
        await school.Look(page, "retention-due");
        await page.CheckAsync("#Sure");
        await page.ClickAsync("form[action*=Erase] button");
        await page.WaitForURLAsync("**/retention?erased=*");
        await school.Look(page, "retention-erased");
        Assert.DoesNotContain(Retention.Plan(school.Home), item => item.IsDue);
    }

    [Fact]
    public async Task A_report_shows_its_own_style_and_can_do_nothing_else()
    {
        await using var school = await PlayedSchool.Empty(new(2025, 3, 20));
        var page = await school.Visit(chromium, "nl", new());
        await page.GotoAsync("/nl/reports");
        await page.SetInputFilesAsync("#Files", school.Report("99XX00-2025-1.nl.html.age", Hostile));
        await page.ClickAsync("form[method=post] button");
        var fetched = new List<string>();
        page.Response += (_, response) => fetched.Add(new Uri(response.Url).AbsolutePath);
        await page.Locator("a[aria-label^=Lezen]").ClickAsync();
        Assert.Equal("Rapport", await page.TitleAsync());
        Assert.Equal("rgb(1, 2, 3)", await page.EvaluateAsync<string>("getComputedStyle(document.body).color"));
        Assert.DoesNotContain("/assets/mark.svg", fetched);
        await page.Locator("button").ClickAsync();
        await page.WaitForTimeoutAsync(300);
        Assert.EndsWith(Reports.All(school.Home)[0].Ciphertext, page.Url, StringComparison.Ordinal);
        await page.GoBackAsync();
        var saved = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[aria-label^=Opslaan]").ClickAsync());
        Assert.Equal(Hostile, await File.ReadAllTextAsync(await saved.PathAsync(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Details_and_folder_are_kept_and_the_record_can_be_saved_without_script()
    {
        await using var school = await PlayedSchool.Start();
        var page = await school.Visit(chromium, "nl", new(Script: false));
        await page.GotoAsync("/nl/settings");
        await page.FillAsync("#Contact", "Intern begeleider");
        await page.ClickAsync("form[action*=Details] button");
        Assert.Equal("Intern begeleider", LetterDetails.Of(school.Home).Contact);
        await page.FillAsync("#Folder", school.Drop);
        await page.ClickAsync("form[action*=Folder] button");
        Assert.Equal(school.Drop, OfficeSettings.Of(school.Home).DropFolder);
        await page.GotoAsync("/nl/processing");
        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Opslaan voor het bestuur").ClickAsync());
        Assert.Equal("verwerkingsregister.html", saved.SuggestedFilename);
        Assert.Contains("Oscar Oplettend", await File.ReadAllTextAsync(await saved.PathAsync(), TestContext.Current.CancellationToken));
    }
}
