using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Groeilijn.OpenData;

/// <summary>
/// Reads one released table and refuses whatever is not exactly that: cells that are not the ones the metadata name, a table without a
/// release for the public, and anything in which a pupil or a school could stand. The Gate has seen to all that before; the
/// public site is the last place to notice that somebody went around it.
/// </summary>
static partial class TableReader
{
    const string Again = "Take both files from the Gate's outgoing folder again; never edit a released file.";

    static readonly string[] s_never = ["pupil", "leerling", "school", "rin", "bsn", "brin", "vestiging", "pseudonym"];

    /// <summary>Reads a table from its two files.</summary>
    /// <param name="name">Edition and name, as they stand in the folder: <c>2023-2/growth</c>.</param>
    /// <param name="metadata">The JSON file.</param>
    /// <param name="csv">The CSV file.</param>
    /// <param name="releases">What left.</param>
    /// <param name="table">The table.</param>
    /// <param name="refusal">Why there is none.</param>
    public static bool TryRead(string name, byte[] metadata, byte[] csv, ReleaseRecords releases, [NotNullWhen(true)] out ReleasedTable? table, [NotNullWhen(false)] out Refusal? refusal)
    {
        (table, refusal) = (null, null);
        try
        {
            table = Read(name, metadata, csv, releases);
            return true;
        }
        catch (TableRefused refused)
        {
            refusal = refused.Refusal;
            return false;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            refusal = new("table-unreadable", $"{name}.json is not the metadata of a public table.", Again);
            return false;
        }
    }

