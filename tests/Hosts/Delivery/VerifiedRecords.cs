using System.Text;
using Groeilijn.Delivery;

namespace Groeilijn.Hosts.Deliveries;

/// <summary>One of every kind of record that anybody can check, signed by an office, as files by name; and ways to spoil them.</summary>
sealed class VerifiedRecords : IDisposable
{
    static readonly DateTimeOffset s_now = new(2025, 3, 20, 10, 0, 0, TimeSpan.Zero);

    public SigningKey Office { get; } = SigningKey.Create("Groeilijn office", s_now.AddDays(-1), s_now.AddYears(10));
    public SigningKey Other { get; } = SigningKey.Create("Somebody else", s_now.AddDays(-1), s_now.AddYears(10));
    public SigningKey Expired { get; } = SigningKey.Create("Groeilijn office", s_now.AddDays(-9), s_now.AddDays(-1));
    public SigningKey Early { get; } = SigningKey.Create("Groeilijn office", s_now.AddDays(1), s_now.AddDays(9));

    static string Hash(string of) => FileDigest.Of(Encoding.UTF8.GetBytes(of)).Sha256;

    string CheckpointOf(SigningKey key) => Checkpoint.Sign("groeilijn/office", 1234, new byte[32], key).ToString();

    public Receipt Receipt => new() { School = "99XX00", Edition = "2025-1", Sequence = 1, Manifest = Hash("manifest"), Ciphertext = Hash("sealed"), Payload = Hash("payload"), Received = s_now, Checkpoint = CheckpointOf(Office) };

    public Answer Answer => new() { School = "99XX00", About = Hash("sealed"), Kind = "delivery", Outcome = "linked", Counts = new(212, 208), At = s_now, Checkpoint = CheckpointOf(Office) };

    public RoundNotice Round(RecipientKey key) => new() { Edition = "2025-1", Recipient = key.ToString(), Withdrawals = key.ToString(), Opens = new(2025, 3, 20), Closes = new(2025, 4, 15), Upload = "https://aanleveren.example/bestanden", Certificate = Office.Fingerprint };

    public DestructionCertificate Destruction(RecipientKey key) => new()
    {
        Edition = "2025-1",
        Recipient = key.ToString(),
        Deliveries = [new() { Ciphertext = Hash("sealed"), Payload = Hash("payload") }],
        Counts = new(1, 212, 208, 4),
        Method = "shares and ciphertext overwritten in place, synced, read back, removed",
        Approvers = ["Anna de Vriés", "Bert \"B\" Jansen"],
        Intended = s_now.AddHours(-1),
        Destroyed = s_now,
        Verified = new(2, 1, 0),
        Checkpoint = CheckpointOf(Office),
    };

    public Manifest Manifest(RecipientKey key) => new()
    {
        School = "99XX00",
        Edition = "2025-1",
        Sequence = 1,
        Set = "nco-basis/1",
        Recipient = key.ToString(),
        Ciphertext = FileDigest.Of("sealed"u8),
        Payload = FileDigest.Of("payload"u8),
        Pupils = 212,
        Results = 1270,
        Sealed = s_now,
    };

    /// <summary>A proof that a step about a file stands in a public log of forty days.</summary>
    public LogProof Proof(string about, SigningKey? key = null)
    {
        byte[][] entries = [.. Enumerable.Range(0, 9).Select(i => new LedgerEntry { Time = s_now.AddMinutes(i), Room = "intake", Step = "received", Facts = [("ciphertext", i == 4 ? about : Hash($"{i}")), ("sequence", i)] }.ToJson())];
        var batch = new DayBatch([.. Enumerable.Range(0, 32).Select(i => (byte)i)], entries);
        var log = MerkleTree.Of([.. Enumerable.Range(0, 40).Select(i => MerkleTree.LeafHash(new LogDay { Day = new DateOnly(2025, 3, 1).AddDays(i), Batch = i == 19 ? Convert.ToHexStringLower(batch.Root) : Hash($"day {i}") }.ToJson()))]);
        var (salt, place, path) = batch.Proof(4);
        return new()
        {
            Entry = Encoding.UTF8.GetString(entries[4]),
            Salt = Convert.ToBase64String(salt),
            Place = place,
            Batch = [.. path.Select(Convert.ToHexStringLower)],
            Day = new(2025, 3, 20),
            Number = 19,
            Log = [.. log.InclusionProof(19).Select(Convert.ToHexStringLower)],
            Checkpoint = Checkpoint.Sign(LogDay.Origin, 40, log.Root(), key ?? Office).ToString(),
        };
    }

