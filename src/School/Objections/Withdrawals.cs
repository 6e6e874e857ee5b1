using System.Security.Cryptography;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// Passes on the objections of pupils whose data went along before: a withdrawal for each, sealed to the office's
/// withdrawal key and signed like a manifest. Safe to repeat: what was passed on is not passed on twice, unless the office could not read it, or announced a newer key before it answered.
/// </summary>
public static class Withdrawals
{
    /// <summary>Seals what waits, when the office's withdrawal key is known; otherwise it goes on waiting.</summary>
    public static IReadOnlyList<string> Seal(SchoolHome home) => OfficeSettings.Of(home).Withdrawals is { } key ? Seal(home, key) : [];

    /// <summary>Seals a withdrawal for every pupil with an objection, whose data were sent and of whom the office was not told yet.</summary>
    public static IReadOnlyList<string> Seal(SchoolHome home, RecipientKey office)
    {
        var waiting = home.Store.Read<Waiting>($"""
            SELECT min(o.id) AS Objection, o.person AS Person, min(o.asked) AS Asked
            FROM objection o WHERE o.withdrawn IS NULL AND {NotTold} GROUP BY o.person ORDER BY 1
            """);
        return [.. waiting.Select(one => (One: one, Person: Named(home, one.Person))).Where(w => w.Person is not null).Select(w => Seal(home, office, w.One, w.Person!))];
    }

    /// <summary>Of an objection <c>o</c>: the pupil went along in a delivery that no message speaks of which the office could take in.</summary>
    internal const string NotTold = $"""
        EXISTS (SELECT 1 FROM delivered d JOIN delivery y ON y.edition = d.edition AND y.sequence = d.sequence
                WHERE d.person = o.person AND y.number > coalesce((
                  SELECT max(w.through) FROM withdrawal w JOIN objection p ON p.id = w.objection
                  WHERE p.person = o.person AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.about = w.sha256 AND a.outcome LIKE 'refused-%')
                    AND NOT ({Overtaken})), 0))
        """;

    /// <summary>Of a message <c>w</c>: the office announced a newer key, and has not said that it has this message. It may not be able to open it any more.</summary>
    const string Overtaken = "w.recipient <> '' AND w.recipient <> (SELECT coalesce(withdrawals, w.recipient) FROM office) AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.about = w.sha256)";

    static string Seal(SchoolHome home, RecipientKey office, Waiting one, DeliveredPerson person)
    {
        var withdrawal = new Withdrawal { School = home.Profile.Location.Code, Asked = Rows.Day(one.Asked), Person = person };
        var ciphertext = Envelope.Seal(withdrawal.ToJson(), office);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(ciphertext));
        // Named by its own hash: neither the pupil nor the number of objections shows in the name.
        var file = Path.Combine(home.OutboxFolder, $"{home.Profile.Location.Code}-withdrawal-{sha256[..16]}.age");
        DurableFile.CreateFolder(home.OutboxFolder);
        DurableFile.Write(Path.ChangeExtension(file, ".p7s"), Signature.Sign(ciphertext, home.Signing, home.Clock.GetUtcNow()));
        DurableFile.Write(file, ciphertext);
        foreach (var old in home.Store.Read<long>($"SELECT w.objection FROM withdrawal w JOIN objection p ON p.id = w.objection WHERE p.person = @Person AND {Overtaken}", new { one.Person }).Where(old => !LeftTheSchool(home, old))) Drop(home, old);
        home.Store.Write(tx =>
        {
            tx.Execute($"INSERT OR IGNORE INTO withdrawal_earlier (sha256, objection) SELECT w.sha256, w.objection FROM withdrawal w JOIN objection p ON p.id = w.objection WHERE p.person = @Person AND {Overtaken}", new { one.Person });
            tx.Execute("DELETE FROM withdrawal WHERE sha256 IN (SELECT sha256 FROM withdrawal_earlier)");
            tx.Execute("INSERT OR REPLACE INTO withdrawal (objection, sealed, file, sha256, through, recipient) VALUES (@objection, @now, @name, @sha256, (SELECT coalesce(max(number), 0) FROM delivery), @recipient)",
                new { objection = one.Objection, now = home.Now, name = Path.GetFileName(file), sha256, recipient = office.ToString() });
            tx.Enter(home.Entry("withdrawal-sealed", ("ciphertext", sha256)));
        });
        return file;
    }

    /// <summary>
    /// The identifying data as they last went along, so that the office finds what it was sent; the pupil's own where those are no longer kept.
    /// </summary>
    static DeliveredPerson? Named(SchoolHome home, long person) => Sent.LastLine(home, person)?.Person ?? (PupilEntry.Of(home, person) is { Born: { } born } pupil ? new()
    {
        Bsn = pupil.NumberKind == "bsn" ? pupil.Number : null,
        Onderwijsnummer = pupil.NumberKind == "onderwijsnummer" ? pupil.Number : null,
        Sex = pupil.Sex,
        Born = born,
        Postcode = pupil.Postcode,
        House = pupil.House,
    } : null);

    /// <summary>Whether the message about an objection is no longer the school's alone.</summary>
    internal static bool LeftTheSchool(SchoolHome home, long objection) => home.Store.ReadOne<long>("""
        SELECT count(*) FROM withdrawal w WHERE w.objection = @objection AND (w.sent IS NOT NULL OR EXISTS (SELECT 1 FROM sending s WHERE s.file = w.file)
          OR EXISTS (SELECT 1 FROM answer a WHERE a.about = w.sha256) OR EXISTS (SELECT 1 FROM withdrawal_earlier e WHERE e.objection = w.objection))
        """, new { objection }) > 0;

    /// <summary>A parent took an objection back and no other one stands: messages that did not leave yet are not sent.</summary>
    internal static void TakeBack(SchoolHome home, long person)
    {
        if (home.Store.ReadOne<long>("SELECT count(*) FROM objection WHERE person = @person AND withdrawn IS NULL", new { person }) > 0) return;
        foreach (var objection in home.Store.Read<long>("SELECT id FROM objection WHERE person = @person", new { person }).Where(o => !LeftTheSchool(home, o))) Drop(home, objection);
    }

    /// <summary>Removes a message that did not leave: first its row, so that nothing sends it, then its files.</summary>
    internal static void Drop(SchoolHome home, long objection)
    {
        if (home.Store.ReadOne<(string File, string Sha256)?>("SELECT file, sha256 FROM withdrawal WHERE objection = @objection", new { objection }) is not { } message) return;
        home.Store.Write(tx =>
        {
            tx.Execute("DELETE FROM withdrawal WHERE objection = @objection", new { objection });
            tx.Enter(home.Entry("withdrawal-dropped", ("ciphertext", message.Sha256)));
        });
        var file = Path.Combine(home.OutboxFolder, message.File);
        foreach (var part in new[] { file, Path.ChangeExtension(file, ".p7s") }) File.Delete(part);
    }

    sealed record Waiting
    {
        public long Objection { get; init; }
        public long Person { get; init; }
        public string Asked { get; init; } = "";
    }
}
