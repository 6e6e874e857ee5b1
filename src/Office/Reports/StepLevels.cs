using Groeilijn.Education;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>Mean scores in points at the two ends of a step.</summary>
readonly record struct StepLevel(double Start, double End);

/// <summary>All pupils at the ends of a step: means, and between what the middle half lies.</summary>
sealed record StepSpread(double Start, double StartLow, double StartHigh, double End, double EndLow, double EndHigh);

/// <summary>
/// Where growth begins and ends: the mean scores of the very pupils whose growth is counted, of each school, and of all of them with the quarters of their scores.
/// </summary>
sealed class StepLevels
{
    readonly Dictionary<GrowthKey, (long Count, long Start, long End)> _own = [];
    readonly Dictionary<GrowthKey, StepSpread> _all;
    readonly int _halfYear;

    internal StepLevels(List<ScoreRow> scores, int halfYear)
    {
        _halfYear = halfYear;
        var pairs = new Dictionary<GrowthKey, List<(int Start, int End)>>();
        for (var i = 1; i < scores.Count; i++)
        {
            var (earlier, later) = (scores[i - 1], scores[i]);
            if (later.HalfYear != halfYear || !GrowthMeans.IsInterval(earlier, later)) continue;
            var key = new GrowthKey(later.School, later.Subject, later.Scale, halfYear, earlier.YearGroup);
            var sum = _own.GetValueOrDefault(key);
            _own[key] = (sum.Count + 1, sum.Start + earlier.Tenths, sum.End + later.Tenths);
            if (!pairs.TryGetValue(key with { School = -1 }, out var list)) pairs.Add(key with { School = -1 }, list = []);
            list.Add((earlier.Tenths, later.Tenths));
        }
        _all = pairs.ToDictionary(p => p.Key, p => Spread(p.Value));
    }

    /// <summary>A school's pupils; null without.</summary>
    internal StepLevel? OfSchool(int school, Subject subject, string scale, GrowthStep step) =>
        _own.TryGetValue(Key(school, subject, scale, step), out var sum) ? new StepLevel(sum.Start / (10.0 * sum.Count), sum.End / (10.0 * sum.Count)) : null;

    /// <summary>All pupils; null without.</summary>
    internal StepSpread? OfAll(Subject subject, string scale, GrowthStep step) => _all.GetValueOrDefault(Key(-1, subject, scale, step));

    GrowthKey Key(int school, Subject subject, string scale, GrowthStep step) => new(school, (int)subject, CohortGrowth.ScaleOf(scale), _halfYear, step.YearGroup);

    static StepSpread Spread(List<(int Start, int End)> pairs)
    {
        int[] start = [.. pairs.Select(p => p.Start).Order()], end = [.. pairs.Select(p => p.End).Order()];
        return new StepSpread(Mean(start), At(start, 1), At(start, 3), Mean(end), At(end, 1), At(end, 3));

        static double Mean(int[] tenths) => tenths.Sum(t => (long)t) / (10.0 * tenths.Length);

        // In whole points: a quarter is some pupil's score.
        static double At(int[] tenths, int quarter) => Math.Round(tenths[(tenths.Length - 1) * quarter / 4] / 10.0, MidpointRounding.AwayFromZero);
    }
}
