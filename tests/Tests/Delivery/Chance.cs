namespace Groeilijn.Tests.Delivery;

/// <summary>Chance that can be repeated: xorshift from a seed.</summary>
sealed class Chance(uint seed)
{
    uint _state = seed;

    public int Below(int limit)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)limit);
    }

    public int Between(int least, int below) => least + Below(below - least);

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>The same bytes with one bit another.</summary>
    public byte[] Flip(byte[] bytes)
    {
        byte[] changed = [.. bytes];
        changed[Below(bytes.Length)] ^= (byte)(1 << Below(8));
        return changed;
    }

    public byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)Below(256))];
}
