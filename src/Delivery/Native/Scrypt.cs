using System.Security.Cryptography;

namespace Groeilijn.Delivery.Native;

/// <summary>The password-based key derivation scrypt (RFC 7914).</summary>
public static class Scrypt
{
    /// <summary>Derives <paramref name="output"/> at cost <paramref name="n"/> (a power of two), block size <paramref name="r"/>, parallelism <paramref name="p"/>. Takes about 128·n·r bytes of memory.</summary>
    public static void DeriveKey(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, long n, int r, int p, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(r, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 1);
        ulong memory = (128UL * (ulong)r * ((ulong)n + (ulong)p)) + (1UL << 20); // libcrypto's own limit is 32 MiB
        // A null pointer would mean "no passphrase" to libcrypto; the empty one is a passphrase too.
        ReadOnlySpan<byte> given = passphrase.IsEmpty ? [0] : passphrase;
        ReadOnlySpan<byte> salted = salt.IsEmpty ? [0] : salt;
        if (LibCrypto.EVP_PBE_scrypt(given, (nuint)passphrase.Length, salted, (nuint)salt.Length, (ulong)n, (ulong)r, (ulong)p, memory, output, (nuint)output.Length) == 1) return;
        LibCrypto.ERR_clear_error();
        throw new CryptographicException("libcrypto refused an scrypt derivation: is there memory for it?");
    }
}
