using Groeilijn.Sites;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>The answer to a parent: all that was sent about a child, to read at the counter and to print. The address has the home's own number of the child.</summary>
public sealed class InzageAnswerPage(SchoolHome home) : SitePage
{
    /// <summary>The answer.</summary>
    public InzageAnswer Answer { get; private set; } = null!;

    /// <summary>The answer in words and tables.</summary>
    public IHtmlContent Body => PageWords.Body(Inzage.Body(home, Answer, Language));

    /// <summary>The school.</summary>
    public string School => home.Profile.Name;

    /// <summary>Looks the child up.</summary>
    public IActionResult OnGet(long person)
    {
        if (Inzage.Of(home, person) is not { } answer) return NotFound();
        Answer = answer;
        return Page();
    }
}
