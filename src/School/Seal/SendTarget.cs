using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>Where sealed files go: a folder that school and office can both reach, or an address that takes uploads (tus 1.0).</summary>
public sealed record SendTarget
{
    SendTarget(string? folder, Uri? address) => (DropFolder, Address) = (folder, address);

    /// <summary>The folder; null for an upload.</summary>
    public string? DropFolder { get; }

    /// <summary>The address; null for a folder.</summary>
    public Uri? Address { get; }

    /// <summary>A folder.</summary>
    public static SendTarget Folder(string path) => new(Path.GetFullPath(path), null);

    /// <summary>An address: https, or http on this computer itself.</summary>
    /// <exception cref="ArgumentException">Files would travel unencrypted.</exception>
    public static SendTarget Upload(Uri address) =>
        RoundNotice.IsUpload(address.AbsoluteUri) ? new(null, address) : throw new ArgumentException("Files travel over https, or over http on this computer itself.", nameof(address));

    /// <summary>Reads what was typed or chosen: an address when it begins as one, a folder otherwise.</summary>
    public static Outcome<SendTarget> Parse(string text)
    {
        if (!text.Contains("://", StringComparison.Ordinal)) return text.Trim().Length > 0 ? Folder(text) : Refusals.NoTarget;
        return RoundNotice.IsUpload(text) ? Upload(new Uri(text)) : Refusals.NoTarget;
    }

    /// <summary>Where this school sends an edition: the address its round gave, else the folder of the settings.</summary>
    public static Outcome<SendTarget> Usual(SchoolHome home, Education.Edition edition) =>
        Rounds.Of(home, edition)?.Upload is { } address ? Upload(address) : OfficeSettings.Of(home).DropFolder is { } folder ? Folder(folder) : Refusals.NoTarget;

    /// <summary>Under which its state is kept.</summary>
    internal string Name => DropFolder ?? Address!.AbsoluteUri;
}

/// <summary>How far a file is.</summary>
public readonly record struct SendProgress(string File, long Sent, long Bytes);

/// <summary>How an upload goes: the size of a piece, how often it is tried without getting further, and the first wait between tries, which doubles.</summary>
public sealed record SendPace(int Piece = 4 << 20, int Tries = 8, TimeSpan? FirstWait = null)
{
    /// <summary>The wait before a try, from 0.</summary>
    internal TimeSpan Wait(int failures) => (FirstWait ?? TimeSpan.FromSeconds(1)) * (1 << Math.Min(failures, 6));
}

/// <summary>What was sent, and whether it had arrived there before.</summary>
public sealed record SentOff(IReadOnlyList<string> Files, bool Already);

static partial class Refusals
{
    public static readonly Refusal NoTarget = new("Het is niet bekend waarheen.", "It is not known where to.", "Geef een map of een adres dat begint met https://.", "Give a folder, or an address that begins with https://.");
    public static readonly Refusal NoSuchDelivery = new("Die levering is er niet.", "There is no such delivery.", "Bekijk welke er zijn: school sent.", "See which there are: school sent.");
    public static readonly Refusal DeliveryReplaced = new("Er is een latere levering van deze ronde.", "There is a later delivery of this round.", "Verstuur de laatste.", "Send the last one.");
    public static readonly Refusal DeliveryOvertaken = new("Na het verzegelen is bezwaar gemaakt voor een leerling in deze levering.", "After sealing, an objection was made for a pupil in this delivery.", "Maak het voorbeeld opnieuw, keur het goed, verzegel en verstuur dat.", "Make the preview again, approve it, seal and send that.");
    public static readonly Refusal RoundNotOpen = new("De aanleverronde is nog niet open.", "The round is not open yet.", "Verstuur op of na de dag waarop de ronde opengaat.", "Send on or after the day the round opens.");
    public static readonly Refusal RoundClosed = new("De aanleverronde is gesloten.", "The round is closed.", "Bel het bureau om te vragen wat nog kan.", "Call the office and ask what is still possible.");
    public static readonly Refusal OutboxDamaged = new("Een bestand in de map outbox ontbreekt of is veranderd.", "A file in the folder outbox is missing or was changed.", "Maak het voorbeeld opnieuw en verzegel opnieuw.", "Make the preview again and seal again.");
    public static readonly Refusal NoDropFolder = new("De map is niet te bereiken of niet te beschrijven.", "The folder cannot be reached or written.", "Controleer de verbinding, de schijf en uw rechten, en verstuur opnieuw.", "Check the connection, the disk and your rights, and send again.");
    public static readonly Refusal OtherFileThere = new("In de map staat al een ander bestand met dezelfde naam.", "The folder holds another file of the same name.", "Bel het bureau; wis niets.", "Call the office; delete nothing.");
    public static readonly Refusal LineBroken = new("De verbinding valt steeds weg.", "The connection keeps breaking.", "Verstuur later opnieuw; het gaat verder waar het was.", "Send again later; it goes on where it was.");
    public static readonly Refusal UploadRefused = new("Het adres neemt het bestand niet aan.", "The address does not take the file.", "Controleer het adres, of bel het bureau.", "Check the address, or call the office.");
    public static readonly Refusal UploadTooLarge = new("Het bestand is groter dan het adres aanneemt.", "The file is larger than the address takes.", "Bel het bureau.", "Call the office.");
    public static readonly Refusal UploadElsewhere = new("Het adres stuurt door naar een andere computer. Dat vertrouwen we niet.", "The address leads to another computer. We do not trust that.", "Controleer het adres met het bureau.", "Check the address with the office.");
}
