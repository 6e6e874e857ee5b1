using System.Text;
using Groeilijn.Hosts.School;
using Groeilijn.School;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>
/// From the start page to the office's receipt, as an administrator with clean files does it the very first time: every click, typed field and
/// choice of files is counted.
/// </summary>
public sealed class WholePathTests(Chromium chromium)
{
    const int Most = 25;
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
        await Choose(page, [.. SealedSchool.Files.Select(Clean)]);
        await Press(page, "form[enctype] button");
        await page.WaitForURLAsync($"**/{language}/import/result");
        await Follow(page, "/inform"); // nothing to put right, so that is where the page leads
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
        school.PutReceipt();
        await Press(page, "form[action*='handler=Fetch'] button");
        await page.WaitForLoadStateAsync();
        Assert.NotNull(Sent.All(school.Home).Single().Receipt);

        Assert.InRange(_actions, 1, Most);
        // What is typed once stays: the letter's details, the office's fingerprint and the board's agreement.
        var once = s_details.Length + 1 + 2 + 3;
        TestContext.Current.SendDiagnosticMessage("{0} actions the first time, {1} after that", _actions, _actions - once);
    }

    static readonly (string Field, string Text)[] s_details =
    [
        ("Board", "Stichting De Verzonnen Linde"), ("BoardAddress", "Bedachtlaan 1, 1234 AB Nergenshuizen"), ("ContactEmail", "administratie@linde.example"),
        ("OfficerEmail", "fg@linde.example"),
    ];

    /// <summary>The samples have one child without a number; here it has one.</summary>
    static FilePayload Clean(string path) => new()
    {
        Name = Path.GetFileName(path),
        MimeType = "application/octet-stream",
        Buffer = Encoding.UTF8.GetBytes(File.ReadAllText(path).Replace("<groep key=\"g56\"/>\n      <postcodenl>", "<groep key=\"g56\"/>\n      <bsn>900000144</bsn>\n      <postcodenl>", StringComparison.Ordinal)),
    };

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
