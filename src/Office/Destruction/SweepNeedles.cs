using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Groeilijn.Office;

/// <summary>
/// What a sweep looks for, arranged so that almost every place is dismissed by one look at a small bit table: the numbers
/// themselves, and MD5, SHA-1, SHA-256 and SHA-512 of their digits as bytes.
/// </summary>
sealed class SweepNeedles
{
    const int NumberBits = 20, HashBits = 22;

    readonly HashSet<int> _numbers = [];
    readonly ulong[] _numberTable = new ulong[(1 << NumberBits) / 64];
    readonly ulong[] _hashTable = new ulong[(1 << HashBits) / 64];
    readonly Dictionary<uint, List<(byte[] Hash, string Name)>> _hashes = [];

    public SweepNeedles(IEnumerable<string> numbers)
    {
        foreach (var digits in numbers)
        {
            if (digits.Length != 9 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw new ArgumentException("A sweep looks for numbers of nine digits.");
            if (!_numbers.Add(number)) continue;
            Set(_numberTable, NumberPlace(number));
            var bytes = Encoding.ASCII.GetBytes(digits);
#pragma warning disable CA5350, CA5351 // weak hashes are what is looked for, not what is relied on
            AddHash(MD5.HashData(bytes), "md5");
            AddHash(SHA1.HashData(bytes), "sha-1");
#pragma warning restore CA5350, CA5351
            AddHash(SHA256.HashData(bytes), "sha-256");
            AddHash(SHA512.HashData(bytes), "sha-512");
        }
    }

    public bool Has(int number) => IsSet(_numberTable, NumberPlace(number)) && _numbers.Contains(number);

    /// <summary>Calls back for each place where a hash stands.</summary>
    public void FindHashes(ReadOnlySpan<byte> bytes, Action<int, string> found)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        for (var at = 0; at + 16 <= bytes.Length; at++)
        {
            var start = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, at));
            if (!IsSet(_hashTable, HashPlace(start)) || !_hashes.TryGetValue(start, out var candidates)) continue;
            foreach (var (hash, name) in candidates)
                if (bytes[at..].StartsWith(hash)) found(at, name);
        }
    }

    void AddHash(byte[] hash, string name)
    {
        var start = MemoryMarshal.Read<uint>(hash);
        Set(_hashTable, HashPlace(start));
        if (!_hashes.TryGetValue(start, out var list)) _hashes.Add(start, list = new List<(byte[], string)>(1));
        list.Add((hash, name));
    }

    static uint NumberPlace(int number) => unchecked((uint)number * 0x9E3779B1u) >> (32 - NumberBits);

    static uint HashPlace(uint start) => start & ((1u << HashBits) - 1);

    static void Set(ulong[] table, uint place) => table[place >> 6] |= 1UL << (int)(place & 63);

    static bool IsSet(ulong[] table, uint place) => (BitOperations.RotateRight(table[place >> 6], (int)(place & 63)) & 1) != 0;
}
