using System.Globalization;
using Groeilijn.Office;

namespace Groeilijn.Benchmarks;

/// <summary>
/// <c>report-shares OFFICE</c>: of the figures of all reports that left an office, by how many pupils the school delivered: how many are hidden, and how many are shown only together with another year group's.
/// <c>groeilijn demo --out FOLDER</c> makes an office of 40 schools and six half-years.
/// </summary>
static class ReportShares
{
    static readonly int[] s_from = [0, 60, 90, 150, 210, 240];

    public static int Run(string[] words)
    {
        if (words is not [var folder])
        {
            Console.Error.WriteLine("error: not understood\nhint: report-shares OFFICE");
            return 2;
        }
        using var home = OfficeHome.Open(folder, TimeProvider.System);
        var pupils = home.Database.Read<(string Edition, string School, long Pupils)>("SELECT edition, school, records FROM deliveries WHERE state = @state", new { state = DeliveryState.Linked.Code() }).ToDictionary(d => (d.Edition, d.School), d => d.Pupils);
        var reports = home.Gate.Releases.Where(r => r.Audience == "school").ToLookup(r => s_from.Last(from => from <= pupils[(r.Edition, r.Subject)]));
        foreach (var of in reports.OrderBy(r => r.Key))
        {
            var (figures, together) = (of.Sum(r => r.Cells), of.Sum(r => r.Reasons.GetValueOrDefault("shown-with-another")));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"from {of.Key} pupils: {of.Count()} reports, {figures} figures, {(double)(of.Sum(r => r.Hidden) - together) / figures:P1} hidden, {(double)together / figures:P1} only together; {string.Join(", ", of.SelectMany(r => r.Reasons).GroupBy(r => r.Key, StringComparer.Ordinal).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => FormattableString.Invariant($"{r.Key} {r.Sum(one => one.Value)}")))}"));
        }
        return 0;
    }
}
