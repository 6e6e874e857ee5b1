using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Groeilijn.Columns;
using Groeilijn.Delivery;
using Groeilijn.Gate;
using Groeilijn.School;
using Microsoft.Data.Sqlite;

namespace Groeilijn.Hosts.Chain;

/// <summary>
/// Everything a demo left after the preview, as text that two demos can be compared by: sealed things opened, tables as rows,
/// and what is random by design (keys, salts, RINs, pseudonyms, and the hashes and signatures over them) put aside by a mark.
/// </summary>
sealed partial class Artefacts(string demo)
{
    public SortedDictionary<string, string> Read()
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var zone in (string[])["office", "research", "public"])
            foreach (var file in Files(Path.Combine(demo, zone))) Add(all, file);
        foreach (var school in Directory.EnumerateDirectories(Path.Combine(demo, "schools")))
        {
            foreach (var folder in (string[])["outbox", "receipts", "reports"])
                foreach (var file in Files(Path.Combine(school, folder))) Add(all, file);
            foreach (var (name, payload) in SentBy(school)) all[name] = payload;
        }
        return all;
    }

    /// <summary>What a school keeps of what it sent, opened with its own key.</summary>
    static List<(string Name, string Payload)> SentBy(string school)
    {
        using var home = SchoolHome.TryOpen(school, TimeProvider.System)!;
        return [.. Sent.All(home).Select(s => ($"{Path.GetFileName(school)}/sent/{s.Edition}-{s.Sequence}", Mask(Encoding.UTF8.GetString(Sent.Payload(home, s.Edition, s.Sequence)!))))];
    }

    void Add(SortedDictionary<string, string> all, string file)
    {
        var name = Mask(Path.GetRelativePath(demo, file).Replace('\\', '/'));
        var text = Text(file);
        if (text is null) return;
        // Of several files whose names differ by chance alone the lines are compared together.
        all[name] = all.TryGetValue(name, out var before) ? string.Join("\n", $"{before}\n{text}".Split('\n').Order(StringComparer.Ordinal)) : text;
    }

    /// <summary>The file as comparable text; null for what is random from end to end (keys, signatures, ciphertext whose key is gone).</summary>
    string? Text(string file) => Path.GetExtension(file) switch
    {
        ".age" => Opened(file),
        ".db" => Database(file),
        ".db-wal" or ".db-shm" or ".p7s" or ".pem" or ".key" => null,
        ".pdf" => Mask(Printed().Replace(PrintedText.Of(File.ReadAllBytes(file)), "#root")),
        ".parquet" => Rows(null, $"SELECT * FROM {Parquet.Scan(file)}", "rin"),
        ".duckdb" => Rows(file, "SELECT * FROM results", "pupil", "school"),
        ".public" => Told(file),
        _ when Path.GetFileName(file) == "told.txt" => Told(file),
        _ when file.Contains("/ledger/", StringComparison.Ordinal) => Path.GetFileName(file) == "size" ? Ledger(Path.GetDirectoryName(file)!) : null,
        _ when file.Contains("/keys/", StringComparison.Ordinal) => null,
        _ => Mask(File.ReadAllText(file)),
    };

    /// <summary>A sealed report, opened with its school's key; a sealed delivery's key is gone, and its bytes are the preview's.</summary>
    string? Opened(string file)
    {
        foreach (var key in Directory.EnumerateFiles(Path.Combine(demo, "schools"), "report.key", SearchOption.AllDirectories))
        {
            if (!IdentityKey.TryParseFile(File.ReadAllText(key), out var identity)) continue;
            using (identity)
            {
                var opened = Envelope.Open(File.ReadAllBytes(file), identity);
                if (opened.Ok) return Printed().Replace(PrintedText.IsPrint(opened.Content!) ? PrintedText.Of(opened.Content!) : Encoding.UTF8.GetString(opened.Content!), "#root");
            }
        }
        return null;
    }

    static string Ledger(string folder) => Mask(string.Join("\n", new LedgerFolder(folder).Entries().Select(Encoding.UTF8.GetString)));

    static string Database(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        var text = new StringBuilder();
        foreach (var table in connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"))
        {
            var rows = connection.Query($"SELECT * FROM \"{table}\"").Select(row => Mask(string.Join("|", ((IDictionary<string, object?>)row).Select(c => $"{c.Key}={(c.Key == "handle" ? "#handle" : Value(c.Value))}")))); // a handle is drawn at random
            text.AppendLine(table).AppendJoin('\n', rows.Order(StringComparer.Ordinal)).AppendLine();
        }
        return text.ToString();
    }

    static string Value(object? value) => value switch
    {
        null => "",
        byte[] bytes => bytes is [(byte)'{', ..] ? Encoding.UTF8.GetString(bytes) : "#bytes", // records are JSON; the rest are certificates and signatures
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    /// <summary>Rows grouped by who they are about, without saying who: the groups sorted by their content.</summary>
    static string Rows(string? file, string select, params string[] random)
    {
        using var db = ColumnDatabase.Open(file, new ColumnOptions { ReadOnly = file is not null });
        List<string> names;
        using (var result = db.Query($"SELECT * FROM ({select}) LIMIT 0")) names = [.. result.Names];
        var rows = db.Query(select, row =>
        {
            var cells = new string[row.Count];
            for (var i = 0; i < row.Count; i++) cells[i] = row.Text(i);
            return cells;
        });
        var who = names.IndexOf(random[0]);
        var kept = Enumerable.Range(0, names.Count).Where(i => !random.Contains(names[i])).ToList();
        return string.Join("\n\n", rows.GroupBy(r => r[who])
            .Select(g => string.Join("\n", g.Select(r => string.Join("|", kept.Select(i => r[i]))).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
    }

    /// <summary>Figures as sums over pseudonyms, in whose order pupils stand: the figures, and for each pupil, without saying who, in which ones.</summary>
    static string Told(string file)
    {
        Assert.True(ToldFile.TryRead(File.ReadLines(file), out var told, out var fault), fault);
        var parts = told.Figures.SelectMany((figure, f) => figure.Parts.Select((part, p) => (Name: $"{f}.{p}", part.Members)));
        var pupils = parts.SelectMany(part => part.Members.Pupils.Select((pupil, i) => (Pupil: pupil, In: $"{part.Name}:{part.Members.CorrectionsOf(i)}"))).GroupBy(one => one.Pupil, one => one.In).Select(of => $"{told.Pupils[of.Key][0] == '-'} {string.Join(' ', of)}");
        return string.Join("\n", [told.Project, .. told.Figures.Select(figure => $"{figure.Release} {figure.Cell} {figure.Shown} {string.Join(' ', figure.Parts.Select(part => $"{part.Edition} {part.Subject} {part.Scale} {part.Less}"))}"), .. pupils.Order(StringComparer.Ordinal)]);
    }

    static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];

    static string Mask(string text)
    {
        text = Hash().Replace(text, "#hash");
        text = ShortHash().Replace(text, "#short");
        text = Printed().Replace(text, "#root");
        text = Recipient().Replace(text, "#recipient");
        text = Letters().Replace(text, "#id");
        text = About().Replace(text, "\"linked\":#about,\"at\"");
        return Bytes().Replace(text, "#bytes");
    }

    [GeneratedRegex(@"(?<![0-9a-fA-F])([0-9a-f]{64}|[0-9A-F]{64})(?![0-9a-fA-F])")]
    private static partial Regex Hash();

    /// <summary>The hashes in the names of messages and answers.</summary>
    [GeneratedRegex(@"(?<=[0-9A-Z]{6}-(?:withdrawal-)?)[0-9a-f]{16}(?=[-.])|(?<=-)[0-9a-f]{8}(?=\.answer)")]
    private static partial Regex ShortHash();
    /// <summary>The start of a root as it is printed on a report.</summary>
    [GeneratedRegex("([0-9a-f]{4} ){7}[0-9a-f]{4}")]
    private static partial Regex Printed();

    [GeneratedRegex("age1[02-9ac-hj-np-z]{58}")]
    private static partial Regex Recipient();

    [GeneratedRegex("(?<![A-Za-z0-9])([a-p]{32}|[a-p]{16})(?![A-Za-z0-9])")]
    private static partial Regex Letters();

    /// <summary>What a school is told of how many were found, which has noise in it.</summary>
    [GeneratedRegex("\"linked\":[0-9]+,\"at\"")]
    private static partial Regex About();

    /// <summary>Base64 of 16 bytes and more, as salts, roots and signatures are written.</summary>
    [GeneratedRegex("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{22,}={0,2}(?![A-Za-z0-9+/=])")]
    private static partial Regex Bytes();
}
