using System.Text;
using Groeilijn.Sites.Host;
using Groeilijn.Web;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>
/// A page that goes on paper, shown as it prints. The site lets no inline style in, so the page's own style is served beside it; above the page
/// stands a row that does not print: the way back, the other language, print and save.
/// </summary>
static class Sheet
{
    const string Row = """

        .row { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; align-items: center; max-width: 44rem; margin: 1rem auto; padding: .7rem 1.25rem; background: #e3ebf5; border-radius: .3rem; font-family: "Fira Sans", "Segoe UI", Arial, sans-serif; font-size: 1rem; line-height: 1.4; text-align: start; }
        .row a { color: #154273; padding: .2rem 0; }
        .row button { font: inherit; font-weight: 600; padding: .5rem 1.1rem; color: #fff; background: #154273; border: 0; border-radius: .3rem; cursor: pointer; }
        .row button[hidden] { display: none; }
        .row :focus-visible { outline: 3px solid #0c2a4d; outline-offset: 2px; box-shadow: 0 0 0 6px #ffb612; }
        .row span { flex-basis: 100%; }
        @media print { .row { display: none; } }

        """;

    /// <summary>The style of a page, with that of the row.</summary>
    internal static ContentResult Style(string html) => new() { Content = Between(html, "<style>", "</style>") + Row, ContentType = "text/css; charset=utf-8" };

    /// <summary>The page with the row in the place of what stood above its content.</summary>
    internal static ContentResult Show(string html, SheetRow row, Assets assets)
    {
        var head = Between(html, "<title>", "</title>");
        var opening = html[..(html.IndexOf('>', html.IndexOf("<html", StringComparison.Ordinal)) + 1)];
        var page = new StringBuilder(opening).Append("<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").Append(head)
            .Append("</title><link rel=\"stylesheet\" href=\"").Append(Html.Encode(row.Style)).Append("\"><script src=\"").Append(assets.Address("site.js")).Append("\" defer></script></head><body>\n");
        page.Append("<nav class=\"row\" lang=\"").Append(row.Language).Append("\" aria-label=\"").Append(row.Say("Over deze pagina", "About this page")).Append("\"><button type=\"button\" data-print hidden>").Append(row.Say("Afdrukken", "Print")).Append("</button>");
        foreach (var (text, address) in row.Links) page.Append("<a href=\"").Append(Html.Encode(address)).Append("\">").Append(Html.Encode(text)).Append("</a>");
        page.Append("<span>").Append(Html.Encode(row.Note)).Append("</span></nav>\n").Append(html.AsSpan(html.IndexOf("<main", StringComparison.Ordinal)));
        return new ContentResult { Content = page.ToString(), ContentType = "text/html; charset=utf-8" };
    }

    static string Between(string html, string opening, string closing)
    {
        var start = html.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        return html[start..html.IndexOf(closing, start, StringComparison.Ordinal)];
    }
}

/// <summary>The row above a sheet: in which language, the address of the style, where one can go, and a sentence.</summary>
sealed record SheetRow(string Language, string Style, string Note, IReadOnlyList<(string Text, string Address)> Links)
{
    internal string Say(string dutch, string english) => Language == "nl" ? dutch : english;
}
