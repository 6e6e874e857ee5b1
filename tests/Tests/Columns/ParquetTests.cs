using Groeilijn.Columns;

namespace Groeilijn.Tests.Columns;

public sealed class ParquetTests
{
    // More than one row group (122,880 rows), sums of floating numbers over groups, text with and without repetition.
    const string Scores = """
        SELECT i % 20000 AS pupil, count(*) AS tests, avg(sqrt(i)) AS mean, sum(i / 3) AS sum, 'school ' || (i % 20000 % 70) AS school, md5((i % 20000)::VARCHAR) AS pseudonym,
               DATE '2026-01-01' + (i % 20000 % 300)::INTEGER AS day, CASE WHEN i % 20000 % 7 > 0 THEN i % 20000 END AS sometimes, r
        FROM range(400000) t(i), range(10) u(r) GROUP BY ALL ORDER BY pupil, r -- and a remark
        """;

    [Fact]
    public void What_is_written_is_read_back()
    {
        using Duck duck = new();
        string path = duck.PathOf("it's a=1.parquet");
        duck.Db.Execute($"CREATE TABLE scores AS {Scores}");
        Parquet.Write(duck.Db, "SELECT * FROM scores ORDER BY pupil, r", path);
        Assert.Equal("200000", duck.Text($"SELECT count(*) FROM {Parquet.Scan(path)}"));
        Assert.Equal("0", duck.Text($"SELECT count(*) FROM (SELECT * FROM {Parquet.Scan(path)} EXCEPT SELECT * FROM scores)"));
        Assert.Equal(
            duck.Db.Query("SELECT pupil, r FROM scores ORDER BY pupil, r", row => (row.GetInt64(0), row.GetInt64(1))),
            duck.Db.Query($"SELECT pupil, r FROM {Parquet.Scan(path)}", row => (row.GetInt64(0), row.GetInt64(1))));
        Assert.Equal("ZSTD", duck.Text($"SELECT DISTINCT compression FROM parquet_metadata('{path.Replace("'", "''")}')"));
    }

    [Fact]
    public void A_file_written_again_is_the_same_byte_for_byte()
    {
        using Duck first = new(new() { Threads = 4 });
        Parquet.Write(first.Db, Scores, first.PathOf("1.parquet"));
        Parquet.Write(first.Db, Scores, first.PathOf("2.parquet"));
        Assert.Equal("4", first.Text("SELECT current_setting('threads')"));
        using Duck other = new(new() { Threads = 1 });
        Parquet.Write(other.Db, Scores, first.PathOf("3.parquet"));

        byte[] bytes = File.ReadAllBytes(first.PathOf("1.parquet"));
        Assert.Equal(bytes, File.ReadAllBytes(first.PathOf("2.parquet")));
        Assert.Equal(bytes, File.ReadAllBytes(first.PathOf("3.parquet")));
    }

    [Fact]
    public void Sums_of_floating_numbers_over_a_table_are_the_same_on_every_run()
    {
        using Duck duck = new(new() { Threads = 4 });
        duck.Db.Execute("CREATE TABLE scores AS SELECT i % 50 AS school, sqrt(i) AS score FROM range(2000000) t(i)");
        HashSet<string> files = [];
        for (int run = 0; run < 8; run++)
        {
            Parquet.Write(duck.Db, "SELECT school, avg(score) AS mean FROM scores GROUP BY school ORDER BY school", duck.PathOf("x.parquet"));
            files.Add(Convert.ToHexString(File.ReadAllBytes(duck.PathOf("x.parquet"))));
        }
        Assert.Single(files);
    }

    [Fact]
    public void A_failed_write_surfaces_and_leaves_the_threads_as_they_were()
    {
        using Duck duck = new(new() { Threads = 3 });
        Assert.Equal(ColumnFault.Catalog, Duck.FaultOf(() => Parquet.Write(duck.Db, "SELECT absent", duck.PathOf("x.parquet"))));
        Assert.Equal("3", duck.Text("SELECT current_setting('threads')"));
    }

    [Fact]
    public void Folders_named_like_values_add_no_columns()
    {
        using Duck duck = new();
        Directory.CreateDirectory(duck.PathOf("edition=1"));
        string path = duck.PathOf("edition=1/x.parquet");
        Parquet.Write(duck.Db, "SELECT 1 AS i", path);
        using ColumnResult result = duck.Db.Query($"SELECT * FROM {Parquet.Scan(path)}");
        Assert.Equal(["i"], result.Names);
    }
}
