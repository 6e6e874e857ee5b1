using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Gate;

/// <summary>
/// Means and levels of groups that the receiver cannot see itself. A school that knows all scores could look for the members that give these means; a mean is shown only while for every pupil of the school
/// another membership, with that pupil on the other side, gives the same means (<see cref="Memberships"/>). Pupils who share no mean are judged apart. A level of evidence is shown only while every pupil
/// may be in either of its two groups (<see cref="HiddenClasses"/>); what is hidden of it has one reason, so that a small group is not told from another.
/// </summary>
static class UnseenGroups
{
    const int MostTries = 20_000;

    /// <summary>The places of the shown cells that would tell who is in a group.</summary>
    public static IEnumerable<int> Telling(IReadOnlyList<RawCell> cells, IReadOnlyList<UnseenMean> earlier, Func<int, bool> shown)
    {
        var groups = cells.Index().Where(cell => cell.Item.Unseen is not null && shown(cell.Index)).GroupBy(cell => cell.Item.Unseen!.Group, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            // What was shown before comes first: it cannot be taken back.
            List<(int Place, UnseenMean Mean)> means = [.. earlier.Where(mean => mean.Group == group.Key).Select(mean => (-1, mean)), .. group.Select(cell => (cell.Index, cell.Item.Unseen!))];
            foreach (var part in Apart(means))
                foreach (var place in Judge(part)) yield return place;
        }
    }

    /// <summary>The places of the shown cells whose level would tell who is in one of two groups, or whose groups are small. A cell that tells of several variables is shown only if it may be for each.</summary>
    public static IEnumerable<int> TellingLevels(IReadOnlyList<RawCell> cells, IReadOnlyList<UnseenLevel> earlier, Func<int, bool> shown)
    {
        var telling = new HashSet<int>();
        foreach (var group in cells.Index().Where(cell => shown(cell.Index)).SelectMany(cell => cell.Item.UnseenLevels.Select(level => (Place: cell.Index, level.Group, level.Classes, level.Level))).GroupBy(level => level.Group, StringComparer.Ordinal))
        {
            var hidden = new HiddenClasses(group.First().Classes, MostTries);
            // What was shown before comes first: it cannot be taken back.
            foreach (var before in earlier.Where(level => level.Group == group.Key)) hidden.Keep(before.Level);
            foreach (var level in group) if (!telling.Contains(level.Place) && !hidden.TryAdd(level.Level)) telling.Add(level.Place);
        }
        return telling.Order();
    }

    static IEnumerable<int> Judge(List<(int Place, UnseenMean Mean)> means)
    {
        int[] pupils = [.. Enumerable.Range(0, means[0].Mean.Member.Length).Where(p => means.Exists(m => m.Mean.Scores[p] is not null))];
        bool[] member = [.. pupils.Select(p => means[0].Mean.Member[p])];
        var kept = new List<PublishedMean>();
        foreach (var (place, mean) in means)
        {
            kept.Add(new([.. pupils.Select(p => mean.Scores[p])], mean.Step));
            if (place < 0 || Memberships.Alternatives(member, kept, MostTries).All(other => other is not null)) continue;
            kept.RemoveAt(kept.Count - 1);
            yield return place;
        }
    }

    /// <summary>Means that share a pupil together, by way of others too.</summary>
    static IEnumerable<List<(int Place, UnseenMean Mean)>> Apart(List<(int Place, UnseenMean Mean)> means)
    {
        var part = Enumerable.Range(0, means.Count).ToArray();
        var first = new Dictionary<int, int>();
        for (var m = 0; m < means.Count; m++)
            for (var p = 0; p < means[m].Mean.Scores.Length; p++)
                if (means[m].Mean.Scores[p] is not null && !first.TryAdd(p, m))
                    for (var (from, to, i) = (part[m], part[first[p]], 0); from != to && i < part.Length; i++) if (part[i] == from) part[i] = to;
        return means.Index().GroupBy(m => part[m.Index]).Select(g => g.Select(m => m.Item).ToList());
    }
}
