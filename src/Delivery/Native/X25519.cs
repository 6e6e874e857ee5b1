using System.Security.Cryptography;

namespace Groeilijn.Delivery.Native;

/// <summary>Diffie-Hellman on Curve25519 (RFC 7748). Keys, points and secrets are 32 bytes.</summary>
public static class X25519
{
    /// <summary>Length in bytes of a private key, a public key and a shared secret.</summary>
    public const int Length = 32;

    /// <summary>The public key of <paramref name="privateKey"/>.</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> privateKey)
    {
        CheckLength(privateKey);
        nint key = Made(LibCrypto.EVP_PKEY_new_raw_private_key(LibCrypto.X25519, 0, privateKey, Length));
        try
        {
            byte[] output = new byte[Length];
            nuint length = Length;
            Succeeded(LibCrypto.EVP_PKEY_get_raw_public_key(key, output, ref length));
            return output;
        }
        finally { LibCrypto.EVP_PKEY_free(key); }
    }

    /// <summary>The secret shared between a private key and the other's public key.</summary>
    /// <returns>False for a point of low order, whose secret would be zeros whatever the key (RFC 7748, section 6.1).</returns>
    public static bool TrySharedSecret(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> publicKey, Span<byte> secret)
    {
        CheckLength(privateKey);
        CheckLength(publicKey);
        CheckLength(secret);
        nint own = 0, other = 0, context = 0;
        try
        {
            own = Made(LibCrypto.EVP_PKEY_new_raw_private_key(LibCrypto.X25519, 0, privateKey, Length));
            other = Made(LibCrypto.EVP_PKEY_new_raw_public_key(LibCrypto.X25519, 0, publicKey, Length));
            context = Made(LibCrypto.EVP_PKEY_CTX_new(own, 0));
            Succeeded(LibCrypto.EVP_PKEY_derive_init(context));
            nuint length = Length;
            bool derived = LibCrypto.EVP_PKEY_derive_set_peer(context, other) == 1
                && LibCrypto.EVP_PKEY_derive(context, secret, ref length) == 1
                && secret.IndexOfAnyExcept((byte)0) >= 0;
            if (!derived) LibCrypto.ERR_clear_error(); // .NET reads the same queue of errors
            return derived;
        }
        finally
        {
            LibCrypto.EVP_PKEY_CTX_free(context);
            LibCrypto.EVP_PKEY_free(other);
            LibCrypto.EVP_PKEY_free(own);
        }
    }

    static void CheckLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) throw new ArgumentException("X25519 keys and secrets are 32 bytes.");
    }

    static nint Made(nint pointer) => pointer != 0 ? pointer : throw Failure();

    static void Succeeded(int result)
    {
        if (result != 1) throw Failure();
    }

    static CryptographicException Failure()
    {
        LibCrypto.ERR_clear_error();
        return new CryptographicException("libcrypto refused an X25519 operation.");
    }
}
