using Groeilijn.Delivery;

namespace Groeilijn.Tests.Delivery;

/// <summary>Both ways with the age program itself: what it seals we open, what we seal it opens.</summary>
public class AgeProgramTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    [InlineData(200_001)]
    public void Age_opens_what_we_seal(int length)
    {
        using Scratch scratch = new();
        using IdentityKey key = IdentityKey.Generate();
        byte[] plain = EnvelopeTests.Bytes(length, seed: 20);
        File.WriteAllBytes(scratch["plain"], plain);
        File.WriteAllText(scratch["key"], key.ToSecretText() + "\n");
        foreach (bool armor in (bool[])[false, true])
        {
            Envelope.SealFile(scratch["plain"], scratch["sealed"], key.Recipient, armor);
            (int code, string output) = Around.Run("age", "-d", "-i", scratch["key"], "-o", scratch["out"], scratch["sealed"]);
            Assert.True(code == 0, output);
            // age makes its output at the first byte, so that of an empty file there is none.
            Assert.Equal(plain, length == 0 && !File.Exists(scratch["out"]) ? [] : File.ReadAllBytes(scratch["out"]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65536)]
    [InlineData(200_001)]
    public void We_open_what_age_seals(int length)
    {
        using Scratch scratch = new();
        using IdentityKey key = IdentityKey.Generate();
        byte[] plain = EnvelopeTests.Bytes(length, seed: 21);
        File.WriteAllBytes(scratch["plain"], plain);
        foreach (string[] armor in (string[][])[[], ["-a"]])
        {
            (int code, string output) = Around.Run("age", [.. armor, "-r", key.Recipient.ToString(), "-o", scratch["sealed"], scratch["plain"]]);
            Assert.True(code == 0, output);
            Assert.Null(Envelope.OpenFile(scratch["sealed"], scratch["out"], key));
            Assert.Equal(plain, File.ReadAllBytes(scratch["out"]));
        }
    }

    [Fact]
    public void A_key_of_age_keygen_is_read_and_is_the_same_key()
    {
        using Scratch scratch = new();
        (int code, string output) = Around.Run("age-keygen", "-o", scratch["key"]);
        Assert.True(code == 0, output);
        Assert.True(IdentityKey.TryParseFile(File.ReadAllText(scratch["key"]), out IdentityKey? key));
        Assert.Contains(key.Recipient.ToString(), File.ReadAllText(scratch["key"]), StringComparison.Ordinal);
        Assert.Contains(key.ToSecretText(), File.ReadAllText(scratch["key"]), StringComparison.Ordinal);
    }
}
