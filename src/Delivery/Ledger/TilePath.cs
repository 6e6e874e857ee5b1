using System.Globalization;

namespace Groeilijn.Delivery;

/// <summary>Where a tile stands (C2SP tlog-tiles): 256 hashes of eight levels in one file, its number in groups of three digits.</summary>
static class TilePath
{
    public const int Width = 256;
    public const int Height = 8;

    /// <summary>The tile <paramref name="number"/> of a level, or of the entries when the level is null; <paramref name="width"/> below 256 names a partial tile.</summary>
    public static string Of(int? level, long number, int width)
    {
        string kind = level is null ? "entries" : level.Value.ToString(CultureInfo.InvariantCulture);
        string partial = width == Width ? "" : $".p/{width.ToString(CultureInfo.InvariantCulture)}";
        return $"tile/{kind}/{Digits(number)}{partial}";
    }

    static string Digits(long number)
    {
        string text = (number % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (long rest = number / 1000; rest > 0; rest /= 1000) text = $"x{(rest % 1000).ToString("000", CultureInfo.InvariantCulture)}/{text}";
        return text;
    }
}
