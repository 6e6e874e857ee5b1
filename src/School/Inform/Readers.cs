using System.Globalization;

namespace Groeilijn.School;

/// <summary>How a letter went out, or a consent came in.</summary>
public enum LetterWay
{
    /// <summary>On paper.</summary>
    Paper,
    /// <summary>By e-mail.</summary>
    Email,
    /// <summary>In the school's app or portal for parents.</summary>
    Portal,
    /// <summary>Otherwise.</summary>
    Other,
}

/// <summary>Whose parents a letter went to: everybody who is enrolled, some year groups, or single pupils such as who came later.</summary>
public sealed record Readers
{
    Readers(string words) => Words = words;

    /// <summary>Everybody who is enrolled.</summary>
    public static Readers All { get; } = new("all");

    /// <summary>Some year groups, as the exports name them: <c>3</c> to <c>8</c>.</summary>
    public static Readers YearGroups(params IReadOnlyList<string> groups) => new("groups " + string.Join(' ', groups.Order(StringComparer.Ordinal))) { Groups = [.. groups] };

    /// <summary>Single pupils, by the home's own numbers.</summary>
    public static Readers Pupils(params IReadOnlyList<long> persons) => new("pupils") { Persons = [.. persons] };

    /// <summary>What is recorded: <c>all</c>, <c>groups 3 4</c> or <c>pupils</c>.</summary>
    public string Words { get; }

    HashSet<string>? Groups { get; init; }
    HashSet<long>? Persons { get; init; }

    internal bool Include(long person, string? yearGroup) => Persons?.Contains(person) ?? Groups?.Contains(yearGroup ?? "") ?? true;
}

/// <summary>The ways in words.</summary>
public static class LetterWays
{
    /// <summary>As it stands in the store.</summary>
    internal static string Code(this LetterWay way) => way.ToString().ToLower(CultureInfo.InvariantCulture);

    internal static LetterWay Of(string code) => Enum.Parse<LetterWay>(code, ignoreCase: true);

    /// <summary>For a reader.</summary>
    public static string Words(this LetterWay way, string language) => (way, language == "nl") switch
    {
        (LetterWay.Paper, true) => "op papier",
        (LetterWay.Paper, false) => "on paper",
        (LetterWay.Email, true) => "per e-mail",
        (LetterWay.Email, false) => "by e-mail",
        (LetterWay.Portal, true) => "in de app of het portaal voor ouders",
        (LetterWay.Portal, false) => "in the app or portal for parents",
        (_, true) => "anders",
        (_, false) => "otherwise",
    };
}
