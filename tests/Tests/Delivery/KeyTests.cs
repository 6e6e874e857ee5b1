using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Delivery;

public class KeyTests
{
    [Fact]
    public void A_key_reads_back_from_its_text()
    {
        for (int i = 0; i < 50; i++)
        {
            using IdentityKey key = IdentityKey.Generate();
            using IdentityKey again = IdentityKey.Parse(key.ToSecretText());
            Assert.Equal(key.Recipient, again.Recipient);
            Assert.Equal(key.Recipient, RecipientKey.Parse(key.Recipient.ToString()));
            Assert.StartsWith("AGE-SECRET-KEY-1", key.ToSecretText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_key_with_one_letter_changed_is_refused_and_no_message_repeats_it()
    {
        using IdentityKey key = IdentityKey.Generate();
        string secret = key.ToSecretText(), open = key.Recipient.ToString();
        for (int i = 0; i < secret.Length; i++) Assert.False(IdentityKey.TryParse(secret[..i] + (secret[i] == 'Q' ? 'P' : 'Q') + secret[(i + 1)..], out _));
        for (int i = 0; i < open.Length; i++) Assert.False(RecipientKey.TryParse(open[..i] + (open[i] == 'q' ? 'p' : 'q') + open[(i + 1)..], out _));
        FormatException refusal = Assert.Throws<FormatException>(() => IdentityKey.Parse("AGE-SECRET-KEY-1ZZZ-SENTINEL"));
        Assert.DoesNotContain("SENTINEL", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mixed_case_and_foreign_kinds_are_refused()
    {
        using IdentityKey key = IdentityKey.Generate();
        Assert.False(RecipientKey.TryParse(key.Recipient.ToString().ToUpperInvariant(), out _));
        Assert.False(IdentityKey.TryParse(key.ToSecretText().ToLowerInvariant(), out _));
        Assert.False(RecipientKey.TryParse(null, out _));
        Assert.False(RecipientKey.TryParse("age1pq1qqqq", out _));
        Assert.False(IdentityKey.TryParse("AGE-SECRET-KEY-PQ-1HZLGZUPT4ETPKDEV8HSGFDCYZ4E522W0A7PU2LHT8EH9W6YLNC3SW78XKG", out _));
    }

    [Fact]
    public void A_secret_key_is_masked_and_useless_once_disposed()
    {
        IdentityKey key = IdentityKey.Generate();
        string secret = key.ToSecretText();
        Assert.DoesNotContain(secret[20..], $"{key}", StringComparison.Ordinal);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(key.ToSecretText);
    }

    [Fact]
    public void Two_shares_give_the_key_back_in_either_order()
    {
        using IdentityKey key = IdentityKey.Generate();
        (byte[] first, byte[] second) = KeyShares.Split(key);
        Assert.Equal(key.ToSecretText(), KeyShares.Join(first, second).ToSecretText());
        Assert.Equal(key.ToSecretText(), KeyShares.Join(second, first).ToSecretText());
        Assert.StartsWith("GROEILIJN-KEY-SHARE-1", Encoding.ASCII.GetString(first), StringComparison.Ordinal);
        Assert.EndsWith("\n", Encoding.ASCII.GetString(first), StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_that_do_not_belong_together_are_refused()
    {
        using IdentityKey key = IdentityKey.Generate(), other = IdentityKey.Generate();
        (byte[] first, byte[] second) = KeyShares.Split(key);
        (byte[] firstAgain, byte[] secondAgain) = KeyShares.Split(key);
        (byte[] firstOther, byte[] secondOther) = KeyShares.Split(other);
        foreach ((byte[] a, byte[] b) in ((byte[], byte[])[])[(first, first), (second, second), (first, secondOther), (firstOther, second), (first, secondAgain), (firstAgain, second), (first, []), ([], [])])
            Assert.False(KeyShares.TryJoin(a, b, out _));
        for (int i = 0; i < first.Length - 1; i++)
        {
            byte[] changed = [.. first];
            changed[i] ^= 1;
            Assert.False(KeyShares.TryJoin(changed, second, out _));
        }
    }

    [Fact]
    public void One_share_says_nothing_about_the_key()
    {
        // Either share of a fixed key is spread evenly: no letter stands still over many splits.
        using IdentityKey key = IdentityKey.Generate();
        List<(byte[] First, byte[] Second)> splits = [.. Enumerable.Range(0, 200).Select(_ => KeyShares.Split(key))];
        for (int place = 32; place < 80; place++)
        {
            Assert.True(splits.Select(split => split.First[place]).Distinct().Count() > 20);
            Assert.True(splits.Select(split => split.Second[place]).Distinct().Count() > 20);
        }
    }

    [Fact]
    public void A_signing_key_reads_back_and_its_file_is_its_owners_alone()
    {
        using Scratch scratch = new();
        using SigningKey key = Signing.Key("Basisschool De Horizon");
        key.Save(scratch.Folder, "school");
        using SigningKey again = SigningKey.Load(scratch.Folder, "school");
        Assert.Equal(key.Fingerprint, again.Fingerprint);
        Assert.Equal("Basisschool De Horizon", again.Name);
        Assert.Equal(64, key.Fingerprint.Length);
        Assert.False(key.Certificate.HasPrivateKey);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scratch["school.key.pem"]));
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(scratch["school.cert.pem"]), StringComparison.Ordinal);
    }
}

static class Signing
{
    public static readonly DateTimeOffset From = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Until = new(2053, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = new(2023, 2, 20, 10, 0, 0, TimeSpan.Zero);

    public static SigningKey Key(string name = "office") => SigningKey.Create(name, From, Until);
}
