using Groeilijn.School;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>From the first start to an imported export, with the keyboard of an administrator and no script at all.</summary>
public sealed class ImportTests(Chromium chromium)
{
    [Fact]
    public async Task A_folder_without_a_home_begins_with_the_school()
    {
        await using var desk = await SchoolDesk.Start(enrolled: false);
        var page = await desk.Visit(chromium, script: false);
        Assert.EndsWith("/nl/enrol", page.Url, StringComparison.Ordinal);
        await page.GotoAsync("/nl/check");
        Assert.EndsWith("/nl/enrol", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "School inschrijven" }).ClickAsync();
        Assert.Equal(2, await page.Locator(".error-summary li").CountAsync());
        await page.GetByLabel("Schoolcode").FillAsync("99xx");
        await page.GetByLabel("Naam van de school").FillAsync("De Verzonnen Linde");
        await page.GetByRole(AriaRole.Button, new() { Name = "School inschrijven" }).ClickAsync();
        Assert.Equal("99XX00", desk.Home.Profile.Location.Code);
        Assert.Equal(Groeilijn.Delivery.SigningKey.Aloud(desk.Home.Signing.Fingerprint), await page.Locator(".utrecht-alert code").TextContentAsync());
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "enrolment.json opslaan" }).ClickAsync());
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(desk.Home.Folder, "enrolment.json")), await File.ReadAllTextAsync((await download.PathAsync())!));
        await page.GetByRole(AriaRole.Link, new() { Name = "Verder: de export inlezen" }).ClickAsync();
        Assert.EndsWith("/nl/import", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_pages_are_accessible_empty_with_errors_and_done()
    {
        await using var desk = await SchoolDesk.Start(enrolled: false);
        var page = await desk.Visit(chromium);
        await Looked.At(page, "enrol");
        await Looked.InEnglish(page, "enrol");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enrol the school" }).ClickAsync();
        await Looked.At(page, "enrol-errors");
        await page.GetByLabel("School code").FillAsync("99XX00");
        await page.GetByLabel("Name of the school").FillAsync("De Verzonnen Linde");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enrol the school" }).ClickAsync();
        await page.GotoAsync("/nl/enrol");
        await Looked.At(page, "enrolled");
        await page.GotoAsync("/nl/");
        await Looked.At(page, "start-new");
        await Looked.InEnglish(page, "start-new");
    }

    [Fact]
    public async Task Clean_files_are_imported_with_three_actions_and_without_script()
    {
        await using var desk = await SchoolDesk.Start();
        var page = await desk.Visit(chromium, script: false);
        await page.GetByRole(AriaRole.Link, new() { Name = "Naar stap 1: Inlezen" }).ClickAsync();
        await page.GetByLabel("Bestanden van uw export").SetInputFilesAsync(SchoolDesk.Samples("edexml.xml", "uwlr.xml", "adressen.csv"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Inlezen", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/nl/import/result");
        Assert.Contains("12 leerlingen met 64 resultaten", await page.Locator(".lead").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(3, await page.Locator("tbody tr").CountAsync());
        Assert.DoesNotContain("P05", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_import_pages_are_accessible_empty_filled_and_refused()
    {
        await using var desk = await SchoolDesk.Start();
        var page = await desk.Visit(chromium);
        await page.GotoAsync("/nl/import");
        await Looked.At(page, "import-empty");
        await Looked.InEnglish(page, "import-empty");
        await page.GotoAsync("/nl/import");
        await page.GetByRole(AriaRole.Button, new() { Name = "Inlezen", Exact = true }).ClickAsync();
        Assert.Equal("error-summary", await page.EvaluateAsync<string>("document.activeElement.classList.contains('error-summary') ? 'error-summary' : document.activeElement.outerHTML"));
        await Looked.At(page, "import-errors");
        await Import(page, [.. SchoolDesk.Samples("edexml.xml", "uwlr.xml", "adressen.csv")]);
        await Looked.At(page, "import-result");
        await Looked.InEnglish(page, "import-result");
        await page.GotoAsync("/nl/import");
        await Looked.At(page, "import-filled");
        await Import(page, SchoolDesk.Samples("bezwaren.csv", "uwlr.xml"));
        Assert.Equal("Er is niets ingelezen", await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync());
        await Looked.At(page, "import-refused");
        await Looked.InEnglish(page, "import-refused");
        await page.GotoAsync("/nl/");
        await Looked.At(page, "start-filled");
    }

    [Fact]
    public async Task An_unknown_table_is_mapped_once_and_the_same_upload_goes_on()
    {
        await using var desk = await SchoolDesk.Start();
        var page = await desk.Visit(chromium, script: false);
        await page.GotoAsync("/nl/import");
        await Import(page, [SchoolDesk.Table("systeem-a-leerlingen.csv"), SchoolDesk.Table("systeem-b-resultaten.csv")], "**/nl/import/columns/1");
        foreach (var unread in new[] { "Etniciteit", "Telefoon ouder 1", "IQ" }) Assert.False(await page.GetByLabel(unread, new() { Exact = true }).IsVisibleAsync());
        await page.GetByLabel("Naam voor deze tabel").FillAsync("systeem A");
        await Confirm(page, "**/nl/import/columns/2");
        await Confirm(page, "**/nl/import/result*");
        Assert.Equal("De export is ingelezen", await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync());
        await page.GotoAsync("/nl/import");
        await Import(page, [SchoolDesk.Table("systeem-a-leerlingen.csv"), SchoolDesk.Table("systeem-b-resultaten.csv")], "**/nl/import/result");
    }

    [Fact]
    public async Task What_a_person_must_say_of_a_table_is_asked_at_its_column()
    {
        await using var desk = await SchoolDesk.Start();
        desk.Import();
        var page = await desk.Visit(chromium);
        await page.GotoAsync("/nl/import");
        await Import(page, [.. SchoolDesk.Samples("edexml.xml"), SchoolDesk.Table("systeem-c-breed.txt")], "**/nl/import/columns/2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bevestigen en verder inlezen" }).ClickAsync();
        await page.Locator(".error-summary a").First.ClickAsync();
        Assert.StartsWith("Series", await page.EvaluateAsync<string>("document.activeElement.id"), StringComparison.Ordinal);
        await Looked.At(page, "columns-errors");
        await page.GetByLabel("Toetsserie").SelectOptionAsync("lvs-3");
        await Confirm(page, "**/nl/import/result*");
        await page.GotoAsync("/nl/import/joins");
        await Looked.At(page, "joins");
        await Looked.InEnglish(page, "joins");
        await page.GotoAsync("/nl/import/joins");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Dit is hem of haar.*Yara de Fictief") }).ClickAsync();
        Assert.Equal(9, HandJoins.Waiting(desk.Home).Count);
        await Looked.At(page, "joins-done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" }).ClickAsync();
        Assert.Equal(10, HandJoins.Waiting(desk.Home).Count);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("niet van onze school.*Zoë Onecht") }).ClickAsync();
        Assert.Null(Assert.Single(HandJoins.Decided(desk.Home)).Person);
        await page.GotoAsync("/nl/import/mappings");
        await Looked.At(page, "mappings");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Vergeten.*zonder naam") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ongedaan maken" }).ClickAsync();
        Assert.Equal(1, await page.Locator("tbody tr").CountAsync());
    }

    [Theory]
    [InlineData("systeem-a-leerlingen.csv")]
    [InlineData("systeem-b-resultaten.csv")]
    [InlineData("systeem-d-leerlingen.xlsx")]
    [InlineData("systeem-e-adressen.csv")]
    public async Task The_page_of_the_columns_is_accessible_for_tables_of_many_systems(string table)
    {
        await using var desk = await SchoolDesk.Start();
        desk.Import();
        var page = await desk.Visit(chromium);
        await page.GotoAsync("/nl/import");
        await Import(page, [SchoolDesk.Table(table)], "**/nl/import/columns/1");
        await Looked.At(page, "columns-" + table.Split('-')[1]);
        await Looked.InEnglish(page, "columns-" + table.Split('-')[1]);
    }

    [Fact]
    public async Task The_columns_of_an_upload_that_is_gone_say_so()
    {
        await using var desk = await SchoolDesk.Start();
        var page = await desk.Visit(chromium);
        await page.GotoAsync("/nl/import/columns/1");
        await Looked.At(page, "columns-gone");
        await page.GotoAsync("/nl/import/joins");
        await Looked.At(page, "joins-empty");
        await page.GotoAsync("/nl/import/mappings");
        await Looked.At(page, "mappings-empty");
    }

    [Fact]
    public async Task Nothing_of_an_upload_reaches_the_disk_in_clear()
    {
        await using var desk = await SchoolDesk.Start();
        var page = await desk.Visit(chromium, script: false);
        await page.GotoAsync("/nl/import");
        await Import(page, [SchoolDesk.Table("systeem-a-leerlingen.csv")], "**/nl/import/columns/1");
        await Confirm(page, "**/nl/import/result*");
        foreach (var file in Directory.GetFiles(desk.Home.Folder, "*", SearchOption.AllDirectories))
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var text = new StreamReader(open, System.Text.Encoding.Latin1);
            Assert.DoesNotMatch("der Verzonnen|Bedacht|901001375|0612345678", await text.ReadToEndAsync());
        }
    }

    static async Task Import(IPage page, string[] files, string ends = "**/import/result")
    {
        await page.GetByLabel("Bestanden van uw export").SetInputFilesAsync(files);
        await page.GetByRole(AriaRole.Button, new() { Name = "Inlezen", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(ends);
    }

    static async Task Confirm(IPage page, string ends)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Bevestigen en verder inlezen" }).ClickAsync();
        try { await page.WaitForURLAsync(ends); }
        catch (TimeoutException) { Assert.Fail(page.Url + "\n" + await page.Locator("main").InnerTextAsync()); }
    }
}
