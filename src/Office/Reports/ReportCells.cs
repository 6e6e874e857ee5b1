using Groeilijn.Education;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>One line of a school's report: a subject and a step, on one scale.</summary>
public readonly record struct ReportLine(Subject Subject, string Scale, GrowthStep Step)
{
    internal IReadOnlyList<string> Codes(string part) => [Subject.Code(), Scale, Step.Code, part];
}

/// <summary>
/// The cells of one school's report before protection. Each line has three: the school's own growth, the mean of all
/// participating schools, and the difference. The mean of all counts as one of the other schools' pupils, because the
/// school can take its own away from it.
/// </summary>
static class ReportCells
{
    public const string Own = "own", All = "all", Difference = "difference";

    /// <summary>The lines of a school: every step that any school has, on the scale the school uses there (or else the most used one).</summary>
    public static IReadOnlyList<ReportLine> Lines(CohortGrowth growth, int school) =>
        [.. from subject in Subjects.All
            from step in GrowthStep.All(growth.Edition, subject)
            let scales = growth.Scales(subject).Where(scale => growth.OfAll(subject, scale, step).Count > 0).ToList()
            where scales.Count > 0
            let own = scales.Where(scale => growth.OfSchool(school, subject, scale, step).Count > 0).ToList()
            from scale in own.Count > 0 ? own : [scales.MaxBy(scale => growth.OfAll(subject, scale, step).Count)!]
            select new ReportLine(subject, scale, step)];

    public static IReadOnlyList<RawCell> Of(CohortGrowth growth, int school, IReadOnlyList<ReportLine> lines) => [.. lines.SelectMany(line => Of(growth, school, line))];

    static IEnumerable<RawCell> Of(CohortGrowth growth, int school, ReportLine line)
    {
        var own = growth.OfSchool(school, line.Subject, line.Scale, line.Step);
        var all = growth.OfAll(line.Subject, line.Scale, line.Step);
        var others = (all - own).Count;
        var schools = growth.SchoolsOf(line.Subject, line.Scale, line.Step).Count();
        var (ofOwn, ofAll) = (growth.Members.Growth(school, line), growth.Members.Growth(-1, line));
        yield return new RawCell(line.Codes(Own), own.Count, 1, own.Count < 2 ? [] : [own.Mean, own.Interval.Low, own.Interval.High, own.Count], OfReceiver: true) { Sums = [ofOwn] };
        yield return new RawCell(line.Codes(All), others, schools, [all.Mean]) { Sums = [ofAll] };
        yield return new RawCell(line.Codes(Difference), Math.Min(own.Count, others), schools, Interval.PartAgainstWhole(own, all) is { } d ? [d.Estimate, d.Low, d.High] : []) { Sums = [ofOwn, ofAll] };
    }
}
