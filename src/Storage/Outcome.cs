using System.Diagnostics.CodeAnalysis;

namespace Groeilijn.Storage;

/// <summary>Why a step was refused. Its words never hold a pupil's value.</summary>
/// <param name="Code">For machines and for the person on the telephone: <c>unknown-school</c>.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Refusal(string Code, string What, string Remedy)
{
    /// <summary>Both sentences and the code.</summary>
    public override string ToString() => $"{What} {Remedy} [{Code}]";
}

/// <summary>What came of a step: its result, or why it was refused.</summary>
public sealed class Outcome<T> where T : class
{
    internal Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>The result; null when refused.</summary>
    public T? Value { get; }

    /// <summary>Why not; null when done.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether the step was done.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Value is not null;

    /// <summary>A result.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}

/// <summary>For results that are known by an interface, which C# does not convert by itself.</summary>
public static class Outcome
{
    /// <summary>A result.</summary>
    public static Outcome<T> Of<T>(T value) where T : class => new(value, null);
}
