using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>How sure it is that something differs, in five steps.</summary>
public enum Evidence
{
    /// <summary>Clearly less.</summary>
    ClearlyLess = -2,
    /// <summary>Probably less.</summary>
    ProbablyLess = -1,
    /// <summary>No clear difference.</summary>
    None = 0,
    /// <summary>Probably more.</summary>
    ProbablyMore = 1,
    /// <summary>Clearly more.</summary>
    ClearlyMore = 2,
}

/// <summary>A level of evidence: from which probability it is said, and in which words.</summary>
/// <param name="Level">The level.</param>
/// <param name="Least">The least probability of a difference beyond <see cref="EditionGrowth.SmallestRelevant"/> in its direction; 0 for none.</param>
/// <param name="More">Dutch and English for growth.</param>
/// <param name="Wider">Dutch and English for a difference between groups.</param>
public sealed record EvidenceLevel(Evidence Level, double Least, (string Dutch, string English) More, (string Dutch, string English) Wider);

/// <summary>The one table of evidence levels: every sentence of a report that says more or less takes its words from here.</summary>
public static class EvidenceLevels
{
    /// <summary>From which probability something is clear, and from which it is probable.</summary>
    public const double Clear = 0.975, Probable = 0.80;

    /// <summary>The levels, from clearly more to clearly less.</summary>
    public static IReadOnlyList<EvidenceLevel> All { get; } =
    [
        new(Evidence.ClearlyMore, Clear, ("duidelijk meer", "clearly more"), ("duidelijk groter", "clearly wider")),
        new(Evidence.ProbablyMore, Probable, ("waarschijnlijk meer", "probably more"), ("waarschijnlijk groter", "probably wider")),
        new(Evidence.None, 0, ("geen duidelijk verschil", "no clear difference"), ("geen duidelijk verschil", "no clear difference")),
        new(Evidence.ProbablyLess, Probable, ("waarschijnlijk minder", "probably less"), ("waarschijnlijk kleiner", "probably narrower")),
        new(Evidence.ClearlyLess, Clear, ("duidelijk minder", "clearly less"), ("duidelijk kleiner", "clearly narrower")),
    ];

    /// <summary>The level of what is believed of a difference.</summary>
    public static Evidence Of(Posterior difference) => Of(difference.Above(EditionGrowth.SmallestRelevant), difference.Below(-EditionGrowth.SmallestRelevant));

    /// <summary>The level, from the probability of more and of less.</summary>
    public static Evidence Of(double more, double less) =>
        more >= Clear ? Evidence.ClearlyMore : less >= Clear ? Evidence.ClearlyLess : more >= Probable ? Evidence.ProbablyMore : less >= Probable ? Evidence.ProbablyLess : Evidence.None;

    /// <summary>Its words for growth.</summary>
    public static string Words(this Evidence level, bool dutch) => Row(level).More is var (nl, en) && dutch ? nl : en;

    /// <summary>Its words for a difference between groups.</summary>
    public static string WordsOfGap(this Evidence level, bool dutch) => Row(level).Wider is var (nl, en) && dutch ? nl : en;

    /// <summary>Of a hundred schools with the same outcome: at how many it is really more, at how many less, and at how many the difference is too small to matter. They add up.</summary>
    public static (int More, int Less, int Small) OfHundred(Posterior difference)
    {
        var (more, less) = (difference.Above(EditionGrowth.SmallestRelevant), difference.Below(-EditionGrowth.SmallestRelevant));
        var (a, b) = ((int)Math.Round(100 * more, MidpointRounding.AwayFromZero), (int)Math.Round(100 * less, MidpointRounding.AwayFromZero));
        return (a, Math.Min(b, 100 - a), 100 - a - Math.Min(b, 100 - a));
    }

    static EvidenceLevel Row(Evidence level) => All.First(row => row.Level == level);
}
