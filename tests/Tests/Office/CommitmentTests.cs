using Groeilijn.Delivery;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>A person in the ledger: a hash under a salt that lies apart and can go.</summary>
public sealed class CommitmentTests : IDisposable
{
    const string Reference = "abcdefghijklmnop";

    readonly SmallOffice _office = new();

    public void Dispose() => _office.Dispose();

    OfficeHome Home => _office.Home;

    string Make() => Home.Database.Write(t => Commitments.Make(Home, t, Reference));

    [Fact]
    public void A_commitment_is_to_its_reference_as_long_as_its_salt_is_there()
    {
        var commitment = Make();
        Assert.Matches("^[0-9a-f]{64}$", commitment);
        Home.Database.Write(t =>
        {
            Assert.True(Commitments.IsOf(t, commitment, Reference));
            Assert.False(Commitments.IsOf(t, commitment, "ponmlkjihgfedcba"));
            Assert.True(Commitments.Erase(Home, t, commitment));
            Assert.False(Commitments.IsOf(t, commitment, Reference));
            Assert.False(Commitments.Erase(Home, t, commitment));
            Assert.False(Commitments.Erase(Home, t, new string('0', 64)));
        });
        Assert.Equal(0, Home.Database.ReadOne<long>("SELECT count(*) FROM commitments WHERE salt IS NOT NULL"));
    }

    [Fact]
    public void Two_commitments_to_one_reference_have_nothing_in_common() => Assert.NotEqual(Make(), Make());

    [Fact]
    public void The_ledger_holds_neither_salt_nor_reference_and_tells_of_the_erasing()
    {
        var commitment = Make();
        var salt = Home.Database.ReadOne<byte[]>("SELECT salt FROM commitments")!;
        Home.Database.Write(t => Assert.True(Commitments.Erase(Home, t, commitment)));
        Home.Sequence();
        var entries = Home.Ledger.Entries().Select(System.Text.Encoding.UTF8.GetString).ToList();
        Assert.Contains(entries, entry => entry.Contains("\"step\":\"commitment-erased\"", StringComparison.Ordinal) && entry.Contains(commitment, StringComparison.Ordinal));
        Assert.DoesNotContain(entries, entry => entry.Contains(Reference, StringComparison.Ordinal) || entry.Contains(Convert.ToBase64String(salt), StringComparison.Ordinal) || entry.Contains(Convert.ToHexStringLower(salt), StringComparison.Ordinal));
    }

    [Fact]
    public void After_erasing_the_salt_is_in_no_file_of_the_home()
    {
        var commitment = Make();
        var salt = Home.Database.ReadOne<byte[]>("SELECT salt FROM commitments")!;
        Home.Database.Write(t => Assert.True(Commitments.Erase(Home, t, commitment)));
        _office.Reopen(); // the write-ahead log is folded into the store
        Assert.DoesNotContain(Directory.EnumerateFiles(Home.Folder, "*", SearchOption.AllDirectories), file => Read(file).AsSpan().IndexOf(salt) >= 0);
    }

    /// <summary>The store is open: it may be read beside it.</summary>
    static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
