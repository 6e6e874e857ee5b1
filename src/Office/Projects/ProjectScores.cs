using Groeilijn.Education;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>How often each score that counts had been corrected when a project's file was made: another value is another unknown to whoever subtracts.</summary>
sealed class ProjectScores(OfficeHome home, Project project)
{
    readonly Dictionary<Edition, Dictionary<(string Rin, Subject Subject, string Scale), byte>> _corrected = [];

    public byte Corrections(string rin, Edition edition, Subject subject, string scale)
    {
        if (!_corrected.TryGetValue(edition, out var of)) _corrected.Add(edition, of = Of(edition));
        return of.GetValueOrDefault((rin, subject, scale));
    }

    /// <summary>Of those where it was, in a half-year.</summary>
    Dictionary<(string, Subject, string), byte> Of(Edition edition)
    {
        var last = new Dictionary<(Rin Rin, Subject Subject, string Scale), CohortRow>();
        Cohort.Each(home, project.Edition, [edition], _ => { }, row =>
        {
            var key = (row.Rin, row.Subject, row.Scale);
            if (!last.TryGetValue(key, out var other) || IsAfter(row, other)) last[key] = row;
        });
        return last.Where(row => row.Value.Correction % 8 > 0).ToDictionary(row => (row.Key.Rin.Text, row.Key.Subject, row.Key.Scale), row => (byte)(row.Value.Correction % 8));
    }

    /// <summary>The last of a half-year counts, as <see cref="GrowthMeans"/> has it.</summary>
    static bool IsAfter(CohortRow row, CohortRow other) => (row.TestDate, row.ScoreTenths).CompareTo((other.TestDate, other.ScoreTenths)) > 0;
}
