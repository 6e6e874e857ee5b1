using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Groeilijn.Gate;

/// <summary>
/// New numbers beside everything their reader has: which of them would let a small group be computed? A pupil's value at a moment is an unknown; unknowns that
/// stand in the same sums form an atom, and each sum is a sum of atoms. A group of some pupils, but under the minimum, is exposed when the new numbers make it follow: an atom, a cell that was hidden, what one sum has
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

    /// <summary>The places of the new sums that may not go; the earlier in the list is preferred. Sums that are not shown are what may not follow.</summary>
    public HashSet<int> Refused(IReadOnlyList<RememberedSum> before, IReadOnlyList<RememberedSum> now, IReadOnlyList<(int Moment, string Set)> known, int minimum)
    {
        var own = known.GroupBy(k => k.Moment).ToDictionary(k => k.Key, k => k.SelectMany(one => memory.Units(one.Set)).Select(unit => unit >> ReleaseMemory.VersionBits).ToHashSet());
        var refused = new HashSet<int>();
        foreach (var statistic in now.Index().Where(n => n.Item.Terms.Count > 0).GroupBy(n => n.Item.Statistic, StringComparer.Ordinal))
        {
            var had = before.Where(b => b.Statistic == statistic.Key && b.Shown && !memory.IsOwn(b, own)).DistinctBy(b => b.Text).ToList();
            var texts = had.Select(b => b.Text).ToHashSet(StringComparer.Ordinal);
            var fresh = statistic.Where(n => n.Item.Shown && !texts.Contains(n.Item.Text) && !memory.IsOwn(n.Item, own)).GroupBy(n => n.Item.Text, StringComparer.Ordinal).ToList();
            if (fresh.Count == 0) continue;
            texts.UnionWith(fresh.Select(f => f.Key));
            var guarded = before.Where(b => b.Statistic == statistic.Key).Concat(statistic.Select(n => n.Item)).Where(g => !g.Shown && !texts.Contains(g.Text) && !memory.IsOwn(g, own)).DistinctBy(g => g.Text);
            foreach (var place in Judge([.. had, .. fresh.Select(f => f.First().Item), .. guarded], had.Count, fresh.Count, own, minimum)) refused.UnionWith(fresh[place].Select(f => f.Index));
        }
        return refused;
    }

    int[] Judge(List<RememberedSum> sums, int had, int fresh, Dictionary<int, HashSet<int>> own, int minimum)
    {
        var atoms = Atoms(sums, own, minimum);
        var key = Key(atoms, sums.Count, had, fresh, minimum);
        if (_verdicts.TryGetValue(key, out var verdict)) return verdict;
        if (_verdicts.Count >= MostVerdicts) _verdicts.Clear();
        return _verdicts[key] = [.. new AtomSystem(atoms, sums.Count, had, fresh, minimum).Refused()];
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
            for (var s = 0; s < sums.Count; s++) foreach (var term in sums[s].Terms) if (term.Moment == moment) holders[place[term.Set]].Add(term.Less ? ~s : s);
            var mine = partition.Count(own.GetValueOrDefault(moment));
            for (var a = 0; a < partition.Sizes.Count; a++)
            {
                if (partition.Sizes[a].Units == mine[a].Units) continue;
                int[] inSums = [.. partition.Sets[a].SelectMany(s => holders[s]).Distinct().Order()];
                var name = string.Join(',', inSums);
                if (!made.TryGetValue(name, out var atom)) made.Add(name, atom = new(inSums, []));
                atom.Pupils[moment] = Math.Min(partition.Sizes[a].Pupils - mine[a].Pupils, minimum);
            }
        }
        return [.. made.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => m.Value)];
    }

    static string Key(List<Atom> atoms, int sums, int had, int fresh, int minimum)
    {
        var text = new StringBuilder(FormattableString.Invariant($"{sums}/{had}/{fresh}/{minimum}"));
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
/// <param name="Sums">Which sums; the complement (~) of one that takes them away.</param>
/// <param name="Pupils">How many pupils at each moment; a pupil may count at several, so a group has as many as its fullest moment at least.</param>
sealed record Atom(int[] Sums, SortedDictionary<int, int> Pupils);

/// <summary>Sets of one moment, cut into the largest parts of which each set is made. A pupil whose value was corrected is two unknowns and counts once, with the first.</summary>
sealed class Partition
{
    const int Versions = 1 << ReleaseMemory.VersionBits;

    /// <summary>A unit's atom, by its place among all of them; eight bytes a unit, for the mean of all schools holds a nation.</summary>
    readonly int[] _units, _atoms;

    /// <summary>Where the units of each part of all handles begin: they were drawn at random, so that each part has as many, some sixteen.</summary>
    readonly int[] _from;

    readonly int _shift;

    const int UnitBits = 31, MostPartBits = 16;

    public Partition(IReadOnlyList<int[]> sets)
    {
        _units = Union(sets);
        _atoms = new int[_units.Length];
        Array.Fill(_atoms, -1);
        var partBits = Math.Clamp(BitOperations.Log2((uint)_units.Length | 1) - 4, 0, MostPartBits);
        (_shift, _from) = (UnitBits - partBits, new int[(1 << partBits) + 1]);
        for (var (i, part) = (0, 0); part < _from.Length; part++)
        {
            while (i < _units.Length && _units[i] >> _shift < part) i++;
            _from[part] = i;
        }
        var split = new Dictionary<(int Atom, int Set), int>();
        for (var s = 0; s < sets.Count; s++)
            foreach (var unit in sets[s])
            {
                ref var atom = ref _atoms[Place(unit)];
                if (!split.TryGetValue((atom, s), out var made))
                {
                    split.Add((atom, s), made = Sets.Count);
                    Sets.Add([.. atom < 0 ? [] : Sets[atom], s]);
                }
                atom = made;
            }
        Sizes = Count(Enumerable.Range(0, _units.Length));
    }

    /// <summary>Every unit of some sets, in order.</summary>
    static int[] Union(IReadOnlyList<int[]> sets)
    {
        int[] units = [.. sets.SelectMany(set => set).Distinct()];
        Array.Sort(units);
        return units;
    }

    /// <summary>The place of a unit; negative when it is in no set.</summary>
    int Place(int unit) => Array.BinarySearch(_units, _from[unit >> _shift], _from[(unit >> _shift) + 1] - _from[unit >> _shift], unit);

    /// <summary>How many unknowns and how many pupils each part has; what was cut further has none.</summary>
    public IReadOnlyList<(int Units, int Pupils)> Sizes { get; }

    /// <summary>Which sets each part is in.</summary>
    public List<int[]> Sets { get; } = [];

    /// <summary>The same of some people alone.</summary>
    public (int Units, int Pupils)[] Count(HashSet<int>? handles) => Count((handles ?? []).SelectMany(PlacesOf));

    /// <summary>The units of one person stand together.</summary>
    IEnumerable<int> PlacesOf(int handle)
    {
        var place = Place(handle * Versions);
        for (var i = place < 0 ? ~place : place; i < _units.Length && _units[i] / Versions == handle; i++) yield return i;
    }

    (int Units, int Pupils)[] Count(IEnumerable<int> places)
    {
        var counts = new (int Units, int Pupils)[Sets.Count];
        foreach (var place in places)
        {
            ref var count = ref counts[_atoms[place]];
            var isFirst = place == 0 || _units[place - 1] / Versions != _units[place] / Versions;
            count = (count.Units + 1, count.Pupils + (isFirst ? 1 : 0));
        }
        return counts;
    }
}
