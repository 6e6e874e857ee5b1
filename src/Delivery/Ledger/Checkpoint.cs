using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Groeilijn.Delivery;

/// <summary>
/// A log's size and root at one moment, signed: whoever keeps one can show later that nothing was taken away or changed.
/// A signed note (C2SP tlog-checkpoint) with ECDSA P-256 over SHA-256.
/// </summary>
public sealed record Checkpoint
{
    const string Dash = "\u2014 ";
    const int KeyHashLength = 4;
    const int PrintedBytes = 16;

    Checkpoint(string origin, long size, byte[] root, byte[] keyHash, byte[] signature) =>
        (Origin, Size, Root, _keyHash, _signature) = (origin, size, root, keyHash, signature);

    readonly byte[] _keyHash;
    readonly byte[] _signature;

    /// <summary>Which log: its name on the first line, and the name of its key.</summary>
    public string Origin { get; }

    /// <summary>The number of entries.</summary>
    public long Size { get; }

    /// <summary>The root hash, 32 bytes.</summary>
    public byte[] Root { get; }

    /// <summary>Signs a log's size and root.</summary>
    public static Checkpoint Sign(string origin, long size, byte[] root, SigningKey key)
    {
        if (!IsName(origin) || root.Length != 32 || size < 0) throw new ArgumentException("A checkpoint has an origin without white space or +, a size and a root of 32 bytes.");
        using ECDsa ecdsa = key.CertificateWithKey.GetECDsaPrivateKey()!;
        byte[] signature = ecdsa.SignData(Encoding.UTF8.GetBytes(Body(origin, size, root)), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new(origin, size, root, KeyHash(key.Certificate), signature);
    }

    /// <summary>Reads a checkpoint's text in its one spelling; the signature is checked by <see cref="IsSignedBy"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        string[] lines = text.Split('\n');
        if (lines is not [var origin, var count, var hash, "", var signed, ""]) return false;
        if (!IsName(origin) || !long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long size)) return false;
        string start = Dash + origin + " ";
        if (Base64.DecodePadded(hash) is not { Length: 32 } root || !signed.StartsWith(start, StringComparison.Ordinal)) return false;
        if (Base64.DecodePadded(signed[start.Length..]) is not { Length: > KeyHashLength } bytes) return false;
        Checkpoint read = new(origin, size, root, bytes[..KeyHashLength], bytes[KeyHashLength..]);
        if (read.ToString() != text) return false;
        checkpoint = read;
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, of a file's bytes: nothing but UTF-8, and no byte order mark.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        string text = Encoding.UTF8.GetString(bytes);
        checkpoint = null;
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes) && TryParse(text, out checkpoint);
    }

    /// <summary>Whether <paramref name="certificate"/>'s key signed exactly this.</summary>
    public bool IsSignedBy(X509Certificate2 certificate)
    {
        if (!KeyHash(certificate).AsSpan().SequenceEqual(_keyHash)) return false;
        using ECDsa? key = certificate.GetECDsaPublicKey();
        return key is not null && key.VerifyData(Encoding.UTF8.GetBytes(Body(Origin, Size, Root)), _signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Size and half the root, short enough for paper and long enough to be a witness: <c>1234: 3f2a 9c01 …</c>.</summary>
    public string Printed => string.Create(CultureInfo.InvariantCulture, $"{Size}: {SigningKey.Aloud(Convert.ToHexStringLower(Root.AsSpan(0, PrintedBytes)))}");

    /// <summary>Reads what <see cref="Printed"/> gave, however a person spaced it.</summary>
    public static bool TryParsePrinted(string text, out long size, out byte[] start)
    {
        (size, start) = (0, []);
        string[] parts = text.Split(':');
        if (parts.Length != 2 || !long.TryParse(parts[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out size)) return false;
        string hex = string.Concat(parts[1].Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
        if (hex.Length != 2 * PrintedBytes || !hex.All(char.IsAsciiHexDigit)) return false;
        start = Convert.FromHexString(hex);
        return true;
    }

    /// <summary>The text as it is kept.</summary>
    public override string ToString() => $"{Body(Origin, Size, Root)}\n{Dash}{Origin} {Convert.ToBase64String([.. _keyHash, .. _signature])}\n";

    static string Body(string origin, long size, byte[] root) => string.Create(CultureInfo.InvariantCulture, $"{origin}\n{size}\n{Convert.ToBase64String(root)}\n");

    /// <summary>The first four bytes of SHA-256 of the public key (SubjectPublicKeyInfo), as signed notes name ECDSA keys.</summary>
    static byte[] KeyHash(X509Certificate2 certificate) => SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())[..KeyHashLength];

    static bool IsName(string text) => text.Length is > 0 and <= 200 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');
}
