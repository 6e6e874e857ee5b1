using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Tests.Delivery;

namespace Groeilijn.Tests.Formats;

public class ReceiptTests
{
    internal static Receipt Example(SigningKey key) => new()
    {
        School = "99XX00",
        Edition = "2023-1",
        Sequence = 1,
        Manifest = FileDigest.Of("manifest"u8).Sha256,
        Ciphertext = FileDigest.Of("sealed"u8).Sha256,
        Payload = FileDigest.Of("payload"u8).Sha256,
        Received = new(2023, 2, 20, 10, 5, 0, TimeSpan.Zero),
        Checkpoint = Checkpoint.Sign("groeilijn.example/office", 7, new byte[32], key).ToString(),
    };

    [Fact]
    public void A_receipt_is_written_as_the_format_says()
    {
        using SigningKey key = Signing.Key();
        Receipt receipt = Example(key) with { Checkpoint = "" };
        Assert.Equal(
            $$"""{"format":"groeilijn-receipt/1","school":"99XX00","edition":"2023-1","sequence":1,"manifest":"{{receipt.Manifest}}","ciphertext":"{{receipt.Ciphertext}}","payload":"{{receipt.Payload}}","received":"2023-02-20T10:05:00Z","checkpoint":""}""" + "\n",
            Encoding.UTF8.GetString(receipt.ToJson()));
    }

    [Fact]
    public void A_receipt_reads_back_and_nothing_else_is_read()
    {
        using SigningKey key = Signing.Key();
        RecordTests.ReadsOnlyTheCanonicalText<Receipt>(Example(key).ToJson(), Receipt.TryRead, receipt => receipt.ToJson());
    }
}
