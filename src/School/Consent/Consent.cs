using System.Security.Cryptography;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// Active consent for data of a special category. Silence is no consent: a value goes along only after its own letter and a yes later than
/// that letter, and no longer once the yes is taken back. The basic set has no such category, so that there is nothing to ask.
/// </summary>
public static class Consent
{
    /// <summary>The special categories of the set in use.</summary>
    public static IReadOnlyList<string> Categories(SchoolHome home) => FieldSets.Current(home).Categories;

    /// <summary>Records a parent's yes.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="person">The home's own number of the pupil.</param>
    /// <param name="category">A category of the set in use.</param>
    /// <param name="given">The day on which it was given.</param>
    /// <param name="way">How it came in.</param>
    /// <param name="recorder">The role of who records it, in small letters such as <c>administratie</c>; no name.</param>
    /// <returns>Refused when no letter about this category went to the parents before that day.</returns>
    public static Outcome<ConsentGiven> Give(SchoolHome home, long person, string category, DateOnly given, LetterWay way, string recorder)
    {
        if (!Spelling.Word.Allows(recorder)) return Refusals.NoRole;
        if (!Categories(home).Contains(category)) return Refusals.NoSuchCategory;
        if (given > home.Today) return Refusals.ConsentInFuture;
        if (PupilEntry.Of(home, person) is null) return Refusals.NoSuchPupil;
        if (Open(home, person, category) is { } open) return open;
        if (Asking(home, person, category, given) is not { } letter) return Refusals.NotAsked;
        var salt = RandomNumberGenerator.GetBytes(32);
        return home.Store.Write(tx =>
        {
            var id = tx.ReadOne<long>("INSERT INTO consent (person, category, given, way, recorder, letter, salt) VALUES (@person, @category, @given, @way, @recorder, @letter, @salt) RETURNING id",
                new { person, category, given = Rows.Day(given), way = way.Code(), recorder, letter, salt });
            Picture.ForgetPreviews(tx);
            tx.Enter(home.Entry("consented", ("commitment", Commitment(home, salt, person, category))));
            return new ConsentGiven { Id = id, Person = person, Category = category, Given = Rows.Day(given), Letter = letter, Recorder = recorder };
        });
    }

    /// <summary>Takes a yes back, because the parent asked.</summary>
    public static Outcome<ConsentGiven> Withdraw(SchoolHome home, long person, string category)
    {
        if (Open(home, person, category) is not { } open) return Refusals.NoConsent;
        return home.Store.Write(tx =>
        {
            var day = Rows.Day(home.Today);
            tx.Execute("UPDATE consent SET withdrawn = @day WHERE id = @Id", new { day, open.Id });
            Picture.ForgetPreviews(tx);
            tx.Enter(home.Entry("consent-withdrawn", ("commitment", Commitment(home, tx.ReadOne<byte[]>("SELECT salt FROM consent WHERE id = @Id", new { open.Id })!, person, category))));
            return open with { Withdrawn = day };
        });
    }

    /// <summary>Every consent, also those taken back; of one pupil when asked.</summary>
    public static IReadOnlyList<ConsentGiven> All(SchoolHome home, long? person = null) =>
        home.Store.Read<ConsentGiven>(Select + " WHERE @person IS NULL OR person = @person ORDER BY id", new { person });

    const string Select = "SELECT id AS Id, person AS Person, category AS Category, given AS Given, letter AS Letter, recorder AS Recorder, withdrawn AS Withdrawn FROM consent";

    static ConsentGiven? Open(SchoolHome home, long person, string category) =>
        home.Store.ReadOne<ConsentGiven>(Select + " WHERE person = @person AND category = @category AND withdrawn IS NULL AND letter IN (SELECT id FROM letter WHERE undone IS NULL)", new { person, category });

    /// <summary>The last letter to these parents, not after that day, about a set that has the category.</summary>
    static long? Asking(SchoolHome home, long person, string category, DateOnly given)
    {
        var letters = home.Store.Read<(long Letter, string Set)>("SELECT l.id, l.field_set FROM informed i JOIN letter l ON l.id = i.letter WHERE i.person = @person AND l.sent <= @given ORDER BY l.sent DESC, l.id DESC", new { person, given = Rows.Day(given) });
        foreach (var (letter, set) in letters)
            if (FieldSets.Of(home, set).Categories.Contains(category)) return letter;
        return null;
    }

    static string Commitment(SchoolHome home, byte[] salt, long person, string category) => LedgerEntry.Commitment(salt, $"{home.Profile.Location.Code}/{person}/{category}");
}

/// <summary>A parent's yes.</summary>
public sealed record ConsentGiven
{
    /// <summary>Its number in this home.</summary>
    public long Id { get; init; }

    /// <summary>The home's own number of the pupil.</summary>
    public long Person { get; init; }

    /// <summary>The special category.</summary>
    public string Category { get; init; } = "";

    /// <summary>The day on which it was given, <c>YYYY-MM-DD</c>.</summary>
    public string Given { get; init; } = "";

    /// <summary>The letter that asked for it.</summary>
    public long Letter { get; init; }

    /// <summary>The role of who wrote it down.</summary>
    public string Recorder { get; init; } = "";

    /// <summary>The day on which it was taken back; null while it holds.</summary>
    public string? Withdrawn { get; init; }
}

static partial class Refusals
{
    public static readonly Refusal NoRole = new("Wie dit vastlegt is niet goed ingevuld.", "Who records this is not filled in well.", "Geef een functie in kleine letters, zoals administratie. Geen naam.", "Give a role in small letters, such as administratie. No name.");
    public static readonly Refusal NoSuchCategory = new("Deze gegevensset vraagt niet naar zulke gegevens.", "This set of fields does not ask for such data.", "U hoeft hiervoor geen toestemming vast te leggen.", "There is no consent to record for it.");
    public static readonly Refusal ConsentInFuture = new("De toestemming kan niet in de toekomst zijn gegeven.", "The consent cannot have been given in the future.", "Geef de dag waarop de ouder ja zei.", "Give the day on which the parent said yes.");
    public static readonly Refusal NotAsked = new("De ouders van deze leerling kregen vóór die dag geen brief over deze gegevens.", "The parents of this pupil had no letter about these data before that day.", "Stuur eerst de brief over de nieuwe gegevensset, en leg dat vast.", "First send the letter about the new set of fields, and record that.");
    public static readonly Refusal NoConsent = new("Voor deze leerling is geen toestemming vastgelegd.", "No consent is recorded for this pupil.", "Controleer de leerling en het soort gegevens.", "Check the pupil and the kind of data.");
}
