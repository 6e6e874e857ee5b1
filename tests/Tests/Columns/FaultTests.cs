using System.Diagnostics;
using Groeilijn.Columns;

namespace Groeilijn.Tests.Columns;

public sealed class FaultTests
{
    [Theory]
    [InlineData("SELEC 'ZZZ-SENTINEL'", ColumnFault.Parser)]
    [InlineData("SELECT 1 'ZZZ-SENTINEL' 2", ColumnFault.Parser)]
    [InlineData("SELECT * FROM absent WHERE x = 'ZZZ-SENTINEL'", ColumnFault.Catalog)]
    [InlineData("SELECT absent, 'ZZZ-SENTINEL'", ColumnFault.Catalog)]
    [InlineData("SELECT absent('ZZZ-SENTINEL')", ColumnFault.Catalog)]
    [InlineData("SELECT s::INTEGER FROM marked", ColumnFault.Conversion)]
    [InlineData("SELECT 'ZZZ-SENTINEL'::DATE", ColumnFault.Conversion)]
    [InlineData("SELECT s FROM marked WHERE s::DATE > DATE '2026-01-01'", ColumnFault.Conversion)]
    [InlineData("INSERT INTO marked SELECT * FROM marked", ColumnFault.Constraint)]
    [InlineData("SELECT error('ZZZ-SENTINEL')", ColumnFault.Other)]
    [InlineData("SELECT strptime(s, '%Y') FROM marked", ColumnFault.Other)]
    [InlineData("SELECT s FROM marked WHERE regexp_matches('x', s || '(')", ColumnFault.Other)]
    [InlineData("SELECT 9223372036854775807 + length(s) FROM marked", ColumnFault.Conversion)]
    [InlineData("FROM 'ZZZ-SENTINEL.csv'", ColumnFault.Other)]
    public void An_error_carries_its_kind_and_no_value(string sql, ColumnFault fault)
    {
        using Duck duck = new();
        duck.Db.Execute("CREATE TABLE marked (s VARCHAR PRIMARY KEY)");
        duck.Db.Execute("INSERT INTO marked VALUES (?)", "ZZZ-SENTINEL");
        ColumnException failure = Assert.Throws<ColumnException>(() => duck.Db.Query(sql, row => row.Text(0)));
        Assert.Equal(fault, failure.Fault);
        if (!sql.StartsWith("FROM", StringComparison.Ordinal)) Assert.DoesNotContain("SENTINEL", failure.ToString());
        Assert.Equal("1", duck.Text("SELECT count(*) FROM marked"));
    }

    [Fact]
    public void A_bad_line_in_a_file_is_not_repeated()
    {
        using Duck duck = new();
        File.WriteAllText(duck.PathOf("x.csv"), "i\n1\nZZZ-SENTINEL\n");
        ColumnException failure = Assert.Throws<ColumnException>(() => duck.Text($"SELECT sum(i) FROM read_csv('{duck.PathOf("x.csv")}', columns = {{'i': 'INTEGER'}})"));
        Assert.DoesNotContain("SENTINEL", failure.Message);
    }

    [Fact]
    public void A_statement_beyond_the_memory_ends_with_its_kind()
    {
        using Duck duck = new(new() { MemoryLimit = "20MB", Locked = true });
        Assert.Equal(ColumnFault.OutOfMemory, Duck.FaultOf(() => duck.Text("SELECT count(*) FROM (SELECT DISTINCT md5(i::VARCHAR) FROM range(5000000) r(i))")));
        Assert.Equal("1", duck.Text("SELECT 1"));
    }

    [Theory]
    [InlineData("SELECT count(*) FROM range(10000000) a(i), range(10000000) b(j) WHERE i * j % 7 = 3")]
    [InlineData("SELECT i FROM range(10000000) a(i), range(10000000) b(j) WHERE i * j = -1")]
    public async Task A_statement_is_interrupted_from_another_thread_and_the_database_goes_on(string sql)
    {
        using Duck duck = new();
        Task<ColumnFault> running = Task.Run(() => Duck.FaultOf(() => duck.Db.Query(sql, row => row.Text(0))));
        await Task.Delay(300);
        Assert.False(running.IsCompleted);

        // Left alone it would take days: that it ends at all is the interrupt's doing.
        duck.Db.Interrupt();
        Assert.Equal(ColumnFault.Interrupt, await running.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal("1", duck.Text("SELECT 1"));
    }

    [Fact]
    public void An_interrupt_when_nothing_runs_does_nothing()
    {
        using Duck duck = new();
        duck.Db.Interrupt();
        Assert.Equal("1", duck.Text("SELECT 1"));
    }

    [Fact]
    public void A_disposed_database_is_refused_by_name()
    {
        using Duck duck = new();
        duck.Db.Dispose();
        Assert.Throws<ObjectDisposedException>(() => duck.Text("SELECT 1"));
        Assert.Throws<ObjectDisposedException>(duck.Db.Interrupt);
    }

    [Fact]
    public void The_library_that_is_bound_is_the_one_that_is_fetched()
    {
        Duck.Require();
        Assert.StartsWith(ColumnLibrary.Version, "v" + ColumnLibrary.Package.Split('@')[^1].Split('-')[0]);
        Assert.Contains(ColumnLibrary.Package, ColumnLibrary.HowToGet);
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "setup", "duckdb.sh")))
            {
                Assert.Contains($"package=\"{ColumnLibrary.Package}\"", File.ReadAllText(Path.Combine(folder.FullName, "setup", "duckdb.sh")));
                return;
            }
        Assert.Fail("setup/duckdb.sh is not found above the tests");
    }
}
