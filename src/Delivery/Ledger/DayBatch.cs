using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Groeilijn.Delivery;

/// <summary>
/// The steps of one day under one root: a tree of always 65,536 leaves, in which each entry lies at a random place under a salt of its own, and
/// all other leaves are random. The root says nothing of how many entries there are, a proof of one nothing of the others.
/// </summary>
/// <remarks>Places, salts and padding follow from a secret seed of 32 bytes, so that a proof can be made later. With the seed destroyed none can.</remarks>
public sealed class DayBatch
{
    /// <summary>How many hashes lie between a leaf and the root.</summary>
    public const int Depth = 16;

    /// <summary>How many entries a day can hold at most.</summary>
    public const int Most = 1 << Depth;

    /// <summary>The length of a seed and of a salt.</summary>
    public const int SeedLength = 32;

    readonly byte[] _seed;
    readonly int[] _places;
    readonly MerkleTree _tree;

    /// <summary>Lays the entries of a day, at most <see cref="Most"/>, in their tree.</summary>
    public DayBatch(byte[] seed, IReadOnlyList<byte[]> entries)
    {
        if (seed.Length != SeedLength) throw new ArgumentException("A day's seed is 32 bytes.");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Count, Most);
        _seed = seed;
        _places = Places(seed, entries.Count);
        byte[]?[] leaves = new byte[Most][];
        for (int i = 0; i < entries.Count; i++) leaves[_places[i]] = Leaf(Salt(i), entries[i]);
        _tree = MerkleTree.Of([.. leaves.Select((leaf, place) => leaf ?? Derive(seed, "padding"u8, place))]);
        Root = _tree.Root();
    }

    /// <summary>What stands for the day.</summary>
    public byte[] Root { get; }

    /// <summary>What shows that entry <paramref name="index"/> of the day is in it.</summary>
    public (byte[] Salt, int Place, IReadOnlyList<byte[]> Path) Proof(int index) => (Salt(index), _places[index], _tree.InclusionProof(_places[index]));

    /// <summary>The root that an entry, its salt, its place and the hashes beside its way lead to; null when they lead nowhere.</summary>
    public static byte[]? RootOf(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> entry, int place, IReadOnlyList<byte[]> path) => MerkleTree.Climb(place, Most, Leaf(salt, entry), path);

    static byte[] Leaf(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> entry) => MerkleTree.LeafHash([.. salt, .. entry]);

    byte[] Salt(int index) => Derive(_seed, "salt"u8, index);

    /// <summary>Different places in random order: the seed's stream of 16-bit numbers, without repetitions.</summary>
    static int[] Places(byte[] seed, int count)
    {
        int[] places = new int[count];
        HashSet<int> taken = new(count);
        for (int block = 0; taken.Count < count; block++)
        {
            byte[] stream = Derive(seed, "place"u8, block);
            for (int i = 0; i < stream.Length && taken.Count < count; i += 2)
            {
                int place = BinaryPrimitives.ReadUInt16BigEndian(stream.AsSpan(i));
                if (taken.Add(place)) places[taken.Count - 1] = place;
            }
        }
        return places;
    }

    static byte[] Derive(byte[] seed, ReadOnlySpan<byte> what, int number)
    {
        Span<byte> message = stackalloc byte[16];
        what.CopyTo(message);
        BinaryPrimitives.WriteInt32BigEndian(message[12..], number);
        return HMACSHA256.HashData(seed, message);
    }
}
