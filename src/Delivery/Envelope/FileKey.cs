using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery.Native;

namespace Groeilijn.Delivery;

/// <summary>The 16 random bytes that everything in one envelope hangs on, wrapped once for every recipient and unwrapped by one.</summary>
static class FileKey
{
    public const int Length = 16;
    public const int MostWork = 22; // 4 GiB of memory; beyond it a file is an attack on its reader
    public const string Scrypt = "scrypt";
    const string Curve = "X25519";
    const string PostQuantum = "mlkem768x25519";
    const int TagLength = 16;

    public static Stanza Wrap(ReadOnlySpan<byte> fileKey, RecipientKey recipient)
    {
        using IdentityKey once = IdentityKey.Generate();
        byte[] share = [.. once.Recipient.Point];
        byte[] key = CurveKey(once, recipient.Point, share, recipient.Point) ?? throw new CryptographicException("The recipient's key is a point of low order: it is nobody's key.");
        return new([Curve, Base64.Encode(share)], Encrypt(key, fileKey));
    }

    public static Stanza Wrap(ReadOnlySpan<byte> fileKey, string passphrase, int workFactor)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        return new([Scrypt, Base64.Encode(salt), workFactor.ToString(CultureInfo.InvariantCulture)], Encrypt(PassphraseKey(passphrase, salt, workFactor), fileKey));
    }

    public static byte[] Unwrap(EnvelopeHeader header, IReadOnlyList<IdentityKey> keys)
    {
        byte[]? found = null;
        foreach (Stanza stanza in header.Stanzas.Where(stanza => stanza.Type == Curve))
        {
            byte[]? share = stanza.Arguments.Length == 2 ? Base64.Decode(stanza.Arguments[1]) : null;
            if (share is not { Length: X25519.Length } || stanza.Body.Length != Length + TagLength) throw new EnvelopeRefused(EnvelopeFault.Header);
            foreach (IdentityKey key in keys)
                found ??= Decrypt(CurveKey(key, share, share, key.Recipient.Point) ?? throw new EnvelopeRefused(EnvelopeFault.Header), stanza.Body);
        }
        return found ?? throw NoMatch(header);
    }

    public static byte[] Unwrap(EnvelopeHeader header, string passphrase)
    {
        Stanza? stanza = header.Stanzas.FirstOrDefault(stanza => stanza.Type == Scrypt);
        if (stanza is null) throw NoMatch(header);
        byte[]? salt = stanza.Arguments.Length == 3 ? Base64.Decode(stanza.Arguments[1]) : null;
        if (salt is not { Length: 16 } || stanza.Body.Length != Length + TagLength) throw new EnvelopeRefused(EnvelopeFault.Header);
        string work = stanza.Arguments[2];
        bool isNumber = work.Length is 1 or 2 && work[0] != '0' && work.All(char.IsAsciiDigit);
        if (!isNumber || int.Parse(work, CultureInfo.InvariantCulture) is var factor && factor > MostWork) throw new EnvelopeRefused(EnvelopeFault.Header);
        return Decrypt(PassphraseKey(passphrase, salt, factor), stanza.Body) ?? throw NoMatch(header);
    }

    /// <summary>HKDF-SHA-256 of the file key, for the header's MAC and for the payload.</summary>
    public static byte[] Derive(ReadOnlySpan<byte> fileKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label)
    {
        byte[] key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, key, salt, label);
        return key;
    }

    static byte[]? CurveKey(IdentityKey own, ReadOnlySpan<byte> other, ReadOnlySpan<byte> share, ReadOnlySpan<byte> recipient)
    {
        Span<byte> secret = stackalloc byte[X25519.Length];
        if (!X25519.TrySharedSecret(own.Scalar, other, secret)) return null;
        byte[] key = Derive(secret, [.. share, .. recipient], "age-encryption.org/v1/X25519"u8);
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    static byte[] PassphraseKey(string passphrase, ReadOnlySpan<byte> salt, int workFactor)
    {
        byte[] key = new byte[32];
        byte[] words = Encoding.UTF8.GetBytes(passphrase);
        Native.Scrypt.DeriveKey(words, [.. "age-encryption.org/v1/scrypt"u8, .. salt], 1L << workFactor, r: 8, p: 1, key);
        CryptographicOperations.ZeroMemory(words);
        return key;
    }

    // The nonce is zero: each of these keys seals one thing, once.
    static byte[] Encrypt(byte[] key, ReadOnlySpan<byte> fileKey)
    {
        byte[] body = new byte[Length + TagLength];
        using ChaCha20Poly1305 cipher = new(key);
        cipher.Encrypt(new byte[12], fileKey, body.AsSpan(0, Length), body.AsSpan(Length));
        CryptographicOperations.ZeroMemory(key);
        return body;
    }

    static byte[]? Decrypt(byte[] key, ReadOnlySpan<byte> body)
    {
        byte[] fileKey = new byte[Length];
        using ChaCha20Poly1305 cipher = new(key);
        try
        {
            cipher.Decrypt(new byte[12], body[..Length], body[Length..], fileKey);
            return fileKey;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    static EnvelopeRefused NoMatch(EnvelopeHeader header) =>
        new(header.Stanzas.Any(stanza => stanza.Type == PostQuantum) ? EnvelopeFault.PostQuantum : EnvelopeFault.NoMatch);
}
