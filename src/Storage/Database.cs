using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Groeilijn.Storage;

/// <summary>
/// A room's store of record: one SQLite file that says yes only when the disk did. One writer at a time, WAL with
/// <c>synchronous=FULL</c> (with NORMAL, acknowledged rows are lost in a power cut), nothing temporary on disk.
/// SQL is plain, in scripts named <c>001-what-it-adds.sql</c> embedded in the room's assembly, each run once, in order.
/// </summary>
public sealed class Database : IDisposable
{
    readonly SqliteConnection _connection;
    readonly Lock _writer = new();

    Database(SqliteConnection connection) => _connection = connection;

    /// <summary>Dapper makes code for each query and connection; stores of the same scripts share it, or a board of thirty homes makes it thirty times.</summary>
    static Database() => SqlMapper.ConnectionStringComparer = EqualityComparer<string>.Create((_, _) => true, _ => 0);

    /// <summary>Opens or creates the file and brings its schema up to date.</summary>
    /// <param name="path">The database file; its folder is made when absent.</param>
    /// <param name="scripts">The assemblies that embed scripts: the room's own, and those of the shared rooms that keep tables in it.</param>
    public static Database Open(string path, params Assembly[] scripts)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        MakePrivate(path);
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA busy_timeout=30000;");
            var database = new Database(connection);
            database.Upgrade(scripts);
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A store may hold pupils: only its owner reads it. SQLite gives its journals the mode of the file.</summary>
    static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows() || File.Exists(path)) return;
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
    }

    /// <summary>Rows of a query, in memory.</summary>
    public IReadOnlyList<T> Read<T>(string sql, object? arguments = null)
    {
        lock (_writer) return [.. _connection.Query<T>(sql, arguments)];
    }

    /// <summary>The one value of a query, or the default where there is no row.</summary>
    public T? ReadOne<T>(string sql, object? arguments = null)
    {
        lock (_writer) return _connection.QueryFirstOrDefault<T>(sql, arguments);
    }

    /// <summary>Runs one step as one transaction: all of it is on disk when this returns, or none of it.</summary>
    public T Write<T>(Func<Transaction, T> step)
    {
        lock (_writer)
        {
            using var transaction = _connection.BeginTransaction();
            var result = step(new Transaction(_connection, transaction));
            transaction.Commit();
            return result;
        }
    }

    /// <summary>Runs one step as one transaction.</summary>
    public void Write(Action<Transaction> step) => Write(t => { step(t); return true; });

    /// <summary>Closes the file; the write-ahead log is folded into it.</summary>
    public void Dispose() => _connection.Dispose();

    void Upgrade(Assembly[] scripts)
    {
        _connection.Execute("CREATE TABLE IF NOT EXISTS schema_scripts (name TEXT PRIMARY KEY) STRICT");
        var done = _connection.Query<string>("SELECT name FROM schema_scripts").ToHashSet(StringComparer.Ordinal);
        foreach (var script in scripts.Prepend(typeof(Database).Assembly).Distinct().SelectMany(Scripts))
        {
            if (done.Contains(script.Name)) continue;
            using var reader = new StreamReader(script.Assembly.GetManifestResourceStream(script.Resource)!);
            var sql = reader.ReadToEnd();
            Write(t =>
            {
                t.Execute(sql);
                t.Execute("INSERT INTO schema_scripts (name) VALUES (@Name)", new { script.Name });
            });
        }
    }

    /// <summary>A script is known by its assembly and file name, so that moving it to another folder does not run it again.</summary>
    static IEnumerable<(string Name, string Resource, Assembly Assembly)> Scripts(Assembly assembly) =>
        from resource in assembly.GetManifestResourceNames()
        where resource.EndsWith(".sql", StringComparison.Ordinal)
        let file = resource.Split('.')[^2]
        orderby ScriptNumber(file), file
        select ($"{assembly.GetName().Name}/{file}", resource, assembly);

    /// <summary>The number that opens a script's file name: <c>002-receipts.sql</c> is 2.</summary>
    static int ScriptNumber(string file)
    {
        var digits = new string([.. file.TakeWhile(char.IsAsciiDigit)]);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }
}

/// <summary>One step of a room, all or nothing. Its ledger entry is part of it.</summary>
public sealed class Transaction
{
    readonly SqliteConnection _connection;
    readonly SqliteTransaction _transaction;

    internal Transaction(SqliteConnection connection, SqliteTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    /// <summary>Runs a statement; with a sequence of argument objects, once for each. Returns the rows touched.</summary>
    public int Execute(string sql, object? arguments = null) => _connection.Execute(sql, arguments, _transaction);

    /// <summary>Rows of a query, as this step sees them.</summary>
    public IReadOnlyList<T> Read<T>(string sql, object? arguments = null) => [.. _connection.Query<T>(sql, arguments, _transaction)];

    /// <summary>The one value of a query, or the default where there is no row.</summary>
    public T? ReadOne<T>(string sql, object? arguments = null) => _connection.QueryFirstOrDefault<T>(sql, arguments, _transaction);

    /// <summary>
    /// A prepared statement for many rows: set the parameters, call <see cref="SqliteCommand.ExecuteNonQuery"/>. Dispose it.
    /// Ten times faster than <see cref="Execute"/> for thousands of rows.
    /// </summary>
    public SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter(name, null));
        return command;
    }

    /// <summary>Puts an entry in the ledger's outbox: it is written if and only if the step is.</summary>
    /// <param name="entry">The canonical JSON of the entry.</param>
    public void Enter(byte[] entry) => Execute("INSERT INTO ledger_outbox (entry) VALUES (@entry)", new { entry });
}
