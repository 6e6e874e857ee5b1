using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>What an answer's code means for the school: what happened, and what there is to do.</summary>
public sealed record AnswerMeaning(string Dutch, string English, string ToDoDutch, string ToDoEnglish)
{
    /// <summary>What happened, in a language.</summary>
    public string Sentence(string language) => language == "nl" ? Dutch : English;

    /// <summary>What to do, in a language; empty when there is nothing to do.</summary>
    public string ToDo(string language) => language == "nl" ? ToDoDutch : ToDoEnglish;
}

/// <summary>Words for every code of an answer (<see cref="Answer"/>), in one table.</summary>
public static class AnswerWords
{
    const string Again = "Verzegel en verstuur opnieuw.", AgainEnglish = "Seal and send again.";
    const string Later = "U krijgt later bericht wat ermee is gedaan.", LaterEnglish = "You will hear later what was done with it.";

    static readonly Dictionary<(string Kind, string Outcome), AnswerMeaning> s_words = new()
    {
        [("delivery", "received")] = new("Het bureau heeft de levering ontvangen.", "The office received the delivery.", Later, LaterEnglish),
        [("delivery", "refused-signature")] = new("Het bureau kon niet vaststellen dat de levering van deze school komt.", "The office could not establish that the delivery came from this school.", "Bel het bureau en vergelijk de vingerafdruk van de school.", "Call the office and compare the school's fingerprint."),
        [("delivery", "refused-unreadable")] = new("Het bureau kon de levering niet openen: het bestand is beschadigd of voor een andere ronde verzegeld.", "The office could not open the delivery: the file is damaged or was sealed for another round.", Again, AgainEnglish),
        [("delivery", "refused-format")] = new("De inhoud van de levering is niet zoals afgesproken.", "The content of the delivery is not as agreed.", "Bel het bureau; mogelijk is een nieuwere versie van het programma nodig.", "Call the office; a newer version of the program may be needed."),
        [("delivery", "refused-round")] = new("De aanleverronde is gesloten of nog niet open.", "The round is closed or not open yet.", "Bel het bureau om te vragen wat nog kan.", "Call the office and ask what is still possible."),
        [("delivery", "replaced")] = new("Een latere levering van de school is in de plaats gekomen van deze.", "A later delivery of the school took the place of this one.", "", ""),
        [("delivery", "linked")] = new("De resultaten zijn gekoppeld.", "The results were linked.", "Wie niet gekoppeld is, gaat in de volgende levering weer mee. U hoeft niets te doen.", "Who was not linked goes along again in the next delivery. There is nothing to do."),
        [("delivery", "destroyed")] = new("De sleutel en het verzegelde bestand zijn vernietigd.", "The key and the sealed file were destroyed.", "", ""),
        [("withdrawal", "received")] = new("Het bureau heeft het bezwaar ontvangen.", "The office received the objection.", Later, LaterEnglish),
        [("withdrawal", "refused-signature")] = new("Het bureau kon niet vaststellen dat het bezwaar van deze school komt.", "The office could not establish that the objection came from this school.", "Bel het bureau en vergelijk de vingerafdruk van de school. Geef het bezwaar daarna opnieuw door.", "Call the office and compare the school's fingerprint. Then pass the objection on again."),
        [("withdrawal", "refused-unreadable")] = new("Het bureau kon het bericht over het bezwaar niet openen.", "The office could not open the message about the objection.", "Geef het bezwaar opnieuw door.", "Pass the objection on again."),
        [("withdrawal", "refused-format")] = new("Het bericht over het bezwaar is niet zoals afgesproken.", "The message about the objection is not as agreed.", "Bel het bureau; mogelijk is een nieuwere versie van het programma nodig.", "Call the office; a newer version of the program may be needed."),
        [("withdrawal", "removed")] = new("Het bureau heeft geen gegevens van dit kind meer.", "The office holds no data of this child any more.", "Vertel het de ouder.", "Tell the parent."),
    };

    /// <summary>The meaning of a code.</summary>
    /// <exception cref="ArgumentException">The format knows no such code.</exception>
    public static AnswerMeaning Of(string kind, string outcome) => s_words.GetValueOrDefault((kind, outcome)) ?? throw new ArgumentException("No such code of an answer.", nameof(outcome));
}
