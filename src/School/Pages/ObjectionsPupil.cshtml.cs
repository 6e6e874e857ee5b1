using System.Globalization;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Groeilijn.School.Pages;

/// <summary>The objections of one pupil: of which parent, since when; recorded with a day or a parent, taken back, undone.</summary>
public sealed class ObjectionsPupilPage(SchoolHome home) : StepPage(home)
{
    /// <summary>The home's own number of the pupil.</summary>
    public long Person { get; private set; }

    /// <summary>Who objects, as a code.</summary>
    [BindProperty]
    public string? By { get; set; }

    /// <summary>The day on which the parent asked.</summary>
    [BindProperty]
    public DateOnly? Asked { get; set; }

    /// <summary>How the school calls the pupil.</summary>
    public string Called { get; private set; } = "";

    /// <summary>All objections of the pupil, those that hold first.</summary>
    public IReadOnlyList<ListedObjection> All { get; private set; } = [];

    /// <summary>Who can object.</summary>
    public IReadOnlyList<Choice> Objecting => [.. Enum.GetValues<Objector>().Select(o => new Choice(o.Code(), o == Objector.NotSaid ? Say("niet gevraagd", "not asked") : o.Words(Language)))];

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Person = long.TryParse((string?)context.RouteData.Values["person"], NumberStyles.None, CultureInfo.InvariantCulture, out var person) ? person : 0;
        if (Home.Store.ReadOne<long>("SELECT count(*) FROM person WHERE id = @Person", new { Person }) == 0) context.Result = NotFound();
        else Load();
    }

    /// <summary>Today, unless another day is chosen.</summary>
    public void OnGet() => Asked = Today;

    /// <summary>Records an objection of a parent, of a day.</summary>
    public IActionResult OnPost()
    {
        if (!ModelState.IsValid) return Page();
        if (!Objectors.TryRead(By ?? "", out var by)) return BadRequest();
        var made = Objections.Record(Home, Person, Asked, by);
        if (made.Refusal is { } no)
        {
            Refused(no, nameof(Asked));
            return Page();
        }
        if (made.Value!.Already) Done("Dit bezwaar was al vastgelegd.", "This objection was recorded already.");
        else DoneWithUndo("Het bezwaar is vastgelegd.", "The objection was recorded.", Speech.To("/objections?handler=Undo"), made.Value.Id.ToString(CultureInfo.InvariantCulture));
        return Go(string.Create(CultureInfo.InvariantCulture, $"/objections/{made.Value.Id}"));
    }

    /// <summary>Takes the objection of a parent back.</summary>
    public IActionResult OnPostWithdraw()
    {
        ModelState.Clear();
        if (!Objectors.TryRead(By ?? "", out var by)) return BadRequest();
        var before = All.FirstOrDefault(o => o.Holds && o.By == by);
        if (Objections.Withdraw(Home, Person, by).Refusal is { } no)
        {
            Refused(no);
            return Page();
        }
        DoneWithUndo("Het bezwaar is ingetrokken.", "The objection was taken back.", Speech.To($"/objections/pupil/{Person}?handler=Again&day={Rows.Day(before?.Since ?? Today)}"), by.Code());
        return Go($"/objections/pupil/{Person}");
    }

    /// <summary>Undoes taking back: the objection of that parent, of that day, stands again.</summary>
    public IActionResult OnPostAgain(string? id, DateOnly day)
    {
        if (!ModelState.IsValid || !Objectors.TryRead(id ?? "", out var objector) || !Objections.Record(Home, Person, day, objector).Ok) return BadRequest();
        Done("Het bezwaar staat weer.", "The objection stands again.");
        return Go($"/objections/pupil/{Person}");
    }

    /// <summary>Undoes a slip of the pen.</summary>
    public IActionResult OnPostUndo(long id)
    {
        ModelState.Clear();
        if (Objections.Undo(Home, id).Refusal is { } no)
        {
            Refused(no);
            return Page();
        }
        Done("Ongedaan gemaakt. Dit bezwaar is niet vastgelegd.", "Undone. This objection is not recorded.");
        return Go($"/objections/pupil/{Person}");
    }

    void Load()
    {
        All = [.. Objections.All(Home).Where(o => o.Person == Person)];
        var pupil = PupilEntry.Of(Home, Person);
        Called = pupil is null ? "" : pupil.Name.Length > 0 ? pupil.Name : pupil.Key;
    }
}
