namespace Groeilijn.Statistics.Disclosure;

/// <summary>A mean that was published of a group, and what its reader knows: the score of every unit that may be in it.</summary>
/// <param name="Scores">The score of each unit in the smallest unit; null for a unit without.</param>
/// <param name="Step">The mean was rounded to whole multiples of this many of the smallest unit; zero: it was exact.</param>
public sealed record PublishedMean(long?[] Scores, long Step);

/// <summary>
/// A school knows all scores of its pupils, and reads means of a group of which it may not know the members (children of low-educated parents). Do the means give the
/// members away? They do not as long as for every pupil there is another group of the same size, with the same published means, in
/// which that pupil is on the other side. Such groups are constructed here, by exchanging one, two or three members; they are the proof, and
/// <see cref="Agrees"/> checks them by addition alone. A pupil for whom none is found counts as exposed.
/// </summary>
public static class Memberships
{
    /// <summary>For each pupil a group with that pupil on the other side that agrees with everything published; null where none was found.</summary>
    /// <param name="member">Who is in the group.</param>
    /// <param name="means">The means published of it, over all editions.</param>
    /// <param name="most">How many exchanges are tried per pupil.</param>
    public static IReadOnlyList<bool[]?> Alternatives(bool[] member, IReadOnlyList<PublishedMean> means, int most = 400_000)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(means);
        var found = new bool[]?[member.Length];
        for (var pupil = 0; pupil < member.Length; pupil++) found[pupil] ??= Exchange(pupil);
        return found;

        bool[]? Exchange(int pupil)
        {
            int[] mine = [.. Enumerable.Range(0, member.Length).Where(p => p != pupil && member[p] == member[pupil])], others = [.. Enumerable.Range(0, member.Length).Where(p => member[p] != member[pupil])];
            var tries = most;
            foreach (var a in others) if (Try([pupil], [a]) is { } one) return one;
            for (var i = 0; i < mine.Length && tries > 0; i++)
                for (var a = 0; a < others.Length && tries > 0; a++)
                    for (var b = a + 1; b < others.Length && tries > 0; b++, tries--)
                        if (Try([pupil, mine[i]], [others[a], others[b]]) is { } two) return two;
            for (var i = 0; i < mine.Length && tries > 0; i++)
                for (var j = i + 1; j < mine.Length && tries > 0; j++)
                    for (var a = 0; a < others.Length && tries > 0; a++)
                        for (var b = a + 1; b < others.Length && tries > 0; b++)
                            for (var c = b + 1; c < others.Length && tries > 0; c++, tries--)
                                if (Try([pupil, mine[i], mine[j]], [others[a], others[b], others[c]]) is { } three) return three;
            return null;
        }

        bool[]? Try(ReadOnlySpan<int> from, ReadOnlySpan<int> to)
        {
            foreach (var mean in means)
            {
                var (count, sum) = (0, 0L);
                foreach (var p in from) if (mean.Scores[p] is { } score) (count, sum) = (count + 1, sum + score);
                foreach (var p in to) if (mean.Scores[p] is { } score) (count, sum) = (count - 1, sum - score);
                if (count != 0 || (mean.Step == 0 && sum != 0)) return null;
            }
            var other = member.ToArray();
            foreach (var p in from) other[p] = !other[p];
            foreach (var p in to) other[p] = !other[p];
            if (!Agrees(member, other, means)) return null;
            // One other group speaks for everybody whom it puts on the other side.
            for (var p = 0; p < member.Length; p++) if (other[p] != member[p]) found[p] ??= other;
            return other;
        }
    }

    /// <summary>Whether two groups have the same size and the same published means, over as many scores.</summary>
    public static bool Agrees(bool[] one, bool[] other, IReadOnlyList<PublishedMean> means)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(means);
        return one.Count(m => m) == other.Count(m => m) && means.All(mean => Published(one, mean) == Published(other, mean));
    }

    static (int, long) Published(bool[] group, PublishedMean mean)
    {
        var (count, sum) = (0, 0L);
        for (var p = 0; p < group.Length; p++) if (group[p] && mean.Scores[p] is { } score) (count, sum) = (count + 1, sum + score);
        // Rounded half up in whole numbers; an exact mean is its sum.
        return (count, mean.Step == 0 || count == 0 ? sum : (long)Math.Floor((decimal)sum / (count * mean.Step) + 0.5m));
    }

    /// <summary>The means that can be published without exposing anybody: as many as possible from the front, each tried with those kept before it.</summary>
    public static IReadOnlyList<int> Publishable(bool[] member, IReadOnlyList<PublishedMean> means)
    {
        ArgumentNullException.ThrowIfNull(means);
        var kept = new List<int>();
        for (var i = 0; i < means.Count; i++)
            if (Alternatives(member, [.. kept.Append(i).Select(k => means[k])]).All(a => a is not null)) kept.Add(i);
        return kept;
    }
}
