using System.Buffers.Binary;
using System.Globalization;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Delivery;

/// <summary>
/// A ledger of 100,000 entries of which one school kept the last checkpoint. Whatever is done to its files, clumsily or with every hash made to
/// fit again, is seen. 26 alterations, two of each kind; 10,000 behind <c>./test --torture</c>.
/// </summary>
public sealed class TamperedLedgerTests : IDisposable
{
    const int Size = 100_000, Width = 256, Hash = 32;

    static readonly int s_count = Environment.GetEnvironmentVariable("GROEILIJN_TORTURE") == "1" ? 10_000 : 26;

    readonly Scratch _scratch = new();
    readonly SigningKey _office = Signing.Key();
    readonly Dictionary<string, byte[]?> _before = [];
    readonly string _kept;
    readonly (string Size, string Checkpoint) _earlier;
    readonly List<string> _files;

    public TamperedLedgerTests()
    {
        var ledger = new LedgerFolder(_scratch.Folder, "groeilijn/office");
        ledger.Append([.. Enumerable.Range(0, 65_000).Select(Entry)]);
        _earlier = (File.ReadAllText(_scratch["size"]), ledger.Sign(_office).ToString());
        ledger.Append([.. Enumerable.Range(65_000, Size - 65_000).Select(Entry)]);
        _kept = ledger.Sign(_office).ToString();
        _files = [.. _scratch.Files.Select(file => Path.GetRelativePath(_scratch.Folder, file).Replace('\\', '/'))];
    }

    public void Dispose()
    {
        _scratch.Dispose();
        _office.Dispose();
    }

