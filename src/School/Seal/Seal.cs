using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// Seals exactly the bytes of the preview to the round's key and signs the manifest. The three files are on the disk before the
/// delivery is recorded; a step that was interrupted is done again and takes the same sequence.
/// </summary>
public static class Seal
{
    /// <summary>Seals the preview of an edition.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="edition">The edition whose preview was made and looked at.</param>
    /// <param name="roundKey">The office's key of this delivery round; by default that of the round the office announced.</param>
    public static Outcome<SealedDelivery> Deliver(SchoolHome home, Edition edition, RecipientKey? roundKey = null)
    {
        if ((roundKey ?? Rounds.Of(home, edition)?.Recipient) is not { } recipient) return Refusals.NoRound;
        if (Preview.Of(home, edition) is not { } row || Preview.Payload(home, edition) is not { } payload) return Refusals.NoPreview;
        if (Convert.ToHexStringLower(SHA256.HashData(payload)) != row.Sha256) return Refusals.PreviewChanged;
        var approvals = Approvals.StatusOf(home, edition);
        if (approvals.Missing is { } missing) return missing;

        var ciphertext = Envelope.Seal(payload, recipient);
        var now = home.Clock.GetUtcNow();
        var manifest = new Manifest
        {
            School = home.Profile.Location.Code,
            Edition = edition.ToString(),
            Sequence = 1 + (int)home.Store.ReadOne<long>("SELECT coalesce(max(sequence), 0) FROM delivery WHERE edition = @edition", new { edition = edition.ToString() }),
            Set = row.Set,
            Recipient = recipient.ToString(),
            Ciphertext = FileDigest.Of(ciphertext),
            Payload = FileDigest.Of(payload),
            Pupils = row.Pupils,
            Results = row.Results,
            Sealed = now,
        };
        var made = Write(home, manifest, ciphertext, now);
        Record(home, manifest, payload, approvals.Approval!.Approver);
        return made;
    }

    /// <summary>The manifest comes last: a delivery without one is not complete and is not taken in.</summary>
    static SealedDelivery Write(SchoolHome home, Manifest manifest, byte[] ciphertext, DateTimeOffset now)
    {
        DurableFile.CreateFolder(home.OutboxFolder);
        var json = manifest.ToJson();
        var stem = Path.Combine(home.OutboxFolder, manifest.FileStem);
        var made = new SealedDelivery(manifest, stem + ".age", stem + ".manifest.json", stem + ".manifest.p7s");
        DurableFile.Write(made.CiphertextFile, ciphertext);
        DurableFile.Write(made.SignatureFile, Signature.Sign(json, home.Signing, now));
        DurableFile.Write(made.ManifestFile, json);
        return made;
    }

    /// <summary>
    /// What is sent stays readable for the school, to answer a parent who asks: the payload, under the delivery's name. A
    /// preview goes when the picture changes; this stays.
    /// </summary>
    static void Record(SchoolHome home, Manifest manifest, byte[] payload, string approvedBy) => home.Store.Write(tx =>
    {
        tx.Execute("""
            INSERT INTO delivery (edition, sequence, number, fields, sealed, approved, recipient, manifest, ciphertext, payload, pupils, results)
            VALUES (@edition, @sequence, (SELECT 1 + coalesce(max(number), 0) FROM delivery), @fields, @now, @approvedBy, @recipient, @manifest, @ciphertext, @payload, @pupils, @results)
            """, new
        {
            edition = manifest.Edition,
            sequence = manifest.Sequence,
            fields = manifest.Set,
            now = home.Now,
            approvedBy,
            recipient = manifest.Recipient,
            manifest = FileDigest.Of(manifest.ToJson()).Sha256,
            ciphertext = manifest.Ciphertext.Sha256,
            payload = manifest.Payload.Sha256,
            pupils = manifest.Pupils,
            results = manifest.Results,
        });
        tx.Execute("INSERT INTO delivered (edition, sequence, person, line) SELECT edition, @sequence, person, line FROM previewed WHERE edition = @edition", new { edition = manifest.Edition, sequence = manifest.Sequence });
        tx.Execute("INSERT INTO sent (edition, sequence, payload) VALUES (@edition, @sequence, @payload)", new { edition = manifest.Edition, sequence = manifest.Sequence, payload = home.Vault.Seal(payload, Sent.PlaceOf(manifest.Edition, manifest.Sequence)) });
        tx.Enter(home.Entry("sealed", ("ciphertext", manifest.Ciphertext.Sha256), ("edition", manifest.Edition), ("payload", manifest.Payload.Sha256), ("sequence", manifest.Sequence)));
    });
}

/// <summary>A sealed delivery: its manifest and its three files in the outbox.</summary>
public sealed record SealedDelivery(Manifest Manifest, string CiphertextFile, string ManifestFile, string SignatureFile);
