using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Groeilijn.Delivery;

/// <summary>
/// The payload: a nonce, then chunks of 64 KiB under ChaCha20-Poly1305. A chunk's nonce is its number and whether it is
/// the last (STREAM; Hoang, Reyhanitabar, Rogaway, Vizár 2015), so that nothing can be cut, moved, repeated or added.
/// </summary>
static class ChunkedPayload
{
    const int ChunkLength = 64 * 1024;
    const int TagLength = 16;
    const int NonceLength = 16;

    public static void Seal(Stream plain, Stream output, ReadOnlySpan<byte> fileKey)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(NonceLength);
        output.Write(salt);
        using ChaCha20Poly1305 cipher = new(FileKey.Derive(fileKey, salt, "payload"u8));
        byte[] current = new byte[ChunkLength], next = new byte[ChunkLength], chunk = new byte[ChunkLength + TagLength];
        Span<byte> nonce = stackalloc byte[12];

        int length = Fill(plain, current);
        for (long number = 0; ; number++)
        {
            int following = length == ChunkLength ? Fill(plain, next) : 0;
            SetNonce(nonce, number, last: following == 0);
            cipher.Encrypt(nonce, current.AsSpan(0, length), chunk.AsSpan(0, length), chunk.AsSpan(length, TagLength));
            output.Write(chunk, 0, length + TagLength);
            if (following == 0) break;
            (current, next, length) = (next, current, following);
        }
        CryptographicOperations.ZeroMemory(current);
        CryptographicOperations.ZeroMemory(next);
    }

    /// <summary>Writes chunk by chunk as each is verified: the caller must not let the output be seen before this returns.</summary>
    public static void Open(Stream input, Stream output, ReadOnlySpan<byte> fileKey)
    {
        byte[] salt = new byte[NonceLength];
        if (Fill(input, salt) != NonceLength) throw new EnvelopeRefused(EnvelopeFault.Header);
        using ChaCha20Poly1305 cipher = new(FileKey.Derive(fileKey, salt, "payload"u8));
        byte[] plain = new byte[ChunkLength];
        try
        {
            OpenChunks(input, output, cipher, plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    static void OpenChunks(Stream input, Stream output, ChaCha20Poly1305 cipher, byte[] plain)
    {
        byte[] current = new byte[ChunkLength + TagLength], next = new byte[ChunkLength + TagLength];
        Span<byte> nonce = stackalloc byte[12];
        int length = Fill(input, current);
        for (long number = 0; ; number++)
        {
            int following = length == current.Length ? Fill(input, next) : 0;
            bool last = following == 0;
            if (length < TagLength) throw new EnvelopeRefused(EnvelopeFault.Truncated);
            if (length == TagLength && number > 0) throw new EnvelopeRefused(EnvelopeFault.Payload); // only an empty file has an empty chunk
            SetNonce(nonce, number, last);
            if (!TryDecrypt(cipher, nonce, current.AsSpan(0, length), plain))
            {
                // A last chunk that is sound as one in the middle was not the last: the rest is cut off.
                SetNonce(nonce, number, last: false);
                throw new EnvelopeRefused(last && TryDecrypt(cipher, nonce, current.AsSpan(0, length), plain) ? EnvelopeFault.Truncated : EnvelopeFault.Payload);
            }
            output.Write(plain, 0, length - TagLength);
            if (last) return;
            (current, next, length) = (next, current, following);
        }
    }

    static bool TryDecrypt(ChaCha20Poly1305 cipher, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> chunk, Span<byte> plain)
    {
        try
        {
            cipher.Decrypt(nonce, chunk[..^TagLength], chunk[^TagLength..], plain[..(chunk.Length - TagLength)]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    static void SetNonce(Span<byte> nonce, long number, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..], number);
        nonce[11] = last ? (byte)1 : (byte)0;
    }

    static int Fill(Stream stream, byte[] buffer) => stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
}
