using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Office;
using Groeilijn.Sites.Accounts;
using Groeilijn.Statistics.Linkage;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>
/// The console from an empty office to a certificate, by two people: one in Dutch with script, one in English without. Every page is looked at by axe, at 1100 and
/// at 320 pixels, and in the other language without script.
/// </summary>
public sealed class OfficeConsoleTests(OfficeBrowser browser) : IClassFixture<OfficeBrowser>
{
    const string Round = "2025-1";
    static readonly string[] s_duties = [OfficeDuties.Custodian, OfficeDuties.Linker, OfficeDuties.KeyHolder, OfficeDuties.Analyst, OfficeDuties.Checker];
    static readonly string[] s_pages = ["/", "/rounds", $"/rounds/{Round}", $"/rounds/{Round}/deliveries", $"/rounds/{Round}/linking", $"/rounds/{Round}/linking/learned", $"/rounds/{Round}/review", $"/rounds/{Round}/destruction", $"/rounds/{Round}/reports", "/schools", "/schools/enrol", "/schools/99XX00", "/withdrawals", "/register", "/cohort", "/ledger", "/views", "/accounts", "/account"];

    [Fact]
    public async Task From_an_empty_office_to_a_certificate_by_two_people()
    {
        var anna = await browser.Join("Anna Eerste", AccountRole.Administrator, s_duties, "nl", script: true);
        var bert = await browser.Join("Bert Tweede", AccountRole.Reader, [OfficeDuties.KeyHolder, OfficeDuties.Linker, OfficeDuties.Checker], "en", script: false, width: 320);

        await anna.GotoAsync("/nl/");
        await Look(anna, "empty-start");
        foreach (var path in new[] { "/rounds", "/register" }) await Visit(anna, "/nl" + path, "empty" + path.Replace('/', '-'));

        await Enrol(anna);
        await Open(anna, bert);
        Fill();
        foreach (var path in s_pages) await Visit(anna, "/nl" + path, "nl" + path.Replace('/', '-').TrimEnd('-'));
        await anna.GotoAsync($"/nl/rounds/{Round}/deliveries?show=missing&sort=-name");
        Assert.Contains("99XX04", await anna.Locator("table").InnerTextAsync(), StringComparison.Ordinal);
        var list = await anna.RunAndWaitForDownloadAsync(() => anna.GetByRole(AriaRole.Link, new() { Name = "Download de lijst (CSV)" }).ClickAsync());
        Assert.Contains("99XX04;De 99XX04;PV26", await File.ReadAllTextAsync((await list.PathAsync())!), StringComparison.Ordinal);
        foreach (var path in new[] { "/", "/rounds", $"/rounds/{Round}", $"/rounds/{Round}/deliveries", $"/rounds/{Round}/linking", $"/rounds/{Round}/linking/learned", $"/rounds/{Round}/review", $"/rounds/{Round}/destruction", "/schools", "/schools/99XX00" })
        {
            await bert.GotoAsync("/en" + path);
            Assert.Equal(1, await bert.Locator("h1").CountAsync());
            await Chromium.Fits(bert);
        }
        await bert.GotoAsync($"/en/rounds/{Round}/linking/learned");
        Assert.Contains("Number + birth date", await bert.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await bert.Locator("svg rect").CountAsync() > 20);
        await Chromium.Shot(bert, "office-en-narrow-learned");
        await bert.GotoAsync("/en/register");
        Assert.Equal("You may not see this page", await bert.Locator("h1").InnerTextAsync());

        await Destroy(anna, bert);
        await Report(anna);
        await LookAtHeld(anna, bert);
        await anna.GotoAsync("/nl/ledger");
        await anna.GetByRole(AriaRole.Button, new() { Name = "Het hele logboek narekenen" }).ClickAsync();
        await anna.GetByText("Het logboek klopt").WaitForAsync();
        await Look(anna, "ledger-verified");
    }

    /// <summary>The reports are made in a process of its own; the page tells counts alone.</summary>
    static async Task Report(IPage page)
    {
        await page.GotoAsync($"/nl/rounds/{Round}/reports");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rapporten maken" }).ClickAsync();
        await page.GetByText("3 van 3 scholen", new() { Exact = true }).WaitForAsync();
        await page.GotoAsync($"/nl/rounds/{Round}/reports");
        await Look(page, "reports-made");
        await page.GetByText("Een nieuwe versie maken").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Nieuwe versie maken" }).ClickAsync();
        Assert.Equal(2, await page.Locator(".nl-field-error, [id$='-error']").CountAsync());
        await Look(page, "reports-error");
    }

