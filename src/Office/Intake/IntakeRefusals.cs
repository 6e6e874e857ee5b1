using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>A delivery that was refused of a school that is known by its signature.</summary>
public sealed record RefusedDelivery(string Ciphertext, string Code, string School, int Sequence, DateTimeOffset At);

/// <summary>
/// What becomes of a refusal. A school that is known by its signature is told, by a code of the answers; of anybody else it is only counted
/// how often a day, so that strangers cannot fill the store.
/// </summary>
public static class IntakeRefusals
{
    /// <summary>Every refusal of the intake: whether the sender is proved, and the code of the answer that the school gets.</summary>
    internal static IReadOnlyDictionary<string, (bool Known, string Answer)> Table { get; } = new Dictionary<string, (bool Known, string Answer)>
    {
        ["incomplete"] = (false, "refused-format"),
        ["manifest"] = (false, "refused-format"),
        ["unknown-school"] = (false, "refused-signature"),
        ["other-school"] = (false, "refused-signature"),
        ["unknown-signer"] = (false, "refused-signature"),
        ["signature"] = (false, "refused-signature"),
        ["certificate-expired"] = (true, "refused-signature"),
        ["certificate-not-yet-valid"] = (true, "refused-signature"),
        ["certificate-revoked"] = (true, "refused-signature"),
        ["ciphertext"] = (true, "refused-unreadable"),
        ["unknown-set"] = (true, "refused-format"),
        ["sequence"] = (true, "refused-format"),
        ["resent"] = (true, "refused-format"),
        ["no-round"] = (true, "refused-round"),
        ["other-key"] = (true, "refused-round"),
        ["round-closed"] = (true, "refused-round"),
    };

    /// <summary>What anybody outside is told of a refusal: one of four codes, and nothing of which schools are enrolled.</summary>
    internal static string Outside(string code) => Table.TryGetValue(code, out var row) ? row.Answer : "refused-format";

    /// <summary>The refused deliveries of a half-year, the newest first; of one school when it is given.</summary>
    public static IReadOnlyList<RefusedDelivery> Of(OfficeHome home, string edition, string? school = null) =>
        [.. home.Database.Read<(string Ciphertext, string Code, string School, long Sequence, string At)>(
            "SELECT ciphertext, code, school, sequence, at FROM intake_refusals WHERE edition = @edition ORDER BY at DESC, code", new { edition })
            .Where(row => school is null || row.School == school).Select(row => new RefusedDelivery(row.Ciphertext, row.Code, row.School, (int)row.Sequence, OfficeHome.Time(row.At)))];

    /// <summary>How often something came of a sender that could not be established, since a day.</summary>
    public static long Strangers(OfficeHome home, DateOnly since) => home.Database.ReadOne<long?>("SELECT sum(times) FROM intake_strangers WHERE day >= @day", new { day = Day(since) }) ?? 0;

    /// <summary>Keeps a refusal and gives the answer, once for each sealed file and reason.</summary>
    internal static void Keep(OfficeHome home, byte[] manifest, Refusal why)
    {
        if (!Table.TryGetValue(why.Code, out var row) || !row.Known || !Manifest.TryRead(manifest, out var said, out _)) Count(home, why.Code);
        else home.Database.Write(t => Record(home, t, said, why.Code, row.Answer));
    }

    static void Record(OfficeHome home, Transaction t, Manifest said, string code, string answer)
    {
        var added = t.Execute("""
            INSERT INTO intake_refusals (ciphertext, code, edition, school, sequence, at) VALUES (@ciphertext, @code, @Edition, @School, @Sequence, @at)
            ON CONFLICT (ciphertext, code) DO NOTHING
            """, new { ciphertext = said.Ciphertext.Sha256, code, said.Edition, said.School, said.Sequence, at = OfficeHome.Text(home.Now) });
        if (added == 0) return;
        // A file that came a second time under another manifest has its answer already.
        if (code != "resent") Answers.Give(home, t, "delivery", said.School, said.Ciphertext.Sha256, answer);
        t.Enter(home.Entry("intake", "refused", ("ciphertext", said.Ciphertext.Sha256), ("code", code)));
    }

    static void Count(OfficeHome home, string code) => home.Database.Write(t => t.Execute(
        "INSERT INTO intake_strangers (day, code, times) VALUES (@day, @code, 1) ON CONFLICT (day, code) DO UPDATE SET times = intake_strangers.times + 1",
        new { day = Day(DateOnly.FromDateTime(home.Now.UtcDateTime)), code }));

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
