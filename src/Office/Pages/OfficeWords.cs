using System.Text.RegularExpressions;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Groeilijn.Storage;

namespace Groeilijn.Office.Pages;

/// <summary>States and refusals in the words of the console, in one place.</summary>
static partial class OfficeWords
{
    static readonly Dictionary<string, Spoken> s_refusals = new()
    {
        ["unknown-school"] = new("Deze school is niet ingeschreven. Schrijf haar eerst in.", "This school is not enrolled. Enrol it first."),
        ["certificate-expired"] = new("Het certificaat van de school is verlopen. Laat de school een nieuwe sleutel maken en opnieuw inschrijven.", "The school's certificate has expired. Let the school make a new key and enrol again."),
        ["certificate-not-yet-valid"] = new("Het certificaat van de school geldt nog niet. Laat de school de klok van de computer nakijken.", "The school's certificate is not valid yet. Let the school look at the clock of its computer."),
        ["certificate-revoked"] = new("Het certificaat van de school is ingetrokken. Laat de school een nieuwe sleutel maken en opnieuw inschrijven.", "The school's certificate was revoked. Let the school make a new key and enrol again."),
        ["ciphertext"] = new("Het verzegelde bestand is onderweg beschadigd. De school verstuurt opnieuw.", "The sealed file was damaged on its way. The school sends again."),
        ["unknown-set"] = new("De school gebruikt een set gegevens die dit bureau niet aanneemt.", "The school uses a set of fields that this office does not take."),
        ["sequence"] = new("Er is al een latere levering van deze school.", "There is a later delivery of this school already."),
        ["resent"] = new("Hetzelfde verzegelde bestand kwam al met een andere geleidebrief.", "The same sealed file came before with another manifest."),
        ["no-round"] = new("Er is geen ronde voor dit halfjaar.", "There is no round for this half-year."),
        ["other-key"] = new("De levering is verzegeld voor een andere ronde. De school leest de nieuwste aankondiging in en verzegelt opnieuw.", "The delivery was sealed for another round. The school takes in the newest notice and seals again."),
        ["round-closed"] = new("De ronde was gesloten.", "The round was closed."),
        ["round-exists"] = new("Er is al een ronde voor dit halfjaar.", "There is a round for this half-year already."),
        ["round-days"] = new("De laatste dag ligt voor de eerste. Kies een latere dag.", "The last day lies before the first. Choose a later day."),
        ["round-upload"] = new("Het adres moet met https:// beginnen.", "The address must begin with https://."),
        ["round-state"] = new("Dat kan niet in deze stand van de ronde. Kijk op de pagina van de ronde.", "That cannot be done in this state of the round. Look at the page of the round."),
        ["two-people"] = new("Er zijn twee verschillende mensen nodig.", "Two different people are needed."),
        ["proposed"] = new("Dit is al voorgesteld. De twee sleutelhouders stemmen in, of het wordt ingetrokken.", "This was proposed already. The two key holders agree, or it is taken back."),
        ["not-holder"] = new("Iemand anders is gevraagd om deze sleutel te houden.", "Somebody else was asked to hold this key."),
        ["same-person"] = new("U hebt al ingestemd. Een tweede persoon moet instemmen, met een eigen account.", "You agreed already. A second person must agree, with an account of their own."),
        ["taken"] = new("Er hebben al twee mensen ingestemd.", "Two people agreed already."),
        ["no-decision"] = new("Hier wacht niets op een besluit.", "Nothing waits for a decision here."),
        ["enrolment"] = new("Dit is geen inschrijving van een school. Vraag de school om het bestand enrolment.json.", "This is not an enrolment of a school. Ask the school for the file enrolment.json."),
        ["certificate-of-another"] = new("Een andere school is met dit certificaat ingeschreven. Elke vestiging maakt een eigen sleutel.", "Another school is enrolled with this certificate. Each location makes its own key."),
        ["revoked-before"] = new("Dit certificaat is al ingetrokken.", "This certificate was revoked before."),
        ["revoked-day"] = new("De dag van het verlies ligt in de toekomst.", "The day of the loss lies in the future."),
        ["no-register-files"] = new("In de map ontbreken bestanden van het register. Nodig zijn persons.csv, numbers.csv en addresses.csv.", "The folder lacks files of the register. Needed are persons.csv, numbers.csv and addresses.csv."),
        ["still-present"] = new("Een bestand dat vernietigd was, is er weer. Zoek uit wie het terugzette.", "A file that was destroyed is there again. Find out who put it back."),
        ["not-held"] = new("Geen controle houdt dit rapport tegen. Een rapport dat verstuurd is, opent alleen de school zelf.", "No check holds this report. A report that left is opened by its school alone."),
        ["no-permission"] = new("Er is geen toestemming van het bestuur. Vraag die, met een datum, en leg haar met twee mensen vast.", "There is no permission of the board. Ask for one, with a date, and enter it with two people."),
        ["permission-waits"] = new("Eén persoon heeft de toestemming vastgelegd. Een tweede moet instemmen, met een eigen account.", "One person entered the permission. A second must agree, with an account of their own."),
        ["permission-over"] = new("De toestemming van het bestuur is voorbij. Vraag een nieuwe.", "The board's permission is over. Ask for a new one."),
        ["permission-exists"] = new("Er is al een toestemming vastgelegd. Laat een tweede persoon instemmen, of beëindig haar eerst.", "A permission was entered already. Let a second person agree, or end it first."),
        ["permission-who"] = new("Vul in wie van het bestuur toestemming gaf.", "Fill in who at the board gave permission."),
        ["permission-days"] = new("De brief is van vandaag of eerder, en de toestemming loopt ten hoogste 31 dagen en is nog niet voorbij.", "The letter is of today or earlier, and the permission runs at most 31 days and is not over yet."),
        ["review-waits"] = new("Er wachten nog mogelijke koppelingen op beoordeling. Wacht tot de beoordeling klaar is, of besluit met twee mensen zonder.", "Possible links still wait for review. Wait until the review is done, or decide with two people to go on without."),
    };

