using Groeilijn.School;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>What to do first, at which pupil, and the list for who keeps the pupil tracking system.</summary>
public sealed class CheckTests(Chromium chromium)
{
    [Fact]
    public async Task The_check_is_accessible_empty_filled_and_in_order()
    {
        await using var desk = await SchoolDesk.Start();
        var page = await desk.Visit(chromium);
        await page.GotoAsync("/nl/check");
        await Looked.At(page, "check-empty");
        desk.Import(Spoiled);
        await page.GotoAsync("/nl/check");
        await Looked.At(page, "check");
        await Looked.InEnglish(page, "check");
        await page.GotoAsync("/nl/");
        await Looked.At(page, "start-check");
    }

    [Fact]
    public async Task From_a_point_one_comes_to_its_pupils_and_to_the_pupil()
    {
        await using var desk = await SchoolDesk.Start();
        desk.Import(Spoiled);
        var page = await desk.Visit(chromium, script: false);
        await page.GotoAsync("/nl/check");
        await page.GetByRole(AriaRole.Link, new() { Name = "bekijk alle" }).First.ClickAsync();
        Assert.EndsWith("/nl/check/O01", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("Zoek een leerling").FillAsync("VERZ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Zoeken" }).ClickAsync();
        Assert.DoesNotContain("VERZ", page.Url, StringComparison.OrdinalIgnoreCase);
        await page.Locator("tbody th a").First.ClickAsync();
        Assert.Matches("/nl/pupil/[0-9]+$", page.Url);
        Assert.Equal("Leerling – Groeilijn voor scholen", await page.TitleAsync());
    }

    [Fact]
    public async Task The_pupil_pages_and_the_list_of_a_rule_are_accessible()
    {
        await using var desk = await SchoolDesk.Start();
        desk.Import(Spoiled);
        var page = await desk.Visit(chromium);
        await page.GotoAsync("/nl/check/O01");
        await Looked.At(page, "check-rule");
        await Looked.InEnglish(page, "check-rule");
        await page.GotoAsync("/nl/pupil/1");
        await Looked.At(page, "pupil");
        await Looked.InEnglish(page, "pupil");
        Assert.Equal(404, (await page.GotoAsync("/nl/pupil/9999"))!.Status);
        Assert.Equal(404, (await page.GotoAsync("/nl/pupil/Jansen"))!.Status);
    }

    [Fact]
    public async Task A_pupil_who_goes_along_and_one_whose_parent_objected_say_so()
    {
        await using var desk = await SchoolDesk.Start();
        desk.Import();
        desk.Inform();
        Assert.True(Objections.Record(desk.Home, "L1003").Ok);
        var person = Objections.All(desk.Home)[0].Person;
        var page = await desk.Visit(chromium);
        await page.GotoAsync($"/nl/pupil/{person}");
        await Looked.At(page, "pupil-objected");
        Assert.Contains("Gaat niet mee", await page.Locator(".utrecht-alert").TextContentAsync(), StringComparison.Ordinal);
        await page.GotoAsync($"/nl/pupil/{(person == 1 ? 2 : 1)}");
        await Looked.At(page, "pupil-along");
        Assert.Contains("Gaat mee", await page.Locator(".utrecht-alert").TextContentAsync(), StringComparison.Ordinal);
        await page.GotoAsync("/nl/check");
        await Looked.At(page, "check-informed");
        await page.GotoAsync("/nl/");
        await Looked.At(page, "start-informed");
    }

    [Theory]
    [InlineData("/nl/")]
    [InlineData("/nl/check")]
    [InlineData("/nl/check/O01")]
    [InlineData("/en/pupil/1")]
    [InlineData("/en/import")]
    public async Task Every_link_leads_to_a_page(string path)
    {
        await using var desk = await SchoolDesk.Start();
        desk.Import(Spoiled);
        var page = await desk.Visit(chromium, script: false);
        await page.GotoAsync(path);
        var links = await page.Locator("main a[href^='/']").EvaluateAllAsync<string[]>("all => all.map(a => a.getAttribute('href'))");
        Assert.True(links.Length > 2);
        foreach (var link in links.Distinct().Where(link => !link.Contains("handler=", StringComparison.Ordinal)))
            Assert.True((await page.GotoAsync(link))!.Ok, link);
    }

    [Fact]
    public async Task The_list_for_the_administrator_is_saved_and_names_nobody()
    {
        await using var desk = await SchoolDesk.Start();
        desk.Import(Spoiled);
        var page = await desk.Visit(chromium, script: false);
        await page.GotoAsync("/nl/check");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Lijst voor de beheerder" }).ClickAsync());
        Assert.Equal("verbeterlijst.csv", download.SuggestedFilename);
        var csv = await File.ReadAllTextAsync((await download.PathAsync())!);
        Assert.Contains("P10", csv, StringComparison.Ordinal);
        Assert.DoesNotMatch("Verzonnen|Bedacht", csv);
    }

    /// <summary>One pupil without a birth date and one whose number fails its test.</summary>
    static string Spoiled(string edexml)
    {
        var first = edexml.IndexOf("<geboortedatum>", StringComparison.Ordinal);
        var text = edexml.Remove(first, edexml.IndexOf("</geboortedatum>", StringComparison.Ordinal) + "</geboortedatum>".Length - first);
        var number = text.LastIndexOf("<bsn>", StringComparison.Ordinal) + "<bsn>".Length;
        return text[..(number + 8)] + (char)('0' + (text[number + 8] - '0' + 1) % 10) + text[(number + 9)..];
    }
}
