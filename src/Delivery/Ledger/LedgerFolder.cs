using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Groeilijn.Delivery;

/// <summary>
/// The log on disk, in the layout that any tlog-tiles reader knows: <c>tile/…</c>, <c>tile/entries/…</c> and <c>checkpoint</c>.
/// Appending is durable and touches the right edge only. One writer at a time; the caller sees to that.
/// </summary>
/// <remarks>
/// The file <c>size</c> is the commit: tiles are written first, then it. A crash in between leaves tiles beyond the size,
/// which the next append overwrites. Partial tiles are removed only once <c>size</c> no longer needs them.
/// </remarks>
public sealed class LedgerFolder
{
    readonly string _folder;
    readonly string _origin;
    readonly TileStore _tiles;

    /// <summary>Opens the ledger in <paramref name="folder"/>, which need not exist yet. <paramref name="origin"/> names the log in its checkpoints.</summary>
    /// <exception cref="InvalidDataException">The file <c>size</c> is damaged.</exception>
    public LedgerFolder(string folder, string origin = "groeilijn/ledger")
    {
        (_folder, _origin, _tiles) = (folder, origin, new(folder));
        Size = ReadSize();
    }

    /// <summary>The number of entries.</summary>
    public long Size { get; private set; }

    /// <summary>Adds entries of at most 65,535 bytes at the end; when this returns they are on the disk. Returns the index of the first.</summary>
    /// <exception cref="InvalidOperationException">Another writer was here since this ledger was opened.</exception>
    /// <exception cref="InvalidDataException">The right edge is missing or damaged.</exception>
    public long Append(IReadOnlyList<byte[]> entries)
    {
        if (entries.Any(entry => entry.Length > ushort.MaxValue)) throw new ArgumentException("A ledger entry is at most 65,535 bytes.");
        if (ReadSize() != Size) throw new InvalidOperationException("Another writer appended to this ledger: open it again.");
        if (entries.Count == 0) return Size;

        List<string?> superseded = [_tiles.Extend(null, Size, [.. entries.Select(WithLength)], _ => { })];
        List<byte[]> hashes = [.. entries.Select(entry => MerkleTree.LeafHash(entry))];
        for (int level = 0; hashes.Count > 0; level++)
        {
            List<byte[]> above = [];
            superseded.Add(_tiles.Extend(level, Count(level, Size), hashes, tile => above.Add(TileStore.Top([.. tile.Chunk(32)]))));
            hashes = above;
        }

        long first = Size;
        DurableFile.Write(At("size"), string.Create(CultureInfo.InvariantCulture, $"{first + entries.Count}\n"));
        Size = first + entries.Count;
        foreach (string path in superseded.OfType<string>()) _tiles.Remove(path);
        return first;
    }

    /// <summary>The root hash of the whole log.</summary>
    public byte[] Root() => Tree().Root();

