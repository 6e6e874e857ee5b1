using Groeilijn.Sites;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>The reports that the office sealed to this school: take them in, read them, save them.</summary>
[TakesFiles]
public sealed class ReportsPage(SchoolHome home) : SitePage
{
    /// <summary>Sealed reports.</summary>
    [BindProperty]
    public IFormFile[]? Files { get; set; }

    /// <summary>The opened reports by edition, the newest first; an empty edition where the name told none.</summary>
    public IReadOnlyList<IGrouping<string, ListedReport>> Editions => [.. Reports.All(home).GroupBy(report => report.Edition ?? "")];

    /// <summary>A moment of the store in words.</summary>
    public string Moment(string utc) => Speech.Moment(home, utc);

    /// <summary>The language of a report in words.</summary>
    public string LanguageOf(ListedReport report) => report.Language switch { "nl" => Say("Nederlands", "Dutch"), "en" => Say("Engels", "English"), _ => Say("niet genoemd", "not named") };

    /// <summary>The kind of file: those that a browser shows inside this site, and those to save.</summary>
    public static string KindOf(ListedReport report) => Path.GetExtension(report.File).TrimStart('.').ToUpperInvariant();

    /// <summary>Opens sealed reports.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (Files is not { Length: > 0 }) Wrong(nameof(Files), "Kies eerst de rapporten die het bureau stuurde.", "Choose the reports that the office sent first.");
        var opened = 0;
        foreach (var file in Files ?? [])
        {
            var content = new byte[file.Length];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(content);
            if (Reports.Open(home, content, file.FileName).Refusal is not { } no) opened++;
            else Wrong(nameof(Files), $"{Path.GetFileName(file.FileName)}: {PageWords.Whole(no).Dutch}", $"{Path.GetFileName(file.FileName)}: {PageWords.Whole(no).English}");
        }
        if (!ModelState.IsValid) return Page();
        Done(opened == 1 ? "Het rapport is geopend en staat in de lijst." : $"{opened} rapporten zijn geopend en staan in de lijst.", opened == 1 ? "The report was opened and stands in the list." : $"{opened} reports were opened and stand in the list.");
        return Go("/reports");
    }
}
