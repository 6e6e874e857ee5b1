using System.Text.Encodings.Web;
using System.Text.Json;

namespace Groeilijn.OpenData;

/// <summary>The list of tables for programs: JSON-LD in the words of DCAT 3, addresses relative to the file itself, no time in it.</summary>
static class CatalogFile
{
    static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(PublicCatalog catalog)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            json.WriteStartObject();
            Context(json);
            json.WriteString("@type", "dcat:Catalog");
            Texts(json, "dct:title", Words.SiteTitle);
            Texts(json, "dct:description", Words.Lead);
            json.WriteStartArray("dcat:dataset");
            foreach (var table in catalog.Tables) Dataset(json, table);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    static void Context(Utf8JsonWriter json)
    {
        json.WriteStartObject("@context");
        json.WriteString("dcat", "http://www.w3.org/ns/dcat#");
        json.WriteString("dct", "http://purl.org/dc/terms/");
        json.WriteString("spdx", "http://spdx.org/rdf/terms#");
        json.WriteEndObject();
    }

    static void Dataset(Utf8JsonWriter json, ReleasedTable table)
    {
        json.WriteStartObject();
        json.WriteString("@id", SiteAddress.Table(table, "nl"));
        json.WriteString("@type", "dcat:Dataset");
        json.WriteString("dct:identifier", table.Release);
        json.WriteString("dcat:version", table.Edition);
        Texts(json, "dct:title", table.Title);
        if (table.Description is { } description) Texts(json, "dct:description", description);
        json.WriteString("dct:license", table.Licence);
        json.WriteStartArray("dcat:landingPage");
        foreach (var language in Site.Languages) json.WriteStringValue(SiteAddress.Table(table, language));
        json.WriteEndArray();
        json.WriteStartArray("dcat:distribution");
        json.WriteStartObject();
        json.WriteString("@type", "dcat:Distribution");
        json.WriteString("dcat:downloadURL", SiteAddress.Csv(table));
        json.WriteString("dcat:mediaType", "text/csv");
        json.WriteNumber("dcat:byteSize", table.Csv.Length);
        json.WriteString("dct:conformsTo", SiteAddress.Json(table));
        json.WriteStartObject("spdx:checksum");
        json.WriteString("spdx:algorithm", "SHA256");
        json.WriteString("spdx:checksumValue", table.Sha256);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Texts(Utf8JsonWriter json, string member, Bilingual words)
    {
        json.WriteStartArray(member);
        foreach (var language in Site.Languages)
        {
            json.WriteStartObject();
            json.WriteString("@language", language);
            json.WriteString("@value", words.In(language));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
