using System.Globalization;

namespace Groeilijn.Columns;

/// <summary>
/// How a database is opened. Extensions are never fetched or loaded by themselves. Locked: moreover no file, network, secret or spilling,
/// and no setting can be changed; for statements that others wrote, together with <see cref="SelectCheck"/> and a process with its own limits.
/// </summary>
public sealed record ColumnOptions
{
    public bool ReadOnly { get; init; }
    public bool Locked { get; init; }
    /// <summary>Such as "2GB"; what the library aims at, no hard limit.</summary>
    public string? MemoryLimit { get; init; }
    public int? Threads { get; init; }

    /// <summary>In the order the library needs: once external access is off, the folder for temporary files cannot be set; once locked, nothing can.</summary>
    internal IEnumerable<(string Name, string Option)> Settings()
    {
        if (ReadOnly) yield return ("access_mode", "READ_ONLY");
        if (MemoryLimit is { } limit) yield return ("memory_limit", limit);
        if (Threads is { } threads) yield return ("threads", threads.ToString(CultureInfo.InvariantCulture));
        yield return ("autoinstall_known_extensions", "false");
        yield return ("autoload_known_extensions", "false");
        yield return ("allow_community_extensions", "false");
        yield return ("allow_persistent_secrets", "false");
        if (!Locked) yield break;
        yield return ("temp_directory", "");
        yield return ("max_temp_directory_size", "0KB");
        yield return ("enable_external_access", "false");
        yield return ("lock_configuration", "true");
    }
}

/// <summary>
/// One DuckDB database with one connection. Used by one thread at a time; only <see cref="Interrupt"/> may come from another.
/// A file is open once for writing, or any number of times for reading.
/// </summary>
public sealed unsafe class ColumnDatabase : IDisposable
{
    internal ConnectionHandle Connection { get; }
    ColumnResult? reading;

    ColumnDatabase(ConnectionHandle connection) => Connection = connection;

    /// <summary>Opens the database in the file at this path, made if absent; without a path one in memory.</summary>
    /// <exception cref="ColumnException">The library or the file is absent, or the file is in use elsewhere.</exception>
    public static ColumnDatabase Open(string? path = null, ColumnOptions? options = null)
    {
        ColumnLibrary.Require();
        options ??= new();
        // A full path cannot be taken for an address or for the name of an extension ("md:…").
        OpenFile? file = path is null ? null : OpenFile.Take(Path.GetFullPath(path), options.ReadOnly);
        try
        {
            return new(Connect(file, options));
        }
        catch
        {
            file?.Close();
            throw;
        }
    }

    static ConnectionHandle Connect(OpenFile? file, ColumnOptions options)
    {
        Native.CreateConfig(out ConfigHandle config);
        using (config)
        {
            foreach ((string name, string option) in options.Settings())
                if (Native.SetConfig(config, name, option) != 0) throw new ColumnException(ColumnFault.Other, $"the library refuses the setting {name}");
            int failed = Native.Open(file?.Path, out DatabaseHandle database, config, out nint error);
            using (database)
            {
                if (failed != 0) throw Opening(error);
                if (Native.Connect(database, out ConnectionHandle connection) != 0) throw new ColumnException(ColumnFault.Other, "the library refuses a connection");
                // The connection keeps its database open, and the file taken until it ends.
                connection.File = file;
                return connection;
            }
        }
    }

    static ColumnException Opening(nint error)
    {
        ColumnException failure = ColumnException.From(error);
        Native.Free(error);
        return failure;
    }

    /// <summary>Runs one statement to its end. Parameters stand in the statement as ? or $1.</summary>
    public void Execute(string sql, params ReadOnlySpan<object?> parameters)
    {
        using StatementHandle statement = Prepare(sql, parameters);
        int failed = Native.Execute(statement, out NativeResult result);
        ColumnException? exception = failed != 0 ? ColumnException.From(Native.ResultError(ref result)) : null;
        Native.DestroyResult(ref result);
        if (exception is not null) throw exception;
    }

