using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>What becomes of pupils whose parents object.</summary>
public enum Objectors
{
    /// <summary>They are in the exports, and the objection is in <c>bezwaren.csv</c>.</summary>
    Recorded,
    /// <summary>From the edition of the objection on they are not in the exports at all, as if the school never had them. Every other byte is the same.</summary>
    Absent,
}

/// <summary>
/// Which country to invent. The same options give the same bytes, and the editions of a longer run are those of a shorter one, and more.
/// </summary>
public sealed record TestlandOptions
{
    /// <summary>Pupils of year groups 1 to 8 in an average school.</summary>
    public const int PupilsPerSchool = 220;

    /// <summary>The seed; another seed is another country.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>School locations that take part. About 220 pupils each.</summary>
    public int Schools { get; init; } = 40;

    /// <summary>The calendar year of the first edition: 2023 starts with edition 2023-1.</summary>
    public int FirstYear { get; init; } = 2023;

    /// <summary>How many editions, two a year.</summary>
    public int Editions { get; init; } = 6;

    /// <summary>How many school years before the first edition the exported results reach back. A pupil's ability itself is followed from year group 3.</summary>
    public int HistoryYears { get; init; }

    /// <summary>Locations that do not take part, per location that does. Their pupils stand in the register only.</summary>
    public double OtherSchools { get; init; } = 0.25;

    /// <summary>What becomes of pupils whose parents object.</summary>
    public Objectors Objectors { get; init; } = Objectors.Recorded;

    /// <summary>How often what happens, and how often what goes wrong.</summary>
    public TestlandRates Rates { get; init; } = new();

    /// <summary>The options of a country with about this many pupils in year groups 1 to 8 of the schools that take part.</summary>
    public static TestlandOptions ForPupils(int pupils) => new() { Schools = Math.Max(1, (pupils + PupilsPerSchool / 2) / PupilsPerSchool) };

    /// <summary>The editions, in order.</summary>
    public IEnumerable<Edition> AllEditions
    {
        get
        {
            var edition = new Edition(new SchoolYear(FirstYear - 1), HalfYear.M);
            for (var i = 0; i < Editions; i++, edition = edition.Next) yield return edition;
        }
    }

    internal int FirstSchoolYear => FirstYear - 1;

    internal int LastSchoolYear => FirstSchoolYear + (Math.Max(1, Editions) - 1) / 2;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Schools, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Schools, MostSchools);
        ArgumentOutOfRangeException.ThrowIfLessThan(Editions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Editions, 40);
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstYear, 2000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FirstYear, 2060);
        ArgumentOutOfRangeException.ThrowIfNegative(HistoryYears);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HistoryYears, 6);
        ArgumentOutOfRangeException.ThrowIfNegative(OtherSchools);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(OtherSchools, 2);
    }

    /// <summary>More would exhaust the numbers that pass the eleven test: about 2.4 million pupils.</summary>
    public const int MostSchools = 10_900;
}
