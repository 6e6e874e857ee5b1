using System.Security.Cryptography;
using Groeilijn.Office.Native;

namespace Groeilijn.Office;

/// <summary>A secret at one place in memory that is not swapped, zeroed at the end.</summary>
sealed class LockedBytes : IDisposable
{
    readonly byte[] _bytes;
    readonly bool _locked;
    int _ended;

    /// <summary>Takes a copy of a secret, and zeroes what it was given.</summary>
    public LockedBytes(Span<byte> secret)
    {
        _bytes = GC.AllocateArray<byte>(secret.Length, pinned: true); // pinned: the collector makes no copies
        _locked = Libc.Lock(_bytes);
        secret.CopyTo(_bytes);
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <summary>The secret.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        if (_locked && Interlocked.Exchange(ref _ended, 1) == 0) Libc.Unlock(_bytes);
    }
}