    /// <summary>The tree of the log as it is, or as it was at an earlier size: for roots and proofs. Reads tiles, never entries.</summary>
    public MerkleTree Tree(long? size = null)
    {
        long leaves = size ?? Size;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leaves, Size);
        Dictionary<(int, long), byte[][]> read = [];
        return new(leaves, (level, index) =>
        {
            // The subtree's top lies in a tile of level/8, or is computed from 2^(level%8) of its hashes.
            (int tileLevel, int inner) = (level / TileStore.Height, level % TileStore.Height);
            long start = index << inner, tile = start / TileStore.Width;
            if (!read.TryGetValue((tileLevel, tile), out byte[][]? hashes)) read[(tileLevel, tile)] = hashes = ReadTile(tileLevel, tile);
            return TileStore.Top(hashes.AsSpan((int)(start % TileStore.Width), 1 << inner));
        });
    }

    /// <summary>The entries in order, from <paramref name="from"/>.</summary>
    /// <exception cref="InvalidDataException">A bundle of entries is missing or damaged.</exception>
    public IEnumerable<byte[]> Entries(long from = 0)
    {
        for (long index = from; index < Size;)
        {
            long bundle = index / TileStore.Width;
            List<byte[]> entries = _tiles.ReadBundle(bundle, TileStore.WidthOf(bundle, Size));
            for (int i = (int)(index % TileStore.Width); i < entries.Count; i++, index++) yield return entries[i];
        }
    }

    /// <summary>Signs the log as it is now and writes the file <c>checkpoint</c>, durably.</summary>
    public Checkpoint Sign(SigningKey key)
    {
        Checkpoint checkpoint = Delivery.Checkpoint.Sign(_origin, Size, Root(), key);
        DurableFile.CreateFolder(_folder);
        DurableFile.Write(At("checkpoint"), checkpoint.ToString());
        return checkpoint;
    }

    /// <summary>The latest checkpoint; null when the log was never signed.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public Checkpoint? Checkpoint()
    {
        if (!File.Exists(At("checkpoint"))) return null;
        return Delivery.Checkpoint.TryRead(File.ReadAllBytes(At("checkpoint")), out Checkpoint? checkpoint)
            ? checkpoint : throw new InvalidDataException("the file checkpoint is damaged");
    }

    /// <summary>Whether an earlier checkpoint, from a receipt or a report, is one of this log: nothing it covered was changed or taken away.</summary>
    public bool Holds(Checkpoint earlier) => earlier.Size <= Size && Tree(earlier.Size).Root().AsSpan().SequenceEqual(earlier.Root);

    /// <summary>As <see cref="Holds(Checkpoint)"/>, for a checkpoint of which paper kept the size and the start of the root.</summary>
    public bool Holds(long size, ReadOnlySpan<byte> startOfRoot) => size <= Size && Tree(size).Root().AsSpan().StartsWith(startOfRoot);

    /// <summary>Recomputes every hash from the entries and compares it with every tile and the checkpoint.</summary>
    public LedgerCheck Check()
    {
        try
        {
            CheckTiles([.. Entries().Select(entry => MerkleTree.LeafHash(entry))]);
            // From here on the tiles are what the entries make them.
            if (Checkpoint() is { } checkpoint)
            {
                if (checkpoint.Size > Size) return new(Size, null, "the checkpoint covers more entries than there are: entries were taken away");
                if (!Tree(checkpoint.Size).Root().AsSpan().SequenceEqual(checkpoint.Root)) return new(Size, null, "the checkpoint's root is not that of the entries: entries were changed");
            }
            return new(Size, Root(), null);
        }
        catch (InvalidDataException damage)
        {
            return new(Size, null, damage.Message);
        }
    }

    void CheckTiles(List<byte[]> hashes)
    {
        for (int level = 0; hashes.Count > 0; level++)
        {
            List<byte[]> above = [];
            for (int number = 0; number * TileStore.Width < hashes.Count; number++)
            {
                byte[][] computed = [.. hashes.Skip(number * TileStore.Width).Take(TileStore.Width)];
                if (!computed.Zip(ReadTile(level, number), (a, b) => a.AsSpan().SequenceEqual(b)).All(same => same))
                    throw new InvalidDataException($"{TileStore.PathOf(level, number, computed.Length)} does not follow from the entries");
                if (computed.Length == TileStore.Width) above.Add(TileStore.Top(computed));
            }
            hashes = above;
        }
    }

    byte[][] ReadTile(int level, long number) => _tiles.ReadTile(level, number, TileStore.WidthOf(number, Count(level, Size)));

    long ReadSize()
    {
        if (!File.Exists(At("size"))) return 0;
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(At("size")));
        bool read = long.TryParse(text.AsSpan().TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out long size);
        return read && text == string.Create(CultureInfo.InvariantCulture, $"{size}\n") ? size : throw new InvalidDataException("the file size is damaged: restore the ledger from a copy");
    }

    string At(string path) => Path.Combine(_folder, path);

    /// <summary>How many hashes a level of tiles holds: one for every complete subtree of 256^level leaves.</summary>
    static long Count(int level, long size) => size >> (level * TileStore.Height);

    static byte[] WithLength(byte[] entry)
    {
        byte[] item = new byte[2 + entry.Length];
        BinaryPrimitives.WriteUInt16BigEndian(item, (ushort)entry.Length);
        entry.CopyTo(item, 2);
        return item;
    }
}

/// <summary>What a full check of a ledger showed.</summary>
/// <param name="Size">The number of entries.</param>
/// <param name="Root">The recomputed root; null when something is wrong.</param>
/// <param name="Fault">What is wrong; null when nothing is.</param>
public sealed record LedgerCheck(long Size, byte[]? Root, string? Fault)
{
    /// <summary>Whether entries, tiles and checkpoint agree.</summary>
    public bool Ok => Fault is null;
}
