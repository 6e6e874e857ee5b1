using System.Globalization;

namespace Groeilijn.Columns;

/// <summary>
/// One row, read by column number from 0. A getter refuses a null (InvalidOperationException) and a column of another kind
/// (InvalidCastException); a whole number that does not fit gives OverflowException, never another number.
/// </summary>
public readonly ref struct ColumnRow
{
    readonly ColumnResult result;
    readonly int row;

    internal ColumnRow(ColumnResult result, int row) => (this.result, this.row) = (result, row);

    public int Count => result.Names.Count;

    public bool IsNull(int column) => result.IsNull(column, row);

    public bool GetBoolean(int column) => result.Described(column).Type is ColumnType.Boolean ? result.Value<bool>(column, row) : throw result.Mistaken(column, "a boolean");

    public int GetInt32(int column) => checked((int)GetInt128(column));

    public long GetInt64(int column) => checked((long)GetInt128(column));

    /// <summary>Any whole number; sums of integers are HUGEINT.</summary>
    public Int128 GetInt128(int column) => result.Described(column).Type is ColumnType.Decimal ? throw result.Mistaken(column, "a whole number") : Digits(column);

    /// <summary>Any number.</summary>
    public double GetDouble(int column) => result.Described(column) switch
    {
        { Type: ColumnType.Double } => result.Value<double>(column, row),
        { Type: ColumnType.Float } => result.Value<float>(column, row),
        // One division of two exact numbers rounds once, up to 15 digits.
        { Type: ColumnType.Decimal, Scale: byte scale } => (double)Digits(column) / (double)Storage.PowerOfTen(scale),
        _ => (double)Digits(column),
    };

    /// <summary>A DECIMAL or any whole number.</summary>
    public decimal GetDecimal(int column) => Storage.Scaled(Digits(column), result.Described(column).Scale);

    public string GetString(int column) => result.Described(column).Type is ColumnType.VarChar ? Storage.Utf8.GetString(result.Bytes(column, row)) : throw result.Mistaken(column, "text");

    public byte[] GetBlob(int column) => result.Described(column).Type is ColumnType.Blob ? result.Bytes(column, row).ToArray() : throw result.Mistaken(column, "a blob");

    public DateOnly GetDate(int column) => result.Described(column).Type is ColumnType.Date ? Storage.Date(result.Value<int>(column, row)) : throw result.Mistaken(column, "a date");

    /// <summary>A TIMESTAMP, which has no time zone.</summary>
    public DateTime GetTimestamp(int column) => result.Described(column).Type is ColumnType.Timestamp ? Storage.Time(result.Value<long>(column, row)) : throw result.Mistaken(column, "a timestamp");

    /// <summary>Any value as text that does not depend on the culture; null as "", a blob in hexadecimal digits.</summary>
    public string Text(int column) => IsNull(column) ? "" : result.Described(column) switch
    {
        { Type: ColumnType.VarChar } => GetString(column),
        { Type: ColumnType.Boolean } => GetBoolean(column) ? "true" : "false",
        { Type: ColumnType.Date } => GetDate(column).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        { Type: ColumnType.Timestamp } => GetTimestamp(column).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        { Type: ColumnType.Blob } => Convert.ToHexStringLower(result.Bytes(column, row)),
        { Type: ColumnType.Double } => result.Value<double>(column, row).ToString("R", CultureInfo.InvariantCulture),
        { Type: ColumnType.Float } => result.Value<float>(column, row).ToString("R", CultureInfo.InvariantCulture),
        { Scale: > 0 and byte scale } => Pointed(Digits(column), scale),
        _ => Digits(column).ToString(CultureInfo.InvariantCulture),
    };

    static string Pointed(Int128 digits, int scale)
    {
        string whole = Int128.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(digits < 0 ? "-" : "")}{whole[..^scale]}.{whole[^scale..]}";
    }

    Int128 Digits(int column) => result.Described(column).Stored switch
    {
        ColumnType.TinyInt => result.Value<sbyte>(column, row),
        ColumnType.SmallInt => result.Value<short>(column, row),
        ColumnType.Integer => result.Value<int>(column, row),
        ColumnType.BigInt => result.Value<long>(column, row),
        ColumnType.UTinyInt => result.Value<byte>(column, row),
        ColumnType.USmallInt => result.Value<ushort>(column, row),
        ColumnType.UInteger => result.Value<uint>(column, row),
        ColumnType.UBigInt => result.Value<ulong>(column, row),
        ColumnType.HugeInt => result.Value<Int128>(column, row),
        _ => throw result.Mistaken(column, "a number"),
    };
}
