using Groeilijn.Education;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>A step that ended in an edition, of one subject and scale.</summary>
readonly record struct TrendStep(Edition Edition, Subject Subject, string Scale, int YearGroup);

/// <summary>The mean of all schools over a step, as it was when a report first told of it.</summary>
/// <param name="Growth">The growth of all pupils.</param>
/// <param name="Schools">Schools with at least one.</param>
/// <param name="Sum">The same for the Gate.</param>
sealed record KeptMean(Tally Growth, int Schools, CellSum Sum);

/// <summary>
/// The means of all schools that trends are measured against. They are kept as they first left: computed anew they would differ by who came late or was withdrawn, and beside the first that would tell of these few. What
/// was told once tells nothing again.
/// </summary>
static class KeptMeans
{
    public static IReadOnlyDictionary<TrendStep, KeptMean> Of(OfficeHome home) => home.Database
        .Read<(string Edition, string Subject, string Scale, long YearGroup, long Pupils, long Total, long Squares, long Schools, string Statistic, string Terms)>("SELECT edition, subject, scale, year_group, pupils, total, squares, schools, statistic, terms FROM kept_means")
        .ToDictionary(row => new TrendStep(Edition.Parse(row.Edition).Value, Subjects.TryRead(row.Subject, out var subject) ? subject : throw new InvalidDataException("A kept mean has no subject."), row.Scale, (int)row.YearGroup),
            row => new KeptMean(new(row.Pupils, row.Total, row.Squares), (int)row.Schools, new(row.Statistic, []) { Kept = row.Terms }));

    /// <summary>Keeps those of a run that are not kept yet, before any of its reports leaves.</summary>
    public static void Keep(OfficeHome home, ReportStatistics statistics)
    {
        var (kept, members) = (Of(home), statistics.Cohort.Members);
        var fresh = statistics.Growth.Series.SelectMany(series => series.Measures.Select(measure => (Step: new TrendStep(measure.Edition, series.Subject, series.Scale, measure.YearGroup), measure.Growth, measure.Schools)))
            .Where(one => !kept.ContainsKey(one.Step)).Select(one => (one.Step, one.Growth, one.Schools, Sum: members.GrowthOfAll(one.Step))).Where(one => one.Sum is not null).ToList();
        if (fresh.Count == 0) return;
        var terms = home.Gate.Keep([.. fresh.Select(one => one.Sum!)], members.Pupils);
        home.Database.Write(t =>
        {
            t.Execute("INSERT INTO kept_means (edition, subject, scale, year_group, pupils, total, squares, schools, statistic, terms) VALUES (@edition, @subject, @Scale, @YearGroup, @Count, @Sum, @Squares, @Schools, @Statistic, @text) ON CONFLICT DO NOTHING",
                fresh.Zip(terms, (one, text) => new { edition = one.Step.Edition.ToString(), subject = one.Step.Subject.Code(), one.Step.Scale, one.Step.YearGroup, one.Growth.Count, one.Growth.Sum, one.Growth.Squares, one.Schools, one.Sum!.Statistic, text }));
            t.Enter(home.Entry("reports", "means-kept", ("edition", statistics.Edition.ToString()), ("means", fresh.Count)));
        });
    }
}
