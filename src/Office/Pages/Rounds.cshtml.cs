using System.Globalization;
using Groeilijn.Education;
using Groeilijn.Sites.Parts;
using Groeilijn.Sites.Work;
using Groeilijn.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>The rounds, and opening one: with accounts a custodian proposes and both holders agree, each in their own session.</summary>
public sealed class RoundsPage(OfficeHome home, OfficeProgram program, Jobs jobs, People people, UploadAddress upload) : OfficePage(home)
{
    /// <summary>The half-year of a new round.</summary>
    [BindProperty] public string? New { get; set; }

    /// <summary>The first holder: an account's number, or a name where there are no accounts.</summary>
    [BindProperty] public string? First { get; set; }

    /// <summary>The second holder.</summary>
    [BindProperty] public string? Second { get; set; }

    /// <summary>The first day.</summary>
    [BindProperty] public DateOnly? Opens { get; set; }

    /// <summary>The last day.</summary>
    [BindProperty] public DateOnly? Closes { get; set; }

    /// <summary>Every round, the newest first.</summary>
    public IReadOnlyList<RoundStanding> All => OfficeTasks.Rounds(Home);

    /// <summary>Rounds that wait for their holders.</summary>
    public IEnumerable<Decision> Proposals => Decisions.Waiting(Home).Where(one => one.Kind == DecisionKind.OpenRound);

    /// <summary>Whether the visitor was asked to hold half of a key and has not agreed yet.</summary>
    public bool IsAsked(Decision waiting) => Me is { } me && waiting.Proposal is { } proposal && (proposal.Holder1 == me.Id || proposal.Holder2 == me.Id) && waiting.Voices.All(voice => voice.Account != me.Id);

    /// <summary>Whether holders are accounts.</summary>
    public bool ByAccounts => people.Any;

    /// <summary>Whether the visitor may open a round, or propose to.</summary>
    public bool MayOpen => OfficeDuties.May(HttpContext, "/Rounds", "Propose");

    /// <summary>Accounts that may hold half of a key.</summary>
    public IEnumerable<Choice> Holders => people.With(OfficeDuties.KeyHolder).Select(account => new Choice(account.Id.ToString(CultureInfo.InvariantCulture), account.Name));

    public void OnGet() => (Opens, Closes) = (Today, Today.AddDays(Rounds.UsualDays));

    /// <summary>A custodian proposes a round.</summary>
    public IActionResult OnPostPropose()
    {
        if (Read() is not { } edition) return Page();
        var holders = new[] { First, Second }.Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? people.With(OfficeDuties.KeyHolder).FirstOrDefault(account => account.Id == id) : null).ToArray();
        if (holders[0] is not { } one) Wrong(nameof(First), "Kies de eerste sleutelhouder.", "Choose the first key holder.");
        else if (holders[1] is not { } two) Wrong(nameof(Second), "Kies de tweede sleutelhouder.", "Choose the second key holder.");
        else if (Decisions.Propose(Home, edition, new RoundProposal(one.Id, one.Name, two.Id, two.Name, Opens!.Value, Closes!.Value, upload.Of(edition))) is { } no) Refuse(no, FieldOf(no));
        if (!ModelState.IsValid) return Page();
        Done("De ronde is voorgesteld. Zij gaat open als beide sleutelhouders hebben ingestemd.", "The round was proposed. It opens when both key holders have agreed.");
        return Go("/rounds");
    }

    /// <summary>A holder agrees; the second one opens the round.</summary>
    public IActionResult OnPostAccept(string? edition)
    {
        if (Me is not { } me || Edition.Parse(edition) is not { Ok: true, Value: var half }) return Go("/rounds");
        var said = Decisions.Accept(Home, half, me);
        if (said.Refusal is { } no)
        {
            Refuse(no);
            OnGet();
            return Page();
        }
        if (said.Value is { IsTaken: true, Proposal: { } proposal }) return Start(half, proposal);
        Done("U hebt ingestemd. De ronde gaat open als de andere sleutelhouder ook instemt.", "You agreed. The round opens when the other key holder agrees as well.");
        return Go("/rounds");
    }

    /// <summary>Takes a proposal back.</summary>
    public IActionResult OnPostWithdraw(string? edition)
    {
        if (Edition.Parse(edition) is { Ok: true, Value: var half }) Decisions.Withdraw(Home, DecisionKind.OpenRound, half);
        Done("Het voorstel is ingetrokken.", "The proposal was taken back.");
        return Go("/rounds");
    }

    /// <summary>Opens a round where one steward is at the office's own computer; nobody on a network may.</summary>
    public IActionResult OnPostOpen()
    {
        if (Read() is not { } edition) return Page();
        var (one, two) = ((First ?? "").Trim(), (Second ?? "").Trim());
        if (!Rounds.IsName(one)) Wrong(nameof(First), "Vul de naam van de eerste sleutelhouder in.", "Fill in the name of the first key holder.");
        if (!Rounds.IsName(two) || one == two) Wrong(nameof(Second), "Vul de naam van een tweede, andere sleutelhouder in.", "Fill in the name of a second, different key holder.");
        return ModelState.IsValid ? Start(edition, new RoundProposal(0, one, 0, two, Opens!.Value, Closes!.Value, upload.Of(edition))) : Page();
    }

    RedirectResult Start(Edition edition, RoundProposal proposal)
    {
        string[] step = ["open", "--edition", edition.ToString(), "--holder", proposal.Name1, "--holder", proposal.Name2, "--opens", Iso(proposal.Opens), "--closes", Iso(proposal.Closes), .. proposal.Upload is { } address ? ["--upload", address] : Array.Empty<string>()];
        return Go(jobs.Start("round", new($"Ronde {edition} openen", $"Opening round {edition}"), "/rounds", async (progress, stop) =>
        {
            progress.At(null, "De sleutel wordt gemaakt, in een eigen proces.", "The key is being made, in a process of its own.");
            var end = await program.Run(step, stop);
            Decisions.Ended(Home, DecisionKind.OpenRound, edition, end.Ok);
            return End(end, $"/rounds/{edition}");
        }).Path);
    }

    /// <summary>The half-year and the days; null with what is wrong marked.</summary>
    Edition? Read()
    {
        var edition = Edition.Parse((New ?? "").Trim());
        if (!edition.Ok) Wrong(nameof(New), "Vul een halfjaar in, zoals 2026-1.", "Fill in a half-year, such as 2026-1.");
        else if (Rounds.Find(Home, edition.Value) is not null) Refuse(new Refusal("round-exists", "", ""), nameof(New));
        if (Opens is null) Wrong(nameof(Opens), "Vul de eerste dag in.", "Fill in the first day.");
        if (Closes is null) Wrong(nameof(Closes), "Vul de laatste dag in.", "Fill in the last day.");
        else if (Closes < Opens) Refuse(new Refusal("round-days", "", ""), nameof(Closes));
        return ModelState.IsValid ? edition.Value : null;
    }

    static string FieldOf(Refusal no) => no.Code switch { "two-people" => nameof(Second), "round-days" => nameof(Closes), _ => nameof(New) };

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
