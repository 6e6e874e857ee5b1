using System.Text;
using Groeilijn.Gate;

namespace Groeilijn.Tests.Formats;

public sealed class ReleaseRecordTests
{
    const string Line = """{"format":"groeilijn-release/1","id":"2023-2/report/99XX00","time":"2023-07-01T09:00:00Z","audience":"school","subject":"99XX00","edition":"2023-2","profile":"school/1","artefact":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","cells":48,"published":33,"hidden":15,"reasons":{"fewer-than-10-pupils":15}}""" + "\n";

    [Fact]
    public void A_record_is_read_and_written_back_byte_for_byte()
    {
        Assert.True(ReleaseRecord.TryRead(Encoding.UTF8.GetBytes(Line), out var record, out _));
        Assert.Equal((33, 15, 48), (record.Published, record.Hidden, record.Cells));
        Assert.Equal(Line, Encoding.UTF8.GetString(record.ToJson()));
    }

    [Theory]
    [InlineData("\"hidden\":15", "\"hidden\":14")]
    [InlineData("\"audience\":\"school\"", "\"audience\":\"neighbours\"")]
    [InlineData("fewer-than-10-pupils", "because")]
    [InlineData("release/1", "release/2")]
    [InlineData("\"cells\":48,", "\"cells\": 48,")]
    public void Anything_else_is_refused(string right, string wrong) =>
        Assert.False(ReleaseRecord.TryRead(Encoding.UTF8.GetBytes(Line.Replace(right, wrong, StringComparison.Ordinal)), out _, out _));
}
