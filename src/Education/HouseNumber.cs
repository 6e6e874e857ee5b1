using System.Globalization;

namespace Groeilijn.Education;

/// <summary>Opposite or near a numbered house (BAG: aanduiding bij huisnummer).</summary>
public enum HouseDesignation
{
    /// <summary>The house itself.</summary>
    None,
    /// <summary>"TO", tegenover: opposite.</summary>
    Opposite,
    /// <summary>"BY", bij: near.</summary>
    Near,
}

/// <summary>
/// A house number in the parts of the address register: number 1 to 99999, at most one letter, an addition of at most six
/// letters and digits. Reads what schools type: "32A", "32 a", "32-A bis", "32hs", "32-2", "12 bis", "t/o 7".
/// Systems put the letter in the addition and the other way round; <see cref="SameAs"/> does not mind. The default value is no house number.
/// </summary>
public readonly record struct HouseNumber
{
    const int LongestAddition = 6;
    readonly int _number;
    readonly char? _letter;
    readonly string? _addition;
    readonly HouseDesignation _designation;

    HouseNumber(int number, char? letter, string addition, HouseDesignation designation) =>
        (_number, _letter, _addition, _designation) = (number, letter, addition, designation);

    /// <summary>The number itself, 1 to 99999. This and the other parts refuse a <c>default</c>.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>.</exception>
    public int Number => _number != 0 ? _number : throw Nothing();

    /// <summary>The house letter, an upper-case letter, if there is one.</summary>
    public char? Letter => _number != 0 ? _letter : throw Nothing();

    /// <summary>The addition in upper case, or the empty text.</summary>
    public string Addition => _addition ?? throw Nothing();

    /// <summary>Opposite or near, when the address says so.</summary>
    public HouseDesignation Designation => _number != 0 ? _designation : throw Nothing();

    /// <summary>Letter and addition as one text: what two systems that divide them differently still agree on.</summary>
    public string Suffix => Letter + Addition;

    /// <summary>Whether both name the same house, however letter and addition are divided.</summary>
    public bool SameAs(HouseNumber other) =>
        Number == other.Number && Suffix == other.Suffix && Designation == other.Designation;

    /// <summary>Reads a house number written in one field.</summary>
    public static Parsed<HouseNumber> Parse(string? text) => Parse(text, null, null);

    /// <summary>Reads a house number from up to three fields; whatever the first holds beyond digits joins the others, and a letter and an addition in each other's field change places.</summary>
    public static Parsed<HouseNumber> Parse(string? number, string? letter, string? addition)
    {
        var text = Spelling.Upper((number ?? "").Trim());
        if (text.Length == 0) return Parsed<HouseNumber>.No(Fault.Empty);
        var (designation, rest) = TakeDesignation(text);
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits])) digits++;
        if (digits == 0) return Parsed<HouseNumber>.No(Fault.Characters);
        if (digits > 5) return Parsed<HouseNumber>.No(Fault.Length);
        var value = int.Parse(rest.AsSpan(0, digits), CultureInfo.InvariantCulture);
        if (value == 0) return Parsed<HouseNumber>.No(Fault.OutOfRange);

        var (first, second) = IsLetter(addition) && !IsLetter(letter) ? (addition, letter) : (letter, addition);
        var parts = Tokens(Spelling.Upper($"{rest[digits..]} {first} {second}"));
        if (parts is null) return Parsed<HouseNumber>.No(Fault.Characters);
        char? houseLetter = parts.Count > 0 && parts[0].Length == 1 && char.IsAsciiLetterUpper(parts[0][0]) ? parts[0][0] : null;
        var tail = string.Concat(houseLetter is null ? parts : parts.Skip(1));
        if (tail.Length > LongestAddition) return Parsed<HouseNumber>.No(Fault.Length);
        var respelled = digits != (number ?? "").Length;
        return Parsed<HouseNumber>.Of(new HouseNumber(value, houseLetter, tail, designation),
            respelled ? Signal.Respelled : Signal.None);
    }

    /// <summary>Masked: a pupil's house number never enters a message or a log.</summary>
    public override string ToString() => "HouseNumber(***)";

    static bool IsLetter(string? field) => (field ?? "").Trim() is [var one] && char.IsAsciiLetter(one);

    static InvalidOperationException Nothing() => new("A default HouseNumber is no number.");

    static (HouseDesignation, string) TakeDesignation(string text)
    {
        foreach (var (word, designation) in s_designations)
            if (text.StartsWith(word, StringComparison.Ordinal) && text.Length > word.Length && text[word.Length] is ' ' or '.' or (>= '0' and <= '9'))
                return (designation, text[word.Length..].TrimStart(' ', '.'));
        return (HouseDesignation.None, text);
    }

    static readonly (string, HouseDesignation)[] s_designations =
    [
        ("TEGENOVER", HouseDesignation.Opposite), ("T/O", HouseDesignation.Opposite), ("TO", HouseDesignation.Opposite),
        ("NABIJ", HouseDesignation.Near), ("BIJ", HouseDesignation.Near), ("BY", HouseDesignation.Near),
    ];

    /// <summary>Runs of letters and runs of digits; null when another character than the usual separators occurs.</summary>
    static List<string>? Tokens(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is ' ' or '-' or '/' or '.' or ',' or '_' or '\u00a0') { i++; continue; }
            Func<char, bool> same = char.IsAsciiDigit(text[i]) ? char.IsAsciiDigit : char.IsAsciiLetterUpper;
            var start = i;
            while (i < text.Length && same(text[i])) i++;
            if (i == start) return null;
            tokens.Add(text[start..i]);
        }
        return tokens;
    }
}
