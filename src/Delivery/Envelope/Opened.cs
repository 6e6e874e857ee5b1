using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Groeilijn.Delivery;

/// <summary>Why an envelope was refused.</summary>
public enum EnvelopeFault
{
    /// <summary>Not an age file.</summary>
    NotAge,
    /// <summary>An age file of a later version.</summary>
    Version,
    /// <summary>The header is damaged or not written as the format demands.</summary>
    Header,
    /// <summary>The text form (armor) is damaged or not written as the format demands.</summary>
    Armor,
    /// <summary>Sealed to somebody else, or the passphrase is wrong.</summary>
    NoMatch,
    /// <summary>The header was changed after sealing.</summary>
    Mac,
    /// <summary>The content was changed after sealing.</summary>
    Payload,
    /// <summary>The file is cut off.</summary>
    Truncated,
    /// <summary>Sealed to a post-quantum key (mlkem768x25519), which this version does not open.</summary>
    PostQuantum,
}

/// <summary>The outcome of opening an envelope: its content, or why it was refused. Disposing zeroes the content.</summary>
public sealed class Opened(byte[]? content, EnvelopeFault? fault) : IDisposable
{
    /// <summary>The content, verified to its last byte; null when refused.</summary>
    public byte[]? Content { get; } = content;

    /// <summary>Why it was refused; null when opened.</summary>
    public EnvelopeFault? Fault { get; } = fault;

    /// <summary>Whether there is content.</summary>
    [MemberNotNullWhen(true, nameof(Content))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Ok => Content is not null;

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(Content);

    /// <summary>The fault, or the length; never the content.</summary>
    public override string ToString() => Ok ? $"opened, {Content.Length} bytes" : $"refused: {Fault.Value.Sentence()}";
}

/// <summary>The words for a refusal, the same on every screen.</summary>
public static class EnvelopeFaults
{
    /// <summary>One English sentence: what is wrong and what to do.</summary>
    public static string Sentence(this EnvelopeFault fault) => fault switch
    {
        EnvelopeFault.NotAge => "this is not an age file: choose the file that ends in .age.",
        EnvelopeFault.Version => "this age file is of a later version: update this program.",
        EnvelopeFault.Header => "the header of the age file is damaged: ask for the file again.",
        EnvelopeFault.Armor => "the text form of the age file is damaged: ask for the file again.",
        EnvelopeFault.NoMatch => "the file is sealed to another key or passphrase: use the one it was sealed to.",
        EnvelopeFault.Mac => "the header was changed after sealing: ask for the file again.",
        EnvelopeFault.Payload => "the content was changed after sealing: ask for the file again.",
        EnvelopeFault.Truncated => "the file is cut off: ask for the file again.",
        EnvelopeFault.PostQuantum => "the file is sealed to a post-quantum key (mlkem768x25519), which this version does not open: ask for one sealed to an age1… key.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}

/// <summary>How a refusal travels from the depth of a stream to the door, where it becomes a value.</summary>
sealed class EnvelopeRefused(EnvelopeFault fault) : Exception(fault.Sentence())
{
    public EnvelopeFault Fault { get; } = fault;
}
