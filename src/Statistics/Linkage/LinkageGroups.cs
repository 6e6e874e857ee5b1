using System.Globalization;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// The quality of links by group, from the probabilities: by pass, by whether the person still lives where the record says, by whether the record has a number, and by
/// year of birth. Missed are the partners that a group is expected to have, less those that were found, and together no more than are missed.
/// </summary>
static class LinkageGroups
{
    /// <summary>Years with fewer records than this are told together; where there are more years than this, ten stand for one.</summary>
    const int LeastRecords = 20, MostYears = 25;
    const double Least = 1e-12;

    /// <summary>Every group that has a link or expects a partner, in order of the ways to divide.</summary>
    internal static IEnumerable<GroupQuality> Of(LinkageResult result)
    {
        var (layout, links) = (result.Small.Layout, result.Decision.Linked().Select(l => new Link(l.Candidate, l.Probability)).ToArray());
        foreach (var pass in links.GroupBy(l => Pass(layout, l)).OrderBy(g => g.Key, StringComparer.Ordinal)) yield return new GroupQuality(pass.Key, pass.Count(), False([.. pass]));
        var ways = new List<Group[]>();
        if (layout.Address is { Postcode: >= 0, House: >= 0 }) ways.Add([.. ByAddress(result, links)]);
        if (LinkageQuality.Numbers(layout) is { Length: > 0 } numbers) ways.Add([.. ByRecord(result, links, i => numbers.All(f => (result.Small.MissingOf(i) >> f & 1) != 0) ? "without a number" : "with a number")]);
        if (Array.IndexOf(layout.Compare, Comparison.Date) is >= 0 and var date) ways.Add([.. ByRecord(result, links, Years(result.Small, date))]);
        foreach (var quality in ways.SelectMany(way => Judged(result, way))) yield return quality;
    }

    readonly record struct Link(Candidate Candidate, double Probability);

    static string Pass(RecordLayout layout, Link link) => "pass " + (link.Candidate.Deterministic >= 0 ? layout.Rules[link.Candidate.Deterministic].Name : "probabilistic");

    /// <summary>Its links, and how many partners it is expected to have.</summary>
    readonly record struct Group(string Name, Link[] Links, double Expected)
    {
        internal double Missed => Math.Max(0, Expected - Links.Sum(l => l.Probability));
    }

    static RateEstimate False(Link[] links) => RateEstimate.Of(links.Sum(l => 1 - l.Probability), links.Length);

    /// <summary>Together the groups miss no more than are missed: where one has more partners than expected, the others want fewer.</summary>
    static IEnumerable<GroupQuality> Judged(LinkageResult result, Group[] groups)
    {
        var (missed, all) = (groups.Sum(g => g.Missed), result.MissedLinkRate * result.ExpectedPartners);
        var share = missed > all ? all / missed : 1;
        foreach (var group in groups)
            yield return new GroupQuality(group.Name, group.Links.Length, False(group.Links), result.Estimate.Evidence.Competing && group.Expected > 0 ? RateEstimate.Of(share * group.Missed, group.Expected) : null);
    }

    /// <summary>How many partners live where the record says, and how many do not or are not known to, is what was learned of the two addresses.</summary>
    static IEnumerable<Group> ByAddress(LinkageResult result, Link[] links)
    {
        var (layout, parameters, evidence) = (result.Small.Layout, result.Estimate.Parameters, result.Estimate.Evidence);
        var c = Array.FindIndex(parameters.Units, unit => unit.Fields.Length == 2);
        double agree = 0, rest = 0;
        if (c >= 0)
        {
            double Known(IReadOnlyDictionary<int, double> lacking) => lacking.Where(l => parameters.Units[c].Fields.All(f => (l.Key >> f & 1) == 0)).Sum(l => l.Value);
            var home = parameters.Units[c].Outcomes.Select((outcome, o) => layout.AtHome(outcome) ? parameters.M[c][o] : 0).Sum();
            agree = result.ExpectedPartners * Known(evidence.LackingSmall) * Known(evidence.LackingLarge) * home;
            rest = result.ExpectedPartners - agree;
        }
        yield return new Group("address agrees", [.. links.Where(l => layout.AtHome(l.Candidate.Pattern))], agree);
        yield return new Group("address differs or is missing", [.. links.Where(l => !layout.AtHome(l.Candidate.Pattern))], rest);
    }

    /// <summary>By what the record of the smaller side says of itself. It has a partner as likely as its candidates are one, or none of them and the partner is one that no rule sees.</summary>
    static IEnumerable<Group> ByRecord(LinkageResult result, Link[] links, Func<int, string> groupOf)
    {
        var (decision, seen, expected, sum) = (result.Decision, new double[result.Small.Count], new SortedDictionary<string, double>(StringComparer.Ordinal), 0.0);
        for (var e = 0; e < decision.Candidates.Length; e++) seen[decision.Candidates[e].Small] += decision.Probability[e];
        for (var i = 0; i < seen.Length; i++)
        {
            var (group, one) = (groupOf(i), Math.Min(1, seen[i]));
            var partners = one + (1 - one) * result.Estimate.Unseen(result.Small.MissingOf(i));
            expected[group] = expected.GetValueOrDefault(group) + partners;
            sum += partners;
        }
        var found = links.ToLookup(l => groupOf(l.Candidate.Small));
        foreach (var (group, partners) in expected) yield return new Group(group, [.. found[group]], partners * result.ExpectedPartners / Math.Max(sum, Least));
    }

    static Func<int, string> Years(RecordSet records, int date)
    {
        var counts = new SortedDictionary<int, int>();
        for (var i = 0; i < records.Count; i++) if (YearOf(i) is > 0 and var year) counts[year] = counts.GetValueOrDefault(year) + 1;
        var width = counts.Count > MostYears ? 10 : 1;
        var many = counts.GroupBy(c => c.Key / width, c => c.Value).Where(g => g.Sum() >= LeastRecords).Select(g => g.Key).ToHashSet();
        return i => YearOf(i) is not (> 0 and var year) ? "birth year missing"
            : !many.Contains(year / width) ? "born in other years"
            : width == 1 ? string.Create(CultureInfo.InvariantCulture, $"born {year}")
            : string.Create(CultureInfo.InvariantCulture, $"born {year / width * width} to {year / width * width + width - 1}");

        // A date is kept digit by digit.
        int YearOf(int record) => (int)(records.Value(record, date) >> 16) is var digits ? (digits >> 12 & 15) * 1000 + (digits >> 8 & 15) * 100 + (digits >> 4 & 15) * 10 + (digits & 15) : 0;
    }
}
