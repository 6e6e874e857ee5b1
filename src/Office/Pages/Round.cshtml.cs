using Groeilijn.Delivery;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>One round: how far it is, its notice for schools, closing it.</summary>
public sealed class RoundPage(OfficeHome home) : RoundPageBase(home)
{
    /// <summary>How it stands.</summary>
    public RoundStanding Standing => OfficeTasks.Rounds(Home).First(round => round.Edition == Edition);

    /// <summary>Who holds the halves of its key.</summary>
    public IReadOnlyList<string> Holders
    {
        get
        {
            var (one, two) = Home.Database.ReadOne<(string, string)>("SELECT holder_1, holder_2 FROM rounds WHERE edition = @edition", new { edition = Edition.ToString() });
            return [one, two];
        }
    }

    /// <summary>The office's fingerprint, to be read aloud.</summary>
    public string Fingerprint => SigningKey.Aloud(Home.Key.Fingerprint);

    /// <summary>Whether the visitor may take the notice.</summary>
    public bool MayLookAtNotice => Days is not null && OfficeDuties.May(HttpContext, "/Round", "get:Notice");

    /// <summary>The parts of a round with their state and their pages.</summary>
    public IReadOnlyList<Step> Steps
    {
        get
        {
            var (state, closed) = (Round.State, Days?.Closed is not null);
            var linked = state != RoundState.Open;
            var review = Reviews.Status(Home, Edition);
            return
            [
                Step("/Deliveries", Say("Leveringen", "Deliveries"), linked || closed ? StepState.Done : StepState.Now, "/deliveries", Say("Wie heeft geleverd, wie nog niet, en wie moet een herinnering krijgen.", "Who has delivered, who has not, and who must be reminded.")),
                Step("/Linking", Say("Koppelen", "Linking"), linked ? StepState.Done : closed ? StepState.Now : StepState.Later, "/linking", Say("Per school: gekoppeld, mogelijk, niet gevonden.", "Per school: linked, possible, not found.")),
                Step("/Review", Say("Beoordelen", "Review"), !linked ? StepState.Later : review is { Ended: null, Pairs: > 0 } ? StepState.Now : StepState.Done, "/review", Say("Twee mensen bekijken wat twijfelachtig is.", "Two people look at what is in doubt.")),
                Step("/Destruction", Say("Vernietigen", "Destruction"), state == RoundState.Certified ? StepState.Done : state >= RoundState.Reviewed ? StepState.Now : StepState.Later, "/destruction", Say("Twee mensen keuren goed; daarna is er een verklaring.", "Two people approve; then there is a certificate.")),
                Step("/Reports", Say("Rapporten", "Reports"), SchoolReports.Standing(Home, Edition) is { Finished: not null, Held: 0 } ? StepState.Done : linked ? StepState.Now : StepState.Later, "/reports", Say("Voor elke school een rapport dat niemand hier kan lezen, en wat er naar buiten ging.", "For every school a report that nobody here can read, and what left.")),
            ];
        }
    }

    /// <summary>The notice or its signature.</summary>
    public IActionResult OnGetNotice(string? part)
    {
        var file = part == "p7s" ? Path.ChangeExtension(Rounds.NoticeFile(Home, Edition), ".p7s") : Rounds.NoticeFile(Home, Edition);
        return System.IO.File.Exists(file) ? File(System.IO.File.ReadAllBytes(file), "application/octet-stream", part == "p7s" ? "round.p7s" : "round.json") : NotFound();
    }

    /// <summary>Closes the round for deliveries.</summary>
    public IActionResult OnPostClose() => After(RoundDays.Close(Home, Edition), "De ronde is gesloten voor leveringen.", "The round was closed for deliveries.");

    /// <summary>Opens it again.</summary>
    public IActionResult OnPostOpenAgain() => After(RoundDays.OpenAgain(Home, Edition), "De ronde is weer open voor leveringen.", "The round is open for deliveries again.");

    IActionResult After(Storage.Refusal? no, string dutch, string english)
    {
        if (no is null)
        {
            Done(dutch, english);
            return Go(At());
        }
        Refuse(no);
        return Page();
    }

    Step Step(string page, string title, StepState state, string path, string what) => new(title, state, MayLook(page) ? Speech.To(At(path)) : null, what);
}
