using System.Text;
using System.Text.RegularExpressions;

namespace Groeilijn.School;

/// <summary>
/// One page for the inspectorate that stands alone, cut from a report of the office by the school's own program, on request: the conclusions, how complete they are, each subject's
/// first picture with its numbers, how it was computed, and the office's log. Nothing is computed or worded anew, so that it cannot say anything else than the report.
/// </summary>
public static partial class InspectoratePage
{
    static readonly string[] s_whole = ["short", "complete", "method", "ledger"], s_left = ["unknown", "question"];

    /// <summary>The page; null when this is not a report of the office with growth in it.</summary>
    public static string? From(string report)
    {
        var (start, end) = (report.IndexOf("<nav class=\"contents\"", StringComparison.Ordinal), report.IndexOf("</main>", StringComparison.Ordinal));
        var sections = Section().Split(report);
        if (start < 0 || end < start || sections.Length < 2 || !report.Contains("<h2 id=\"short\">", StringComparison.Ordinal)) return null;
        var page = new StringBuilder(Head(report[..start], report.Contains("<html lang=\"nl\"", StringComparison.Ordinal)));
        foreach (var section in sections.Skip(1))
        {
            var id = Id().Match(section).Groups[1].Value;
            var body = section.Split("</main>")[0];
            if (s_whole.Contains(id)) page.Append(body);
            else if (!s_left.Contains(id)) page.Append(ThirdLevel().Split(body)[0]); // a subject, up to its details
        }
        return page.Append(report[end..]).ToString();
    }

    /// <summary>The same head, which says what this is and has no other language to go to.</summary>
    static string Head(string head, bool dutch) => Kind().Replace(OtherLanguage().Replace(head, ""), dutch ? "<p class=\"room\">Voor de inspectie · uit het " : "<p class=\"room\">For the inspectorate · from the ", 1)
        .Replace(dutch ? "uit het Schoolrapport" : "from the School report", dutch ? "uit het schoolrapport" : "from the school report", StringComparison.Ordinal);

    [GeneratedRegex("(?=<h2 id=\")")] private static partial Regex Section();

    [GeneratedRegex("^<h2 id=\"([^\"]+)\"")] private static partial Regex Id();

    [GeneratedRegex("(?=<h3 )")] private static partial Regex ThirdLevel();

    [GeneratedRegex("<p class=\"room\">")] private static partial Regex Kind();

    [GeneratedRegex("<a href=\"[^\"]+\" lang=\"[a-z]{2}\" hreflang=\"[a-z]{2}\">[^<]+</a>\n")] private static partial Regex OtherLanguage();
}
