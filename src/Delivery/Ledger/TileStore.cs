using System.Buffers.Binary;
using System.Globalization;

namespace Groeilijn.Delivery;

/// <summary>
/// The files of a ledger (C2SP tlog-tiles): 256 hashes of every eighth level in one tile, 256 entries in one bundle, numbers in
/// groups of three digits. What is not full stands in <c>.p/width</c>; a full one is never written again.
/// </summary>
sealed class TileStore(string folder)
{
    public const int Width = 256;
    public const int Height = 8;
    const int HashLength = 32;

    /// <summary>The path of a tile of a level, or of a bundle of entries when the level is null.</summary>
    public static string PathOf(int? level, long number, int width)
    {
        string kind = level is null ? "entries" : level.Value.ToString(CultureInfo.InvariantCulture);
        string digits = (number % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (long rest = number / 1000; rest > 0; rest /= 1000) digits = $"x{(rest % 1000).ToString("000", CultureInfo.InvariantCulture)}/{digits}";
        return $"tile/{kind}/{digits}{(width == Width ? "" : $".p/{width.ToString(CultureInfo.InvariantCulture)}")}";
    }

    /// <summary>How wide a tile or bundle is when its row holds <paramref name="count"/> hashes or entries.</summary>
    public static int WidthOf(long number, long count) => (int)Math.Min(Width, count - (number * Width));

    public byte[][] ReadTile(int level, long number, int width)
    {
        byte[] bytes = Read(PathOf(level, number, width));
        return bytes.Length == width * HashLength ? [.. bytes.Chunk(HashLength)] : throw new InvalidDataException($"{PathOf(level, number, width)} has the wrong length");
    }

    public List<byte[]> ReadBundle(long number, int width)
    {
        ReadOnlySpan<byte> rest = Read(PathOf(null, number, width));
        List<byte[]> entries = new(width);
        while (rest.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(rest) is var length && rest.Length >= 2 + length)
        {
            entries.Add(rest.Slice(2, length).ToArray());
            rest = rest[(2 + length)..];
        }
        return rest.IsEmpty && entries.Count == width ? entries : throw new InvalidDataException($"{PathOf(null, number, width)} is damaged");
    }

    /// <summary>Writes items behind the <paramref name="count"/> that a row already holds, tile by tile.</summary>
    /// <param name="level">The level of the tiles, or null for entries.</param>
    /// <param name="count">What the row held so far.</param>
    /// <param name="items">What comes behind, each as it stands in the file.</param>
    /// <param name="full">Called with the content of every tile that became full.</param>
    /// <returns>The path of the part that is no longer needed once the ledger's size says so, or null.</returns>
    public string? Extend(int? level, long count, IReadOnlyList<byte[]> items, Action<byte[]> full)
    {
        int held = (int)(count % Width);
        string? superseded = held > 0 ? PathOf(level, count / Width, held) : null;
        byte[] before = superseded is null ? [] : Read(superseded);
        for (int next = 0; next < items.Count;)
        {
            int added = Math.Min(Width - held, items.Count - next);
            byte[] content = [.. before, .. items.Skip(next).Take(added).SelectMany(item => item)];
            string path = At(PathOf(level, (count + next) / Width, held + added));
            DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
            DurableFile.Write(path, content);
            if (held + added == Width) full(content);
            next += added;
            (held, before) = (0, []);
        }
        return superseded;
    }

    /// <summary>Removes a part, and its folder when that is empty. Not durable: after a crash a part too many does no harm.</summary>
    public void Remove(string path)
    {
        File.Delete(At(path));
        string parts = Path.GetDirectoryName(At(path))!;
        if (!Directory.EnumerateFileSystemEntries(parts).Any()) Directory.Delete(parts);
    }

    /// <summary>The top of a complete subtree over a power of two of hashes.</summary>
    public static byte[] Top(ReadOnlySpan<byte[]> hashes)
    {
        if (hashes.Length == 1) return hashes[0];
        int half = hashes.Length / 2;
        return MerkleTree.NodeHash(Top(hashes[..half]), Top(hashes[half..]));
    }

    byte[] Read(string path) => File.Exists(At(path)) ? File.ReadAllBytes(At(path)) : throw new InvalidDataException($"{path} is missing");

    string At(string path) => Path.Combine(folder, path);
}
