using System.Runtime.InteropServices;

namespace Groeilijn.Testland;

/// <summary>
/// The pupils of a district that are in one year group at the same time, at schools that take part. What is their own and their schools'
/// is taken from the cohort's average, so that it adds nothing to the country's mean: with some hundreds of schools of unequal size
/// chance would shift it by half a point and more. Background stays as it is, and with it the differences between districts that come of it.
/// </summary>
sealed class Cohorts
{
    const int Alone = 5; // in a handful of pupils most of the average is the pupil itself, and that is left

    readonly Dictionary<int, (double Sum, int Pupils)> _cohorts = [];

    internal Cohorts(IEnumerable<Standing> standings)
    {
        foreach (var standing in standings)
        {
            if (!standing.TakesPart) continue;
            ref var cohort = ref CollectionsMarshal.GetValueRefOrAddDefault(_cohorts, Key(standing), out _);
            cohort = (cohort.Sum + standing.Own + standing.Error, cohort.Pupils + 1);
        }
    }

    /// <summary>The standing as seen from the average of its cohort.</summary>
    internal Standing Level(Standing standing)
    {
        var (sum, pupils) = _cohorts.GetValueOrDefault(Key(standing));
        return standing with { Own = standing.Own - sum / (pupils + Alone) };
    }

    static int Key(Standing standing) => (standing.SchoolYear * Norms.Moments + standing.Moment) * Norms.Subjects + standing.Subject;
}
