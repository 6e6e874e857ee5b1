using System.Globalization;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Groeilijn.School.Pages;

/// <summary>The letter to parents: when, to whom, until when; who knows it already; and every letter so far.</summary>
public sealed class InformPage(SchoolHome home) : StepPage(home)
{
    const string Everybody = "all", Uninformed = "new", SomeGroups = "groups";
    IReadOnlyList<InformedStatus>? _status;

    /// <summary>The day of the letter.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Sent { get; set; }

    /// <summary>The last day to object.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    /// <summary>How it went out.</summary>
    [BindProperty]
    public LetterWay Way { get; set; }

    /// <summary>To whom.</summary>
    [BindProperty]
    public string To { get; set; } = "";

    /// <summary>Which year groups, when not everybody.</summary>
    [BindProperty]
    public string[] Groups { get; set; } = [];

    /// <summary>What every enrolled pupil's parents know.</summary>
    public IReadOnlyList<InformedStatus> Status => _status ??= Informed.StatusOf(Home);

    /// <summary>The days to suggest.</summary>
    public InformDays Days => InformDays.Of(Home);

    /// <summary>The letters so far, the newest first.</summary>
    public IReadOnlyList<LetterRecorded> Rounds => [.. Letters.All(Home).Reverse()];

    /// <summary>Pupils whose parents had no letter.</summary>
    public IReadOnlyList<InformedStatus> NotInformed => [.. Status.Where(s => s.State == InformedState.NotInformed)];

    /// <summary>The last day of the periods that still run; null when none does.</summary>
    public DateOnly? Runs => Status.Where(s => s.State == InformedState.PeriodRuns).Max(s => s.Until);

    /// <summary>Whose letter told of another set of fields than the one in use.</summary>
    public int OtherSet => Status.Count(s => s.OtherSet);

    /// <summary>Whether the delivery is told that it needs a consent too.</summary>
    public bool AsksConsent => Consent.Categories(Home).Count > 0;

