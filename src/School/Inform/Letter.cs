using System.Text;
using System.Text.RegularExpressions;
using Groeilijn.Web;

namespace Groeilijn.School;

/// <summary>
/// The letter to parents as it is printed: the words of a language file, the fields of the set in use, and the details of the
/// school. One page in itself, with a print form on two sides of A4.
/// </summary>
public static partial class Letter
{
    /// <summary>The languages there is a letter in, Dutch first; code and name.</summary>
    public static IReadOnlyList<(string Code, string Name)> Languages { get; } = [.. LetterText.All.Values.OrderBy(t => t.Language != "nl").ThenBy(t => t.Language, StringComparer.Ordinal).Select(t => (t.Language, t.Name))];

    /// <summary>The letter as it would go out now, before anything is recorded.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="sent">The day on the letter.</param>
    /// <param name="until">The last day on which an objection comes before the first delivery.</param>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <returns>The page; refused when details are missing, with which.</returns>
    public static Outcome<string> Preview(SchoolHome home, DateOnly sent, DateOnly until, string language)
    {
        var details = LetterDetails.Of(home);
        return details.Missing is { Count: > 0 } missing ? Refusals.DetailsMissing(missing) : Render(LetterText.All[language], FieldSets.Current(home), home.Profile.Name, details, sent, until, null);
    }

    /// <summary>A file of the letter, <c>brief-2025-02-10.nl.html</c>.</summary>
    internal static string FileName(string stem, string language) => $"{stem}.{language}.html";

    internal static string Render(LetterText text, FieldSet set, string school, LetterDetails details, DateOnly sent, DateOnly until, string? stem)
    {
        var blanks = new Dictionary<string, string>
        {
            ["sent"] = text.Day(sent),
            ["until"] = text.Day(until),
            ["school"] = school,
            ["board"] = details.Board,
            ["boardAddress"] = details.BoardAddress,
            ["contact"] = details.Contact,
            ["contactWays"] = details.ContactPhone.Length == 0 ? details.ContactEmail : $"{details.ContactEmail} {text.Or} {details.ContactPhone}",
            ["officerWays"] = details.OfficerWays,
        };
        var body = new StringBuilder();
        foreach (var (heading, blocks) in text.For(set.Categories.Count > 0))
        {
            body.Append("<section>\n");
            if (heading is not null) body.Append("<h2>").Append(Html.Encode(heading)).Append("</h2>\n");
            for (var i = 0; i < blocks.Count; i++) Block(body, text, set, blanks, blocks[i], i > 0 && blocks[i - 1].Item, i + 1 < blocks.Count && blocks[i + 1].Item);
            body.Append("</section>\n");
        }
        return Page(text, body.ToString(), stem);
    }

    static void Block(StringBuilder body, LetterText text, FieldSet set, Dictionary<string, string> blanks, LetterBlock block, bool afterItem, bool beforeItem)
    {
        if (block.Fields is not null) FieldList(body, text, [.. set.Fields.Where(f => Kind(f) == block.Fields)]);
        else if (!block.Item) body.Append("<p>").Append(Filled(block.Text!, blanks)).Append("</p>\n");
        else body.Append(afterItem ? "" : "<ul>\n").Append("<li>").Append(Filled(block.Text!, blanks)).Append("</li>\n").Append(beforeItem ? "" : "</ul>\n");
    }

    /// <summary>In which list of the letter a field stands: every field in one.</summary>
    static string Kind(Field field) => field.Category is not null ? "special" : field.Purpose == FieldPurpose.Linking ? "linking" : "results";

    /// <summary>A field with its parts is one item: the house number with its letter and addition.</summary>
    static void FieldList(StringBuilder body, LetterText text, IReadOnlyList<Field> fields)
    {
        body.Append("<ul class=\"fields\">\n");
        foreach (var field in fields.Where(f => f.Of is null))
        {
            List<string> parts = [.. fields.Where(f => f.Of == field.Name).Select(text.Words)];
            body.Append("<li>").Append(Html.Encode(text.Words(field) + (parts.Count == 0 ? "" : $", {text.With} {Listed(text, parts)}"))).Append("</li>\n");
        }
        body.Append("</ul>\n");
    }

    static string Listed(LetterText text, List<string> words) => words.Count < 2 ? string.Concat(words) : string.Join(", ", words[..^1]) + $" {text.And} {words[^1]}";

    static string Page(LetterText text, string body, string? stem)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"").Append(text.Language).Append("\" dir=\"").Append(text.Direction).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
            .Append("<title>").Append(Html.Encode(text.Title)).Append("</title>\n<style>\n").Append(s_style).Append("</style>\n</head>\n<body>\n");
        if (stem is not null)
            foreach (var (code, name) in Languages.Where(l => l.Code != text.Language))
                page.Append("<nav><a lang=\"").Append(code).Append("\" hreflang=\"").Append(code).Append("\" href=\"").Append(Html.Encode(FileName(stem, code))).Append("\">").Append(Html.Encode(name)).Append("</a></nav>\n");
        return page.Append("<main>\n<h1>").Append(Html.Encode(text.Title)).Append("</h1>\n").Append(body).Append("</main>\n</body>\n</html>\n").ToString();
    }

    static string Filled(string text, Dictionary<string, string> blanks) =>
        Strong().Replace(Blank().Replace(Html.Encode(text), match => Html.Encode(blanks[match.Groups[1].Value])), "<strong>$1</strong>");

    internal static IEnumerable<string> BlanksIn(string text) => Blank().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\{(\w+)\}")] private static partial Regex Blank();
    [GeneratedRegex(@"\*\*(.+?)\*\*")] private static partial Regex Strong();

    static readonly string s_style = Encoding.UTF8.GetString(Resources.All("Inform.letter", ".css").Single().Content);
}
