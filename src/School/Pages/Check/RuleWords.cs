using Groeilijn.Sites;
using Groeilijn.Sites.Parts;

namespace Groeilijn.School.Pages;

/// <summary>What the pages say of a rule besides its own sentence: where to act, with a link where that is here, and how soon.</summary>
static class RuleWords
{
    /// <summary>Remedies that name a command have their words for the pages here.</summary>
    static readonly Dictionary<Rule, Spoken> s_remedies = new()
    {
        [Rules.FileTooLarge] = new("Kies de export van alleen deze school.", "Choose the export of this school alone."),
        [Rules.FileObjections] = new("Lees deze lijst in bij de bezwaren.", "Take in this list with the objections."),
        [Rules.NotInformed] = new("Verstuur de brief en leg hier vast wanneer u dat deed.", "Send the letter and record here when you did."),
    };

    internal static string Remedy(Rule rule, string language) => s_remedies.TryGetValue(rule, out var words) ? words.In(language) : rule.Remedy(language);

    /// <summary>The page where it is put right; null when that is not in this program.</summary>
    internal static (Spoken Text, string Address)? Link(Rule rule)
    {
        if (rule == Rules.ResultNobody || rule == Rules.AddressNobody || rule == Rules.KeyOfOther) return (new("Met de hand koppelen", "Join by hand"), "/import/joins");
        if (rule == Rules.FileObjections) return (new("Lijst van bezwaren inlezen", "Take in a list of objections"), "/objections/import");
        if (rule == Rules.Objected || rule == Rules.ObjectionNobody) return (new("Naar de bezwaren", "To the objections"), "/objections");
        return rule.Where switch
        {
            Where.Inform => (new("Naar de brief aan ouders", "To the letter to parents"), "/inform"),
            Where.ImportAgain => (new("Opnieuw inlezen", "Import again"), "/import"),
            _ => null,
        };
    }

    internal static Spoken Of(Where where) => where switch
    {
        Where.LvsCorrect => new("In uw leerlingvolgsysteem", "In your pupil tracking system"),
        Where.ImportAgain => new("In de export", "In the export"),
        Where.Here => new("Hier, in dit programma", "Here, in this program"),
        Where.Inform => new("Met de brief aan ouders", "With the letter to parents"),
        Where.Wait => new("Dit gaat vanzelf over", "This passes by itself"),
        _ => new("U hoeft niets te doen", "Nothing to do"),
    };

    internal static (AlertKind Kind, Spoken Words) Of(Urgency urgency) => urgency switch
    {
        Urgency.Blocks => (AlertKind.Error, new("Houdt de levering tegen", "Blocks the delivery")),
        Urgency.PupilsOut => (AlertKind.Warning, new("Leerlingen blijven achter", "Pupils stay behind")),
        Urgency.ResultsOut => (AlertKind.Warning, new("Resultaten blijven achter", "Results stay behind")),
        Urgency.OneCause => (AlertKind.Warning, new("Waarschijnlijk één oorzaak", "Likely one cause")),
        Urgency.Rest => (AlertKind.Info, new("Gaat mee, maar kijk het na", "Goes along, but look at it")),
        _ => (AlertKind.Info, new("Om te weten", "To know")),
    };

    /// <summary>At how many pupils, or how often.</summary>
    internal static string Count(ToDo item, Speech speech) => item.Pupils.Count switch
    {
        0 => speech.Say($"{speech.Number(item.Count)} keer", item.Count == 1 ? "once" : $"{speech.Number(item.Count)} times"),
        1 => speech.Say("1 leerling", "1 pupil"),
        var pupils => speech.Say($"{speech.Number(pupils)} leerlingen", $"{speech.Number(pupils)} pupils"),
    };
}

/// <summary>A point to show: its number in the list, and whether the import page already is where one stands.</summary>
public sealed record ToDoShown(ToDo Item, int Number, bool Linked);
