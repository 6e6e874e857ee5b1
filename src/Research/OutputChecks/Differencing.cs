using Groeilijn.Statistics.Disclosure;
using Groeilijn.Storage;

namespace Groeilijn.Research;

/// <summary>What left earlier: its groups, and the cells of it that were published.</summary>
sealed record EarlierOutput(string Id, AggregateRequest Request, IReadOnlyList<IReadOnlyList<string>> Published);

/// <summary>
/// Two outputs that are safe alone may betray a small group together: all pupils of a year against all but six, or a total beside the
/// groups it is made of when one of them is hidden. So each new output is laid beside every earlier one of the project: both are added up to the
/// groups they share, and where the pupils that one of them covers and the other does not are some, but under the minimum, the new one stays here.
/// What this does not see is a combination of three or more outputs, and sums over only some of the cells.
/// </summary>
static class Differencing
{
    /// <summary>Why the new cells may not leave beside what left; null when they may.</summary>
    public static Refusal? Judge(Workspace workspace, EarlierOutput output, IEnumerable<EarlierOutput> earlier, MinimumCount rule)
    {
        foreach (var other in earlier)
            if (Small(workspace, output, other, rule))
                return new("too-close-to-earlier", $"Together with the earlier output {other.Id} this one would show a group under the minimum of {rule.Least} pupils or {rule.Schools} schools, as the difference of the two.", $"Use the groups and the where expression of {other.Id}, or make the difference larger.");
        return null;
    }

    static bool Small(Workspace workspace, EarlierOutput a, EarlierOutput b, MinimumCount rule)
    {
        string[] shared = [.. a.Request.By.Where(b.Request.By.Contains)];
        var by = shared.Length == 0 ? "" : $"GROUP BY {string.Join(", ", shared.Select(d => $"\"{d}\""))}";
        var sql = $"""
            SELECT count(DISTINCT pupil), count(DISTINCT school) FROM results
            WHERE {Covered(a)} <> {Covered(b)}
            {by}
            """;
        return workspace.Data.Query(sql, row => (Pupils: row.GetInt64(0), Schools: row.GetInt64(1))).Exists(d => d.Pupils > 0 && (d.Pupils < rule.Least || d.Schools < rule.Schools));
    }

    /// <summary>Whether a row is in a cell that was published.</summary>
    static string Covered(EarlierOutput output) => $"({Aggregate.Chosen(output.Request)} AND {Key(output.Request.By)} IN ({Keys(output)}))";

    static string Key(IReadOnlyList<string> by) => by.Count == 0 ? "''" : $"concat_ws('|', {string.Join(", ", by.Select(d => $"\"{d}\""))})";

    static string Keys(EarlierOutput output) => string.Join(", ", output.Published.Select(codes => $"'{string.Join('|', codes).Replace("'", "''", StringComparison.Ordinal)}'").DefaultIfEmpty("NULL"));
}
