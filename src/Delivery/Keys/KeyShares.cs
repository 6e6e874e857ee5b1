using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery.Native;

namespace Groeilijn.Delivery;

/// <summary>
/// One private key in two shares for two people: the first is random, the second is the key XOR the first.
/// A share alone says nothing about the key; with either share destroyed the key is gone.
/// </summary>
/// <remarks>A share is one line of text, <c>GROEILIJN-KEY-SHARE-1…</c>: its number, four bytes that name the key pair, 32 bytes, a checksum.</remarks>
public static class KeyShares
{
    const string Prefix = "groeilijn-key-share-";
    const int NameLength = 4;
    const int Length = 1 + NameLength + X25519.Length;

    /// <summary>Two new shares of <paramref name="key"/>; two calls give different ones that do not mix.</summary>
    public static (byte[] First, byte[] Second) Split(IdentityKey key)
    {
        Span<byte> first = stackalloc byte[Length], second = stackalloc byte[Length];
        first[0] = 1;
        second[0] = 2;
        Name(key).CopyTo(first[1..]);
        Name(key).CopyTo(second[1..]);
        Span<byte> random = first[(1 + NameLength)..], masked = second[(1 + NameLength)..];
        RandomNumberGenerator.Fill(random);
        Xor(key.Scalar, random, masked);
        (byte[], byte[]) lines = (Line(first), Line(second));
        CryptographicOperations.ZeroMemory(first);
        CryptographicOperations.ZeroMemory(second);
        return lines;
    }

    /// <summary>The key of two shares, in any order.</summary>
    /// <exception cref="FormatException">They are not the two shares of one key. The message never repeats them.</exception>
    public static IdentityKey Join(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        TryJoin(one, other, out IdentityKey? key) ? key : throw new FormatException("These are not the first and the second share of one key.");

    /// <inheritdoc cref="Join"/>
    public static bool TryJoin(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, [NotNullWhen(true)] out IdentityKey? key)
    {
        Span<byte> left = stackalloc byte[Length], right = stackalloc byte[Length], scalar = stackalloc byte[X25519.Length];
        key = null;
        if (TryRead(one, left) && TryRead(other, right) && left[0] is 1 or 2 && left[0] + right[0] == 3)
        {
            Xor(left[(1 + NameLength)..], right[(1 + NameLength)..], scalar);
            key = new(scalar);
            // Shares of two different keys, or of two splits of one, give a key that is not the one they name.
            if (!Name(key).SequenceEqual(left.Slice(1, NameLength)) || !Name(key).SequenceEqual(right.Slice(1, NameLength)))
            {
                key.Dispose();
                key = null;
            }
        }
        CryptographicOperations.ZeroMemory(left);
        CryptographicOperations.ZeroMemory(right);
        CryptographicOperations.ZeroMemory(scalar);
        return key is not null;
    }

    /// <summary>Whether a line is a share, of whichever key.</summary>
    public static bool IsShare(ReadOnlySpan<byte> line)
    {
        Span<byte> share = stackalloc byte[Length];
        var read = TryRead(line, share);
        CryptographicOperations.ZeroMemory(share);
        return read;
    }

    static ReadOnlySpan<byte> Name(IdentityKey key) => SHA256.HashData(key.Recipient.Point).AsSpan(0, NameLength);

    static byte[] Line(ReadOnlySpan<byte> share) => Encoding.ASCII.GetBytes(Bech32.Encode(Prefix, share).ToUpperInvariant() + "\n");

    static bool TryRead(ReadOnlySpan<byte> line, Span<byte> share)
    {
        Span<char> text = stackalloc char[128];
        line = line.TrimEnd("\r\n"u8);
        if (line.Length > text.Length) return false;
        int length = Encoding.Latin1.GetChars(line, text);
        bool read = Bech32.TryDecode(Prefix, text[..length], share);
        text.Clear();
        return read;
    }

    static void Xor(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> result)
    {
        for (int i = 0; i < result.Length; i++) result[i] = (byte)(a[i] ^ b[i]);
    }
}
