using Groeilijn.Columns;

namespace Groeilijn.Tests.Columns;

public sealed class LockTests
{
    [Theory]
    [InlineData("SELECT * FROM read_csv('{0}')")]
    [InlineData("SELECT * FROM read_text('{0}')")]
    [InlineData("SELECT * FROM read_blob('{0}')")]
    [InlineData("SELECT * FROM read_parquet('{0}')")]
    [InlineData("SELECT * FROM glob('{0}')")]
    [InlineData("SELECT * FROM '{0}'")]
    [InlineData("COPY t TO '{0}.out'")]
    [InlineData("COPY t FROM '{0}'")]
    [InlineData("EXPORT DATABASE '{0}.out'")]
    [InlineData("ATTACH '{0}.db'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD '{0}.duckdb_extension'")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET threads = 1")]
    [InlineData("RESET memory_limit")]
    [InlineData("SET lock_configuration = false")]
    [InlineData("PRAGMA temp_directory = '{0}'")]
    [InlineData("CREATE PERSISTENT SECRET s (TYPE http, BEARER_TOKEN 'x')")]
    public void A_locked_database_reaches_no_file_network_or_setting(string sql)
    {
        using Duck duck = new(new() { Locked = true });
        string path = duck.PathOf("x.csv");
        File.WriteAllText(path, "i\n1\n");
        duck.Db.Execute("CREATE TABLE t (i INTEGER)");
        Assert.Throws<ColumnException>(() => duck.Db.Execute(sql.Replace("{0}", path)));
        Assert.Equal([path], Directory.GetFileSystemEntries(duck.Folder));
        Assert.Equal("0", duck.Text("SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('/x.csv')")]
    [InlineData("SET threads = 1")]
    public void A_refusal_of_a_locked_database_is_a_matter_of_permission(string sql)
    {
        using Duck duck = new(new() { Locked = true });
        Assert.Equal(ColumnFault.Permission, Duck.FaultOf(() => duck.Db.Execute(sql)));
    }

    [Fact]
    public void A_locked_database_still_answers()
    {
        using Duck duck = new(new() { Locked = true, Threads = 1, MemoryLimit = "100MB" });
        Assert.Equal("1|95.3 MiB|false", duck.Text("SELECT concat_ws('|', current_setting('threads'), current_setting('memory_limit'), current_setting('enable_external_access'))"));
    }

    [Theory]
    [InlineData("CREATE TABLE u (i INTEGER)")]
    [InlineData("INSERT INTO t VALUES (2)")]
    [InlineData("DROP TABLE t")]
    public void A_database_opened_to_read_refuses_every_change(string sql)
    {
        using Duck duck = new();
        string path = duck.PathOf("x.db");
        using (ColumnDatabase writer = ColumnDatabase.Open(path)) writer.Execute("CREATE TABLE t AS SELECT 1 AS i");
        using ColumnDatabase reader = ColumnDatabase.Open(path, new() { ReadOnly = true, Locked = true });
        using ColumnDatabase second = ColumnDatabase.Open(path, new() { ReadOnly = true, Locked = true });
        Assert.Equal(ColumnFault.Permission, Duck.FaultOf(() => reader.Execute(sql)));
        Assert.Equal([1], reader.Query("SELECT i FROM t", row => row.GetInt32(0)));
        Assert.Equal([1], second.Query("SELECT i FROM t", row => row.GetInt32(0)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_file_is_not_open_for_writing_and_otherwise_at_once(bool firstReads, bool secondReads)
    {
        using Duck duck = new();
        string path = duck.PathOf("x.db");
        ColumnDatabase.Open(path).Dispose();
        using (ColumnDatabase.Open(path, new() { ReadOnly = firstReads }))
            Assert.Equal(ColumnFault.Permission, Duck.FaultOf(() => ColumnDatabase.Open(path, new() { ReadOnly = secondReads })));
        ColumnDatabase.Open(path, new() { ReadOnly = secondReads }).Dispose();
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_free_again()
    {
        using Duck duck = new();
        string path = duck.PathOf("x.db");
        File.WriteAllText(path, new string('x', 20000));
        Assert.Equal(ColumnFault.Other, Duck.FaultOf(() => ColumnDatabase.Open(path)));
        File.Delete(path);
        ColumnDatabase.Open(path).Dispose();
    }

    [Fact]
    public void What_was_written_to_a_file_is_there_when_it_is_opened_again()
    {
        using Duck duck = new();
        string path = duck.PathOf("x.db");
        using (ColumnDatabase db = ColumnDatabase.Open(path)) db.Execute("CREATE TABLE t AS SELECT 42 AS i");
        using ColumnDatabase again = ColumnDatabase.Open(path);
        Assert.Equal([42], again.Query("SELECT i FROM t", row => row.GetInt32(0)));
    }

    [Theory]
    [InlineData("threads", "0")]
    [InlineData("memory_limit", "rubbish")]
    public void A_setting_that_cannot_be_is_refused_by_name(string name, string option)
    {
        Duck.Require();
        ColumnOptions options = name == "threads" ? new() { Threads = int.Parse(option, System.Globalization.CultureInfo.InvariantCulture) } : new() { MemoryLimit = option };
        Assert.Contains(name, Assert.Throws<ColumnException>(() => ColumnDatabase.Open(null, options)).Message);
    }
}
