using Groeilijn.School;
using Microsoft.Playwright;

namespace Groeilijn.Hosts.Browser;

/// <summary>From the office's notice to its receipt, through the pages: in both languages, narrow and wide, with and without script.</summary>
public sealed class SendTests(Chromium chromium)
{
    int _actions;

    [Theory]
    [InlineData("nl", 1100)]
    [InlineData("en", 1100)]
    [InlineData("nl", 320)]
    public async Task Every_step_shows_itself_and_breaks_no_rule_of_accessibility(string language, int width)
    {
        await using var school = await PlayedSchool.Start();
        var page = await school.Visit(chromium, language, new(Width: width, Locale: language == "nl" ? "nl-NL" : "en-GB"));
        await page.GotoAsync($"/{language}/send");
        await school.Look(page, "send-1-office");
        await Press(page, "/send/office");
        await school.Look(page, "send-1-office-nothing-chosen");
        await page.SetInputFilesAsync("#Files", school.NoticeFiles()[0]);
        await Press(page, "/send/office");
        Assert.Contains(".p7s", await page.TextContentAsync(".error-summary"));
        await school.Look(page, "send-1-office-signature-missing");
        await page.SetInputFilesAsync("#Files", school.NoticeFiles());
        await Press(page, "/send/office");
        Assert.DoesNotContain(school.LastGroup, await page.TextContentAsync("main")); // it is heard, not read
        await school.Look(page, "send-1-office-confirm");
        await page.FillAsync("#Heard", "zzzz");
        await Press(page, "handler=Confirm");
        await school.Look(page, "send-1-office-other-fingerprint");
        await page.FillAsync("#Heard", school.LastGroup);
        await Press(page, "handler=Confirm");

        await school.Look(page, "send-2-agreement");
        await Press(page, "/send/agreement");
        await school.Look(page, "send-2-agreement-empty");
        await page.FillAsync("#Signer", "voorzitter van het bestuur");
        await page.FillAsync("#Signed", "2025-01-15");
        await Press(page, "/send/agreement");

        await school.Look(page, "send-3-preview");
        school.MakePreview();
        await page.GotoAsync($"/{language}/send");
        await Press(page, "handler=Approve");
        await school.Look(page, "send-4-approval-empty");
        await page.FillAsync("#Approver", "directeur");
        await Press(page, "handler=Approve");

        await page.FillAsync("#Folder", "/is/er/niet");
        await Press(page, "handler=Send");
        await school.Look(page, "send-5-folder-not-there");
        await page.FillAsync("#Folder", school.Drop);
        await Press(page, "handler=Send");
        await page.WaitForURLAsync("**/send/delivery/2025-1/1");
        await school.Look(page, "send-6-sent");
        Assert.Equal(3, Directory.GetFiles(school.Drop).Length);

        await page.GotoAsync($"/{language}/send");
        await school.Look(page, "send-6-receipt");
        await page.Locator("details summary").First.ClickAsync();
        await page.SetInputFilesAsync("#Files", school.ReceiptFiles());
        await Press(page, "/send/office");
        await school.Look(page, "send-7-receipt-taken-in");
        await page.GotoAsync($"/{language}/send/office");
        await page.SetInputFilesAsync("#Files", school.AnswerFiles("linked"));
        await Press(page, "/send/office");
        await school.Look(page, "send-7-done");
        await page.GotoAsync($"/{language}/send/delivery/2025-1/1");
        await school.Look(page, "send-7-delivery");
        await page.GotoAsync($"/{language}/send/office");
        await school.Look(page, "send-8-office-known");
        await page.GotoAsync($"/{language}/send/agreement");
        await school.Look(page, "send-8-agreement-known");
    }

