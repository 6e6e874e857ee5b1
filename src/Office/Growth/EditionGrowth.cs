using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>
/// The growth of an edition: for every subject and scale of participating schools, and for each school, all that a report says. Standardised values are in SD:
/// the standard deviation of pupils' growth over the same step at participating schools. Everything is computed from the cohort as it was after the edition's round,
/// the same bytes each time, whatever the RINs are. Nothing is protected yet: that is the Gate's.
/// </summary>
public sealed class EditionGrowth
{
    /// <summary>The smallest difference that matters, in SD: a probability that a school does better is that of an effect above it.</summary>
    public const double SmallestRelevant = 0.1;

    /// <summary>By how many SD the growth of pupils with a missing test is shifted, for <see cref="MissingSensitivity"/>.</summary>
    public const double MissingShift = 0.3;

    /// <summary>Editions of a trend: three years.</summary>
    public const int TrendEditions = 6;

    readonly Dictionary<string, SchoolGrowth> _schools;

    EditionGrowth(Edition edition, IReadOnlyList<SeriesGrowth> series, IEnumerable<SchoolGrowth> schools)
    {
        (Edition, Series) = (edition, series);
        _schools = schools.ToDictionary(s => s.School, StringComparer.Ordinal);
        Schools = [.. _schools.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The edition in which the steps end.</summary>
    public Edition Edition { get; }

    /// <summary>Codes of the schools with a score in the edition or the one before, in order.</summary>
    public IReadOnlyList<string> Schools { get; }

    /// <summary>Participating schools, by subject and scale.</summary>
    public IReadOnlyList<SeriesGrowth> Series { get; private set; }

    /// <summary>Lets go of who is behind the gaps, for who knows it from here on.</summary>
    internal void LetPupilsGo() => Series = [.. Series.Select(series => series with { Gaps = [.. series.Gaps.Select(gap => gap with { Pupils = ([], []) })] })];

    /// <summary>A school's growth; without series when it has no scores in these half-years.</summary>
    public SchoolGrowth Of(string school) => _schools.GetValueOrDefault(school) ?? new SchoolGrowth(school, []);

    /// <summary>Computes an edition.</summary>
    /// <param name="home">The office.</param>
    /// <param name="edition">A linked round.</param>
    /// <param name="background">What is known of pupils beside their scores; nothing when null.</param>
    public static EditionGrowth Of(OfficeHome home, Edition edition, PupilBackground? background = null)
    {
        var deliveries = LinkStore.Deliveries(home, edition).Where(d => d.Fault is null).GroupBy(d => d.School).ToDictionary(g => g.Key, g => g.Last().Counts, StringComparer.Ordinal);
        var kept = KeptMeans.Of(home);
        List<SeriesGrowth> series = [];
        Dictionary<string, List<SchoolSeries>> schools = new(StringComparer.Ordinal);
        foreach (var subject in Subjects.All)
        {
            foreach (var counted in Counted(home, edition, subject, background ?? PupilBackground.None))
            {
                var made = new SeriesStatistics(counted, deliveries, kept);
                series.Add(made.National());
                foreach (var (school, own) in made.Schools())
                {
                    if (!schools.TryGetValue(school, out var list)) schools.Add(school, list = []);
                    list.Add(own);
                }
            }
        }
        return new EditionGrowth(edition, series, schools.Select(s => new SchoolGrowth(s.Key, s.Value)));
    }

    /// <summary>The scales of a subject. The scores go when they are counted: beside the models a nation's have no room.</summary>
    static List<CountedGrowth> Counted(OfficeHome home, Edition edition, Subject subject, PupilBackground background)
    {
        var histories = GrowthHistories.Read(home, edition, subject, background);
        return [.. histories.Scales.Select(histories.Counted)];
    }
}
