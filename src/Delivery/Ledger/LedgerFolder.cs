using System.Buffers.Binary;
using System.Globalization;

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
    const int LongestEntry = ushort.MaxValue;

    readonly string _folder;
    readonly string _origin;

    /// <summary>Opens the ledger in <paramref name="folder"/>, which need not exist yet. <paramref name="origin"/> names the log in its checkpoints.</summary>
    /// <exception cref="InvalidDataException">The file <c>size</c> is damaged.</exception>
    public LedgerFolder(string folder, string origin = "groeilijn/ledger")
    {
        (_folder, _origin) = (folder, origin);
        string file = At("size");
        if (!File.Exists(file)) return;
        Size = long.TryParse(File.ReadAllText(file).TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            ? size : throw new InvalidDataException("The ledger's file size is damaged: restore the ledger from a copy.");
    }

    /// <summary>The number of entries.</summary>
    public long Size { get; private set; }

    /// <summary>Adds entries at the end, durably: when this returns they are on the disk. Returns the index of the first.</summary>
    public long Append(IReadOnlyList<byte[]> entries)
    {
        if (entries.Any(entry => entry.Length > LongestEntry)) throw new ArgumentException("A ledger entry is at most 65,535 bytes.");
        long first = Size;
        if (entries.Count == 0) return first;
        List<string> superseded = [];
        WriteEntries(entries, superseded);
        List<byte[]> hashes = [.. entries.Select(entry => MerkleTree.LeafHash(entry))];
        for (int level = 0; hashes.Count > 0; level++) hashes = WriteTiles(level, hashes, superseded);

        DurableFile.Write(At("size"), string.Create(CultureInfo.InvariantCulture, $"{first + entries.Count}\n"));
        Size = first + entries.Count;
        foreach (string path in superseded) Remove(path);
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
            (int tileLevel, int inner) = (level / TilePath.Height, level % TilePath.Height);
            long start = index << inner;
            long tile = start / TilePath.Width;
            if (!read.TryGetValue((tileLevel, tile), out byte[][]? hashes)) read[(tileLevel, tile)] = hashes = ReadTile(tileLevel, tile);
            return Combined(hashes.AsSpan((int)(start % TilePath.Width), 1 << inner));
        });
    }

    /// <summary>The entries in order, from <paramref name="from"/>.</summary>
    /// <exception cref="InvalidDataException">A bundle of entries is missing or damaged.</exception>
    public IEnumerable<byte[]> Entries(long from = 0)
    {
        for (long index = from; index < Size;)
        {
            long bundle = index / TilePath.Width;
            List<byte[]> entries = ReadBundle(bundle);
            for (int i = (int)(index % TilePath.Width); i < entries.Count; i++, index++) yield return entries[i];
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
        return Delivery.Checkpoint.TryParse(File.ReadAllText(At("checkpoint")), out Checkpoint? checkpoint)
            ? checkpoint : throw new InvalidDataException("The file checkpoint is damaged.");
    }

    /// <summary>Whether an earlier checkpoint, from a receipt or a report, is one of this log: nothing it covered was changed or taken away.</summary>
    public bool Holds(Checkpoint earlier) => earlier.Size <= Size && Tree(earlier.Size).Root().AsSpan().SequenceEqual(earlier.Root);

    /// <summary>Recomputes every hash from the entries and compares it with every tile and the checkpoint.</summary>
    public LedgerCheck Check()
    {
        try
        {
            List<byte[]> hashes = [.. Entries().Select(entry => MerkleTree.LeafHash(entry))];
            MerkleTree tree = MerkleTree.Of(hashes);
            byte[] root = tree.Root();
            for (int level = 0; Count(level, Size) > 0; level++)
            {
                for (long number = 0; number * TilePath.Width < hashes.Count; number++)
                {
                    byte[][] tile = ReadTile(level, number);
                    for (int i = 0; i < tile.Length; i++)
                        if (!tile[i].AsSpan().SequenceEqual(hashes[(int)(number * TilePath.Width) + i])) return new(Size, null, $"{Name(level, number)} does not follow from the entries");
                }
                hashes = [.. Enumerable.Range(0, hashes.Count / TilePath.Width).Select(i => Combined([.. hashes.Skip(i * TilePath.Width).Take(TilePath.Width)]))];
            }
            if (Checkpoint() is { } checkpoint)
            {
                if (checkpoint.Size > Size) return new(Size, null, "the checkpoint covers more entries than there are: entries were taken away");
                if (!new MerkleTree(checkpoint.Size, tree.Perfect).Root().AsSpan().SequenceEqual(checkpoint.Root)) return new(Size, null, "the checkpoint's root is not that of the entries: entries were changed");
            }
            return new(Size, root, null);
        }
        catch (InvalidDataException damage)
        {
            return new(Size, null, damage.Message);
        }
    }

    void WriteEntries(IReadOnlyList<byte[]> entries, List<string> superseded)
    {
        Span<byte> length = stackalloc byte[2];
        int next = 0;
        for (long index = Size; next < entries.Count;)
        {
            long bundle = index / TilePath.Width;
            int held = (int)(index % TilePath.Width);
            int added = Math.Min(TilePath.Width - held, entries.Count - next);
            using MemoryStream bytes = new();
            if (held > 0) bytes.Write(ReadFile(null, bundle, held, superseded));
            foreach (byte[] entry in entries.Skip(next).Take(added))
            {
                BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Length);
                bytes.Write(length);
                bytes.Write(entry);
            }
            WriteFile(TilePath.Of(null, bundle, held + added), bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            next += added;
            index += added;
        }
    }

    /// <summary>Adds hashes at one level; returns the hashes of the tiles that became full, for the level above.</summary>
    List<byte[]> WriteTiles(int level, List<byte[]> hashes, List<string> superseded)
    {
        List<byte[]> above = [];
        int next = 0;
        for (long index = Count(level, Size); next < hashes.Count;)
        {
            long number = index / TilePath.Width;
            int held = (int)(index % TilePath.Width);
            int added = Math.Min(TilePath.Width - held, hashes.Count - next);
            byte[] tile = [.. held > 0 ? ReadFile(level, number, held, superseded) : [], .. hashes.Skip(next).Take(added).SelectMany(hash => hash)];
            WriteFile(TilePath.Of(level, number, held + added), tile);
            if (held + added == TilePath.Width) above.Add(Combined(Hashes(tile)));
            next += added;
            index += added;
        }
        return above;
    }

    byte[][] ReadTile(int level, long number)
    {
        int width = (int)Math.Min(TilePath.Width, Count(level, Size) - (number * TilePath.Width));
        byte[] bytes = ReadFile(level, number, width, null);
        return bytes.Length == width * 32 ? Hashes(bytes) : throw new InvalidDataException($"{TilePath.Of(level, number, width)} has the wrong length");
    }

    List<byte[]> ReadBundle(long number)
    {
        int width = (int)Math.Min(TilePath.Width, Size - (number * TilePath.Width));
        ReadOnlySpan<byte> rest = ReadFile(null, number, width, null);
        List<byte[]> entries = [];
        while (rest.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(rest) is var length && rest.Length >= 2 + length)
        {
            entries.Add(rest.Slice(2, length).ToArray());
            rest = rest[(2 + length)..];
        }
        return rest.IsEmpty && entries.Count == width ? entries : throw new InvalidDataException($"{TilePath.Of(null, number, width)} is damaged");
    }

    byte[] ReadFile(int? level, long number, int width, List<string>? superseded)
    {
        string path = TilePath.Of(level, number, width);
        if (!File.Exists(At(path))) throw new InvalidDataException($"{path} is missing");
        superseded?.Add(path);
        return File.ReadAllBytes(At(path));
    }

    void WriteFile(string path, ReadOnlySpan<byte> bytes)
    {
        DurableFile.CreateFolder(Path.GetDirectoryName(At(path))!);
        DurableFile.Write(At(path), bytes);
    }

    void Remove(string path)
    {
        File.Delete(At(path));
        string folder = Path.GetDirectoryName(At(path))!;
        if (!Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    string At(string path) => Path.Combine(_folder, path);

    string Name(int level, long number) => TilePath.Of(level, number, (int)Math.Min(TilePath.Width, Count(level, Size) - (number * TilePath.Width)));

    /// <summary>How many hashes a level of tiles holds: one for every complete subtree of 256^level leaves.</summary>
    static long Count(int level, long size) => size >> (level * TilePath.Height);

    static byte[][] Hashes(byte[] tile) => [.. Enumerable.Range(0, tile.Length / 32).Select(i => tile[(i * 32)..((i + 1) * 32)])];

    /// <summary>The top of a complete subtree over a power of two of hashes.</summary>
    static byte[] Combined(ReadOnlySpan<byte[]> hashes)
    {
        if (hashes.Length == 1) return hashes[0];
        int half = hashes.Length / 2;
        return MerkleTree.NodeHash(Combined(hashes[..half]), Combined(hashes[half..]));
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
