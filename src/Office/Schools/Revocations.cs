using System.Security.Cryptography.X509Certificates;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>A certificate that counts no longer.</summary>
/// <param name="School">Whose it was.</param>
/// <param name="Fingerprint">SHA-256 of the certificate.</param>
/// <param name="Revoked">From when nothing signed with it is taken.</param>
/// <param name="Lost">The day since which somebody else may have had the key.</param>
/// <param name="Doubtful">Deliveries received since that day, by their sealed file's hash: ask the school whether it sent them.</param>
public sealed record Revocation(string School, string Fingerprint, DateTimeOffset Revoked, DateOnly Lost, IReadOnlyList<string> Doubtful);

/// <summary>
/// Takes a school's certificate back: its computer was lost or stolen. What was received before stays, since the school itself may have
/// sent it; what comes after is refused, until the school enrols with a new key.
/// </summary>
public static class Revocations
{
    /// <summary>Revokes the certificate with which a school is enrolled now.</summary>
    public static Outcome<Revocation> Revoke(OfficeHome home, string location, DateOnly? lost = null)
    {
        if (Schools.Find(home, location) is not { } school) return new Refusal("unknown-school", "No school is enrolled under that code.", "Look in the list of schools: BRIN and vestiging, 99XX00.");
        if (IsRevoked(home, school.Certificate)) return new Refusal("revoked-before", $"The certificate of school {location} was revoked before.", "The school makes a new key and enrols with it.");
        var today = DateOnly.FromDateTime(home.Now.UtcDateTime);
        if (lost > today) return new Refusal("revoked-day", "The day of the loss lies in the future.", "Give the day on which the school last had its computer.");

        var fingerprint = SigningKey.FingerprintOf(school.Certificate);
        var since = lost ?? today;
        home.Database.Write(t =>
        {
            t.Execute("INSERT INTO revocations (fingerprint, school, revoked, lost) VALUES (@fingerprint, @location, @revoked, @lost)",
                new { fingerprint, location, revoked = OfficeHome.Text(home.Now), lost = Day(since) });
            t.Enter(home.Entry("office", "revoked", ("certificate", fingerprint), ("lost", Day(since)), ("school", location)));
        });
        return new Revocation(location, fingerprint, home.Now, since, Received(home, location, since));
    }

    /// <summary>Whether nothing that this certificate signs is taken any more.</summary>
    public static bool IsRevoked(OfficeHome home, X509Certificate2? certificate) =>
        certificate is not null && home.Database.ReadOne<long>("SELECT count(*) FROM revocations WHERE fingerprint = @fingerprint", new { fingerprint = SigningKey.FingerprintOf(certificate) }) > 0;

    /// <summary>The refusal of what a revoked certificate signed.</summary>
    internal static Refusal Refused(string school) =>
        new("certificate-revoked", $"The certificate of school {school} was revoked.", "Let the school make a new key and enrol again; then send what was not received before.");

    static IReadOnlyList<string> Received(OfficeHome home, string location, DateOnly since) =>
        home.Database.Read<string>("SELECT ciphertext FROM deliveries WHERE school = @location AND received >= @since ORDER BY received, ciphertext", new { location, since = Day(since) });

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
