using Groeilijn.Sites;
using Groeilijn.Sites.Parts;

namespace Groeilijn.School.Pages;

/// <summary>
/// The seven steps from export to report. One table says of each step which states it has, when each holds, and the words: the first state
/// whose condition holds is the step's. The first step that is not done is the one to do now.
/// </summary>
static class SchoolSteps
{
    /// <summary>A state of a step: how it shows, when it holds, how it stands in words, and what to do now while it is the first that is not done.</summary>
    sealed record State(StepState Shows, Func<SchoolFacts, bool> Holds, Func<SchoolFacts, Speech, string?> Note, Spoken ToDo = default);

    sealed record Row(string Address, Spoken Title, Spoken What, params State[] States);

    const StepState Open = StepState.Later, Done = StepState.Done, Attention = StepState.Attention;

    static bool Always(SchoolFacts _) => true;

    static string? Nothing(SchoolFacts f, Speech s) => null;

    static readonly Row[] s_rows =
    [
        new("/import", new("Inlezen", "Import"), new("De export uit uw leerlingvolgsysteem openen.", "Open the export of your pupil tracking system."),
            new(Open, f => f.Pupils is null, Nothing, new("Lees de export uit uw leerlingvolgsysteem in. Dat duurt een paar minuten.", "Import the export of your pupil tracking system. That takes a few minutes.")),
            new(Done, f => f.ResultsOfHalf > 0 || f.Delivered, (f, s) => s.Say($"{s.Number(f.Pupils!.Value)} leerlingen ingelezen.", $"{s.Number(f.Pupils!.Value)} pupils imported.")),
            new(Open, Always, (f, s) => s.Say($"{s.Number(f.Pupils!.Value)} leerlingen ingelezen. Er zijn nog geen toetsen van dit halfjaar bij.", $"{s.Number(f.Pupils!.Value)} pupils imported. There are no tests of this half-year among it yet."),
                new("Lees een nieuwe export in zodra de toetsen van dit halfjaar zijn ingevoerd.", "Import a new export as soon as the tests of this half-year were entered."))),

        new("/check", new("Controleren", "Check"), new("Zien wat er niet klopt en waar u het verbetert.", "See what is not right and where to put it right."),
            new(Open, f => f.Pupils is null, Nothing),
            new(Attention, f => f.Blocked && !f.Delivered, (f, s) => s.Say("De controle houdt de levering tegen.", "The check blocks the delivery."), new("Los eerst op wat de levering tegenhoudt.", "First solve what blocks the delivery.")),
            new(Done, f => f.Points == 0, (f, s) => s.Say("Er is niets te verbeteren.", "There is nothing to put right.")),
            new(Done, f => f.Informed > 0 || f.Previews > 0 || f.Delivered, Points),
            new(Open, Always, Points, new("Bekijk wat er te verbeteren is. U kunt daarna verder, ook als niet alles is opgelost.", "Look at what can be put right. You can go on after that, also when not all is solved."))),

        new("/inform", new("Ouders informeren", "Inform parents"), new("De brief met de uitleg en de dag tot wanneer ouders bezwaar kunnen maken.", "The letter that explains, with the day until which parents can object."),
            new(Done, f => f.Delivered && f.NotInformed == 0 || f.Informed > 0 && f.NotInformed == 0, Nothing),
            new(Open, f => f.Informed == 0, Nothing, new("Stuur de ouders de brief en leg vast wanneer u dat deed. Zij krijgen ten minste veertien dagen.", "Send the parents the letter and record when you did. They get at least fourteen days.")),
            new(Attention, Always, (f, s) => s.Say($"Nog geen brief: de ouders van {s.Number(f.NotInformed)} leerlingen. Zij gaan niet mee.", $"No letter yet: the parents of {s.Number(f.NotInformed)} pupils. They do not go along."),
                new("Stuur ook de ouders van nieuwe leerlingen de brief.", "Send the letter to the parents of new pupils too."))),

        new("/objections", new("Bezwaren", "Objections"), new("Vastleggen welke kinderen niet meedoen. Dat kan altijd, ook later.", "Record which children do not take part. Always possible, also later."),
            new(Open, f => f.Informed == 0, Objections),
            new(Open, f => f.PeriodUntil is not null && f.GoAlong == 0 && !f.Delivered, (f, s) => s.Say($"Ouders kunnen bezwaar maken tot en met {s.Day(f.PeriodUntil!.Value)}.", $"Parents can object until {s.Day(f.PeriodUntil!.Value)}."),
                new("Wacht tot de termijn voor bezwaar voorbij is. Leg intussen vast wie bezwaar maakt.", "Wait until the period for objections is over. Meanwhile record who objects.")),
            new(Done, Always, Objections)),

        new("/preview", new("Bekijken", "Preview"), new("Precies zien wat er weggaat, voordat het weggaat.", "See exactly what leaves, before it leaves."),
            new(Done, f => f.Previews > 0 || f.Delivered, Nothing),
            new(Open, Always, Nothing, new("Bekijk precies wat er weggaat, en wat niet.", "See exactly what leaves, and what does not."))),

        new("/send", new("Versturen", "Send"), new("De levering verzegelen en versturen.", "Seal the delivery and send it."),
            new(Attention, f => f.Refused, (f, s) => s.Say("Het bureau kon de laatste levering niet aannemen.", "The office could not take in the last delivery."), new("Bekijk wat het bureau antwoordde en wat u doet.", "See what the office answered and what to do.")),
            new(Open, f => f.Unsent > 0, (f, s) => s.Say("Verzegeld, nog niet verstuurd.", "Sealed, not sent yet."), new("Verstuur de verzegelde levering.", "Send the sealed delivery.")),
            new(Attention, f => f.Unanswered > 0, (f, s) => s.Say("Er is nog geen ontvangstbewijs.", "There is no receipt yet."), new("Lees het ontvangstbewijs van het bureau in zodra u het hebt.", "Take in the office's receipt as soon as you have it.")),
            new(Done, f => f.Delivered, (f, s) => s.Say("Verstuurd en ontvangen.", "Sent and received.")),
            new(Open, Always, Nothing, new("Laat de directeur akkoord gaan en verstuur de levering.", "Have the head approve and send the delivery."))),

        new("/reports", new("Rapporten", "Reports"), new("De groei van uw leerlingen, twee keer per jaar.", "The growth of your pupils, twice a year."),
            new(Done, f => f.Reports > 0, (f, s) => s.Say($"Aantal rapporten: {s.Number(f.Reports)}.", $"Number of reports: {s.Number(f.Reports)}.")),
            new(Open, Always, Nothing, new("Wacht op het rapport. Het bureau maakt het als alle scholen hebben geleverd.", "Wait for the report. The office makes it when all schools have delivered."))),
    ];

