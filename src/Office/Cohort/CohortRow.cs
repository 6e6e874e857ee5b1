using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>One result in the cohort: no identity, only the RIN.</summary>
/// <param name="Edition">The half-year of the test.</param>
/// <param name="Rin">Whose it is.</param>
/// <param name="School">The school that delivered it.</param>
/// <param name="PupilYearGroup">The pupil's own year group at the test.</param>
/// <param name="TestYearGroup">The year group the test is made for.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Moment">The half-year the test is made for.</param>
/// <param name="TestDate">The day.</param>
/// <param name="Scale">The series.</param>
/// <param name="ScoreTenths">The score in tenths.</param>
public readonly record struct CohortRow(Edition Edition, Rin Rin, string School, int PupilYearGroup, int TestYearGroup, Subject Subject, HalfYear Moment, DateOnly TestDate, string Scale, int ScoreTenths)
{
    /// <summary>0, or the number of the correction that this is.</summary>
    public int Correction { get; init; }

    /// <summary>The round that is bringing it; null for what was there before.</summary>
    internal Edition? Round { get; init; }

    /// <summary>Whether the round that is being linked brought it.</summary>
    internal bool IsOf(Edition round) => Round == round;

    /// <summary>What makes two rows the same result, delivered twice.</summary>
    internal (Rin, Subject, DateOnly, HalfYear, int, string) Key => (Rin, Subject, TestDate, Moment, TestYearGroup, Scale);

    /// <summary>The order within a file: by school and then by RIN, which is random, so that the order says nothing.</summary>
    internal static int Compare(CohortRow a, CohortRow b)
    {
        var order = string.CompareOrdinal(a.School, b.School);
        if (order == 0) order = a.Rin.CompareTo(b.Rin);
        if (order == 0) order = a.TestDate.CompareTo(b.TestDate);
        if (order == 0) order = a.TestYearGroup.CompareTo(b.TestYearGroup);
        if (order == 0) order = a.Moment.CompareTo(b.Moment);
        if (order == 0) order = string.CompareOrdinal(a.Scale, b.Scale);
        return order != 0 ? order : a.ScoreTenths.CompareTo(b.ScoreTenths);
    }

    /// <summary>Masked.</summary>
    public override string ToString() => "a result in the cohort (masked)";
}

/// <summary>A file of the cohort.</summary>
/// <param name="Path">Relative to the home.</param>
/// <param name="Edition">The half-year of its tests.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Round">The round that brought it.</param>
/// <param name="Rows">How many results.</param>
/// <param name="Sha256">Its hash.</param>
public sealed record CohortPart(string Path, Edition Edition, Subject Subject, Edition Round, int Rows, string Sha256)
{
    /// <summary>How many of the results correct an earlier one.</summary>
    public int Corrections { get; init; }
}
