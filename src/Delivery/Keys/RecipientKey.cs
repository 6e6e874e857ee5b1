using System.Diagnostics.CodeAnalysis;
using Groeilijn.Delivery.Native;

namespace Groeilijn.Delivery;

/// <summary>To whom an envelope is sealed: an X25519 public key, spelled <c>age1…</c>. Public; may be printed and published.</summary>
public sealed class RecipientKey : IEquatable<RecipientKey>
{
    const string Prefix = "age";
    readonly byte[] _point;

    internal RecipientKey(byte[] point) => _point = point;

    internal ReadOnlySpan<byte> Point => _point;

    /// <summary>Reads <c>age1…</c>. Post-quantum recipients (<c>age1pq1…</c>) and plugins are not read.</summary>
    /// <exception cref="FormatException">The text is not an X25519 recipient.</exception>
    public static RecipientKey Parse(string text) =>
        TryParse(text, out RecipientKey? key) ? key : throw new FormatException("Not an X25519 recipient: expected 62 letters and digits that begin with age1.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RecipientKey? key)
    {
        byte[] point = new byte[X25519.Length];
        key = text is not null && !text.AsSpan().ContainsAnyInRange('A', 'Z') && Bech32.TryDecode(Prefix, text, point) ? new(point) : null;
        return key is not null;
    }

    public bool Equals(RecipientKey? other) => other is not null && _point.AsSpan().SequenceEqual(other._point);

    public override bool Equals(object? obj) => Equals(obj as RecipientKey);

    public override int GetHashCode() => BitConverter.ToInt32(_point);

    /// <summary>The recipient as it is written down: <c>age1…</c>.</summary>
    public override string ToString() => Bech32.Encode(Prefix, _point);
}
