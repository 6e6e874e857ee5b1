using System.Numerics;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Gate;

/// <summary>
/// Sums of atoms: the first are known already, then come the new ones, then those that are hidden. Which of the new would let something follow that may not: a hidden sum, an atom that is small,
/// what one sum has more than another, or all in which two differ, when that is small?
/// </summary>
sealed class AtomSystem
{
    readonly IReadOnlyList<Atom> _atoms;
    readonly int _sums, _had, _end, _minimum;
    readonly ulong[][] _of, _less;
    readonly bool _signed;
    readonly ulong[] _big;
    readonly CellSystem _system;
    readonly List<int> _suspects = [];
    readonly HashSet<int> _small = [];
    readonly HashSet<(int, int)> _close = [];

    /// <summary>The system with a cell for each atom, each sum, and each small group in which two sums differ.</summary>
    public AtomSystem(IReadOnlyList<Atom> atoms, int sums, int had, int fresh, int minimum)
    {
        (_atoms, _sums, _had, _end, _minimum) = (atoms, sums, had, had + fresh, minimum);
        (_of, _less, _big) = (new ulong[sums][], new ulong[sums][], Bits());
        for (var s = 0; s < sums; s++) (_of[s], _less[s]) = (Bits(), Bits());
        for (var a = 0; a < atoms.Count; a++)
        {
            foreach (var s in atoms[a].Sums)
            {
                Set(_of[s < 0 ? ~s : s], a);
                if (s >= 0) continue;
                Set(_less[~s], a);
                _signed = true;
            }
            if (atoms[a].Pupils.Values.Max() >= minimum) Set(_big, a);
            else _suspects.Add(a);
        }
        for (var s = had; s < _end; s++) if (IsSmall(_of[s])) _small.Add(s);
        for (var s = _end; s < sums; s++) if (_of[s].Any(word => word != 0)) _suspects.Add(atoms.Count + s);
        var rows = new List<(int, int)[]>();
        for (var s = 0; s < sums; s++) rows.Add([(atoms.Count + s, 1), .. Places(_of[s]).Select(a => (a, -Sign(s, a)))]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var s = had; s < sums; s++)
            for (var other = 0; other < s; other++)
                if (Meet(s, other)) Compare(s, other, rows, seen);
        _system = new(new long[atoms.Count + rows.Count], rows);
    }

    /// <summary>The places, counted from the first new sum, of those that may not go.</summary>
    public IEnumerable<int> Refused()
    {
        var accepted = new HashSet<int>();
        Accept([.. Enumerable.Range(_had, _end - _had).Where(s => !_small.Contains(s))], accepted);
        return Enumerable.Range(_had, _end - _had).Where(s => !accepted.Contains(s)).Select(s => s - _had);
    }

    /// <summary>What two sums differ by, if it is small: both shown, they tell it; otherwise it may not follow by other ways.</summary>
    void Compare(int s, int other, List<(int, int)[]> rows, HashSet<string> seen)
    {
        ulong[] more = [.. _of[s].Zip(_of[other], (a, b) => a & ~b)], less = [.. _of[other].Zip(_of[s], (a, b) => a & ~b)], common = [.. _of[s].Zip(_of[other], (a, b) => a & b)];
        // Where one takes away what the other adds, their difference holds it twice, and their sum does not.
        var against = _signed ? [.. common.Select((both, word) => both & (_less[s][word] ^ _less[other][word]))] : Bits();
        Differ(against, 1);
        if (against.Any(word => word != 0)) Differ([.. common.Zip(against, (both, not) => both & ~not)], -1);
        if (IsSmall(more)) Suspect([.. Places(more).Select(a => (a, -Sign(s, a)))]);
        if (IsSmall(less)) Suspect([.. Places(less).Select(a => (a, -Sign(other, a)))]);

        void Differ(ulong[] twice, int sign)
        {
            if (!IsSmall([.. more.Zip(less, twice).Select(three => three.First | three.Second | three.Third)])) return;
            if (s < _end) _close.Add((s, other));
            Suspect([.. Places(more).Select(a => (a, -Sign(s, a))), .. Places(less).Select(a => (a, sign * Sign(other, a))), .. Places(twice).Select(a => (a, -2 * Sign(s, a)))]);
        }

        void Suspect((int Atom, int Sign)[] parts)
        {
            // A single atom is a suspect already, and the same difference the other way round is the same.
            if (parts.Length < 2) return;
            Array.Sort(parts);
            if (!seen.Add(string.Join(',', parts.Select(p => 5L * p.Atom + 2 + p.Sign * Math.Sign(parts[0].Sign))))) return;
            _suspects.Add(_atoms.Count + rows.Count);
            rows.Add([(_atoms.Count + rows.Count, 1), .. parts]);
        }
    }

    /// <summary>Whether a sum adds an atom or takes it away.</summary>
    int Sign(int sum, int atom) => (_less[sum][atom / 64] >> (atom % 64) & 1) == 0 ? 1 : -1;

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
        if (_close.Any(pair => there.Contains(pair.Item1) && (pair.Item2 < _had || there.Contains(pair.Item2)))) return true;
        if (_suspects.Count == 0) return false;
        var (with, without) = (Follows(there), Follows(accepted));
        return _suspects.Exists(s => with[s] && !without[s]);
    }

    bool[] Follows(HashSet<int> there)
    {
        var hidden = new bool[_system.Cells];
        Array.Fill(hidden, true);
        for (var s = 0; s < _sums; s++) hidden[_atoms.Count + s] = s >= _had && !there.Contains(s); // what is hidden is never there
        return Elimination.Recoverable(_system, hidden);
    }

    /// <summary>Some pupils, but too few.</summary>
    bool IsSmall(ulong[] atoms)
    {
        var some = false;
        for (var word = 0; word < atoms.Length; word++)
        {
            if ((atoms[word] & _big[word]) != 0) return false;
            some |= atoms[word] != 0;
        }
        if (!some) return false;
        var perMoment = new Dictionary<int, int>();
        foreach (var a in Places(atoms)) foreach (var (moment, pupils) in _atoms[a].Pupils) perMoment[moment] = perMoment.GetValueOrDefault(moment) + pupils;
        return perMoment.Values.Max() < _minimum;
    }

    bool Meet(int a, int b)
    {
        for (var word = 0; word < _big.Length; word++) if ((_of[a][word] & _of[b][word]) != 0) return true;
        return false;
    }

    ulong[] Bits() => new ulong[(_atoms.Count + 63) / 64];

    static void Set(ulong[] bits, int place) => bits[place / 64] |= 1UL << (place % 64);

    static IEnumerable<int> Places(ulong[] bits)
    {
        for (var word = 0; word < bits.Length; word++)
            for (var left = bits[word]; left != 0; left &= left - 1) yield return word * 64 + BitOperations.TrailingZeroCount(left);
    }
}
