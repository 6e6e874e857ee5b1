using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Hosts.Commands;

/// <summary>Sealing and opening any file: nothing is overwritten by a key, and a failed open leaves nothing.</summary>
public sealed class EnvelopeCommandTests : IDisposable
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    readonly Session _session = new();
    readonly byte[] _content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a line of notes, ë and 漢\n", 5000)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_sealed_for_a_key_opens_with_that_key(bool armor)
    {
        var (file, sealedFile) = (_session.Write("notes.txt", _content), _session.At("notes.age"));
        Session.Run(["envelope", "seal", file, "--to", Key("my.key"), "--out", sealedFile, .. armor ? (string[])["--armor"] : []]).Done();
        Assert.StartsWith(armor ? "-----BEGIN AGE ENCRYPTED FILE-----" : "age-encryption.org/v1", File.ReadLines(sealedFile).First());
        Session.Run("envelope", "open", sealedFile, "--identity", _session.At("my.key"), "--out", _session.At("opened")).Done();
        Assert.Equal(_content, File.ReadAllBytes(_session.At("opened")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_sealed_with_a_passphrase_opens_with_that_passphrase(bool armor)
    {
        var (file, words, sealedFile) = (_session.Write("notes.txt", _content), _session.Write("words", "een lange zin die niemand raadt\nmore\n"), _session.At("notes.age"));
        Session.Run(["envelope", "seal", file, "--passphrase-file", words, "--out", sealedFile, .. armor ? (string[])["--armor"] : []]).Done();
        Session.Run("envelope", "open", sealedFile, "--passphrase-file", words, "--out", _session.At("opened")).Done();
        Assert.Equal(_content, File.ReadAllBytes(_session.At("opened")));
        Session.Run("envelope", "open", sealedFile, "--passphrase-file", _session.Write("wrong", "een andere zin\n"), "--out", _session.At("not")).Refused("passphrase");
        Assert.False(File.Exists(_session.At("not")));
    }

    [Fact]
    public void A_key_prints_its_public_half_and_is_for_its_owner_only()
    {
        var ran = Session.Run("envelope", "keygen", "--out", _session.At("my.key")).Done();
        Assert.True(RecipientKey.TryParse(ran.Output.TrimEnd(), out _));
        if (!OperatingSystem.IsWindows()) Assert.Equal(OwnerOnly, File.GetUnixFileMode(_session.At("my.key")));
        Assert.DoesNotContain("SECRET", ran.Output);
        Assert.Contains(ran.Output.TrimEnd(), File.ReadAllText(_session.At("my.key")));
    }

    [Fact]
    public void A_key_that_is_there_is_not_overwritten()
    {
        Key("my.key");
        var before = File.ReadAllBytes(_session.At("my.key"));
        Session.Run("envelope", "keygen", "--out", _session.At("my.key")).Refused("there already");
        Assert.Equal(before, File.ReadAllBytes(_session.At("my.key")));
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("a bit of the last chunk turned")]
    [InlineData("a bit of the header turned")]
    [InlineData("something behind it")]
    [InlineData("no age file")]
    [InlineData("empty")]
    [InlineData("for another key")]
    public void A_failed_open_says_why_and_leaves_no_file(string damage)
    {
        var (recipient, _) = (Key("my.key"), Key("other.key"));
        Session.Run("envelope", "seal", _session.Write("notes.txt", _content), "--to", recipient, "--out", _session.At("notes.age")).Done();
        var bytes = File.ReadAllBytes(_session.At("notes.age"));
        var bad = _session.Write("bad.age", damage switch
        {
            "cut off" => bytes[..^20],
            "a bit of the last chunk turned" => Turned(bytes, bytes.Length - 1),
            "a bit of the header turned" => Turned(bytes, 60),
            "something behind it" => [.. bytes, 0],
            "no age file" => _content,
            "empty" => [],
            _ => bytes,
        });
        var before = Directory.GetFiles(_session.At()).Order().ToList();
        var ran = Session.Run("envelope", "open", bad, "--identity", _session.At(damage == "for another key" ? "other.key" : "my.key"), "--out", _session.At("opened")).Refused("");
        Assert.Equal("", ran.Output);
        Assert.Equal(before, Directory.GetFiles(_session.At()).Order());
    }

    [Fact]
    public void A_failed_open_leaves_the_file_that_was_there()
    {
        var (sealedFile, there) = (_session.At("notes.age"), _session.Write("there", "kept"));
        Session.Run("envelope", "seal", _session.Write("notes.txt", _content), "--to", Key("my.key"), "--out", sealedFile).Done();
        File.WriteAllBytes(sealedFile, Turned(File.ReadAllBytes(sealedFile), 400));
        Session.Run("envelope", "open", sealedFile, "--identity", _session.At("my.key"), "--out", there).Refused("");
        Assert.Equal("kept", File.ReadAllText(there));
    }

    [Fact]
    public void A_key_or_a_passphrase_is_given_and_never_both()
    {
        var (file, words, recipient) = (_session.Write("notes.txt", _content), _session.Write("words", "een zin\n"), Key("my.key"));
        Session.Run("envelope", "seal", file, "--out", _session.At("x")).Refused("a key or a passphrase", exit: 2);
        Session.Run("envelope", "seal", file, "--to", recipient, "--passphrase-file", words, "--out", _session.At("x")).Refused("a key or a passphrase", exit: 2);
        Session.Run("envelope", "open", file, "--out", _session.At("x")).Refused("a key file or a passphrase", exit: 2);
        Session.Run("envelope", "seal", file, "--to", "age1notakey", "--out", _session.At("x")).Refused("no public key");
        Session.Run("envelope", "seal", file, "--passphrase-file", _session.Write("none", "\nsecond"), "--out", _session.At("x")).Refused("first line is empty");
        Session.Run("envelope", "open", file, "--identity", words, "--out", _session.At("x")).Refused("holds no age key");
        Assert.False(File.Exists(_session.At("x")));
    }

    string Key(string name) => Session.Run("envelope", "keygen", "--out", _session.At(name)).Done().Output.TrimEnd();

    static byte[] Turned(byte[] bytes, int at)
    {
        var turned = bytes.ToArray();
        turned[at] ^= 1;
        return turned;
    }

    public void Dispose() => _session.Dispose();
}
