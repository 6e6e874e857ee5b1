using System.Text.RegularExpressions;
using Npgsql;

namespace Groeilijn.Storage;

/// <summary>
/// Where a home keeps its store on a PostgreSQL server: the connection, without a password, and a schema of its own, so that one server holds
/// several homes. The password comes from <c>~/.pgpass</c>, PGPASSFILE or PGPASSWORD; from another computer the server must show a certificate.
/// </summary>
public sealed partial record PostgresAddress
{
    PostgresAddress(string connection, string schema) => (Connection, Schema) = (connection, schema);

    /// <summary>The connection text, <c>Host=/var/run/postgresql;Database=office;Username=office</c>.</summary>
    public string Connection { get; }

    /// <summary>The schema, <c>office_1f2e3d4c</c>.</summary>
    public string Schema { get; }

    /// <summary>Reads a connection text and a schema; says what is wrong in words.</summary>
    /// <exception cref="FormatException">It is no connection text, holds a password, or lacks host, database or user.</exception>
    public static PostgresAddress Parse(string connection, string schema)
    {
        var said = Read(connection);
        if (!string.IsNullOrEmpty(said.Password)) throw new FormatException("A password has no place in the connection: put it in ~/.pgpass (mode 600) or in PGPASSWORD.");
        if (string.IsNullOrEmpty(said.Host) || string.IsNullOrEmpty(said.Database) || string.IsNullOrEmpty(said.Username))
            throw new FormatException("A connection names Host, Database and Username: Host=/var/run/postgresql;Database=office;Username=office.");
        if (!PlainSchema().IsMatch(schema)) throw new FormatException("A schema is small letters, digits and underscores, and starts with a letter.");
        return new PostgresAddress(connection, schema);
    }

    /// <summary>What the driver gets: nothing pooled, no values in messages, a certificate from any other computer, commits that wait for the disk.</summary>
    internal string Driver()
    {
        var text = Read(Connection);
        (text.Pooling, text.IncludeErrorDetail, text.LogParameters, text.MaxAutoPrepare) = (false, false, false, 32);
        (text.SearchPath, text.Options) = (Schema, "-c synchronous_commit=on -c lock_timeout=30s -c client_min_messages=warning");
        text.ApplicationName = "groeilijn";
        if (!IsHere(text.Host!) && text.SslMode != SslMode.VerifyCA) text.SslMode = SslMode.VerifyFull;
        return text.ToString();
    }

    static bool IsHere(string host) => host.Split(',').All(one => one.StartsWith('/') || one is "localhost" or "127.0.0.1" or "::1");

    static NpgsqlConnectionStringBuilder Read(string connection)
    {
        try { return new NpgsqlConnectionStringBuilder(connection); }
        catch (Exception wrong) when (wrong is ArgumentException or KeyNotFoundException or FormatException)
        {
            throw new FormatException("This is no connection to PostgreSQL: Host=/var/run/postgresql;Database=office;Username=office.");
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,50}\z")] private static partial Regex PlainSchema();
}
