using System.Globalization;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Groeilijn.School.Pages;

/// <summary>The yes of one pupil's parents: recorded, or taken back.</summary>
public sealed class ConsentPupilPage(SchoolHome home) : StepPage(home)
{
    /// <summary>The home's own number of the pupil.</summary>
    public long Person { get; private set; }

    /// <summary>For what.</summary>
    [BindProperty]
    public string Category { get; set; } = "";

    /// <summary>The day on which the parent said yes.</summary>
    [BindProperty]
    public DateOnly? Given { get; set; }

    /// <summary>How it came in.</summary>
    [BindProperty]
    public LetterWay Way { get; set; }

    /// <summary>The role of who records it.</summary>
    [BindProperty]
    public string? Recorder { get; set; } = "administratie";

    /// <summary>How the school calls the pupil.</summary>
    public string Called { get; private set; } = "";

    /// <summary>What is asked for.</summary>
    public IReadOnlyList<(string Category, string Words)> Asked => ConsentWords.Asked(FieldSets.Current(Home), Language);

    /// <summary>The same, to choose from.</summary>
    public IReadOnlyList<Choice> Choices => [.. Asked.Select(a => new Choice(a.Category, a.Words))];

    /// <summary>The ways in which a yes comes in.</summary>
    public IReadOnlyList<Choice> Ways => [.. Enum.GetValues<LetterWay>().Select(w => new Choice(w.ToString(), w.Words(Language)))];

    /// <summary>Every yes so far, the newest first.</summary>
    public IReadOnlyList<ConsentGiven> All => [.. Consent.All(Home, Person).Reverse()];

    /// <summary>A category in words.</summary>
    public string Words(string category) => Asked.FirstOrDefault(a => a.Category == category).Words ?? category;

    /// <summary>A day of the store in words.</summary>
    public string Day(string day) => Speech.Day(Rows.Day(day));

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Person = long.TryParse((string?)context.RouteData.Values["person"], NumberStyles.None, CultureInfo.InvariantCulture, out var person) ? person : 0;
        if (PupilEntry.Of(Home, Person) is not { } pupil) context.Result = NotFound();
        else if (Asked.Count == 0) context.Result = Go("/consent");
        else Called = pupil.Name.Length > 0 ? pupil.Name : pupil.Key;
    }

    /// <summary>Today, unless another day is chosen.</summary>
    public void OnGet() => (Category, Given) = (Asked[0].Category, Today);

    /// <summary>Records a yes.</summary>
    public IActionResult OnPost()
    {
        if (Given is null && ModelState.IsValid) Wrong(nameof(Given), "Vul in wanneer de ouder ja zei.", "Fill in when the parent said yes.");
        if (!ModelState.IsValid) return Page();
        if (Consent.Give(Home, Person, Category, Given!.Value, Way, Recorder?.Trim() ?? "").Refusal is { } no)
        {
            Refused(no, no == Refusals.NoRole ? nameof(Recorder) : no == Refusals.NoSuchCategory ? nameof(Category) : nameof(Given));
            return Page();
        }
        DoneWithUndo("De toestemming is vastgelegd.", "The consent was recorded.", Speech.To($"/consent/{Person}?handler=Withdraw"), Category);
        return Go($"/consent/{Person}");
    }

    /// <summary>Takes a yes back.</summary>
    public IActionResult OnPostWithdraw(string? id)
    {
        ModelState.Clear();
        if (Consent.Withdraw(Home, Person, id ?? "").Refusal is { } no)
        {
            Refused(no);
            return Page();
        }
        Done("De toestemming is ingetrokken. Dit gegeven gaat niet meer mee.", "The consent was taken back. These data no longer go along.");
        return Go($"/consent/{Person}");
    }
}
