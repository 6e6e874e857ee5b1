using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>What stands in the letter of this school alone: filled in once.</summary>
public sealed class InformDetailsPage(SchoolHome home) : StepPage(home)
{
    /// <summary>Name of the board.</summary>
    [BindProperty]
    public string? Board { get; set; }

    /// <summary>Its address.</summary>
    [BindProperty]
    public string? BoardAddress { get; set; }

    /// <summary>Whom parents can ask.</summary>
    [BindProperty]
    public string? Contact { get; set; }

    /// <summary>Where that person reads mail.</summary>
    [BindProperty]
    public string? ContactEmail { get; set; }

    /// <summary>Where that person can be called.</summary>
    [BindProperty]
    public string? ContactPhone { get; set; }

    /// <summary>The data protection officer.</summary>
    [BindProperty]
    public string? Officer { get; set; }

    /// <summary>Where the officer reads mail.</summary>
    [BindProperty]
    public string? OfficerEmail { get; set; }

    /// <summary>Whether nothing was filled in before.</summary>
    public bool First => LetterDetails.Of(Home).Missing.Count > 0;

    /// <summary>The details as they are.</summary>
    public void OnGet()
    {
        var now = LetterDetails.Of(Home);
        (Board, BoardAddress, Contact, ContactEmail, ContactPhone, Officer, OfficerEmail) = (now.Board, now.BoardAddress, now.Contact.Length == 0 ? "de administratie" : now.Contact, now.ContactEmail, now.ContactPhone, now.Officer, now.OfficerEmail);
    }

    /// <summary>Keeps them.</summary>
    public IActionResult OnPost()
    {
        static string Line(string? text) => text?.Trim() ?? "";
        var details = new LetterDetails { Board = Line(Board), BoardAddress = Line(BoardAddress), Contact = Line(Contact), ContactEmail = Line(ContactEmail), ContactPhone = Line(ContactPhone), Officer = Line(Officer), OfficerEmail = Line(OfficerEmail) };
        foreach (var (name, dutch, english) in details.Faults) Wrong(name, $"Vul {dutch} in{Example(name).Dutch}.", $"Fill in {english}{Example(name).English}.");
        if (!ModelState.IsValid || !LetterDetails.Keep(Home, details).Ok) return Page();
        Done("De gegevens voor de brief zijn bewaard.", "The details for the letter were saved.");
        return Go("/inform");
    }

    static Sites.Spoken Example(string name) => name switch
    {
        nameof(ContactEmail) or nameof(OfficerEmail) => new(", zoals naam@school.nl", ", such as name@school.nl"),
        nameof(ContactPhone) => new(", met ten minste zes cijfers", ", with at least six digits"),
        _ => default,
    };
}
