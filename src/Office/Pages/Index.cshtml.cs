using Groeilijn.Sites;
using Groeilijn.Sites.Parts;

namespace Groeilijn.Office.Pages;

/// <summary>Something that waits for the visitor.</summary>
/// <param name="Kind">How urgent it is.</param>
/// <param name="Title">What to do.</param>
/// <param name="Why">Why, and until when.</param>
/// <param name="Path">Where.</param>
public sealed record OfficeTask(AlertKind Kind, Spoken Title, Spoken Why, string Path);

/// <summary>What there is to do today for who looks.</summary>
public sealed class IndexPage(OfficeHome home) : OfficePage(home)
{
    static readonly (string Page, string Path, Spoken Words)[] s_places =
    [
        ("/Rounds", "/rounds", new("Rondes", "Rounds")), ("/Schools", "/schools", new("Scholen", "Schools")),
        ("/Withdrawals", "/withdrawals", new("Bezwaren na het versturen", "Withdrawals")), ("/Register", "/register", new("Bevolkingsregister", "Population register")),
        ("/Cohort", "/cohort", new("Cohort", "Cohort")), ("/Ledger", "/ledger", new("Logboek", "Ledger")), ("/Views", "/views", new("Wie wat bekeek", "Who looked at what")),
    ];

    IReadOnlyList<RoundStanding>? _rounds;

    /// <summary>Every round, the newest first.</summary>
    public IReadOnlyList<RoundStanding> Rounds => _rounds ??= OfficeTasks.Rounds(Home);

    /// <summary>Pages that the visitor may look at.</summary>
    public IEnumerable<(string Path, Spoken Words)> Places => s_places.Where(place => MayLook(place.Page)).Select(place => (place.Path, place.Words));

    /// <summary>Whether there is no round yet.</summary>
    public bool IsNew => Rounds.Count == 0;

    bool HasRegister => Home.Database.ReadOne<long>("SELECT count(*) FROM register_snapshots") > 0;

    /// <summary>The first steps of a new office.</summary>
    public IReadOnlyList<Step> Beginning
    {
        get
        {
            var schools = Home.Database.ReadOne<long>("SELECT count(*) FROM schools") > 0;
            return
            [
                new(Say("Scholen inschrijven", "Enrol schools"), schools ? StepState.Done : StepState.Now, Speech.To("/schools"), Say("Elke school stuurt haar bestand enrolment.json. U vergelijkt de vingerafdruk door de telefoon.", "Each school sends its file enrolment.json. You compare the fingerprint by telephone.")),
                new(Say("Het bevolkingsregister inlezen", "Import the population register"), HasRegister ? StepState.Done : schools ? StepState.Now : StepState.Later, Speech.To("/register"), Say("Zonder register is er niets om mee te koppelen.", "Without a register there is nothing to link with.")),
                new(Say("Een ronde openen", "Open a round"), schools && HasRegister ? StepState.Now : StepState.Later, Speech.To("/rounds"), Say("Twee mensen houden ieder een helft van de sleutel.", "Two people each hold half of the key.")),
            ];
        }
    }

    /// <summary>What waits for the visitor, the most urgent first.</summary>
    public IReadOnlyList<OfficeTask> Tasks => [.. Rounds.SelectMany(OfRound).Concat(Proposed()).Concat(Withdrawn()).Concat(Register()).OrderByDescending(task => task.Kind)];

