using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Gate;

/// <summary>Sums of atoms, the first of them known already: which of the others would expose a small group.</summary>
sealed class AtomSystem
{
    readonly IReadOnlyList<Atom> _atoms;
    readonly int _sums, _had, _minimum;
    readonly List<int>[] _of;
    readonly CellSystem _system;
    readonly List<int> _suspects = [];
    readonly HashSet<int> _small = [];
    readonly HashSet<(int, int)> _close = [];

    /// <summary>The system with a cell for each atom, each sum, and each small group that two sums may differ by.</summary>
    public AtomSystem(IReadOnlyList<Atom> atoms, int sums, int had, int minimum)
    {
        (_atoms, _sums, _had, _minimum, _of) = (atoms, sums, had, minimum, new List<int>[sums]);
        for (var s = 0; s < sums; s++) _of[s] = [];
        for (var a = 0; a < atoms.Count; a++) foreach (var s in atoms[a].Sums) _of[s].Add(a);
        for (var a = 0; a < atoms.Count; a++) if (IsSmall([a])) _suspects.Add(a);
        for (var s = had; s < sums; s++) if (IsSmall(_of[s])) _small.Add(s);
        var rows = new List<(int, int)[]>();
        for (var s = 0; s < sums; s++) rows.Add([(atoms.Count + s, 1), .. _of[s].Select(a => (a, -1))]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var s = had; s < sums; s++)
            for (var other = 0; other < sums; other++)
            {
                if (other == s || (other > s && other >= had) || !Meet(s, other)) continue;
                int[] more = [.. _of[s].Except(_of[other])], less = [.. _of[other].Except(_of[s])];
                if (IsSmall([.. more, .. less])) _close.Add((s, other));
                foreach (var rest in (int[][])[more, less])
                {
                    if (rest.Length < 2 || !IsSmall(rest) || !seen.Add(string.Join(',', rest))) continue;
                    _suspects.Add(atoms.Count + rows.Count);
                    rows.Add([(atoms.Count + rows.Count, 1), .. rest.Select(a => (a, -1))]);
                }
            }
        _system = new(new long[atoms.Count + rows.Count], rows);
    }

    /// <summary>The places, counted from the first new sum, of those that may not go.</summary>
    public IEnumerable<int> Refused()
    {
        var accepted = new HashSet<int>();
        Accept([.. Enumerable.Range(_had, _sums - _had).Where(s => !_small.Contains(s))], accepted);
        return Enumerable.Range(_had, _sums - _had).Where(s => !accepted.Contains(s)).Select(s => s - _had);
    }

    /// <summary>Takes all when they expose nothing together; otherwise the first half, and then of the rest what still can go.</summary>
    void Accept(int[] sums, HashSet<int> accepted)
    {
        if (sums.Length == 0) return;
        if (!Exposes(sums, accepted)) { accepted.UnionWith(sums); return; }
        if (sums.Length == 1) return;
        Accept(sums[..(sums.Length / 2)], accepted);
        Accept(sums[(sums.Length / 2)..], accepted);
    }

    bool Exposes(int[] sums, HashSet<int> accepted)
    {
        HashSet<int> there = [.. accepted, .. sums];
        if (_close.Any(c => sums.Contains(c.Item1) && (c.Item2 < _had || there.Contains(c.Item2)))
            || _close.Any(c => sums.Contains(c.Item2) && there.Contains(c.Item1))) return true;
        if (_suspects.Count == 0) return false;
        var (with, without) = (Follows(there), Follows(accepted));
        return _suspects.Exists(s => with[s] && !without[s]);
    }

    bool[] Follows(HashSet<int> there)
    {
        var hidden = new bool[_system.Cells];
        Array.Fill(hidden, true);
        for (var s = 0; s < _sums; s++) hidden[_atoms.Count + s] = s >= _had && !there.Contains(s);
        return Elimination.Recoverable(_system, hidden);
    }

    bool Meet(int a, int b) => _of[a].Intersect(_of[b]).Any();

    /// <summary>Some pupils, but too few.</summary>
    bool IsSmall(IReadOnlyList<int> atoms)
    {
        var perMoment = new Dictionary<int, int>();
        foreach (var a in atoms) foreach (var (moment, pupils) in _atoms[a].Pupils) perMoment[moment] = perMoment.GetValueOrDefault(moment) + pupils;
        return perMoment.Count > 0 && perMoment.Values.Max() < _minimum;
    }
}
