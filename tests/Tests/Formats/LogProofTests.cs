using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Tests.Delivery;

namespace Groeilijn.Tests.Formats;

public class LogProofTests
{
    /// <summary>A proof made without an office: three days, the entry the second of five of the day in the middle.</summary>
    internal static LogProof Example(SigningKey key, params (string Name, Fact Value)[] facts)
    {
        byte[][] entries = [.. Enumerable.Range(0, 5).Select(i => new LedgerEntry
        {
            Time = new(2023, 2, 20, 10, i, 0, TimeSpan.Zero),
            Room = "intake",
            Step = "received",
            Facts = i == 1 && facts.Length > 0 ? facts : [("ciphertext", FileDigest.Of([(byte)i]).Sha256)],
        }.ToJson())];
        DayBatch batch = new(new byte[32], entries);
        byte[][] leaves = [.. Enumerable.Range(0, 3).Select(i => new LogDay { Day = new(2023, 2, 19 + i), Batch = i == 1 ? Convert.ToHexStringLower(batch.Root) : FileDigest.Of([(byte)i]).Sha256 }.ToJson())];
        MerkleTree log = MerkleTree.Of([.. leaves.Select(leaf => MerkleTree.LeafHash(leaf))]);
        (byte[] salt, int place, IReadOnlyList<byte[]> path) = batch.Proof(1);
        return new()
        {
            Entry = Encoding.UTF8.GetString(entries[1]),
            Salt = Convert.ToBase64String(salt),
            Place = place,
            Batch = [.. path.Select(Convert.ToHexStringLower)],
            Day = new(2023, 2, 20),
            Number = 1,
            Log = [.. log.InclusionProof(1).Select(Convert.ToHexStringLower)],
            Checkpoint = Checkpoint.Sign(LogDay.Origin, 3, log.Root(), key).ToString(),
        };
    }

    [Fact]
    public void A_proof_reads_back_and_nothing_else_is_read()
    {
        using SigningKey key = Signing.Key();
        RecordTests.ReadsOnlyTheCanonicalText<LogProof>(Example(key).ToJson(), LogProof.TryRead, proof => proof.ToJson());
    }

    [Fact]
    public void A_proof_holds_and_names_what_its_step_is_about()
    {
        using SigningKey key = Signing.Key();
        LogProof proof = Example(key);
        Assert.True(proof.Holds());
        Assert.True(proof.IsAbout(FileDigest.Of([1]).Sha256));
        Assert.False(proof.IsAbout(FileDigest.Of([2]).Sha256));
        Assert.Equal("received", proof.Step.Step);
        Assert.Equal(DayBatch.Depth, proof.Batch.Count);
    }

    [Fact]
    public void With_any_part_changed_it_does_not_hold()
    {
        using SigningKey key = Signing.Key();
        LogProof proof = Example(key);
        string other = FileDigest.Of([9]).Sha256;
        LogProof[] changed =
        [
            proof with { Entry = proof.Entry.Replace("10:01", "10:02", StringComparison.Ordinal) },
            proof with { Salt = Convert.ToBase64String(new byte[32]) },
            proof with { Place = proof.Place ^ 1 },
            .. Enumerable.Range(0, proof.Batch.Count).Select(i => proof with { Batch = [.. proof.Batch.Select((hash, at) => at == i ? other : hash)] }),
            proof with { Batch = [.. proof.Batch.SkipLast(1)] },
            proof with { Batch = [.. proof.Batch, other] },
            proof with { Day = proof.Day.AddDays(1) },
            proof with { Number = 0 },
            proof with { Number = 3 },
            proof with { Log = [.. proof.Log.Reverse()] },
            proof with { Log = [] },
            proof with { Checkpoint = Checkpoint.Sign(LogDay.Origin, 3, new byte[32], key).ToString() },
        ];
        Assert.All(changed, one => Assert.False(one.Holds()));
    }

    [Fact]
    public void A_checkpoint_of_another_log_proves_nothing()
    {
        using SigningKey key = Signing.Key();
        LogProof proof = Example(key);
        Assert.True(Checkpoint.TryParse(proof.Checkpoint, out Checkpoint? checkpoint));
        Assert.False((proof with { Checkpoint = Checkpoint.Sign("groeilijn/office", checkpoint.Size, checkpoint.Root, key).ToString() }).Holds());
    }

    [Fact]
    public void A_step_cannot_be_older_than_it_says()
    {
        // A step of the 21st in the leaf of the 20th: the day was closed before it happened.
        using SigningKey key = Signing.Key();
        byte[] entry = new LedgerEntry { Time = new(2023, 2, 21, 0, 0, 0, TimeSpan.Zero), Room = "intake", Step = "received", Facts = [] }.ToJson();
        DayBatch batch = new(new byte[32], [entry]);
        byte[] leaf = new LogDay { Day = new(2023, 2, 20), Batch = Convert.ToHexStringLower(batch.Root) }.ToJson();
        (byte[] salt, int place, IReadOnlyList<byte[]> path) = batch.Proof(0);
        LogProof proof = new()
        {
            Entry = Encoding.UTF8.GetString(entry),
            Salt = Convert.ToBase64String(salt),
            Place = place,
            Batch = [.. path.Select(Convert.ToHexStringLower)],
            Day = new(2023, 2, 20),
            Number = 0,
            Log = [],
            Checkpoint = Checkpoint.Sign(LogDay.Origin, 1, MerkleTree.LeafHash(leaf), key).ToString(),
        };
        Assert.False(proof.Holds());
    }
}
