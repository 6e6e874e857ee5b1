using System.Text;
using Groeilijn.Columns;

namespace Groeilijn.Office;

/// <summary>Where a number was found; never which.</summary>
/// <param name="File">The file, relative to the folder searched.</param>
/// <param name="Offset">Where in the file: the place itself, or where the encoded stretch begins that it was found in.</param>
/// <param name="View">How the bytes had to be read: <c>raw</c>, <c>base64</c>, <c>gzip/utf-16</c> …</param>
/// <param name="Found"><c>digits</c>, or the unkeyed hash of the digits that stood there: <c>md5</c>, <c>sha-1</c>, <c>sha-256</c>, <c>sha-512</c>.</param>
public sealed record SweepHit(string File, long Offset, string View, string Found);

/// <summary>What a sweep did and found.</summary>
public sealed record SweepReport(int Files, long Bytes, double Seconds, IReadOnlyList<SweepHit> Hits);

/// <summary>
/// Looks for nine-digit numbers in every file of a folder: as they stand, in UTF-16, in base64 and base64url at any alignment,
/// in hexadecimal, inside gzip and zlib streams and in the columns of Parquet files; and for their unkeyed hashes, because a
/// hash of a BSN is as good as the BSN (there are 91 million, ten minutes on one core).
/// </summary>
/// <remarks>
/// Nine digits inside a run of 32 or more hexadecimal characters with a letter among them are a piece of a hash and do not
/// count as clear. Separated digits and other character sets are not looked for.
/// </remarks>
public static class Sweep
{
    const int Portion = 256 << 20, Overlap = 1 << 20;

    /// <summary>Searches every file under a folder for the numbers, which are kept in memory only.</summary>
    public static SweepReport Search(string folder, IEnumerable<string> numbers, TimeProvider clock)
    {
        var started = clock.GetTimestamp();
        var needles = new SweepNeedles(numbers);
        var hits = new List<SweepHit>();
        var (files, bytes) = (0, 0L);
        using var columns = new SweepColumns();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            files++;
            bytes += SearchFile(file, needles, columns, (offset, view, found) => hits.Add(new SweepHit(Path.GetRelativePath(folder, file), offset, view, found)));
        }
        return new SweepReport(files, bytes, clock.GetElapsedTime(started).TotalSeconds, hits);
    }

    /// <summary>Searches one file, a portion at a time; portions overlap so that nothing falls between them.</summary>
    static long SearchFile(string file, SweepNeedles needles, SweepColumns columns, SweepViews.Report report)
    {
        using var stream = Open(file);
        var length = stream.Length;
        var buffer = new byte[Math.Min(length, Portion)];
        var views = new SweepViews(needles, report);
        for (long at = 0; at < length; at += Portion - Overlap)
        {
            stream.Position = at;
            var read = stream.ReadAtLeast(buffer, (int)Math.Min(buffer.Length, length - at), throwOnEndOfStream: false);
            views.Search(buffer.AsSpan(0, read), at);
            if (at == 0 && buffer.AsSpan(0, read).StartsWith("PAR1"u8)) views.Search(columns.Text(file), 0, "parquet");
            if (at + read >= length) break;
        }
        return length;
    }

    /// <summary>A serving office keeps a file to itself while it enters a step; that takes moments, so it is tried again for some ten seconds.</summary>
    static FileStream Open(string file)
    {
        for (var tries = 0; ; tries++)
        {
            try { return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete); }
            catch (IOException held) when (held is not (FileNotFoundException or DirectoryNotFoundException) && tries < 500) { Thread.Sleep(20); }
        }
    }
}

/// <summary>Parquet packs its values, so they are read as columns: every distinct value as text.</summary>
sealed class SweepColumns : IDisposable
{
    ColumnDatabase? _database;

    public byte[] Text(string file)
    {
        _database ??= ColumnDatabase.Open();
        var columns = _database.Query($"DESCRIBE SELECT * FROM {Parquet.Scan(file)}", row => row.GetString(0));
        var texts = columns.Select(column => $"CAST(\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\" AS VARCHAR)");
        var values = _database.Query($"SELECT DISTINCT value FROM (SELECT unnest([{string.Join(", ", texts)}]) AS value FROM {Parquet.Scan(file)}) WHERE value IS NOT NULL", row => row.GetString(0));
        return Encoding.UTF8.GetBytes(string.Join('\n', values));
    }

    public void Dispose() => _database?.Dispose();
}
