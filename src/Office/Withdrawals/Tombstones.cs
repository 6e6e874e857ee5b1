using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>What remains of a withdrawn pupil.</summary>
/// <param name="Number">In order of processing.</param>
/// <param name="Commitment">SHA-256 of the salt and the RIN.</param>
/// <param name="Salt">32 random bytes; null once destroyed.</param>
/// <param name="Signed">When the school signed the withdrawal, by the school's clock.</param>
/// <param name="Received">When the office received it.</param>
/// <param name="Until">The last day on which a backup of before may be restored.</param>
sealed record Tombstone(long Number, string Commitment, byte[]? Salt, DateTimeOffset Signed, DateTimeOffset Received, DateOnly Until)
{
    /// <summary>Whether it is about this RIN. Says no once the salt is gone.</summary>
    public bool Names(Rin rin) => Salt is not null && LedgerEntry.Commitment(Salt, rin.Text) == Commitment;

    /// <summary>
    /// Whether a delivery is older than the objection: the school sealed it before it signed the withdrawal, or it lay at the office when the
    /// withdrawal came. A later delivery holds the child only because the parent took the objection back, or because another school asked its own parents.
    /// </summary>
    public bool Stops(DateTimeOffset @sealed, DateTimeOffset received) => @sealed <= Signed || received <= Received;
}

/// <summary>
/// The tombstones: one for each withdrawal, also where nobody was found (then of a RIN that is nobody's), so that they do not tell who was held. With the
/// register they give the RIN back, which is how a removal goes on after a crash and how a restored backup is cleaned; without the salt they say nothing.
/// </summary>
static class Tombstones
{
    const int SaltBytes = 32;

    /// <summary>Sets one in the step's own transaction.</summary>
    public static (long Number, string Commitment) Set(OfficeHome home, Transaction t, Rin rin, string signed, string received)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var commitment = LedgerEntry.Commitment(salt, rin.Text);
        var until = Text(DateOnly.FromDateTime(home.Now.UtcDateTime).AddDays(Terms.Of(home, Terms.BackupDays)));
        var number = t.ReadOne<long>("INSERT INTO tombstones (commitment, salt, signed, received, until) VALUES (@commitment, @salt, @signed, @received, @until) RETURNING number", new { commitment, salt, signed, received, until });
        return (number, commitment);
    }

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<Tombstone> All(OfficeHome home) => [.. home.Database
        .Read<(long Number, string Commitment, byte[]? Salt, string Signed, string Received, string Until)>("SELECT number, commitment, salt, signed, received, until FROM tombstones ORDER BY number")
        .Select(row => new Tombstone(row.Number, row.Commitment, row.Salt, OfficeHome.Time(row.Signed), OfficeHome.Time(row.Received), Day(row.Until)))];

    /// <summary>The number of the newest; 0 when there is none. What was read before another one was set is not up to date.</summary>
    public static long Newest(Transaction t) => t.ReadOne<long?>("SELECT max(number) FROM tombstones") ?? 0;

    /// <summary>Which of these RINs the tombstones are about.</summary>
    public static IEnumerable<(Rin Rin, Tombstone Tombstone)> Match(IReadOnlyList<Tombstone> tombstones, IEnumerable<Rin> rins)
    {
        var speaking = tombstones.Where(tombstone => tombstone.Salt is not null).ToList();
        if (speaking.Count == 0) return [];
        return from rin in rins.AsParallel() from tombstone in speaking where tombstone.Names(rin) select (rin, tombstone);
    }

    /// <summary>
    /// Destroys the salts whose day has passed. One stays while a round of before is not certified yet: a delivery of before could still be linked.
    /// </summary>
    public static void Expire(OfficeHome home)
    {
        var today = Text(DateOnly.FromDateTime(home.Now.UtcDateTime));
        home.Database.Write(t =>
        {
            var due = t.Read<(long Number, string Commitment)>("""
                SELECT number, commitment FROM tombstones s WHERE salt IS NOT NULL AND until < @today
                AND NOT EXISTS (SELECT 1 FROM rounds r WHERE r.opened <= s.received AND r.certificate IS NULL) ORDER BY number
                """, new { today });
            foreach (var (number, commitment) in due)
            {
                t.Execute("UPDATE tombstones SET salt = NULL WHERE number = @number", new { number });
                t.Enter(home.Entry("withdrawals", "salt-destroyed", ("commitment", commitment)));
            }
        });
    }

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    internal static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
