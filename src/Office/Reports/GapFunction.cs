using System.Globalization;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>
/// By which function a level of a gap follows from the two groups of one school. What all schools gave is a fixed number in it, so that it is the very function that was published, also later.
/// </summary>
/// <param name="Mean">The mean gap of schools, in SD.</param>
/// <param name="Between">The standard deviation of gaps between schools.</param>
/// <param name="Within">The variance of growth within school, step and group, in SD².</param>
/// <param name="Pupils">The school's growths counted, in either group or in neither.</param>
/// <param name="Steps">The first year group of each step and the standard deviation of growth over it, in points.</param>
sealed record GapFunction(Posterior Mean, double Between, double Within, long Pupils, IReadOnlyList<(int YearGroup, double Deviation)> Steps) : UnseenFunction
{
    /// <summary>Fewer pupils in a group, or in neither though somebody is, and nothing is said.</summary>
    const long Fewest = 10;

    public static GapFunction Of(SeriesGrowth series, NationalGap gap, long pupils) =>
        new(gap.Mean, gap.Between, gap.Within, pupils, [.. series.Steps.Select(s => (s.Step.YearGroup, s.Growth is { Count: > 1 } all ? all.StandardDeviation : 0))]);

    /// <summary>The level, by the tallies of both groups in each step; null where nothing is said.</summary>
    public int? Level(IReadOnlyList<(Tally First, Tally Second)> groups)
    {
        if (SchoolGaps.Between(groups.Zip(Steps, (g, s) => (g.First, g.Second, s.Deviation))) is not { } gap) return null;
        if (Math.Min(gap.First, gap.Second) < Fewest || Pupils - gap.First - gap.Second is not 0 and < Fewest) return null;
        return (int)EvidenceLevels.Of(PooledEffects.Of(Mean, Between).FromMean(gap.Value, Within / gap.Weight).Times(Mean.Mean < 0 ? -1 : 1));
    }

    public override string Part => ReportCells.GapLevel;

    public override IReadOnlyList<int> YearGroups => [.. Steps.Select(step => step.YearGroup)];

    public override PublishedLevel Published(int[] steps, int[] growth, UnseenGroup groups, int? shown)
    {
        var made = new PublishedLevel(steps, growth, Steps.Count, Level, shown ?? 0);
        return shown is null ? made with { Published = Level(made.Tallies(groups.Classes)) ?? 0 } : made;
    }

    public override string Text => string.Join(' ', ((double[])[Mean.Mean, Mean.Deviation, Between, Within, Pupils, .. Steps.SelectMany(s => (double[])[s.YearGroup, s.Deviation])]).Select(n => n.ToString("R", CultureInfo.InvariantCulture)));

    internal static new GapFunction Parse(string text)
    {
        double[] n = [.. text.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        return new GapFunction(new Posterior(n[0], n[1]), n[2], n[3], (long)n[4], [.. n[5..].Chunk(2).Select(step => ((int)step[0], step[1]))]);
    }
}
