using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// Keeps the office's receipts: signed by the office, about a delivery of this school, with the very hashes that were sent.
/// The office's certificate is given once and kept; another one later is refused.
/// </summary>
public static class Receipts
{
    /// <summary>Verifies a receipt (<c>.json</c> with its signature <c>.p7s</c> beside it) and keeps it.</summary>
    public static Outcome<ReceiptKept> Keep(SchoolHome home, string file, X509Certificate2? office = null) =>
        SignedRecord.OfFile(file) is { } given ? Keep(home, given, office) : Refusals.NotAReceipt;

    /// <inheritdoc cref="Keep(SchoolHome, string, X509Certificate2?)"/>
    public static Outcome<ReceiptKept> Keep(SchoolHome home, SignedRecord given, X509Certificate2? office = null)
    {
        var (bytes, signature) = given;
        if (!Receipt.TryRead(bytes, out var receipt, out _)) return Refusals.NotAReceipt;
        using var known = PinnedOffice.Certificate(home);
        if ((known ?? office) is not { } trusted) return Refusals.NoOffice;
        if (known is not null && office is not null && SigningKey.FingerprintOf(known) != SigningKey.FingerprintOf(office)) return Refusals.OtherOffice;
        if (!Signature.Check(bytes, signature, [trusted], receipt.Received).Ok) return Refusals.ReceiptUnsigned;
        if (!IsOurs(home, receipt)) return Refusals.ReceiptOfOther;

        DurableFile.CreateFolder(home.ReceiptsFolder);
        if (known is null) PinnedOffice.Pin(home, trusted.ExportCertificatePem());
        var kept = FileOf(home, receipt.Edition, receipt.Sequence);
        DurableFile.Write(Path.ChangeExtension(kept, ".p7s"), signature);
        DurableFile.Write(kept, bytes);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        home.Store.Write(tx =>
        {
            if (tx.Execute("UPDATE delivery SET receipt = @sha256 WHERE edition = @edition AND sequence = @sequence AND receipt IS NOT @sha256", new { sha256, edition = receipt.Edition, sequence = receipt.Sequence }) == 0) return;
            tx.Enter(home.Entry("receipt-kept", ("ciphertext", receipt.Ciphertext), ("edition", receipt.Edition), ("sequence", receipt.Sequence)));
        });
        return new ReceiptKept(receipt, kept);
    }

    /// <summary>The receipt of a delivery as it was kept, verified again; null when there is none or its files were changed.</summary>
    public static Receipt? Of(SchoolHome home, string edition, int sequence)
    {
        using var office = PinnedOffice.Certificate(home);
        return office is not null && SignedRecord.OfFile(FileOf(home, edition, sequence)) is { } kept && Receipt.TryRead(kept.Record, out var receipt, out _)
            && Signature.Check(kept.Record, kept.Signature, [office], receipt.Received).Ok && IsOurs(home, receipt) ? receipt : null;
    }

    internal static string FileOf(SchoolHome home, string edition, int sequence) =>
        Path.Combine(home.ReceiptsFolder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{home.Profile.Location.Code}-{edition}-{sequence}.receipt.json"));

    static bool IsOurs(SchoolHome home, Receipt receipt) => receipt.School == home.Profile.Location.Code && home.Store.ReadOne<long>("""
        SELECT count(*) FROM delivery
        WHERE edition = @edition AND sequence = @sequence AND manifest = @manifest AND ciphertext = @ciphertext AND payload = @payload
        """, new { edition = receipt.Edition, sequence = receipt.Sequence, manifest = receipt.Manifest, ciphertext = receipt.Ciphertext, payload = receipt.Payload }) == 1;
}

/// <summary>A receipt that was verified, and where it is kept.</summary>
public sealed record ReceiptKept(Receipt Receipt, string File);
