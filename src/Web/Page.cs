using System.Text;

namespace Groeilijn.Web;

/// <summary>What a page says of itself.</summary>
/// <param name="Language"><c>nl</c> or <c>en</c>.</param>
/// <param name="Title">The title, also its one heading of the first level.</param>
/// <param name="Room">The room or document it belongs to, above the title.</param>
/// <param name="OtherLanguage">Address of the same page in the other language, when there is one.</param>
/// <param name="Back">Address and words of the page it was reached from, when there is one.</param>
public sealed record PageHead(string Language, string Title, string Room, string? OtherLanguage = null, (string Address, string Words)? Back = null);

/// <summary>
/// A whole page in one file: no script, no address outside itself, our own tokens inline, so that it opens anywhere, prints,
/// and is byte for byte the same for the same content.
/// </summary>
public static class Page
{
    /// <summary>The page around a body of trusted HTML; everything in <paramref name="head"/> is encoded here.</summary>
    public static string Render(PageHead head, string bodyHtml) => Render(head, page => page.Append(bodyHtml));

    /// <summary>The same for a long body, which is written where it will stand and so exists once.</summary>
    public static string Render(PageHead head, Action<StringBuilder> body)
    {
        var dutch = head.Language == "nl";
        var page = new StringBuilder(8192);
        page.Append("<!DOCTYPE html>\n<html lang=\"").Append(head.Language).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:\">\n")
            .Append("<title>").Append(Html.Encode(head.Title)).Append(" – Groeilijn</title>\n<style>\n").Append(Style).Append("</style>\n</head>\n<body>\n")
            .Append("<a class=\"skip\" href=\"#content\">").Append(dutch ? "Ga direct naar de inhoud" : "Skip to the content").Append("</a>\n<header class=\"top\"><div class=\"wrap\">\n<span class=\"brand\">")
            .Append(Mark).Append("Groeilijn</span>\n");
        if (head.Back is { } back) Link(page, back.Address, back.Words, null);
        if (head.OtherLanguage is { } other) Link(page, other, dutch ? "English" : "Nederlands", dutch ? "en" : "nl");
        page.Append("</div></header>\n<main id=\"content\" class=\"wrap\">\n<p class=\"room\">").Append(Html.Encode(head.Room)).Append("</p>\n<h1>")
            .Append(Html.Encode(head.Title)).Append("</h1>\n");
        body(page);
        page.Append("\n</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    static void Link(StringBuilder page, string address, string words, string? language)
    {
        page.Append("<a href=\"").Append(Html.Encode(address)).Append('"');
        if (language is not null) page.Append(" lang=\"").Append(language).Append("\" hreflang=\"").Append(language).Append('"');
        page.Append('>').Append(Html.Encode(words)).Append("</a>\n");
    }

    const string Mark = """<svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path d="M3 20 L9 14 L14 16 L21 5" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/><circle cx="21" cy="5" r="2.2" fill="currentColor"/></svg>""";

    static readonly string Style = ReadStyle();

    static string ReadStyle()
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("Groeilijn.Web.groeilijn.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
