using System.Globalization;
using Groeilijn.Columns;
using Groeilijn.Delivery;

namespace Groeilijn.Office;

/// <summary>The Parquet files of cohort and background on the disk: each is written once, durably, under a name that nothing had before.</summary>
static class PartFiles
{
    /// <summary>A name that no file and no row has: the one given, or with a number, <c>maths-2023-2.2.parquet</c>.</summary>
    public static string Free(OfficeHome home, string wanted)
    {
        var stem = wanted[..^".parquet".Length];
        var dot = stem.LastIndexOf('.');
        if (dot > stem.LastIndexOf('/')) stem = stem[..dot];
        for (var n = 1; ; n++)
        {
            var path = n == 1 ? stem + ".parquet" : string.Create(CultureInfo.InvariantCulture, $"{stem}.{n}.parquet");
            if (!File.Exists(home.At(path)) && !IsNamed(home, path)) return path;
        }
    }

    /// <summary>Writes the rows of a SELECT, whole and on the disk or not at all.</summary>
    /// <returns>The file's hash.</returns>
    public static string Write(OfficeHome home, ColumnDatabase database, string select, string path)
    {
        DurableFile.CreateFolder(Path.GetDirectoryName(home.At(path))!);
        var temporary = home.At(path + ".tmp");
        try
        {
            Parquet.Write(database, select, temporary);
            var bytes = File.ReadAllBytes(temporary);
            DurableFile.Write(home.At(path), bytes);
            return FileDigest.Of(bytes).Sha256;
        }
        finally
        {
            Leftovers.Erase(temporary);
        }
    }

    static bool IsNamed(OfficeHome home, string path) => home.Database.ReadOne<long>(
        "SELECT (SELECT count(*) FROM cohort_parts WHERE path = @path) + (SELECT count(*) FROM background_parts WHERE path = @path) + (SELECT count(*) FROM leftovers WHERE path = @path)", new { path }) > 0;
}
