using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Groeilijn.Columns;

/// <summary>
/// The part of DuckDB's C interface (duckdb.h, 1.5) that Columns uses, name by name; nothing else here calls native code.
/// A call that can fail returns 0 for success. Text goes in and out as UTF-8; names are the header's without "duckdb_".
/// </summary>
static unsafe partial class Native
{
    const string Duck = "duckdb";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == Duck && ColumnLibrary.Find() is { } file ? NativeLibrary.Load(file) : 0;

    // Opening
    [LibraryImport(Duck, EntryPoint = "duckdb_library_version")] internal static partial nint LibraryVersion();
    [LibraryImport(Duck, EntryPoint = "duckdb_create_config")] internal static partial int CreateConfig(out ConfigHandle config);
    [LibraryImport(Duck, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)] internal static partial int SetConfig(ConfigHandle config, string name, string option);
    [LibraryImport(Duck, EntryPoint = "duckdb_destroy_config")] internal static partial void DestroyConfig(ref nint config);
    [LibraryImport(Duck, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)] internal static partial int Open(string? path, out DatabaseHandle database, ConfigHandle config, out nint error);
    [LibraryImport(Duck, EntryPoint = "duckdb_close")] internal static partial void Close(ref nint database);
    [LibraryImport(Duck, EntryPoint = "duckdb_connect")] internal static partial int Connect(DatabaseHandle database, out ConnectionHandle connection);
    [LibraryImport(Duck, EntryPoint = "duckdb_interrupt")] internal static partial void Interrupt(ConnectionHandle connection);
    [LibraryImport(Duck, EntryPoint = "duckdb_disconnect")] internal static partial void Disconnect(ref nint connection);
    [LibraryImport(Duck, EntryPoint = "duckdb_free")] internal static partial void Free(nint memory);