    static byte[] Entry(int i) => System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"entry {i}"));

    VerificationResult Verify() => Verification.VerifyLog(_scratch.Folder, _office.Certificate, _kept);

    [Fact]
    public void Every_alteration_is_seen()
    {
        Assert.Equal(VerificationOutcome.Proved, Verify().Outcome);
        var chance = new Chance(20230704);
        Dictionary<string, int> kinds = [];
        for (var i = 0; i < s_count; i++)
        {
            var kind = Alter(chance, i);
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            Assert.True(!Verify().Ok, $"number {i}, {kind}: not seen");
            Restore();
        }
        Assert.Equal(13, kinds.Count);
        Assert.Equal(VerificationOutcome.Proved, Verify().Outcome);
    }

    string Alter(Chance chance, int i)
    {
        var bundle = chance.Below(Size / Width);
        var name = FileOf("entries", bundle);
        switch (i % 13)
        {
            case 0: return Change("a bit flipped", chance.Of(_files), chance.Flip);
            case 1: return Change("a file cut off", chance.Of(_files), bytes => bytes[..chance.Below(bytes.Length)]);
            case 2: return Change("something behind a file", chance.Of(_files), bytes => [.. bytes, .. chance.Bytes(chance.Between(1, 64))]);
            case 3: return Change("a file removed", chance.Of([.. _files.Where(file => file != "size")]), _ => null);
            case 4: return Change("an entry deleted", name, bytes => Bundle(Edited(bytes, entries => entries.RemoveAt(chance.Below(Width)))));
            case 5: return Change("an entry inserted", name, bytes => Bundle(Edited(bytes, entries => entries.Insert(chance.Below(Width + 1), chance.Bytes(12)))));
            case 6: return Change("two entries in another order", name, bytes => Bundle(Edited(bytes, entries => Swap(entries, chance.Below(Width / 2), Width / 2 + chance.Below(Width / 2)))));
            case 7:
                Change("two files exchanged", name, _ => File.ReadAllBytes(_scratch[FileOf("entries", (bundle + 1) % (Size / Width))]));
                return "two files exchanged";
            case 8:
                Rewrite(chance.Below(Size / Width * Width), chance.Bytes(12));
                return "an entry changed and every tile made to fit";
            case 9:
                // As the office itself could: everything fits and is signed with the right key.
                Rewrite(chance.Below(Size / Width * Width), chance.Bytes(12));
                Change("", "checkpoint", _ => System.Text.Encoding.UTF8.GetBytes(Checkpoint.Sign("groeilijn/office", Size, new LedgerFolder(_scratch.Folder).Root(), _office).ToString()));
                return "an entry changed, made to fit and signed again";
            case 10:
                // The tiles that are not full any more would have to be there too; without them it is seen at once, with them by the kept checkpoint.
                RollBack(chance);
                return "rolled back to an earlier state";
            case 11: return Change("an older checkpoint", "checkpoint", _ => System.Text.Encoding.UTF8.GetBytes(Signed(chance.Between(1, Size))));
            default:
                using (var other = Signing.Key())
                    return Change("a checkpoint of another key", "checkpoint", _ => System.Text.Encoding.UTF8.GetBytes(Checkpoint.Sign("groeilijn/office", Size, new LedgerFolder(_scratch.Folder).Root(), other).ToString()));
        }
    }

    /// <summary>A root of another size is a wrong one; that of an older checkpoint under its own size would be right, and only too old: see the roll back.</summary>
    string Signed(int size) => Checkpoint.Sign("groeilijn/office", Size, new LedgerFolder(_scratch.Folder).Tree(size).Root(), _office).ToString();

    /// <summary>To the state of 65,000 entries, or to a random whole number of bundles, with a checkpoint that the office signs.</summary>
    void RollBack(Chance chance)
    {
        var bundles = chance.Between(1, Size / Width);
        var size = chance.Below(2) == 0 && Has(65_000) ? 65_000 : bundles * Width;
        var root = new LedgerFolder(_scratch.Folder).Tree(size).Root();
        Change("", "size", _ => System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{size}\n")));
        Change("", "checkpoint", _ => System.Text.Encoding.UTF8.GetBytes(size == 65_000 ? _earlier.Checkpoint : Checkpoint.Sign("groeilijn/office", size, root, _office).ToString()));
        // What is not full at that size gets its part, cut from the full one.
        for (var (level, count) = (0, size); count > 0; level++, count /= Width)
        {
            if (count % Width == 0) continue;
            var tile = File.ReadAllBytes(Existing($"{level}", count / Width));
            Add($"{FileOf($"{level}", count / Width)}.p/{count % Width}", tile[..(count % Width * Hash)]);
        }
        if (size % Width != 0) Add($"{FileOf("entries", size / Width)}.p/{size % Width}", Bundle(Entries(File.ReadAllBytes(_scratch[FileOf("entries", size / Width)])).Take(size % Width)));
    }

    static bool Has(int size) => size < Size;

    /// <summary>Changes one entry of a full bundle and every hash above it, as somebody would who knows the format.</summary>
    void Rewrite(int index, byte[] entry)
    {
        var (bundle, place) = (index / Width, index % Width);
        Change("", FileOf("entries", bundle), bytes => Bundle(Edited(bytes, entries => entries[place] = entry)));
        Change("", FileOf("0", bundle), bytes => With(bytes, place, MerkleTree.LeafHash(entry)));
        var above = Relative(Existing("1", bundle / Width));
        Change("", above, bytes => With(bytes, bundle % Width, Top(File.ReadAllBytes(_scratch[FileOf("0", bundle)]))));
        if (bundle / Width == 0) Change("", Relative(Existing("2", 0)), bytes => With(bytes, 0, Top(File.ReadAllBytes(_scratch[above]))));
        Assert.True(new LedgerFolder(_scratch.Folder).Check().Fault?.StartsWith("the checkpoint's root", StringComparison.Ordinal), "the rewriting itself must leave no seam");
    }

    static byte[] Top(byte[] tile) => MerkleTree.Of([.. tile.Chunk(Hash)]).Root();

    static byte[] With(byte[] tile, int place, byte[] hash)
    {
        byte[] changed = [.. tile];
        hash.CopyTo(changed, place * Hash);
        return changed;
    }

    static string FileOf(string level, int number) => $"tile/{level}/{number.ToString("000", CultureInfo.InvariantCulture)}";

    /// <summary>A tile, full or in part.</summary>
    string Existing(string level, int number) => File.Exists(_scratch[FileOf(level, number)]) ? _scratch[FileOf(level, number)] : Directory.EnumerateFiles(_scratch[FileOf(level, number) + ".p"]).Single();

    string Relative(string file) => Path.GetRelativePath(_scratch.Folder, file).Replace('\\', '/');

    static List<byte[]> Entries(byte[] bundle)
    {
        List<byte[]> entries = [];
        for (var at = 0; at < bundle.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at));
            entries.Add(bundle[(at + 2)..(at + 2 + length)]);
            at += 2 + length;
        }
        return entries;
    }

    static List<byte[]> Edited(byte[] bundle, Action<List<byte[]>> edit)
    {
        var entries = Entries(bundle);
        edit(entries);
        return entries;
    }

    static byte[] Bundle(IEnumerable<byte[]> entries) => [.. entries.SelectMany(entry => (byte[])[(byte)(entry.Length >> 8), (byte)entry.Length, .. entry])];

    static void Swap(List<byte[]> entries, int one, int other) => (entries[one], entries[other]) = (entries[other], entries[one]);

    string Change(string kind, string file, Func<byte[], byte[]?> change)
    {
        var bytes = File.ReadAllBytes(_scratch[file]);
        _before.TryAdd(file, bytes);
        if (change(bytes) is { } changed) File.WriteAllBytes(_scratch[file], changed);
        else File.Delete(_scratch[file]);
        return kind;
    }

    void Add(string file, byte[] bytes)
    {
        if (File.Exists(_scratch[file])) return;
        _before.TryAdd(file, null);
        Directory.CreateDirectory(Path.GetDirectoryName(_scratch[file])!);
        File.WriteAllBytes(_scratch[file], bytes);
    }

    void Restore()
    {
        foreach (var (file, bytes) in _before)
        {
            if (bytes is null) File.Delete(_scratch[file]);
            else File.WriteAllBytes(_scratch[file], bytes);
        }
        _before.Clear();
    }
}
