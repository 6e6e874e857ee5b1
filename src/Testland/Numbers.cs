namespace Groeilijn.Testland;

/// <summary>
/// Numbers that pass the eleven tests and are nobody else's, without a list of those in use: an index is scattered over a range
/// by a one-to-one map, and each place in the range is one valid number.
/// </summary>
/// <remarks>
/// Of the ten digits d8 that can follow a stem d1…d7, at least nine leave a remainder that a BSN's last digit can equal, and at least
/// five one that an onderwijsnummer's can (remainder = d9 + 5). Hence nine BSNs, or five onderwijsnummers, for each stem.
/// </remarks>
static class Numbers
{
    const int Stems = 10_000_000, Bsns = 9, Places = 9 * Stems;
    const int ShortStems = 1_000_000, OtherPlaces = 5 * ShortStems;

    /// <summary>How many indices each range has room for.</summary>
    internal const long MostBsns = Places - 9, MostOthers = OtherPlaces;

    internal static int Bsn(ulong seed, long index)
    {
        var place = Scatter(index, 57_885_161, new Dice(seed, Purpose.Number, 1).Below(Places - 9), Places - 9) + 9; // stem 0000000 is left out: too many zeros
        var (stem, choice) = ((int)(place / Bsns), (int)(place % Bsns));
        for (var d8 = 0; ; d8++)
        {
            var remainder = Weighted(stem * 10 + d8) % 11;
            if (remainder != 10 && choice-- == 0) return (stem * 10 + d8) * 10 + remainder;
        }
    }

    /// <summary>These start with a 1, as most that are issued do.</summary>
    internal static int Onderwijsnummer(ulong seed, long index)
    {
        var place = Scatter(index, 3_021_377, new Dice(seed, Purpose.Number, 2).Below(OtherPlaces), OtherPlaces);
        var (stem, choice) = (ShortStems + (int)(place / 5), (int)(place % 5));
        for (var d8 = 0; ; d8++)
        {
            var remainder = Weighted(stem * 10 + d8) % 11;
            if (remainder >= 5 && choice-- == 0) return (stem * 10 + d8) * 10 + remainder - 5;
        }
    }

    /// <summary>One-to-one on 0 … size − 1, because the multiplier is a prime that does not divide the size.</summary>
    static long Scatter(long index, long multiplier, long offset, long size) => (index * multiplier + offset) % size;

    static int Weighted(int firstEight)
    {
        var sum = 0;
        for (int weight = 2, rest = firstEight; weight <= 9; weight++, rest /= 10) sum += weight * (rest % 10);
        return sum;
    }
}
