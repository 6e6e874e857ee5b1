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
    public static Outcome<ReceiptKept> Keep(SchoolHome home, string file, X509Certificate2? office = null)
    {
        var signatureFile = Path.ChangeExtension(file, ".p7s");
        if (!File.Exists(file) || !File.Exists(signatureFile) || new FileInfo(file).Length > PinnedOffice.LongestRecord) return Refusals.NotAReceipt;
        var bytes = File.ReadAllBytes(file);
        if (!Receipt.TryRead(bytes, out var receipt, out _)) return Refusals.NotAReceipt;
        using var known = PinnedOffice.Certificate(home);
        if ((known ?? office) is not { } trusted) return Refusals.NoOffice;
        if (known is not null && office is not null && SigningKey.FingerprintOf(known) != SigningKey.FingerprintOf(office)) return Refusals.OtherOffice;
        if (!Signature.Check(bytes, File.ReadAllBytes(signatureFile), [trusted], receipt.Received).Ok) return Refusals.ReceiptUnsigned;
        if (!IsOurs(home, receipt)) return Refusals.ReceiptOfOther;

        DurableFile.CreateFolder(home.ReceiptsFolder);
        if (known is null) PinnedOffice.Pin(home, trusted.ExportCertificatePem());
        var kept = Path.Combine(home.ReceiptsFolder, $"{receipt.School}-{receipt.Edition}-{receipt.Sequence}.receipt.json");
        DurableFile.Write(Path.ChangeExtension(kept, ".p7s"), File.ReadAllBytes(signatureFile));
        DurableFile.Write(kept, bytes);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        home.Store.Write(tx =>
        {
            if (tx.Execute("UPDATE delivery SET receipt = @sha256 WHERE edition = @edition AND sequence = @sequence AND receipt IS NOT @sha256", new { sha256, edition = receipt.Edition, sequence = receipt.Sequence }) == 0) return;
            tx.Enter(home.Entry("receipt-kept", ("ciphertext", receipt.Ciphertext), ("edition", receipt.Edition), ("sequence", receipt.Sequence)));
        });
        return new ReceiptKept(receipt, kept);
    }

    static bool IsOurs(SchoolHome home, Receipt receipt) => receipt.School == home.Profile.Location.Code && home.Store.ReadOne<long>("""
        SELECT count(*) FROM delivery
        WHERE edition = @edition AND sequence = @sequence AND manifest = @manifest AND ciphertext = @ciphertext AND payload = @payload
        """, new { edition = receipt.Edition, sequence = receipt.Sequence, manifest = receipt.Manifest, ciphertext = receipt.Ciphertext, payload = receipt.Payload }) == 1;
}

/// <summary>A receipt that was verified, and where it is kept.</summary>
public sealed record ReceiptKept(Receipt Receipt, string File);
