using System.Globalization;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>A list of objections that was kept elsewhere, taken in at once. It is read from memory and never lies on the disk.</summary>
[TakesFiles]
public sealed class ObjectionsImportPage(SchoolHome home) : StepPage(home)
{
    const int MostLines = 20, MostUndone = 200;

    /// <summary>The list.</summary>
    [BindProperty]
    public IFormFile? List { get; set; }

    /// <summary>Takes the list in.</summary>
    public IActionResult OnPost()
    {
        if (List is null) Wrong(nameof(List), "Kies het bestand met de lijst.", "Choose the file with the list.");
        if (!ModelState.IsValid) return Page();
        var recorded = Objections.RecordList(Home, List!.FileName, List.OpenReadStream);
        if (recorded.Refusal is { } no) Refused(no, nameof(List));
        foreach (var finding in recorded.Value?.Findings ?? [])
            Wrong(nameof(List), $"{finding.Rule.Dutch} ({finding.Place.Words("nl")}) {finding.Rule.RemedyDutch}", $"{finding.Rule.English} ({finding.Place.Words("en")}) {finding.Rule.RemedyEnglish}");
        if (!ModelState.IsValid) return Page();
        Tell(recorded.Value!);
        return Go("/objections/list");
    }

    void Tell(ListRecorded list)
    {
        List<long> made = [.. list.Made.Where(m => !m.Already).Select(m => m.Id)];
        var already = list.Made.Count - made.Count;
        var (nl, en) = ($"Vastgelegd: {made.Count}.", $"Recorded: {made.Count}.");
        if (already > 0) (nl, en) = ($"{nl} Al bekend: {already}.", $"{en} Known already: {already}.");
        if (list.UnknownLines is { Count: > 0 } unknown)
        {
            var lines = string.Join(", ", unknown.Take(MostLines)) + (unknown.Count > MostLines ? ", …" : "");
            (nl, en) = ($"{nl} Leerling niet gevonden: regel {lines}. Dat bezwaar is wel bewaard.", $"{en} Pupil not found: line {lines}. That objection is kept all the same.");
        }
        if (made.Count is > 0 and <= MostUndone) DoneWithUndo(nl, en, Speech.To("/objections?handler=Undo"), string.Join(',', made.Select(id => id.ToString(CultureInfo.InvariantCulture))));
        else Done(nl, en);
    }
}
