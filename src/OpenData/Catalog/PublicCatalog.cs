using System.Diagnostics.CodeAnalysis;

namespace Groeilijn.OpenData;

/// <summary>
/// Every table that was released to the public, newest edition first. Read from the Gate's outgoing folder for the public,
/// <c>&lt;edition&gt;/&lt;table&gt;.csv</c> with <c>.json</c> beside it, and from nowhere else. One table that cannot be trusted stops the whole:
/// a site with a silent gap would hide that something is wrong.
/// </summary>
public sealed record PublicCatalog(IReadOnlyList<ReleasedTable> Tables)
{
    /// <summary>The editions, newest first.</summary>
    public IEnumerable<string> Editions => Tables.Select(t => t.Edition).Distinct();

    /// <summary>Reads the folder. A table counts only when the Gate's records name these very files.</summary>
    /// <returns>False with the reason; nothing was written anywhere.</returns>
    public static bool TryRead(string folder, ReleaseRecords releases, [NotNullWhen(true)] out PublicCatalog? catalog, [NotNullWhen(false)] out Refusal? refusal)
    {
        (catalog, refusal) = (null, null);
        if (!Directory.Exists(folder))
        {
            refusal = new("no-tables", "The folder with released tables does not exist.", "Release a table first with `groeilijn office table`, then give the home's folder outgoing/public.");
            return false;
        }
        List<ReleasedTable> tables = [];
        foreach (var metadata in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!TryReadOne(folder, metadata, releases, out var table, out refusal)) return false;
            tables.Add(table);
        }
        catalog = new([.. tables.OrderByDescending(t => t.Edition, StringComparer.Ordinal).ThenBy(t => t.Id, StringComparer.Ordinal)]);
        return true;
    }

    static bool TryReadOne(string folder, string metadata, ReleaseRecords releases, [NotNullWhen(true)] out ReleasedTable? table, [NotNullWhen(false)] out Refusal? refusal)
    {
        var name = Path.GetRelativePath(folder, metadata)[..^".json".Length].Replace('\\', '/');
        var csv = Path.ChangeExtension(metadata, ".csv");
        table = null;
        if (!File.Exists(csv))
        {
            refusal = new("table-incomplete", $"{name}.json has no {name}.csv beside it.", "Take both files from the Gate's outgoing folder again.");
            return false;
        }
        return TableReader.TryRead(name, File.ReadAllBytes(metadata), File.ReadAllBytes(csv), releases, out table, out refusal);
    }
}
