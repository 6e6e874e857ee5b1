using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groeilijn.Statistics.Linkage;

/// <summary>What a rule brought.</summary>
/// <param name="Rule">Its fields, joined by +.</param>
/// <param name="Pairs">Pairs that it was the first to meet.</param>
/// <param name="Links">Links among them.</param>
public readonly record struct RuleShare(string Rule, long Pairs, int Links);

/// <summary>What a linking did and what it thinks of itself, for a page, a console or a store. No value of any record is in it.</summary>
/// <param name="Left">Records of the first file.</param>
/// <param name="Right">Records of the second.</param>
/// <param name="Pairs">Pairs compared.</param>
/// <param name="Links">Links.</param>
/// <param name="Tied">Records with a tie.</param>
/// <param name="NumberAlone">Pairs that agree on a number and nothing else of the person.</param>
/// <param name="FalseLinks">Estimated share of the links that is false, from the probabilities.</param>
/// <param name="FalseLinksBySpares">The same by the second method; null when it does not apply.</param>
/// <param name="MissedLinks">Estimated share of true pairs that are no link; what waits for review is among them.</param>
/// <param name="MissedLinksByRecapture">The same, before review, by the second method; null when it does not apply.</param>
/// <param name="BlockingRecall">The share of true pairs that the rules see.</param>
/// <param name="Unlinkable">The share of records that lack so much that no rule can find their partner.</param>
/// <param name="Levels">m, h and u by level.</param>
/// <param name="Rules">What each rule brought.</param>
/// <param name="Groups">Quality by pass, address, number and year of birth.</param>
public sealed record LinkSummary(int Left, int Right, long Pairs, int Links, int Tied, int NumberAlone, RateEstimate FalseLinks, double? FalseLinksBySpares, RateEstimate MissedLinks, double? MissedLinksByRecapture,
    double BlockingRecall, double Unlinkable, IReadOnlyList<LearnedLevel> Levels, IReadOnlyList<RuleShare> Rules, IReadOnlyList<GroupQuality> Groups)
{
    /// <summary>The share of true pairs that no rule sees. How many these are is estimated from pairs that were seen, and is a number by chance itself: twice Poisson's variance.</summary>
    [JsonIgnore]
    public RateEstimate Unseen
    {
        get
        {
            var partners = MissedLinks.Rate < 1 ? Links * (1 - FalseLinks.Rate) / (1 - MissedLinks.Rate) : 0;
            var unseen = (1 - BlockingRecall) * partners;
            return RateEstimate.Of((unseen, 2 * unseen), 0, partners);
        }
    }

    /// <summary>The summary of a result.</summary>
    public static LinkSummary Of(LinkageResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var quality = new LinkageQuality(result);
        return new LinkSummary(result.Left.Count, result.Right.Count, result.Pairs, result.Links.Count, result.Ties.Select(t => t.Left).Distinct().Count(), result.Refused.Count,
            quality.FalseLinks, quality.FalseLinksBySpares, quality.MissedLinks, quality.MissedLinksByRecapture, result.BlockingRecall, quality.Unlinkable,
            LinkageTables.Levels(result), [.. LinkageTables.Rules(result).Select(r => new RuleShare(r.Rule, r.Pairs, r.Links))], quality.Groups);
    }

    /// <summary>The summary as text that can be kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LinkageJson.Options);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static LinkSummary Read(string json) => JsonSerializer.Deserialize<LinkSummary>(json, LinkageJson.Options) ?? throw new JsonException("a summary of linking is empty");

    /// <summary>The estimates in words, then a line for each level and each rule: for a console.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Text($"estimated false links {FalseLinks.Rate:P3} (95 %: {FalseLinks.Low:P3} to {FalseLinks.High:P3}{Second(FalseLinksBySpares)})");
        yield return Text($"estimated missed      {MissedLinks.Rate:P2} (95 %: {MissedLinks.Low:P2} to {MissedLinks.High:P2}{Second(MissedLinksByRecapture)}), what waits for review among them");
        yield return Text($"the rules see {BlockingRecall:P2} of the true pairs (95 %: {1 - Unseen.High:P2} to {1 - Unseen.Low:P2}); {Unlinkable:P2} of the records cannot be found by any");
        yield return Text($"{"",-40} {"m, person",10} {"h, family",10} {"u, stranger",12}  bits");
        foreach (var l in Levels) yield return Text($"{l.Fields + ": " + l.Agreement.ToLowerInvariant(),-40} {l.Same,10:F4} {l.Household,10:F4} {l.Strangers,12:E1} {Math.Log2(l.Same / Math.Max(1e-12, l.Strangers)),5:F1}");
        yield return Text($"{"rule",-40} {"pairs",10} {"links",10}");
        foreach (var r in Rules) yield return Text($"{r.Rule,-40} {r.Pairs,10:N0} {r.Links,10:N0}");
        foreach (var g in Groups) yield return Text($"{g.Group,-40} {g.Links,10:N0} links, {g.FalseLinks.Rate:P3} false{(g.MissedLinks is { } missed ? Text($", {missed.Rate:P2} missed") : "")}");
    }

    static string Second(double? rate) => rate is { } known ? Text($"; second method {known:P3}") : "";

    static string Text(FormattableString text) => FormattableString.Invariant(text);
}
