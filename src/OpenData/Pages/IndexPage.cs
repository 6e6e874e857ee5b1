using System.Text;
using Groeilijn.Web;

namespace Groeilijn.OpenData;

/// <summary>The list of all tables, newest edition first, in one language.</summary>
static class IndexPage
{
    public static string Render(PublicCatalog catalog, string language)
    {
        string In(Bilingual words) => Html.Encode(words.In(language));
        var up = language == "nl" ? "" : "../";
        var body = new StringBuilder().Append("<p class=\"lead\">").Append(In(Words.Lead)).Append("</p>\n<p>").Append(In(Words.EditionMeans)).Append("</p>\n");
        if (catalog.Tables.Count == 0) body.Append("<p class=\"note\">").Append(In(Words.NoTables)).Append("</p>\n");
        foreach (var edition in catalog.Editions)
        {
            body.Append("<h2 id=\"e").Append(edition).Append("\">").Append(In(Words.Edition)).Append(' ').Append(edition).Append("</h2>\n<ul class=\"cards\">\n");
            foreach (var table in catalog.Tables.Where(t => t.Edition == edition).OrderBy(t => t.Title.In(language), StringComparer.Ordinal))
                body.Append("<li class=\"card\"><h3><a href=\"").Append(edition).Append('/').Append(table.Id).Append(".html\">").Append(Html.Encode(table.Title.In(language))).Append("</a></h3>\n<p>")
                    .Append(Html.Encode((table.Description ?? table.Source).In(language))).Append("</p></li>\n");
            body.Append("</ul>\n");
        }
        body.Append("<h2>").Append(In(Words.ForPrograms)).Append("</h2>\n<ul><li><a href=\"").Append(up).Append(SiteAddress.Catalog).Append("\">").Append(In(Words.CatalogLink)).Append("</a></li></ul>\n");
        return Page.Render(new PageHead(language, Words.SiteTitle.In(language), Words.Room.In(language), language == "nl" ? "en/index.html" : "../index.html"), body.ToString());
    }
}
