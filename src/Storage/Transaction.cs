using System.Data.Common;
using Dapper;
using Groeilijn.Storage.Dialects;

namespace Groeilijn.Storage;

/// <summary>One step of a room, all or nothing. Its ledger entry is part of it.</summary>
public sealed class Transaction
{
    readonly Dialect _dialect;
    readonly DbConnection _connection;
    readonly DbTransaction _transaction;

    internal Transaction(Dialect dialect, DbConnection connection, DbTransaction transaction) => (_dialect, _connection, _transaction) = (dialect, connection, transaction);

    /// <summary>Runs a statement; with a sequence of argument objects, once for each. Returns the rows touched.</summary>
    public int Execute(string sql, object? arguments = null) => _connection.Execute(sql, arguments, _transaction);

    /// <summary>Rows of a query, as this step sees them.</summary>
    public IReadOnlyList<T> Read<T>(string sql, object? arguments = null) => [.. _connection.Query<T>(sql, arguments, _transaction)];

    /// <summary>The one value of a query, or the default where there is no row.</summary>
    public T? ReadOne<T>(string sql, object? arguments = null) => _connection.QueryFirstOrDefault<T>(sql, arguments, _transaction);

    /// <summary>
    /// A prepared statement for many rows: set the parameters (integers, texts, bytes or DBNull), call <see cref="DbCommand.ExecuteNonQuery"/>. Dispose it.
    /// Ten times faster than <see cref="Execute"/> for thousands of rows.
    /// </summary>
    public DbCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(_dialect.Parameter(name));
        return command;
    }

    /// <summary>Puts an entry in the ledger's outbox: it is written if and only if the step is.</summary>
    /// <param name="entry">The canonical JSON of the entry.</param>
    public void Enter(byte[] entry) => Execute("INSERT INTO ledger_outbox (entry) VALUES (@entry)", new { entry });
}
