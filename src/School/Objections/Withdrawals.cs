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
            SELECT o.id AS Objection, o.asked AS Asked, p.number_kind AS NumberKind, p.number AS Number, p.sex AS Sex, p.born AS Born, p.postcode AS Postcode, p.house AS House
            FROM objection o JOIN pupil p ON p.person = o.person
            WHERE o.withdrawn IS NULL AND p.born IS NOT NULL
              AND EXISTS (SELECT 1 FROM delivered d WHERE d.person = o.person)
              AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.objection = o.id)
            ORDER BY o.id
            """);
        return [.. waiting.Select(one => Seal(home, office, one))];
    }

    static string Seal(SchoolHome home, RecipientKey office, Waiting one)
    {
        var withdrawal = new Withdrawal { School = home.Profile.Location.Code, Asked = Rows.Day(one.Asked), Person = one.Person() };
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
        public string? NumberKind { get; init; }
        public string? Number { get; init; }
        public string Sex { get; init; } = "";
        public string Born { get; init; } = "";
        public string? Postcode { get; init; }
        public int? House { get; init; }

        public DeliveredPerson Person() => new()
        {
            Bsn = NumberKind == "bsn" ? Number : null,
            Onderwijsnummer = NumberKind == "onderwijsnummer" ? Number : null,
            Sex = Sex,
            Born = Born,
            Postcode = Postcode,
            House = House,
        };
    }
}
