using System.Globalization;
using System.Text;
using Groeilijn.Office;
using Groeilijn.Statistics.Linkage;
using Groeilijn.Web;

namespace Groeilijn.Cli.Commands;

/// <summary>What linking learned and how good it thinks it is, as one page that opens anywhere. It holds no value of any record.</summary>
static class LinkCommandReport
{
    internal static string Page(LinkageResult result, int left, int right, bool oneFile, (double Seconds, double CpuSeconds, long PeakMegabytes) cost, PairExplanation? explained)
    {
        var summary = LinkSummary.Of(result);
        var body = new StringBuilder();
        body.Append(Html.Figures(("Records", oneFile ? Whole(left) : $"{Whole(left)} and {Whole(right)}"), ("Pairs compared", Whole(summary.Pairs)), ("Links", Whole(summary.Links)), ("Records with a tie", Whole(summary.Tied)), ("Number alone", Whole(summary.NumberAlone))));
        body.Append("<h2>How good the links are</h2>\n<p>Estimated from the data, without labels. The two methods share little.</p>\n").Append(Quality(summary));
        body.Append(Html.Table("By group", ["Group", new Cell("Links", CellKind.Number), new Cell("False, estimated", CellKind.Number), "95 % interval", new Cell("Missed, estimated", CellKind.Number), "95 % interval"],
            summary.Groups.Select(g => (IReadOnlyList<Cell>)[g.Group, Cell.Number(g.Links, "en"), Percent(g.FalseLinks.Rate), Interval(g.FalseLinks), g.MissedLinks is { } missed ? Percent(missed.Rate) : Cell.Hidden("not for this group"), g.MissedLinks is { } some ? Interval(some) : ""])));
        body.Append("<h2>What agreement is worth</h2>\n<p>How often one person, two of one household, and two strangers show each level. The weight is log₂ m/u.</p>\n");
        body.Append(Html.Table("Learned levels", ["Fields", "Agreement", new Cell("m, one person", CellKind.Number), new Cell("h, household", CellKind.Number), new Cell("u, strangers", CellKind.Number), new Cell("Weight, bits", CellKind.Number)],
            summary.Levels.Select(l => (IReadOnlyList<Cell>)[l.Fields, l.Agreement.ToLowerInvariant(), Small(l.Same), Small(l.Household), Small(l.Strangers), Cell.Number(Html.Number(Math.Log2(l.Same / Math.Max(1e-12, l.Strangers)), 1, "en"))])));
        body.Append("<h2>Weights of the pairs</h2>\n<p>Pairs of a sample by weight before competition; at 0 one person is as likely as two, and the line is the threshold. Drawn as the logarithm of their number.</p>\n").Append(Histogram(LinkageTables.Weights(result), result.Threshold));
        body.Append("<h2>What each rule brought</h2>\n").Append(Html.Table("Rules", ["Rule", new Cell("Pairs it met first", CellKind.Number), new Cell("Links among them", CellKind.Number)],
            summary.Rules.Select(r => (IReadOnlyList<Cell>)[r.Rule, Cell.Number(r.Pairs, "en"), Cell.Number(r.Links, "en")])));
        body.Append(CultureInfo.InvariantCulture, $"<p>The rules see {summary.BlockingRecall:P2} of the true pairs, by the model. {summary.Unlinkable:P2} of the records of the smaller file lack so much that no rule can find their partner.</p>\n");
        if (explained is not null) body.Append("<h2>One pair</h2>\n").Append(Waterfall(explained));
        body.Append("<h2>What it cost</h2>\n").Append(Html.Figures(("Seconds", Html.Number(cost.Seconds, 1, "en")), ("CPU seconds", Html.Number(cost.CpuSeconds, 1, "en")), ("Most memory", $"{cost.PeakMegabytes} MB")));
        return Web.Page.Render(new PageHead("en", "Linking two files", "groeilijn link"), body.ToString());
    }

