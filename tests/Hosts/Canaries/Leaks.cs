using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Groeilijn.Columns;
using Microsoft.Data.Sqlite;

namespace Groeilijn.Hosts.Canaries;

/// <summary>The ways in which programs have let a number slip onto a disk. Each plants one; a search that misses one proves nothing.</summary>
static class Leaks
{
    static readonly Dictionary<string, Action<string, string>> s_leaks = new()
    {
        ["a line in a log"] = (folder, number) => Write(folder, "app.log", $"2025-03-01 warn: no person for {number}\n"),
        ["a temporary file in UTF-16"] = (folder, number) => Write(folder, "tmp1.tmp", Encoding.Unicode.GetBytes($"bsn;{number}")),
        ["an export in UTF-16, the other end first"] = (folder, number) => Write(folder, "export.csv", Encoding.BigEndianUnicode.GetBytes($"bsn;{number}")),
        ["a row in a database"] = (folder, number) => Sqlite(folder, $"INSERT INTO t VALUES ('{number}')"),
        ["a deleted row in a database"] = (folder, number) => Sqlite(folder, $"PRAGMA secure_delete=OFF; INSERT INTO t VALUES ('{number}'); DELETE FROM t"),
        ["an unkeyed hash"] = (folder, number) => Write(folder, "ids.bin", SHA256.HashData(Encoding.ASCII.GetBytes(number))),
        ["an unkeyed hash as text"] = (folder, number) => Write(folder, "ids.csv", "id\n" + Convert.ToHexString(SHA512.HashData(Encoding.ASCII.GetBytes(number)))),
        ["a dump of memory"] = Dumped,
        ["a compressed log"] = (folder, number) => Write(folder, "app.log.1.gz", Packed(s => new GZipStream(s, CompressionLevel.Optimal), Encoding.UTF8.GetBytes($"error at {number}"))),
        ["a compressed stream within a file"] = (folder, number) => Write(folder, "page.pdf", [.. "%PDF-1.7\n"u8, .. Packed(s => new ZLibStream(s, CompressionLevel.Optimal), Encoding.UTF8.GetBytes($"letter about {number}"))]),
        ["a token in base64"] = (folder, number) => Write(folder, "session.txt", "token=" + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"sub\":\"{number}\"}}")).Replace('+', '-').Replace('/', '_')),
        ["hexadecimal"] = (folder, number) => Write(folder, "trace.txt", "parameter 0x" + Convert.ToHexString(Encoding.UTF8.GetBytes($"bsn={number};"))),
        ["a column of a Parquet file"] = (folder, number) =>
        {
            using var database = ColumnDatabase.Open();
            database.Execute($"COPY (SELECT '{number}' AS id, range AS n FROM range(2000)) TO '{Path.Combine(folder, "rows.parquet")}' (FORMAT parquet, COMPRESSION zstd)");
        },
        ["a file that was deleted"] = (folder, number) =>
        {
            Write(folder, "gone.csv", $"bsn\n{number}\n");
            using (var sync = Process.Start("sync", ["-f", folder])) sync.WaitForExit();
            File.Delete(Path.Combine(folder, "gone.csv"));
        },
    };

    public static TheoryData<string> All => [.. s_leaks.Keys];

    public static void Plant(string leak, string folder, string number) => s_leaks[leak](folder, number);

    /// <summary>The memory of a process that has the number, as a core dump would keep it.</summary>
    static void Dumped(string folder, string number)
    {
        using var holder = Process.Start(new ProcessStartInfo("sleep", ["30"]) { Environment = { ["PUPIL"] = number } })!;
        Thread.Sleep(200);
        ProcessMemory.While(holder, () => ProcessMemory.Dump(holder, Path.Combine(folder, "core.1234")));
        holder.Kill();
        holder.WaitForExit();
    }

    static void Sqlite(string folder, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "store.db"), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE t (v TEXT); " + sql;
        command.ExecuteNonQuery();
    }

    static byte[] Packed(Func<Stream, Stream> pack, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var packing = pack(packed)) packing.Write(content);
        return packed.ToArray();
    }

    static void Write(string folder, string name, string text) => Write(folder, name, Encoding.UTF8.GetBytes(text));

    static void Write(string folder, string name, byte[] content)
    {
        using var file = File.Create(Path.Combine(folder, name));
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}
