using System.Data.Common;
using Dapper;
using Npgsql;

namespace Groeilijn.Storage.Dialects;

/// <summary>
/// One schema of a PostgreSQL server. A step takes the schema's advisory lock first and then reads what is committed (READ COMMITTED):
/// every statement sees all that came before, as on SQLite, and no step is ever sent back. With SERIALIZABLE a step's view would be taken before the
/// lock was had, so that steps that only waited for each other would fail and every room would need to repeat them.
/// </summary>
sealed class PostgresSchema(PostgresAddress address) : Dialect
{
    const int Oldest = 15;

    /// <summary>
    /// SQLite numbers rows one after the other, and a step that was undone leaves no gap; a sequence of PostgreSQL does. The ledger's outbox needs
    /// positions without gaps, so numbers come from a table that is part of the step.
    /// </summary>
    const string Begun = """
        CREATE TABLE schema_scripts (name text COLLATE "C" PRIMARY KEY);
        CREATE TABLE given_numbers (of text COLLATE "C" PRIMARY KEY, last bigint NOT NULL);
        CREATE FUNCTION next_number(of_table text, of_column text) RETURNS bigint LANGUAGE plpgsql SET search_path FROM CURRENT AS $body$
        DECLARE highest bigint; given bigint;
        BEGIN
          EXECUTE format('SELECT coalesce(max(%I), 0) FROM %I', of_column, of_table) INTO highest;
          INSERT INTO given_numbers AS g (of, last) VALUES (of_table, highest + 1)
          ON CONFLICT (of) DO UPDATE SET last = greatest(g.last, highest) + 1 RETURNING last INTO given;
          RETURN given;
        END $body$;
        """;

    public override DbConnection Open()
    {
        var connection = new NpgsqlConnection(address.Driver());
        try
        {
            connection.Open();
            Demand(connection);
            if (!IsBegun(connection)) Make(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override DbTransaction Begin(DbConnection connection)
    {
        var transaction = connection.BeginTransaction(System.Data.IsolationLevel.ReadCommitted);
        try { connection.Execute("SELECT pg_advisory_xact_lock(hashtextextended(@of, 0))", new { of = "groeilijn/" + address.Schema }, transaction); }
        catch
        {
            transaction.Dispose();
            throw;
        }
        return transaction;
    }

    public override DbParameter Parameter(string name) => new NpgsqlParameter(name, DBNull.Value);

    public override string Spell(string script) => PostgresScript.From(script);

    public override StoreFault? Explain(DbException failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => StoreFault.Full,
        PostgresException { SqlState: PostgresErrorCodes.IoError } => StoreFault.Disk,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => StoreFault.Busy,
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => StoreFault.Server("The PostgreSQL server has no such database.", "Make it (createdb), then try again."),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => StoreFault.Server("The user may not make a schema in this database.", "GRANT CREATE ON DATABASE … TO the user."),
        PostgresException { SqlState: var code } when code.StartsWith("28", StringComparison.Ordinal) => StoreFault.Server("The PostgreSQL server refuses this user.", "Look at its pg_hba.conf, and at the password in ~/.pgpass or PGPASSWORD."),
        PostgresException { SqlState: var code } when code[..2] is "53" or "57" or "58" => StoreFault.Server("The PostgreSQL server could not do the step.", "Look at its log, then do the step again."),
        PostgresException => null,
        _ => StoreFault.Server("The PostgreSQL server does not answer.", "Look whether it runs and whether Host in store.json is right, then do the step again."),
    };

    /// <summary>A server that answers before its disk does is no store of record.</summary>
    static void Demand(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < Oldest) throw new StoreException(StoreFault.Server($"This PostgreSQL server is older than {Oldest}.", "Upgrade it, or use another."), null);
        foreach (var setting in (string[])["fsync", "full_page_writes", "synchronous_commit"])
            if (connection.ExecuteScalar<string>($"SHOW {setting}") != "on") throw new StoreException(StoreFault.Server($"This PostgreSQL server runs with {setting} off, so a power cut loses what it said yes to.", $"Set {setting} = on in postgresql.conf."), null);
    }

    /// <summary>Asked of the catalogue's rows: what a session remembers of names is not renewed by waiting for an advisory lock.</summary>
    bool IsBegun(NpgsqlConnection connection) => connection.ExecuteScalar<long>("SELECT count(*) FROM pg_tables WHERE schemaname = @Schema AND tablename = 'given_numbers'", new { address.Schema }) > 0;

    void Make(NpgsqlConnection connection)
    {
        using var transaction = Begin(connection);
        if (!IsBegun(connection))
        {
            connection.Execute($"CREATE SCHEMA IF NOT EXISTS {address.Schema}", transaction: transaction);
            connection.Execute(Begun, transaction: transaction);
        }
        transaction.Commit();
    }
}
