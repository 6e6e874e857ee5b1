using System.Globalization;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Groeilijn.School.Pages;

/// <summary>
/// At the counter: a parent stands there, the pupil is found, one button records the objection. What is typed goes by POST, so that no name
/// reaches an address; and the list of who objected is on a page of its own, so that a parent who looks along reads no other child's name.
/// </summary>
public sealed class ObjectionsPage(SchoolHome home) : StepPage(home)
{
    /// <summary>What was typed: part of a name, a birth date, a key or a number.</summary>
    [BindProperty]
    public string? Q { get; set; }

    /// <summary>Who was found; null while nothing was searched.</summary>
    public FoundPupils? Found { get; private set; }

    /// <summary>How many hold, and how far their messages are.</summary>
    public ObjectionStatus Status => Objections.Status(Home);

    /// <summary>The day until which parents can object before the delivery; null when no period runs.</summary>
    public DateOnly? Runs => Home.Store.ReadOne<string>("SELECT max(until) FROM informed WHERE until >= @today", new { today = Rows.Day(Today) }) is { } day ? Rows.Day(day) : null;

    /// <summary>How long an objection is kept.</summary>
    public string Kept => RetentionTerms.Of(Home).Words(RetentionKind.Objections, Language);

    /// <summary>A birth date as people write it.</summary>
    public string Born(string? born) => DateOnly.TryParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Speech.Day(day) : born ?? "";

    /// <summary>Finds pupils. Nothing is written, so that a reload does no harm.</summary>
    public PageResult OnPost()
    {
        if (string.IsNullOrWhiteSpace(Q) || Q.Trim().Length < 2) Wrong(nameof(Q), "Typ ten minste twee letters van de naam, of een geboortedatum.", "Type at least two letters of the name, or a birth date.");
        else Found = Objections.Find(Home, Q);
        return Page();
    }

    /// <summary>Records the objection of the pupil that was found.</summary>
    public IActionResult OnPostRecord(long person)
    {
        var made = Objections.Record(Home, person);
        if (made.Refusal is { } no)
        {
            Refused(no);
            return Page();
        }
        if (made.Value!.Already) Done("Dit bezwaar was al vastgelegd.", "This objection was recorded already.");
        else DoneWithUndo("Het bezwaar is vastgelegd.", "The objection was recorded.", Speech.To("/objections?handler=Undo"), made.Value.Id.ToString(CultureInfo.InvariantCulture));
        return Go(string.Create(CultureInfo.InvariantCulture, $"/objections/{made.Value.Id}"));
    }

    /// <summary>Undoes a slip of the pen; of a list, all of it.</summary>
    public IActionResult OnPostUndo(string? id)
    {
        ModelState.Clear();
        foreach (var one in (id ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
            if (long.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var objection) && Objections.Undo(Home, objection).Refusal is { } no)
            {
                Refused(no);
                return Page();
            }
        Done("Ongedaan gemaakt. Er is geen bezwaar vastgelegd.", "Undone. No objection is recorded.");
        return Go("/objections");
    }
}
