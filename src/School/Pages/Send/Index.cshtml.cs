using Groeilijn.Education;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>Sending: what is there, the one thing to do now, the deliveries so far and the messages about objections.</summary>
public sealed class SendPage(SchoolHome home, Jobs jobs) : SitePage
{
    Dispatch? _now;

    /// <summary>The edition in the address; without it the one that is at hand.</summary>
    [BindProperty(SupportsGet = true, Name = "edition")]
    public string? Asked { get; set; }

    /// <summary>The hash of the preview that was shown.</summary>
    [BindProperty]
    public string? Payload { get; set; }

    /// <summary>Who approves.</summary>
    [BindProperty]
    public string? Approver { get; set; }

    /// <summary>The folder that school and office can both reach.</summary>
    [BindProperty]
    public string? Folder { get; set; }

    /// <summary>How far the delivery is.</summary>
    public Dispatch Now => _now ??= Dispatch.Of(home, Edition.Parse(Asked).OrNull ?? Dispatch.Current(home));

    /// <summary>The small steps of this page.</summary>
    public IReadOnlyList<Step> Steps => SendWords.Steps(Now, Speech);

    /// <summary>The deliveries, the newest first, with their state.</summary>
    public IReadOnlyList<(SentDelivery Delivery, DeliveryState State)> Deliveries => [.. Sent.All(home).Reverse().Select(d => (d, DeliveryStates.StateOf(home, d)))];

    /// <summary>How many messages about objections are in each state; nobody is named.</summary>
    public IReadOnlyList<(MessageState State, int Pupils)> Messages =>
        [.. Objections.All(home).Where(o => o.Holds && o.Message != MessageState.NotNeeded).DistinctBy(o => o.Person).GroupBy(o => o.Message).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))];

    /// <summary>The office's last answer about the last delivery; null when there is none.</summary>
    public KnownAnswer? Answer => Now.Last is { } last && Answers.About(home, last.Ciphertext) is [.., var answer] ? answer : null;

    /// <summary>The folder of the settings.</summary>
    public string? DropFolder => OfficeSettings.Of(home).DropFolder;

    /// <summary>Today.</summary>
    public DateOnly Today => home.Today;

    /// <summary>A moment of the store in words.</summary>
    public string Moment(string utc) => Speech.Moment(home, utc);

    string Here => Asked is null ? "/send" : $"/send?edition={Now.Edition}";

    /// <summary>The head approves the preview that was shown.</summary>
    public IActionResult OnPostApprove()
    {
        if (Approvals.Approve(home, Now.Edition, Payload ?? "", Approver ?? "").Refusal is not { } no)
        {
            Done("Het voorbeeld is goedgekeurd. De levering kan worden verstuurd.", "The preview was approved. The delivery can be sent.");
            return Go(Here);
        }
        Refuse(no == Refusals.NotAName ? nameof(Approver) : "", no);
        return Page();
    }

    /// <summary>Seals where that was not done and sends; without a place to send to it seals alone.</summary>
    public IActionResult OnPostSend()
    {
        var target = Now.Target;
        if (target is null && !string.IsNullOrWhiteSpace(Folder))
        {
            if (!Directory.Exists(Folder.Trim()))
            {
                Refuse(nameof(Folder), Refusals.NoDropFolder);
                return Page();
            }
            OfficeSettings.SetDropFolder(home, Folder.Trim());
            target = SendTarget.Folder(Folder.Trim());
        }
        var edition = Now.Edition;
        return Go(jobs.Start("send", new("Levering versturen", "Sending the delivery"), Here, async (progress, stop) =>
        {
            progress.At(0.02, "De levering wordt verzegeld.", "The delivery is being sealed.");
            var sent = await Dispatching.SealAndSend(home, edition, target, new SendWords.Told(progress), stop);
            return sent.Refusal is { } no ? PageWords.End(no) : JobEnd.At(SendWords.PathOf(sent.Value!));
        }).Path);
    }

    /// <summary>Sends the messages about objections that are ready.</summary>
    public IActionResult OnPostMessages()
    {
        if (Now.Target is not { } target)
        {
            Refuse("", Refusals.NoTarget);
            return Page();
        }
        return Go(jobs.Start("messages", new("Bezwaren doorgeven", "Passing objections on"), Here, async (progress, stop) =>
        {
            var sent = await Sending.SendWithdrawals(home, target, new SendWords.Told(progress), stop: stop);
            return sent.Refusal is { } no ? PageWords.End(no) : JobEnd.At(Here);
        }).Path);
    }

    /// <summary>Whether there is a place to look for receipts and answers.</summary>
    public bool CanFetch => Now.Round?.Upload is not null || DropFolder is not null;

    /// <summary>Looks for receipts and answers: where the files were uploaded, else in the folder.</summary>
    public async Task<IActionResult> OnPostFetchAsync()
    {
        var fetched = Now.Round?.Upload is { } address ? await NetworkPost.Fetch(home, address, HttpContext.RequestAborted) : Post.Fetch(home, DropFolder ?? "");
        if (fetched.Refusal is { } no) Refuse("", no);
        foreach (var (file, why) in fetched.Value?.Refused ?? []) Wrong("", $"{file}: {PageWords.Whole(why).Dutch}", $"{file}: {PageWords.Whole(why).English}");
        if (!ModelState.IsValid) return Page();
        var (receipts, answers) = (fetched.Value!.Receipts.Count, fetched.Value.Answers.Count);
        if (receipts + answers == 0) Done("Er is nog niets nieuws van het bureau. Kijk later opnieuw.", "There is nothing new from the office yet. Look again later.");
        else Done($"Ingelezen: {SendWords.Taken(receipts, answers).Dutch}.", $"Taken in: {SendWords.Taken(receipts, answers).English}.");
        return Go(Here);
    }

    void Refuse(string field, Refusal no) => Wrong(field, PageWords.Whole(no).Dutch, PageWords.Whole(no).English);
}