    IEnumerable<OfficeTask> OfRound(RoundStanding round)
    {
        var at = $"/rounds/{round.Edition}";
        if (round.State == RoundState.Open && MayLook("/Deliveries"))
        {
            if (round.Refused > 0) yield return new(AlertKind.Error, new($"Help scholen waarvan de levering voor {round.Edition} is geweigerd: {round.Refused}", $"Help schools whose delivery for {round.Edition} was refused: {round.Refused}"), new("Zonder hulp leveren ze niet. Bij elke school staat waarom.", "Without help they do not deliver. With each school stands why."), at + "/deliveries?show=refused");
            if (OfficeTasks.Remind(round, Today)) yield return new(AlertKind.Warning, new($"Herinner scholen aan {round.Edition}: {round.Missing}", $"Remind schools of {round.Edition}: {round.Missing}"), new($"De laatste dag is {Groeilijn.Web.Html.Day(round.Days!.Closes, "nl")}.", $"The last day is {Groeilijn.Web.Html.Day(round.Days.Closes, "en")}."), at + "/deliveries?show=missing");
            if (round.Days is { Closed: null } days && Today > days.Closes && MayLook("/Round")) yield return new(AlertKind.Warning, new($"Sluit de ronde {round.Edition} en laat haar koppelen", $"Close the round {round.Edition} and have it linked"), new($"De laatste dag was {Groeilijn.Web.Html.Day(days.Closes, "nl")}.", $"The last day was {Groeilijn.Web.Html.Day(days.Closes, "en")}."), at);
            if (round.Days is { Closed: not null } && MayLook("/Linking")) yield return new(AlertKind.Info, new($"Koppel de ronde {round.Edition}", $"Link the round {round.Edition}"), new("Dat gebeurt op de koppelcomputer, met de twee sleutelhouders erbij.", "That is done at the linking machine, with the two key holders there."), at + "/linking");
        }
        if (round.State is RoundState.Linked or RoundState.Reviewing && MayLook("/Review") && Reviews.Status(Home, round.Edition) is { Ended: null, Pairs: > 0, Until: { } until } review)
            yield return new(until - Home.Now < TimeSpan.FromDays(7) ? AlertKind.Warning : AlertKind.Info, new($"Beoordeel mogelijke koppelingen van {round.Edition}: {review.Pupils} leerlingen", $"Review possible links of {round.Edition}: {review.Pupils} pupils"), new($"Het kan tot {Groeilijn.Web.Html.Day(DateOnly.FromDateTime(until.UtcDateTime), "nl")}. Wat dan niet beoordeeld is, wordt niet gekoppeld.", $"It can be done until {Groeilijn.Web.Html.Day(DateOnly.FromDateTime(until.UtcDateTime), "en")}. What is not reviewed then stays unlinked."), at + "/review");
        if (MayLook("/Reports") && SchoolReports.Standing(Home, round.Edition) is { Held: > 0 } reports)
            yield return new(AlertKind.Error, new($"Rapporten van {round.Edition} tegengehouden: {reports.Held}", $"Reports of {round.Edition} that are held: {reports.Held}"), new("Een controle vond iets. Die scholen hebben nog geen rapport.", "A check found something. Those schools have no report yet."), at + "/reports");
        if (!MayLook("/Destruction")) yield break;
        if (Decisions.Waiting(Home, DecisionKind.Destroy, round.Edition) is { IsTaken: false } waiting && waiting.Voices.All(voice => voice.Account != Me?.Id))
            yield return new(AlertKind.Warning, new($"Keur als tweede de vernietiging van {round.Edition} goed", $"Approve the destruction of {round.Edition} as the second person"), new($"{waiting.Voices[0].Name} heeft goedgekeurd.", $"{waiting.Voices[0].Name} has approved."), at + "/destruction");
        else if (round.State == RoundState.Reviewed && Decisions.Waiting(Home, DecisionKind.Destroy, round.Edition) is null)
            yield return new(AlertKind.Warning, new($"Laat sleutel en leveringen van {round.Edition} vernietigen", $"Have the key and deliveries of {round.Edition} destroyed"), new("Alles is gekoppeld en beoordeeld. De gegevens zijn niet meer nodig.", "Everything is linked and reviewed. The data are no longer needed."), at + "/destruction");
        else if (round.State is >= RoundState.DestructionIntended and < RoundState.Certified)
            yield return new(AlertKind.Error, new($"Maak de vernietiging van {round.Edition} af", $"Finish the destruction of {round.Edition}"), new("Zij is goedgekeurd en niet afgemaakt.", "It was approved and not finished."), at + "/destruction");
    }

    IEnumerable<OfficeTask> Proposed() => Decisions.Waiting(Home).Where(one => one.Kind == DecisionKind.OpenRound && Me is { } me && one.Proposal is { } proposal && (proposal.Holder1 == me.Id || proposal.Holder2 == me.Id) && one.Voices.All(voice => voice.Account != me.Id))
        .Select(one => new OfficeTask(AlertKind.Warning, new($"Stem in met de ronde {one.Edition}", $"Agree to the round {one.Edition}"), new("U bent gevraagd om een helft van de sleutel te houden.", "You were asked to hold half of the key."), "/rounds"));

    IEnumerable<OfficeTask> Withdrawn()
    {
        if (!MayLook("/Withdrawals")) yield break;
        var states = WithdrawalsPage.Counts(Home);
        if (states.TryGetValue("needs-review", out var calls)) yield return new(AlertKind.Error, new($"Bel scholen over een bezwaar: {calls}", $"Call schools about an objection: {calls}"), OfficeWords.OfWithdrawal("needs-review"), "/withdrawals");
        if (states.TryGetValue("received", out var waiting)) yield return new(AlertKind.Info, new($"Bezwaren die op verwerking wachten: {waiting}", $"Withdrawals that wait to be processed: {waiting}"), new("Ze worden één keer per dag verwerkt, op de koppelcomputer.", "They are processed once a day, at the linking machine."), "/withdrawals");
    }

    IEnumerable<OfficeTask> Register()
    {
        if (!IsNew && !HasRegister && MayLook("/Register")) yield return new(AlertKind.Warning, new("Lees het bevolkingsregister in", "Import the population register"), new("Zonder register is er niets om mee te koppelen.", "Without a register there is nothing to link with."), "/register");
    }
}
