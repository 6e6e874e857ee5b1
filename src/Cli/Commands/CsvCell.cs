namespace Groeilijn.Cli.Commands;

/// <summary>A cell of a CSV file that a command writes.</summary>
static class CsvCell
{
    /// <summary>The text; quoted where a separator, a quote or an end of line stands in it.</summary>
    internal static string Of(string text) => text.AsSpan().ContainsAny(",;\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