    /// <summary>Every good set of files, by a name for it; the first file of each is the one to check.</summary>
    public List<(string Name, List<(string Name, byte[] Bytes)> Files)> Good()
    {
        using var key = IdentityKey.Generate();
        var receipt = Signed("99XX00-2025-1-1.receipt", Receipt.ToJson());
        var destruction = Signed("2025-1", Destruction(key.Recipient).ToJson());
        return
        [
            ("receipt", receipt),
            ("receipt with proof", [.. receipt, ("99XX00-2025-1-1.receipt.proof", Proof(Receipt.Ciphertext).ToJson())]),
            ("receipt without checkpoint", Signed("r.receipt", (Receipt with { Checkpoint = "" }).ToJson())),
            ("receipt without signature", [receipt[0]]),
            ("answer", Signed("99XX00-0123456789abcdef-linked.answer", Answer.ToJson())),
            ("answer with a signing time", Signed("a.answer", Answer.ToJson(), at: s_now)),
            .. Answer.OutcomesOfDelivery.Where(o => o != "linked").Select(o => ($"answer {o}", Signed("a.answer", (Answer with { Outcome = o, Counts = null }).ToJson()))),
            .. Answer.OutcomesOfWithdrawal.Select(o => ($"answer to a withdrawal {o}", Signed("a.answer", (Answer with { Kind = "withdrawal", Outcome = o, Counts = null }).ToJson()))),
            ("round", Signed("round", Round(key.Recipient).ToJson())),
            ("round without upload", Signed("round", (Round(key.Recipient) with { Upload = null }).ToJson())),
            ("round on this computer", Signed("round", (Round(key.Recipient) with { Upload = "http://127.0.0.1:5000/" }).ToJson())),
            ("destruction", destruction),
            ("destruction with proof", [.. destruction, ("2025-1.proof", Proof(FileDigest.Of(destruction[0].Bytes).Sha256).ToJson())]),
            ("manifest", Signed("99XX00-2025-1-1.manifest", Manifest(key.Recipient).ToJson())),
            ("manifest with its sealed file", [.. Signed("99XX00-2025-1-1.manifest", Manifest(key.Recipient).ToJson()), ("99XX00-2025-1-1.age", Encoding.UTF8.GetBytes("sealed"))]),
            ("proof", [("some.proof", Proof(Hash("sealed")).ToJson())]),
            ("checkpoint", [("checkpoint", Encoding.UTF8.GetBytes(CheckpointOf(Office)))]),
        ];
    }

