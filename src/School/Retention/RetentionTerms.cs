using System.Globalization;

namespace Groeilijn.School;

/// <summary>What is kept for a time.</summary>
public enum RetentionKind
{
    /// <summary>Of a pupil who left: who it was, the results, the year groups, the letters.</summary>
    Pupils,
    /// <summary>The pupil's line in what was sent: to answer the parent.</summary>
    SentLines,
    /// <summary>The objection of a pupil who left, and one that was taken back.</summary>
    Objections,
    /// <summary>A preview that was never sealed or replaced.</summary>
    Previews,
    /// <summary>A letter to parents; no pupil is in it.</summary>
    Letters,
}

/// <summary>
/// The terms, in years. Two years after leaving is the usual guideline for a school's records of a pupil. An objection is kept longer: as long as a
/// child can come back to primary school, its data must not go along by mistake. A preview is of use for one round.
/// </summary>
public sealed record RetentionTerms(int Pupils = 2, int SentLines = 2, int Objections = 8, int Previews = 1, int Letters = 5)
{
    /// <summary>The terms of a home: the school's own, and the program's where it gave none.</summary>
    public static RetentionTerms Of(SchoolHome home)
    {
        var own = home.Store.Read<(string Kind, int Years)>("SELECT kind, years FROM retention_term").ToDictionary(t => t.Kind, t => t.Years);
        var usual = new RetentionTerms();
        int Years(RetentionKind kind) => own.TryGetValue(kind.ToString(), out var years) ? years : usual[kind];
        return new(Years(RetentionKind.Pupils), Years(RetentionKind.SentLines), Years(RetentionKind.Objections), Years(RetentionKind.Previews), Years(RetentionKind.Letters));
    }

    /// <summary>Keeps the school's own terms, 0 to 50 years each.</summary>
    public static void Set(SchoolHome home, RetentionTerms terms) => home.Store.Write(tx =>
    {
        foreach (var kind in Enum.GetValues<RetentionKind>())
            tx.Execute("INSERT OR REPLACE INTO retention_term (kind, years) VALUES (@kind, @years)", new { kind = kind.ToString(), years = terms[kind] });
    });

    /// <summary>The term of a kind.</summary>
    public int this[RetentionKind kind] => kind switch
    {
        RetentionKind.Pupils => Pupils,
        RetentionKind.SentLines => SentLines,
        RetentionKind.Objections => Objections,
        RetentionKind.Previews => Previews,
        _ => Letters,
    };

    /// <summary>The first day on which something of a kind is no longer kept.</summary>
    public DateOnly End(RetentionKind kind, DateOnly from) => from.AddYears(this[kind]);

    /// <summary>What is kept, and until when, in a language.</summary>
    public string Words(RetentionKind kind, string language)
    {
        var years = this[kind].ToString(CultureInfo.InvariantCulture);
        return (kind, language) switch
        {
            (RetentionKind.Pupils, "nl") => $"Gegevens van een leerling: tot {years} jaar nadat de leerling van school ging.",
            (RetentionKind.Pupils, _) => $"Data of a pupil: until {years} years after the pupil left.",
            (RetentionKind.SentLines, "nl") => $"Wat is gestuurd: tot {years} jaar nadat de leerling van school ging, om ouders te kunnen antwoorden.",
            (RetentionKind.SentLines, _) => $"What was sent: until {years} years after the pupil left, to be able to answer parents.",
            (RetentionKind.Objections, "nl") => $"Een bezwaar: tot {years} jaar nadat de leerling van school ging. Zo lang kan een kind terugkomen.",
            (RetentionKind.Objections, _) => $"An objection: until {years} years after the pupil left. That long a child can come back.",
            (RetentionKind.Previews, "nl") => $"Een voorbeeld van een levering: tot de volgende import, of {years} jaar.",
            (RetentionKind.Previews, _) => $"A preview of a delivery: until the next import, or {years} years.",
            (_, "nl") => $"Een brief aan ouders: {years} jaar. Daar staat geen leerling in.",
            _ => $"A letter to parents: {years} years. No pupil is in it.",
        };
    }
}
