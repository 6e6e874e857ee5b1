namespace Groeilijn.Education;

/// <summary>
/// An ECK iD: the chain identity of a pupil in learning-material traffic, <c>https://ketenid.nl/201703/</c> and 128 hexadecimal
/// characters in lower case (154 in all). It may serve to join a pupil's own files inside the school; it is never delivered and never a linkage key.
/// </summary>
public readonly record struct EckId
{
    const string Production = "https://ketenid.nl/201703/";
    const string PilotPrefix = "https://ketenid.nl/pilot/";
    const int HexLength = 128;
    readonly string? _text;

    EckId(string text) => _text = text;

    /// <summary>The whole identity. For joining inside the school only.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public string Text => _text ?? throw new InvalidOperationException("A default EckId is no identity.");

    /// <summary>Reads an ECK iD; one of the pilot environment gives <see cref="Signal.Pilot"/>, a stampseudoniem is refused.</summary>
    public static Parsed<EckId> Parse(string? text)
    {
        var trimmed = (text ?? "").Trim();
        if (trimmed.Length == 0) return Parsed<EckId>.No(Fault.Empty);
        var prefix = trimmed.StartsWith(Production, StringComparison.Ordinal) ? Production
            : trimmed.StartsWith(PilotPrefix, StringComparison.Ordinal) ? PilotPrefix : null;
        if (prefix is null) return Parsed<EckId>.No(trimmed.StartsWith("https://ketenid.nl/sp", StringComparison.Ordinal) ? Fault.OtherKind : Fault.UnknownCode);
        var hex = trimmed.AsSpan(prefix.Length);
        if (hex.Length != HexLength) return Parsed<EckId>.No(Fault.Length);
        if (hex.ContainsAnyExcept("0123456789abcdef")) return Parsed<EckId>.No(Fault.Characters);
        return Parsed<EckId>.Of(new EckId(trimmed), prefix == PilotPrefix ? Signal.Pilot : Signal.None);
    }

    /// <summary>Masked: an identity never enters a message or a log.</summary>
    public override string ToString() => "EckId(***)";
}
