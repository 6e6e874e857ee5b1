using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>What lies on the school's disk says nothing of a child to who has not the key.</summary>
public sealed class VaultTests
{
    [Fact]
    public void No_file_of_a_home_holds_a_name_number_key_address_or_score()
    {
        using var school = new TestHome();
        var export = Export.Usual();
        export.First["achternaam"] = "Zilverschoon";
        export.FirstResult.Score = "207.7";
        Assert.True(school.Import(export).Stored);
        school.Inform();
        Assert.True(Objections.Record(school.Home, "L2").Ok);
        school.Preview();
        using var round = IdentityKey.Generate();
        Assert.True(Approving.Deliver(school.Home, Edition.Parse("2025-1").Value, round.Recipient).Ok);
        school.Home.Sequence();

        string[] personal = ["Zilverschoon", "Kind1", .. Export.Numbers[..3], "2015-10-05", "1234AB", "\"L1\"", "207.7"];
        foreach (var file in Directory.EnumerateFiles(school.Home.Folder, "*", SearchOption.AllDirectories))
        {
            var text = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            Assert.All(personal, value => Assert.DoesNotContain(value, text));
            // The score in tenths; within a hash or a key the same four digits come by chance.
            Assert.DoesNotMatch("(?<![0-9A-Za-z+/=])2077(?![0-9A-Za-z+/=])", text);
        }
        Assert.Contains("Zilverschoon", Preview.Page(school.Home, Edition.Parse("2025-1").Value, "nl"));
    }

    [Fact]
    public void What_is_sealed_opens_at_its_own_place_with_its_own_key_and_unchanged()
    {
        var folder = Directory.CreateTempSubdirectory("groeilijn-vault-").FullName;
        try
        {
            using var vault = Made(folder, "a");
            using var other = Made(folder, "b");
            var sealedBytes = vault.Seal("Sanne"u8, "pupil/1");
            Assert.Equal("Sanne"u8, vault.Open(sealedBytes, "pupil/1"));
            Assert.ThrowsAny<CryptographicException>(() => vault.Open(sealedBytes, "pupil/2"));
            Assert.ThrowsAny<CryptographicException>(() => other.Open(sealedBytes, "pupil/1"));
            Assert.ThrowsAny<CryptographicException>(() => vault.Open(sealedBytes.AsSpan(0, 20), "pupil/1"));
            sealedBytes[^1] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => vault.Open(sealedBytes, "pupil/1"));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public void A_mark_is_the_same_for_the_same_value_and_kind_under_one_key_only()
    {
        var folder = Directory.CreateTempSubdirectory("groeilijn-vault-").FullName;
        try
        {
            using var vault = Made(folder, "a");
            using var other = Made(folder, "b");
            Assert.Equal(vault.Mark("bsn", "900000119"), vault.Mark("bsn", "900000119"));
            Assert.NotEqual(vault.Mark("bsn", "900000119"), vault.Mark("key", "900000119"));
            Assert.NotEqual(vault.Mark("ab", "c"), vault.Mark("a", "bc"));
            Assert.NotEqual(vault.Mark("bsn", "900000119"), other.Mark("bsn", "900000119"));
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public void The_key_is_readable_by_its_owner_alone_and_a_damaged_one_is_refused()
    {
        using var school = new TestHome();
        var file = Path.Combine(school.Home.Folder, "keys", "store.key");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        File.WriteAllBytes(file, new byte[31]);
        Assert.Throws<InvalidDataException>(() => Vault.Load(file));
    }

    static Vault Made(string folder, string name)
    {
        Vault.MakeKey(Path.Combine(folder, name));
        return Vault.Load(Path.Combine(folder, name));
    }
}
