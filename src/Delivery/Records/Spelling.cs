using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Groeilijn.Delivery;

/// <summary>How a text in a record is spelled: the rule in words and the check. The rules stand here once, for writing and for reading.</summary>
public sealed partial class Spelling(string rule, Func<string, bool> allows)
{
    /// <summary>BRIN and vestiging, <c>99XX00</c>.</summary>
    public static Spelling School { get; } = Pattern("must be BRIN and vestiging, 99XX00", SchoolPattern());
    /// <summary>A half-year, <c>2023-1</c>.</summary>
    public static Spelling Edition { get; } = Pattern("must be a year and 1 or 2, 2023-1", EditionPattern());
    /// <summary>The configured set of fields, <c>nco-basis/1</c>.</summary>
    public static Spelling Set { get; } = Pattern("must be the name and version of a set, nco-basis/1", SetPattern());
    /// <summary>Reading, spelling or maths.</summary>
    public static Spelling Subject { get; } = OneOf("reading", "spelling", "maths");
    /// <summary>Half-year and year group a test is made for, <c>M5</c>.</summary>
    public static Spelling Moment { get; } = Pattern("must be M3 to M8 or E3 to E8", MomentPattern());
    /// <summary>The series a score belongs to.</summary>
    public static Spelling Scale { get; } = OneOf("lvs-2", "lvs-3");
    /// <summary><c>m</c>, <c>f</c>, <c>x</c> (not specified), <c>u</c> (unknown).</summary>
    public static Spelling Sex { get; } = OneOf("m", "f", "x", "u");
    /// <summary>A birth date whose month or day may be <c>00</c>.</summary>
    public static Spelling Born { get; } = new("must be a date, YYYY-MM-DD, with 00 for an unknown part", IsBirthDate);
    /// <summary>A burgerservicenummer: nine digits whose weighted sum is divisible by 11, not all zero.</summary>
    public static Spelling Bsn { get; } = new("must be a BSN: nine digits that pass the 11-proof", text => ElevenProof(text) == 0 && text != "000000000");
    /// <summary>An onderwijsnummer: nine digits; as the 11-proof of a BSN, but 5 is left.</summary>
    public static Spelling Onderwijsnummer { get; } = new("must be an onderwijsnummer: nine digits that pass its 11-proof", text => ElevenProof(text) == 5);
    /// <summary>A postcode, <c>1234AB</c>.</summary>
    public static Spelling Postcode { get; } = Pattern("must be a postcode, 1234AB", PostcodePattern());
    /// <summary>The letter of a house number, in upper case.</summary>
    public static Spelling HouseLetter { get; } = Pattern("must be one upper-case letter", LetterPattern());
    /// <summary>The addition to a house number: up to six upper-case letters and digits.</summary>
    public static Spelling HouseAddition { get; } = Pattern("must be one to six upper-case letters and digits", AdditionPattern());
    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static Spelling Sha256 { get; } = Pattern("must be SHA-256 in lower-case hexadecimal", Sha256Pattern());
    /// <summary>An X25519 recipient, <c>age1…</c>.</summary>
    public static Spelling Recipient { get; } = new("must be an X25519 recipient, age1…", text => RecipientKey.TryParse(text, out _));
    /// <summary>32 bytes in base64.</summary>
    public static Spelling Salt32 { get; } = new("must be 32 bytes in base64", text => Base64.DecodePadded(text) is { Length: 32 });
    /// <summary>16 bytes in base64.</summary>
    public static Spelling Salt16 { get; } = new("must be 16 bytes in base64", text => Base64.DecodePadded(text) is { Length: 16 });
    /// <summary>The name of a room, a step: small letters and dashes.</summary>
    public static Spelling Word { get; } = Pattern("must be small letters, digits and dashes, at most 40", WordPattern());
    /// <summary>The name of a fact in a ledger entry.</summary>
    public static Spelling FactName { get; } = Pattern("must have names of letters and digits, at most 40", FactNamePattern());
    /// <summary>The name of a value that a set adds to a pupil's line: as a fact's, and none of the format's own.</summary>
    public static Spelling ExtraName { get; } = new("must have names of letters and digits, at most 40, that the format does not have itself", text => FactName.Allows(text) && !s_ownNames.Contains(text));
    /// <summary>A fact's text; a number of a person has no place in a log that is never erased.</summary>
    public static Spelling FactText { get; } = new("must be a line of at most 1000 characters and not a number of nine digits", text => IsLine(text, 1000) && !NineDigits().IsMatch(text));
    /// <summary>One line of words, such as the name of an approver.</summary>
    public static Spelling Line { get; } = new("must be one line of 1 to 200 characters", text => text.Length > 0 && IsLine(text, 200));
    /// <summary>A checkpoint's text, or empty while the office has none.</summary>
    public static Spelling Checkpoint { get; } = new("must be the text of a checkpoint, or empty", text => text.Length == 0 || Delivery.Checkpoint.TryParse(text, out _));

