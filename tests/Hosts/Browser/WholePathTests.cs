using Groeilijn.Hosts.School;
using Groeilijn.School;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>From the start page to the office's receipt, as an administrator does it: every click, typed field and choice of files is counted.</summary>
[Collection(nameof(Chromium))]
public sealed class WholePathTests(Chromium chromium)
{
    const int Most = 25, MostTheFirstTime = 35;
    int _actions;

    [Theory]
    [InlineData("nl", true)]
    [InlineData("en", true)]
    [InlineData("nl", false)]
    [InlineData("en", false)]
    public async Task From_export_to_receipt(string language, bool script)
    {
        await using var school = await PlayedSchool.Empty(new(2025, 2, 11));
        var page = await school.Visit(chromium, language, new(Script: script, Locale: language == "nl" ? "nl-NL" : "en-GB"));

        await Follow(page, "/import");
        await Choose(page, [.. SealedSchool.Files.Select(Payload)]);
        await Press(page, "form[enctype] button");
        await page.WaitForURLAsync($"**/{language}/import/result");
        await Follow(page, "/check");
        await Follow(page, "/inform");
        if (page.Url.EndsWith("/inform", StringComparison.Ordinal) && await page.Locator("#Board").CountAsync() == 0) await Follow(page, "/inform/details");
        foreach (var (field, text) in s_details) await Fill(page, "#" + field, text);
        await Press(page, "main form:has(#Board) button");
        await page.WaitForURLAsync($"**/{language}/inform");
        await Press(page, "form[action$='/inform'] button:not([formaction])");
        Assert.All(Informed.StatusOf(school.Home), one => Assert.Equal(InformedState.PeriodRuns, one.State));

        school.GoTo(new(2025, 3, 20)); // the parents had their time
        await page.GotoAsync($"/{language}/");
        await Follow(page, "/preview");
        await Press(page, "form[action$='/preview'] button");
        var link = page.Locator("main a[href$='/send']").First;
        await link.WaitForAsync();
        await Follow(page, "/send");
        if (await page.Locator("#Files").CountAsync() == 0) await Follow(page, "/send/office");
        await Choose(page, school.NoticeFiles());
        await Press(page, "form[action*='/send/office'] button");
        await Fill(page, "#Heard", school.LastGroup);
        await Press(page, "form[action*='handler=Confirm'] button");
        await Fill(page, "#Signer", "voorzitter");
        await Fill(page, "#Signed", "2025-01-15");
        await Press(page, "form[action*='/send/agreement'] button");
        if (await page.Locator("#Approver").CountAsync() == 0) await page.GotoAsync($"/{language}/send");
        await Fill(page, "#Approver", "directeur");
        await Press(page, "form[action*='handler=Approve'] button");
        await Fill(page, "#Folder", school.Drop);
        await Press(page, "form[action*='handler=Send'] button");
        await page.WaitForURLAsync("**/send/delivery/2025-1/1");
        Assert.Equal(3, Directory.GetFiles(school.Drop).Length);

        await page.GotoAsync($"/{language}/send");
        if (await page.Locator("#Files").CountAsync() > 0 && !await page.Locator("#Files").First.IsVisibleAsync()) await page.Locator("details:has(#Files) summary").First.ClickAsync();
        await Choose(page, school.ReceiptFiles());
        await Press(page, "form[action*='/send/office'] button");
        await page.WaitForLoadStateAsync();
        Assert.NotNull(Sent.All(school.Home).Single().Receipt);

        // What is typed once stays: the letter's details, the office's fingerprint and the board's agreement.
        var once = s_details.Length + 1 + 2 + 3;
        Assert.InRange(_actions, 1, MostTheFirstTime);
        Assert.InRange(_actions - once, 1, Most);
        TestContext.Current.SendDiagnosticMessage("{0} actions the first time, {1} after that", _actions, _actions - once);
    }

    static readonly (string Field, string Text)[] s_details =
    [
        ("Board", "Stichting De Verzonnen Linde"), ("BoardAddress", "Bedachtlaan 1, 1234 AB Nergenshuizen"), ("Contact", "de administratie"), ("ContactEmail", "administratie@linde.example"),
        ("ContactPhone", "012 345 67 89"), ("Officer", "A. Bedacht"), ("OfficerEmail", "fg@linde.example"),
    ];

    static FilePayload Payload(string path) => new() { Name = Path.GetFileName(path), MimeType = "application/octet-stream", Buffer = File.ReadAllBytes(path) };

    async Task Follow(IPage page, string to)
    {
        _actions++;
        var language = new Uri(page.Url).AbsolutePath[1..3];
        await page.Locator($"a[href$='/{language}{to}']").First.ClickAsync();
        await page.WaitForURLAsync($"**/{language}{to}**");
    }

    async Task Press(IPage page, string button)
    {
        _actions++;
        await page.Locator(button).First.ClickAsync();
        await page.WaitForLoadStateAsync();
    }

    Task Fill(IPage page, string field, string text)
    {
        _actions++;
        return page.FillAsync(field, text);
    }

    Task Choose(IPage page, FilePayload[] files)
    {
        _actions++;
        return page.Locator("#Files").First.SetInputFilesAsync(files);
    }
}
