using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// What this school knows of the office: its certificate's fingerprint, the key for objections made after sending, the folder that both can
/// reach where there is one, and the newest round. What is not known yet is null.
/// </summary>
public sealed record OfficeSettings(string? Fingerprint, RecipientKey? Withdrawals, string? DropFolder, AnnouncedRound? Round)
{
    /// <summary>The fingerprint in groups of four, to be read aloud.</summary>
    public string? FingerprintAloud => Fingerprint is null ? null : SigningKey.Aloud(Fingerprint);

    /// <summary>The settings of a home.</summary>
    public static OfficeSettings Of(SchoolHome home)
    {
        using var certificate = PinnedOffice.Certificate(home);
        var (withdrawals, folder) = home.Store.ReadOne<(string?, string?)>("SELECT withdrawals, drop_folder FROM office");
        return new(certificate is null ? null : SigningKey.FingerprintOf(certificate), withdrawals is null ? null : RecipientKey.Parse(withdrawals), folder, Rounds.All(home) is [var newest, ..] ? newest : null);
    }

    /// <summary>Remembers the folder that school and office can both reach; null forgets it.</summary>
    public static void SetDropFolder(SchoolHome home, string? folder) =>
        home.Store.Write(tx => tx.Execute("UPDATE office SET drop_folder = @folder", new { folder = folder is null ? null : Path.GetFullPath(folder) }));

    /// <summary>Remembers the key for objections made after sending, where it did not come in a round's notice, and seals what waited for it.</summary>
    public static void SetWithdrawals(SchoolHome home, RecipientKey key)
    {
        home.Store.Write(tx => tx.Execute("UPDATE office SET withdrawals = @key", new { key = key.ToString() }));
        School.Withdrawals.Seal(home);
    }
}
