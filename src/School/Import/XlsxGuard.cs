using System.IO.Compression;

namespace Groeilijn.School;

/// <summary>
/// Unpacks a workbook once, to nowhere, before anything reads it: what a zip says of its own sizes is not believed. A file that
/// grows too much, has too many parts, or is no workbook is refused.
/// </summary>
static class XlsxGuard
{
    const int MostParts = 2000, MostRatio = 250;
    const long MostBytes = 400L << 20, MostPart = 4L << 20, RatioFrom = 8L << 20;

    public static void Check(Stream file)
    {
        using var zip = Open(file);
        if (zip.Entries.Count > MostParts) throw new FileRefused(Rules.WorkbookBomb);
        if (!zip.Entries.Any(e => Is(e, "xl/workbook.xml"))) throw new FileRefused(zip.Entries.Any(e => Is(e, "xl/workbook.bin")) ? Rules.WorkbookOld : Rules.FileZipped);
        var total = 0L;
        var buffer = new byte[1 << 16];
        foreach (var entry in zip.Entries)
        {
            var most = IsLarge(entry) ? MostBytes : MostPart;
            using var part = entry.Open();
            var length = 0L;
            for (int read; (read = part.Read(buffer)) > 0;)
            {
                (length, total) = (length + read, total + read);
                if (IsMedia(entry)) break;
                if (length > most || total > MostBytes || total > RatioFrom && total > MostRatio * file.Length) throw new FileRefused(Rules.WorkbookBomb);
            }
        }
        file.Position = 0;
    }

    static ZipArchive Open(Stream file)
    {
        file.Position = 0;
        try
        {
            return new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException)
        {
            throw new FileRefused(BeginsAsWorkbook(file) ? Rules.WorkbookBroken : Rules.FileZipped);
        }
    }

    /// <summary>A zip that breaks off has lost its list of parts, but a workbook begins with parts of known names.</summary>
    static bool BeginsAsWorkbook(Stream file)
    {
        var start = new byte[512];
        file.Position = 0;
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start.AsSpan(0, length).IndexOf("[Content_Types].xml"u8) >= 0 || start.AsSpan(0, length).IndexOf("xl/"u8) >= 0;
    }

    static bool Is(ZipArchiveEntry entry, string name) => entry.FullName.Replace('\\', '/').TrimStart('/').Equals(name, StringComparison.OrdinalIgnoreCase);

    static bool IsLarge(ZipArchiveEntry entry) => entry.FullName.Contains("worksheets/", StringComparison.OrdinalIgnoreCase) || entry.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Pictures are never opened, so their size does not matter.</summary>
    static bool IsMedia(ZipArchiveEntry entry) => entry.FullName.Contains("/media/", StringComparison.OrdinalIgnoreCase);
}
