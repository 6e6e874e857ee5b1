using System.Text;
using Groeilijn.Education;
using Groeilijn.Sites.Parts;
using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>What leaves the school, before it leaves: made here, and read from the very bytes that will be sealed.</summary>
public sealed class PreviewStepPage(SchoolHome home, Jobs jobs) : StepPage(home)
{
    /// <summary>From how many pupils the visitor sees progress instead of waiting for the page.</summary>
    const int Large = 300;

    /// <summary>The edition as it stands in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "edition")]
    public string? Asked { get; set; }

    /// <summary>The edition: the one asked for, that of the round that is open, or that of the last export.</summary>
    public Edition Edition => OfAddress(Home, Asked);

    /// <summary>The preview; null while there is none that holds.</summary>
    public PreviewModel? Shown { get; private set; }

    /// <summary>Why none could be made, first things first; empty when that was not tried.</summary>
    public IReadOnlyList<(Rule Rule, int Pupils)> Reasons { get; private set; } = [];

    /// <summary>Editions to choose from: this one, and those around it.</summary>
    public IReadOnlyList<Choice> Editions => [.. new[] { Edition.Next, Edition, Edition.Previous, Edition.Previous.Previous }.Select(e => new Choice(e.ToString(), Words(e)))];

    /// <summary>The delivery in which exactly these bytes were sealed; null when they were not.</summary>
    public SentDelivery? Sealed => Shown is { } shown ? Sent.All(Home).FirstOrDefault(d => d.Payload == shown.Made.Sha256) : null;

    /// <summary>An edition for a reader.</summary>
    public string Words(Edition edition) => edition.Half == HalfYear.M
        ? Say($"{edition} (toetsen van begin {edition.Year})", $"{edition} (tests of early {edition.Year})") : Say($"{edition} (toetsen van mei en juni {edition.Year})", $"{edition} (tests of May and June {edition.Year})");

    /// <summary>The page.</summary>
    public void OnGet() => Shown = Preview.Model(Home, Edition);

    /// <summary>Makes the preview, with progress where it takes longer.</summary>
    public IActionResult OnPost()
    {
        var (school, edition) = (Home, Edition);
        var result = $"/preview?edition={edition}";
        if (school.Store.ReadOne<long>("SELECT count(*) FROM pupil WHERE gone = 0") >= Large)
            return Go(jobs.Start("preview", new("Voorbeeld maken", "Making the preview"), result, (progress, _) => Task.FromResult(Make(school, edition, result, progress))).Path);
        if (Preview.Make(school, edition, Preview.LastReference(school)).Refusal is not { } no) return Go(result);
        Refused(no);
        Explain();
        return Page();
    }

    /// <summary>Why there is no preview, where somebody asks after it could not be made.</summary>
    public void OnGetWhy()
    {
        Shown = Preview.Model(Home, Edition);
        if (Shown is null) Explain();
    }

    /// <summary>The bytes that will be sealed.</summary>
    public IActionResult OnGetBytes() => Preview.Payload(Home, Edition) is { } bytes ? File(bytes, "application/x-ndjson", $"{Home.Profile.Location.Code}-{Edition}.jsonl") : NotFound();

    /// <summary>The whole preview as one page to keep.</summary>
    public IActionResult OnGetKeep() => Preview.Page(Home, Edition, Language) is { } page ? File(Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8", $"{Home.Profile.Location.Code}-{Edition}.html") : NotFound();

    internal static Edition OfAddress(SchoolHome home, string? asked) =>
        Education.Edition.Parse(asked) is { Ok: true } parsed ? parsed.Value
            : OfficeSettings.Of(home).Round is { } round && round.Closes >= home.Today ? round.Edition : Education.Edition.Of(Preview.LastReference(home));

    static JobEnd Make(SchoolHome school, Edition edition, string result, JobProgress progress)
    {
        progress.At(null, "De gegevens worden gecontroleerd en op een rij gezet.", "The data are checked and put in order.");
        return Preview.Make(school, edition, Preview.LastReference(school)).Ok ? JobEnd.At(result) : JobEnd.At(result + "&handler=Why");
    }

    void Explain() => Reasons = [.. Check.Run(Home, Edition, Preview.LastReference(Home)).ToDo.Where(t => t.Urgency == Urgency.Blocks || t.Rule.Severity == Severity.LeavesPupilOut).Select(t => (t.Rule, t.Pupils.Count))];
}
