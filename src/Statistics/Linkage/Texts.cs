namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// Texts as codes from 1 up, each text once, shared by the files that are linked: equality of texts is equality of codes. The code
/// depends on the order of reading, so nothing may be decided by it; <see cref="Hash"/> depends on the text alone.
/// </summary>
public sealed class Texts
{
    byte[] _bytes = new byte[1 << 12];
    int[] _ends = new int[1 << 8];
    ulong[] _hashes = new ulong[1 << 8];
    int[] _table = new int[1 << 9];
    int _count;

    /// <summary>How many different texts there are.</summary>
    public int Count => _count;

    /// <summary>The code of a text; an empty text is 0.</summary>
    public int Code(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return 0;
        var hash = HashOf(text);
        var mask = _table.Length - 1;
        var slot = (int)(hash & (ulong)mask);
        for (; _table[slot] != 0; slot = (slot + 1) & mask)
            if (_hashes[_table[slot]] == hash && this[_table[slot]].SequenceEqual(text)) return _table[slot];
        return Add(text, hash, slot);
    }

    /// <summary>The text of a code; empty for 0.</summary>
    public ReadOnlySpan<byte> this[int code] => code == 0 ? [] : _bytes.AsSpan(_ends[code - 1].._ends[code]);

    /// <summary>A hash of the text behind a code.</summary>
    internal ulong Hash(int code) => _hashes[code];

    int Add(ReadOnlySpan<byte> text, ulong hash, int slot)
    {
        var code = ++_count;
        var start = _ends[code - 1];
        if (code + 1 >= _ends.Length) { Array.Resize(ref _ends, _ends.Length * 2); Array.Resize(ref _hashes, _hashes.Length * 2); }
        if (start + text.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + text.Length));
        text.CopyTo(_bytes.AsSpan(start));
        (_ends[code], _hashes[code], _table[slot]) = (start + text.Length, hash, code);
        if (code * 2 > _table.Length) Grow();
        return code;
    }

    void Grow()
    {
        _table = new int[_table.Length * 4];
        var mask = _table.Length - 1;
        for (var code = 1; code <= _count; code++)
        {
            var slot = (int)(_hashes[code] & (ulong)mask);
            while (_table[slot] != 0) slot = (slot + 1) & mask;
            _table[slot] = code;
        }
    }

    static ulong HashOf(ReadOnlySpan<byte> text)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var b in text) hash = unchecked((hash ^ b) * 0x100000001B3UL);
        return Bits.Mix(hash);
    }
}

/// <summary>Mixing of bits, for tables and for samples that depend on content alone (the finaliser of SplitMix64).</summary>
static class Bits
{
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