    // Statements
    [LibraryImport(Duck, EntryPoint = "duckdb_prepare", StringMarshalling = StringMarshalling.Utf8)] internal static partial int Prepare(ConnectionHandle connection, string sql, out StatementHandle statement);
    [LibraryImport(Duck, EntryPoint = "duckdb_prepare_error")] internal static partial nint PrepareError(StatementHandle statement);
    [LibraryImport(Duck, EntryPoint = "duckdb_nparams")] internal static partial ulong ParameterCount(StatementHandle statement);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_null")] internal static partial int BindNull(StatementHandle statement, ulong index);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_boolean")] internal static partial int BindBoolean(StatementHandle statement, ulong index, byte value);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_int32")] internal static partial int BindInt32(StatementHandle statement, ulong index, int value);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_int64")] internal static partial int BindInt64(StatementHandle statement, ulong index, long value);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_hugeint")] internal static partial int BindHugeInt(StatementHandle statement, ulong index, NativeHugeInt value);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_decimal")] internal static partial int BindDecimal(StatementHandle statement, ulong index, NativeDecimal value);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_float")] internal static partial int BindFloat(StatementHandle statement, ulong index, float value);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_double")] internal static partial int BindDouble(StatementHandle statement, ulong index, double value);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_date")] internal static partial int BindDate(StatementHandle statement, ulong index, int days);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_timestamp")] internal static partial int BindTimestamp(StatementHandle statement, ulong index, long microseconds);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_varchar_length")] internal static partial int BindText(StatementHandle statement, ulong index, byte* text, ulong length);
    [LibraryImport(Duck, EntryPoint = "duckdb_bind_blob")] internal static partial int BindBlob(StatementHandle statement, ulong index, byte* bytes, ulong length);
    [LibraryImport(Duck, EntryPoint = "duckdb_execute_prepared")] internal static partial int Execute(StatementHandle statement, out NativeResult result);
    [LibraryImport(Duck, EntryPoint = "duckdb_pending_prepared_streaming")] internal static partial int PrepareStream(StatementHandle statement, out PendingHandle pending);
    [LibraryImport(Duck, EntryPoint = "duckdb_pending_error")] internal static partial nint PendingError(PendingHandle pending);
    [LibraryImport(Duck, EntryPoint = "duckdb_execute_pending")] internal static partial int ExecutePending(PendingHandle pending, out NativeResult result);
    [LibraryImport(Duck, EntryPoint = "duckdb_destroy_pending")] internal static partial void DestroyPending(ref nint pending);
    [LibraryImport(Duck, EntryPoint = "duckdb_destroy_prepare")] internal static partial void DestroyStatement(ref nint statement);

    // Results
    [LibraryImport(Duck, EntryPoint = "duckdb_result_error")] internal static partial nint ResultError(ref NativeResult result);
    [LibraryImport(Duck, EntryPoint = "duckdb_column_count")] internal static partial ulong ColumnCount(ref NativeResult result);
    [LibraryImport(Duck, EntryPoint = "duckdb_column_name")] internal static partial nint ColumnName(ref NativeResult result, ulong column);
    [LibraryImport(Duck, EntryPoint = "duckdb_column_logical_type")] internal static partial TypeHandle ColumnType(ref NativeResult result, ulong column);
    [LibraryImport(Duck, EntryPoint = "duckdb_fetch_chunk")] internal static partial ChunkHandle FetchChunk(NativeResult result);
    [LibraryImport(Duck, EntryPoint = "duckdb_destroy_result")] internal static partial void DestroyResult(ref NativeResult result);

    // Types
    [LibraryImport(Duck, EntryPoint = "duckdb_get_type_id")] internal static partial int TypeId(TypeHandle type);
    [LibraryImport(Duck, EntryPoint = "duckdb_decimal_internal_type")] internal static partial int DecimalStorage(TypeHandle type);
    [LibraryImport(Duck, EntryPoint = "duckdb_decimal_scale")] internal static partial byte DecimalScale(TypeHandle type);
    [LibraryImport(Duck, EntryPoint = "duckdb_decimal_width")] internal static partial byte DecimalWidth(TypeHandle type);
    [LibraryImport(Duck, EntryPoint = "duckdb_destroy_logical_type")] internal static partial void DestroyType(ref nint type);

    // Chunks of up to VectorSize rows
    [LibraryImport(Duck, EntryPoint = "duckdb_vector_size")] internal static partial ulong VectorSize();
    [LibraryImport(Duck, EntryPoint = "duckdb_create_data_chunk")] internal static partial ChunkHandle CreateChunk(nint* types, ulong columns);
    [LibraryImport(Duck, EntryPoint = "duckdb_data_chunk_reset")] internal static partial void ResetChunk(ChunkHandle chunk);
    [LibraryImport(Duck, EntryPoint = "duckdb_data_chunk_get_size")] internal static partial ulong ChunkSize(ChunkHandle chunk);
    [LibraryImport(Duck, EntryPoint = "duckdb_data_chunk_set_size")] internal static partial void SetChunkSize(ChunkHandle chunk, ulong rows);
    [LibraryImport(Duck, EntryPoint = "duckdb_data_chunk_get_vector")] internal static partial nint Vector(ChunkHandle chunk, ulong column);
    [LibraryImport(Duck, EntryPoint = "duckdb_vector_get_data")] internal static partial byte* VectorData(nint vector);
    [LibraryImport(Duck, EntryPoint = "duckdb_vector_get_validity")] internal static partial ulong* VectorValidity(nint vector);
    [LibraryImport(Duck, EntryPoint = "duckdb_vector_ensure_validity_writable")] internal static partial void MakeValidityWritable(nint vector);
    [LibraryImport(Duck, EntryPoint = "duckdb_vector_assign_string_element_len")] internal static partial void AssignText(nint vector, ulong row, byte* text, ulong length);
    [LibraryImport(Duck, EntryPoint = "duckdb_destroy_data_chunk")] internal static partial void DestroyChunk(ref nint chunk);

    // Appending
    [LibraryImport(Duck, EntryPoint = "duckdb_appender_create", StringMarshalling = StringMarshalling.Utf8)] internal static partial int CreateAppender(ConnectionHandle connection, string? schema, string table, out AppenderHandle appender);
    [LibraryImport(Duck, EntryPoint = "duckdb_appender_error_data")] internal static partial ErrorHandle AppenderError(AppenderHandle appender);
    [LibraryImport(Duck, EntryPoint = "duckdb_error_data_error_type")] internal static partial int ErrorType(ErrorHandle error);
    [LibraryImport(Duck, EntryPoint = "duckdb_error_data_message")] internal static partial nint ErrorMessage(ErrorHandle error);
    [LibraryImport(Duck, EntryPoint = "duckdb_destroy_error_data")] internal static partial void DestroyError(ref nint error);
    [LibraryImport(Duck, EntryPoint = "duckdb_appender_column_count")] internal static partial ulong AppenderColumnCount(AppenderHandle appender);
    [LibraryImport(Duck, EntryPoint = "duckdb_appender_column_type")] internal static partial TypeHandle AppenderColumnType(AppenderHandle appender, ulong column);
    [LibraryImport(Duck, EntryPoint = "duckdb_append_data_chunk")] internal static partial int AppendChunk(AppenderHandle appender, ChunkHandle chunk);
    [LibraryImport(Duck, EntryPoint = "duckdb_appender_clear")] internal static partial int ClearAppender(AppenderHandle appender);
    [LibraryImport(Duck, EntryPoint = "duckdb_appender_close")] internal static partial int CloseAppender(AppenderHandle appender);
    [LibraryImport(Duck, EntryPoint = "duckdb_appender_destroy")] internal static partial int DestroyAppender(ref nint appender);
}

