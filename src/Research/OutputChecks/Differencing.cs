using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Research;

/// <summary>What left earlier: its groups, and the cells of it that were published.</summary>
sealed record EarlierOutput(string Id, AggregateRequest Request, IReadOnlyList<IReadOnlyList<string>> Published);

/// <summary>
/// Two outputs that are safe alone may betray a small group together: all pupils of a year against all but six, or a total beside the
/// groups it is made of when one of them is hidden. So each new output is laid beside every earlier one of the project whose groups are
/// the same, finer or coarser: where the pupils in the one and not in the other are some, but under the minimum, the new one stays here.
/// What this does not see is a combination of three or more outputs, and groups that cross without one being finer.
/// </summary>
static class Differencing
{
    /// <summary>Why the new cells may not leave beside what left; null when they may.</summary>
    public static Refusal? Judge(Workspace workspace, EarlierOutput output, IEnumerable<EarlierOutput> earlier, MinimumCount rule)
    {
        foreach (var other in earlier)
            if (Small(workspace, output, other, rule))
                return new("too-close-to-earlier", $"Together with the earlier output {other.Id} this one would show a group under the minimum of {rule.Pupils} pupils or {rule.Schools} schools, as the difference of the two.", $"Use the groups and the where expression of {other.Id}, or make the difference larger.");
        return null;
    }

    static bool Small(Workspace workspace, EarlierOutput a, EarlierOutput b, MinimumCount rule)
    {
        if (a.Request.By.Count > b.Request.By.Count) (a, b) = (b, a);
        if (!a.Request.By.All(b.Request.By.Contains)) return false;
        var by = a.Request.By.Count == 0 ? "" : $"GROUP BY {string.Join(", ", a.Request.By.Select(d => $"\"{d}\""))}";
        var sql = $"""
            SELECT count(DISTINCT pupil), count(DISTINCT school) FROM results
            WHERE {Key(a.Request.By)} IN ({Keys(a)}) AND {Aggregate.Chosen(a.Request)} <> ({Aggregate.Chosen(b.Request)} AND {Key(b.Request.By)} IN ({Keys(b)}))
            {by}
            """;
        return workspace.Data.Query(sql, row => (Pupils: row.GetInt64(0), Schools: row.GetInt64(1))).Exists(d => d.Pupils > 0 && (d.Pupils < rule.Pupils || d.Schools < rule.Schools));
    }

    static string Key(IReadOnlyList<string> by) => by.Count == 0 ? "''" : $"concat_ws('|', {string.Join(", ", by.Select(d => $"\"{d}\""))})";

    static string Keys(EarlierOutput output) => string.Join(", ", output.Published.Select(codes => $"'{string.Join('|', codes).Replace("'", "''", StringComparison.Ordinal)}'").DefaultIfEmpty("NULL"));
}
