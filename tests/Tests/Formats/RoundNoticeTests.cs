using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Formats;

public class RoundNoticeTests
{
    internal static RoundNotice Example(string certificate)
    {
        using IdentityKey round = IdentityKey.Generate(), withdrawals = IdentityKey.Generate();
        return new()
        {
            Edition = "2025-1",
            Recipient = round.Recipient.ToString(),
            Withdrawals = withdrawals.Recipient.ToString(),
            Opens = new(2025, 3, 1),
            Closes = new(2025, 4, 15),
            Upload = "https://aanleveren.example/bestanden",
            Certificate = certificate,
        };
    }

    static readonly string s_certificate = FileDigest.Of("certificate"u8).Sha256;

    [Fact]
    public void A_notice_is_written_as_the_format_says()
    {
        RoundNotice notice = Example(s_certificate);
        Assert.Equal(
            $$"""{"format":"groeilijn-round/1","edition":"2025-1","recipient":"{{notice.Recipient}}","withdrawals":"{{notice.Withdrawals}}","opens":"2025-03-01","closes":"2025-04-15","upload":"https://aanleveren.example/bestanden","certificate":"{{s_certificate}}"}""" + "\n",
            Encoding.UTF8.GetString(notice.ToJson()));
    }

    [Fact]
    public void A_notice_reads_back_and_nothing_else_is_read()
    {
        RecordTests.ReadsOnlyTheCanonicalText<RoundNotice>(Example(s_certificate).ToJson(), RoundNotice.TryRead, notice => notice.ToJson());
        RecordTests.ReadsOnlyTheCanonicalText<RoundNotice>((Example(s_certificate) with { Upload = null }).ToJson(), RoundNotice.TryRead, notice => notice.ToJson());
    }

    [Fact]
    public void A_round_does_not_close_before_it_opens()
    {
        RoundNotice notice = Example(s_certificate);
        Assert.Throws<ArgumentException>(() => (notice with { Closes = new(2025, 2, 28) }).ToJson());
        string text = Encoding.UTF8.GetString(notice.ToJson()).Replace("2025-04-15", "2025-02-28", StringComparison.Ordinal);
        Assert.False(RoundNotice.TryRead(Encoding.UTF8.GetBytes(text), out _, out JsonFault? fault));
        Assert.Equal("closes", fault.Member);
    }

    [Theory]
    [InlineData("https://aanleveren.example/x", true)]
    [InlineData("http://127.0.0.1:8080/x", true)]
    [InlineData("http://[::1]/x", true)]
    [InlineData("http://localhost/x", true)]
    [InlineData("http://aanleveren.example/x", false)]
    [InlineData("http://127.0.0.1.example/x", false)]
    [InlineData("https://name:word@aanleveren.example/", false)]
    [InlineData("https://aanleveren.example/ x", false)]
    [InlineData("ftp://aanleveren.example/", false)]
    [InlineData("file:///tmp", false)]
    [InlineData("aanleveren.example", false)]
    [InlineData("", false)]
    public void Files_travel_encrypted_or_not_beyond_this_computer(string address, bool allowed) => Assert.Equal(allowed, RoundNotice.IsUpload(address));
}
