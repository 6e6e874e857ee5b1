using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>One row of a table, by column.</summary>
sealed record DumpedRow(string Table, IReadOnlyList<(string Column, object? Value)> Cells);

/// <summary>
/// The store's tables as JSON Lines, <c>{"table":"rounds","row":{…}}</c>: rows and not pages, so that nothing that was deleted goes along and either database takes them
/// in. Salts of tombstones stay behind: a backup that held them would keep them after their day.
/// </summary>
static partial class StoreDump
{
    /// <summary>What a new home has of itself, and what belongs to the files of the old one.</summary>
    static readonly string[] s_left = ["schema_scripts", "ledger_outbox", "leftovers"];

    /// <summary>What was decided of withdrawals and rounds: what must be known before a backup may be used.</summary>
    public static readonly string[] Decisions = ["tombstones", "withdrawals", "withdrawal_places", "rounds"];

    /// <summary>Every table that goes along, in an order in which no row comes before one that it refers to: that of the scripts that make them.</summary>
    public static IReadOnlyList<string> Tables() => [.. OfficeHome.Scripts
        .SelectMany(assembly => assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).OrderBy(name => name.Split('.')[^2], StringComparer.Ordinal).Select(name => Script(assembly, name)))
        .SelectMany(script => Made().Matches(script).Select(made => made.Groups[1].Value)).Except(s_left)];

    static string Script(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>Writes the rows of some tables.</summary>
    public static void Write(Transaction t, Stream output, IEnumerable<string> tables, bool salts)
    {
        foreach (var table in tables)
            foreach (var row in t.Read<object>($"SELECT * FROM {table}").Cast<IDictionary<string, object?>>())
            {
                using (var json = new Utf8JsonWriter(output))
                {
                    json.WriteStartObject();
                    json.WriteString("table", table);
                    json.WriteStartObject("row");
                    foreach (var (column, value) in row) Cell(json, column, table == "tombstones" && column == "salt" && !salts ? null : value);
                    json.WriteEndObject();
                    json.WriteEndObject();
                }
                output.WriteByte((byte)'\n');
            }
    }

    /// <summary>Reads them back.</summary>
    /// <exception cref="InvalidDataException">A line is not one of these.</exception>
    public static IEnumerable<DumpedRow> Read(Stream input)
    {
        using var lines = new StreamReader(input);
        while (lines.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var table = json.RootElement.GetProperty("table").GetString()!;
            var row = new DumpedRow(table, [.. json.RootElement.GetProperty("row").EnumerateObject().Select(cell => (cell.Name, Value(cell.Value)))]);
            if (!Name().IsMatch(table) || row.Cells.Any(cell => !Name().IsMatch(cell.Column))) throw new InvalidDataException("A row of the backup names no table or column.");
            yield return row;
        }
    }

    /// <summary>Puts a row in; one of that key is overwritten where <paramref name="key"/> names it.</summary>
    public static void Put(Transaction t, DumpedRow row, string? key = null)
    {
        var columns = row.Cells.Select(cell => $"\"{cell.Column}\"").ToList();
        var replace = key is null ? "" : $" ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", columns.Select(c => $"{c} = excluded.{c}"))}";
        t.Execute($"INSERT INTO {row.Table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", row.Cells.Select(cell => "@" + cell.Column))}){replace}", row.Cells.ToDictionary(cell => cell.Column, cell => cell.Value));
    }

    static void Cell(Utf8JsonWriter json, string column, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(column); break;
            case string text: json.WriteString(column, text); break;
            case byte[] bytes:
                json.WriteStartObject(column);
                json.WriteBase64String("bytes", bytes);
                json.WriteEndObject();
                break;
            case double number: json.WriteNumber(column, number); break;
            default: json.WriteNumber(column, Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
        }
    }

    static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Object => json.GetProperty("bytes").GetBytesFromBase64(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        _ => throw new InvalidDataException("A value of the backup is of no kind that the store has."),
    };

    [GeneratedRegex(@"^CREATE TABLE (\w+)", RegexOptions.Multiline)] private static partial Regex Made();

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\z")] private static partial Regex Name();
}
