namespace Groeilijn.Columns;

/// <summary>Parquet files, written and read by the library.</summary>
public static class Parquet
{
    /// <summary>
    /// Writes the rows of a SELECT in the order it gives. Equal rows in equal order make equal bytes: one thread does the work, since several
    /// would add floating numbers in an order that differs by run. An ORDER BY over a unique key is the caller's.
    /// </summary>
    public static void Write(ColumnDatabase db, string select, string path)
    {
        long threads = db.Query("SELECT current_setting('threads')", row => row.GetInt64(0))[0];
        db.Execute("SET threads = 1");
        try
        {
            db.Execute($"COPY ({select}\n) TO {Quoted(path)} (FORMAT parquet, COMPRESSION zstd)");
        }
        finally
        {
            db.Execute($"SET threads = {threads}");
        }
    }

    /// <summary>What stands after FROM to read this file, or the files of a pattern. Columns come from the files alone, not from names of folders.</summary>
    public static string Scan(string path) => $"read_parquet({Quoted(path)}, hive_partitioning = false)";

    static string Quoted(string path) => $"'{path.Replace("'", "''")}'";
}
