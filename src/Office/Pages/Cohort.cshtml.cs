using Groeilijn.Education;

namespace Groeilijn.Office.Pages;

/// <summary>A half-year of the cohort.</summary>
public sealed record CohortLine(Edition Edition, IReadOnlyDictionary<Subject, long> Results);

/// <summary>What the cohort holds, in counts.</summary>
public sealed class CohortPage(OfficeHome home) : OfficePage(home)
{
    IReadOnlyList<CohortLine>? _rows;

    /// <summary>The half-years in order.</summary>
    public IReadOnlyList<CohortLine> Rows => _rows ??= [.. Cohort.Parts(Home).GroupBy(part => part.Edition).OrderBy(group => group.Key)
        .Select(group => new CohortLine(group.Key, group.GroupBy(part => part.Subject).ToDictionary(subject => subject.Key, subject => subject.Sum(part => (long)part.Rows))))];

    /// <summary>The subjects in order.</summary>
    public IReadOnlyList<Subject> Columns => [.. Rows.SelectMany(row => row.Results.Keys).Distinct().Order()];

    /// <summary>A subject in words.</summary>
    public string Name(Subject subject) => subject.Code() switch { "reading" => Say("begrijpend lezen", "reading comprehension"), "spelling" => Say("spelling", "spelling"), "maths" => Say("rekenen-wiskunde", "mathematics"), var code => code };
}
