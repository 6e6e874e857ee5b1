using Groeilijn.Sites;

namespace Groeilijn.School.Pages;

/// <summary>Something that waits: for a day, for the office, or for the school itself.</summary>
/// <param name="Text">What, without a value of a pupil.</param>
/// <param name="Link">What can be done, in words.</param>
/// <param name="Address">Where.</param>
sealed record Waiting(string Text, string Link, string Address)
{
    internal static IReadOnlyList<Waiting> Of(SchoolHome home, SchoolFacts facts, ImportDesk desk, Speech speech)
    {
        var waiting = new List<Waiting>();
        void Add(string dutch, string english, string linkDutch, string linkEnglish, string address) => waiting.Add(new(speech.Say(dutch, english), speech.Say(linkDutch, linkEnglish), speech.To(address)));
        if (desk.Upload is { Unmapped: { } table })
            Add("Een tabel wacht op u: wat staat er in de kolommen?", "A table waits for you: what is in its columns?", "Kolommen bekijken", "Look at the columns", $"/import/columns/{table}");
        if (facts.Unjoined > 0)
            Add($"{Pupils(facts.Unjoined, "nl")} uit een ander bestand: wie is dat?", $"{Pupils(facts.Unjoined, "en")} of another file: who is that?", "Met de hand koppelen", "Join by hand", "/import/joins");
        if (facts.PeriodUntil is { } until)
            Add($"Ouders kunnen bezwaar maken tot en met {speech.Day(until)}.", $"Parents can object until {speech.Day(until)}.", "Bezwaar vastleggen", "Record an objection", "/objections");
        foreach (var delivery in Sent.All(home).Where(d => d.Receipt is null))
            Add($"Levering {delivery.Edition} (nummer {delivery.Sequence}): {(delivery.SentAt is null ? "verzegeld, nog niet verstuurd" : "verstuurd, nog geen ontvangstbewijs")}.", $"Delivery {delivery.Edition} (number {delivery.Sequence}): {(delivery.SentAt is null ? "sealed, not sent yet" : "sent, no receipt yet")}.", "Naar versturen", "To sending", "/send");
        if (facts.Answer is { } answer && AnswerWords.Of(answer.Kind, answer.Outcome) is { ToDoDutch.Length: > 0 } meaning)
            Add($"Antwoord van het bureau. {answer.Words("nl")} {meaning.ToDoDutch}", $"Answer of the office. {answer.Words("en")} {meaning.ToDoEnglish}", "Bekijk het antwoord", "See the answer", "/send");
        var objections = Objections.Status(home);
        if (objections.ToSend > 0)
            Add($"Bezwaren om door te geven aan het bureau: {objections.ToSend}.", $"Objections to pass on to the office: {objections.ToSend}.", "Naar versturen", "To sending", "/send");
        if (objections.ToBeAnswered > 0)
            Add($"Bezwaren die het bureau nog moet beantwoorden: {objections.ToBeAnswered}.", $"Objections that the office still has to answer: {objections.ToBeAnswered}.", "Bekijk de bezwaren", "See the objections", "/objections");
        return waiting;
    }

    static string Pupils(long count, string language) => (count, language) switch { (1, "nl") => "1 leerling", (1, _) => "1 pupil", (_, "nl") => $"{count} leerlingen", _ => $"{count} pupils" };
}
