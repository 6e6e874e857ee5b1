using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Groeilijn.Delivery;

/// <summary>
/// Shows that one step stands in the public log (<c>groeilijn-proof/1</c>): from the ledger entry through its day to a signed checkpoint. Whoever
/// holds it can check it without the office; it says nothing of any other step.
/// </summary>
public sealed record LogProof
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-proof/1";

    static readonly Spelling s_entry = new("must be a ledger entry", text => LedgerEntry.TryRead(Encoding.UTF8.GetBytes(text), out _, out _));
    static readonly Spelling s_checkpoint = new("must be the text of a checkpoint", text => Delivery.Checkpoint.TryParse(text, out _));

    /// <summary>The entry, as it stands in the office's ledger.</summary>
    public required string Entry { get; init => field = s_entry.Demand(value); }

    /// <summary>The salt under which it lies in its day, 32 bytes in base64.</summary>
    public required string Salt { get; init => field = Spelling.Salt32.Demand(value); }

    /// <summary>Its place in the day.</summary>
    public required int Place { get; init => field = (int)Spelling.Between(0, DayBatch.Most - 1, value); }

    /// <summary>The 16 hashes beside its way to the day's root, lowest first.</summary>
    public required IReadOnlyList<string> Batch { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The number of the day's leaf in the public log; the first is 0.</summary>
    public required long Number { get; init => field = Spelling.Between(0, int.MaxValue, value); }

    /// <summary>The hashes beside the leaf's way to the log's root, lowest first.</summary>
    public required IReadOnlyList<string> Log { get; init; }

    /// <summary>The text of the public log's checkpoint.</summary>
    public required string Checkpoint { get; init => field = s_checkpoint.Demand(value); }

    /// <summary>The entry, read.</summary>
    public LedgerEntry Step => LedgerEntry.TryRead(Encoding.UTF8.GetBytes(Entry), out LedgerEntry? entry, out _) ? entry : throw new InvalidOperationException("The entry was read when the proof was made.");

    /// <summary>The record's one line, with its LF.</summary>
    public byte[] ToJson() => RecordFile.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Text("entry", Entry, s_entry);
        json.Text("salt", Salt, Spelling.Salt32);
        json.Integer("place", Place);
        json.Texts("batch", Batch, Spelling.Sha256);
        json.Date("day", Day);
        json.Integer("number", Number);
        json.Texts("log", Log, Spelling.Sha256);
        json.Text("checkpoint", Checkpoint, s_checkpoint);
    });

    /// <summary>Reads the record; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LogProof? value, [NotNullWhen(false)] out JsonFault? fault) => RecordFile.TryRead(bytes, Read, out value, out fault);

    /// <summary>Whether the entry is in the day, the day in the log that the checkpoint names, and the step not later than the day. Who signed the checkpoint is another question.</summary>
    public bool Holds()
    {
        if (!Delivery.Checkpoint.TryParse(Checkpoint, out Checkpoint? checkpoint) || checkpoint.Origin != LogDay.Origin) return false;
        if (DateOnly.FromDateTime(Step.Time.UtcDateTime) > Day) return false;
        byte[]? batch = DayBatch.RootOf(Convert.FromBase64String(Salt), Encoding.UTF8.GetBytes(Entry), Place, Bytes(Batch));
        if (batch is null) return false;
        byte[] leaf = new LogDay { Day = Day, Batch = Convert.ToHexStringLower(batch) }.ToJson();
        return MerkleTree.VerifyInclusion(Number, checkpoint.Size, MerkleTree.LeafHash(leaf), Bytes(Log), checkpoint.Root);
    }

    /// <summary>Whether the step is about one of these files, by their SHA-256.</summary>
    public bool IsAbout(params ReadOnlySpan<string> hashes)
    {
        foreach ((string _, Fact fact) in Step.Facts)
            if (fact.Text is { Length: > 0 } text && hashes.Contains(text)) return true;
        return false;
    }

    static List<byte[]> Bytes(IReadOnlyList<string> hashes) => [.. hashes.Select(Convert.FromHexString)];

    static LogProof Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        return new()
        {
            Entry = json.Text("entry", s_entry),
            Salt = json.Text("salt", Spelling.Salt32),
            Place = (int)json.Integer("place", 0, DayBatch.Most - 1),
            Batch = json.Texts("batch", Spelling.Sha256),
            Day = json.Date("day"),
            Number = json.Integer("number", 0, int.MaxValue),
            Log = json.Texts("log", Spelling.Sha256),
            Checkpoint = json.Text("checkpoint", s_checkpoint),
        };
    }
}
