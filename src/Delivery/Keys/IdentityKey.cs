using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Groeilijn.Delivery.Native;

namespace Groeilijn.Delivery;

/// <summary>The private key that opens envelopes, spelled <c>AGE-SECRET-KEY-1…</c>. Kept at one place in memory and zeroed on <see cref="Dispose"/>.</summary>
public sealed class IdentityKey : IDisposable
{
    const string Prefix = "age-secret-key-";
    readonly byte[] _scalar = GC.AllocateArray<byte>(X25519.Length, pinned: true); // pinned: the collector makes no copies
    bool _disposed;

    internal IdentityKey(ReadOnlySpan<byte> scalar)
    {
        scalar.CopyTo(_scalar);
        Recipient = new(X25519.PublicKey(_scalar));
    }

    /// <summary>The public half.</summary>
    public RecipientKey Recipient { get; }

    internal ReadOnlySpan<byte> Scalar
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _scalar;
        }
    }

    /// <summary>A new key from the operating system's randomness.</summary>
    public static IdentityKey Generate()
    {
        Span<byte> scalar = stackalloc byte[X25519.Length];
        RandomNumberGenerator.Fill(scalar);
        IdentityKey key = new(scalar);
        CryptographicOperations.ZeroMemory(scalar);
        return key;
    }

    /// <summary>Reads <c>AGE-SECRET-KEY-1…</c>; post-quantum identities (<c>AGE-SECRET-KEY-PQ-1…</c>) are not read.</summary>
    /// <exception cref="FormatException">The text is not an X25519 identity. The message never repeats it.</exception>
    public static IdentityKey Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out IdentityKey? key) ? key : throw new FormatException("Not an X25519 identity: expected 74 letters, digits and dashes that begin with AGE-SECRET-KEY-1.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IdentityKey? key)
    {
        Span<byte> scalar = stackalloc byte[X25519.Length];
        key = !text.ContainsAnyInRange('a', 'z') && Bech32.TryDecode(Prefix, text, scalar) ? new(scalar) : null;
        CryptographicOperations.ZeroMemory(scalar);
        return key is not null;
    }

    /// <summary>Reads a key file as age-keygen writes it: comment lines with <c>#</c>, one identity.</summary>
    /// <returns>False when there is no identity, or more than one, or anything else in the file.</returns>
    public static bool TryParseFile(string text, [NotNullWhen(true)] out IdentityKey? key)
    {
        key = null;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim();
            if (line.IsEmpty || line[0] == '#') continue;
            if (key is null && TryParse(line, out key)) continue;
            key?.Dispose();
            key = null;
            return false;
        }
        return key is not null;
    }

    /// <summary>The secret as it is written down. The text cannot be zeroed: write it to a secret file and drop it.</summary>
    public string ToSecretText() => Bech32.Encode(Prefix, Scalar).ToUpperInvariant();

    /// <summary>Masked; the secret is only given by <see cref="ToSecretText"/>.</summary>
    public override string ToString() => "AGE-SECRET-KEY-1…";

    /// <summary>Overwrites the key in memory with zeros.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_scalar);
        _disposed = true;
    }
}
