using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Groeilijn.Gate;

namespace Groeilijn.Research;

/// <summary>
/// What was checked before an output left, for machines and for whoever asks later (<c>groeilijn-check/1</c>): the request, each criterion with its
/// threshold and what was found, and the hash of the output. It travels beside the output and names no cell under a threshold.
/// </summary>
static class CheckRecord
{
    public const string Format = "groeilijn-check/1";

    static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Workspace workspace, Aggregate aggregate, ProtectedTable table, Profile profile, int compared, int tables, byte[] csv)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            var hidden = table.Cells.Count(c => c.Hidden is not null);
            var left = aggregate.Cells.Zip(table.Cells).Where(c => c.Second.Hidden is null).Select(c => c.First).ToList();
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("project", workspace.Project);
            json.WriteString("edition", workspace.Edition);
            json.WriteString("profile", profile.Name);
            Request(json, aggregate.Request);
            json.WriteStartArray("criteria");
            Criterion(json, "pupils-per-cell", profile.Rule.Least, left.Min(c => c.Pupils));
            Criterion(json, "schools-per-cell", profile.Rule.Schools, left.Min(c => c.Schools));
            Criterion(json, "earlier-outputs-compared", null, compared);
            Criterion(json, "public-tables-compared", null, tables);
            json.WriteEndArray();
            json.WriteNumber("cells", table.Cells.Count);
            json.WriteNumber("published", left.Count);
            json.WriteNumber("hidden", hidden);
            json.WriteString("verdict", hidden == 0 ? "passed" : "passed-with-hidden-cells");
            json.WriteString("artefact", Convert.ToHexStringLower(SHA256.HashData(csv)));
            json.WriteEndObject();
        }
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    static void Request(Utf8JsonWriter json, AggregateRequest request)
    {
        json.WriteStartObject("request");
        Texts("measures", request.Measures);
        Texts("by", request.By);
        if (request.Where is { } where) json.WriteString("where", where);
        json.WriteEndObject();

        void Texts(string member, IEnumerable<string> texts)
        {
            json.WriteStartArray(member);
            foreach (var text in texts) json.WriteStringValue(text);
            json.WriteEndArray();
        }
    }

    static void Criterion(Utf8JsonWriter json, string criterion, int? threshold, long found)
    {
        json.WriteStartObject();
        json.WriteString("criterion", criterion);
        if (threshold is { } least) json.WriteNumber("threshold", least);
        json.WriteNumber("found", found);
        json.WriteEndObject();
    }
}
