using System.Text.RegularExpressions;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.School;

/// <summary>Opens the reports that the office sealed to this school; nobody else can, the office included.</summary>
public static partial class Reports
{
    const long LongestReport = 64L << 20;

    /// <summary>Opens a sealed report into the home's folder of reports. A file that is refused leaves nothing behind.</summary>
    public static Outcome<ReportOpened> Open(SchoolHome home, string file) =>
        File.Exists(file) && new FileInfo(file).Length <= LongestReport ? Open(home, File.ReadAllBytes(file), Path.GetFileName(file)) : Refusals.NotOurReport;

    /// <summary>Opens a sealed report from its bytes, as a browser gave them.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="ciphertext">The sealed file.</param>
    /// <param name="name">Its name, from which edition and language are read; whatever it is, nothing leaves the folder.</param>
    public static Outcome<ReportOpened> Open(SchoolHome home, byte[] ciphertext, string name)
    {
        if (ciphertext.LongLength > LongestReport) return Refusals.NotOurReport;
        using var key = home.ReportKey();
        using var opened = Envelope.Open(ciphertext, key);
        if (!opened.Ok) return Refusals.NotOurReport;
        var sha256 = FileDigest.Of(ciphertext).Sha256;
        DurableFile.CreateFolder(home.ReportsFolder);
        var file = Path.Combine(home.ReportsFolder, NameFor(home, Plain(name), sha256));
        DurableFile.Write(file, opened.Content);
        home.Store.Write(tx => Record(tx, home, sha256, Path.GetFileName(file)));
        return new ReportOpened(file, sha256);
    }

    /// <summary>The opened reports, the newest edition first; both languages of a report stand together.</summary>
    public static IReadOnlyList<ListedReport> All(SchoolHome home) =>
        [.. home.Store.Read<(string Sha256, string Opened, string File)>("SELECT sha256, opened, file FROM report").Select(r => new ListedReport(
            Path.Combine(home.ReportsFolder, r.File), EditionIn().Match(r.File) is { Success: true } e ? e.Groups[1].Value : null, LanguageIn().Match(r.File) is { Success: true } l ? l.Groups[1].Value : null, r.Opened, r.Sha256))
            .Where(r => File.Exists(r.File)).OrderByDescending(r => r.Edition, StringComparer.Ordinal).ThenBy(r => r.File, StringComparer.Ordinal)];

    /// <summary>The same sealed file again keeps its name; another one of the same name gets a number, so that no report takes the place of another.</summary>
    static string NameFor(SchoolHome home, string name, string sha256)
    {
        if (home.Store.ReadOne<string>("SELECT file FROM report WHERE sha256 = @sha256", new { sha256 }) is { } before) return before;
        var taken = home.Store.Read<string>("SELECT file FROM report").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (stem, endings) = name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? (name[..dot], name[dot..]) : (name, "");
        for (var number = 2; taken.Contains(name); number++) name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{stem}_{number}{endings}");
        return name;
    }

    static void Record(Transaction tx, SchoolHome home, string sha256, string name)
    {
        tx.Execute("INSERT OR REPLACE INTO report (sha256, opened, file) VALUES (@sha256, @now, @name)", new { sha256, now = home.Now, name });
        tx.Enter(home.Entry("report-opened", ("ciphertext", sha256)));
    }

    /// <summary>The name without folders and .age; only letters, digits, dots and dashes, so that it stays in the folder and shows nothing else.</summary>
    static string Plain(string name)
    {
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        if (name.EndsWith(".age", StringComparison.OrdinalIgnoreCase)) name = name[..^4];
        var plain = new string([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-').Take(100)]).TrimStart('.');
        return plain.Length > 0 ? plain : "report.html";
    }

    [GeneratedRegex(@"\b(20[0-9]{2}-[12])\b")]
    private static partial Regex EditionIn();

    [GeneratedRegex(@"\.(nl|en)\.[a-z]+\z")]
    private static partial Regex LanguageIn();
}

/// <summary>A report that was opened.</summary>
public sealed record ReportOpened(string File, string Ciphertext);

/// <summary>An opened report: its file, its edition and language where its name tells them, when it was opened (UTC), and the hash of the sealed file.</summary>
public sealed record ListedReport(string File, string? Edition, string? Language, string Opened, string Ciphertext);