    [Fact]
    public async Task Without_script_the_way_from_notice_to_receipt_takes_few_actions()
    {
        await using var school = await PlayedSchool.Start();
        var page = await school.Visit(chromium, "nl", new(Script: false));
        await page.GotoAsync("/nl/send");
        await Choose(page, school.NoticeFiles());
        await Press(page, "/send/office");
        await Fill(page, "#Heard", school.LastGroup);
        await Press(page, "handler=Confirm");
        await Fill(page, "#Signer", "voorzitter");
        await Fill(page, "#Signed", "2025-01-15");
        await Press(page, "/send/agreement");
        school.MakePreview();
        await page.GotoAsync("/nl/send");
        await Fill(page, "#Approver", "directeur");
        await Press(page, "handler=Approve");
        await Fill(page, "#Folder", school.Drop);
        await Press(page, "handler=Send");
        await page.WaitForURLAsync("**/send/delivery/2025-1/1");
        var answers = Directory.CreateDirectory(Path.Combine(school.Drop, Post.AnswersFolder)).FullName;
        foreach (var file in school.ReceiptFiles()) await File.WriteAllBytesAsync(Path.Combine(answers, file.Name), file.Buffer, TestContext.Current.CancellationToken);
        await Press(page, "handler=Fetch");
        Assert.Contains("Ontvangen", await page.TextContentAsync("main"));
        Assert.NotNull(Sent.All(school.Home)[0].Receipt);
        Assert.InRange(_actions, 1, 13);
    }

    [Fact]
    public async Task Pressed_again_after_a_broken_sending_it_makes_no_second_delivery()
    {
        await using var school = await PlayedSchool.Start();
        await school.Deliver();
        var home = school.Home;
        Assert.True((await Dispatching.SealAndSend(home, PlayedSchool.Edition, SendTarget.Folder(school.Drop), stop: TestContext.Current.CancellationToken)).Ok);
        Assert.Single(Sent.All(home));
    }

    [Theory]
    [InlineData("nl")]
    [InlineData("en")]
    public async Task A_refused_delivery_and_an_objection_after_sending_say_what_to_do(string language)
    {
        await using var school = await PlayedSchool.Start();
        await school.Deliver();
        var page = await school.Visit(chromium, language, new(Locale: language == "nl" ? "nl-NL" : "en-GB"));
        Assert.True(Objections.Record(school.Home, "L1003").Ok);
        await page.GotoAsync($"/{language}/send");
        await school.Look(page, "send-9-objection-waits");
        await Press(page, "handler=Messages");
        await page.WaitForURLAsync($"**/{language}/send");
        Assert.Equal(MessageState.Sent, Objections.All(school.Home)[0].Message);
        await page.GotoAsync($"/{language}/send/office");
        await page.SetInputFilesAsync("#Files", school.AnswerFiles("refused-unreadable"));
        await Press(page, "/send/office");
        await school.Look(page, "send-9-refused");
        school.GoTo(new DateOnly(2025, 4, 20));
        await page.ReloadAsync();
        await school.Look(page, "send-9-round-closed");
        await page.GotoAsync($"/{language}/send/delivery/2025-1/1");
        await school.Look(page, "send-9-delivery-refused");
    }

    [Fact]
    public async Task The_agreement_is_taken_back_only_when_that_was_meant()
    {
        await using var school = await PlayedSchool.Start();
        await school.Deliver();
        var page = await school.Visit(chromium, "nl", new(Script: false));
        await page.GotoAsync("/nl/send/agreement");
        await Press(page, "handler=Withdraw");
        Assert.NotNull(Approvals.AgreementOf(school.Home));
        await page.CheckAsync("#Sure");
        await Press(page, "handler=Withdraw");
        Assert.Null(Approvals.AgreementOf(school.Home));
    }

    Task Press(IPage page, string action)
    {
        _actions++;
        return page.Locator($"form[action*='{action}'] button").First.ClickAsync();
    }

    Task Fill(IPage page, string field, string text)
    {
        _actions++;
        return page.FillAsync(field, text);
    }

    Task Choose(IPage page, FilePayload[] files)
    {
        _actions++;
        return page.SetInputFilesAsync("#Files", files);
    }
}