/// <summary>duckdb_result: six words, passed by value to duckdb_fetch_chunk.</summary>
#pragma warning disable CS0169, CS0649, IDE0051, IDE0044, CA1823 // The library alone fills and reads it.
struct NativeResult { long a, b, c; nint d, e, f; }
#pragma warning restore CS0169, CS0649, IDE0051, IDE0044, CA1823

/// <summary>duckdb_hugeint.</summary>
readonly struct NativeHugeInt(Int128 value) { readonly ulong lower = unchecked((ulong)value); readonly long upper = (long)(value >> 64); }

/// <summary>duckdb_decimal.</summary>
readonly struct NativeDecimal(byte width, byte scale, Int128 value) { readonly byte width = width, scale = scale; readonly NativeHugeInt value = new(value); }

abstract class NativeHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;
}

sealed class ConfigHandle : NativeHandle { protected override bool ReleaseHandle() { Native.DestroyConfig(ref handle); return true; } }
sealed class DatabaseHandle : NativeHandle { protected override bool ReleaseHandle() { Native.Close(ref handle); return true; } }
sealed class ConnectionHandle : NativeHandle
{
    internal OpenFile? File { get; set; }
    protected override bool ReleaseHandle() { Native.Disconnect(ref handle); File?.Close(); return true; }
}
sealed class StatementHandle : NativeHandle { protected override bool ReleaseHandle() { Native.DestroyStatement(ref handle); return true; } }
sealed class PendingHandle : NativeHandle { protected override bool ReleaseHandle() { Native.DestroyPending(ref handle); return true; } }
sealed class ErrorHandle : NativeHandle { protected override bool ReleaseHandle() { Native.DestroyError(ref handle); return true; } }
sealed class TypeHandle : NativeHandle { protected override bool ReleaseHandle() { Native.DestroyType(ref handle); return true; } }
sealed class ChunkHandle : NativeHandle { protected override bool ReleaseHandle() { Native.DestroyChunk(ref handle); return true; } }
sealed class AppenderHandle : NativeHandle { protected override bool ReleaseHandle() => Native.DestroyAppender(ref handle) == 0; }
