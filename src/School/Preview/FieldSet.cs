namespace Groeilijn.School;

/// <summary>A field that may leave the school, and why it does.</summary>
public sealed record Field(string Name, string Dutch, string English, string ReasonDutch, string ReasonEnglish)
{
    /// <summary>The name for a reader.</summary>
    public string Words(string language) => language == "nl" ? Dutch : English;

    /// <summary>Why it goes along.</summary>
    public string Reason(string language) => language == "nl" ? ReasonDutch : ReasonEnglish;
}

/// <summary>
/// The configured set of fields, <c>nco-basis/1</c>: the six identifying data of the letter and the results. What is not in this
/// table has no place in the payload's format either, so it cannot be written.
/// </summary>
public static class FieldSet
{
    /// <summary>The name and version of the set, as it stands in payload and manifest.</summary>
    public const string Name = "nco-basis/1";

    const string LinkNl = "Alleen om te koppelen. Wordt daarna vernietigd.", LinkEn = "Only for linking. Destroyed afterwards.";

    /// <summary>What identifies a pupil.</summary>
    public static IReadOnlyList<Field> Person { get; } =
    [
        new("bsn", "BSN", "BSN", LinkNl, LinkEn),
        new("onderwijsnummer", "Onderwijsnummer", "Education number", "Als er geen BSN is. " + LinkNl, "When there is no BSN. " + LinkEn),
        new("sex", "Geslacht", "Sex", LinkNl, LinkEn),
        new("born", "Geboortedatum", "Birth date", LinkNl, LinkEn),
        new("postcode", "Postcode", "Postcode", LinkNl, LinkEn),
        new("house", "Huisnummer", "House number", LinkNl, LinkEn),
        new("letter", "Huisletter", "House letter", "Deel van het huisnummer. " + LinkNl, "Part of the house number. " + LinkEn),
        new("addition", "Toevoeging", "Addition", "Deel van het huisnummer. " + LinkNl, "Part of the house number. " + LinkEn),
    ];

    /// <summary>What a result says.</summary>
    public static IReadOnlyList<Field> Result { get; } =
    [
        new("subject", "Vak", "Subject", "Taal of rekenen; andere vakken gaan niet mee.", "Language or arithmetic; no other subjects."),
        new("taken", "Afnamedatum", "Test date", "Om de resultaten op volgorde te zetten.", "To put the results in order."),
        new("moment", "Toets", "Test", "Voor welk halfjaar en welke groep de toets is gemaakt.", "For which half-year and group the test was made."),
        new("group", "Jaargroep", "Year group", "De eigen groep van de leerling bij de toets.", "The pupil's own group at the test."),
        new("scale", "Schaal", "Scale", "Scores van twee schalen zijn niet te vergelijken.", "Scores of two scales cannot be compared."),
        new("score", "Score", "Score", "Het resultaat: de vaardigheidsscore.", "The result: the ability score."),
    ];
}