    static string Quality(LinkSummary quality) => Html.Table("Estimated error", ["Error", new Cell("From the probabilities", CellKind.Number), "95 % interval", new Cell("Second method", CellKind.Number)],
    [
        ["Links that are false", Percent(quality.FalseLinks.Rate), Interval(quality.FalseLinks), quality.FalseLinksBySpares is { } spares ? Percent(spares) : Cell.Hidden("not for this model")],
        ["True pairs that are missed", Percent(quality.MissedLinks.Rate), Interval(quality.MissedLinks), quality.MissedLinksByRecapture is { } missed ? Percent(missed) : Cell.Hidden("needs a number in a one-to-one model")],
        ["True pairs that no rule sees, by what was learned of the fields", Percent(quality.Unseen.Rate), Interval(quality.Unseen), Cell.Hidden("an estimate apart")],
    ]);

    static string Histogram(IReadOnlyList<(int Bits, long Pairs)> bins, double threshold) =>
        WeightHistogram.Svg(bins, threshold, "Pairs by weight in bits", (from, to, pairs) => $"{from} to {to} bits: {pairs} pairs", "en")
        + Html.Table("Pairs by weight", ["Bits", new Cell("Pairs", CellKind.Number)], bins.Where(b => b.Pairs > 0).Select(b => (IReadOnlyList<Cell>)[$"{Html.Number(b.Bits, 0, "en")} to {Html.Number(b.Bits + 2, 0, "en")}", Cell.Number(b.Pairs, "en")]));

    /// <summary>How the weight of a pair comes about, step by step.</summary>
    static string Waterfall(PairExplanation pair)
    {
        var steps = new List<(string What, double Bits)> { ("before anything is compared", pair.Start) };
        steps.AddRange(pair.Steps.Select(s => ($"{s.Fields}: {s.Agreement.ToLowerInvariant()}", s.Bits)));
        steps.Add(("households, twins and neighbours", pair.Rivals));
        if (pair.Competition != 0) steps.Add(("against none of the candidates", pair.Competition));
        var sums = new List<double>();
        foreach (var (_, bits) in steps) sums.Add(sums.LastOrDefault() + bits);
        const int width = 720, row = 28, left = 300;
        double low = Math.Min(0, sums.Min()), scale = (width - left - 20) / Math.Max(1, Math.Max(0, sums.Max()) - low);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg role=\"img\" aria-labelledby=\"f-t\" viewBox=\"0 0 {width} {row * steps.Count + 10}\" width=\"{width}\" height=\"{row * steps.Count + 10}\" font-family=\"Fira Sans, Arial, sans-serif\" font-size=\"13\">\n<title id=\"f-t\">How the weight of the pair comes about, in bits</title>\n");
        for (var i = 0; i < steps.Count; i++)
        {
            var (from, to) = (i == 0 ? 0 : sums[i - 1], sums[i]);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left - 10}\" y=\"{row * i + 20}\" text-anchor=\"end\" fill=\"#1b2430\">{Html.Encode(steps[i].What)}</text><rect x=\"{left + (Math.Min(from, to) - low) * scale:F1}\" y=\"{row * i + 6}\" width=\"{Math.Max(1, Math.Abs(to - from) * scale):F1}\" height=\"{row - 10}\" fill=\"{(to >= from ? "#1c6b36" : "#9b1b1b")}\"/>\n");
        }
        svg.Append("</svg>\n");
        var outcome = pair.Probability is { } p ? string.Create(CultureInfo.InvariantCulture, $"{pair.Outcome}, probability {p:F6}") : pair.Outcome;
        return $"<p>{Html.Encode(outcome)}; first rule: {Html.Encode(pair.Pass ?? "none")}.</p>\n{svg}{Html.Table("Weight, step by step", ["Step", new Cell("Bits", CellKind.Number), new Cell("Together", CellKind.Number)], steps.Select((s, i) => (IReadOnlyList<Cell>)[s.What, Cell.Number(Html.Number(s.Bits, 2, "en")), Cell.Number(Html.Number(sums[i], 2, "en"))]))}";
    }

    static string Whole(long number) => Html.Number(number, "en");

    static Cell Percent(double rate) => Cell.Number(Html.Number(rate * 100, 3, "en") + " %");

    static Cell Interval(RateEstimate rate) => $"{Html.Number(rate.Low * 100, 3, "en")} to {Html.Number(rate.High * 100, 3, "en")} %";

    static Cell Small(double share) => Cell.Number(share.ToString(share < 0.001 ? "0.0E+0" : "0.0000", CultureInfo.InvariantCulture));
}
