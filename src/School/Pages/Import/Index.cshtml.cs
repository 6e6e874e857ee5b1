using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>Where an export is chosen and imported.</summary>
[TakesFiles]
public sealed class ImportPage(SchoolHome home, ImportDesk desk, Jobs jobs) : SitePage
{
    const int Shown = 8;

    /// <summary>The files of one export.</summary>
    [BindProperty]
    public IReadOnlyList<IFormFile> Files { get; set; } = [];

    /// <summary>The seven steps.</summary>
    public IReadOnlyList<Step> Steps => SchoolSteps.Of(home, Speech);

    /// <summary>The address of the work that is going on; null when there is none.</summary>
    public string? Going => jobs.Running("import") is { } job ? Speech.To(job.Path) : null;

    /// <summary>The last imports.</summary>
    public IReadOnlyList<PastImport> History { get; } = ImportHistory.Last(home, Shown);

    /// <summary>How many mappings of columns are remembered.</summary>
    public int Mappings => ColumnMappings.List(home).Count;

    /// <summary>How many pupils of another file wait to be joined.</summary>
    public int Unjoined => HandJoins.Waiting(home).Count;

    /// <summary>The table of the held upload whose columns must be said; null when none waits.</summary>
    public int? Unmapped => desk.Upload?.Unmapped;

    /// <summary>When an import was.</summary>
    public string Moment(PastImport import) => Speech.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(import.Imported, home.Clock.LocalTimeZone).DateTime));

    /// <summary>Takes the files into memory and starts.</summary>
    public IActionResult OnPost()
    {
        if (Files.Count == 0) Wrong(nameof(Files), "Kies eerst een of meer bestanden van uw export.", "First choose one or more files of your export.");
        if (!ModelState.IsValid) return Page();
        desk.Put(Files.Select(file => ImportFile.OfBytes(file.FileName, Bytes(file))));
        return Go(desk.Start(home, jobs).Path);
    }

    /// <summary>Forgets the upload that waits.</summary>
    public IActionResult OnPostDrop()
    {
        desk.Drop();
        Done("De bestanden zijn uit het geheugen gehaald. Er is niets ingelezen.", "The files were taken out of memory. Nothing was imported.");
        return Go("/import");
    }

    static byte[] Bytes(IFormFile file)
    {
        using var stream = file.OpenReadStream();
        var bytes = new byte[file.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
