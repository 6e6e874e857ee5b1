using System.Text;

namespace Groeilijn.Web;

/// <summary>A document in blocks as one page that needs nothing beside itself: no script, no network. What is folded opens by itself in print.</summary>
public static class BlockPage
{
    /// <summary>The page.</summary>
    /// <param name="document">What it says.</param>
    /// <param name="otherLanguage">The file of the same page in the other language; null without.</param>
    public static string Render(BlockDocument document, string? otherLanguage) =>
        Page.Render(new PageHead(document.Language, document.Title, document.Kind, otherLanguage), page => Write(page, document.Blocks, document.Language == "nl"));

    static void Write(StringBuilder page, IReadOnlyList<Block> blocks, bool dutch)
    {
        Contents(page, blocks, dutch);
        foreach (var block in blocks) Write(page, block, dutch);
    }

    static void Contents(StringBuilder page, IReadOnlyList<Block> blocks, bool dutch)
    {
        page.Append("<nav class=\"contents\" aria-label=\"").Append(dutch ? "Inhoud" : "Contents").Append("\"><ul>\n");
        foreach (var heading in blocks.OfType<Heading>().Where(h => h.Level == 2)) page.Append("<li><a href=\"#").Append(heading.Id).Append("\">").Append(Html.Encode(heading.Text)).Append("</a></li>\n");
        page.Append("</ul></nav>\n");
    }

    static void Write(StringBuilder page, Block block, bool dutch)
    {
        switch (block)
        {
            case Heading h: page.Append("<h").Append(h.Level == 2 ? '2' : '3').Append(" id=\"").Append(h.Id).Append("\">").Append(Html.Encode(h.Text)).Append("</h").Append(h.Level == 2 ? '2' : '3').Append(">\n"); break;
            case Paragraph p: page.Append("<p").Append(p.Lead ? " class=\"lead\"" : "").Append(p.Claim is { } claim ? $" data-claim=\"{Html.Encode(claim)}\"" : "").Append('>').Append(Html.Encode(p.Text)).Append("</p>\n"); break;
            case Remark r: page.Append("<p class=\"note\">").Append(Html.Encode(r.Text)).Append("</p>\n"); break;
            case Points l:
                page.Append("<ul>\n");
                foreach (var item in l.Items) page.Append("<li>").Append(Html.Encode(item)).Append("</li>\n");
                page.Append("</ul>\n");
                break;
            case Picture f:
                page.Append("<figure class=\"chart\">\n<figcaption>").Append(Html.Encode(f.Title)).Append("</figcaption>\n").Append(f.Svg)
                    .Append("<details><summary>").Append(dutch ? "Hoe lees ik dit?" : "How do I read this?").Append("</summary><p>").Append(Html.Encode(f.HowToRead)).Append("</p></details>\n</figure>\n");
                break;
            case NumberTable t:
                if (t.Folded) page.Append("<details class=\"numbers\"><summary>").Append(dutch ? "De getallen: " : "The numbers: ").Append(Html.Encode(t.Caption)).Append("</summary>\n");
                page.Append(Html.Table(t.Caption, t.Headers, t.Rows));
                if (t.Folded) page.Append("</details>\n");
                break;
        }
    }
}
