namespace Groeilijn.School;

/// <summary>Which sign the numbers of a table have before their decimals: a comma or a point, seen over all of them.</summary>
sealed class DecimalSigns
{
    int _commas, _points;

    public void See(string text)
    {
        var sign = text.AsSpan().LastIndexOfAny(',', '.');
        if (sign < 0) return;
        if (text[sign] == ',') _commas++;
        else _points++;
    }

    public void Add(DecimalSigns other) => (_commas, _points) = (_commas + other._commas, _points + other._points);

    /// <summary>The sign that most numbers have; a comma where there are none with decimals, as it is in Dutch.</summary>
    public char Sign => _points > _commas ? '.' : ',';

    public static bool IsNumber(string text) => Plain(text, ',').AsSpan() is { IsEmpty: false } plain && !plain.TrimStart('-').IsEmpty && !plain.TrimStart('-').ContainsAnyExcept("0123456789.") && char.IsAsciiDigit(plain[^1]);

    /// <summary>
    /// The number with a point and without thousands signs. The other sign divides thousands only where exactly three digits follow it;
    /// otherwise someone typed it for the decimal sign, and it is read as that.
    /// </summary>
    public static string Plain(string text, char sign)
    {
        var t = text.Trim().Replace("\u00a0", "", StringComparison.Ordinal).Replace("\u202f", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var last = t.LastIndexOfAny([',', '.']);
        if (last < 0) return t;
        var first = t.IndexOfAny([',', '.']);
        var thousands = t[last] != sign && t.Length - last - 1 == 3 && last > 0 && (first == last || t[first] == t[last]) || first != last && t[first] == t[last];
        return thousands ? WithoutSigns(t) : WithoutSigns(t[..last]) + "." + t[(last + 1)..];
    }

    static string WithoutSigns(string t) => t.Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
}
