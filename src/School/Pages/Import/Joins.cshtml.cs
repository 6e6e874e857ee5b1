using System.Globalization;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>Pupils of other files whom the program does not recognise, each with who may be meant; and what was decided before.</summary>
public sealed class ImportJoinsPage(SchoolHome home) : SitePage
{
    const int PerPage = 10;

    /// <summary>The page of the list, from 1.</summary>
    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    /// <summary>All who wait.</summary>
    public IReadOnlyList<UnjoinedPupil> Waiting { get; } = HandJoins.Waiting(home);

    /// <summary>How many pages there are.</summary>
    public int Pages => Math.Max(1, (Waiting.Count + PerPage - 1) / PerPage);

    /// <summary>Those on this page.</summary>
    public IEnumerable<UnjoinedPupil> Shown => Waiting.Skip((Math.Clamp(Number, 1, Pages) - 1) * PerPage).Take(PerPage);

    /// <summary>What was decided.</summary>
    public IReadOnlyList<HandJoin> Decided { get; } = HandJoins.Decided(home);

    /// <summary>Everybody who is enrolled, to choose from when none of the candidates is right.</summary>
    public IEnumerable<Choice> Everybody => School.Check.Run(home).Enrolled.OrderBy(p => p.Called, StringComparer.OrdinalIgnoreCase).Select(p => new Choice(p.Person.ToString(CultureInfo.InvariantCulture), p.YearGroup is null ? p.Called : Say($"{p.Called} (jaargroep {p.YearGroup})", $"{p.Called} (year group {p.YearGroup})")));

    /// <summary>A birth date in words, as far as it is whole.</summary>
    public string Born(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Speech.Day(day) : text;

    /// <summary>These data are of that pupil.</summary>
    public IActionResult OnPostJoin(string id, long person) => Ended(HandJoins.Join(home, id, person), "De gegevens zijn gekoppeld. De volgende keer gaat dat vanzelf.", "The data were joined. Next time it goes by itself.");

    /// <summary>These data are of nobody here.</summary>
    public IActionResult OnPostIgnore(string id) => Ended(HandJoins.Ignore(home, id), "De gegevens doen niet mee, ook de volgende keer niet.", "The data are left out, next time too.");

    /// <summary>Takes a decision back.</summary>
    public IActionResult OnPostSeparate(string id)
    {
        if (HandJoins.Separate(home, id).Refusal is { } no) return Refused(no);
        Done("Het is teruggedraaid. De gegevens wachten weer.", "It was undone. The data wait again.");
        return Go("/import/joins");
    }

    IActionResult Ended(Outcome<HandJoin> outcome, string dutch, string english)
    {
        if (outcome.Refusal is { } no) return Refused(no);
        DoneWithUndo(dutch, english, Speech.To("/import/joins?handler=Separate"), outcome.Value!.Id);
        return Go(Number > 1 ? $"/import/joins?p={Number}" : "/import/joins");
    }

    Microsoft.AspNetCore.Mvc.RazorPages.PageResult Refused(Refusal no)
    {
        Wrong("", $"{no.Dutch} {no.HintDutch}", $"{no.English} {no.HintEnglish}");
        return Page();
    }
}
