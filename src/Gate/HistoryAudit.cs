using System.Security.Cryptography;
using System.Text;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Gate;

/// <summary>
/// New numbers beside everything their reader has: which of them would let a small group be computed? A pupil's value at a moment is an unknown; unknowns that
/// stand in the same sums form an atom, and each sum is a sum of atoms. A group of some pupils, but under the minimum, is exposed when the new numbers make it follow: an atom, what one sum has
/// more than another, or what two sums differ by. Followed by exact elimination, after the reader's own pupils are taken out.
/// <para>
/// The outcome depends only on which sums hold which atoms and on how large atoms are up to the minimum. Schools that share the public tables and the mean of all therefore
/// share the work: the atoms are made once, and only a school that makes an atom small is judged apart.
/// </para>
/// </summary>
sealed class HistoryAudit(ReleaseMemory memory)
{
    const int MostPartitions = 96, MostVerdicts = 20_000;

    readonly Dictionary<string, Partition> _partitions = new(StringComparer.Ordinal);
    readonly Dictionary<string, int[]> _verdicts = new(StringComparer.Ordinal);

    /// <summary>The places of the new sums that may not go; the earlier in the list is preferred.</summary>
    public HashSet<int> Refused(IReadOnlyList<RememberedSum> before, IReadOnlyList<RememberedSum> now, IReadOnlyList<(int Moment, string Set)> known, int minimum)
    {
        var own = known.GroupBy(k => k.Moment).ToDictionary(k => k.Key, k => k.SelectMany(one => memory.Units(one.Set)).Select(unit => unit >> ReleaseMemory.VersionBits).ToHashSet());
        var refused = new HashSet<int>();
        foreach (var statistic in now.Index().GroupBy(n => n.Item.Statistic, StringComparer.Ordinal))
        {
            var had = before.Where(b => b.Statistic == statistic.Key && !memory.IsOwn(b, own)).DistinctBy(b => b.Text).ToList();
            var texts = had.Select(b => b.Text).ToHashSet(StringComparer.Ordinal);
            var fresh = statistic.Where(n => n.Item.Terms.Count > 0 && !texts.Contains(n.Item.Text) && !memory.IsOwn(n.Item, own)).GroupBy(n => n.Item.Text, StringComparer.Ordinal).ToList();
            if (fresh.Count == 0) continue;
            foreach (var place in Judge([.. had, .. fresh.Select(f => f.First().Item)], had.Count, own, minimum)) refused.UnionWith(fresh[place].Select(f => f.Index));
        }
        return refused;
    }

    int[] Judge(List<RememberedSum> sums, int had, Dictionary<int, HashSet<int>> own, int minimum)
    {
        var atoms = Atoms(sums, own, minimum);
        var key = Key(atoms, sums.Count, had, minimum);
        if (_verdicts.TryGetValue(key, out var verdict)) return verdict;
        if (_verdicts.Count >= MostVerdicts) _verdicts.Clear();
        return _verdicts[key] = [.. new AtomSystem(atoms, sums.Count, had, minimum).Refused()];
    }

    /// <summary>Unknowns in the same sums, without the reader's own: how many pupils at each moment, counted up to the minimum.</summary>
    List<Atom> Atoms(List<RememberedSum> sums, Dictionary<int, HashSet<int>> own, int minimum)
    {
        var made = new Dictionary<string, Atom>(StringComparer.Ordinal);
        foreach (var moment in sums.SelectMany(s => s.Terms).Select(t => t.Moment).Distinct().Order())
        {
            var sets = sums.SelectMany(s => s.Terms).Where(t => t.Moment == moment).Select(t => t.Set).Distinct().Order(StringComparer.Ordinal).ToArray();
            var partition = PartitionOf(sets);
            var place = sets.Index().ToDictionary(s => s.Item, s => s.Index, StringComparer.Ordinal);
            var holders = new List<int>[sets.Length];
            for (var s = 0; s < sets.Length; s++) holders[s] = [];
            for (var s = 0; s < sums.Count; s++) foreach (var term in sums[s].Terms) if (term.Moment == moment) holders[place[term.Set]].Add(s);
            var mine = partition.Count(own.GetValueOrDefault(moment));
            for (var a = 0; a < partition.Sizes.Count; a++)
            {
                var left = partition.Sizes[a] - mine[a];
                if (left == 0) continue;
                int[] inSums = [.. partition.Sets[a].SelectMany(s => holders[s]).Distinct().Order()];
                var name = string.Join(',', inSums);
                if (!made.TryGetValue(name, out var atom)) made.Add(name, atom = new(inSums, []));
                atom.Pupils[moment] = Math.Min(left, minimum);
            }
        }
        return [.. made.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => m.Value)];
    }

    static string Key(List<Atom> atoms, int sums, int had, int minimum)
    {
        var text = new StringBuilder(FormattableString.Invariant($"{sums}/{had}/{minimum}"));
        foreach (var atom in atoms) text.Append(';').AppendJoin(',', atom.Sums).Append('=').AppendJoin(',', atom.Pupils.OrderBy(p => p.Key).Select(p => FormattableString.Invariant($"{p.Key}:{p.Value}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    Partition PartitionOf(string[] sets)
    {
        var key = string.Join(',', sets);
        if (_partitions.TryGetValue(key, out var known)) return known;
        if (_partitions.Count >= MostPartitions) _partitions.Clear();
        return _partitions[key] = new([.. sets.Select(memory.Units)]);
    }
}

/// <summary>Unknowns that stand in the same sums.</summary>
/// <param name="Sums">Which sums.</param>
/// <param name="Pupils">How many pupils at each moment; a pupil may count at several, so a group has as many as its fullest moment at least.</param>
sealed record Atom(int[] Sums, SortedDictionary<int, int> Pupils);

/// <summary>Sets of one moment, cut into the largest parts of which each set is made.</summary>
sealed class Partition
{
    readonly Dictionary<int, int> _atomOf = [];

    public Partition(IReadOnlyList<int[]> sets)
    {
        var split = new Dictionary<(int Atom, int Set), int>();
        for (var s = 0; s < sets.Count; s++)
            foreach (var unit in sets[s])
            {
                var atom = _atomOf.TryGetValue(unit, out var had) ? had : -1;
                if (!split.TryGetValue((atom, s), out var made))
                {
                    split.Add((atom, s), made = Sizes.Count);
                    Sizes.Add(0);
                    Sets.Add([.. atom < 0 ? [] : Sets[atom], s]);
                }
                if (atom >= 0) Sizes[atom]--;
                Sizes[made]++;
                _atomOf[unit] = made;
            }
    }

    /// <summary>How many units each part has; what was cut further has none.</summary>
    public List<int> Sizes { get; } = [];

    /// <summary>Which sets each part is in.</summary>
    public List<int[]> Sets { get; } = [];

    /// <summary>How many of some people's units each part has.</summary>
    public int[] Count(HashSet<int>? handles)
    {
        var counts = new int[Sizes.Count];
        foreach (var handle in handles ?? [])
            for (var version = 0; version < 1 << ReleaseMemory.VersionBits; version++)
                if (_atomOf.TryGetValue(handle << ReleaseMemory.VersionBits | version, out var atom)) counts[atom]++;
        return counts;
    }
}
