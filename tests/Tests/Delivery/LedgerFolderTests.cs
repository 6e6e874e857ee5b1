using Groeilijn.Delivery;

namespace Groeilijn.Tests.Delivery;

public class LedgerFolderTests
{
    [Fact]
    public void However_it_was_filled_the_tree_is_the_same()
    {
        using Scratch scratch = new();
        Random random = new(1);
        byte[][] entries = Entries(1100);
        LedgerFolder ledger = new(scratch.Folder);
        for (int size = 0; size < entries.Length;)
        {
            int count = Math.Min(random.Next(4) == 0 ? random.Next(1, 400) : random.Next(1, 5), entries.Length - size);
            Assert.Equal(size, ledger.Append(entries[size..(size + count)]));
            size += count;
            Assert.Equal(MerkleTree.Of([.. entries[..size].Select(entry => MerkleTree.LeafHash(entry))]).Root(), ledger.Root());
        }
        Assert.Equal(entries, ledger.Entries());
        Assert.True(ledger.Check().Ok);
        LedgerFolder again = new(scratch.Folder);
        Assert.Equal(ledger.Root(), again.Root());
        Assert.Equal(entries[700..], again.Entries(700));
    }

    [Fact]
    public void Proofs_from_tiles_hold()
    {
        using Scratch scratch = new();
        byte[][] entries = Entries(777);
        LedgerFolder ledger = new(scratch.Folder);
        ledger.Append(entries);
        MerkleTree tree = ledger.Tree();
        for (int index = 0; index < entries.Length; index += 13)
            Assert.True(MerkleTree.VerifyInclusion(index, 777, MerkleTree.LeafHash(entries[index]), tree.InclusionProof(index), tree.Root()));
        for (int older = 7; older <= 777; older += 7)
            Assert.True(MerkleTree.VerifyConsistency(older, 777, ledger.Tree(older).Root(), tree.Root(), tree.ConsistencyProof(older)));
    }

    [Fact]
    public void Files_stand_where_any_reader_of_tiles_looks_and_no_older_part_is_left()
    {
        using Scratch scratch = new();
        LedgerFolder ledger = new(scratch.Folder);
        foreach (byte[] entry in Entries(10)) ledger.Append([entry]);
        Assert.Equal(["size", "tile/0/000.p/10", "tile/entries/000.p/10"], Names(scratch));
        ledger.Append(Entries(502));
        Assert.Equal(["size", "tile/0/000", "tile/0/001", "tile/1/000.p/2", "tile/entries/000", "tile/entries/001"], Names(scratch));
        Assert.Equal(32 * 256, new FileInfo(scratch["tile/0/001"]).Length);
    }

    [Fact]
    public void A_third_level_of_tiles_grows_after_65536_entries()
    {
        using Scratch scratch = new();
        byte[][] entries = Entries(65_536 + 3);
        LedgerFolder ledger = new(scratch.Folder);
        ledger.Append(entries);
        Assert.Contains("tile/2/000.p/1", Names(scratch));
        Assert.Equal(MerkleTree.Of([.. entries.Select(entry => MerkleTree.LeafHash(entry))]).Root(), ledger.Root());
        List<byte[]> proof = ledger.Tree().InclusionProof(40_000);
        Assert.True(MerkleTree.VerifyInclusion(40_000, ledger.Size, MerkleTree.LeafHash(entries[40_000]), proof, ledger.Root()));
    }

    [Fact]
    public void A_changed_byte_in_any_file_is_found()
    {
        using Scratch scratch = new();
        using SigningKey key = Signing.Key();
        LedgerFolder ledger = new(scratch.Folder);
        ledger.Append(Entries(600));
        ledger.Sign(key);
        Random random = new(3);
        foreach (string file in scratch.Files)
        {
            for (int i = 0; i < 5; i++)
            {
                byte[] bytes = File.ReadAllBytes(file), changed = [.. bytes];
                changed[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, changed);
                Assert.False(Verification.Verify(scratch.Folder, key.Certificate).Ok, file);
                File.WriteAllBytes(file, bytes);
            }
        }
        Assert.Equal(VerificationOutcome.Proved, Verification.Verify(scratch.Folder, key.Certificate).Outcome);
    }

    [Fact]
    public void A_missing_file_is_found()
    {
        using Scratch scratch = new();
        LedgerFolder ledger = new(scratch.Folder);
        ledger.Append(Entries(600));
        foreach (string file in scratch.Files.Where(file => !file.EndsWith("size", StringComparison.Ordinal)))
        {
            byte[] bytes = File.ReadAllBytes(file);
            File.Delete(file);
            Assert.False(ledger.Check().Ok, file);
            File.WriteAllBytes(file, bytes);
        }
        Assert.True(ledger.Check().Ok);
    }

