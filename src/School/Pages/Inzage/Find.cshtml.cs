using Groeilijn.Sites;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>Finds the child a parent asks about. What is typed goes by POST and the answer is the page itself, so that no name reaches an address or the history.</summary>
public sealed class InzageFindPage(SchoolHome home) : SitePage
{
    /// <summary>Part of a name, a key or number, or a birth date.</summary>
    [BindProperty]
    public string? Wanted { get; set; }

    /// <summary>Who was found; null while nobody was looked for.</summary>
    public FoundPupils? Found { get; private set; }

    /// <summary>Looks; one who is found alone is shown at once.</summary>
    public IActionResult OnPost()
    {
        if ((Wanted ?? "").Trim().Length < 2)
        {
            Wrong(nameof(Wanted), "Vul ten minste twee letters of cijfers in.", "Fill in at least two letters or digits.");
            return Page();
        }
        Found = Objections.Find(home, Wanted!);
        return Found is { Pupils: [var one], More: 0 } ? Go(FormattableString.Invariant($"/inzage/{one.Person}")) : Page();
    }
}
