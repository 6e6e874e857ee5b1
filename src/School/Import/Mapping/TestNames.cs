using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>What the name of a test, a subject or a column says: a subject, a series, a moment, each as far as it is said.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Series">The series.</param>
/// <param name="Moment">The moment.</param>
/// <param name="Other">It names a test that the programme does not follow.</param>
readonly record struct TestWords(Subject? Subject, string? Series, TestMoment? Moment, bool Other)
{
    /// <summary>Whether exactly one test of the catalogue is meant.</summary>
    public bool IsWhole => !Other && Subject is not null && Series is not null && Moment is not null;

    /// <summary>The code of that test; null when the catalogue has none such.</summary>
    public string? Code => IsWhole && TestScale.Parse(Subject!.Value, Series).OrNull is { } scale && TestCatalogue.Code(scale, Moment!.Value) is var code && TestCatalogue.TryFind(code, out _, out _) ? code : null;

    /// <summary>This, and for what it does not say the other.</summary>
    public TestWords Or(TestWords other) => new(Subject ?? other.Subject, Series ?? other.Series, Moment ?? other.Moment, Other || other.Other);
}

/// <summary>
/// Reads names of tests as systems write them: "BL M5", "Rekenen-Wiskunde 3.0 E6", "Spelling niet-werkwoorden, midden groep 4".
/// A name that does not say its series gets none: the scales of two series differ completely, so that is for the school to say.
/// </summary>
static class TestNames
{
    static readonly string[] s_reading = ["begrijpend lezen", "begrijpendlezen", "begr lezen", "begrlezen", "bl", "tbl", "reading comprehension", "reading", "lezen begrijpend"];
    static readonly string[] s_spelling = ["spelling", "sp", "spel"];
    static readonly string[] s_maths = ["rekenen", "rekenen wiskunde", "rekenenwiskunde", "rekenwiskunde", "rw", "wiskunde", "maths", "mathematics"];
    static readonly string[] s_series3 = ["3 0", "lvs 3", "lvs3", "v3", "derde generatie", "serie 3", "versie 3", "3e generatie"];
    static readonly string[] s_series2 = ["2 0", "lvs 2", "lvs2", "v2", "tweede generatie", "serie 2", "versie 2", "2e generatie"];

    /// <summary>Tests that share a word with ours and are others, and publishers whose scales the programme does not have.</summary>
    static readonly string[] s_other =
    [
        "dmt", "avi", "woordenschat", "technisch lezen", "technisch", "luisteren", "begrijpend luisteren", "studievaardigheden", "taalverzorging", "interpunctie", "grammatica",
        "basisbewerkingen", "hoofdrekenen", "tempotoets", "ttr", "werkwoordspelling", "spelling werkwoorden", "spelling ww", "sp ww", "taal voor kleuters", "rekenen voor kleuters", "ordenen",
        "engels", "wereldorientatie", "doorstroomtoets", "eindtoets", "entreetoets", "capaciteiten", "intelligentie", "iq", "iep", "dia", "diatoetsen", "diatekst", "diacijfer", "diaspel", "boom", "route 8", "amn",
    ];

    static readonly string[] s_notWerkwoord = ["niet werkwoorden", "niet werkwoord", "niet ww", "nietwerkwoorden"];

    /// <summary>What a text says; a code of the catalogue says all.</summary>
    public static TestWords Read(string text)
    {
        if (TestCatalogue.TryFind(text, out var scale, out var moment)) return new(scale.Subject, scale.Code, moment, false);
        var tokens = Alike.Tokens(text);
        var (found, without) = Moment(tokens);
        var words = $" {string.Join(' ', without)} ";
        var plainSpelling = s_notWerkwoord.FirstOrDefault(name => Says(words, name));
        if (plainSpelling is not null) words = words.Replace(plainSpelling, "", StringComparison.Ordinal);
        Subject? subject = s_reading.Any(n => Says(words, n)) ? Subject.Reading : s_maths.Any(n => Says(words, n)) ? Subject.Maths : s_spelling.Any(n => Says(words, n)) ? Subject.Spelling : null;
        var series = TestScale.Series.FirstOrDefault(s => words.Contains($" {s.Replace('-', ' ')} ", StringComparison.Ordinal)) ?? (s_series3.Any(n => Says(words, n)) ? "lvs-3" : s_series2.Any(n => Says(words, n)) ? "lvs-2" : null);
        return new(subject, series, found, s_other.Any(n => Says(words, n)));
    }

    /// <summary>A series in a column of its own may be just its number.</summary>
    public static TestWords ReadSeries(string text) => Alike.Name(text) switch
    {
        "3" or "30" => new(null, "lvs-3", null, false),
        "2" or "20" => new(null, "lvs-2", null, false),
        _ => Read(text),
    };

    static bool Says(string words, string name) => words.Contains($" {name} ", StringComparison.Ordinal);

    /// <summary>"M5", "m 5", "midden groep 5", "groep 5 eind"; and the words that are left without it.</summary>
    static (TestMoment?, List<string>) Moment(List<string> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
            if (TestMoment.Parse(tokens[i]).OrNull is { } short_) return (short_, [.. tokens.Where((_, at) => at != i)]);
        var half = tokens.FindIndex(t => t is "m" or "e" or "midden" or "eind" or "medio" or "einde");
        if (half < 0) return (null, tokens);
        var group = tokens.FindIndex(t => t is "groep" or "gr" or "leerjaar" or "jaargroep");
        var digit = group >= 0 && group + 1 < tokens.Count ? group + 1 : half + 1;
        if (digit >= tokens.Count || TestMoment.Parse((tokens[half][0] == 'e' ? "E" : "M") + tokens[digit]).OrNull is not { } moment) return (null, tokens);
        return (moment, [.. tokens.Where((_, at) => at != half && at != group && at != digit)]);
    }
}
