using System.Globalization;
using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// What scores are usual on the new series: mean and standard deviation per subject and moment in tenths, of a national-like sample
/// (Claes, PhD thesis Maastricht, table 3.1; 31,830 pupils). Only to point at a score worth a second look; never to correct one.
/// </summary>
static class ScoreNorms
{
    const string NewSeries = "lvs-3";

    /// <summary>No table of the old series is at hand: its scales began at or below zero and ended below two hundred in every subject.</summary>
    const int OldLowest = -1000, OldHighest = 2000;

    static readonly Dictionary<(Subject, string), (int Mean, int Deviation)> s_norms = Read(Subject.Reading,
            "E3 1214 268 M4 1392 272 E4 1448 241 M5 1571 254 E5 1608 257 M6 1732 243 E6 1820 264 M7 1914 255 E7 1967 257 M8 2070 266")
        .Concat(Read(Subject.Spelling, "M3 1661 490 E3 2120 372 M4 2451 361 E4 2743 370 M5 2981 374 E5 3196 408 M6 3205 333 E6 3399 328 M7 3554 306 E7 3612 292 M8 3746 302"))
        .Concat(Read(Subject.Maths, "M3 1230 310 E3 1484 265 M4 1689 270 E4 1904 269 M5 2066 260 E5 2186 259 M6 2299 257 E6 2414 258 M7 2542 260 E7 2615 247 M8 2742 261"))
        .ToDictionary(n => n.Key, n => n.Value);

    static readonly Dictionary<Subject, (int Lowest, int Highest)> s_scales = s_norms.GroupBy(n => n.Key.Item1).ToDictionary(g => g.Key, g =>
        ((int)g.Min(n => n.Value.Mean - Limits.ScaleDeviations * n.Value.Deviation), (int)g.Max(n => n.Value.Mean + Limits.ScaleDeviations * n.Value.Deviation)));

    /// <summary>Whether no pupil can have this score on this scale, whatever the moment.</summary>
    public static bool Impossible(TestScale scale, int tenths)
    {
        var (lowest, highest) = scale.Code == NewSeries ? s_scales[scale.Subject] : (OldLowest, OldHighest);
        return tenths < lowest || tenths > highest;
    }

    /// <summary>Whether a score lies far from the mean of its test.</summary>
    public static bool Implausible(StoredResult result) =>
        Norm(result) is { } norm && Math.Abs(result.Score - norm.Mean) > Limits.ScoreDeviations * norm.Deviation;

    /// <summary>
    /// How a step differs from the usual one between the same two tests: 1 far too much, -1 far too little, 0 neither. Growth from E to M
    /// and from M to E differ much, so each step is held against its own.
    /// </summary>
    public static int ImplausibleStep(StoredResult earlier, StoredResult later)
    {
        if (Norm(earlier) is not { } from || Norm(later) is not { } to) return 0;
        var surplus = later.Score - earlier.Score - (to.Mean - from.Mean);
        return Math.Abs(surplus) > Limits.GrowthDeviations * to.Deviation ? Math.Sign(surplus) : 0;
    }

    static (int Mean, int Deviation)? Norm(StoredResult result) =>
        result.Scale == NewSeries && s_norms.TryGetValue((result.SubjectValue, result.Moment), out var norm) ? norm : null;

    static IEnumerable<KeyValuePair<(Subject, string), (int, int)>> Read(Subject subject, string row) =>
        row.Split(' ').Chunk(3).Select(three => KeyValuePair.Create((subject, three[0]), (int.Parse(three[1], CultureInfo.InvariantCulture), int.Parse(three[2], CultureInfo.InvariantCulture))));
}