    /// <summary>A held report is seen by nobody, until two people entered its board's permission; the look is in the log of views.</summary>
    async Task LookAtHeld(IPage anna, IPage bert)
    {
        browser.Office.Home.Database.Write(t => t.Execute("UPDATE report_states SET state = 'held', findings = 'number: maths|lvs-3|M5-E5|own|n differs from the statistics' WHERE school = '99XX02'"));
        await anna.GotoAsync($"/nl/rounds/{Round}/reports");
        await Look(anna, "reports-held");
        await anna.GetByRole(AriaRole.Link, new() { Name = "99XX02" }).ClickAsync();
        await anna.GetByText("Niemand mag nu kijken").WaitForAsync();
        await Look(anna, "held-no-permission");
        await anna.GotoAsync($"/nl/rounds/{Round}/reports/99XX02/page");
        Assert.EndsWith("/reports/99XX02", anna.Url, StringComparison.Ordinal); // refused
        await anna.GetByRole(AriaRole.Button, new() { Name = "Toestemming vastleggen" }).ClickAsync();
        await anna.Locator(".error-summary").WaitForAsync();
        await Look(anna, "held-error");
        await anna.Locator("#By").FillAsync("M. Bos, bestuurder");
        await anna.GetByRole(AriaRole.Button, new() { Name = "Toestemming vastleggen" }).ClickAsync();
        await anna.GetByText("Een controleur moet instemmen").First.WaitForAsync();
        Assert.Equal(0, await anna.GetByRole(AriaRole.Button, new() { Name = "Ik zag de toestemming ook" }).CountAsync());
        await bert.GotoAsync($"/en/rounds/{Round}/reports/99XX02");
        await Chromium.Fits(bert);
        await bert.GetByRole(AriaRole.Button, new() { Name = "I saw the permission as well: agreed" }).ClickAsync();
        await bert.GetByText("Two people agreed").First.WaitForAsync();
        Assert.Equal(0, await bert.GetByRole(AriaRole.Link, new() { Name = "Look at the report" }).CountAsync()); // he is no analyst
        await anna.GotoAsync($"/nl/rounds/{Round}/reports/99XX02");
        await Look(anna, "held-permitted");
        await anna.GetByRole(AriaRole.Link, new() { Name = "Het rapport bekijken" }).ClickAsync();
        await anna.GetByRole(AriaRole.Heading, new() { Name = "Leergroei op De 99XX02" }).WaitForAsync();
        Assert.Contains(ViewLog.Read(browser.Office.Home, 0, 20), line => line.Page == "/HeldReportShown" && line.Object == $"{Round} 99XX02" && line.Account is not null);
    }

    async Task Enrol(IPage page)
    {
        var enrolment = browser.Office.Enrolment("99XX00");
        Assert.True(SchoolEnrolment.TryRead(enrolment, out var said, out _));
        using var certificate = said.ReadCertificate();
        await page.GotoAsync("/nl/schools/enrol");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder" }).ClickAsync();
        await page.Locator(".error-summary").WaitForAsync();
        await Look(page, "enrol-error");
        await page.Locator("#Enrolment").SetInputFilesAsync(new FilePayload { Name = "enrolment.json", MimeType = "application/json", Buffer = enrolment });
        await page.GetByRole(AriaRole.Button, new() { Name = "Verder" }).ClickAsync();
        await page.Locator("#Province").SelectOptionAsync("PV26");
        await page.Locator("#Heard").FillAsync("zzzz");
        await page.GetByRole(AriaRole.Button, new() { Name = "De vingerafdruk klopt: inschrijven" }).ClickAsync();
        await page.GetByText("Dit is niet het laatste groepje").First.WaitForAsync();
        await Look(page, "enrol-fingerprint");
        await page.Locator("#Heard").FillAsync(SigningKey.FingerprintOf(certificate)[^4..]);
        await page.GetByRole(AriaRole.Button, new() { Name = "De vingerafdruk klopt: inschrijven" }).ClickAsync();
        await page.GetByText("School 99XX00 is ingeschreven").WaitForAsync();
    }

    async Task Open(IPage anna, IPage bert)
    {
        await anna.GotoAsync("/nl/rounds");
        await anna.Locator("#New").FillAsync(Round);
        await anna.Locator("#First").SelectOptionAsync(new SelectOptionValue { Label = "Anna Eerste" });
        await anna.Locator("#Second").SelectOptionAsync(new SelectOptionValue { Label = "Bert Tweede" });
        await anna.GetByRole(AriaRole.Button, new() { Name = "Voorstellen" }).ClickAsync();
        await anna.GetByText("De ronde is voorgesteld").WaitForAsync();
        await anna.GetByRole(AriaRole.Button, new() { Name = "Ik houd een helft van de sleutel" }).ClickAsync();
        await anna.GetByText("U hebt ingestemd").WaitForAsync();
        await Look(anna, "round-proposed");
        Assert.Equal(0, await anna.GetByRole(AriaRole.Button, new() { Name = "Ik houd een helft van de sleutel" }).CountAsync());
        await bert.GotoAsync("/en/");
        await bert.GetByRole(AriaRole.Link, new() { Name = "Agree to the round" }).ClickAsync();
        Assert.Contains("Anna Eerste", await bert.Locator("section.card").InnerTextAsync(), StringComparison.Ordinal);
        await bert.GetByRole(AriaRole.Button, new() { Name = "I hold half of the key" }).ClickAsync();
        await bert.GetByRole(AriaRole.Heading, new() { Name = $"Round {Round}", Exact = true }).WaitForAsync(); // the page refreshes itself without script
    }

