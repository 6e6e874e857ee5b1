using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Dapper;
using Groeilijn.Storage.Dialects;

namespace Groeilijn.Storage;

/// <summary>
/// A room's store of record, which says yes only when the disk did: one SQLite file, or one schema of a PostgreSQL server. One writer at a time on both.
/// SQL is plain, in scripts named <c>001-what-it-adds.sql</c> embedded in the room's assembly, each run once, in order; the same files serve both stores.
/// </summary>
public sealed class Database : IDisposable
{
    readonly Dialect _dialect;
    readonly Lock _writer = new();
    DbConnection _connection;
    bool _inStep, _stopped;

    Database(Dialect dialect, DbConnection connection) => (_dialect, _connection) = (dialect, connection);

    static Database()
    {
        // Dapper makes code for each query and connection; stores of the same scripts share it, or a board of thirty homes makes it thirty times.
        SqlMapper.ConnectionStringComparer = EqualityComparer<string>.Create((_, _) => true, _ => 0);
        YesAndNo.AreIntegers();
    }

    /// <summary>Opens or creates a SQLite file and brings its schema up to date.</summary>
    /// <param name="path">The database file; its folder is made when absent.</param>
    /// <param name="scripts">The assemblies that embed scripts: the room's own, and those of the shared rooms that keep tables in it.</param>
    /// <exception cref="StoreException">The disk fails, or a newer version of the program made the store.</exception>
    public static Database Open(string path, params Assembly[] scripts) => Open(new SqliteFile(path), scripts);

    /// <summary>Opens or creates a schema on a PostgreSQL server and brings it up to date.</summary>
    /// <exception cref="StoreException">The server cannot be reached, or does not wait for its disk, or a newer version of the program made the store.</exception>
    public static Database Open(PostgresAddress address, params Assembly[] scripts) => Open(new PostgresSchema(address), scripts);

    static Database Open(Dialect dialect, Assembly[] scripts)
    {
        var connection = Explained(dialect, dialect.Open);
        var database = new Database(dialect, connection);
        try
        {
            database.Upgrade(scripts);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Rows of a query, in memory.</summary>
    public IReadOnlyList<T> Read<T>(string sql, object? arguments = null)
    {
        lock (_writer) return OnConnection<IReadOnlyList<T>>(connection => [.. connection.Query<T>(sql, arguments)]);
    }

    /// <summary>The one value of a query, or the default where there is no row.</summary>
    public T? ReadOne<T>(string sql, object? arguments = null)
    {
        lock (_writer) return OnConnection(connection => connection.QueryFirstOrDefault<T>(sql, arguments));
    }

    /// <summary>Runs one step as one transaction: all of it is on disk when this returns, or none of it.</summary>
    /// <exception cref="StoreException">The disk or the server failed; the message says what to do. After a disk that failed no step is taken any more: what
    /// the system still has in memory need not be on the disk, and only a new start finds out (Rebello et al., USENIX ATC 2020).</exception>
    public T Write<T>(Func<Transaction, T> step)
    {
        lock (_writer)
        {
            if (_stopped) throw new StoreException(StoreFault.Disk, null);
            using var transaction = OnConnection(_dialect.Begin);
            _inStep = true;
            try
            {
                return Explained(_dialect, () =>
                {
                    var result = step(new Transaction(_dialect, _connection, transaction));
                    transaction.Commit();
                    return result;
                });
            }
            catch (StoreException failure) when (failure.Fault == StoreFault.Disk)
            {
                _stopped = true;
                throw;
            }
            finally { _inStep = false; }
        }
    }

    /// <summary>Runs one step as one transaction.</summary>
    public void Write(Action<Transaction> step) => Write(t => { step(t); return true; });

    /// <summary>Closes the store; of a SQLite file the write-ahead log is folded into it.</summary>
    public void Dispose() => _connection.Dispose();

    /// <summary>Uses the connection. Outside a step one that broke (a server that was started again) is made anew, once.</summary>
    T OnConnection<T>(Func<DbConnection, T> use) => Explained(_dialect, () =>
    {
        if (_connection.State != ConnectionState.Open) Reconnect();
        try { return use(_connection); }
        catch (DbException) when (!_inStep && _connection.State != ConnectionState.Open)
        {
            Reconnect();
            return use(_connection);
        }
    });

    void Reconnect()
    {
        if (_inStep) throw new StoreException(StoreFault.Broken, null);
        _connection.Dispose();
        _connection = _dialect.Open();
    }

    /// <summary>A failing disk or server is told in words, without the statement.</summary>
    static T Explained<T>(Dialect dialect, Func<T> use)
    {
        try { return use(); }
        catch (DbException failure) when (dialect.Explain(failure) is not null) { throw new StoreException(dialect.Explain(failure)!, failure); }
    }

    void Upgrade(Assembly[] assemblies)
    {
        var scripts = assemblies.Prepend(typeof(Database).Assembly).Distinct().SelectMany(Scripts).ToList();
        var done = OnConnection(connection =>
        {
            connection.Execute("CREATE TABLE IF NOT EXISTS schema_scripts (name TEXT PRIMARY KEY)");
            return connection.Query<string>("SELECT name FROM schema_scripts").ToHashSet(StringComparer.Ordinal);
        });
        var ours = scripts.Select(script => script.Name.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        if (done.Except(scripts.Select(script => script.Name)).Any(name => ours.Contains(name.Split('/')[0])))
            throw new StoreException(StoreFault.Newer, null);
        foreach (var script in scripts.Where(script => !done.Contains(script.Name))) Write(t => Run(t, script.Name, script.Assembly, script.Resource));
    }

    /// <summary>A script and the record that it ran are one step; another program that opened the store at the same time may have been first.</summary>
    void Run(Transaction t, string name, Assembly assembly, string resource)
    {
        if (t.Execute("INSERT INTO schema_scripts (name) VALUES (@name) ON CONFLICT DO NOTHING", new { name }) == 0) return;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        t.Execute(_dialect.Spell(reader.ReadToEnd()));
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
