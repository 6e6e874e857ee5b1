using Groeilijn.Office;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Review.Pages;

/// <summary>One pair at a time, masked where it agrees; a key or a button for each verdict.</summary>
public sealed class PairsPage(ReviewRoom room) : SitePage
{
    /// <summary>The round.</summary>
    public ReviewRoom Room => room;

    /// <summary>The pair that is judged.</summary>
    [BindProperty]
    public int Place { get; set; }

    /// <summary>What is said of it.</summary>
    [BindProperty]
    public string? Verdict { get; set; }

    internal ReviewSession Session { get; private set; } = null!;

    /// <summary>The fields of the pair; null when all are judged.</summary>
    internal IReadOnlyList<ComparedField>? Fields { get; private set; }

    /// <summary>Shows the next pair.</summary>
    public IActionResult OnGet()
    {
        if (room.Session is not { } session) return Go(room.Step == KeyStep.Held ? "/round" : "/");
        room.InSession(s =>
        {
            (Session, Place, Fields) = (s, s.NextPlace(), s.Next());
            return true;
        });
        return Session is null ? Go("/") : Page();
    }

    /// <summary>Takes a verdict. A form that is sent twice judges once.</summary>
    public IActionResult OnPost()
    {
        var verdict = Verdict switch { "link" => Office.Verdict.Link, "not" => Office.Verdict.Not, "unsure" => Office.Verdict.Unsure, _ => Office.Verdict.None };
        room.InSession(session => session.Judge(Place, verdict));
        return Go("/pairs");
    }

    /// <summary>Takes the last verdict back.</summary>
    public IActionResult OnPostUndo()
    {
        room.InSession(session => session.Undo());
        return Go("/pairs");
    }

    /// <summary>Ends the session and carries out what both said.</summary>
    public IActionResult OnPostEnd()
    {
        room.End();
        return Go("/round");
    }
}