    /// <summary>Deliveries as they come; and what linking left of three of them, as counts.</summary>
    void Fill()
    {
        var office = browser.Office;
        foreach (var school in new[] { "99XX01", "99XX02", "99XX03" })
        {
            var files = office.Sealed(school, 5000);
            Assert.True(Intake.Receive(office.Home, files.Manifest, files.Signature, files.Ciphertext).Ok);
        }
        var late = office.Sealed("99XX04", 5000);
        Assert.Null(RoundDays.Close(office.Home, Groeilijn.Education.Edition.Parse(Round).Value));
        Assert.Equal("round-closed", Intake.Receive(office.Home, late.Manifest, late.Signature, late.Ciphertext).Refusal!.Code);
        var (learned, result) = Learned();
        office.Home.Database.Write(t =>
        {
            LinkStore.Keep(t, Groeilijn.Education.Edition.Parse(Round).Value, learned, result, LinkSummary.Of(result), 600);
            t.Execute("INSERT INTO link_reviewed (edition, stratum, pairs, told, judged, one, linked) VALUES (@Round, 'tie', 12, 5900000, 8, 4, 4), (@Round, 'likely below half', 5, 900000, 5, 2, 2)", new { Round });
            t.Execute("UPDATE deliveries SET state = 'linked', records = 200, by_number = 190, by_address = 5, by_probability = 0, by_review = 0, possible = 1, not_found = 3, refused = 1 WHERE school <> '99XX03'");
            t.Execute("UPDATE deliveries SET state = 'linked', records = 200, by_number = 120, by_address = 5, by_probability = 0, by_review = 0, possible = 1, not_found = 73, refused = 1 WHERE school = '99XX03'");
            t.Execute("UPDATE rounds SET state = 'reviewed', linked = @now, review_until = @now, review_ended = @now, review_end = 'judged'", new { now = OfficeHome.Text(office.Home.Now) });
        });
        office.Home.Sequence();
    }

    /// <summary>A linking of invented children, of whom one in ten has moved and one in twenty has no number.</summary>
    static (LearnedModel, LinkageResult) Learned()
    {
        var register = new LinkRegister(OfficeModel.Model);
        var records = register.Records();
        for (var i = 0; i < 600; i++)
        {
            string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
            var (number, born, sex, home) = (Text(123_456_000 + i * 7), new DateOnly(2014, 1, 1).AddDays(i * 37 % 2500).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), i % 2 == 0 ? "m" : "f", $"{1000 + i / 9}AB");
            register.Add([number, born, sex, home, Text(1 + i % 9)]);
            records.Add(i % 20 == 0 ? "" : number, born, sex, i % 10 == 3 ? "9999ZZ" : home, Text(1 + i % 9));
        }
        var learned = register.Learn(records);
        return (learned, register.Link(records, [records.Count], learned));
    }

    static async Task Destroy(IPage anna, IPage bert)
    {
        await anna.GotoAsync($"/nl/rounds/{Round}/destruction");
        await anna.GetByRole(AriaRole.Button, new() { Name = "Ik keur de vernietiging goed" }).ClickAsync();
        await anna.GetByText("U hebt goedgekeurd").WaitForAsync();
        Assert.Equal(0, await anna.GetByRole(AriaRole.Button, new() { Name = "Ik keur ook goed" }).CountAsync());
        await Look(anna, "destruction-first");
        await bert.GotoAsync("/en/");
        await bert.GetByRole(AriaRole.Link, new() { Name = "as the second person" }).ClickAsync();
        Assert.Contains("Approved by Anna Eerste", await bert.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await bert.GetByRole(AriaRole.Button, new() { Name = "I approve as well: destroy now" }).ClickAsync();
        await bert.Locator(".alert-title", new() { HasText = "Destroyed and certified" }).WaitForAsync();
        await anna.GotoAsync($"/nl/rounds/{Round}/destruction");
        await Look(anna, "destruction-certified");
        var certificate = await anna.RunAndWaitForDownloadAsync(() => anna.GetByRole(AriaRole.Link, new() { Name = "Download de verklaring" }).ClickAsync());
        Assert.True(DestructionCertificate.TryRead(await File.ReadAllBytesAsync((await certificate.PathAsync())!), out var read, out _));
        Assert.Equal(["Anna Eerste", "Bert Tweede"], read.Approvers);
    }

    static async Task Visit(IPage page, string path, string name)
    {
        await page.GotoAsync(path);
        await Look(page, name);
    }

    static async Task Look(IPage page, string name)
    {
        await Chromium.Shot(page, "office-" + name);
        await Chromium.Axe(page);
        await page.SetViewportSizeAsync(320, 900);
        await Chromium.Fits(page);
        await page.SetViewportSizeAsync(1100, 900);
    }
}
