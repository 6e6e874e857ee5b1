using System.Globalization;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// The quality of links by group, from the probabilities: by pass, by whether the person still lives where the record says, by whether the record has a number, and by
/// year of birth. Missed are the partners that a group is expected to have, less those that were found.
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
        foreach (var pass in links.GroupBy(l => Pass(layout, l)).OrderBy(g => g.Key, StringComparer.Ordinal)) yield return Quality(pass.Key, [.. pass], null);
        if (layout.Address is (>= 0, >= 0)) foreach (var group in ByAddress(result, links)) yield return group;
        if (LinkageQuality.Numbers(layout) is { Length: > 0 } numbers)
            foreach (var group in ByRecord(result, links, i => numbers.All(f => (result.Small.MissingOf(i) >> f & 1) != 0) ? "without a number" : "with a number")) yield return group;
        if (Array.IndexOf(layout.Compare, Comparison.Date) is >= 0 and var date)
            foreach (var group in ByRecord(result, links, Years(result.Small, date))) yield return group;
    }

    readonly record struct Link(Candidate Candidate, double Probability);

    static string Pass(RecordLayout layout, Link link) => "pass " + (link.Candidate.Deterministic >= 0 ? layout.Rules[link.Candidate.Deterministic].Name : "probabilistic");

    static GroupQuality Quality(string group, Link[] links, double? expected)
    {
        var wrong = RateEstimate.Of(links.Sum(l => 1 - l.Probability), links.Length);
        return new GroupQuality(group, links.Length, wrong, expected is { } partners ? RateEstimate.Of(Math.Max(0, partners - links.Sum(l => l.Probability)), partners) : null);
    }

    /// <summary>How many partners live where the record says, and how many do not or are not known to, is what was learned of the two addresses.</summary>
    static IEnumerable<GroupQuality> ByAddress(LinkageResult result, Link[] links)
    {
        var (layout, parameters, evidence) = (result.Small.Layout, result.Estimate.Parameters, result.Estimate.Evidence);
        var c = Array.FindIndex(parameters.Units, unit => unit.Fields.Length == 2);
        double? agree = null, rest = null;
        if (c >= 0 && evidence.Competing)
        {
            double Known(IReadOnlyDictionary<int, double> lacking) => lacking.Where(l => parameters.Units[c].Fields.All(f => (l.Key >> f & 1) == 0)).Sum(l => l.Value);
            var home = parameters.Units[c].Outcomes.Select((outcome, o) => layout.AtHome(outcome) ? parameters.M[c][o] : 0).Sum();
            agree = result.ExpectedPartners * Known(evidence.LackingSmall) * Known(evidence.LackingLarge) * home;
            rest = result.ExpectedPartners - agree;
        }
        yield return Quality("address agrees", [.. links.Where(l => layout.AtHome(l.Candidate.Pattern))], agree);
        yield return Quality("address differs or is missing", [.. links.Where(l => !layout.AtHome(l.Candidate.Pattern))], rest);
    }

    /// <summary>By what the record of the smaller side says of itself. It has a partner as likely as its candidates are one, or none of them and the partner is one that no rule sees.</summary>
    static IEnumerable<GroupQuality> ByRecord(LinkageResult result, Link[] links, Func<int, string> groupOf)
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
        var (found, estimate) = (links.ToLookup(l => groupOf(l.Candidate.Small)), result.Estimate);
        foreach (var (group, partners) in expected) yield return Quality(group, [.. found[group]], estimate.Evidence.Competing ? partners * result.ExpectedPartners / Math.Max(sum, Least) : null);
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
