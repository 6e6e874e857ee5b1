using System.Text.Json;
using System.Text.RegularExpressions;

namespace Groeilijn.Columns;

/// <summary>
/// What a statement that somebody else wrote would do, told by the library's own parser before it runs: <see cref="Refusal"/> says why it is
/// not one plain SELECT; where it is null, every function (an operator is a function too) and every table that the statement names is listed.
/// Which of those are allowed is for the caller to say, by a list of the allowed.
/// </summary>
public sealed partial class SelectCheck
{
    // What else the parser may give, now or in a later version (SHOW, DESCRIBE, …), is refused unseen.
    static readonly HashSet<string> nodes = ["SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE"];
    static readonly HashSet<string> sources = ["BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY", "PIVOT"];
    static readonly JsonDocumentOptions deep = new() { MaxDepth = 1000 };

    readonly SortedSet<string> functions = new(StringComparer.OrdinalIgnoreCase);
    readonly SortedSet<string> tables = new(StringComparer.OrdinalIgnoreCase);

    SelectCheck(string? refusal) => Refusal = refusal;

    /// <summary>Why the statement is not one plain SELECT; null if it is.</summary>
    public string? Refusal { get; private set; }

    public bool IsSelect => Refusal is null;

    /// <summary>Names without schema, in WITH and subqueries too; case does not count.</summary>
    public IReadOnlySet<string> Functions => functions;

    /// <summary>
    /// Names as written (schema.table), parts in quotes where they are no plain names, which a file is not; what WITH defines is left out
    /// where it stands for its definition. Case does not count.
    /// </summary>
    public IReadOnlySet<string> Tables => tables;

    public static SelectCheck Parse(ColumnDatabase db, string sql)
    {
        if (sql.Contains('\0')) return new("the statement holds a NUL character");
        string json = db.Query("SELECT json_serialize_sql($1::VARCHAR)", row => row.GetString(0), sql)[0];
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, deep);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return new("the statement is nested too deeply");
        }
    }

    static SelectCheck Read(JsonElement root)
    {
        if (root.GetProperty("error").GetBoolean())
            return new(root.GetProperty("error_type").GetString() is "not implemented"
                ? "only SELECT is accepted"
                : $"it cannot be parsed: {ColumnException.WithoutLiterals(root.GetProperty("error_message").GetString() ?? "")}");
        JsonElement statements = root.GetProperty("statements");
        if (statements.GetArrayLength() != 1) return new("exactly one statement is accepted");
        SelectCheck check = new(refusal: null);
        check.Walk(statements[0], []);
        return check;
    }

    /// <summary>Follows the tree; defined holds the names that WITH has given a meaning here.</summary>
    void Walk(JsonElement element, HashSet<string> defined)
    {
        if (element.ValueKind is JsonValueKind.Array)
            foreach (JsonElement item in element.EnumerateArray()) Walk(item, defined);
        if (element.ValueKind is not JsonValueKind.Object) return;

        string type = Text(element, "type");
        if (element.TryGetProperty("function_name", out JsonElement function)) functions.Add(function.GetString()!);
        if (element.TryGetProperty("cte_map", out JsonElement with))
        {
            if (!nodes.Contains(type)) Refusal ??= "only SELECT is accepted";
            defined = Define(with.GetProperty("map"), type is "RECURSIVE_CTE_NODE" ? With(defined, Text(element, "cte_name")) : defined);
        }
        // Of the parser's objects only what stands after FROM has a type and an alias but no class; the details of a literal's type look alike.
        else if (type.Length > 0 && !type.EndsWith("_TYPE_INFO", StringComparison.Ordinal) && element.TryGetProperty("alias", out _) && !element.TryGetProperty("class", out _))
        {
            if (!sources.Contains(type)) Refusal ??= "SHOW, DESCRIBE and SUMMARIZE are not accepted";
            if (type is "BASE_TABLE") Table(element, defined);
        }
        foreach (JsonProperty property in element.EnumerateObject())
            if (property.Name != "cte_map") Walk(property.Value, defined);
    }

    /// <summary>Each definition may use those before it; a table of its own name inside it is a real one.</summary>
    HashSet<string> Define(JsonElement map, HashSet<string> defined)
    {
        foreach (JsonElement entry in map.EnumerateArray())
        {
            Walk(entry.GetProperty("value"), defined);
            defined = With(defined, Text(entry, "key"));
        }
        return defined;
    }

    static HashSet<string> With(HashSet<string> defined, string name) => new(defined, StringComparer.OrdinalIgnoreCase) { name };

    void Table(JsonElement table, HashSet<string> defined)
    {
        string[] parts = [Text(table, "catalog_name"), Text(table, "schema_name"), Text(table, "table_name")];
        if (parts[0].Length + parts[1].Length == 0 && defined.Contains(parts[2])) return;
        tables.Add(string.Join('.', parts.Where(part => part.Length > 0).Select(part => Plain().IsMatch(part) ? part : $"\"{part.Replace("\"", "\"\"")}\"")));
    }

    static string Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")] private static partial Regex Plain();
}
