using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Whether a record of the index may have this key; asked of memory that <see cref="FetchFilter"/> brings near.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool MayHave(ulong key) => (_filter[key >> _filterShift >> 6] >> (int)(key >> _filterShift & 63) & 1) != 0;

    /// <summary>Where the records of a key may lie among the entries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal (int From, int To) Bucket(ulong key)
    {
        var bucket = (int)(key >> _shift);
        return (_starts[bucket], _starts[bucket + 1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void FetchFilter(ulong key) => Memory.Fetch(ref MemoryMarshal.GetArrayDataReference(_filter), (nint)(key >> _filterShift >> 6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void FetchBucket(ulong key) => Memory.Fetch(ref MemoryMarshal.GetArrayDataReference(_starts), (nint)(key >> _shift));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void FetchEntries(int from) => Memory.Fetch(ref MemoryMarshal.GetArrayDataReference(_entries), from);

    internal Rule Rule => _rule;

    /// <summary>The low 32 bits of each entry are the record, the high ones must be the key's low ones.</summary>
    internal ReadOnlySpan<ulong> Entries => _entries;
}

/// <summary>Asks the processor to bring memory near that is needed soon. It changes nothing but the time.</summary>
static class Memory
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Fetch<T>(ref T first, nint place)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, place)));
    }
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
        Parallel.For(0, slices, () => new Bench(left.Layout, left.Texts), (s, _, bench) =>
        {
            visitors[s] = visitor();
            Visit(left, right, s * Slice, Math.Min(right.Count, (s + 1) * Slice), indexes, bench, visitors[s]);
            progress?.Invoke((double)Interlocked.Increment(ref done) / slices);
            return bench;
        }, _ => { });
        return visitors;
    }

    /// <summary>What one thread needs to visit a slice.</summary>
    sealed class Bench(RecordLayout layout, Texts texts)
    {
        internal readonly Agreement Agreement = new(layout, texts);
        internal readonly ulong[] Keys = new ulong[Batch], Differ = new ulong[layout.Words];
        internal readonly int[] Records = new int[Batch], Starts = new int[Batch], Ends = new int[Batch];
        internal (int Left, int Right)[] Met = new (int, int)[4 * Batch];
    }

    /// <summary>
    /// Rule by rule, so that one rule's filter and buckets stay near while a slice goes past; and step by step for a few hundred records at a time,
    /// each step asking for what the next one reads, so that the processor waits for many places of memory at once and not for each.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Visit<TVisitor>(RecordSet left, RecordSet right, int from, int to, BlockingIndex[] indexes, Bench bench, TVisitor visitor) where TVisitor : IPairVisitor
    {
        for (var k = 0; k < indexes.Length; k++)
            for (var at = from; at < to; at += Batch)
            {
                var found = Seek(indexes[k], right, at, Math.Min(to, at + Batch), bench);
                var met = Meet(indexes[k], left, found, ReferenceEquals(left, right), bench);
                Compare(left, right, met, k, bench, visitor);
            }
    }

    /// <summary>The records that may have a partner in the index, with the range of its entries; returns how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Seek(BlockingIndex index, RecordSet right, int from, int to, Bench bench)
    {
        var (rule, keys, records, keyed, found) = (index.Rule, bench.Keys, bench.Records, 0, 0);
        for (var j = from; j < to; j++)
        {
            var key = rule.Key(right[j]);
            if (key == 0) continue;
            index.FetchFilter(key);
            (keys[keyed], records[keyed++]) = (key, j);
        }
        for (var f = 0; f < keyed; f++)
        {
            if (!index.MayHave(keys[f])) continue;
            index.FetchBucket(keys[f]);
            (keys[found], records[found++]) = (keys[f], records[f]);
        }
        for (var f = 0; f < found; f++)
        {
            (bench.Starts[f], bench.Ends[f]) = index.Bucket(keys[f]);
            index.FetchEntries(bench.Starts[f]);
        }
        return found;
    }

    /// <summary>The pairs whose keys are equal; returns how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Meet(BlockingIndex index, RecordSet left, int found, bool oneFile, Bench bench)
    {
        var entries = index.Entries;
        var (met, pairs) = (bench.Met, 0);
        for (var f = 0; f < found; f++)
        {
            var (fingerprint, j) = (bench.Keys[f] & uint.MaxValue, bench.Records[f]);
            foreach (var entry in entries[bench.Starts[f]..bench.Ends[f]])
            {
                var i = (int)(entry & int.MaxValue);
                if (entry >> 32 != fingerprint || (oneFile && i >= j)) continue;
                if (pairs == met.Length) { Array.Resize(ref bench.Met, 2 * pairs); met = bench.Met; }
                left.Fetch(i);
                met[pairs++] = (i, j);
            }
        }
        return pairs;
    }

    /// <summary>Shows the pairs whose first rule this is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Compare<TVisitor>(RecordSet left, RecordSet right, int met, int k, Bench bench, TVisitor visitor) where TVisitor : IPairVisitor
    {
        var rules = left.Layout.Rules;
        Span<ulong> differ = bench.Differ;
        foreach (var (i, j) in bench.Met.AsSpan(0, met))
        {
            ReadOnlySpan<ulong> a = left[i], b = right[j];
            for (var w = 0; w < differ.Length; w++) differ[w] = a[w] ^ b[w];
            if (rules[k].Agrees(differ, a) && !Earlier(rules, k, differ, a)) visitor.Pair(i, j, k, bench.Agreement.Pattern(a, b));
        }
    }

    static bool Earlier(Rule[] rules, int k, ReadOnlySpan<ulong> differ, ReadOnlySpan<ulong> record)
    {
        for (var e = 0; e < k; e++) if (rules[e].Agrees(differ, record)) return true;
        return false;
    }
}
