namespace Groeilijn.School;

/// <summary>Where a field stands in the payload.</summary>
public enum FieldPart
{
    /// <summary>Once for a pupil.</summary>
    Person,
    /// <summary>With every result.</summary>
    Result,
}

/// <summary>What a field goes along for.</summary>
public enum FieldPurpose
{
    /// <summary>To link, and for nothing else: destroyed afterwards.</summary>
    Linking,
    /// <summary>For the study: kept.</summary>
    Result,
}

/// <summary>How a field is called in one language: on a page, in the letter to parents, and why it goes along.</summary>
public sealed record FieldText(string Word, string Letter, string Reason);

/// <summary>A field that may leave the school, and why it does; a row of a set file.</summary>
public sealed record Field
{
    /// <summary>The name in the payload.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands in the payload.</summary>
    public required FieldPart Part { get; init; }

    /// <summary>What it goes along for.</summary>
    public required FieldPurpose Purpose { get; init; }

    /// <summary>The version of the set that brought it.</summary>
    public required int Since { get; init; }

    /// <summary>The special category of personal data (AVG 9) it belongs to; null for ordinary data.</summary>
    public string? Category { get; init; }

    /// <summary>The field it is a part of, as a house letter is of a house number; the letter names them together.</summary>
    public string? Of { get; init; }

    /// <summary>The words in Dutch.</summary>
    public required FieldText Nl { get; init; }

    /// <summary>The words in English.</summary>
    public required FieldText En { get; init; }

    /// <summary>The name for a reader.</summary>
    public string Words(string language) => In(language).Word;

    /// <summary>Why it goes along.</summary>
    public string Reason(string language) => In(language).Reason;

    /// <summary>The words of a language; English where the set has none.</summary>
    public FieldText In(string language) => language == "nl" ? Nl : En;
}
