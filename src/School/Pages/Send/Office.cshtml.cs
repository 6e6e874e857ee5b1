using Groeilijn.Sites;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>
/// What this school knows of the office, and where its files come in: a notice, receipts, answers, all by one field. The first notice is taken in after a
/// telephone call: the last group of the fingerprint is not shown but heard.
/// </summary>
[TakesFiles]
public sealed class SendOfficePage(SchoolHome home) : SitePage
{
    const int Group = 4;

    /// <summary>The files of the office.</summary>
    [BindProperty]
    public IFormFile[]? Files { get; set; }

    /// <summary>A notice that waits to be confirmed; it holds no secret and nobody's data.</summary>
    [BindProperty]
    public string? Notice { get; set; }

    /// <summary>Its signature.</summary>
    [BindProperty]
    public string? Mark { get; set; }

    /// <summary>The last group of the fingerprint, as it was heard.</summary>
    [BindProperty]
    public string? Heard { get; set; }

    /// <summary>The notice that must be confirmed; null when there is none.</summary>
    public RoundSeen? Seen { get; private set; }

    /// <summary>What was taken in although something else was refused.</summary>
    public TakenIn? Taken { get; private set; }

    /// <summary>What is known of the office.</summary>
    public OfficeSettings Office => OfficeSettings.Of(home);

    /// <summary>The rounds that were announced, the newest first.</summary>
    public IReadOnlyList<AnnouncedRound> AllRounds => Rounds.All(home);

    /// <summary>The fingerprint without the group that must be heard.</summary>
    public string Shown => Seen!.FingerprintAloud[..^Group];

    /// <summary>Takes files in.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (Files is not { Length: > 0 })
        {
            Wrong(nameof(Files), "Kies eerst de bestanden die het bureau stuurde.", "Choose the files that the office sent first.");
            return Page();
        }
        var taken = OfficeFiles.Take(home, [.. await Task.WhenAll(Files.Select(Read))]);
        foreach (var (file, why) in taken.Refused) Wrong(nameof(Files), $"{file}: {PageWords.Whole(why).Dutch}", $"{file}: {PageWords.Whole(why).English}");
        if (taken.Confirm is { } confirm)
        {
            (Seen, Notice, Mark) = (confirm.Seen, Convert.ToBase64String(confirm.Given.Record), Convert.ToBase64String(confirm.Given.Signature));
            return Page(); // nothing was taken in yet: to repeat this is harmless
        }
        Taken = taken;
        return ModelState.IsValid ? After(taken) : Page();
    }

    /// <summary>Takes in the notice whose fingerprint was compared.</summary>
    public IActionResult OnPostConfirm()
    {
        if (Given() is not { } given || Rounds.Look(home, given).Value is not { } seen) return Go("/send/office");
        var heard = (Heard ?? "").Trim();
        if (heard.Length != Group) Wrong(nameof(Heard), "Vul de laatste vier tekens in die u hoort.", "Fill in the last four characters that you hear.");
        else if (Rounds.Accept(home, given, seen.Notice.Certificate[..^Group] + heard).Refusal is { } no) Wrong(nameof(Heard), PageWords.Whole(no).Dutch, PageWords.Whole(no).English);
        if (ModelState.IsValid)
        {
            Done("Het bureau is bekend en de ronde is ingelezen.", "The office is known and the round was taken in.");
            return Go("/send");
        }
        Seen = seen;
        return Page();
    }

    RedirectResult After(TakenIn taken)
    {
        if (taken.Receipts.Count + taken.Answers.Count == 0) Done("De aankondiging van de ronde is ingelezen.", "The notice of the round was taken in.");
        else Done($"Ingelezen: {SendWords.Taken(taken.Receipts.Count, taken.Answers.Count).Dutch}.", $"Taken in: {SendWords.Taken(taken.Receipts.Count, taken.Answers.Count).English}.");
        return Go(taken.Receipts is [var one, ..] && Dispatching.Find(home, one.Receipt.Edition, one.Receipt.Sequence) is { } delivery ? SendWords.PathOf(delivery) : "/send");
    }

    SignedRecord? Given()
    {
        try { return new(Convert.FromBase64String(Notice ?? ""), Convert.FromBase64String(Mark ?? "")); }
        catch (FormatException) { return null; }
    }

    static async Task<GivenFile> Read(IFormFile file)
    {
        var content = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(content);
        return new(Path.GetFileName(file.FileName), content);
    }
}
