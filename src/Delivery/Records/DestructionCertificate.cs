using System.Diagnostics.CodeAnalysis;

namespace Groeilijn.Delivery;

/// <summary>The proof that a round's key and ciphertexts are gone, signed by the office (<c>groeilijn-destruction/1</c>).</summary>
public sealed record DestructionCertificate
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-destruction/1";

    /// <summary>The half-year.</summary>
    public required string Edition { get; init => field = Spelling.Edition.Demand(value); }

    /// <summary>The round's key that was destroyed, by its public half.</summary>
    public required string Recipient { get; init => field = Spelling.Recipient.Demand(value); }

    /// <summary>Every delivery that was sealed to that key.</summary>
    public required IReadOnlyList<DestroyedDelivery> Deliveries { get; init; }

    /// <summary>What was in them.</summary>
    public required DestructionCounts Counts { get; init; }

    /// <summary>How it was done, in one line.</summary>
    public required string Method { get; init => field = Spelling.Line.Demand(value); }

    /// <summary>The two people, or more, who approved it.</summary>
    public required IReadOnlyList<string> Approvers
    {
        get;
        init => field = value.Distinct().Count() >= 2 ? [.. value.Select(name => Spelling.Line.Demand(name))] : throw new ArgumentException("Approvers: must be at least two different people");
    }

    /// <summary>When the intent was recorded.</summary>
    public required DateTimeOffset Intended { get; init => field = Spelling.ToSecond(value); }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset Destroyed { get; init => field = Spelling.ToSecond(value); }

    /// <summary>What reading back showed.</summary>
    public required DestructionCheck Verified { get; init; }

    /// <summary>The text of the checkpoint whose tree holds the intent.</summary>
    public required string Checkpoint { get; init => field = Spelling.Checkpoint.Demand(value); }

    /// <summary>The record's one line, with its LF.</summary>
    public byte[] ToJson() => RecordFile.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Text("edition", Edition, Spelling.Edition);
        json.Text("recipient", Recipient, Spelling.Recipient);
        json.Objects("deliveries", Deliveries, (item, delivery) =>
        {
            item.Text("ciphertext", delivery.Ciphertext, Spelling.Sha256);
            item.Text("payload", delivery.Payload, Spelling.Sha256);
        });
        json.Object("counts", counts =>
        {
            counts.Integer("deliveries", Counts.Deliveries);
            counts.Integer("records", Counts.Records);
            counts.Integer("linked", Counts.Linked);
            counts.Integer("unlinked", Counts.Unlinked);
        });
        json.Text("method", Method, Spelling.Line);
        json.Texts("approvers", Approvers, Spelling.Line);
        json.Time("intended", Intended);
        json.Time("destroyed", Destroyed);
        json.Object("verified", verified =>
        {
            verified.Integer("shares", Verified.Shares);
            verified.Integer("ciphertexts", Verified.Ciphertexts);
            verified.Integer("readable", Verified.Readable);
        });
        json.Text("checkpoint", Checkpoint, Spelling.Checkpoint);
    });

    /// <summary>Reads the record; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DestructionCertificate? value, [NotNullWhen(false)] out JsonFault? fault) => RecordFile.TryRead(bytes, Read, out value, out fault);

    static DestructionCertificate Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        return new()
        {
            Edition = json.Text("edition", Spelling.Edition),
            Recipient = json.Text("recipient", Spelling.Recipient),
            Deliveries = json.Objects("deliveries", item => new DestroyedDelivery { Ciphertext = item.Text("ciphertext", Spelling.Sha256), Payload = item.Text("payload", Spelling.Sha256) }),
            Counts = json.Object("counts", counts => new DestructionCounts(counts.Count("deliveries"), counts.Count("records"), counts.Count("linked"), counts.Count("unlinked"))),
            Method = json.Text("method", Spelling.Line),
            Approvers = json.Texts("approvers", Spelling.Line) is var names && names.Distinct().Count() >= 2 ? names : throw new JsonRefused("approvers", "must be at least two different people"),
            Intended = json.Time("intended"),
            Destroyed = json.Time("destroyed"),
            Verified = json.Object("verified", verified => new DestructionCheck(verified.Count("shares"), verified.Count("ciphertexts"), verified.Count("readable"))),
            Checkpoint = json.Text("checkpoint", Spelling.Checkpoint),
        };
    }
}

/// <summary>One destroyed delivery, by its hashes.</summary>
public sealed record DestroyedDelivery
{
    /// <summary>SHA-256 of the sealed file.</summary>
    public required string Ciphertext { get; init => field = Spelling.Sha256.Demand(value); }

    /// <summary>SHA-256 of the payload.</summary>
    public required string Payload { get; init => field = Spelling.Sha256.Demand(value); }
}

/// <summary>What was in the destroyed deliveries: how many, with how many pupil lines, and how many of those were linked or not.</summary>
public readonly record struct DestructionCounts(int Deliveries, int Records, int Linked, int Unlinked);

/// <summary>What reading back showed: shares and ciphertexts looked at, and how many could still be read.</summary>
public readonly record struct DestructionCheck(int Shares, int Ciphertexts, int Readable);