    static ReleasedTable Read(string name, byte[] metadata, byte[] csv, ReleaseRecords releases)
    {
        var release = releases.Find(name) ?? throw Refused("table-not-released", $"{name} was never released to the public: no record of the Gate names it.", "Make the table with `groeilijn office table`, which passes the Gate.");
        if (release.Artefact != ReleaseRecords.Digest(name, csv, metadata)) throw Refused("table-changed", $"{name} is not what was released: the hash of its files differs from the one in the Gate's record.", Again);

        using var document = JsonDocument.Parse(metadata);
        var json = document.RootElement;
        if (name != $"{json.GetProperty("edition").GetString()}/{Name(json, "name")}") throw Refused("table-misplaced", $"{name}.json is the metadata of another table or edition.", "A table stands in the folder of its edition, under its own name.");
        var dimensions = List(json, "dimensions", d => new TableDimension(Name(d, "code"), Words(d, "label"), List(d, "codes", Code)));
        var measures = List(json, "measures", m => new TableMeasure(Name(m, "code"), Words(m, "label"), Words(m, "unit"), m.GetProperty("decimals").GetInt32()));
        var hidden = List(json, "hidden", Code);
        if (dimensions.Count == 0 || measures.Count == 0) throw Refused("table-unreadable", $"{name}.json has no dimensions or no measures.", Again);
        RefuseRecognisable(name, dimensions);
        return new ReleasedTable
        {
            Id = Name(json, "name"),
            Edition = json.GetProperty("edition").GetString()!,
            Title = Words(json, "title"),
            Description = json.TryGetProperty("description", out var description) ? Words(description) : null,
            Dimensions = dimensions,
            Measures = measures,
            Hidden = hidden,
            Source = Words(json, "source"),
            Licence = json.GetProperty("licence").GetString()!,
            Release = release.Id,
            Profile = release.Profile,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(csv)),
            Rows = Rows(name, Encoding.UTF8.GetString(csv), dimensions, measures, hidden),
            Csv = csv,
            Metadata = metadata,
        };
    }

    static List<TableRow> Rows(string name, string csv, List<TableDimension> dimensions, List<TableMeasure> measures, List<TableCode> hidden)
    {
        var lines = csv.Split('\n');
        string[] columns = [.. dimensions.Select(d => d.Id), .. measures.Select(m => m.Id), ReleasedTable.StatusColumn, ReleasedTable.ReasonColumn];
        if (lines[0] != string.Join(',', columns)) throw Refused("table-unreadable", $"{name}.csv, line 1: the columns must be {string.Join(", ", columns)}.", Again);
        if (lines[^1].Length > 0) throw Refused("table-unreadable", $"{name}.csv is cut off: its last line has no end.", Again);
        List<TableRow> rows = [];
        for (var i = 1; i < lines.Length - 1; i++)
        {
            var fields = lines[i].Split(',');
            Refusal Bad(string what) => new("table-unreadable", string.Create(CultureInfo.InvariantCulture, $"{name}.csv, line {i + 1}: {what}."), Again);
            if (fields.Length != columns.Length) throw new TableRefused(Bad($"a line has {columns.Length} fields"));
            for (var d = 0; d < dimensions.Count; d++)
                if (!dimensions[d].Codes.Any(c => c.Code == fields[d])) throw new TableRefused(Bad($"column {columns[d]} holds a code that the metadata do not explain"));
            var (status, reason) = (fields[^2], fields[^1]);
            if (status != (reason.Length > 0 ? "hidden" : "published")) throw new TableRefused(Bad("the status must be published, or hidden with a reason"));
            if (reason.Length > 0 && !hidden.Any(h => h.Code == reason)) throw new TableRefused(Bad("the reason for hiding is not explained in the metadata"));
            var values = new double?[measures.Count];
            for (var m = 0; m < measures.Count; m++)
            {
                var text = fields[dimensions.Count + m];
                if (reason.Length > 0 && text.Length > 0) throw new TableRefused(Bad("a hidden cell shows a value"));
                if (text.Length == 0) continue;
                if (!double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) throw new TableRefused(Bad($"column {measures[m].Id} must be a number with a decimal point"));
                values[m] = value;
            }
            rows.Add(new TableRow(fields[..dimensions.Count], values, reason));
        }
        return rows;
    }

    static void RefuseRecognisable(string name, List<TableDimension> dimensions)
    {
        foreach (var dimension in dimensions)
        {
            var words = dimension.Id.Split('_');
            // A pupil's own year group is no pupil.
            var names = s_never.Contains(words[^1]) || s_never.Contains(dimension.Id);
            if (names || dimension.Codes.Any(c => Recognisable().IsMatch(c.Code)))
                throw Refused("table-recognisable", $"{name}: dimension {dimension.Id} could hold pupils or schools.", "Public tables know groups only; take the dimension out and release the table again.");
        }
    }

    static TableCode Code(JsonElement code) => new(code.GetProperty("code").GetString()!, Words(code, "label"));

    static List<T> List<T>(JsonElement json, string member, Func<JsonElement, T> read) => [.. json.GetProperty(member).EnumerateArray().Select(read)];

    /// <summary>A name that may stand in an address or a column.</summary>
    static string Name(JsonElement json, string member) =>
        json.GetProperty(member).GetString() is { } id && PlainName().IsMatch(id) ? id : throw Refused("table-unreadable", "A name in the metadata is no plain name.", "Use small letters, digits, - and _.");

    static Bilingual Words(JsonElement json, string member) => Words(json.GetProperty(member));

    static Bilingual Words(JsonElement words) => new(words.GetProperty("nl").GetString()!, words.GetProperty("en").GetString()!);

    static TableRefused Refused(string code, string what, string remedy) => new(new Refusal(code, what, remedy));

    [GeneratedRegex(@"^[a-z][a-z0-9_-]{0,63}\z")] private static partial Regex PlainName();

    /// <summary>A school location, a number of nine digits, a RIN or a pseudonym.</summary>
    [GeneratedRegex(@"\b([0-9]{2}[A-Z]{2}([0-9]{2})?|[0-9]{9}|[a-p]{16}|[a-p]{32})\b")] private static partial Regex Recognisable();

    /// <summary>How a refusal travels from a line to the door, where it becomes a value.</summary>
    sealed class TableRefused(Refusal refusal) : Exception(refusal.What)
    {
        public Refusal Refusal { get; } = refusal;
    }
}
