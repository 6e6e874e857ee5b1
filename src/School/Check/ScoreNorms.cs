using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// What scores are usual on the new series: mean and standard deviation per subject and moment in tenths, of a national-like sample
/// (Claes, PhD thesis Maastricht, table 3.1; 31,830 pupils). Only to point at a score worth a second look; never to correct one.
/// </summary>
static class ScoreNorms
{
    const double ImplausibleScore = 4, ImplausibleGrowth = 3;

    static readonly Dictionary<(Subject, string), (int Mean, int Deviation)> s_norms = Read(Subject.Reading,
            "E3 1214 268 M4 1392 272 E4 1448 241 M5 1571 254 E5 1608 257 M6 1732 243 E6 1820 264 M7 1914 255 E7 1967 257 M8 2070 266")
        .Concat(Read(Subject.Spelling, "M3 1661 490 E3 2120 372 M4 2451 361 E4 2743 370 M5 2981 374 E5 3196 408 M6 3205 333 E6 3399 328 M7 3554 306 E7 3612 292 M8 3746 302"))
        .Concat(Read(Subject.Maths, "M3 1230 310 E3 1484 265 M4 1689 270 E4 1904 269 M5 2066 260 E5 2186 259 M6 2299 257 E6 2414 258 M7 2542 260 E7 2615 247 M8 2742 261"))
        .ToDictionary(n => n.Key, n => n.Value);

    /// <summary>Four standard deviations from the mean; one pupil in fifteen thousand.</summary>
    public static bool Implausible(StoredResult result) =>
        Norm(result) is { } norm && Math.Abs(result.Score - norm.Mean) > ImplausibleScore * norm.Deviation;

    /// <summary>The step differs from the usual one by three standard deviations of the score.</summary>
    public static bool ImplausibleStep(StoredResult earlier, StoredResult later) =>
        Norm(earlier) is { } from && Norm(later) is { } to
        && Math.Abs(later.Score - earlier.Score - (to.Mean - from.Mean)) > ImplausibleGrowth * to.Deviation;

    static (int Mean, int Deviation)? Norm(StoredResult result) =>
        result.Scale == "lvs-3" && s_norms.TryGetValue((result.SubjectValue, result.Moment), out var norm) ? norm : null;

    static IEnumerable<KeyValuePair<(Subject, string), (int, int)>> Read(Subject subject, string row) =>
        row.Split(' ').Chunk(3).Select(three => KeyValuePair.Create((subject, three[0]),
            (int.Parse(three[1], System.Globalization.CultureInfo.InvariantCulture), int.Parse(three[2], System.Globalization.CultureInfo.InvariantCulture))));
}
