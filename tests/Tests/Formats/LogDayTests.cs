using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Formats;

public class LogDayTests
{
    static LogDay Example() => new() { Day = new(2023, 2, 20), Batch = FileDigest.Of("batch"u8).Sha256 };

    [Fact]
    public void A_day_is_written_as_the_format_says() =>
        Assert.Equal($$"""{"format":"groeilijn-day/1","day":"2023-02-20","batch":"{{Example().Batch}}"}""", Encoding.UTF8.GetString(Example().ToJson()));

    [Fact]
    public void A_day_reads_back_and_nothing_else_is_read() => RecordTests.ReadsOnlyTheCanonicalText<LogDay>(Example().ToJson(), LogDay.TryRead, day => day.ToJson());

    [Fact]
    public void Every_day_is_as_long_as_every_other() =>
        Assert.Equal(Example().ToJson().Length, new LogDay { Day = new(2031, 12, 31), Batch = new string('0', 64) }.ToJson().Length);
}
