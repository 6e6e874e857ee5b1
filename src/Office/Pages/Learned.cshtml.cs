using Groeilijn.Statistics.Linkage;
using Microsoft.AspNetCore.Html;

namespace Groeilijn.Office.Pages;

/// <summary>What linking learned of a round and how good its links are thought to be: from the model and the counts that are kept, without a pupil.</summary>
public sealed class LearnedPage(OfficeHome home) : RoundPageBase(home)
{
    LinkSummary? _summary;

    /// <summary>What was learned; null before linking.</summary>
    public LinkSummary? Summary => _summary ??= LinkStore.Summary(Home, Edition);

    /// <summary>What people said of the pairs that waited, and what that makes of the estimates; null where it is not kept.</summary>
    internal ReviewedLinks? Reviewed => ReviewLabels.Of(Home, Edition);

    /// <summary>Pupils who were linked because two people say so.</summary>
    public int ByReview => LinkStore.Deliveries(Home, Edition).Sum(d => d.Counts.ByReview);

    /// <summary>Pairs by weight, as a picture; empty when the model is not there any more.</summary>
    public HtmlString Weights => LinkStore.Model(Home, Edition) is not { } model ? HtmlString.Empty
        : new(WeightHistogram.Svg(LinkageTables.Weights(model), OfficeModel.Model.Threshold, Say("Paren naar gewicht, in bits", "Pairs by weight, in bits"),
            (from, to, pairs) => Say($"{from} tot {to} bits: {pairs} paren", $"{from} to {to} bits: {pairs} pairs"), Speech.Language));

    /// <summary>A rate with its interval in words.</summary>
    public string Interval(RateEstimate rate) => Say($"{Share(rate.Low)} tot {Share(rate.High)}", $"{Share(rate.Low)} to {Share(rate.High)}");

    /// <summary>A small share in per cent.</summary>
    public string Share(double share) => Speech.Number(share * 100, 3) + " %";

    /// <summary>A share that may be very small.</summary>
    public string Small(double share) => share is > 0 and < 0.0001 ? share.ToString("0.0E+0", System.Globalization.CultureInfo.InvariantCulture) : Speech.Number(share, 4);

    /// <summary>The weight of a level in bits.</summary>
    public string Bits(LearnedLevel level) => Speech.Number(Math.Log2(level.Same / Math.Max(1e-12, level.Strangers)), 1);
}
