using System.Buffers;

namespace Groeilijn.Columns;

/// <summary>
/// Appends rows to one table: a value for each column in turn, then <see cref="EndRow"/>; at the end <see cref="Complete"/>. Rows go to
/// the table in portions, each for good; where a part may not remain, begin a transaction first. Dispose does what Complete does,
/// unless an append failed: then it leaves what has not yet gone to the table.
/// </summary>
public sealed unsafe class ColumnAppender : IDisposable
{
    readonly ColumnDatabase database;
    readonly string table;
    readonly AppenderHandle appender;
    readonly ChunkHandle chunk;
    readonly Column[] columns;
    readonly nint[] vectors;
    readonly byte*[] data;
    readonly int capacity = (int)Native.VectorSize();
    int row, column;
    bool inRow, ended;

    internal ColumnAppender(ColumnDatabase database, string table)
    {
        (this.database, this.table) = (database, table);
        int failed = Native.CreateAppender(database.Connection, null, table, out appender);
        chunk = new();
        try
        {
            if (failed != 0) throw ColumnException.From(Native.AppenderError(appender));
            columns = new Column[Native.AppenderColumnCount(appender)];
            vectors = new nint[columns.Length];
            data = new byte*[columns.Length];
            chunk = Describe();
            Refresh();
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <summary>A null.</summary>
    public void AppendNull()
    {
        Open();
        Native.MakeValidityWritable(vectors[column]);
        Native.VectorValidity(vectors[column])[row >> 6] &= ~(1UL << (row & 63));
        column++;
    }

    public void Append(bool value)
    {
        if (Open().Type is not ColumnType.Boolean) throw Mistaken("a boolean");
        Put(value);
    }

    public void Append(int value) => Append((long)value);

    /// <summary>Into a column of whole numbers, DECIMAL or DOUBLE.</summary>
    public void Append(long value)
    {
        Column c = Open();
        if (c.Type is ColumnType.Double) Put((double)value);
        else if (c.Type is ColumnType.Decimal) PutDecimal(c, value, 0);
        else PutWhole(c, value);
    }

    public void Append(double value)
    {
        ColumnType type = Open().Type;
        if (type is ColumnType.Double) Put(value);
        else if (type is ColumnType.Float) Put((float)value);
        else throw Mistaken("a floating number");
    }

    public void Append(decimal value)
    {
        Column c = Open();
        if (c.Type is not ColumnType.Decimal) throw Mistaken("a decimal");
        PutDecimal(c, Storage.Unscaled(value), value.Scale);
    }

    public void Append(DateOnly value)
    {
        if (Open().Type is not ColumnType.Date) throw Mistaken("a date");
        Put(Storage.Days(value));
    }

    /// <summary>Into a TIMESTAMP, without a time zone, to the microsecond.</summary>
    public void Append(DateTime value)
    {
        if (Open().Type is not ColumnType.Timestamp) throw Mistaken("a timestamp");
        Put(Storage.Microseconds(value));
    }

    public void Append(string? value)
    {
        if (value is null) AppendNull();
        else
        {
            if (Open().Type is not ColumnType.VarChar) throw Mistaken("text");
            byte[]? rented = null;
            Span<byte> room = value.Length <= 128 ? stackalloc byte[384] : rented = ArrayPool<byte>.Shared.Rent(Storage.Utf8.GetMaxByteCount(value.Length));
            PutBytes(room[..Storage.Utf8.GetBytes(value, room)]);
            // The room is shared with everybody and may have held a name.
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    public void AppendBlob(ReadOnlySpan<byte> value)
    {
        if (Open().Type is not ColumnType.Blob) throw Mistaken("a blob");
        PutBytes(value);
    }

    public void EndRow()
    {
        ObjectDisposedException.ThrowIf(ended, this);
        if (column != columns.Length) throw new InvalidOperationException($"Table {table} has {columns.Length} columns and the row has {column}.");
        (column, inRow) = (0, false);
        if (++row == capacity) Flush();
    }

    /// <summary>Brings every row into the table.</summary>
    /// <exception cref="ColumnException">A row breaks a constraint; the rows since the last portion are not in the table.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(ended, this);
        if (inRow) throw new InvalidOperationException($"The last row for table {table} has no end.");
        Flush();
        if (Native.CloseAppender(appender) != 0) throw Failed();
        Release();
    }

    public void Dispose()
    {
        // In the middle of a row an exception is on its way up; it is the one to be seen.
        if (ended || inRow) Release();
        else Complete();
    }

    ChunkHandle Describe()
    {
        TypeHandle[] types = [.. columns.Select((_, i) => Native.AppenderColumnType(appender, (ulong)i))];
        try
        {
            for (int i = 0; i < columns.Length; i++) columns[i] = Column.Of($"{i + 1} of table {table}", types[i]);
            fixed (nint* all = types.Select(t => t.DangerousGetHandle()).ToArray()) return Native.CreateChunk(all, (ulong)columns.Length);
        }
        finally
        {
            foreach (TypeHandle type in types) type.Dispose();
        }
    }

    void Refresh()
    {
        for (int i = 0; i < columns.Length; i++)
        {
            vectors[i] = Native.Vector(chunk, (ulong)i);
            data[i] = Native.VectorData(vectors[i]);
        }
    }

    void Flush()
    {
        if (row == 0) return;
        database.ThrowIfReading();
        Native.SetChunkSize(chunk, (ulong)row);
        if (Native.AppendChunk(appender, chunk) != 0) throw Failed();
        Native.ResetChunk(chunk);
        Refresh();
        row = 0;
    }

    ColumnException Failed()
    {
        ColumnException failure = ColumnException.From(Native.AppenderError(appender));
        Release();
        return failure;
    }

    void Release()
    {
        if (!ended && !appender.IsInvalid) Native.ClearAppender(appender);
        ended = true;
        chunk.Dispose();
        appender.Dispose();
    }

    Column Open()
    {
        ObjectDisposedException.ThrowIf(ended, this);
        inRow = true;
        return column < columns.Length ? columns[column] : throw new InvalidOperationException($"Table {table} has {columns.Length} columns; end the row first.");
    }

    void Put<T>(T value) where T : unmanaged => ((T*)data[column++])[row] = value;

    void PutBytes(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes) Native.AssignText(vectors[column++], (ulong)row, first, (ulong)bytes.Length);
    }

    void PutDecimal(Column c, Int128 digits, int scale)
    {
        Int128 wider = Storage.PowerOfTen(Math.Max(0, c.Scale - scale)), narrower = Storage.PowerOfTen(Math.Max(0, scale - c.Scale));
        (Int128 stored, Int128 rest) = Int128.DivRem(digits * wider, narrower);
        if (rest != 0 || Int128.Abs(stored) >= Storage.PowerOfTen(c.Width)) throw Unfit(c);
        PutWhole(c, stored);
    }

    void PutWhole(Column c, Int128 value)
    {
        try
        {
            switch (c.Stored)
            {
                case ColumnType.TinyInt: Put(checked((sbyte)value)); break;
                case ColumnType.SmallInt: Put(checked((short)value)); break;
                case ColumnType.Integer: Put(checked((int)value)); break;
                case ColumnType.BigInt: Put(checked((long)value)); break;
                case ColumnType.UTinyInt: Put(checked((byte)value)); break;
                case ColumnType.USmallInt: Put(checked((ushort)value)); break;
                case ColumnType.UInteger: Put(checked((uint)value)); break;
                case ColumnType.UBigInt: Put(checked((ulong)value)); break;
                case ColumnType.HugeInt: Put(value); break;
                default: throw Mistaken("a whole number");
            }
        }
        catch (OverflowException)
        {
            throw Unfit(c);
        }
    }

    static ColumnException Unfit(Column c) => new(ColumnFault.Conversion, $"a number does not fit column {c.Name} ({c.Type})");

    InvalidCastException Mistaken(string what) => new($"Column {columns[column].Name} is {columns[column].Type} and does not take {what}.");
}
