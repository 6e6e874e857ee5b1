using System.Text;

namespace Groeilijn.Testland;

/// <summary>Text in the making, as UTF-8 without byte order mark, in a buffer that is used again and again.</summary>
sealed class Utf8Text
{
    byte[] _bytes = new byte[1 << 18];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    internal void Clear() => Length = 0;

    internal Utf8Text Put(ReadOnlySpan<byte> literal)
    {
        literal.CopyTo(Room(literal.Length));
        Length += literal.Length;
        return this;
    }

    internal Utf8Text Put(ReadOnlySpan<char> text)
    {
        var room = Room(text.Length * 3);
        Length += Encoding.UTF8.GetBytes(text, room);
        return this;
    }

    internal Utf8Text Put(char ascii)
    {
        Room(1)[0] = (byte)ascii;
        Length++;
        return this;
    }

    internal Utf8Text Put(int number)
    {
        var done = number.TryFormat(Room(12), out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
        System.Diagnostics.Debug.Assert(done);
        Length += written;
        return this;
    }

    /// <summary>A number of exactly <paramref name="digits"/> digits.</summary>
    internal Utf8Text Put(int number, int digits)
    {
        var room = Room(digits);
        for (var i = digits - 1; i >= 0; i--, number /= 10) room[i] = (byte)('0' + number % 10);
        Length += digits;
        return this;
    }

    /// <summary>yyyy-mm-dd.</summary>
    internal Utf8Text Put(DateOnly day) => Put(day.Year, 4).Put('-').Put(day.Month, 2).Put('-').Put(day.Day, 2);

    internal Utf8Text PutDay(int dayNumber) => Put(DateOnly.FromDayNumber(dayNumber));

    /// <summary>Tenths as a decimal with a point.</summary>
    internal Utf8Text PutTenths(int tenths)
    {
        if (tenths < 0) Put('-');
        return Put(Math.Abs(tenths) / 10).Put('.').Put(Math.Abs(tenths) % 10);
    }

    /// <summary>A cell of a comma-separated file, quoted when it must be.</summary>
    internal Utf8Text PutCell(string text) =>
        text.AsSpan().ContainsAny(",;\"\n") ? Put('"').Put(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Put('"') : Put(text);

    /// <summary>Text inside an element or attribute.</summary>
    internal Utf8Text PutXml(string text) =>
        Put(text.AsSpan().ContainsAny("&<>\"") ? System.Security.SecurityElement.Escape(text) : text);

    Span<byte> Room(int bytes)
    {
        if (Length + bytes > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        return _bytes.AsSpan(Length);
    }
}
