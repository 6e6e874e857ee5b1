using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Groeilijn.Delivery;

namespace Groeilijn.Office;

/// <summary>
/// The ledger in the shape of the Dutch government's standard Logboek Dataverwerkingen: one span a step, with the fields and the
/// <c>dpl.core</c> attributes of the standard. The mapping stands in docs/FORMATS.md.
/// </summary>
public static class Logboek
{
    const string Namespace = "urn:groeilijn";

    static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>A key with its value, as OpenTelemetry writes attributes.</summary>
    public sealed record Attribute(string Key, object Value);

    /// <summary>What carries the record: the program and the log.</summary>
    public sealed record Carrier(IReadOnlyList<Attribute> Attributes);

    /// <summary>One step.</summary>
    public sealed record Span(string TraceId, string SpanId, string StatusCode, string Name, long StartTime, long EndTime, Carrier Resource, IReadOnlyList<Attribute> Attributes);

    /// <summary>The spans of a ledger, in its order, one line of JSON each.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="origin">The ledger's name.</param>
    /// <param name="register">The address of the register of processing activities; each activity is this, a slash and the room.</param>
    public static IEnumerable<string> Lines(IEnumerable<byte[]> entries, string origin, string? register = null) =>
        entries.Select((bytes, index) => JsonSerializer.Serialize(Of(bytes, index, origin, register ?? Namespace + ":activity"), s_json));

    static Span Of(byte[] bytes, int index, string origin, string register)
    {
        if (!LedgerEntry.TryRead(bytes, out var entry, out _)) throw new InvalidDataException("An entry of the ledger cannot be read.");
        string? Fact(string name) => entry.Facts.FirstOrDefault(fact => fact.Name == name) is { Name: not null } fact ? fact.Value.Text : null;
        var time = entry.Time.ToUnixTimeMilliseconds();
        var leaf = Convert.ToHexStringLower(MerkleTree.LeafHash(bytes));
        List<Attribute> attributes = [new("dpl.core.processing_activity_id", register + (register.StartsWith("urn:", StringComparison.Ordinal) ? ":" : "/") + entry.Room)];
        if (Fact("commitment") is { } subject) attributes.AddRange([new("dpl.core.data_subject_id", subject), new("dpl.core.data_subject_id_type", Namespace + ":commitment")]);
        attributes.Add(new("groeilijn.ledger_index", index));
        attributes.AddRange(entry.Facts.Where(fact => fact.Name != "commitment").Select(fact => new Attribute("groeilijn." + fact.Name, (object?)fact.Value.Number ?? fact.Value.Text!)));
        // The steps of one round belong together; a step of no round is a trace of its own.
        var trace = Fact("edition") is { } edition ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{origin} {edition}"))) : leaf;
        return new Span(trace[..32], leaf[..16], "STATUS_CODE_OK", $"{entry.Room} {entry.Step}", time, time, new Carrier([new("service.name", "groeilijn"), new("groeilijn.origin", origin)]), attributes);
    }
}