    /// <summary>A refusal in both languages; what has no words here keeps those of the room.</summary>
    public static Spoken Of(Refusal no) => s_refusals.TryGetValue(no.Code, out var words) ? words : new($"{no.What} {no.Remedy}", $"{no.What} {no.Remedy}");

    /// <summary>The words for a code; the code itself when there are none.</summary>
    public static Spoken OfCode(string code) => s_refusals.TryGetValue(code, out var words) ? words : new(code, code);

    /// <summary>What a program of its own said was wrong: by its code where it gave one.</summary>
    public static Spoken OfProgram(string said) => Code().Match(said) is { Success: true } match && s_refusals.TryGetValue(match.Groups[1].Value, out var words) ? words : new(said, said);

    /// <summary>The state of a round.</summary>
    public static Spoken Of(RoundState state) => state switch
    {
        RoundState.Open => new("open voor leveringen", "open for deliveries"),
        RoundState.Linked => new("gekoppeld", "linked"),
        RoundState.Reviewing => new("wordt beoordeeld", "being reviewed"),
        RoundState.Reviewed => new("beoordeeld", "reviewed"),
        RoundState.DestructionIntended => new("vernietiging goedgekeurd", "destruction approved"),
        RoundState.KeysDestroyed => new("sleutel vernietigd", "key destroyed"),
        RoundState.CiphertextDestroyed => new("leveringen vernietigd", "deliveries destroyed"),
        RoundState.Verified => new("nagekeken", "verified"),
        _ => new("vernietigd en verklaard", "destroyed and certified"),
    };

    /// <summary>What happens on the way from one state to the next.</summary>
    public static Spoken Of(RoundState from, RoundState to, string english) => (from, to) switch
    {
        (RoundState.Open, RoundState.Linked) => new("elke levering koppelen, alleen in het geheugen", english),
        (_, RoundState.Reviewing) => new("iemand begint te beoordelen wat twijfelachtig is", english),
        (_, RoundState.Reviewed) => new("alles is beoordeeld, de 28 dagen zijn om, of twee mensen gaan verder zonder", english),
        (_, RoundState.DestructionIntended) => new("twee mensen keuren goed; het besluit wordt vastgelegd", english),
        (_, RoundState.KeysDestroyed) => new("beide helften van de sleutel overschrijven, nalezen en verwijderen", english),
        (_, RoundState.CiphertextDestroyed) => new("elke levering overschrijven, nalezen en verwijderen", english),
        (_, RoundState.Verified) => new("zoeken naar sleutel en leveringen: er is niets meer", english),
        _ => new("de verklaring ondertekenen en in het logboek zetten", english),
    };

    /// <summary>The state of a delivery.</summary>
    public static (Spoken Words, AlertKind Kind) OfDelivery(string state) => state switch
    {
        "received" => (new("ontvangen", "received"), AlertKind.Ok),
        "replaced" => (new("vervangen", "replaced"), AlertKind.Info),
        "linked" => (new("gekoppeld", "linked"), AlertKind.Ok),
        "unreadable" => (new("niet te lezen", "unreadable"), AlertKind.Error),
        "refused" => (new("geweigerd", "refused"), AlertKind.Error),
        _ => (new("nog niets", "nothing yet"), AlertKind.Warning),
    };

    /// <summary>The state of an objection made after sending.</summary>
    public static Spoken OfWithdrawal(string state) => state switch
    {
        "received" => new("ontvangen, wacht op verwerking", "received, waits to be processed"),
        "needs-review" => new("past bij meer dan één persoon: bel de school", "fits more than one person: call the school"),
        "refused" => new("niet te openen; de school verzegelt opnieuw", "cannot be opened; the school seals again"),
        "tombstoned" => new("wordt overal verwijderd", "being removed everywhere"),
        "removed" => new("verwijderd, de school is geïnformeerd", "removed, the school was told"),
        "destroyed" => new("klaar, ook het bericht is vernietigd", "done, the message is destroyed as well"),
        _ => new(state, state),
    };

    [GeneratedRegex(@"\[([a-z-]+)\]")]
    private static partial Regex Code();
}
