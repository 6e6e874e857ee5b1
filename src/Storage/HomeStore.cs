using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Groeilijn.Delivery;

namespace Groeilijn.Storage;

/// <summary>
/// Where a home has its store: a SQLite file in its folder, or, when <c>store.json</c> stands there, a schema on a PostgreSQL server.
/// The file says which; it comes last when a home is made, and holds no password.
/// </summary>
public static class HomeStore
{
    const string FileName = "store.json", Format = "groeilijn-store/1";

    /// <summary>Whether the home has a store.</summary>
    /// <param name="folder">The home's folder.</param>
    /// <param name="file">The name of its SQLite file, <c>office.db</c>.</param>
    public static bool Exists(string folder, string file) => File.Exists(Path.Combine(folder, file)) || File.Exists(Path.Combine(folder, FileName));

    /// <summary>Opens the home's store, wherever it is.</summary>
    /// <exception cref="StoreException">The store cannot be reached, or its file is damaged; the message says what to do.</exception>
    public static Database Open(string folder, string file, params Assembly[] scripts) =>
        Address(folder) is { } address ? Database.Open(address, scripts) : Database.Open(Path.Combine(folder, file), scripts);

    /// <summary>Where on PostgreSQL the home has its store; null when it is the SQLite file.</summary>
    public static PostgresAddress? Address(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return null;
        try
        {
            var said = JsonSerializer.Deserialize<Said>(File.ReadAllText(path));
            if (said is { format: Format, postgres: { } connection, schema: { } schema }) return PostgresAddress.Parse(connection, schema);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException) { }
        throw new StoreException(StoreFault.Server($"{FileName} in the home does not say where the store is.", "Restore it from a copy of the home."), null);
    }

    /// <summary>A new schema for a home on a server, named after its room with eight chance figures.</summary>
    /// <exception cref="FormatException">The connection is not right; the message says how.</exception>
    public static PostgresAddress NewAddress(string room, string connection) => PostgresAddress.Parse(connection, $"{room}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    /// <summary>What is wrong with a connection to PostgreSQL, and what to do; null when nothing is.</summary>
    public static string? Fault(string connection)
    {
        try { NewAddress("home", connection); }
        catch (FormatException wrong) { return wrong.Message; }
        return null;
    }

    /// <summary>Says in the home's folder that its store is on a server: from here on the home exists.</summary>
    public static void Keep(string folder, PostgresAddress address) =>
        DurableFile.WriteSecret(Path.Combine(folder, FileName), [.. JsonSerializer.SerializeToUtf8Bytes(new Said(Format, address.Connection, address.Schema)), (byte)'\n']);

    [SuppressMessage("Style", "IDE1006", Justification = "The names are those of the file.")]
    sealed record Said(string? format, string? postgres, string? schema);
}
