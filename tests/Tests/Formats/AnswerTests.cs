using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Tests.Delivery;

namespace Groeilijn.Tests.Formats;

public class AnswerTests
{
    internal static Answer Example() => new()
    {
        School = "99XX00",
        About = FileDigest.Of("sealed"u8).Sha256,
        Kind = "delivery",
        Outcome = "linked",
        Counts = new(212, 208),
        At = new(2025, 3, 20, 10, 5, 0, TimeSpan.Zero),
        Checkpoint = "",
    };

    [Fact]
    public void An_answer_is_written_as_the_format_says()
    {
        Answer answer = Example();
        Assert.Equal(
            $$"""{"format":"groeilijn-answer/1","school":"99XX00","about":"{{answer.About}}","kind":"delivery","outcome":"linked","pupils":212,"linked":208,"at":"2025-03-20T10:05:00Z","checkpoint":""}""" + "\n",
            Encoding.UTF8.GetString(answer.ToJson()));
    }

    [Fact]
    public void An_answer_reads_back_and_nothing_else_is_read()
    {
        using SigningKey key = Signing.Key();
        Answer removed = Example() with { Kind = "withdrawal", Outcome = "removed", Counts = null, Checkpoint = Checkpoint.Sign("groeilijn.example/office", 7, new byte[32], key).ToString() };
        RecordTests.ReadsOnlyTheCanonicalText<Answer>(removed.ToJson(), Answer.TryRead, answer => answer.ToJson());
        RecordTests.ReadsOnlyTheCanonicalText<Answer>(Example().ToJson(), Answer.TryRead, answer => answer.ToJson());
    }

    public static TheoryData<string, string> Codes => [.. Answer.OutcomesOfDelivery.Select(code => ("delivery", code)), .. Answer.OutcomesOfWithdrawal.Select(code => ("withdrawal", code))];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_of_its_kind_is_written_and_read(string kind, string outcome)
    {
        Answer answer = Example() with { Kind = kind, Outcome = outcome, Counts = outcome == "linked" ? new(3, 0) : null };
        Assert.True(Answer.TryRead(answer.ToJson(), out Answer? read, out _));
        Assert.Equal(answer, read);
        Assert.Equal(outcome.StartsWith("refused", StringComparison.Ordinal), read.Refused);
    }

    [Fact]
    public void A_code_of_the_other_kind_and_counts_that_say_nothing_are_refused()
    {
        Assert.Throws<ArgumentException>(() => (Example() with { Kind = "withdrawal" }).ToJson());
        Assert.Throws<ArgumentException>(() => (Example() with { Counts = null }).ToJson());
        Assert.Throws<ArgumentException>(() => (Example() with { Outcome = "received" }).ToJson());
        Assert.Throws<ArgumentException>(() => (Example() with { Counts = new(3, 4) }).ToJson());
        string text = Encoding.UTF8.GetString(Example().ToJson());
        foreach ((string old, string changed) in new[] { ("delivery\"", "withdrawal\""), (",\"pupils\":212,\"linked\":208", ""), ("\"linked\",", "\"received\","), ("208", "213") })
            Assert.False(Answer.TryRead(Encoding.UTF8.GetBytes(text.Replace(old, changed, StringComparison.Ordinal)), out _, out _), changed);
    }
}
