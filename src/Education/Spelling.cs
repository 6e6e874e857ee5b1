namespace Groeilijn.Education;

/// <summary>Upper case for codes. The casing tables of Unicode turn a long s (ſ) into an S, and so would make a code of a text that is none.</summary>
static class Spelling
{
    internal static char Upper(char c) => char.IsAsciiLetterLower(c) ? (char)(c - 'a' + 'A') : c;

    internal static string Upper(string text) => string.Create(text.Length, text, (chars, from) =>
    {
        for (var i = 0; i < chars.Length; i++) chars[i] = Upper(from[i]);
    });
}
