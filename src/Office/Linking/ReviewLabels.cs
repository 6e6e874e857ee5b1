using Groeilijn.Education;
using Groeilijn.Statistics.Linkage;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// The verdicts of a round as labels: counts by kind of pair, without a pupil, that tell how good the links are once people looked. A pair counts as judged when both
/// reviewers say the same and neither is in doubt.
/// </summary>
static class ReviewLabels
{
    const double Million = 1e6;

    /// <summary>What was told and what was judged; null where the round was not linked, or by an earlier program.</summary>
    public static ReviewedLinks? Of(OfficeHome home, Edition edition)
    {
        var arguments = new { edition = edition.ToString() };
        var totals = home.Database.Read<(long Links, long Sure, long Partners)>("SELECT links, true_links, partners FROM link_models WHERE edition = @edition AND partners IS NOT NULL", arguments);
        if (totals is not [var total]) return null;
        var strata = home.Database.Read<(string Stratum, long Pairs, long Told, long Judged, long One, long Linked)>("SELECT stratum, pairs, told, judged, one, linked FROM link_reviewed WHERE edition = @edition ORDER BY stratum", arguments);
        return new ReviewedLinks((int)total.Links, total.Sure / Million, total.Partners / Million, [.. strata.Select(s => new ReviewedStratum(s.Stratum, (int)s.Pairs, s.Told / Million, (int)s.Judged, (int)s.One, (int)s.Linked))]);
    }

    /// <summary>Adds what a linking made and what it left to people, to the round's.</summary>
    public static void Tell(Transaction t, Edition edition, LinkageResult result, IReadOnlyCollection<ReviewItem> items)
    {
        // A link that would change an earlier one waits too: it is no link yet.
        var proposed = items.Where(IsProposal).Select(Likeliest).ToArray();
        t.Execute("UPDATE link_models SET links = coalesce(links, 0) + @links, true_links = coalesce(true_links, 0) + @sure, partners = coalesce(partners, 0) + @partners WHERE edition = @edition",
            new { edition = edition.ToString(), links = result.Links.Count - proposed.Length, sure = Millionths(result.Links.Sum(l => l.Probability) - proposed.Sum()), partners = Millionths(result.ExpectedPartners) });
        t.Execute("INSERT INTO link_reviewed (edition, stratum, pairs, told, judged, one, linked) VALUES (@edition, @Stratum, @Pairs, @told, 0, 0, 0) ON CONFLICT (edition, stratum) DO UPDATE SET pairs = link_reviewed.pairs + excluded.pairs, told = link_reviewed.told + excluded.told",
            Counted(items, new HashSet<ReviewItem>()).Select(s => new { edition = edition.ToString(), s.Stratum, s.Pairs, told = Millionths(s.Told) }));
    }

    /// <summary>Sets what people said of all pairs of the round by now.</summary>
    /// <param name="t">The settling's own transaction.</param>
    /// <param name="edition">The half-year.</param>
    /// <param name="items">All pupils who waited.</param>
    /// <param name="linked">Those of them who are linked now.</param>
    /// <returns>How many pairs were judged beyond doubt.</returns>
    public static int Judge(Transaction t, Edition edition, IReadOnlyCollection<ReviewItem> items, IReadOnlySet<ReviewItem> linked)
    {
        ReviewedStratum[] strata = [.. Counted(items, linked)];
        t.Execute("UPDATE link_reviewed SET judged = @Judged, one = @One, linked = @Linked WHERE edition = @edition AND stratum = @Stratum", strata.Select(s => new { edition = edition.ToString(), s.Stratum, s.Judged, s.One, s.Linked }));
        return strata.Sum(s => s.Judged);
    }

    static IEnumerable<ReviewedStratum> Counted(IEnumerable<ReviewItem> items, IReadOnlySet<ReviewItem> linked) =>
        from item in items
        from pair in item.Pairs
        group (pair, Linked: linked.Contains(item) && ReferenceEquals(pair, item.Agreed)) by Stratum(item, pair) into g
        orderby g.Key
        select new ReviewedStratum(g.Key, g.Count(), g.Sum(x => x.pair.Probability), g.Count(x => IsJudged(x.pair)), g.Count(x => x.pair is { First: Verdict.Link, Second: Verdict.Link }), g.Count(x => x.Linked));

    static bool IsJudged(ReviewPair pair) => pair.First == pair.Second && pair.First is Verdict.Link or Verdict.Not;

    static bool IsProposal(ReviewItem item) => item.Reason is "earlier" or "contradicts";

    static double Likeliest(ReviewItem item) => item.Pairs.Max(p => p.Probability);

    /// <summary>Why it waits, and for those that are only likely also which half of the scale they are on.</summary>
    static string Stratum(ReviewItem item, ReviewPair pair) => item.Reason != "likely" ? item.Reason : pair.Probability < 0.5 ? "likely below half" : "likely from half";

    static long Millionths(double sum) => (long)Math.Round(sum * Million);
}
