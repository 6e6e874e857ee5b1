using Groeilijn.Delivery;
using Groeilijn.Tests.Formats;

namespace Groeilijn.Tests.Delivery;

public class VerificationTests
{
    [Fact]
    public void A_signed_receipt_is_proved_with_the_office_certificate_and_agrees_with_itself_without()
    {
        using Scratch scratch = new();
        using SigningKey office = Signing.Key(), other = Signing.Key();
        string file = Signed(scratch, "r.receipt.json", ReceiptTests.Example(office).ToJson(), office);
        VerificationResult proved = Verification.Verify(file, office.Certificate);
        Assert.Equal(("receipt", VerificationOutcome.Proved), (proved.Kind, proved.Outcome));
        Assert.Contains("it was signed by office", proved.Proved);
        Assert.Contains("that checkpoint was signed with the trusted key", proved.Proved);

        VerificationResult alone = Verification.Verify(file);
        Assert.Equal(VerificationOutcome.IntegrityOnly, alone.Outcome);
        Assert.DoesNotContain(alone.Proved, clause => clause.Contains("signed by", StringComparison.Ordinal));
        Assert.Equal("it was signed by another certificate than the trusted one", Verification.Verify(file, other.Certificate).Reason);
    }

    [Fact]
    public void A_manifest_is_proved_together_with_the_sealed_file_beside_it()
    {
        using Scratch scratch = new();
        using SigningKey school = Signing.Key("school");
        string file = Signed(scratch, "99XX00-2023-1-1.manifest.json", ManifestTests.Example(FileDigest.Of("sealed"u8)).ToJson(), school);
        File.WriteAllText(scratch["99XX00-2023-1-1.age"], "sealed");
        Assert.Contains("the sealed file beside it is the one it names", Verification.Verify(file, school.Certificate).Proved);
        File.WriteAllText(scratch["99XX00-2023-1-1.age"], "sealeD");
        Assert.Equal("the sealed file beside it is not the one it names", Verification.Verify(file).Reason);
    }

    [Fact]
    public void A_certificate_of_destruction_must_agree_with_itself()
    {
        using Scratch scratch = new();
        using SigningKey office = Signing.Key();
        DestructionCertificate certificate = DestructionCertificateTests.Example();
        Assert.Equal(VerificationOutcome.Proved, Verify(certificate).Outcome);
        Assert.Equal("something could still be read afterwards", Verify(certificate with { Verified = new(2, 2, Readable: 1) }).Reason);
        Assert.Equal("its counts contradict each other", Verify(certificate with { Counts = new(2, 400, 390, 11) }).Reason);
        Assert.Equal("the intent is later than the destruction", Verify(certificate with { Intended = certificate.Destroyed.AddSeconds(1) }).Reason);

        VerificationResult Verify(DestructionCertificate value) => Verification.Verify(Signed(scratch, "destruction.json", value.ToJson(), office), office.Certificate);
    }

    [Fact]
    public void A_checkpoint_is_proved_only_with_its_key()
    {
        using Scratch scratch = new();
        using SigningKey office = Signing.Key(), other = Signing.Key();
        File.WriteAllText(scratch["checkpoint"], Checkpoint.Sign("groeilijn.example/office", 3, new byte[32], office).ToString());
        Assert.Equal(VerificationOutcome.Proved, Verification.Verify(scratch["checkpoint"], office.Certificate).Outcome);
        Assert.Equal(VerificationOutcome.IntegrityOnly, Verification.Verify(scratch["checkpoint"]).Outcome);
        Assert.Equal(VerificationOutcome.Refused, Verification.Verify(scratch["checkpoint"], other.Certificate).Outcome);
    }

    [Fact]
    public void A_record_without_its_signature_proves_nothing()
    {
        using Scratch scratch = new();
        using SigningKey office = Signing.Key();
        File.WriteAllBytes(scratch["r.json"], ReceiptTests.Example(office).ToJson());
        Assert.Equal("its signature r.p7s is not beside it", Verification.Verify(scratch["r.json"], office.Certificate).Reason);
        Assert.Equal(VerificationOutcome.IntegrityOnly, Verification.Verify(scratch["r.json"]).Outcome);
    }

    [Fact]
    public void A_ledger_that_nobody_signed_is_not_proved()
    {
        using Scratch scratch = new();
        using SigningKey office = Signing.Key();
        LedgerFolder ledger = new(scratch.Folder);
        ledger.Append([[1], [2]]);
        Assert.Equal(VerificationOutcome.IntegrityOnly, Verification.Verify(scratch.Folder).Outcome);
        Assert.Equal("it has no checkpoint, so nobody signed it", Verification.Verify(scratch.Folder, office.Certificate).Reason);
        ledger.Sign(office);
        Assert.Equal(VerificationOutcome.Proved, Verification.Verify(scratch.Folder, office.Certificate).Outcome);
    }

    [Fact]
    public void A_changed_byte_of_a_record_is_refused()
    {
        using Scratch scratch = new();
        using SigningKey office = Signing.Key();
        byte[] bytes = ReceiptTests.Example(office).ToJson();
        string file = Signed(scratch, "r.json", bytes, office);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            File.WriteAllBytes(file, changed);
            Assert.Equal(VerificationOutcome.Refused, Verification.Verify(file, office.Certificate).Outcome);
        }
    }

    [Fact]
    public void What_is_none_of_these_is_refused_by_name()
    {
        using Scratch scratch = new();
        File.WriteAllText(scratch["a"], "ZZZ-SENTINEL");
        File.WriteAllText(scratch["b"], "{\"format\":\"groeilijn-receipt/1\",\"school\":\"ZZZ-SENTINEL\"}\n");
        foreach (string path in (string[])[scratch["a"], scratch["b"], scratch["none"], scratch.Folder])
        {
            VerificationResult result = Verification.Verify(path);
            Assert.False(result.Ok);
            Assert.DoesNotContain("SENTINEL", result.Reason, StringComparison.Ordinal);
        }
    }

    static string Signed(Scratch scratch, string name, byte[] bytes, SigningKey key)
    {
        File.WriteAllBytes(scratch[name], bytes);
        File.WriteAllBytes(Path.ChangeExtension(scratch[name], ".p7s"), Signature.Sign(bytes, key));
        return scratch[name];
    }
}
