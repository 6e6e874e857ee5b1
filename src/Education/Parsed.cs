namespace Groeilijn.Education;

/// <summary>
/// The outcome of reading one value from the outside world: a value, a value with a signal, or a fault.
/// Nothing here repeats the text that was read: a message built from it cannot leak a pupil's value.
/// </summary>
/// <typeparam name="T">The value type that was asked for.</typeparam>
public readonly record struct Parsed<T> where T : struct
{
    readonly T _value;
    readonly Fault _fault;

    Parsed(T value, Fault fault, Signal signal) => (_value, _fault, Signal) = (value, fault, signal);

    /// <summary>Why there is no value; <see cref="Fault.None"/> when there is one.</summary>
    public Fault Fault => _fault == Fault.None && !Ok ? Fault.Empty : _fault;

    /// <summary>What was remarkable about a value that was accepted; <see cref="Signal.None"/> when nothing was.</summary>
    public Signal Signal { get; }

    /// <summary>Whether a value was read. The default outcome is not: it counts as <see cref="Fault.Empty"/>.</summary>
    public bool Ok => _fault == Fault.None && !EqualityComparer<T>.Default.Equals(_value, default);

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none; ask <see cref="Ok"/> first.</exception>
    public T Value => Ok ? _value : throw new InvalidOperationException($"No {typeof(T).Name} was read: {Fault}.");

    /// <summary>The value, or <c>null</c> when there is none.</summary>
    public T? OrNull => Ok ? _value : null;

    internal static Parsed<T> Of(T value, Signal signal = Signal.None) => new(value, Fault.None, signal);

    internal static Parsed<T> No(Fault fault) => new(default, fault, Signal.None);

    /// <summary>The outcome without its value: what failed or stood out.</summary>
    public override string ToString() => Ok ? $"{typeof(T).Name} read ({Signal})" : $"{typeof(T).Name} refused ({Fault})";
}

/// <summary>Why a text was refused.</summary>
public enum Fault
{
    /// <summary>It was not.</summary>
    None,
    /// <summary>There was nothing to read.</summary>
    Empty,
    /// <summary>Too long or too short.</summary>
    Length,
    /// <summary>A character that has no place in this value.</summary>
    Characters,
    /// <summary>A number of nothing but zeros: it passes the eleven test and is nobody's.</summary>
    Zeros,
    /// <summary>The check digit does not fit.</summary>
    ElevenTest,
    /// <summary>Well formed, but outside the values that exist.</summary>
    OutOfRange,
    /// <summary>Not a value of the list that the format gives.</summary>
    UnknownCode,
    /// <summary>A year group that exists in the format but takes no tests of this programme (nursery, secondary, special).</summary>
    OtherYearGroup,
    /// <summary>An ECK iD of a kind that is no pupil's chain identity (a stampseudoniem).</summary>
    OtherKind,
    /// <summary>A combination of letters that is never issued (postcodes with SA, SD, SS).</summary>
    NeverIssued,
}

/// <summary>What stands out in a text that was accepted.</summary>
public enum Signal
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Leading zeros were missing, as spreadsheets drop them, and were put back.</summary>
    Padded,
    /// <summary>An onderwijsnummer that passes only the modulo reading of its test, not the regulation's literal rule.</summary>
    ModuloReading,
    /// <summary>Spaces, case or separators differ from the standard spelling and were normalised.</summary>
    Respelled,
    /// <summary>More than one decimal was given; the score was rounded to tenths.</summary>
    Rounded,
    /// <summary>Day or month of birth is unknown.</summary>
    Partial,
    /// <summary>An identity of the test environment, not of production.</summary>
    Pilot,
}
