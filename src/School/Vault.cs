using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// Keeps what is personal unreadable on the disk: AES-256-GCM, bound to the place it stands in, and found again by a keyed hash.
/// The key lies beside the other keys and only the user of this computer reads it; a copy of the database alone says nothing of anybody.
/// </summary>
sealed class Vault : IDisposable
{
    const int KeyLength = 32, NonceLength = 12, TagLength = 16, MarkLength = 16;
    readonly AesGcm _seal;
    readonly byte[] _find;

    Vault(ReadOnlySpan<byte> secret)
    {
        Span<byte> seal = stackalloc byte[KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, seal, [], "groeilijn school seal"u8);
        _seal = new AesGcm(seal, TagLength);
        CryptographicOperations.ZeroMemory(seal);
        _find = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.ToArray(), KeyLength, [], "groeilijn school find"u8.ToArray());
    }

    /// <summary>Makes the key of a new home; an existing one stays.</summary>
    public static void MakeKey(string file)
    {
        if (!File.Exists(file)) DurableFile.WriteSecret(file, RandomNumberGenerator.GetBytes(KeyLength));
    }

    /// <summary>Takes the key from its file.</summary>
    public static Vault Load(string file)
    {
        var secret = File.ReadAllBytes(file);
        if (secret.Length != KeyLength) throw new InvalidDataException("The key of the store in the folder keys is damaged.");
        var vault = new Vault(secret);
        CryptographicOperations.ZeroMemory(secret);
        return vault;
    }

    /// <summary>Seals bytes for one place, such as <c>pupil/12</c>; moved to another place they do not open.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, string place)
    {
        var sealedBytes = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceLength));
        _seal.Encrypt(sealedBytes.AsSpan(0, NonceLength), plain, sealedBytes.AsSpan(NonceLength, plain.Length), sealedBytes.AsSpan(NonceLength + plain.Length), Encoding.UTF8.GetBytes(place));
        return sealedBytes;
    }

    /// <summary>Opens what was sealed for this place.</summary>
    /// <exception cref="CryptographicException">It was changed, moved, or sealed with another key.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string place)
    {
        if (sealedBytes.Length < NonceLength + TagLength) throw new CryptographicException("A sealed value in the store is cut off.");
        var plain = new byte[sealedBytes.Length - NonceLength - TagLength];
        _seal.Decrypt(sealedBytes[..NonceLength], sealedBytes.Slice(NonceLength, plain.Length), sealedBytes[(NonceLength + plain.Length)..], plain, Encoding.UTF8.GetBytes(place));
        return plain;
    }

    /// <summary>Seals a value as JSON.</summary>
    public byte[] SealJson<T>(T value, string place) => Seal(JsonSerializer.SerializeToUtf8Bytes(value), place);

    /// <summary>Opens a value that was sealed as JSON.</summary>
    public T OpenJson<T>(ReadOnlySpan<byte> sealedBytes, string place) => JsonSerializer.Deserialize<T>(Open(sealedBytes, place))!;

    /// <summary>The mark under which a value is found: the same for the same value and kind, and worth nothing without the key.</summary>
    public byte[] Mark(string kind, string value)
    {
        var text = new byte[4 + Encoding.UTF8.GetByteCount(kind) + Encoding.UTF8.GetByteCount(value)];
        BinaryPrimitives.WriteInt32BigEndian(text, kind.Length);
        Encoding.UTF8.GetBytes(value, text.AsSpan(4 + Encoding.UTF8.GetBytes(kind, text.AsSpan(4))));
        return HMACSHA256.HashData(_find, text)[..MarkLength];
    }

    /// <summary>Forgets the keys.</summary>
    public void Dispose()
    {
        _seal.Dispose();
        CryptographicOperations.ZeroMemory(_find);
    }
}
