using System.Globalization;
using System.Text;

namespace Groeilijn.School;

/// <summary>The same words in both languages.</summary>
public readonly record struct Words(string Dutch, string English)
{
    /// <summary>The words in a language, <c>nl</c> or <c>en</c>.</summary>
    public string In(string language) => language == "nl" ? Dutch : English;

    /// <summary>The Dutch words.</summary>
    public override string ToString() => Dutch;
}

/// <summary>Texts made alike before they are compared: case, accents, spaces and punctuation mean nothing.</summary>
static class Alike
{
    /// <summary>"Leerling-ID" and "leerling id" are "leerlingid".</summary>
    public static string Name(string text) => string.Concat(Tokens(text));

    /// <summary>The words of a person's name in alphabetical order, so that "Vliet, Noa van" is "Noa van Vliet".</summary>
    public static string Person(string text)
    {
        var words = Tokens(text);
        words.Sort(StringComparer.Ordinal);
        return string.Join(' ', words);
    }

    /// <summary>Runs of letters and digits in lower case without accents.</summary>
    public static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var word = new StringBuilder();
        foreach (var c in Whole(text).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c is '\'' or '’' or '\u00ad') continue;
            if (char.IsLetterOrDigit(c)) word.Append(char.ToLowerInvariant(c));
            else if (word.Length > 0) End();
        }
        if (word.Length > 0) End();
        return tokens;

        void End()
        {
            tokens.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>Half a surrogate pair, which a damaged file may hold, cannot be normalised.</summary>
    static string Whole(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? new string([.. text.Where(c => !char.IsSurrogate(c))]) : text;
}
