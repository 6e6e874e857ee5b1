using System.Numerics;
using System.Runtime.CompilerServices;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// The smaller side, arranged by one rule: buckets of records by a hash of the rule's key, and before them a filter of a few bits a
/// record that stays in the processor's cache and turns away most of the other side. There is no table of pairs.
/// </summary>
sealed class BlockingIndex
{
    readonly Rule _rule;
    readonly int[] _starts;
    readonly ulong[] _entries;
    readonly ulong[] _filter;
    readonly int _shift, _filterShift;

    internal BlockingIndex(Rule rule, RecordSet records, ReadOnlySpan<int> members)
    {
        _rule = rule;
        var bits = Math.Max(4, BitOperations.Log2((uint)Math.Max(1, members.Length)) + 1);
        (_shift, _filterShift) = (64 - bits, 64 - (bits + 3));
        (_starts, _filter) = (new int[(1 << bits) + 1], new ulong[1 << (bits + 3 - 6)]);
        var keys = new ulong[members.Length];
        for (var i = 0; i < members.Length; i++) keys[i] = rule.Key(records[members[i]]);
        _entries = new ulong[Count(keys)];
        Fill(keys, members);
    }

    int Count(ulong[] keys)
    {
        var total = 0;
        foreach (var key in keys)
        {
            if (key == 0) continue;
            _starts[(key >> _shift) + 1]++;
            _filter[key >> _filterShift >> 6] |= 1UL << (int)(key >> _filterShift & 63);
            total++;
        }
        for (var b = 1; b < _starts.Length; b++) _starts[b] += _starts[b - 1];
        return total;
    }

    void Fill(ulong[] keys, ReadOnlySpan<int> members)
    {
        var next = _starts.AsSpan(0, _starts.Length - 1).ToArray();
        for (var i = 0; i < keys.Length; i++)
            if (keys[i] is not 0 and var key) _entries[next[key >> _shift]++] = key << 32 | (uint)members[i];
    }

    /// <summary>The key of a record by this rule; 0 when no record of the index can have it.</summary>
    internal ulong Seek(ReadOnlySpan<ulong> record)
    {
        var key = _rule.Key(record);
        return key == 0 || (_filter[key >> _filterShift >> 6] >> (int)(key >> _filterShift & 63) & 1) == 0 ? 0 : key;
    }

    /// <summary>Where the records of a key may lie among the entries.</summary>
    internal (int From, int To) Bucket(ulong key)
    {
        var bucket = (int)(key >> _shift);
        return (_starts[bucket], _starts[bucket + 1]);
    }

    /// <summary>The low 32 bits of each entry are the record, the high ones must be the key's low ones.</summary>
    internal ReadOnlySpan<ulong> Entries => _entries;
}

/// <summary>What is done with each pair.</summary>
interface IPairVisitor
{
    /// <summary>A pair that meets a rule, with its pattern, once; <paramref name="rule"/> is the first it meets.</summary>
    void Pair(int left, int right, int rule, ulong pattern);
}

/// <summary>Lists pairs, where they are few enough to be held.</summary>
sealed class PairList : IPairVisitor
{
    internal readonly List<(int Small, int Large, int Rule, ulong Pattern)> Pairs = [];

    public void Pair(int left, int right, int rule, ulong pattern) => Pairs.Add((left, right, rule, pattern));

    internal PairList Of(bool[] chosen)
    {
        var some = new PairList();
        foreach (var pair in Pairs) if (chosen[pair.Small]) some.Pairs.Add(pair);
        return some;
    }

    /// <summary>Shows the pairs to another visitor.</summary>
    internal TVisitor Show<TVisitor>(TVisitor visitor) where TVisitor : IPairVisitor
    {
        foreach (var (small, large, rule, pattern) in Pairs) visitor.Pair(small, large, rule, pattern);
        return visitor;
    }
}

