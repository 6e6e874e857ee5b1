using Groeilijn.Education;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Office;

/// <summary>
/// Who is behind the mean gaps of all schools, for the Gate. A mean gap is no sum of growths: each school and step weighs by its pupils, and nobody but the school itself has a sum of one side. But it holds every
/// pupil of either side, so each side is remembered as if its sum were told, under a statistic of its own: of others than the reader's own there must be enough, and two mean gaps that differ in
/// a few pupils do not both leave.
/// </summary>
sealed class GapMembers
{
    readonly Dictionary<(Subject, string, GapContrast), CellSum[]> _sums = [];

    /// <summary>Of an edition; the growth lets go of who they are.</summary>
    public static GapMembers Of(EditionGrowth growth, ReportMembers members)
    {
        var made = new GapMembers();
        var numbers = members.Numbers();
        foreach (var series in growth.Series)
            foreach (var gap in series.Gaps)
            {
                // Of each edition apart: a growth has an end that no sum of another edition has, so nothing can be taken from one with the other.
                var statistic = $"{series.Subject.Code()} {series.Scale} gap {gap.Contrast.Variable} {growth.Edition}";
                made._sums.Add((series.Subject, series.Scale, gap.Contrast), [Side("first", gap.Pupils.First), Side("second", gap.Pupils.Second)]);

                CellSum Side(string name, Rin[] pupils) => members.Growth($"{statistic} {name}", series.Subject, series.Scale, [.. pupils.Select(rin => numbers[rin])]);
            }
        growth.LetPupilsGo();
        return made;
    }

    /// <summary>What a mean gap is taken to tell.</summary>
    public IReadOnlyList<CellSum> Sums(Subject subject, string scale, GapContrast contrast) => _sums.GetValueOrDefault((subject, scale, contrast), []);
}
