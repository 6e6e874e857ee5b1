using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>A school location, invented: its BRIN starts with a 9, which no real one does today.</summary>
public sealed class SchoolSite
{
    const int Brins = 6760, BrinsPerDistrict = 4;
    readonly double[] _level = new double[3], _growth = new double[3];

    internal SchoolSite(TestlandOptions options, int district, int index, int place, int serial)
    {
        (Index, TakesPart, Serial) = (index, place < Country.SchoolsPerDistrict, serial);
        Location = LocationOf(options.Seed, district, place);
        var even = new Evenly(options.Seed, serial);
        Pupils = SizeQuantile(even.Next());
        Disadvantage = Normals.Quantile(even.Next());
        OriginElsewhere = 0.7 * Disadvantage + Math.Sqrt(1 - 0.49) * Normals.Quantile(even.Next());
        for (var s = 0; s < 3; s++) (_level[s], _growth[s]) = (Normals.Quantile(even.Next()), Normals.Quantile(even.Next()));
        OldSeries = even.Next() < options.Rates.OldSeries;

        var dice = new Dice(options.Seed, Purpose.School, (ulong)serial);
        CarriesEckId = dice.Chance(0.5);
        CarriesSensitive = dice.Chance(0.25);
        OtherSubjects = dice.Chance(0.4);
        KeysAreNumbers = dice.Chance(0.5);
        Name = Names.School(ref dice);
        // Districts walk through the list in steps of 11, which visit all its places: even a small country has all its parts.
        var start = new Dice(options.Seed, Purpose.Country, 0).Below(s_provinces.Length);
        Province = Province.All[s_provinces[(start + district % s_provinces.Length * 11) % s_provinces.Length]];
        Board = Names.Board(new Dice(options.Seed, Purpose.Country, (ulong)(district / 3), 1 + (ulong)dice.Below(3)));
    }

    /// <summary>BRIN and vestiging.</summary>
    public SchoolLocation Location { get; }
    /// <summary>The name on the door.</summary>
    public string Name { get; }
    /// <summary>The competent authority.</summary>
    public string Board { get; }
    /// <summary>Where it stands.</summary>
    public Province Province { get; }
    /// <summary>Whether it sends its results.</summary>
    public bool TakesPart { get; }
    /// <summary>How many pupils it is made for, year groups 1 to 8.</summary>
    public int Pupils { get; }
    /// <summary>Whether it used the old test series in the first school year.</summary>
    public bool OldSeries { get; }

    internal int Index { get; }
    internal int Serial { get; }
    internal double Disadvantage { get; }
    internal double OriginElsewhere { get; }
    internal bool CarriesEckId { get; }
    internal bool CarriesSensitive { get; }
    internal bool OtherSubjects { get; }
    internal bool KeysAreNumbers { get; }

    /// <summary>The school's standing in a subject and in growth of that subject, in standard deviations of schools.</summary>
    internal (double Level, double Growth) Effect(int subject) => (_level[subject], _growth[subject]);

    /// <summary>Classes for two year groups in small schools, for one in others, and parallel classes in large ones.</summary>
    internal bool CombinesGroups => Pupils < 130;
    internal int ParallelClasses => CombinesGroups ? 1 : Math.Max(1, (int)Math.Ceiling(Pupils / 8.0 / 30));

    /// <summary>Places 2 and 3 of a district are the two locations of one school; so are the other schools beyond the first.</summary>
    static SchoolLocation LocationOf(ulong seed, int district, int place)
    {
        var (brin, vestiging) = place switch { < 3 => (place, 0), 3 => (2, 1), _ => (3, place - 4) };
        var serial = district * BrinsPerDistrict + brin;
        var scattered = (int)((serial % Brins * 2749L + new Dice(seed, Purpose.Country, 9).Below(Brins)) % Brins);
        var code = $"9{scattered / 676}{(char)('A' + scattered % 676 / 26)}{(char)('A' + scattered % 26)}";
        var number = vestiging + serial / Brins * 20;
        return SchoolLocation.Parse(code, $"{number / 10}{number % 10}").Value;
    }

    /// <summary>Pupils by share of schools; mean 220.</summary>
    static int SizeQuantile(double p)
    {
        ReadOnlySpan<double> shares = [0, .05, .10, .25, .50, .75, .90, .97, 1], sizes = [23, 50, 80, 130, 200, 280, 380, 500, 700];
        var i = 1;
        while (p > shares[i]) i++;
        return (int)(sizes[i - 1] + (sizes[i] - sizes[i - 1]) * (p - shares[i - 1]) / (shares[i] - shares[i - 1]));
    }

    /// <summary>Provinces in proportion, roughly, to their pupils.</summary>
    static readonly byte[] s_provinces = [0, 1, 1, 2, 3, 3, 4, 5, 5, 5, 6, 6, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 10, 10, 10, 10, 11, 11];
}

/// <summary>
/// Numbers between 0 and 1 that lie evenly over the schools in every dimension (Kronecker sequences with a shift by seed):
/// a country of forty schools already has large and small, strong and weak ones in the right proportion. The order of the primes
/// gives size, background and effects the steps that set the four schools of a district well apart.
/// </summary>
struct Evenly(ulong seed, int serial)
{
    static readonly double[] s_steps = [.. new[] { 2, 3, 5, 7, 11, 13, 29, 19, 31, 17 }.Select(prime => Math.Sqrt(prime) % 1)];
    int _dimension;

    internal double Next()
    {
        var shift = new Dice(seed, Purpose.Country, 100 + (ulong)_dimension).Unit();
        var value = (shift + (serial + 0.5) * s_steps[_dimension++]) % 1;
        return Math.Clamp(value, 1e-9, 1 - 1e-9);
    }
}
