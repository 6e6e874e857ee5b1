using System.Text.RegularExpressions;

namespace Groeilijn.Storage.Dialects;

/// <summary>
/// Takes a room's script over for PostgreSQL: INTEGER is bigint, BLOB is bytea, a text is compared byte by byte as SQLite does, a number that the store
/// gives comes from <c>next_number</c>, and STRICT goes. Comments and texts in quotes stay as they are.
/// </summary>
static partial class PostgresScript
{
    public static string From(string script)
    {
        var table = "";
        return Word().Replace(script, word =>
        {
            if (word.Groups["table"] is { Success: true } name) table = name.Value;
            if (word.Groups["given"] is { Success: true } column) return $"{column.Value} bigint PRIMARY KEY DEFAULT next_number('{table}', '{column.Value.Trim('"')}')";
            if (word.Groups["bytes"] is { Success: true } bytes) return $@"'\x{bytes.Value}'::bytea";
            return word.Groups["type"].Value.ToUpperInvariant() switch
            {
                "INTEGER" => "bigint",
                "TEXT" => "text COLLATE \"C\"",
                "BLOB" => "bytea",
                _ => word.Groups["options"].Success ? ")" : word.Value,
            };
        });
    }

    [GeneratedRegex("""
        --[^\n]*
        | \b[xX]'(?<bytes>[0-9A-Fa-f]*)'
        | '(?:[^']|'')*'
        | \bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?<table>\w+)
        | (?<given>"?\w+"?)\s+INTEGER\s+PRIMARY\s+KEY(?:\s+AUTOINCREMENT)?\b
        | \b(?<type>INTEGER|TEXT|BLOB)\b
        | \)\s*(?<options>(?:STRICT|WITHOUT\s+ROWID)(?:\s*,\s*(?:STRICT|WITHOUT\s+ROWID))*)(?=\s*(?:;|\z))
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
