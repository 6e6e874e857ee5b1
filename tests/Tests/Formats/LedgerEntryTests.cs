using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Formats;

public class LedgerEntryTests
{
    static LedgerEntry Example() => new()
    {
        Time = new(2023, 2, 20, 10, 5, 0, TimeSpan.Zero),
        Room = "intake",
        Step = "received",
        Salt = Convert.ToBase64String(new byte[16]),
        Facts = [("pupils", 212), ("edition", "2023-1"), ("change", -3)],
    };

    [Fact]
    public void An_entry_is_written_as_the_format_says() =>
        Assert.Equal(
            """{"format":"groeilijn-entry/1","time":"2023-02-20T10:05:00Z","room":"intake","step":"received","salt":"AAAAAAAAAAAAAAAAAAAAAA==","facts":{"change":-3,"edition":"2023-1","pupils":212}}""",
            Encoding.UTF8.GetString(Example().ToJson()));

    [Fact]
    public void An_entry_reads_back_and_nothing_else_is_read() =>
        RecordTests.ReadsOnlyTheCanonicalText<LedgerEntry>(Example().ToJson(), LedgerEntry.TryRead, entry => entry.ToJson(), free: ["edition", "change", "pupils"]);

    [Fact]
    public void An_entry_without_facts_reads_back()
    {
        byte[] json = (Example() with { Facts = [] }).ToJson();
        Assert.True(LedgerEntry.TryRead(json, out LedgerEntry? entry, out _));
        Assert.Empty(entry.Facts);
    }

    [Fact]
    public void Facts_out_of_order_or_twice_are_refused()
    {
        string json = Encoding.UTF8.GetString(Example().ToJson());
        foreach (string facts in (string[])["\"b\":1,\"a\":1", "\"a\":1,\"a\":1", "\"a\":1,", ",\"a\":1", "\"a\":true", "\"a\":{}", "\"A\":1", "\"a\":\"123456782\""])
            Assert.False(LedgerEntry.TryRead(Encoding.UTF8.GetBytes(json[..json.IndexOf("\"change", StringComparison.Ordinal)] + facts + "}}"), out _, out _), facts);
    }

    [Fact]
    public void A_number_of_a_person_has_no_place_in_the_log()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Example() with { Facts = [("person", "123456782")] });
        Assert.DoesNotContain("123456782", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_commitment_hangs_on_its_salt()
    {
        byte[] salt = new byte[32], other = [1, .. new byte[31]];
        Assert.Equal(LedgerEntry.Commitment(salt, "abc"), LedgerEntry.Commitment(salt, "abc"));
        Assert.NotEqual(LedgerEntry.Commitment(salt, "abc"), LedgerEntry.Commitment(other, "abc"));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. salt, .. "abc"u8])), LedgerEntry.Commitment(salt, "abc"));
    }
}
