using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>
/// The keys to which schools seal objections made after sending: a pair for each round, named in its notice. Short-lived, because whoever gets
/// hold of one can read who objected: 28 days after the next round's key exists it is destroyed in place. What was sealed to it later is
/// refused, and the school's program seals it again to the newest notice's key.
/// </summary>
static class WithdrawalKeys
{
    public const int DaysAfterNext = 28;

    /// <summary>The round's key, made at its first use.</summary>
    public static RecipientKey Make(OfficeHome home, Edition edition) => Make(home, edition.ToString());

    /// <summary>Another key for a round whose own was lost, under a name of its own: <c>2025-1.2</c>.</summary>
    public static RecipientKey Renew(OfficeHome home, string edition) =>
        Make(home, string.Create(CultureInfo.InvariantCulture, $"{edition}.{1 + home.Database.ReadOne<long>("SELECT count(*) FROM withdrawal_keys WHERE edition = @edition OR edition LIKE @more", new { edition, more = edition + ".%" })}"));

    static RecipientKey Make(OfficeHome home, string edition)
    {
        var file = KeyFile(home, edition);
        if (!File.Exists(file))
        {
            using var made = IdentityKey.Generate();
            DurableFile.CreateFolder(Path.GetDirectoryName(file)!);
            DurableFile.WriteSecret(file, Encoding.ASCII.GetBytes($"# public key: {made.Recipient}\n{made.ToSecretText()}\n"));
        }
        using var key = Load(file);
        var recipient = key.Recipient.ToString();
        home.Database.Write(t =>
        {
            if (t.Execute("INSERT INTO withdrawal_keys (edition, recipient, made) VALUES (@edition, @recipient, @made) ON CONFLICT (edition) DO NOTHING", new { edition, recipient, made = OfficeHome.Text(home.Now) }) == 1)
                t.Enter(home.Entry("withdrawals", "key-made", ("edition", edition), ("recipient", recipient)));
        });
        return key.Recipient;
    }

    /// <summary>The keys that are there, to open what came. Dispose each.</summary>
    public static List<IdentityKey> Load(OfficeHome home) =>
        [.. home.Database.Read<string>("SELECT edition FROM withdrawal_keys WHERE destroyed IS NULL ORDER BY number").Select(edition => KeyFile(home, edition)).Where(File.Exists).Select(Load)];

    /// <summary>The editions whose key has outlived its term.</summary>
    public static IReadOnlyList<string> Due(OfficeHome home) => home.Database.Read<string>(
        "SELECT edition FROM withdrawal_keys k WHERE destroyed IS NULL AND EXISTS (SELECT 1 FROM withdrawal_keys n WHERE n.number > k.number AND n.made <= @before) ORDER BY number",
        new { before = OfficeHome.Text(home.Now.AddDays(-DaysAfterNext)) });

    /// <summary>Overwrites a key where it lies, syncs, reads back, removes it and says so. What a stopped run removed before is not there any more.</summary>
    public static void Destroy(OfficeHome home, string edition)
    {
        Leftovers.Erase(KeyFile(home, edition));
        home.Database.Write(t =>
        {
            t.Execute("UPDATE withdrawal_keys SET destroyed = @time WHERE edition = @edition", new { edition, time = OfficeHome.Text(home.Now) });
            t.Enter(home.Entry("withdrawals", "key-destroyed", ("edition", edition)));
        });
    }

    static IdentityKey Load(string file) =>
        IdentityKey.TryParseFile(File.ReadAllText(file), out var key) ? key : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The key {Path.GetFileName(file)} in the folder keys/withdrawals is damaged."));

    internal static string KeyFile(OfficeHome home, string edition) => home.At("keys", "withdrawals", edition + ".key");
}
