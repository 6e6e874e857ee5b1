using System.Text;

namespace Groeilijn.OpenData;

/// <summary>What publishing did: how many tables and files, or why it was not done.</summary>
public sealed record Publication(int Tables, int Files, Refusal? Refusal)
{
    public bool Done => Refusal is null;
}

/// <summary>
/// The public site: plain files that any web server can serve and any browser can open from disk. It is made from released tables
/// alone, whole, every time; the same tables give the same bytes.
/// </summary>
public static class Site
{
    /// <summary>Dutch first: it stands at the root.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["nl", "en"];

    /// <summary>
    /// Reads the released tables in <paramref name="from"/> and writes the site to <paramref name="to"/>. Nothing is written unless every table
    /// can be trusted: it must be named, with the hash of its files, by a record of the Gate.
    /// </summary>
    /// <param name="from">The office's folder <c>outgoing/public</c>, or a copy of it.</param>
    /// <param name="to">A folder that is empty, absent, or holds the site already.</param>
    /// <param name="records">The Gate's records, <c>releases.jsonl</c>; by default the ones in <paramref name="from"/> or in the home above it.</param>
    public static Publication Publish(string from, string to, string? records = null)
    {
        if (!ReleaseRecords.TryRead(records ?? ReleaseRecords.Near(from), out var releases, out var refusal)) return new(0, 0, refusal);
        if (!PublicCatalog.TryRead(from, releases, out var catalog, out refusal)) return new(0, 0, refusal);
        if (!SiteFolder.IsOurs(to)) return new(0, 0, new("folder-in-use", "The folder for the site holds something else.", "Give an empty folder, or the one that holds the site already."));
        var files = Render(catalog);
        SiteFolder.Write(to, files);
        return new(catalog.Tables.Count, files.Count, null);
    }

    /// <summary>Every file of the site by its address.</summary>
    public static SortedDictionary<string, byte[]> Render(PublicCatalog catalog)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal) { [SiteAddress.Catalog] = CatalogFile.Write(catalog) };
        foreach (var language in Languages) files[SiteAddress.Index(language)] = Encoding.UTF8.GetBytes(IndexPage.Render(catalog, language));
        foreach (var table in catalog.Tables)
        {
            string[] editions = [.. catalog.Tables.Where(t => t.Id == table.Id).Select(t => t.Edition)];
            foreach (var language in Languages) files[SiteAddress.Table(table, language)] = Encoding.UTF8.GetBytes(new TablePage(table, editions, language).Render());
            files[SiteAddress.Csv(table)] = table.Csv;
            files[SiteAddress.Json(table)] = table.Metadata;
        }
        return files;
    }
}
