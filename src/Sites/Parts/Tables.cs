using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.Sites.Parts;

/// <summary>
/// A table with its caption, which scrolls by itself where it is too wide. Write <c>thead</c> and <c>tbody</c> between the tags, with
/// <c>scope</c> on every <c>th</c> and <c>class="number"</c> on digits. <code>&lt;data-table caption="…"&gt;…&lt;/data-table&gt;</code>
/// </summary>
[HtmlTargetElement("data-table")]
public sealed class DataTable : Part
{
    /// <summary>What the table shows.</summary>
    public required string Caption { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output,
        $"<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{Text(Caption)}\"><table class=\"utrecht-table utrecht-table--html-table\"><caption>{Text(Caption)}</caption>{await Inside(output)}</table></div>");
}

/// <summary>
/// The header of a column by which the table can be sorted. The order is in the address as <c>sort=name</c>, downwards <c>sort=-name</c>.
/// <code>&lt;sort-header by="name"&gt;Naam&lt;/sort-header&gt;</code>
/// </summary>
[HtmlTargetElement("sort-header")]
public sealed class SortHeader : Part
{
    /// <summary>The name of the column in the address.</summary>
    public required string By { get; set; }

    /// <summary>Whether the column holds digits.</summary>
    public bool Number { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var now = View.HttpContext.Request.Query["sort"].ToString();
        var (up, down) = (now == By, now == "-" + By);
        var order = up ? " aria-sort=\"ascending\"" : down ? " aria-sort=\"descending\"" : "";
        var address = Query.With(View.HttpContext.Request, "sort", up ? "-" + By : By);
        var sign = up ? "▲" : down ? "▼" : "↕";
        Replace(output, $"<th scope=\"col\"{order}{(Number ? " class=\"number\"" : "")}><a class=\"sort\" href=\"{Text(address)}\">{await Inside(output)} <span aria-hidden=\"true\">{sign}</span></a></th>");
    }
}

/// <summary>The way through a long list. The page is in the address as <c>p=2</c>. <code>&lt;page-links here="2" of="9" /&gt;</code></summary>
[HtmlTargetElement("page-links")]
public sealed class PageLinks : Part
{
    /// <summary>The page that is shown, from 1.</summary>
    public required int Here { get; set; }

    /// <summary>How many there are.</summary>
    public required int Of { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Of <= 1) { output.SuppressOutput(); return; }
        var links = string.Concat(Shown().Select(page => page == 0 ? "<span aria-hidden=\"true\">…</span>" : Link(page)));
        Replace(output, $"<nav class=\"utrecht-pagination utrecht-pagination--distanced\" aria-label=\"{Text(Say("Pagina’s", "Pages"))}\">{Beside(Here - 1, "prev", Say("Vorige", "Previous"))}<span class=\"utrecht-pagination__pages\">{links}</span>{Beside(Here + 1, "next", Say("Volgende", "Next"))}</nav>");
    }

    /// <summary>The first, the last and those around here; 0 where some are skipped.</summary>
    IEnumerable<int> Shown()
    {
        var last = 0;
        for (var page = 1; page <= Of; page++)
        {
            if (page != 1 && page != Of && Math.Abs(page - Here) > 1) continue;
            if (page > last + 1) yield return 0;
            yield return last = page;
        }
    }

    string Link(int page)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        var here = page == Here;
        return $"<a class=\"utrecht-pagination__page-link{(here ? " utrecht-pagination__page-link--current" : "")}\" href=\"{Address(page)}\"{(here ? " aria-current=\"page\"" : "")} aria-label=\"{Text(Say("Pagina", "Page"))} {number}\">{number}</a>";
    }

    string Beside(int page, string kind, string word) => page < 1 || page > Of ? ""
        : $"<a class=\"utrecht-pagination__relative-link utrecht-pagination__relative-link--{kind}\" href=\"{Address(page)}\" rel=\"{kind}\">{Text(word)}</a>";

    string Address(int page) => Text(Query.With(View.HttpContext.Request, "p", page.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>The query of an address with one value changed.</summary>
static class Query
{
    internal static string With(Microsoft.AspNetCore.Http.HttpRequest request, string key, string value)
    {
        var kept = request.Query.Where(q => q.Key != key && !(key == "sort" && q.Key == "p"));
        return new QueryBuilder(kept.SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v ?? ""))).Append(KeyValuePair.Create(key, value))).ToString();
    }
}
