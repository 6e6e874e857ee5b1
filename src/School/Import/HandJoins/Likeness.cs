namespace Groeilijn.School;

/// <summary>How alike two children are by name and birth date, 0 to 100: only to put candidates in order for a person, never to join.</summary>
static class Likeness
{
    const int OfName = 60, OfDay = 40, DaySwapped = 32, DayNearly = 25, YearOnly = 8;

    public static int Of(string name, string born, string otherName, string otherBorn) => Name(Alike.Tokens(name), Alike.Tokens(otherName)) + Day(born, otherBorn);

    /// <summary>Each word of the shorter name beside the word of the other that is most like it, weighed by length.</summary>
    static int Name(List<string> one, List<string> two)
    {
        var (few, many) = one.Count <= two.Count ? (one, two) : (two, one);
        if (few.Count == 0) return 0;
        var (alike, length) = (0.0, 0);
        foreach (var word in few)
        {
            alike += word.Length * many.Max(other => Share(word, other));
            length += word.Length;
        }
        return (int)(OfName * alike / length);
    }

    static double Share(string one, string two) => 1 - (double)Changes(one, two) / Math.Max(one.Length, two.Length);

    /// <summary>Letters to change, add or leave out (Levenshtein).</summary>
    static int Changes(string one, string two)
    {
        var row = new int[two.Length + 1];
        for (var j = 0; j < row.Length; j++) row[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            var (diagonal, at) = (row[0], one[i - 1]);
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (at == two[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }

    static int Day(string one, string two)
    {
        if (one.Length != 10 || two.Length != 10) return 0;
        if (one == two) return OfDay;
        var sameYear = string.CompareOrdinal(one, 0, two, 0, 4) == 0;
        if (sameYear && one[5..7] == two[8..] && one[8..] == two[5..7]) return DaySwapped;
        var same = (sameYear ? 1 : 0) + (one[5..7] == two[5..7] ? 1 : 0) + (one[8..] == two[8..] ? 1 : 0);
        return same == 2 ? DayNearly : sameYear ? YearOnly : 0;
    }
}
