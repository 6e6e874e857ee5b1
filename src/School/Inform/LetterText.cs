using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groeilijn.School;

/// <summary>When a block stands in the letter.</summary>
enum LetterWhen
{
    Always,
    /// <summary>When the set holds no special categories.</summary>
    Ordinary,
    /// <summary>When the set holds special categories, and the letter asks for consent.</summary>
    Special,
}

/// <summary>A paragraph, an item of a list, or the list of fields of a kind; and the points it makes.</summary>
sealed record LetterBlock(string? Text = null, IReadOnlyList<string>? Points = null, bool Item = false, string? Fields = null, LetterWhen When = LetterWhen.Always);

/// <summary>A heading with what stands under it.</summary>
sealed record LetterSection(IReadOnlyList<LetterBlock> Blocks, string? Heading = null);

/// <summary>
/// The letter in one language: a file. Another language is another file, and a file that leaves out a point is not a letter.
/// Each promise in it is a property of the program (docs/LETTER.md), so a sentence may be added only when the program keeps it.
/// </summary>
sealed record LetterText(string Format, string Language, string Name, string Direction, string Title, string Date, IReadOnlyList<string> Months, string And, string Or, string With,
    IReadOnlyDictionary<string, string> Fields, IReadOnlyList<LetterSection> Sections)
{
    const string FormatName = "groeilijn-letter/1";

    static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>What parents must be told: the points of the letters that schools use, and all that AVG 13 asks.</summary>
    public static readonly IReadOnlyList<string> Points =
    [
        "why", "study", "report-twice", "compared", "everybody", "which-data", "recipient", "identifying-data", "source", "not-sent",
        "linking-only", "destroyed", "registers", "safe", "cbs-rules", "researchers-never", "school-report-never", "publications-never", "no-decisions",
        "ground", "purpose", "no-permission", "special-consent", "object-how", "object-always", "no-reason", "object-before", "silence", "object-after",
        "retention", "recipients", "rights", "controller", "officer", "complaint", "whom-to-ask",
    ];

    static readonly string[] s_ordinary = ["special-none-now", "special-told-apart"], s_special = ["special-now"];

    /// <summary>What stands between braces is filled in.</summary>
    public static readonly IReadOnlyList<string> Blanks = ["sent", "until", "school", "board", "boardAddress", "contact", "contactWays", "officerWays"];

    /// <summary>Every language the letter is there in, by its code.</summary>
    public static IReadOnlyDictionary<string, LetterText> All { get; } = Resources.All("Inform.letter.", ".json").Select(r => Read(r.Content)).ToDictionary(text => text.Language);

    /// <summary>Reads the letter in a language.</summary>
    /// <exception cref="InvalidDataException">The file is no letter; the message says what is wrong or missing.</exception>
    public static LetterText Read(byte[] json)
    {
        LetterText text;
        try { text = JsonSerializer.Deserialize<LetterText>(json, s_strict) ?? throw new JsonException("It is empty."); }
        catch (JsonException fault) { throw new InvalidDataException($"The letter cannot be read: {fault.Path} does not fit the schema.", fault); }
        if (text.Format != FormatName || text.Months.Count != 12) throw new InvalidDataException($"The letter must be {FormatName} with twelve months.");
        if (text.Fault(special: false) is { } ordinary) throw new InvalidDataException($"The letter in {text.Name}: {ordinary}.");
        if (text.Fault(special: true) is { } special) throw new InvalidDataException($"The letter in {text.Name}, for a set with special categories: {special}.");
        return text;
    }

    /// <summary>The sections as they stand for a set with or without special categories.</summary>
    public IEnumerable<(string? Heading, IReadOnlyList<LetterBlock> Blocks)> For(bool special) =>
        Sections.Select(s => (s.Heading, (IReadOnlyList<LetterBlock>)[.. s.Blocks.Where(b => b.When != (special ? LetterWhen.Ordinary : LetterWhen.Special))]));

    /// <summary>A day in words.</summary>
    public string Day(DateOnly day) => Date.Replace("{day}", day.Day.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{month}", Months[day.Month - 1], StringComparison.Ordinal).Replace("{year}", day.Year.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>How the letter calls a field.</summary>
    public string Words(Field field) => Fields.GetValueOrDefault(field.Name) ?? field.In(Language).Letter;

    string? Fault(bool special)
    {
        var blocks = For(special).SelectMany(s => s.Blocks).ToList();
        var made = blocks.SelectMany(b => b.Points ?? []).ToList();
        string[] asked = [.. Points, .. special ? s_special : s_ordinary];
        if (asked.Except(made).FirstOrDefault() is { } missing) return $"the point {missing} is not made";
        if (made.Except(asked).FirstOrDefault() is { } unknown) return $"there is no point {unknown}";
        if (blocks.Exists(b => (b.Text is null) == (b.Fields is null) || b.Fields is not (null or "linking" or "results" or "special") || b.Fields is not null && (b.Item || b.Points is not null))) return "a block has a text, or names fields: linking, results or special";
        if (blocks.Count(b => b.Fields == "linking") != 1 || blocks.Count(b => b.Fields == "results") != 1 || blocks.Count(b => b.Fields == "special") != (special ? 1 : 0)) return "the lists of fields stand in it once";
        var filled = blocks.Where(b => b.Text is not null).SelectMany(b => Letter.BlanksIn(b.Text!)).ToList();
        if (filled.Except(Blanks).FirstOrDefault() is { } blank) return $"there is nothing to fill in for {blank}";
        return Blanks.Except(filled).FirstOrDefault() is { } forgotten ? $"{forgotten} is not filled in anywhere" : null;
    }
}
