using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Hosts.Pages;

/// <summary>Every part once, with a form that refuses what is empty, an upload, an undo, long work and a fault.</summary>
[TakesFiles]
public sealed class GalleryPage(Jobs jobs, GalleryWork work) : SitePage
{
    [BindProperty] public string? Key { get; set; }
    [BindProperty] public string? Note { get; set; }
    [BindProperty] public DateOnly? Until { get; set; }
    [BindProperty] public string? Edition { get; set; }
    [BindProperty] public string? Reach { get; set; }
    [BindProperty] public string[] Groups { get; set; } = [];
    [BindProperty] public bool Seen { get; set; }
    [BindProperty] public List<IFormFile> Files { get; set; } = [];

    public IReadOnlyList<Step> Steps =>
    [
        new(Say("Inlezen", "Import"), StepState.Done, Speech.To("/onderdelen"), Say("De export openen.", "Open the export."), Say("231 leerlingen ingelezen.", "231 pupils imported.")),
        new(Say("Controleren", "Check"), StepState.Attention, Speech.To("/onderdelen"), Say("Zien wat er niet klopt.", "See what is not right."), Say("2 leerlingen blijven achter.", "2 pupils stay behind.")),
        new(Say("Ouders informeren", "Inform parents"), StepState.Now, Speech.To("/onderdelen"), Say("De brief met de uitleg.", "The letter that explains.")),
        new(Say("Bekijken", "Preview"), StepState.Later, null, Say("Zien wat er weggaat.", "See what leaves.")),
    ];

    public IEnumerable<Choice> Editions => [new("2023-1", "2023-1"), new("2023-2", "2023-2")];

    public IEnumerable<Choice> Reaches => [new("all", Say("Alle ouders", "All parents")), new("new", Say("Alleen nieuwe leerlingen", "New pupils only"), Say("Wie de brief al kreeg, krijgt hem niet opnieuw.", "Who had the letter does not get it again."))];

    public IEnumerable<Choice> GroupChoices => [new("5", Say("Groep 5", "Group 5")), new("6", Say("Groep 6", "Group 6")), new("7", Say("Groep 7", "Group 7"))];

    public IActionResult OnPost()
    {
        if (string.IsNullOrWhiteSpace(Key)) Wrong(nameof(Key), "Vul de sleutel van de leerling in.", "Fill in the key of the pupil.");
        if (Reach is null) Wrong(nameof(Reach), "Kies wie de brief krijgt.", "Choose who gets the letter.");
        if (!Seen) Wrong(nameof(Seen), "Bekijk eerst wat er weggaat.", "First look at what leaves.");
        if (!ModelState.IsValid) return Page();
        Done($"Opgeslagen. Bestanden: {Files.Count}, bytes: {Files.Sum(f => f.Length)}.", $"Saved. Files: {Files.Count}, bytes: {Files.Sum(f => f.Length)}.");
        return Go("/onderdelen");
    }

    public IActionResult OnPostUndo(string? id)
    {
        if (id is not null) Done("Het is teruggezet.", "It was put back.");
        else DoneWithUndo("Alles is gewist.", "Everything was erased.", Speech.To("/onderdelen?handler=Undo"), "7");
        return Go("/onderdelen");
    }

    public IActionResult OnPostJob() => Go(jobs.Start("gallery", new("Export inlezen", "Importing the export"), "/onderdelen", work.Run).Path);

    public IActionResult OnPostFault() => throw new InvalidOperationException("a pupil's value: 900000119");
}

/// <summary>Long work that a test moves on step by step.</summary>
public sealed class GalleryWork : IDisposable
{
    readonly SemaphoreSlim _next = new(0);

    /// <summary>Lets the work take one step.</summary>
    public void Next() => _next.Release();

    /// <summary>What the work ends with.</summary>
    public Func<JobEnd> End { get; set; } = () => JobEnd.At("/onderdelen?klaar=1");

    public void Dispose() => _next.Dispose();

    internal async Task<JobEnd> Run(JobProgress progress, CancellationToken stop)
    {
        for (var step = 1; step <= 2; step++)
        {
            progress.At(step / 4.0, $"Regels gelezen: {step}00.", $"Lines read: {step}00.");
            await _next.WaitAsync(stop);
        }
        return End();
    }
}
