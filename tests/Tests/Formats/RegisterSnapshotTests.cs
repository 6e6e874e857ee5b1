using System.Text;
using Groeilijn.Office;

namespace Groeilijn.Tests.Formats;

public sealed class RegisterSnapshotTests
{
    const string Snapshot = """
        {"format":"groeilijn-register/1","as_of":"2023-02-01"}
        {"rin":"abcdefghijklmnop","key":"p1","numbers":[{"kind":"bsn","value":"123456782"}],"sex":"f","born":"2014-03-09","addresses":[{"from":"2014-03-09","postcode":"1234AB","house":12,"letter":"A","addition":"2"}]}
        {"rin":"ppppppppppppppaa","key":"p2","numbers":[],"sex":"m","born":"2014-00-00","addresses":[{"from":"2014-03-09","postcode":"1234AB","house":12},{"from":"2015-03-09","postcode":"1234AB","house":9,"addition":"bis"}]}
        {"end":true,"persons":2}

        """;

    [Fact]
    public void A_snapshot_is_read_and_written_back_byte_for_byte()
    {
        var (asOf, persons) = RegisterSnapshot.Read(Encoding.UTF8.GetBytes(Snapshot));
        using var written = new MemoryStream();
        RegisterSnapshot.Write(written, asOf, persons);
        Assert.Equal(Snapshot, Encoding.UTF8.GetString(written.ToArray()));
    }

    [Theory]
    [InlineData("\"persons\":2", "\"persons\":3")]
    [InlineData("register/1", "register/2")]
    [InlineData("\"sex\":\"f\",", "")]
    [InlineData("abcdefghijklmnop", "abcdefghijklmnoq")]
    [InlineData("\"house\":12,\"letter\"", "\"house\":12,\"name\"")]
    [InlineData("{\"end\":true,\"persons\":2}\n", "")]
    public void Anything_else_is_refused_without_a_value(string right, string wrong)
    {
        var refused = Assert.Throws<InvalidDataException>(() => RegisterSnapshot.Read(Encoding.UTF8.GetBytes(Snapshot.Replace(right, wrong, StringComparison.Ordinal))));
        Assert.DoesNotContain("123456782", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_RIN_is_sixteen_letters_and_is_read_back()
    {
        var rin = Rin.Create();
        Assert.Matches("^[a-p]{16}$", rin.Text);
        Assert.True(Rin.TryParse(rin.Text, out var read));
        Assert.Equal(rin, read);
        Assert.DoesNotContain(rin.Text, rin.ToString(), StringComparison.Ordinal);
    }
}
