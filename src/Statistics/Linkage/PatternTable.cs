namespace Groeilijn.Statistics.Linkage;

/// <summary>How many pairs show each pattern. A few hundred patterns stand for millions of pairs.</summary>
sealed class PatternTable
{
    ulong[] _keys = new ulong[1 << 10];
    long[] _counts = new long[1 << 10];

    internal int Count { get; private set; }

    internal void Add(ulong pattern, long pairs)
    {
        var slot = Find(pattern);
        if (_counts[slot] == 0) (_keys[slot], Count) = (pattern, Count + 1);
        _counts[slot] += pairs;
        if (Count * 2 > _keys.Length) Grow();
    }

    internal void Add(PatternTable other)
    {
        for (var slot = 0; slot < other._keys.Length; slot++) if (other._counts[slot] != 0) Add(other._keys[slot], other._counts[slot]);
    }

    /// <summary>The patterns in their own order, with their counts.</summary>
    internal (ulong[] Patterns, long[] Pairs) Sorted()
    {
        var slots = Enumerable.Range(0, _keys.Length).Where(slot => _counts[slot] != 0).OrderBy(slot => _keys[slot]).ToArray();
        return ([.. slots.Select(slot => _keys[slot])], [.. slots.Select(slot => _counts[slot])]);
    }

    int Find(ulong pattern)
    {
        var mask = _keys.Length - 1;
        var slot = (int)(Bits.Mix(pattern) & (ulong)mask);
        while (_counts[slot] != 0 && _keys[slot] != pattern) slot = (slot + 1) & mask;
        return slot;
    }

    void Grow()
    {
        var (keys, counts) = (_keys, _counts);
        (_keys, _counts, Count) = (new ulong[keys.Length * 2], new long[keys.Length * 2], 0);
        for (var slot = 0; slot < keys.Length; slot++) if (counts[slot] != 0) Add(keys[slot], counts[slot]);
    }
}
