using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Tests.Delivery;

namespace Groeilijn.Tests.Formats;

public class DestructionCertificateTests
{
    internal static DestructionCertificate Example(string checkpoint = "") => new()
    {
        Edition = "2023-1",
        Recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
        Deliveries = [new() { Ciphertext = FileDigest.Of("a"u8).Sha256, Payload = FileDigest.Of("b"u8).Sha256 }, new() { Ciphertext = FileDigest.Of("c"u8).Sha256, Payload = FileDigest.Of("d"u8).Sha256 }],
        Counts = new(Deliveries: 2, Records: 400, Linked: 390, Unlinked: 10),
        Method = "key shares and ciphertext overwritten in place, synced, read back, removed",
        Approvers = ["A. de Vries", "B. Jansen"],
        Intended = new(2023, 4, 1, 9, 0, 0, TimeSpan.Zero),
        Destroyed = new(2023, 4, 1, 9, 0, 5, TimeSpan.Zero),
        Verified = new(Shares: 2, Ciphertexts: 2, Readable: 0),
        Checkpoint = checkpoint,
    };

    [Fact]
    public void A_certificate_is_written_as_the_format_says()
    {
        DestructionCertificate certificate = Example();
        Assert.Equal(
            $$$"""{"format":"groeilijn-destruction/1","edition":"2023-1","recipient":"{{{certificate.Recipient}}}","deliveries":[{"ciphertext":"{{{FileDigest.Of("a"u8).Sha256}}}","payload":"{{{FileDigest.Of("b"u8).Sha256}}}"},{"ciphertext":"{{{FileDigest.Of("c"u8).Sha256}}}","payload":"{{{FileDigest.Of("d"u8).Sha256}}}"}],"counts":{"deliveries":2,"records":400,"linked":390,"unlinked":10},"method":"key shares and ciphertext overwritten in place, synced, read back, removed","approvers":["A. de Vries","B. Jansen"],"intended":"2023-04-01T09:00:00Z","destroyed":"2023-04-01T09:00:05Z","verified":{"shares":2,"ciphertexts":2,"readable":0},"checkpoint":""}""" + "\n",
            Encoding.UTF8.GetString(certificate.ToJson()));
    }

    [Fact]
    public void A_certificate_reads_back_and_nothing_else_is_read()
    {
        using SigningKey key = Signing.Key();
        string checkpoint = Checkpoint.Sign("groeilijn.example/office", 7, new byte[32], key).ToString();
        RecordTests.ReadsOnlyTheCanonicalText<DestructionCertificate>(Example(checkpoint).ToJson(), DestructionCertificate.TryRead, certificate => certificate.ToJson(), free: ["method"]);
    }

    [Fact]
    public void One_person_cannot_approve_alone()
    {
        Assert.Throws<ArgumentException>(() => Example() with { Approvers = ["A. de Vries"] });
        Assert.Throws<ArgumentException>(() => Example() with { Approvers = ["A. de Vries", "A. de Vries"] });
        string json = Encoding.UTF8.GetString(Example().ToJson());
        Assert.False(DestructionCertificate.TryRead(Encoding.UTF8.GetBytes(json.Replace("B. Jansen", "A. de Vries", StringComparison.Ordinal)), out _, out JsonFault? fault));
        Assert.Equal("approvers", fault.Member);
    }
}
