using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Groeilijn.Delivery;

namespace Groeilijn.Tests.Delivery;

/// <summary>The tree against the published vectors of transparency-dev/merkle and against RFC 6962 read literally.</summary>
public class MerkleTests
{
    [Fact]
    public void Every_published_inclusion_proof_is_accepted_or_refused_as_it_says()
    {
        int count = 0;
        foreach ((string name, JsonElement vector) in Vectors("inclusion/"))
        {
            count++;
            bool accepted = Unsigned(vector, "leafIdx", out long index) && Unsigned(vector, "treeSize", out long size)
                && MerkleTree.VerifyInclusion(index, size, Hash(vector, "leafHash"), Proof(vector), Hash(vector, "root"));
            Assert.True(accepted != vector.GetProperty("wantErr").GetBoolean(), name);
        }
        Assert.Equal(98, count);
    }

    [Fact]
    public void Every_published_consistency_proof_is_accepted_or_refused_as_it_says()
    {
        int count = 0;
        foreach ((string name, JsonElement vector) in Vectors("consistency/"))
        {
            count++;
            bool accepted = Unsigned(vector, "size1", out long size1) && Unsigned(vector, "size2", out long size2)
                && MerkleTree.VerifyConsistency(size1, size2, Hash(vector, "root1"), Hash(vector, "root2"), Proof(vector));
            Assert.True(accepted != vector.GetProperty("wantErr").GetBoolean(), name);
        }
        Assert.Equal(98, count);
    }

    [Fact]
    public void Roots_are_those_of_the_definition()
    {
        for (int size = 0; size < 70; size++) Assert.Equal(Definition(Leaves(size)), MerkleTree.Of(Leaves(size)).Root());
    }

    [Fact]
    public void Every_leaf_is_shown_by_its_proof_and_by_no_other()
    {
        for (int size = 1; size < 40; size++)
        {
            byte[][] leaves = Leaves(size);
            MerkleTree tree = MerkleTree.Of(leaves);
            for (int index = 0; index < size; index++)
            {
                List<byte[]> proof = tree.InclusionProof(index);
                Assert.True(MerkleTree.VerifyInclusion(index, size, leaves[index], proof, tree.Root()));
                Assert.False(MerkleTree.VerifyInclusion(index, size, leaves[(index + 1) % size], proof, tree.Root()) && size > 1);
                Assert.False(MerkleTree.VerifyInclusion(index + 1, size, leaves[index], proof, tree.Root()));
                Assert.False(MerkleTree.VerifyInclusion(index, size, leaves[index], [.. proof, new byte[32]], tree.Root()));
                if (proof.Count > 0) Assert.False(MerkleTree.VerifyInclusion(index, size, leaves[index], proof[1..], tree.Root()));
            }
        }
    }

    [Fact]
    public void Every_older_tree_is_shown_to_be_the_beginning_and_a_changed_one_is_not()
    {
        for (int size = 1; size < 40; size++)
        {
            byte[][] leaves = Leaves(size);
            MerkleTree tree = MerkleTree.Of(leaves);
            for (int older = 1; older <= size; older++)
            {
                byte[] root = MerkleTree.Of(leaves[..older]).Root();
                List<byte[]> proof = tree.ConsistencyProof(older);
                Assert.True(MerkleTree.VerifyConsistency(older, size, root, tree.Root(), proof));
                byte[][] forged = [.. leaves[..older]];
                forged[older / 2] = new byte[32];
                Assert.False(MerkleTree.VerifyConsistency(older, size, MerkleTree.Of(forged).Root(), tree.Root(), proof));
            }
        }
    }

    internal static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.LeafHash(BitConverter.GetBytes(i)))];

    /// <summary>RFC 6962, section 2.1, word for word.</summary>
    static byte[] Definition(byte[][] leaves)
    {
        if (leaves.Length == 0) return System.Security.Cryptography.SHA256.HashData([]);
        if (leaves.Length == 1) return leaves[0];
        int k = 1;
        while (k * 2 < leaves.Length) k *= 2;
        return MerkleTree.NodeHash(Definition(leaves[..k]), Definition(leaves[k..]));
    }

    static IEnumerable<(string Name, JsonElement Vector)> Vectors(string kind)
    {
        using FileStream file = File.OpenRead(Path.Combine(Around.Vectors("merkle"), "rfc6962-vectors.tar.gz"));
        using GZipStream unzipped = new(file, CompressionMode.Decompress);
        using TarReader reader = new(unzipped);
        while (reader.GetNextEntry() is { } entry)
        {
            string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.DataStream is null || !name.StartsWith(kind, StringComparison.Ordinal)) continue;
            using JsonDocument document = JsonDocument.Parse(entry.DataStream);
            yield return (name, document.RootElement.Clone());
        }
    }

    /// <summary>Some vectors hold sizes beyond any 63-bit tree; such a size is refused before it is a number of ours.</summary>
    static bool Unsigned(JsonElement vector, string name, out long value) => vector.GetProperty(name).TryGetInt64(out value);

    static byte[] Hash(JsonElement vector, string name) => vector.GetProperty(name).ValueKind == JsonValueKind.Null ? [] : vector.GetProperty(name).GetBytesFromBase64();

    static List<byte[]> Proof(JsonElement vector) =>
        vector.GetProperty("proof").ValueKind == JsonValueKind.Null ? [] : [.. vector.GetProperty("proof").EnumerateArray().Select(hash => hash.GetBytesFromBase64())];
}