    /// <summary>By year group: how many, and how far their parents are.</summary>
    public IEnumerable<(string Group, int Pupils, int NotInformed, int Running, DateOnly? Until, int Informed)> ByGroup => Status.GroupBy(s => s.YearGroup ?? "").OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        (g.Key, g.Count(), g.Count(s => s.State == InformedState.NotInformed), g.Count(s => s.State == InformedState.PeriodRuns), g.Where(s => s.State == InformedState.PeriodRuns).Max(s => s.Until), g.Count(s => s.State == InformedState.Informed)));

    /// <summary>Where the school stands, in a sentence.</summary>
    public string Stand => (NotInformed.Count, Runs) switch
    {
        (0, null) => Say("Alle ouders hebben de brief gehad en hun tijd om bezwaar te maken is voorbij. U kunt verder.", "All parents had the letter and their time to object is over. You can go on."),
        (0, { } until) => Say($"Alle ouders hebben de brief. Zij kunnen bezwaar maken tot en met {Speech.Day(until)}. Daarna gaan de gegevens mee.", $"All parents have the letter. They can object up to and including {Speech.Day(until)}. After that the data go along."),
        (var none, _) when none == Status.Count => Say("De ouders weten nog van niets. Stuur hun de brief: zolang zij geen brief hebben gehad, gaat er niemand mee.", "The parents know nothing yet. Send them the letter: as long as they had no letter, nobody goes along."),
        (var some, _) => Say($"Nog geen brief: de ouders van {Pupils(some)}. Zij gaan nog niet mee.", $"No letter yet: the parents of {Pupils(some)}. They do not go along yet."),
    };

    /// <summary>The ways of sending.</summary>
    public IReadOnlyList<Choice> Ways => [.. Enum.GetValues<LetterWay>().Select(w => new Choice(w.ToString(), w.Words(Language)))];

    /// <summary>To whom a letter can go.</summary>
    public IReadOnlyList<Choice> Readership
    {
        get
        {
            var choices = new List<Choice>();
            if (NotInformed.Count > 0 && NotInformed.Count < Status.Count) choices.Add(new(Uninformed, Say("de ouders die nog geen brief hadden", "the parents who had no letter yet"), Pupils(NotInformed.Count)));
            choices.Add(new(Everybody, Say("alle ouders", "all parents"), Pupils(Status.Count)));
            choices.Add(new(SomeGroups, Say("de ouders van een paar groepen", "the parents of some groups"), Say("Open hieronder “Groepen kiezen”.", "Open “Choose groups” below.")));
            return choices;
        }
    }

    /// <summary>The year groups there are.</summary>
    public IReadOnlyList<Choice> YearGroups => [.. ByGroup.Where(g => g.Group.Length > 0).Select(g => new Choice(g.Group, Say($"groep {g.Group}", $"year group {g.Group}"), Pupils(g.Pupils)))];

    /// <summary>To whom a letter went, in words.</summary>
    public string ToWhom(LetterRecorded letter) => letter.Readers switch
    {
        "all" => Say("alle ouders", "all parents"),
        "pupils" => Say("ouders die nog geen brief hadden", "parents who had no letter yet"),
        var groups => Say("groep ", "year group ") + string.Join(", ", groups.Split(' ')[1..]),
    };

    /// <summary>The page; first the details for the letter, where those are missing.</summary>
    public IActionResult OnGet()
    {
        if (Imported && LetterDetails.Of(Home).Missing.Count > 0) return Go("/inform/details");
        Suggest();
        return Page();
    }

    /// <summary>On to the letter as it prints with these days.</summary>
    public IActionResult OnPostLook()
    {
        if (!HasDays()) return Again();
        return Go(string.Create(CultureInfo.InvariantCulture, $"/inform/letter/{Language}?sent={Sent:yyyy-MM-dd}&until={Until:yyyy-MM-dd}"));
    }

    /// <summary>Records that the letter went out.</summary>
    public IActionResult OnPost()
    {
        if (To == SomeGroups && Groups.Length == 0) Wrong(nameof(Groups), "Kruis aan welke groepen de brief kregen.", "Tick which groups had the letter.");
        if (!HasDays() || !ModelState.IsValid) return Again();
        var readers = To switch { SomeGroups => Readers.YearGroups(Groups), Uninformed => Readers.Pupils([.. NotInformed.Select(s => s.Person)]), _ => Readers.All };
        var sent = Inform.Send(Home, Sent!.Value, Until!.Value, Way, readers);
        if (sent.Refusal is { } no)
        {
            Refused(no, no == Refusals.PeriodTooShort ? nameof(Until) : no == Refusals.SentInFuture ? nameof(Sent) : nameof(To));
            return Again();
        }
        DoneWithUndo($"Vastgelegd: de ouders van {Pupils(sent.Value!.Pupils)} hebben de brief van {Speech.Day(Sent.Value)}.", $"Recorded: the parents of {Pupils(sent.Value.Pupils)} have the letter of {Speech.Day(Sent.Value)}.",
            Speech.To("/inform?handler=Undo"), sent.Value.Letter.ToString(CultureInfo.InvariantCulture));
        return Go("/inform");
    }

    /// <summary>Undoes a letter that was recorded by mistake.</summary>
    public IActionResult OnPostUndo(long id)
    {
        ModelState.Clear();
        if (Inform.Undo(Home, id).Refusal is { } no)
        {
            Refused(no);
            return Again();
        }
        Done("De brief is niet meer vastgelegd. Wie alleen deze brief had, gaat nog niet mee.", "The letter is no longer recorded. Who had this letter alone does not go along yet.");
        return Go("/inform");
    }

    bool HasDays()
    {
        if (Sent is null && !Has(nameof(Sent))) Wrong(nameof(Sent), "Vul in wanneer de brief is verstuurd.", "Fill in when the letter was sent.");
        if (Until is null && !Has(nameof(Until))) Wrong(nameof(Until), "Vul in tot wanneer ouders bezwaar kunnen maken.", "Fill in until when parents can object.");
        return ModelState.IsValid;
    }

    bool Has(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0;

    PageResult Again()
    {
        Suggest();
        return Page();
    }

    void Suggest()
    {
        if (To.Length == 0) To = Readership[0].Value;
        if (!ModelState.IsValid) return;
        Sent ??= Today;
        Until ??= InformDays.For(Days.Edition, Days.Deadline, Sent.Value).Until;
    }
}
