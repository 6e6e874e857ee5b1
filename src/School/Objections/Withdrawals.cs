using System.Security.Cryptography;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// Passes on the objections of pupils whose data went along before: a withdrawal for each, sealed to the office's
/// withdrawal key and signed like a manifest. Safe to repeat: what was passed on is not passed on twice.
/// </summary>
public static class Withdrawals
{
    /// <summary>Seals a withdrawal for every open objection of a pupil whose data were sent and that was not passed on yet.</summary>
    public static IReadOnlyList<string> Seal(SchoolHome home, RecipientKey office)
    {
        var waiting = home.Store.Read<Waiting>("""
            SELECT o.id AS Objection, o.asked AS Asked, o.person AS Person
            FROM objection o
            WHERE o.withdrawn IS NULL
              AND EXISTS (SELECT 1 FROM delivered d WHERE d.person = o.person)
              AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.objection = o.id)
            ORDER BY o.id
            """);
        return [.. waiting.Select(one => (One: one, Pupil: PupilEntry.Of(home, one.Person))).Where(w => w.Pupil?.Born is not null).Select(w => Seal(home, office, w.One, w.Pupil!))];
    }

    static string Seal(SchoolHome home, RecipientKey office, Waiting one, PupilIdentity pupil)
    {
        var withdrawal = new Withdrawal { School = home.Profile.Location.Code, Asked = Rows.Day(one.Asked), Person = Named(pupil) };
        var ciphertext = Envelope.Seal(withdrawal.ToJson(), office);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(ciphertext));
        // Named by its own hash: neither the pupil nor the number of objections shows in the name.
        var file = Path.Combine(home.OutboxFolder, $"{home.Profile.Location.Code}-withdrawal-{sha256[..16]}.age");
        DurableFile.CreateFolder(home.OutboxFolder);
        DurableFile.Write(Path.ChangeExtension(file, ".p7s"), Signature.Sign(ciphertext, home.Signing, home.Clock.GetUtcNow()));
        DurableFile.Write(file, ciphertext);
        home.Store.Write(tx =>
        {
            tx.Execute("INSERT INTO withdrawal (objection, sealed, file, sha256) VALUES (@objection, @now, @name, @sha256)", new { objection = one.Objection, now = home.Now, name = Path.GetFileName(file), sha256 });
            tx.Enter(home.Entry("withdrawal-sealed", ("ciphertext", sha256)));
        });
        return file;
    }

    sealed record Waiting
    {
        public long Objection { get; init; }
        public string Asked { get; init; } = "";
        public long Person { get; init; }
    }

    static DeliveredPerson Named(PupilIdentity pupil) => new()
    {
        Bsn = pupil.NumberKind == "bsn" ? pupil.Number : null,
        Onderwijsnummer = pupil.NumberKind == "onderwijsnummer" ? pupil.Number : null,
        Sex = pupil.Sex,
        Born = pupil.Born!,
        Postcode = pupil.Postcode,
        House = pupil.House,
    };
}