    static readonly string[] s_ownNames = ["bsn", "onderwijsnummer", "sex", "born", "postcode", "house", "letter", "addition", "extra", "results"];

    /// <summary>The rule in words, for a message after the member's name.</summary>
    public string Rule { get; } = rule;

    /// <summary>Whether <paramref name="text"/> keeps to the rule.</summary>
    public bool Allows(string text) => allows(text);

    /// <summary>The one text that names a format and its version.</summary>
    public static Spelling Exactly(string text) => new($"must be {text}", given => given == text);

    /// <summary>One of a short list of words.</summary>
    public static Spelling OneOf(params string[] words) => new($"must be one of {string.Join(", ", words)}", words.Contains);

    /// <summary>The text itself when it keeps to the rule.</summary>
    /// <exception cref="ArgumentException">It does not. The message names the member and the rule, never the text.</exception>
    public string Demand(string text, [CallerMemberName] string member = "") => Allows(text) ? text : throw new ArgumentException($"{member}: {Rule}");

    /// <summary>As <see cref="Demand"/>; null stays null.</summary>
    public string? DemandIfKnown(string? text, [CallerMemberName] string member = "") => text is null ? null : Demand(text, member);

    internal static long Between(long least, long most, long value, [CallerMemberName] string member = "") =>
        value >= least && value <= most ? value : throw new ArgumentException($"{member}: must be an integer from {least} to {most}");

    internal static DateTimeOffset ToSecond(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    static Spelling Pattern(string rule, Regex pattern) => new(rule, pattern.IsMatch);

    static bool IsLine(string text, int most) => text.Length <= most && !text.Any(char.IsControl);

    static int ElevenProof(string text)
    {
        if (!NineDigits().IsMatch(text)) return -1;
        int sum = -(text[8] - '0');
        for (int i = 0; i < 8; i++) sum += (9 - i) * (text[i] - '0');
        return ((sum % 11) + 11) % 11;
    }

    static bool IsBirthDate(string text)
    {
        if (!BornPattern().IsMatch(text)) return false;
        bool monthKnown = text[5..7] != "00", dayKnown = text[8..] != "00";
        if (!monthKnown && dayKnown) return false;
        string whole = $"{text[..5]}{(monthKnown ? text[5..7] : "01")}-{(dayKnown ? text[8..] : "01")}";
        return DateOnly.TryParseExact(whole, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    [GeneratedRegex(@"\A[0-9]{2}[A-Z]{2}[0-9]{2}\z")] private static partial Regex SchoolPattern();
    [GeneratedRegex(@"\A20[0-9]{2}-[12]\z")] private static partial Regex EditionPattern();
    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,30}/[1-9][0-9]{0,3}\z")] private static partial Regex SetPattern();
    [GeneratedRegex(@"\A[ME][3-8]\z")] private static partial Regex MomentPattern();
    [GeneratedRegex(@"\A(19[0-9]{2}|20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}\z")] private static partial Regex BornPattern();
    [GeneratedRegex(@"\A[1-9][0-9]{3}[A-Z]{2}\z")] private static partial Regex PostcodePattern();
    [GeneratedRegex(@"\A[A-Z]\z")] private static partial Regex LetterPattern();
    [GeneratedRegex(@"\A[A-Z0-9]{1,6}\z")] private static partial Regex AdditionPattern();
    [GeneratedRegex(@"\A[0-9a-f]{64}\z")] private static partial Regex Sha256Pattern();
    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,39}\z")] private static partial Regex WordPattern();
    [GeneratedRegex(@"\A[a-z][A-Za-z0-9]{0,39}\z")] private static partial Regex FactNamePattern();
    [GeneratedRegex(@"\A[0-9]{9}\z")] private static partial Regex NineDigits();
}
