using System.Security.Cryptography;

namespace Groeilijn.Delivery;

/// <summary>
/// A sealed file: age v1 (C2SP, age-encryption.org/v1) for X25519 recipients and for passphrases, binary or armored.
/// Sealing streams at constant memory. Opening gives content only after the last chunk was verified.
/// </summary>
public static class Envelope
{
    /// <summary>scrypt's cost as a power of two when sealing with a passphrase: about a second and 256 MiB.</summary>
    public const int UsualWorkFactor = 18;

    /// <summary>Seals <paramref name="plain"/> to one recipient or several.</summary>
    public static void Seal(Stream plain, Stream output, IReadOnlyList<RecipientKey> recipients, bool armor = false)
    {
        ArgumentOutOfRangeException.ThrowIfZero(recipients.Count, nameof(recipients));
        byte[] fileKey = RandomNumberGenerator.GetBytes(FileKey.Length);
        Write(plain, output, fileKey, [.. recipients.Select(recipient => FileKey.Wrap(fileKey, recipient))], armor);
    }

    /// <inheritdoc cref="Seal(Stream, Stream, IReadOnlyList{RecipientKey}, bool)"/>
    public static void Seal(Stream plain, Stream output, RecipientKey recipient, bool armor = false) => Seal(plain, output, [recipient], armor);

    /// <summary>Seals bytes to one recipient.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> plain, RecipientKey recipient, bool armor = false)
    {
        using MemoryStream output = new(plain.Length + 1024);
        byte[] copy = plain.ToArray();
        using (MemoryStream input = new(copy)) Seal(input, output, recipient, armor);
        CryptographicOperations.ZeroMemory(copy);
        return output.ToArray();
    }

    /// <summary>Seals to a passphrase. <paramref name="workFactor"/> is scrypt's cost as a power of two, 1 to 22.</summary>
    public static void Seal(Stream plain, Stream output, string passphrase, bool armor = false, int workFactor = UsualWorkFactor)
    {
        ArgumentException.ThrowIfNullOrEmpty(passphrase);
        ArgumentOutOfRangeException.ThrowIfLessThan(workFactor, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workFactor, FileKey.MostWork);
        byte[] fileKey = RandomNumberGenerator.GetBytes(FileKey.Length);
        Write(plain, output, fileKey, [FileKey.Wrap(fileKey, passphrase, workFactor)], armor);
    }

    /// <summary>Seals a file to one recipient, durably.</summary>
    public static void SealFile(string plain, string output, RecipientKey recipient, bool armor = false) => SealFile(plain, output, (from, to) => Seal(from, to, recipient, armor));

    /// <summary>Seals a file to a passphrase, durably.</summary>
    public static void SealFile(string plain, string output, string passphrase, bool armor = false) => SealFile(plain, output, (from, to) => Seal(from, to, passphrase, armor));

    /// <summary>Opens bytes with a private key.</summary>
    public static Opened Open(ReadOnlySpan<byte> envelope, IdentityKey key) => Open(envelope, [key]);

    /// <summary>Opens bytes with whichever of the private keys fits.</summary>
    public static Opened Open(ReadOnlySpan<byte> envelope, IReadOnlyList<IdentityKey> keys) => Open(envelope, header => FileKey.Unwrap(header, keys));

    /// <summary>Opens bytes with a passphrase.</summary>
    public static Opened Open(ReadOnlySpan<byte> envelope, string passphrase) => Open(envelope, header => FileKey.Unwrap(header, passphrase));

    /// <summary>Opens a file into another. When the envelope is refused, no file is left and an older <paramref name="output"/> stands.</summary>
    /// <returns>Null when opened, or why it was refused.</returns>
    public static EnvelopeFault? OpenFile(string envelope, string output, IReadOnlyList<IdentityKey> keys) => OpenFile(envelope, output, header => FileKey.Unwrap(header, keys));

    /// <inheritdoc cref="OpenFile(string, string, IReadOnlyList{IdentityKey})"/>
    public static EnvelopeFault? OpenFile(string envelope, string output, IdentityKey key) => OpenFile(envelope, output, [key]);

    /// <inheritdoc cref="OpenFile(string, string, IReadOnlyList{IdentityKey})"/>
    public static EnvelopeFault? OpenFile(string envelope, string output, string passphrase) => OpenFile(envelope, output, header => FileKey.Unwrap(header, passphrase));

    static void Write(Stream plain, Stream output, byte[] fileKey, IReadOnlyList<Stanza> stanzas, bool armor)
    {
        ArmorWriter? armored = armor ? new(output) : null;
        Stream target = armored ?? output;
        target.Write(EnvelopeHeader.Write(stanzas, fileKey));
        ChunkedPayload.Seal(plain, target, fileKey);
        armored?.Finish();
        CryptographicOperations.ZeroMemory(fileKey);
    }

    static void SealFile(string plain, string output, Action<Stream, Stream> seal)
    {
        using FileStream input = File.OpenRead(plain);
        DurableFile.TryWrite(output, stream =>
        {
            seal(input, stream);
            return true;
        });
    }

    static Opened Open(ReadOnlySpan<byte> envelope, Func<EnvelopeHeader, byte[]> unwrap)
    {
        // One array, as long as the plaintext can be at most, so that no growing buffer leaves copies behind.
        byte[] plain = GC.AllocateUninitializedArray<byte>(envelope.Length, pinned: true);
        using MemoryStream output = new(plain);
        using MemoryStream input = new(envelope.ToArray());
        EnvelopeFault? fault = Read(input, output, unwrap);
        byte[]? content = null;
        if (fault is null)
        {
            content = GC.AllocateUninitializedArray<byte>((int)output.Position, pinned: true); // pinned: Opened can zero the only copy
            plain.AsSpan(0, content.Length).CopyTo(content);
        }
        CryptographicOperations.ZeroMemory(plain);
        return new(content, fault);
    }

    static EnvelopeFault? OpenFile(string envelope, string output, Func<EnvelopeHeader, byte[]> unwrap)
    {
        using FileStream input = File.OpenRead(envelope);
        EnvelopeFault? fault = null;
        DurableFile.TryWrite(output, stream => (fault = Read(input, stream, unwrap)) is null, secret: true);
        return fault;
    }

    static EnvelopeFault? Read(Stream input, Stream output, Func<EnvelopeHeader, byte[]> unwrap)
    {
        byte[]? fileKey = null;
        try
        {
            using BufferedStream buffered = new(ArmorReader.Unwrap(input), 1 << 16);
            EnvelopeHeader header = EnvelopeHeader.Read(buffered);
            fileKey = unwrap(header);
            header.CheckMac(fileKey);
            ChunkedPayload.Open(buffered, output, fileKey);
            return null;
        }
        catch (EnvelopeRefused refused)
        {
            return refused.Fault;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(fileKey);
        }
    }
}
