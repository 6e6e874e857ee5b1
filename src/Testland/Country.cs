namespace Groeilijn.Testland;

/// <summary>
/// The invented country: a row of districts, each with a few schools and the families around them. A district is the largest thing
/// that is ever in memory; nobody lives or goes to school in two of them.
/// </summary>
public sealed class Country
{
    internal const int SchoolsPerDistrict = 4;

    /// <summary>The country of these options. Nothing is made until it is asked for.</summary>
    public Country(TestlandOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Options = options;
        Districts = (options.Schools + SchoolsPerDistrict - 1) / SchoolsPerDistrict;
    }

    /// <summary>Which country.</summary>
    public TestlandOptions Options { get; }

    /// <summary>How many districts there are.</summary>
    public int Districts { get; }

    /// <summary>The schools that take part, made one by one.</summary>
    public IEnumerable<SchoolSite> Schools()
    {
        for (var d = 0; d < Districts; d++)
            foreach (var school in SchoolsOf(d))
                if (school.TakesPart) yield return school;
    }

    /// <summary>A district with its schools, families, careers and scores.</summary>
    public District District(int number) => new(this, number);

    /// <summary>The schools of a district: those that take part first, then the others.</summary>
    internal SchoolSite[] SchoolsOf(int district)
    {
        var taking = Math.Min(SchoolsPerDistrict, Options.Schools - district * SchoolsPerDistrict);
        var others = OthersBefore(district + 1) - OthersBefore(district);
        var schools = new SchoolSite[taking + others];
        for (var i = 0; i < schools.Length; i++)
            schools[i] = i < taking
                ? new SchoolSite(Options, district, i, i, district * SchoolsPerDistrict + i)
                : new SchoolSite(Options, district, i, SchoolsPerDistrict + i - taking, 1_000_000 + OthersBefore(district) + i - taking);
        return schools;
    }

    int OthersBefore(int district) => (int)(district * SchoolsPerDistrict * Options.OtherSchools);
}
