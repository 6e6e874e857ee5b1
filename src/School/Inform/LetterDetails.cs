using System.Text.Json;
using System.Text.Json.Serialization;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>What stands in the letter of this school alone: who is responsible and whom to ask. Set once, kept in the home.</summary>
public sealed record LetterDetails
{
    const string Setting = "letter-details";

    static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true };

    /// <summary>The school board, which is the controller.</summary>
    public string Board { get; init; } = "";

    /// <summary>The board's postal address, on one line.</summary>
    public string BoardAddress { get; init; } = "";

    /// <summary>Whom parents can ask: a name, or a function.</summary>
    public string Contact { get; init; } = "";

    /// <summary>Where the contact person reads mail.</summary>
    public string ContactEmail { get; init; } = "";

    /// <summary>Where the contact person can be called; may be empty.</summary>
    public string ContactPhone { get; init; } = "";

    /// <summary>The data protection officer's name; may be empty: parents must be told how to reach the officer (AVG 13), not who it is.</summary>
    public string Officer { get; init; } = "";

    /// <summary>Where the data protection officer reads mail.</summary>
    public string OfficerEmail { get; init; } = "";

    /// <summary>The officer as the letter and the record of processing give it: the name when it is known, and the address.</summary>
    [JsonIgnore]
    public string OfficerWays => Officer.Length == 0 ? OfficerEmail : $"{Officer}, {OfficerEmail}";

    /// <summary>The details that are not filled in, or not as they should be; in words, Dutch and English.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Dutch, string English)> Missing => [.. Faults.Select(f => (f.Dutch, f.English))];

    /// <summary>The same with the name of each, so that a form can say it at its field.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, string Dutch, string English)> Faults =>
    [
        .. Ask(Spelling.Line.Allows(Board), nameof(Board), "het bestuur", "the board"),
        .. Ask(Spelling.Line.Allows(BoardAddress), nameof(BoardAddress), "het adres van het bestuur", "the board's address"),
        .. Ask(Spelling.Line.Allows(Contact), nameof(Contact), "de contactpersoon", "the contact person"),
        .. Ask(IsAddress(ContactEmail), nameof(ContactEmail), "het e-mailadres van de contactpersoon", "the contact person's e-mail address"),
        .. Ask(ContactPhone.Length == 0 || IsPhone(ContactPhone), nameof(ContactPhone), "het telefoonnummer van de contactpersoon", "the contact person's telephone number"),
        .. Ask(Officer.Length == 0 || Spelling.Line.Allows(Officer), nameof(Officer), "de functionaris gegevensbescherming", "the data protection officer"),
        .. Ask(IsAddress(OfficerEmail), nameof(OfficerEmail), "het e-mailadres van de functionaris gegevensbescherming", "the data protection officer's e-mail address"),
    ];

    /// <summary>The details of this school; empty ones where nothing was filled in.</summary>
    public static LetterDetails Of(SchoolHome home) => InformSettings.Read(home, Setting) is { } json ? JsonSerializer.Deserialize<LetterDetails>(json, s_strict)! : new();

    /// <summary>Reads details from JSON; null when it is none, or has a member that does not belong.</summary>
    public static LetterDetails? TryRead(ReadOnlySpan<byte> json)
    {
        try { return JsonSerializer.Deserialize<LetterDetails>(json, s_strict); }
        catch (JsonException) { return null; }
    }

    /// <summary>Reads details from a file and keeps them.</summary>
    public static Outcome<LetterDetails> KeepFile(SchoolHome home, string file) =>
        File.Exists(file) && TryRead(File.ReadAllBytes(file)) is { } read ? Keep(home, read) : Refusals.NotDetails;

    /// <summary>Keeps the details, when they are whole.</summary>
    public static Outcome<LetterDetails> Keep(SchoolHome home, LetterDetails details)
    {
        if (details.Missing is { Count: > 0 } missing) return Refusals.DetailsMissing(missing);
        home.Store.Write(tx => InformSettings.Write(tx, Setting, JsonSerializer.Serialize(details, s_strict)));
        return details;
    }

    static IEnumerable<(string, string, string)> Ask(bool given, string name, string dutch, string english) => given ? [] : [(name, dutch, english)];

    static bool IsAddress(string text) => Spelling.Line.Allows(text) && text.Split('@') is [{ Length: > 0 }, { Length: > 2 } host] && host.Contains('.', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal);

    static bool IsPhone(string text) => Spelling.Line.Allows(text) && text.Count(char.IsAsciiDigit) >= 6;
}