    /// <summary>Starts one statement whose rows are read as they come; until they are read or the result is disposed, the database runs nothing else.</summary>
    public ColumnResult Query(string sql, params ReadOnlySpan<object?> parameters) =>
        reading = ColumnResult.Start(Prepare(sql, parameters));

    /// <summary>Reads every row of one statement.</summary>
    public List<T> Query<T>(string sql, Func<ColumnRow, T> read, params ReadOnlySpan<object?> parameters)
    {
        List<T> rows = [];
        using ColumnResult result = Query(sql, parameters);
        foreach (ColumnRow row in result) rows.Add(read(row));
        return rows;
    }

    /// <summary>Appends rows to a table of the main schema, many times faster than INSERT.</summary>
    public ColumnAppender Append(string table)
    {
        ThrowIfReading();
        return new(this, table);
    }

    /// <summary>Ends the statement that now runs, which then throws with fault Interrupt; does nothing if none runs.</summary>
    public void Interrupt() => Native.Interrupt(Connection);

    public void Dispose()
    {
        reading?.Dispose();
        Connection.Dispose();
    }

    internal void ThrowIfReading()
    {
        if (reading is { Ended: false }) throw new InvalidOperationException("An earlier result of this database is still being read; read it to its end or dispose it first.");
    }

    StatementHandle Prepare(string sql, ReadOnlySpan<object?> parameters)
    {
        ThrowIfReading();
        // The library would stop reading there, and run something else than was checked.
        if (sql.Contains('\0')) throw new ColumnException(ColumnFault.Parser, "the statement holds a NUL character");
        int failed = Native.Prepare(Connection, sql, out StatementHandle statement);
        try
        {
            if (failed != 0) throw ColumnException.From(Native.PrepareError(statement));
            ulong wanted = Native.ParameterCount(statement);
            if (wanted != (ulong)parameters.Length) throw new ArgumentException($"The statement has {wanted} parameters and {parameters.Length} were given.", nameof(parameters));
            for (int i = 0; i < parameters.Length; i++)
                if (Bind(statement, (ulong)i + 1, parameters[i]) != 0) throw new ColumnException(ColumnFault.Other, $"the library refuses parameter {i + 1}");
            return statement;
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    static int Bind(StatementHandle statement, ulong index, object? value) => value switch
    {
        null => Native.BindNull(statement, index),
        bool v => Native.BindBoolean(statement, index, v ? (byte)1 : (byte)0),
        sbyte or byte or short or ushort or int => Native.BindInt32(statement, index, Convert.ToInt32(value, CultureInfo.InvariantCulture)),
        uint v => Native.BindInt64(statement, index, v),
        long v => Native.BindInt64(statement, index, v),
        ulong v => Native.BindHugeInt(statement, index, new(v)),
        Int128 v => Native.BindHugeInt(statement, index, new(v)),
        float v => Native.BindFloat(statement, index, v),
        double v => Native.BindDouble(statement, index, v),
        decimal v => Native.BindDecimal(statement, index, new(38, v.Scale, Storage.Unscaled(v))),
        DateOnly v => Native.BindDate(statement, index, Storage.Days(v)),
        DateTime v => Native.BindTimestamp(statement, index, Storage.Microseconds(v)),
        string v => BindText(statement, index, v),
        byte[] v => BindBlob(statement, index, v),
        _ => throw new ArgumentException($"A parameter cannot be of type {value.GetType().Name}."),
    };

    static int BindText(StatementHandle statement, ulong index, string value)
    {
        byte[] bytes = Storage.Utf8.GetBytes(value);
        fixed (byte* text = bytes) return Native.BindText(statement, index, text, (ulong)bytes.Length);
    }

    static int BindBlob(StatementHandle statement, ulong index, byte[] value)
    {
        fixed (byte* bytes = value) return Native.BindBlob(statement, index, bytes, (ulong)value.Length);
    }
}
