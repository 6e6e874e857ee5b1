using System.Diagnostics.CodeAnalysis;

namespace Groeilijn.Research;

/// <summary>Why something was not done: for the researcher a sentence and a way on, for a program a code that stays the same.</summary>
/// <param name="Code">For instance <c>cells-too-small</c>.</param>
/// <param name="What">What is wrong; never a count below a threshold, never a value.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Refusal(string Code, string What, string Remedy)
{
    /// <summary>Both sentences and the code.</summary>
    public override string ToString() => $"{What} {Remedy} [{Code}]";
}

/// <summary>What came of a step: its result, or why it was refused.</summary>
public sealed class Outcome<T> where T : class
{
    Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>The result; null when refused.</summary>
    public T? Value { get; }

    /// <summary>Why not; null when done.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Value is not null;

    /// <summary>A result.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}
