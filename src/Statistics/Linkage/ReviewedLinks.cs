namespace Groeilijn.Statistics.Linkage;

/// <summary>Pairs of one kind that waited for people, and what people said. Counts only.</summary>
/// <param name="Stratum">Such as <c>tie</c> or <c>likely from 0.5</c>.</param>
/// <param name="Pairs">How many pairs waited.</param>
/// <param name="Told">Of them one person, from the probabilities: their sum.</param>
/// <param name="Judged">How many were judged beyond doubt.</param>
/// <param name="One">Of those, one person.</param>
/// <param name="Linked">Of those, linked because of it.</param>
public readonly record struct ReviewedStratum(string Stratum, int Pairs, double Told, int Judged, int One, int Linked);

/// <summary>
/// What a review makes of the error rates of a linking: a judgement of a pair that waited is a label. In each stratum the share of one person has a beta distribution, as
/// in <see cref="ClericalSample"/>: at first as told, worth <see cref="ClericalSample.Prior"/> judged pairs. Links themselves were judged by nobody here, so that
/// their errors stay as told, with people's links among them.
/// </summary>
/// <param name="Links">Links made without people.</param>
/// <param name="TrueLinks">Of them true, from the probabilities: their sum.</param>
/// <param name="Partners">Partners that there are, found or not, as estimated before the review.</param>
/// <param name="Strata">All pairs that waited.</param>
public sealed record ReviewedLinks(int Links, double TrueLinks, double Partners, IReadOnlyList<ReviewedStratum> Strata)
{
    /// <summary>How many pairs were judged beyond doubt.</summary>
    public int Judged => Strata.Sum(s => s.Judged);

    /// <summary>The error rates after what was judged so far.</summary>
    public ClericalEstimate Estimate()
    {
        var (missed, partners, strata) = ((Mean: 0.0, Variance: 0.0), Partners, new List<JudgedStratum>());
        foreach (var s in Strata.Where(s => s.Pairs > 0))
        {
            var now = BetaShare.Of(s.Told / s.Pairs, s.Judged, s.One);
            var (mean, variance) = now.Among(s.Pairs - s.Judged);
            missed = (missed.Mean + s.One - s.Linked + mean, missed.Variance + variance);
            partners += s.One + mean - s.Told;
            strata.Add(new JudgedStratum(s.Stratum, s.Pairs, s.Judged, s.One, s.Told / s.Pairs, now.Mean));
        }
        // Of partners that nobody was asked about only the model tells: those that no rule sees, and those too unlikely to be shown.
        var others = Math.Max(0, Partners - TrueLinks - Strata.Sum(s => s.Told));
        return new ClericalEstimate(RateEstimate.Of(Links - TrueLinks, Links + Strata.Sum(s => s.Linked)), RateEstimate.Of(missed, others, partners), strata);
    }
}

/// <summary>The share of one person in a stratum: beta distributed.</summary>
readonly record struct BetaShare(double A, double B)
{
    /// <summary>As told before, with what was judged since.</summary>
    internal static BetaShare Of(double told, int judged, int one) => new(ClericalSample.Prior * told + one, ClericalSample.Prior * (1 - told) + judged - one);

    internal double Mean => A / (A + B);

    /// <summary>How many of so many that nobody judged are one person. They are uncertain twice: the share itself, and how many of so few it makes.</summary>
    internal (double Mean, double Variance) Among(int rest) => (rest * Mean, rest * (double)rest * Mean * (1 - Mean) / (A + B + 1) + rest * Mean * (1 - Mean));
}
