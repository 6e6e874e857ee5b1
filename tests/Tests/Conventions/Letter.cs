using System.Globalization;
using System.Text.RegularExpressions;

namespace Groeilijn.Tests.Conventions;

/// <summary>One row of docs/LETTER.md: the sentences it answers, what they say in our words, the room, and what shows it.</summary>
sealed record LetterRow(int From, int To, string Says, string Room, string Shown);

/// <summary>
/// Reads docs/LETTER.md and the letters it answers. The document has a heading <c>## …</c> and one table per letter; the
/// first cell of a row is a number or a range (<c>3–4</c>), the last names tests or opens with "still to come".
/// A letter's sentences end at a full stop, question mark or exclamation mark before white space.
/// </summary>
static partial class Letter
{
    internal const string StillToCome = "still to come";

    static readonly string[] s_abbreviations = ["o.a.", "bijv.", "bv.", "d.w.z.", "m.b.t.", "t.a.v.", "i.v.m.", "e.d.", "nr.", "www.", "m.n.", "a.u.b."];

    /// <summary>The tables of the document, each with its rows.</summary>
    internal static IReadOnlyList<IReadOnlyList<LetterRow>> Tables(string markdown)
    {
        var tables = new List<List<LetterRow>>();
        var inTable = false;
        foreach (var line in markdown.Split('\n').Select(l => l.Trim()))
        {
            if (!line.StartsWith('|')) { inTable = false; continue; }
            var cells = line.Trim('|').Split('|').Select(c => c.Trim()).ToArray();
            if (cells[0] == "nr") { tables.Add([]); inTable = true; }
            else if (inTable && !cells[0].StartsWith('-')) tables[^1].Add(Row(cells));
        }
        return tables;
    }

    /// <summary>The tests that a last cell names, without back ticks; empty when all of it is still to come.</summary>
    internal static IReadOnlyList<string> Tests(string shown) =>
        [.. shown.Split(';').Select(part => part.Trim().Trim('`')).Where(part => !part.StartsWith(StillToCome, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The sentences of a letter. What follows the last stop (a place and a date) is no sentence.</summary>
    internal static IReadOnlyList<string> Sentences(string letter)
    {
        var text = WhiteSpace().Replace(letter, " ").Trim();
        var sentences = new List<string>();
        var start = 0;
        foreach (Match stop in Stop().Matches(text))
        {
            var sentence = text[start..(stop.Index + stop.Length)].Trim();
            if (s_abbreviations.Any(a => (" " + sentence).EndsWith(" " + a, StringComparison.OrdinalIgnoreCase))) continue;
            sentences.Add(sentence);
            start = stop.Index + stop.Length;
        }
        return sentences;
    }

    /// <summary>Every run of so many words, in lower case: what two texts share when one copies the other.</summary>
    internal static HashSet<string> Runs(string text, int words)
    {
        var all = Word().Matches(text).Select(m => m.Value.ToLowerInvariant()).ToArray();
        return [.. Enumerable.Range(0, Math.Max(0, all.Length - words + 1)).Select(i => string.Join(' ', all[i..(i + words)]))];
    }

    static LetterRow Row(string[] cells)
    {
        if (cells.Length != 4) throw new FormatException($"A row has {cells.Length} cells, not 4: {string.Join(" | ", cells)}");
        var numbers = cells[0].Split('–', '-').Select(n => int.Parse(n, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture)).ToArray();
        return new LetterRow(numbers[0], numbers[^1], cells[1], cells[2], cells[3]);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"[.?!]+[*""')’]*(?=\s|$)")]
    private static partial Regex Stop();

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();
}
