namespace Groeilijn.Statistics.Growth;

/// <summary>Why there is no fit.</summary>
public enum FitRefusalCode
{
    /// <summary>The formula is not understood.</summary>
    Formula,
    /// <summary>A column that the formula names is not in the data.</summary>
    NoSuchColumn,
    /// <summary>A column has a kind that its place in the formula does not allow.</summary>
    WrongKind,
    /// <summary>A value is infinite or not a number.</summary>
    NotFinite,
    /// <summary>No row is complete, or too few are.</summary>
    TooFewRows,
    /// <summary>The response is the same in every row.</summary>
    ConstantResponse,
    /// <summary>A factor has one level.</summary>
    OneLevel,
    /// <summary>A grouping factor has as many random effects as there are rows, so that they cannot be told from the residual.</summary>
    AsManyEffectsAsRows,
    /// <summary>There is no random term.</summary>
    NoRandomTerm,
    /// <summary>A weight or an error variance is negative, zero or missing.</summary>
    BadWeight,
    /// <summary>The fixed effects fit every row exactly.</summary>
    NoResidual,
    /// <summary>The crossed levels ask more memory than a machine has.</summary>
    TooLarge,
    /// <summary>The numbers lie too far apart for the arithmetic.</summary>
    Numerical,
}

/// <summary>A refusal: what is wrong and what to do. It never holds a value of the data.</summary>
/// <param name="Code">The reason.</param>
/// <param name="What">What is wrong, as a sentence without capital and full stop.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record FitRefusal(FitRefusalCode Code, string What, string Remedy);

/// <summary>Something that was computed, or why it was not.</summary>
/// <typeparam name="T">What was computed.</typeparam>
public readonly record struct Fitted<T> where T : class
{
    readonly T? _value;

    Fitted(T? value, FitRefusal? refusal) => (_value, Refusal) = (value, refusal);

    /// <summary>Why there is nothing; null when there is.</summary>
    public FitRefusal? Refusal { get; }

    /// <summary>Whether there is a value.</summary>
    public bool Ok => _value is not null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none; <see cref="Refusal"/> says why.</exception>
    public T Value => _value ?? throw new InvalidOperationException(Refusal is null ? "Nothing was computed." : $"{Refusal.Code}: {Refusal.What}");

    /// <summary>What was computed.</summary>
    public static implicit operator Fitted<T>(T value) => new(value, null);

    /// <summary>Why nothing was.</summary>
    public static implicit operator Fitted<T>(FitRefusal refusal) => new(null, refusal);

    /// <summary>What was computed.</summary>
    public static Fitted<T> FromT(T value) => value;

    /// <summary>Why nothing was.</summary>
    public static Fitted<T> FromFitRefusal(FitRefusal refusal) => refusal;
}
