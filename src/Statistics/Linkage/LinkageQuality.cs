namespace Groeilijn.Statistics.Linkage;

/// <summary>A rate with its 95 % interval.</summary>
/// <param name="Rate">From 0 to 1.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct RateEstimate(double Rate, double Low, double High)
{
    /// <summary>A rate of so many expected events in so many, the events taken as Poisson (Wilson and Hilferty's interval).</summary>
    internal static RateEstimate Of(double events, double among)
    {
        if (among <= 0) return default;
        var low = events <= 0 ? 0 : events * Math.Pow(Math.Max(0, 1 - 1 / (9 * events) - Z / (3 * Math.Sqrt(events))), 3);
        var above = events + 1;
        var high = above * Math.Pow(1 - 1 / (9 * above) + Z / (3 * Math.Sqrt(above)), 3);
        return new RateEstimate(Math.Clamp(events / among, 0, 1), Math.Clamp(low / among, 0, 1), Math.Clamp(high / among, 0, 1));
    }

    /// <summary>A rate of so many expected events with a variance, as a gamma distribution (Wilson and Hilferty), besides others that are taken as Poisson.</summary>
    internal static RateEstimate Of((double Mean, double Variance) events, double others, double among)
    {
        var (mean, variance) = (events.Mean + others, events.Variance + others);
        if (among <= 0) return default;
        if (mean <= 0) return new RateEstimate(0, 0, 0);
        var shape = Math.Max(1e-3, mean * mean / Math.Max(1e-9, variance));
        double At(double z) => Math.Clamp(mean * Math.Pow(Math.Max(0, 1 - 1 / (9 * shape) + z / (3 * Math.Sqrt(shape))), 3) / among, 0, 1);
        return new RateEstimate(Math.Clamp(mean / among, 0, 1), At(-Z), At(Z));
    }

    const double Z = 1.959964;
}

/// <summary>Estimated quality of a group of links.</summary>
/// <param name="Group">The group, such as a pass, <c>address agrees</c> or <c>born 2014</c>.</param>
/// <param name="Links">How many links it has.</param>
/// <param name="FalseLinks">The share of them that is false.</param>
/// <param name="MissedLinks">The share of the group's true pairs that is no link; null for a pass, because a pair that is missed met none.</param>
public readonly record struct GroupQuality(string Group, int Links, RateEstimate FalseLinks, RateEstimate? MissedLinks = null);

/// <summary>
/// How good the links are, estimated without labels in two ways that share little. The first reads the probabilities. The second does not: false
/// links from records that have more acceptable candidates than the one that can be true (after Blakely and Salmond 2002), missed links from how often the number
/// and all other fields find the same partner (capture and recapture).
/// </summary>
public sealed class LinkageQuality
{
    /// <summary>Estimates the quality of a result.</summary>
    public LinkageQuality(LinkageResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var events = result.Links.Sum(l => 1 - l.Probability);
        FalseLinks = RateEstimate.Of(events, result.Links.Count);
        MissedLinks = RateEstimate.Of(result.MissedLinkRate * result.ExpectedPartners, result.ExpectedPartners);
        FalseLinksBySpares = Spares(result);
        MissedLinksByRecapture = Recapture(result);
        Groups = [.. LinkageGroups.Of(result)];
        Unlinkable = result.Estimate.Evidence.LackingSmall.Where(lack => new BlockedShare(result.Left.Layout, lack.Key).Of(result.Estimate.Parameters.Units, result.Estimate.Parameters.M) < 1e-6).Sum(lack => lack.Value);
    }

    /// <summary>The share of links that is false, from the probabilities.</summary>
    public RateEstimate FalseLinks { get; }

    /// <summary>The share of true partners that is no link, from the probabilities; those that wait for review are among them.</summary>
    public RateEstimate MissedLinks { get; }

    /// <summary>The share of links that is false, from records with acceptable candidates to spare; null when partners do not exclude each other.</summary>
    public double? FalseLinksBySpares { get; }

    /// <summary>The share of true partners that is missed before review, from the number against all other fields; null without a number.</summary>
    public double? MissedLinksByRecapture { get; }

    /// <summary>Quality by pass, by whether the address agrees, by whether the record has a number, and by year of birth.</summary>
    public IReadOnlyList<GroupQuality> Groups { get; }

    /// <summary>The share of records of the smaller file that lack so much that no rule can find their partner.</summary>
    public double Unlinkable { get; }

    internal static int[] Numbers(RecordLayout layout) => [.. Enumerable.Range(0, layout.Slots.Length).Where(f => layout.Model.Fields[f].Compare is Comparison.Number or Comparison.Digits)];

    /// <summary>
    /// A record has its partner among its acceptable candidates with chance s, and besides Poisson(φ) others. The share of records with none, (1 − s)e^−φ, and the mean
    /// number, s + φ, give both; a link is false when the partner is not there and one other is.
    /// </summary>
    static double? Spares(LinkageResult result)
    {
        if (!result.Estimate.Evidence.Competing || result.Links.Count == 0) return null;
        var least = result.Left.Layout.Model.Threshold;
        // Odds are against "both have no partner"; here each record is taken by itself.
        var free = Math.Max(0.002, 1 - result.Links.Count / (double)Math.Max(result.Left.Count, result.Right.Count));
        var acceptable = result.Decision.Candidates.Where(c => c.Odds * free / (1 + c.Odds * free) >= least).GroupBy(c => c.Small).Select(g => g.Count()).ToArray();
        double records = Math.Min(result.Left.Count, result.Right.Count), mean = acceptable.Sum() / records, none = 1 - acceptable.Length / records;
        double low = Math.Max(0, mean - 1), high = mean;
        for (var i = 0; i < 60; i++)
        {
            var phi = (low + high) / 2;
            if ((1 - (mean - phi)) * Math.Exp(-phi) < none) low = phi; else high = phi;
        }
        var (found, others) = (mean - low, low);
        return (1 - found) * others / Math.Max(1e-12, found + (1 - found) * others);
    }

    /// <summary>Of partners that the other fields find by themselves, how many the number finds too, and the other way round.</summary>
    static double? Recapture(LinkageResult result)
    {
        var (layout, estimate) = (result.Left.Layout, result.Estimate);
        var numbers = Numbers(layout);
        if (numbers.Length == 0 || !estimate.Evidence.Competing) return null;
        var mask = numbers.Aggregate(0UL, (all, f) => all | 63UL << 6 * f);
        var accepted = new Dictionary<ulong, bool>();
        bool ByOthers(ulong pattern)
        {
            if (accepted.TryGetValue(pattern, out var known)) return known;
            var odds = estimate.Score(pattern & ~mask).Odds / estimate.None(0, layout.AtHome(pattern));
            return accepted[pattern] = odds / (1 + odds) >= layout.Model.Threshold;
        }
        double both = 0, number = 0, others = 0, without = 0;
        foreach (var (c, p) in result.Decision.Linked())
        {
            var (has, agrees) = (numbers.Any(f => Agreement.LevelOf(c.Pattern, f) != Level.Missing), numbers.Any(f => Agreement.LevelOf(c.Pattern, f) == Level.Equal));
            if (!has) { without += p; continue; }
            var found = ByOthers(c.Pattern);
            if (agrees) number += p;
            if (found) others += p;
            if (agrees && found) both += p;
        }
        if (both < 1) return null;
        var (all, alone) = (number * others / both, both / number);
        // Who has no number is found by the other fields alone, as often as they find those who have one.
        var partners = all + without / Math.Max(1e-9, alone);
        return Math.Clamp(1 - (number + others - both + without) / partners, 0, 1);
    }
}
