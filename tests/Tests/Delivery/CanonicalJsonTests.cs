using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Delivery;

public class CanonicalJsonTests
{
    static readonly Spelling s_any = new("may be anything", _ => true);

    [Fact]
    public void Any_text_reads_back_and_has_one_spelling()
    {
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(4) switch
            {
                0 => ((char)random.Next(32)).ToString(),
                1 => "\"\\/<&'\u2028é😀"[..random.Next(5)],
                _ => ((char)random.Next(32, 0xD800)).ToString(),
            }));
            byte[] json = CanonicalJson.Write(writer => writer.Text("t", text, s_any));
            Assert.True(CanonicalJson.TryRead(json, reader => reader.Text("t", s_any), out string? again, out _));
            Assert.Equal(text, again);
            Assert.Equal(text, System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("t").GetString());
        }
    }

    [Theory]
    [InlineData("""{"t":"\u0041"}""")] // an escape that was not needed
    [InlineData("""{"t":"\/"}""")]
    [InlineData("""{"t":"\u000a"}""")] // the short form exists
    [InlineData("""{"t":"\u001F"}""")] // upper case
    [InlineData("""{"t": "a"}""")]
    [InlineData("""{ "t":"a"}""")]
    [InlineData("""{"t":"a"} """)]
    [InlineData("""{"t":"a","t":"a"}""")]
    [InlineData("""{"t":"a","u":"a"}""")]
    [InlineData("""{"u":"a","t":"a"}""")]
    [InlineData("""{"t":"a",}""")]
    [InlineData("""{"t":"a"}}""")]
    [InlineData("""{"t":null}""")]
    [InlineData("""{"t":1}""")]
    [InlineData("""{"t":"a""")]
    [InlineData("""{"t":"\""")]
    [InlineData("""{"t":""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("")]
    public void Any_other_spelling_is_refused(string json) =>
        Assert.False(CanonicalJson.TryRead(Encoding.UTF8.GetBytes(json), reader => reader.Text("t", s_any), out _, out _));

    [Theory]
    [InlineData("0", true)]
    [InlineData("-1", true)]
    [InlineData("999999999999999", true)]
    [InlineData("1000000000000000", false)]
    [InlineData("00", false)]
    [InlineData("-0", false)]
    [InlineData("01", false)]
    [InlineData("1.0", false)]
    [InlineData("1e3", false)]
    [InlineData("+1", false)]
    [InlineData("\"1\"", false)]
    [InlineData("", false)]
    public void Integers_have_one_spelling(string number, bool allowed) =>
        Assert.Equal(allowed, CanonicalJson.TryRead(Encoding.UTF8.GetBytes($"{{\"n\":{number}}}"), reader => new object[] { reader.Integer("n", long.MinValue, long.MaxValue) }, out _, out _));

    [Fact]
    public void What_is_not_utf8_is_refused()
    {
        Assert.False(CanonicalJson.TryRead([.. "{\"t\":\""u8, 0xC3, 0x28, .. "\"}"u8], reader => reader.Text("t", s_any), out _, out JsonFault? fault));
        Assert.Equal("the text is not UTF-8", fault.ToString());
    }

    [Fact]
    public void The_writer_refuses_what_the_reader_would()
    {
        ArgumentException bug = Assert.Throws<ArgumentException>(() => CanonicalJson.Write(json => json.Text("sex", "ZZZ-SENTINEL", Spelling.Sex)));
        Assert.Contains("sex", bug.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SENTINEL", bug.Message, StringComparison.Ordinal);
    }
}
