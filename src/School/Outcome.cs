namespace Groeilijn.School;

/// <summary>Why a step was not taken, and what to do; in both languages, without a value of a pupil.</summary>
public sealed record Refusal(string Dutch, string English, string HintDutch, string HintEnglish)
{
    /// <summary>The sentence in a language.</summary>
    public string Sentence(string language) => language == "nl" ? Dutch : English;

    /// <summary>What to do, in a language.</summary>
    public string Hint(string language) => language == "nl" ? HintDutch : HintEnglish;
}

/// <summary>What a step gave, or why it was not taken.</summary>
public readonly record struct Outcome<T> where T : class
{
    Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>The result; null when the step was refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null when the step was taken.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether the step was taken.</summary>
    public bool Ok => Value is not null;

    /// <summary>A step taken.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A step refused.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}

/// <summary>Every refusal of the steps after the import, in one place and one voice.</summary>
static partial class Refusals
{
    public static readonly Refusal NoImport = new("Er zijn nog geen leerlingen ingelezen.", "No pupils were imported yet.", "Lees eerst de export in: school import BESTANDEN.", "Import the export first: school import FILES.");
    public static readonly Refusal PeriodTooShort = new("Ouders moeten ten minste veertien dagen hebben om bezwaar te maken.", "Parents must have at least fourteen days to object.", "Kies een latere datum bij --until.", "Choose a later day for --until.");
    public static readonly Refusal SentInFuture = new("De brief kan niet in de toekomst zijn verstuurd.", "The letter cannot have been sent in the future.", "Leg het vast op de dag dat de brief is verstuurd.", "Record it on the day the letter was sent.");
    public static readonly Refusal AskedInFuture = new("Het bezwaar kan niet in de toekomst zijn gemaakt.", "The objection cannot have been made in the future.", "Geef de dag waarop de ouder het vroeg.", "Give the day on which the parent asked.");
    public static readonly Refusal NoSuchPupil = new("Deze leerling is niet bekend.", "This pupil is not known.", "Geef de sleutel zoals die in de export staat, het ECK iD of het nummer.", "Give the key as it stands in the export, the ECK iD or the number.");
    public static readonly Refusal NoObjection = new("Voor deze leerling is geen bezwaar vastgelegd.", "No objection is recorded for this pupil.", "Controleer de sleutel.", "Check the key.");
    public static readonly Refusal NobodyGoesAlong = new("Er is geen leerling die mee kan in deze levering.", "No pupil can go along in this delivery.", "Bekijk de redenen: school check --edition EDITIE.", "See the reasons: school check --edition EDITION.");
    public static readonly Refusal Blocked = new("De controle houdt de levering tegen.", "The check blocks the delivery.", "Bekijk de redenen: school check.", "See the reasons: school check.");
    public static readonly Refusal NoPreview = new("Er is geen voorbeeld van deze levering, of er is daarna iets ingelezen of bezwaar gemaakt.", "There is no preview of this delivery, or something was imported or objected after it.", "Maak het voorbeeld opnieuw en bekijk het: school preview.", "Make the preview again and look at it: school preview.");
    public static readonly Refusal PreviewChanged = new("Het bestand van het voorbeeld is veranderd nadat het is gemaakt.", "The file of the preview was changed after it was made.", "Maak het voorbeeld opnieuw en bekijk het: school preview.", "Make the preview again and look at it: school preview.");
    public static readonly Refusal NotAReceipt = new("Dit bestand is geen ontvangstbewijs, of de handtekening ernaast (.p7s) ontbreekt.", "This file is not a receipt, or the signature beside it (.p7s) is missing.", "Geef het bestand van het bureau, met het .p7s-bestand in dezelfde map.", "Give the office's file, with the .p7s file in the same folder.");
    public static readonly Refusal ReceiptUnsigned = new("De handtekening van het ontvangstbewijs klopt niet.", "The signature of the receipt is not right.", "Vraag het bureau om het ontvangstbewijs opnieuw te sturen.", "Ask the office to send the receipt again.");
    public static readonly Refusal ReceiptOfOther = new("Het ontvangstbewijs hoort bij geen levering van deze school.", "The receipt belongs to no delivery of this school.", "Bel het bureau: er is iets anders ontvangen dan u stuurde.", "Call the office: something else was received than you sent.");
    public static readonly Refusal NoOffice = new("Het certificaat van het bureau is nog niet bekend.", "The office's certificate is not known yet.", "Geef het één keer mee: --office CERTIFICAAT.", "Give it once: --office CERTIFICATE.");
    public static readonly Refusal OtherOffice = new("Dit is niet het certificaat van het bureau dat eerder is vastgelegd.", "This is not the office's certificate that was recorded before.", "Bel het bureau en vergelijk de vingerafdruk.", "Call the office and compare the fingerprint.");
    public static readonly Refusal NotOurReport = new("Dit bestand is niet verzegeld voor deze school, of het is beschadigd.", "This file is not sealed to this school, or it is damaged.", "Haal het rapport opnieuw op.", "Fetch the report again.");
    public static readonly Refusal NotAList = new("Dit bestand is geen lijst van bezwaren (leerling_key;datum).", "This file is not a list of objections (leerling_key;datum).", "Zet in de eerste regel: leerling_key;datum.", "Put in the first line: leerling_key;datum.");
}
