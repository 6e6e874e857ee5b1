using System.Data.Common;
using Dapper;
using Groeilijn.Delivery;
using Microsoft.Data.Sqlite;

namespace Groeilijn.Storage.Dialects;

/// <summary>
/// One file. WAL with <c>synchronous=FULL</c> (with NORMAL, acknowledged rows are lost in a power cut), nothing temporary on disk.
/// A step begins with the file's write lock (BEGIN IMMEDIATE), for which it waits half a minute.
/// </summary>
sealed class SqliteFile(string path) : Dialect
{
    const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA busy_timeout=30000;";
    const int Full = 13, InputOutput = 10, CannotOpen = 14, ReadOnly = 8, Busy = 5, Corrupt = 11, NoDatabase = 26;

    public override DbConnection Open()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        DurableFile.CreateFolder(folder);
        MakePrivate();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            connection.Execute(Settings);
            connection.ExecuteScalar("SELECT count(*) FROM sqlite_master");
            // By now the journal has its name in the folder. SQLite syncs the folder too, but says nothing when that fails, and a journal whose name is lost is lost.
            DurableFile.SyncFolder(folder);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override DbTransaction Begin(DbConnection connection) => connection.BeginTransaction();

    public override DbParameter Parameter(string name) => new SqliteParameter(name, null);

    public override StoreFault? Explain(DbException failure) => ((SqliteException)failure).SqliteErrorCode switch
    {
        Full => StoreFault.Full,
        InputOutput or CannotOpen or ReadOnly => StoreFault.Disk,
        Busy => StoreFault.Busy,
        Corrupt or NoDatabase => StoreFault.Damaged,
        _ => null,
    };

    /// <summary>A store may hold pupils: only its owner reads it. SQLite gives its journals the mode of the file.</summary>
    void MakePrivate()
    {
        if (OperatingSystem.IsWindows() || File.Exists(path)) return;
        // Another program that made it at the same moment is as good. The file is not opened then: closing it would undo the locks that SQLite holds on it.
        try { new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose(); }
        catch (IOException) when (File.Exists(path)) { }
    }
}