    [Fact]
    public void A_log_that_was_rolled_back_or_rewritten_does_not_hold_an_older_checkpoint()
    {
        using Scratch scratch = new(), forged = new();
        using SigningKey key = Signing.Key();
        byte[][] entries = Entries(300);
        LedgerFolder ledger = new(scratch.Folder);
        ledger.Append(entries[..200]);
        Checkpoint kept = ledger.Sign(key);
        ledger.Append(entries[200..]);
        Assert.True(ledger.Holds(kept));

        LedgerFolder shorter = new(forged["shorter"]), rewritten = new(forged["rewritten"]);
        shorter.Append(entries[..199]);
        rewritten.Append([.. entries[..100], [1], .. entries[101..]]);
        Assert.False(shorter.Holds(kept));
        Assert.False(rewritten.Holds(kept));
        Assert.True(rewritten.Check().Ok); // it agrees with itself: that is why checkpoints go out to others
    }

    [Fact]
    public void What_a_crash_left_beyond_the_size_is_overwritten()
    {
        using Scratch scratch = new();
        byte[][] entries = Entries(700);
        LedgerFolder ledger = new(scratch.Folder);
        ledger.Append(entries[..300]);
        Dictionary<string, byte[]> before = scratch.Files.ToDictionary(file => file, File.ReadAllBytes);
        new LedgerFolder(scratch.Folder).Append(Entries(400, seed: 9));
        // As after a crash just before the commit: the size is the old one, nothing was removed yet, new tiles lie around.
        foreach ((string file, byte[] bytes) in before)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }

        LedgerFolder restarted = new(scratch.Folder);
        Assert.Equal(300, restarted.Size);
        Assert.True(restarted.Check().Ok);
        restarted.Append(entries[300..]);
        Assert.Equal(entries, restarted.Entries());
        Assert.True(restarted.Check().Ok);
    }

    [Fact]
    public void An_append_to_a_long_log_reads_only_its_edge()
    {
        using Scratch scratch = new();
        LedgerFolder ledger = new(scratch.Folder);
        ledger.Append(Entries(10_000));
        string edge = scratch["tile/entries/039.p/16"];
        foreach (string file in scratch.Files.Where(file => file.Contains("entries", StringComparison.Ordinal) && file != edge)) File.Delete(file);
        Assert.Equal(10_000, ledger.Append(Entries(1)));
        Assert.Equal(10_001, new LedgerFolder(scratch.Folder).Size);
    }

    [Fact]
    public void A_second_writer_is_refused_before_it_overwrites()
    {
        using Scratch scratch = new();
        LedgerFolder one = new(scratch.Folder), other = new(scratch.Folder);
        one.Append([[1]]);
        Assert.Throws<InvalidOperationException>(() => other.Append([[2]]));
        Assert.Equal([[1]], new LedgerFolder(scratch.Folder).Entries());
    }

    [Fact]
    public void A_checkpoint_reads_back_and_only_its_own_key_signed_it()
    {
        using SigningKey key = Signing.Key(), other = Signing.Key();
        Checkpoint checkpoint = Checkpoint.Sign("groeilijn.example/office", 12, new byte[32], key);
        Assert.True(Checkpoint.TryParse(checkpoint.ToString(), out Checkpoint? again));
        Assert.Equal(checkpoint.ToString(), again.ToString());
        Assert.True(again.IsSignedBy(key.Certificate));
        Assert.False(again.IsSignedBy(other.Certificate));
        string text = checkpoint.ToString();
        for (int i = 0; i < text.Length; i++)
        {
            string changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.False(Checkpoint.TryParse(changed, out Checkpoint? forged) && forged.IsSignedBy(key.Certificate), $"letter {i}");
        }
        Assert.False(Checkpoint.TryParse(text + "\n", out _));
        Assert.False(Checkpoint.TryParse(text.Replace("12", "012", StringComparison.Ordinal), out _));
    }

    static string[] Names(Scratch scratch) => [.. scratch.Files.Select(file => Path.GetRelativePath(scratch.Folder, file).Replace('\\', '/'))];

    static byte[][] Entries(int count, int seed = 0) => [.. Enumerable.Range(0, count).Select(i => BitConverter.GetBytes((seed << 24) + i))];
}