    static string? Points(SchoolFacts f, Speech s) => f.Points == 1 ? s.Say("Er is 1 punt te verbeteren.", "There is 1 point to put right.") : s.Say($"Er zijn {f.Points} punten te verbeteren.", $"There are {f.Points} points to put right.");

    static string? Objections(SchoolFacts f, Speech s) => f.Objections == 0 ? null : s.Say($"Aantal bezwaren: {s.Number(f.Objections)}.", $"Number of objections: {s.Number(f.Objections)}.");

    /// <summary>The steps of a home as it is now.</summary>
    internal static IReadOnlyList<Step> Of(SchoolHome home, Speech speech) => Of(SchoolFacts.Of(home), speech);

    internal static IReadOnlyList<Step> Of(SchoolFacts facts, Speech speech)
    {
        var now = IndexNow(facts);
        return [.. s_rows.Select((row, i) =>
        {
            var state = StateOf(row, facts);
            return new Step(row.Title.In(speech.Language), i == now && state.Shows == Open ? StepState.Now : state.Shows, speech.To(row.Address), row.What.In(speech.Language), state.Note(facts, speech));
        })];
    }

    /// <summary>The one thing to do now, and where; null when this half-year is done.</summary>
    internal static (string Sentence, string Title, string Address)? Now(SchoolFacts facts, Speech speech) => Next(facts, speech, after: 0);

    /// <summary>The first step after one that is not done: where a page leads on, also when the visitor leaves something as it is.</summary>
    internal static (string Sentence, string Title, string Address)? Next(SchoolFacts facts, Speech speech, int after)
    {
        var next = Array.FindIndex(s_rows, after, row => StateOf(row, facts).Shows != Done);
        if (next < 0) return null;
        var title = s_rows[next].Title.In(speech.Language);
        return (StateOf(s_rows[next], facts).ToDo.In(speech.Language), speech.Say($"stap {next + 1}: {title}", $"step {next + 1}: {title}"), speech.To(s_rows[next].Address));
    }

    /// <summary>The steps before anything was done, for who sees them first.</summary>
    internal static IReadOnlyList<Step> Explained(Speech speech) => [.. s_rows.Select(row => new Step(row.Title.In(speech.Language), Open, null, row.What.In(speech.Language)))];

    static int IndexNow(SchoolFacts facts) => Array.FindIndex(s_rows, row => StateOf(row, facts).Shows != Done);

    static State StateOf(Row row, SchoolFacts facts) => Array.Find(row.States, state => state.Holds(facts))!;
}
