using Groeilijn.Sites;

namespace Groeilijn.Office;

/// <summary>Words in both languages for what linking compares, learns and leaves to people: fields, parts of fields, levels of agreement, rules and groups.</summary>
static class LinkWords
{
    /// <summary>The name of a compared field.</summary>
    public static Spoken Field(string name) => name switch
    {
        "number" => new("Nummer", "Number"),
        "born" => new("Geboortedatum", "Birth date"),
        "sex" => new("Geslacht", "Sex"),
        "postcode" => new("Postcode", "Postcode"),
        _ => new("Huisnummer en toevoeging", "House number and addition"),
    };

    /// <summary>Compared fields, as linking joins them: <c>postcode+house</c>.</summary>
    public static Spoken Fields(string joined) => Joined(joined, Field, ", ");

    /// <summary>A rule, as linking names it: <c>born.year+postcode.4</c>.</summary>
    public static Spoken Rule(string joined) => Joined(joined, Part, " + ");

    /// <summary>Levels of agreement, as linking joins them: <c>Equal+Near</c>.</summary>
    public static Spoken Levels(string joined) => Joined(joined, Level, ", ");

    /// <summary>A group of links whose quality is told: <c>pass number+born</c>, <c>address agrees</c>, <c>without a number</c>, <c>born 2014</c>.</summary>
    public static Spoken Group(string group) => group switch
    {
        "pass probabilistic" => new("Stap: op kans", "Pass: by probability"),
        "address agrees" => new("Adres klopt", "Address agrees"),
        "address differs or is missing" => new("Adres verschilt of ontbreekt", "Address differs or is missing"),
        "with a number" => new("Met nummer", "With a number"),
        "without a number" => new("Zonder nummer", "Without a number"),
        "birth year missing" => new("Geboortejaar ontbreekt", "Birth year missing"),
        "born in other years" => new("Geboren in andere jaren", "Born in other years"),
        _ when group.StartsWith("born ", StringComparison.Ordinal) => new("Geboren in " + group[5..].Replace(" to ", " tot en met ", StringComparison.Ordinal), "Born in " + group[5..]),
        _ when group.StartsWith("pass ", StringComparison.Ordinal) && Rule(group[5..]) is var rule => new("Stap: " + Lower(rule.Dutch), "Pass: " + Lower(rule.English)),
        _ => new(group, group),
    };

    /// <summary>Why a pair waited for people.</summary>
    public static Spoken Waiting(string stratum) => stratum switch
    {
        "tie" => new("Twee zijn even waarschijnlijk", "Two are equally likely"),
        "number-alone" => new("Alleen het nummer klopt", "Only the number agrees"),
        "earlier" => new("Zou een eerdere koppeling veranderen", "Would change an earlier link"),
        "contradicts" => new("Andere resultaten van dezelfde toetsen", "Other results of the same tests"),
        "likely below half" => new("Kans onder de helft", "Probability below half"),
        _ => new("Kans vanaf de helft", "Probability from half"),
    };

    static Spoken Part(string part) => part switch
    {
        "born.year" => new("Geboortejaar", "Birth year"),
        "born.month" => new("Geboortemaand", "Birth month"),
        "born.day" => new("Geboortedag", "Day of birth"),
        "house.number" => new("Huisnummer", "House number"),
        _ when part.Split('.') is [var field, var length] && Field(field) is var whole => new($"eerste {length} van {Lower(whole.Dutch)}", $"first {length} of {Lower(whole.English)}"),
        _ => Field(part),
    };

    static Spoken Level(string level) => level switch
    {
        "Equal" => new("gelijk", "equal"),
        "Compatible" => new("past", "fits"),
        "Near" => new("bijna gelijk", "nearly equal"),
        "Alike" => new("lijkt erop", "alike"),
        "Differs" => new("verschilt", "differs"),
        _ => new("ontbreekt", "missing"),
    };

    /// <summary>Each part in words, the first with the capital that it may have.</summary>
    static Spoken Joined(string joined, Func<string, Spoken> words, string between)
    {
        Spoken[] parts = [.. joined.Split('+').Select(words)];
        string Text(Func<Spoken, string> of) => string.Join(between, parts.Select((part, i) => i == 0 ? of(part) : Lower(of(part))));
        return new(Text(p => p.Dutch), Text(p => p.English));
    }

    static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
