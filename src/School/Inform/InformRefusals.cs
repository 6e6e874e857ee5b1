namespace Groeilijn.School;

static partial class Refusals
{
    public static readonly Refusal NoSuchSet = new("Deze gegevensset bestaat niet.", "There is no such set of fields.", "Kies een set die bij dit programma hoort.", "Choose a set that came with this program.");
    public static readonly Refusal NoReaders = new("Er is niemand gekozen die de brief kreeg.", "Nobody was chosen who had the letter.", "Kies groepen of leerlingen die nu op school zitten.", "Choose groups or pupils who are at the school now.");
    public static readonly Refusal NoSuchLetter = new("Deze brief is niet vastgelegd, of is al ongedaan gemaakt.", "This letter was not recorded, or was undone already.", "Kies een brief uit de lijst.", "Choose a letter from the list.");
    public static readonly Refusal LetterReliedOn = new("Op deze brief is al een levering gebaseerd. Ongedaan maken kan niet meer.", "A delivery already relied on this letter. It cannot be undone any more.", "Leg een bezwaar vast als een ouder dat wil. Bel anders het bureau.", "Record an objection where a parent wants that. Otherwise call the office.");

    public static readonly Refusal NotDetails = new("Dit bestand bevat niet de gegevens voor de brief.", "This file does not hold the details for the letter.", "Gebruik samples/school/brief.json als voorbeeld en vul het in.", "Take samples/school/brief.json as an example and fill it in.");

    /// <summary>The details that are missing, in words; none of them is about a pupil.</summary>
    public static Refusal DetailsMissing(IReadOnlyList<(string Dutch, string English)> missing) => new(
        $"In de brief ontbreekt nog, of klopt niet: {string.Join(", ", missing.Select(m => m.Dutch))}.",
        $"Still missing from the letter, or not right: {string.Join(", ", missing.Select(m => m.English))}.",
        "Vul de gegevens voor de brief in: school letter --details BESTAND.", "Fill in the details for the letter: school letter --details FILE.");
}
