using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Formats;

public class ManifestTests
{
    const string Recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

    internal static Manifest Example(FileDigest? ciphertext = null) => new()
    {
        School = "99XX00",
        Edition = "2023-1",
        Sequence = 1,
        Set = "nco-basis/1",
        Recipient = Recipient,
        Ciphertext = ciphertext ?? FileDigest.Of("sealed"u8),
        Payload = FileDigest.Of("payload"u8),
        Pupils = 212,
        Results = 1270,
        Sealed = new(2023, 2, 20, 11, 0, 0, 700, TimeSpan.FromHours(1)),
    };

    [Fact]
    public void A_manifest_is_written_as_the_format_says() =>
        Assert.Equal(
            $$"""{"format":"groeilijn-manifest/1","school":"99XX00","edition":"2023-1","sequence":1,"set":"nco-basis/1","recipient":"{{Recipient}}","ciphertext":{"sha256":"{{FileDigest.Of("sealed"u8).Sha256}}","bytes":6},"payload":{"sha256":"{{FileDigest.Of("payload"u8).Sha256}}","bytes":7},"pupils":212,"results":1270,"sealed":"2023-02-20T10:00:00Z"}""" + "\n",
            Encoding.UTF8.GetString(Example().ToJson()));

    [Fact]
    public void A_manifest_reads_back_and_nothing_else_is_read() =>
        RecordTests.ReadsOnlyTheCanonicalText<Manifest>(Example().ToJson(), Manifest.TryRead, manifest => manifest.ToJson());

    [Fact]
    public void Its_files_share_one_name() => Assert.Equal("99XX00-2023-1-1", Example().FileStem);

    [Fact]
    public void A_manifest_that_breaks_a_rule_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => Example() with { School = "99XX" });
        Assert.Throws<ArgumentException>(() => Example() with { Edition = "2023-3" });
        Assert.Throws<ArgumentException>(() => Example() with { Sequence = 0 });
        Assert.Throws<ArgumentException>(() => Example() with { Recipient = "age1" });
    }
}
