namespace Groeilijn.Testland;

/// <summary>A house: postcode, number, and perhaps a letter and an addition.</summary>
readonly record struct Address(int Digits, char First, char Second, int House, char? Letter, string Addition)
{
    internal string Postcode => $"{Digits}{First}{Second}";

    internal bool HasSuffix => Letter is not null || Addition.Length > 0;
}

/// <summary>
/// The streets of a district: postcodes of eight addresses. A place number is a house; families take places by a one-to-one map,
/// so that nobody has to be asked whether a house is free. A house comes free again when its family's children have grown up.
/// </summary>
readonly struct Streets
{
    const int HousesPerPostcode = 8, Generations = 40, LetterPairs = 673, AreasPerDistrict = 3;
    static readonly string[] s_additions = ["2", "BIS", "HS", "III", "1", "2"];
    readonly ulong _seed;
    readonly int _district, _families, _places;

    internal Streets(ulong seed, int district, int familiesPerYear) =>
        (_seed, _district, _families, _places) = (seed, district, familiesPerYear, familiesPerYear * Generations * 2);

    /// <summary>Where a family lives after its <paramref name="move"/>-th move (0: before any).</summary>
    internal Address Of(int year, int family, int move)
    {
        var generation = (year + move / 2 * (Generations / 2)) % Generations;
        var index = (generation * _families + family) * 2L + (move & 1);
        return House((int)(index * 1_000_003 % _places));
    }

    /// <summary>The ninth house of the same postcode: it stands there for look-alikes.</summary>
    internal Address NextTo(int year, int family)
    {
        var index = ((year % Generations) * _families + family) * 2L;
        var place = (int)(index * 1_000_003 % _places);
        var near = House(place / HousesPerPostcode * HousesPerPostcode);
        return near with { House = near.House + 2 * HousesPerPostcode, Letter = null, Addition = "" };
    }

    Address House(int place)
    {
        var (street, position) = (place / HousesPerPostcode, place % HousesPerPostcode);
        var pair = street % LetterPairs;
        foreach (var never in (ReadOnlySpan<int>)[18 * 26, 18 * 26 + 3, 18 * 26 + 18]) if (pair >= never) pair++; // SA, SD, SS
        var area = 1000 + (int)(((long)_district * AreasPerDistrict + street / LetterPairs) * 3571 % 9000);
        var dice = new Dice(_seed, Purpose.Address, (ulong)_district, (ulong)place);
        var first = 1 + new Dice(_seed, Purpose.Address, (ulong)_district, 1_000_000 + (ulong)street).Below(140);
        var (letter, addition) = ((char?)null, "");
        if (street % 3 == 0 && position > 5) (position, letter) = (5, position == 6 ? 'A' : 'B'); // a house, its A and its B
        else if (dice.Chance(0.02)) letter = (char)('A' + dice.Below(4));
        if (dice.Chance(0.05)) addition = s_additions[dice.Below(s_additions.Length)];
        return new Address(area, (char)('A' + pair / 26), (char)('A' + pair % 26), first + 2 * position, letter, addition);
    }
}
