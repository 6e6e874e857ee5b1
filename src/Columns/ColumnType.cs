using System.Text;

namespace Groeilijn.Columns;

/// <summary>The types that can be read and written; the numbers are the library's.</summary>
public enum ColumnType
{
    Boolean = 1, TinyInt, SmallInt, Integer, BigInt, UTinyInt, USmallInt, UInteger, UBigInt, Float, Double, Timestamp, Date,
    HugeInt = 16, VarChar, Blob, Decimal,
}

/// <summary>A column's name and type, and for DECIMAL the integer type beneath, its digits and its decimals.</summary>
readonly record struct Column(string Name, ColumnType Type, ColumnType Stored, byte Width, byte Scale)
{
    internal static Column Of(string name, TypeHandle type)
    {
        int id = Native.TypeId(type);
        if (!Enum.IsDefined((ColumnType)id))
            throw new ColumnException(ColumnFault.Unsupported, $"column {name} has a type that is not read or written here; cast it to VARCHAR in the statement");
        return (ColumnType)id is ColumnType.Decimal
            ? new(name, ColumnType.Decimal, (ColumnType)Native.DecimalStorage(type), Native.DecimalWidth(type), Native.DecimalScale(type))
            : new(name, (ColumnType)id, (ColumnType)id, 0, 0);
    }

    /// <summary>The .NET type of one element of the column's vector; null for text and blobs, which have no fixed size.</summary>
    internal Type? Element => Stored switch
    {
        ColumnType.Boolean => typeof(bool),
        ColumnType.TinyInt => typeof(sbyte),
        ColumnType.SmallInt => typeof(short),
        ColumnType.Integer or ColumnType.Date => typeof(int),
        ColumnType.BigInt or ColumnType.Timestamp => typeof(long),
        ColumnType.UTinyInt => typeof(byte),
        ColumnType.USmallInt => typeof(ushort),
        ColumnType.UInteger => typeof(uint),
        ColumnType.UBigInt => typeof(ulong),
        ColumnType.HugeInt => typeof(Int128),
        ColumnType.Float => typeof(float),
        ColumnType.Double => typeof(double),
        _ => null,
    };
}

/// <summary>How .NET's values and the library's stored numbers turn into each other.</summary>
static class Storage
{
    static readonly int firstDay = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Text that is no UTF-16 is refused rather than changed.</summary>
    internal static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static int Days(DateOnly date) => date.DayNumber - firstDay;

    internal static DateOnly Date(int days) => DateOnly.FromDayNumber(days + firstDay);

    internal static long Microseconds(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    internal static DateTime Time(long microseconds) => new(DateTime.UnixEpoch.Ticks + microseconds * TimeSpan.TicksPerMicrosecond, DateTimeKind.Unspecified);

    /// <summary>The decimal's digits as a whole number: 12.50 gives 1250.</summary>
    internal static Int128 Unscaled(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Int128 digits = unchecked(((Int128)(uint)bits[2] << 64) | ((Int128)(uint)bits[1] << 32) | (uint)bits[0]);
        return bits[3] < 0 ? -digits : digits;
    }

    /// <summary>The decimal of these digits; throws OverflowException beyond the 28 or 29 digits of .NET's decimal.</summary>
    internal static decimal Scaled(Int128 digits, byte scale)
    {
        UInt128 size = (UInt128)Int128.Abs(digits);
        if (scale > 28 || size >> 96 != 0) throw new OverflowException("The number has more digits than a decimal; cast it to VARCHAR or DOUBLE in the statement.");
        return unchecked(new((int)(uint)size, (int)(uint)(size >> 32), (int)(uint)(size >> 64), digits < 0, scale));
    }

    internal static Int128 PowerOfTen(int exponent)
    {
        Int128 power = 1;
        for (int i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}
