using Groeilijn.Sites.Work;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>The destruction of a round: two persons approve, each in their own session; it runs in a process of its own; then its certificate.</summary>
public sealed class DestructionPage(OfficeHome home, OfficeProgram program, Jobs jobs, People people) : RoundPageBase(home)
{
    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether what waits for review is given up.</summary>
    [BindProperty] public bool WithoutReview { get; set; }

    /// <summary>Whether approvals are those of accounts.</summary>
    public bool ByAccounts => people.Any;

    /// <summary>The approval that waits for its second person.</summary>
    public Decision? Waiting => Decisions.Waiting(Home, DecisionKind.Destroy, Edition);

    /// <summary>Whether pairs wait for review and the days are not over.</summary>
    public bool ReviewWaits => Reviews.CannotEnd(Home, Edition, without: false) is not null;

    /// <summary>Who approved, once that is recorded.</summary>
    public IReadOnlyList<string> Approvers => Home.Database.ReadOne<(string?, string?)>("SELECT approver_1, approver_2 FROM rounds WHERE edition = @edition", new { edition = Edition.ToString() }) is ({ } one, { } two) ? [one, two] : [];

    /// <summary>The certificate or its signature.</summary>
    public IActionResult OnGetCertificate(string? part) => Destruction.Certificate(Home, Edition) is not { } destroyed ? NotFound()
        : part == "p7s" ? File(destroyed.Signature, "application/pkcs7-signature", $"{Edition}.p7s") : File(destroyed.Certificate, "application/json", $"{Edition}.json");

    /// <summary>Approves, as the first or the second person; the second begins it.</summary>
    public IActionResult OnPostApprove()
    {
        if (Me is not { } me) return Go(At("/destruction"));
        if (Waiting is null && !WithoutReview && Reviews.CannotEnd(Home, Edition, without: false) is not null) Refuse(new Storage.Refusal("review-waits", "", ""));
        if (!ModelState.IsValid) return Page();
        var said = Decisions.Approve(Home, Edition, me, WithoutReview);
        if (said.Refusal is { } no)
        {
            Refuse(no);
            return Page();
        }
        if (said.Value is { IsTaken: true } decision) return Start(decision.Voices[0].Name, decision.Voices[1].Name, decision.WithoutReview);
        Done("U hebt goedgekeurd. Een andere sleutelhouder moet dat ook doen, met een eigen account.", "You approved. Another key holder must do so as well, with an account of their own.");
        return Go(At("/destruction"));
    }

    /// <summary>Takes the first approval back.</summary>
    public IActionResult OnPostWithdraw()
    {
        Decisions.Withdraw(Home, DecisionKind.Destroy, Edition);
        Done("De goedkeuring is ingetrokken.", "The approval was taken back.");
        return Go(At("/destruction"));
    }

    /// <summary>Goes on with a destruction that was approved and broken off.</summary>
    public IActionResult OnPostContinue() => Round.State is >= RoundState.DestructionIntended and < RoundState.Certified && Approvers is [var one, var two] ? Start(one, two, false) : Go(At("/destruction"));

    RedirectResult Start(string one, string two, bool withoutReview)
    {
        var (home, edition, path) = (Home, Edition, At("/destruction"));
        string[] step = ["destroy", "--edition", edition.ToString(), "--approver", one, "--approver", two, .. withoutReview ? ["--without-review"] : Array.Empty<string>()];
        return Go(jobs.Start("destroy", new($"Ronde {edition} vernietigen", $"Destroying round {edition}"), path, async (progress, _) =>
        {
            // Once begun it is not stopped half-way.
            var running = program.Run(step, CancellationToken.None);
            while (await Task.WhenAny(running, Task.Delay(s_look, CancellationToken.None)) != running && Rounds.Find(home, edition) is { } round)
            {
                var words = OfficeWords.Of(round.State);
                progress.At((double)(round.State - RoundState.Reviewed) / (RoundState.Certified - RoundState.Reviewed), $"Stand: {words.Dutch}.", $"State: {words.English}.");
            }
            var end = await running;
            Decisions.Ended(home, DecisionKind.Destroy, edition, end.Ok);
            return End(end, path);
        }).Path);
    }
}
