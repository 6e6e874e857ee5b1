using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>Opens the reports that the office sealed to this school; nobody else can, the office included.</summary>
public static class Reports
{
    /// <summary>Opens a sealed report into the home's folder of reports. A file that is refused leaves nothing behind.</summary>
    public static Outcome<ReportOpened> Open(SchoolHome home, string file)
    {
        if (!File.Exists(file)) return Refusals.NotOurReport;
        DurableFile.CreateFolder(home.ReportsFolder);
        var opened = Path.Combine(home.ReportsFolder, Name(file));
        using (var key = home.ReportKey())
            if (Envelope.OpenFile(file, opened, key) is not null) return Refusals.NotOurReport;
        var digest = FileDigest.OfFile(file);
        home.Store.Write(tx =>
        {
            tx.Execute("INSERT OR REPLACE INTO report (sha256, opened, file) VALUES (@sha256, @now, @name)", new { sha256 = digest.Sha256, now = home.Now, name = Path.GetFileName(opened) });
            tx.Enter(home.Entry("report-opened", ("ciphertext", digest.Sha256)));
        });
        return new ReportOpened(opened, digest.Sha256);
    }

    /// <summary>The name without .age; only letters, digits, dots and dashes, so that it stays in the folder and shows nothing else.</summary>
    static string Name(string file)
    {
        var name = Path.GetFileName(file);
        if (name.EndsWith(".age", StringComparison.OrdinalIgnoreCase)) name = name[..^4];
        var plain = new string([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')]).TrimStart('.');
        return plain.Length > 0 ? plain : "report.html";
    }
}

/// <summary>A report that was opened.</summary>
public sealed record ReportOpened(string File, string Ciphertext);
