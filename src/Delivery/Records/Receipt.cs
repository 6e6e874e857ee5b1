using System.Diagnostics.CodeAnalysis;

namespace Groeilijn.Delivery;

/// <summary>What the office says it received, signed with its certificate (<c>groeilijn-receipt/1</c>). It carries the office's checkpoint out.</summary>
public sealed record Receipt
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-receipt/1";

    /// <summary>BRIN and vestiging.</summary>
    public required string School { get; init => field = Spelling.School.Demand(value); }

    /// <summary>The half-year.</summary>
    public required string Edition { get; init => field = Spelling.Edition.Demand(value); }

    /// <summary>The sequence of the manifest.</summary>
    public required int Sequence { get; init => field = (int)Spelling.Between(1, int.MaxValue, value); }

    /// <summary>SHA-256 of the manifest's file.</summary>
    public required string Manifest { get; init => field = Spelling.Sha256.Demand(value); }

    /// <summary>SHA-256 of the sealed file as it arrived.</summary>
    public required string Ciphertext { get; init => field = Spelling.Sha256.Demand(value); }

    /// <summary>SHA-256 of the payload as the manifest gives it; the office has not opened it yet.</summary>
    public required string Payload { get; init => field = Spelling.Sha256.Demand(value); }

    /// <summary>When it was received; kept to the second, UTC.</summary>
    public required DateTimeOffset Received { get; init => field = Spelling.ToSecond(value); }

    /// <summary>The text of the office's latest checkpoint; empty while there is none.</summary>
    public required string Checkpoint { get; init => field = Spelling.Checkpoint.Demand(value); }

    /// <summary>The record's one line, with its LF.</summary>
    public byte[] ToJson() => RecordFile.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Text("school", School, Spelling.School);
        json.Text("edition", Edition, Spelling.Edition);
        json.Integer("sequence", Sequence);
        json.Text("manifest", Manifest, Spelling.Sha256);
        json.Text("ciphertext", Ciphertext, Spelling.Sha256);
        json.Text("payload", Payload, Spelling.Sha256);
        json.Time("received", Received);
        json.Text("checkpoint", Checkpoint, Spelling.Checkpoint);
    });

    /// <summary>Reads the record; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Receipt? value, [NotNullWhen(false)] out JsonFault? fault) => RecordFile.TryRead(bytes, Read, out value, out fault);

    static Receipt Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        return new()
        {
            School = json.Text("school", Spelling.School),
            Edition = json.Text("edition", Spelling.Edition),
            Sequence = (int)json.Integer("sequence", 1, int.MaxValue),
            Manifest = json.Text("manifest", Spelling.Sha256),
            Ciphertext = json.Text("ciphertext", Spelling.Sha256),
            Payload = json.Text("payload", Spelling.Sha256),
            Received = json.Time("received"),
            Checkpoint = json.Text("checkpoint", Spelling.Checkpoint),
        };
    }
}
