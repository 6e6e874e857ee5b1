using System.Numerics;
using System.Security.Cryptography;

namespace Groeilijn.Delivery;

/// <summary>
/// The tree of RFC 6962 over a list of leaves: its root stands for the whole list, a proof of a few hashes shows that a leaf is
/// in it (inclusion) or that a longer list begins with a shorter one (consistency). Letters as in the RFC: n leaves, leaf m, MTH.
/// </summary>
/// <param name="size">n, the number of leaves.</param>
/// <param name="perfect">The hash of the complete subtree of 2^level leaves that is number index at its level.</param>
public sealed class MerkleTree(long size, Func<int, long, byte[]> perfect)
{
    /// <summary>The number of leaves.</summary>
    public long Size { get; } = size;

    /// <summary>A tree in memory over hashes of leaves.</summary>
    public static MerkleTree Of(IReadOnlyList<byte[]> leafHashes)
    {
        List<IReadOnlyList<byte[]>> levels = [leafHashes];
        while (levels[^1].Count > 1)
        {
            IReadOnlyList<byte[]> below = levels[^1];
            levels.Add([.. Enumerable.Range(0, below.Count / 2).Select(i => NodeHash(below[2 * i], below[(2 * i) + 1]))]);
        }
        return new(leafHashes.Count, (level, index) => levels[level][(int)index]);
    }

    /// <summary>The tree as it was when it had this many leaves.</summary>
    public MerkleTree At(long earlierSize)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlierSize, Size);
        return new(earlierSize, perfect);
    }

    /// <summary>SHA-256(0x00 ‖ entry).</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> entry)
    {
        Span<byte> leaf = entry.Length < 1024 ? stackalloc byte[1024] : new byte[1 + entry.Length];
        leaf[0] = 0;
        entry.CopyTo(leaf[1..]);
        return SHA256.HashData(leaf[..(1 + entry.Length)]);
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[65];
        node[0] = 1;
        left.CopyTo(node[1..]);
        right.CopyTo(node[33..]);
        return SHA256.HashData(node[..(1 + left.Length + right.Length)]);
    }

    /// <summary>MTH of the whole list; of the empty list SHA-256 of nothing.</summary>
    public byte[] Root() => Size == 0 ? SHA256.HashData([]) : Hash(0, Size);

    /// <summary>PATH(m, D[n]): the hashes beside the way from leaf <paramref name="index"/> to the root, lowest first.</summary>
    public List<byte[]> InclusionProof(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        List<byte[]> proof = [];
        Path(index, 0, Size, proof);
        return proof;
    }

    /// <summary>PROOF(m, D[n]): what shows that the first <paramref name="oldSize"/> leaves, 1 or more, are those of the tree of that size. Empty for n.</summary>
    public List<byte[]> ConsistencyProof(long oldSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, Size);
        List<byte[]> proof = [];
        Subproof(oldSize, 0, Size, whole: true, proof);
        return proof;
    }

    /// <summary>Whether <paramref name="proof"/> shows the leaf at <paramref name="index"/> in the tree of this size and root.</summary>
    public static bool VerifyInclusion(long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root) =>
        Climb(index, size, leafHash, proof) is { } reached && root.SequenceEqual(reached);

    /// <summary>The root to which a leaf and the hashes beside its way lead (RFC 9162, 2.1.3.2); null when they are too many, too few or not hashes.</summary>
    public static byte[]? Climb(long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof)
    {
        if (index < 0 || index >= size || leafHash.Length != 32 || proof.Any(hash => hash.Length != 32)) return null;
        (long node, long last) = (index, size - 1);
        byte[] hash = leafHash.ToArray();
        foreach (byte[] beside in proof)
        {
            if (last == 0) return null;
            if ((node & 1) == 1 || node == last)
            {
                hash = NodeHash(beside, hash);
                for (; (node & 1) == 0 && node != 0; node >>= 1) last >>= 1;
            }
            else
            {
                hash = NodeHash(hash, beside);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 ? hash : null;
    }

    /// <summary>Whether <paramref name="proof"/> shows that the tree of the new size begins with the tree of the old (RFC 9162, 2.1.4.2).</summary>
    public static bool VerifyConsistency(long oldSize, long newSize, ReadOnlySpan<byte> oldRoot, ReadOnlySpan<byte> newRoot, IReadOnlyList<byte[]> proof)
    {
        // Every tree begins with the empty one: such a proof would show nothing, so it is refused.
        if (oldSize <= 0 || oldSize > newSize || proof.Any(hash => hash.Length != 32)) return false;
        if (oldSize == newSize) return proof.Count == 0 && oldRoot.SequenceEqual(newRoot);
        if (proof.Count == 0) return false;

        int skip = BitOperations.TrailingZeroCount(oldSize);
        (long node, long last) = ((oldSize - 1) >> skip, (newSize - 1) >> skip);
        // A complete old tree is itself the first hash of the way up.
        int next = node == 0 ? 0 : 1;
        byte[] oldHash = node == 0 ? oldRoot.ToArray() : proof[0];
        byte[] newHash = oldHash;
        for (; next < proof.Count; next++)
        {
            if (last == 0) return false;
            byte[] beside = proof[next];
            if ((node & 1) == 1 || node == last)
            {
                oldHash = NodeHash(beside, oldHash);
                newHash = NodeHash(beside, newHash);
                for (; (node & 1) == 0 && node != 0; node >>= 1) last >>= 1;
            }
            else
            {
                newHash = NodeHash(newHash, beside);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && oldRoot.SequenceEqual(oldHash) && newRoot.SequenceEqual(newHash);
    }

    /// <summary>MTH(D[from:to]), where from is a multiple of a power of two at least as large as the range.</summary>
    byte[] Hash(long from, long to)
    {
        long count = to - from;
        if (BitOperations.IsPow2(count)) return perfect(BitOperations.Log2((ulong)count), from / count);
        long k = Split(count);
        return NodeHash(Hash(from, from + k), Hash(from + k, to));
    }

    void Path(long m, long from, long to, List<byte[]> proof)
    {
        if (to - from == 1) return;
        long k = from + Split(to - from);
        if (m < k)
        {
            Path(m, from, k, proof);
            proof.Add(Hash(k, to));
        }
        else
        {
            Path(m, k, to, proof);
            proof.Add(Hash(from, k));
        }
    }

    void Subproof(long m, long from, long to, bool whole, List<byte[]> proof)
    {
        if (m == to)
        {
            if (!whole) proof.Add(Hash(from, to));
            return;
        }
        long k = from + Split(to - from);
        if (m <= k)
        {
            Subproof(m, from, k, whole, proof);
            proof.Add(Hash(k, to));
        }
        else
        {
            Subproof(m, k, to, whole: false, proof);
            proof.Add(Hash(from, k));
        }
    }

    /// <summary>The largest power of two smaller than n.</summary>
    static long Split(long n) => 1L << BitOperations.Log2((ulong)(n - 1));
}
