using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>A delivery round: one half-year, one key pair, two people who each hold half of it.</summary>
/// <param name="Edition">The half-year.</param>
/// <param name="State">Where it is.</param>
/// <param name="Recipient">The public key that schools seal to.</param>
public sealed record Round(Edition Edition, RoundState State, RecipientKey Recipient);

/// <summary>
/// Opens rounds. The key pair is made in memory and leaves it only in two shares, each of which alone is noise; the public
/// half is written down for the schools.
/// </summary>
public static class Rounds
{
    /// <summary>How long schools have when nothing else is said.</summary>
    public const int UsualDays = 42;

    /// <summary>Opens the round of an edition for two people, and writes the notice that schools take in.</summary>
    /// <param name="home">The office's home.</param>
    /// <param name="edition">The half-year.</param>
    /// <param name="holder1">Who holds the first share.</param>
    /// <param name="holder2">Who holds the second share; somebody else.</param>
    /// <param name="opens">The first day on which deliveries are taken in; today when null.</param>
    /// <param name="closes">The last day; six weeks later when null.</param>
    /// <param name="upload">Where schools upload, if there is such a place.</param>
    public static Outcome<Round> Open(OfficeHome home, Edition edition, string holder1, string holder2, DateOnly? opens = null, DateOnly? closes = null, string? upload = null)
    {
        if (Find(home, edition) is not null) return new Refusal("round-exists", $"The round of {edition} was opened before.", "Its recipient is in the folder rounds; a round is opened once.");
        if (!IsName(holder1) || !IsName(holder2) || holder1 == holder2)
            return new Refusal("two-people", "A round's key is held by two different people.", "Name two people, each in one line of at most 200 characters.");

        var first = opens ?? DateOnly.FromDateTime(home.Now.UtcDateTime);
        var last = closes ?? first.AddDays(UsualDays);
        if (last < first) return new Refusal("round-days", "The round closes before it opens.", "Give a later day for closing.");
        if (upload is not null && !RoundNotice.IsUpload(upload)) return new Refusal("round-upload", "Deliveries travel encrypted only.", "Give an address that begins with https://, or http:// on this computer itself.");

        using var key = IdentityKey.Generate();
        WriteShares(home, edition, key);
        var recipient = key.Recipient.ToString();
        DurableFile.CreateFolder(home.At("rounds"));
        DurableFile.Write(RecipientFile(home, edition), recipient + "\n");
        var notice = new RoundNotice { Edition = edition.ToString(), Recipient = recipient, Withdrawals = WithdrawalKeys.Make(home, edition).ToString(), Opens = first, Closes = last, Upload = upload, Certificate = home.Key.Fingerprint }.ToJson();
        DurableFile.Write(Path.ChangeExtension(NoticeFile(home, edition), ".p7s"), Signature.Sign(notice, home.Key, home.Now));
        DurableFile.Write(NoticeFile(home, edition), notice);
        home.Database.Write(t =>
        {
            t.Execute("INSERT INTO rounds (edition, state, recipient, holder_1, holder_2, opened) VALUES (@edition, @state, @recipient, @holder1, @holder2, @opened)",
                new { edition = edition.ToString(), state = RoundState.Open.Code(), recipient, holder1, holder2, opened = OfficeHome.Text(home.Now) });
            t.Enter(home.Entry("office", "round-opened", ("edition", edition.ToString()), ("notice", FileDigest.Of(notice).Sha256), ("recipient", recipient)));
        });
        return new Round(edition, RoundState.Open, key.Recipient);
    }

    /// <summary>The round of an edition; null when it was never opened.</summary>
    public static Round? Find(OfficeHome home, Edition edition)
    {
        var rows = home.Database.Read<(string State, string Recipient)>("SELECT state, recipient FROM rounds WHERE edition = @edition", new { edition = edition.ToString() });
        return rows.Count == 0 ? null : new Round(edition, RoundStates.Read(rows[0].State), RecipientKey.Parse(rows[0].Recipient));
    }

    /// <summary>Where one of the two shares lies until somebody takes it away: 1 or 2.</summary>
    public static string ShareFile(OfficeHome home, Edition edition, int share) => home.At("keys", edition.ToString(), $"share-{share}");

    /// <summary>Where the public key is published.</summary>
    public static string RecipientFile(OfficeHome home, Edition edition) => home.At("rounds", $"{edition}.recipient");

    /// <summary>The notice for schools, with its signature (.p7s) beside it.</summary>
    public static string NoticeFile(OfficeHome home, Edition edition) => home.At("rounds", $"{edition}.json");

    /// <summary>A person's name as a certificate can carry it: what the certificate would refuse is refused before anything is destroyed.</summary>
    internal static bool IsName(string text) => !string.IsNullOrWhiteSpace(text) && Spelling.Line.Allows(text);

    static void WriteShares(OfficeHome home, Edition edition, IdentityKey key)
    {
        DurableFile.CreateFolder(home.At("keys", edition.ToString()));
        var (first, second) = KeyShares.Split(key);
        DurableFile.WriteSecret(ShareFile(home, edition, 1), first);
        DurableFile.WriteSecret(ShareFile(home, edition, 2), second);
        CryptographicOperations.ZeroMemory(first);
        CryptographicOperations.ZeroMemory(second);
    }
}