/// <summary>
/// Visits every pair that meets a rule, exactly once: in the first rule that holds, which the packed records themselves tell. The
/// larger side streams past the indexes of the smaller, in slices, one visitor for each slice.
/// </summary>
static class PairPass
{
    const int Slice = 1 << 14, Batch = 512;

    /// <summary>Visits the pairs of <paramref name="members"/> of the left with all of the right; in one file (the same set) each pair once, lower place first.</summary>
    internal static TVisitor[] Run<TVisitor>(RecordSet left, ReadOnlySpan<int> members, RecordSet right, Func<TVisitor> visitor, Action<double>? progress = null) where TVisitor : IPairVisitor
    {
        return Run(Index(left, members), left, right, visitor, progress);
    }

    /// <summary>An index of these records for each rule.</summary>
    internal static BlockingIndex[] Index(RecordSet left, ReadOnlySpan<int> members)
    {
        var chosen = members.ToArray();
        var indexes = new BlockingIndex[left.Layout.Rules.Length];
        Parallel.For(0, indexes.Length, k => indexes[k] = new BlockingIndex(left.Layout.Rules[k], left, chosen));
        return indexes;
    }

    /// <summary>The same with indexes of the left that were made before.</summary>
    internal static TVisitor[] Run<TVisitor>(BlockingIndex[] indexes, RecordSet left, RecordSet right, Func<TVisitor> visitor, Action<double>? progress = null) where TVisitor : IPairVisitor
    {
        var slices = (right.Count + Slice - 1) / Slice;
        var visitors = new TVisitor[slices];
        var done = 0;
        Parallel.For(0, slices, () => new Agreement(left.Layout, left.Texts), (s, _, agreement) =>
        {
            visitors[s] = visitor();
            Visit(left, right, s * Slice, Math.Min(right.Count, (s + 1) * Slice), indexes, agreement, visitors[s]);
            progress?.Invoke((double)Interlocked.Increment(ref done) / slices);
            return agreement;
        }, _ => { });
        return visitors;
    }

    /// <summary>
    /// Rule by rule, so that one rule's filter and buckets stay near while a slice goes past; and step by step for a few hundred records at a time,
    /// so that the processor fetches many buckets and records at once in place of waiting for each.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Visit<TVisitor>(RecordSet left, RecordSet right, int from, int to, BlockingIndex[] indexes, Agreement agreement, TVisitor visitor) where TVisitor : IPairVisitor
    {
        var (keys, records, starts, ends) = (new ulong[Batch], new int[Batch], new int[Batch], new int[Batch]);
        for (var k = 0; k < indexes.Length; k++)
            for (var at = from; at < to; at += Batch)
            {
                var (index, found) = (indexes[k], 0);
                for (int j = at, last = Math.Min(to, at + Batch); j < last; j++)
                {
                    if (index.Seek(right[j]) is not 0 and var key) (keys[found], records[found++]) = (key, j);
                }
                for (var f = 0; f < found; f++) (starts[f], ends[f]) = index.Bucket(keys[f]);
                for (var f = 0; f < found; f++) Compare(left, right, index.Entries[starts[f]..ends[f]], (uint)(keys[f] & uint.MaxValue), records[f], k, agreement, visitor);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Compare<TVisitor>(RecordSet left, RecordSet right, ReadOnlySpan<ulong> entries, uint fingerprint, int j, int k, Agreement agreement, TVisitor visitor) where TVisitor : IPairVisitor
    {
        var (rules, oneFile) = (left.Layout.Rules, ReferenceEquals(left, right));
        var record = right[j];
        foreach (var entry in entries)
        {
            var i = (int)(entry & int.MaxValue);
            if (entry >> 32 != fingerprint || (oneFile && i >= j)) continue;
            var other = left[i];
            if (rules[k].Holds(other, record) && !Earlier(rules, k, other, record)) visitor.Pair(i, j, k, agreement.Pattern(other, record));
        }
    }

    static bool Earlier(Rule[] rules, int k, ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        for (var e = 0; e < k; e++) if (rules[e].Holds(a, b)) return true;
        return false;
    }
}
