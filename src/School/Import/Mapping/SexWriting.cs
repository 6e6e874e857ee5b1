using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>The ways in which tables write sex. M is a man in one and a girl (meisje) in another, 1 a boy in one and a girl in another.</summary>
public enum SexWriting
{
    /// <summary>M man, V vrouw.</summary>
    ManVrouw,
    /// <summary>J jongen, M meisje.</summary>
    JongenMeisje,
    /// <summary>M male, F female; B boy, G girl.</summary>
    MaleFemale,
    /// <summary>Whole words, Dutch or English.</summary>
    Words,
    /// <summary>1 boy, 2 girl.</summary>
    OneIsBoy,
    /// <summary>1 girl, 2 boy.</summary>
    OneIsGirl,
}

/// <summary>Reads sex in each way of writing, and finds out which one a column uses.</summary>
static class SexWritings
{
    static readonly (SexWriting Writing, string Boy, string Girl)[] s_table =
    [
        (SexWriting.ManVrouw, "m", "v"),
        (SexWriting.JongenMeisje, "j", "m"),
        (SexWriting.MaleFemale, "m b", "f g"),
        (SexWriting.Words, "jongen man male boy zoon jongens mannelijk", "meisje vrouw female girl dochter meisjes vrouwelijk"),
        (SexWriting.OneIsBoy, "1", "2"),
        (SexWriting.OneIsGirl, "2", "1"),
    ];

    static readonly HashSet<string> s_unknown = ["o", "onbekend", "u", "unknown", "0"], s_unspecified = ["x", "9", "anders", "nietgespecificeerd", "divers"];

    /// <summary>The sex; null when this way of writing has no such word. Empty is unknown.</summary>
    public static Sex? Read(SexWriting writing, string text)
    {
        var word = Alike.Name(text);
        if (word.Length == 0 || s_unknown.Contains(word)) return Sex.Unknown;
        if (s_unspecified.Contains(word)) return Sex.Unspecified;
        var row = s_table[(int)writing];
        return row.Boy.Split(' ').Contains(word) ? Sex.Male : row.Girl.Split(' ').Contains(word) ? Sex.Female : null;
    }

    /// <summary>The ways that can read every one of these words, and of which some word is told by.</summary>
    public static List<SexWriting> Fitting(IReadOnlyCollection<string> words) =>
        [.. s_table.Select(row => row.Writing).Where(w => words.All(word => Read(w, word) is not null) && words.Any(word => Read(w, word) is Sex.Male or Sex.Female))];

    public static Words WordsOf(SexWriting writing) => writing switch
    {
        SexWriting.ManVrouw => new("M = man, V = vrouw", "M = male, V = female"),
        SexWriting.JongenMeisje => new("J = jongen, M = meisje", "J = boy, M = girl"),
        SexWriting.MaleFemale => new("M = man, F = vrouw", "M = male, F = female"),
        SexWriting.Words => new("hele woorden", "whole words"),
        SexWriting.OneIsBoy => new("1 = jongen, 2 = meisje", "1 = boy, 2 = girl"),
        _ => new("1 = meisje, 2 = jongen", "1 = girl, 2 = boy"),
    };

    /// <summary>The code of EDEXML, in which all pupils of an import are described; empty when it could not be read.</summary>
    public static string Edexml(SexWriting writing, string text) => Read(writing, text) is { } sex ? SexCodes.Write(SexCoding.Edexml, sex) : "?";
}
