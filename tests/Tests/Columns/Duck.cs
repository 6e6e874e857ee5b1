using Groeilijn.Columns;

namespace Groeilijn.Tests.Columns;

/// <summary>A database and a folder for one test, which is skipped where the library is absent; on the build server that is a failure.</summary>
sealed class Duck : IDisposable
{
    public Duck(ColumnOptions? options = null, string? file = null)
    {
        Require();
        Folder = Directory.CreateTempSubdirectory("groeilijn-columns-").FullName;
        Db = ColumnDatabase.Open(file is null ? null : PathOf(file), options);
    }

    public ColumnDatabase Db { get; }

    public string Folder { get; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Text(string sql, params ReadOnlySpan<object?> parameters) => Assert.Single(Db.Query(sql, row => row.Text(0), parameters));

    public void Dispose()
    {
        Db.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public static void Require()
    {
        if (ColumnLibrary.Find() is not null) return;
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) Assert.Fail(ColumnLibrary.HowToGet);
        Assert.Skip($"DuckDB's library is absent: {ColumnLibrary.HowToGet}");
    }

    public static ColumnFault FaultOf(Action action) => Assert.Throws<ColumnException>(action).Fault;
}
