using System.Data.Common;
using Dapper;
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
        DurableFolder();
        MakePrivate();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            connection.Execute(Settings);
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

    public override string? Explain(DbException failure) => ((SqliteException)failure).SqliteErrorCode switch
    {
        Full => "The disk is full: make room, then do the step again.",
        InputOutput or CannotOpen or ReadOnly => "The disk did not take what was written: look at the disk, start the program again, then do the step again.",
        Busy => "Another program has held the store for half a minute: wait until it is done, then do the step again.",
        Corrupt or NoDatabase => "The store's file is damaged: restore a backup.",
        _ => null,
    };

    void DurableFolder() => Delivery.DurableFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>A store may hold pupils: only its owner reads it. SQLite gives its journals the mode of the file.</summary>
    void MakePrivate()
    {
        if (OperatingSystem.IsWindows() || File.Exists(path)) return;
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
    }
}
