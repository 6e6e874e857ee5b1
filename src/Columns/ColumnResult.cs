using System.Runtime.InteropServices;

namespace Groeilijn.Columns;

/// <summary>
/// The rows of a statement, read as they come: by chunk of at most 2,048 rows with the columns as spans (<see cref="NextChunk"/>,
/// <see cref="Values{T}"/>), or row by row with foreach. A span or row holds until the next chunk or Dispose.
/// </summary>
public sealed unsafe class ColumnResult : IDisposable
{
    readonly StatementHandle statement;
    readonly Column[] columns;
    readonly byte*[] data;
    readonly ulong*[] validity;
    NativeResult result;
    ChunkHandle? chunk;

    internal static ColumnResult Start(StatementHandle statement)
    {
        try
        {
            int failed = Native.PrepareStream(statement, out PendingHandle pending);
            using (pending)
            {
                if (failed != 0) throw ColumnException.From(Native.PendingError(pending));
                failed = Native.ExecutePending(pending, out NativeResult result);
                try
                {
                    if (failed != 0) throw ColumnException.From(Native.ResultError(ref result));
                    return new(statement, result);
                }
                catch
                {
                    Native.DestroyResult(ref result);
                    throw;
                }
            }
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    ColumnResult(StatementHandle statement, NativeResult result)
    {
        columns = new Column[Native.ColumnCount(ref result)];
        for (int i = 0; i < columns.Length; i++)
        {
            using TypeHandle type = Native.ColumnType(ref result, (ulong)i);
            columns[i] = Column.Of(Marshal.PtrToStringUTF8(Native.ColumnName(ref result, (ulong)i)) ?? "", type);
        }
        data = new byte*[columns.Length];
        validity = new ulong*[columns.Length];
        Names = [.. columns.Select(c => c.Name)];
        Types = [.. columns.Select(c => c.Type)];
        (this.statement, this.result) = (statement, result);
    }

    public IReadOnlyList<string> Names { get; }
    public IReadOnlyList<ColumnType> Types { get; }

    /// <summary>Rows in the present chunk; 0 before the first and after the last.</summary>
    public int Rows { get; private set; }

    internal bool Ended { get; private set; }

    /// <summary>Goes to the next chunk; false after the last.</summary>
    /// <exception cref="ColumnException">The statement failed in its course or was interrupted.</exception>
    public bool NextChunk()
    {
        if (Ended) return false;
        Release();
        chunk = Native.FetchChunk(result);
        if (chunk.IsInvalid)
        {
            ColumnException? failure = Native.ResultError(ref result) is not 0 and nint text ? ColumnException.From(text) : null;
            Dispose();
            return failure is null ? false : throw failure;
        }
        for (int i = 0; i < columns.Length; i++)
        {
            nint vector = Native.Vector(chunk, (ulong)i);
            data[i] = Native.VectorData(vector);
            validity[i] = Native.VectorValidity(vector);
        }
        Rows = checked((int)Native.ChunkSize(chunk));
        return true;
    }

    /// <summary>
    /// The column's elements in this chunk as stored: bool, sbyte … ulong, Int128, float, double; DATE as int days and TIMESTAMP as long
    /// microseconds since 1970, DECIMAL as its digits in an integer. Where <see cref="IsNull"/> holds, the element means nothing.
    /// </summary>
    public ReadOnlySpan<T> Values<T>(int column) where T : unmanaged
    {
        if (columns[column].Element != typeof(T)) throw Mistaken(column, typeof(T).Name);
        return new(Rows == 0 ? null : data[column], Rows);
    }

    public bool IsNull(int column, int row)
    {
        ulong* valid = validity[column];
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unchecked((uint)row), (uint)Rows, nameof(row));
        return valid != null && (valid[row >> 6] >> (row & 63) & 1) == 0;
    }

    /// <summary>The bytes of a text (UTF-8) or blob.</summary>
    public ReadOnlySpan<byte> Bytes(int column, int row)
    {
        if (columns[column].Type is not (ColumnType.VarChar or ColumnType.Blob)) throw Mistaken(column, "text or a blob");
        // duckdb_string_t: a length, then either twelve bytes of content or a prefix of four and a pointer.
        byte* element = At(column, row, 16);
        int length = *(int*)element;
        return new(length <= 12 ? element + 4 : *(byte**)(element + 8), length);
    }

    public ColumnRow Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unchecked((uint)row), (uint)Rows, nameof(row));
        return new(this, row);
    }

    public RowEnumerator GetEnumerator() => new(this);

    public void Dispose()
    {
        if (Ended) return;
        Ended = true;
        Release();
        Native.DestroyResult(ref result);
        statement.Dispose();
    }

    void Release()
    {
        Rows = 0;
        chunk?.Dispose();
        chunk = null;
    }

    internal Column Described(int column) => columns[column];

    internal T Value<T>(int column, int row) where T : unmanaged => *(T*)At(column, row, sizeof(T));

    byte* At(int column, int row, int size)
    {
        if (IsNull(column, row)) throw new InvalidOperationException($"Column {columns[column].Name} is null in this row; ask IsNull first.");
        return data[column] + (nint)row * size;
    }

    internal InvalidCastException Mistaken(int column, string wanted) =>
        new($"Column {columns[column].Name} is {columns[column].Type} and cannot be read as {wanted}; cast it in the statement.");

    /// <summary>Every row of every chunk.</summary>
    public ref struct RowEnumerator(ColumnResult result)
    {
        int row = -1;

        public readonly ColumnRow Current => new(result, row);

        public bool MoveNext()
        {
            if (++row < result.Rows) return true;
            row = 0;
            // A chunk may be empty before the last.
            while (result.NextChunk()) if (result.Rows > 0) return true;
            return false;
        }
    }
}