    /// <summary>Sets of files of which something is wrong.</summary>
    public List<(string Name, List<(string Name, byte[] Bytes)> Files)> Bad()
    {
        using var key = IdentityKey.Generate();
        var receipt = Signed("r.receipt", Receipt.ToJson());
        var destruction = Destruction(key.Recipient);
        return
        [
            ("signed by another", Signed("r.receipt", Receipt.ToJson(), Other)),
            ("signed by an expired certificate", Signed("r.receipt", Receipt.ToJson(), Expired)),
            ("signed too early", Signed("r.receipt", Receipt.ToJson(), Early)),
            ("another record's signature", [receipt[0], Signed("r.receipt", (Receipt with { Sequence = 2 }).ToJson())[1]]),
            ("an empty signature", [receipt[0], ("r.receipt.p7s", [])]),
            ("a signature with something behind it", [receipt[0], ("r.receipt.p7s", [.. receipt[1].Bytes, 0])]),
            ("a checkpoint of another key", Signed("r.receipt", (Receipt with { Checkpoint = CheckpointOf(Other) }).ToJson())),
            ("a proof about another record", [.. receipt, ("r.receipt.proof", Proof(Hash("other")).ToJson())]),
            ("a proof of another log's key", [.. receipt, ("r.receipt.proof", Proof(Receipt.Ciphertext, Other).ToJson())]),
            ("a proof that is none", [.. receipt, ("r.receipt.proof", Encoding.UTF8.GetBytes("{}\n"))]),
            ("a proof of another day", [("p.proof", (Proof(Hash("sealed")) with { Day = new(2025, 3, 21) }).ToJson())]),
            ("a proof at another place", [("p.proof", (Proof(Hash("sealed")) with { Place = 3 }).ToJson())]),
            ("something readable after destruction", Signed("2025-1", (destruction with { Verified = new(2, 1, 1) }).ToJson())),
            ("counts that contradict", Signed("2025-1", (destruction with { Counts = new(1, 212, 208, 5) }).ToJson())),
            ("an intent that came later", Signed("2025-1", (destruction with { Intended = destruction.Destroyed.AddSeconds(1) }).ToJson())),
            ("another sealed file", [.. Signed("d.manifest", Manifest(key.Recipient).ToJson()), ("d.age", Encoding.UTF8.GetBytes("Sealed"))]),
            ("an unknown format", [("x.json", Encoding.UTF8.GetBytes("{\"format\":\"groeilijn-receipt/2\"}\n"))]),
            ("an outcome that is no longer given", Signed("a.answer", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString((Answer with { Kind = "withdrawal", Outcome = "removed", Counts = null }).ToJson()).Replace("\"removed\"", "\"not-found\"", StringComparison.Ordinal)))),
            ("an empty file", [("x.json", [])]),
            ("a byte order mark", [("x.json", [0xEF, 0xBB, 0xBF, .. receipt[0].Bytes])]),
            ("no line end", [("x.json", receipt[0].Bytes[..^1])]),
            ("two line ends", [("x.json", [.. receipt[0].Bytes, (byte)'\n'])]),
            ("a space in between", [("x.json", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(receipt[0].Bytes).Replace(",\"edition", ", \"edition", StringComparison.Ordinal)))]),
            ("a member twice", [("x.json", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(receipt[0].Bytes).Replace(",\"edition", ",\"school\":\"99XX00\",\"edition", StringComparison.Ordinal)))]),
            ("a number with a fraction", [("x.json", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(receipt[0].Bytes).Replace("\"sequence\":1", "\"sequence\":1.0", StringComparison.Ordinal)))]),
            ("a month that does not exist", [("x.json", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(receipt[0].Bytes).Replace("2025-03-20T", "2025-13-20T", StringComparison.Ordinal)))]),
            ("a day that does not exist", [("x.json", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(receipt[0].Bytes).Replace("2025-03-20T", "2025-02-30T", StringComparison.Ordinal)))]),
            ("bytes that are not UTF-8", [("x.json", [.. receipt[0].Bytes[..60], 0xC3, 0x28, .. receipt[0].Bytes[60..]])]),
            ("a checkpoint with bytes that are not UTF-8", [("checkpoint", [0xC3, .. Encoding.UTF8.GetBytes(CheckpointOf(Office))])]),
        ];
    }

    List<(string Name, byte[] Bytes)> Signed(string stem, byte[] record, SigningKey? key = null, DateTimeOffset? at = null) => [(stem + ".json", record), (stem + ".p7s", Signature.Sign(record, key ?? Office, at))];

    public void Dispose()
    {
        foreach (var key in new[] { Office, Other, Expired, Early }) key.Dispose();
    }
}
