using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>
/// Links that were found wrong later: a file of the cohort never changes, so what a school delivered under one RIN is read under another, from
/// the round on in which two people corrected it.
/// </summary>
static class CohortCorrections
{
    /// <summary>What stands after FROM, with the corrections of rounds up to one applied; the same text when there are none.</summary>
    public static string Apply(OfficeHome home, Edition? round, string from)
    {
        var corrections = Until(home, round);
        if (corrections.Count == 0) return from;
        var rows = string.Join(", ", corrections.Select(c => $"('{c.Key.School}', '{c.Key.Rin}', '{c.Value}')"));
        return $"(SELECT p.* REPLACE (coalesce(c.rin_after, p.rin) AS rin) FROM {from} p LEFT JOIN (VALUES {rows}) c(school, rin_before, rin_after) ON p.school = c.school AND p.rin = c.rin_before)";
    }

    /// <summary>Each school and RIN that was corrected, and the RIN that holds now.</summary>
    public static IReadOnlyList<(string School, Rin Before, Rin After)> All(OfficeHome home) =>
        [.. Until(home, null).Select(c => (c.Key.School, Read(c.Key.Rin), Read(c.Value)))];

    static Rin Read(string rin) => Rin.TryParse(rin, out var read) ? read : throw new InvalidDataException("A RIN in link_corrections is not 16 letters.");

    /// <summary>The last RIN of each that was corrected, also where a correction was corrected.</summary>
    static Dictionary<(string School, string Rin), string> Until(OfficeHome home, Edition? round)
    {
        var last = new Dictionary<(string School, string Rin), string>();
        foreach (var (edition, school, before, after) in home.Database.Read<(string, string, string, string)>("SELECT edition, school, rin_before, rin_after FROM link_corrections ORDER BY number"))
        {
            if (round is { } until && Edition.Parse(edition).Value.CompareTo(until) > 0) continue;
            foreach (var key in last.Where(c => c.Key.School == school && c.Value == before).Select(c => c.Key).ToArray()) last[key] = after;
            last[(school, before)] = after;
        }
        return last;
    }
}
