namespace Groeilijn.Statistics.Disclosure;

/// <summary>Why a publication cannot be protected as asked.</summary>
public enum ProtectionRefusalCode
{
    /// <summary>A hierarchy is not a tree over the codes.</summary>
    Hierarchy,
    /// <summary>A row has a code that the hierarchy does not know.</summary>
    UnknownCode,
    /// <summary>The cells of a finished table do not add up.</summary>
    NotAdditive,
    /// <summary>There are more cells than memory can hold.</summary>
    TooLarge,
    /// <summary>A value is no number, or too large to be added exactly.</summary>
    Value,
    /// <summary>What is asked contradicts itself.</summary>
    Rules,
}

/// <summary>A refusal in words; no value of a unit stands in them.</summary>
/// <param name="Code">Which.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ProtectionRefusal(ProtectionRefusalCode Code, string What, string Remedy);

/// <summary>A result, or why there is none.</summary>
public readonly record struct Checked<T>
{
    readonly T? _value;

    Checked(T? value, ProtectionRefusal? refusal) => (_value, Refusal) = (value, refusal);

    /// <summary>Why there is no result; null when there is one.</summary>
    public ProtectionRefusal? Refusal { get; }

    /// <summary>Whether there is a result.</summary>
    public bool Ok => Refusal is null;

    /// <summary>The result.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException(Refusal.What);

#pragma warning disable CA2225 // The two conversions are the constructors; From would say the same in more words.
    /// <summary>A result.</summary>
    public static implicit operator Checked<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Checked<T>(ProtectionRefusal refusal) => new(default, refusal);
#pragma warning restore CA2225
}
