using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>A subject and scale in a report.</summary>
readonly record struct ReportSeries(Subject Subject, string Scale)
{
    /// <summary>The name of a number in page and drawing: <c>maths|lvs-3|M4-E4|own|mean</c>.</summary>
    public string Name(string place, string part, string measure) => $"{Subject.Code()}|{Scale}|{place}|{part}|{measure}";

    /// <summary>The name of a statement about a cell: <c>level|maths|lvs-3|all|effect</c>.</summary>
    public string Claim(string says, string place, string part) => $"{says}|{Subject.Code()}|{Scale}|{place}|{part}";
}

/// <summary>What a report may say: the protected cells, by series, place and part.</summary>
sealed class ReportNumbers(ProtectedTable table)
{
    public IReadOnlyList<ProtectedCell> Cells => table.Cells;

    /// <summary>The series, in order.</summary>
    public IReadOnlyList<ReportSeries> Series { get; } = [.. table.Cells.Select(c => new ReportSeries(Of(c.Codes[0]), c.Codes[1])).Distinct()];

    /// <summary>The places of a series that have a part, in order.</summary>
    public IReadOnlyList<string> Places(ReportSeries series, string part) => [.. table.Cells.Where(c => c.Codes[0] == series.Subject.Code() && c.Codes[1] == series.Scale && c.Codes[3] == part).Select(c => c.Codes[2])];

    /// <summary>Whether there is such a cell, hidden or not.</summary>
    public bool Has(ReportSeries series, string place, string part) => Find(series, place, part) is not null;

    /// <summary>The values; null when there is no such cell, or it is hidden, or nothing could be computed.</summary>
    public IReadOnlyList<double>? Values(ReportSeries series, string place, string part) => Find(series, place, part) is { Hidden: null, Values: { Count: > 0 } values } ? values : null;

    /// <summary>What is believed, from mean and standard deviation; null as <see cref="Values"/>.</summary>
    public Posterior? Believed(ReportSeries series, string place, string part, int at = 0) => Values(series, place, part) is { } v ? new Posterior(v[at], v[at + 1]) : null;

    /// <summary>Why a cell is hidden, in words; null when it is not.</summary>
    public string? Why(ReportSeries series, string place, string part, bool dutch) => Find(series, place, part)?.Hidden is { } hidden ? table.Rule.Words(hidden, dutch) : null;

    /// <summary>The code of why a cell is hidden; empty when it is not.</summary>
    public string Reason(ProtectedCell cell) => cell.Hidden is { } hidden ? table.Rule.Code(hidden) : "";

    ProtectedCell? Find(ReportSeries series, string place, string part) => table.Find(series.Subject.Code(), series.Scale, place, part);

    static Subject Of(string code) => Subjects.TryRead(code, out var subject) ? subject : throw new InvalidOperationException("A cell of a report has no subject.");
}
