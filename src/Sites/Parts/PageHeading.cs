using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.Sites.Parts;

/// <summary>
/// The heading of a page, which is also its title in the browser. Between the tags: what the page is for, in a sentence.
/// <code>&lt;page-heading title="@Say("Inlezen", "Import")"&gt;…&lt;/page-heading&gt;</code>
/// </summary>
[HtmlTargetElement("page-heading")]
public sealed class PageHeading : Part
{
    /// <summary>The title.</summary>
    public required string Title { get; set; }

    /// <summary>What the page belongs to, small above the title.</summary>
    public string? Above { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        View.ViewData["Title"] = Title;
        var lead = (await Inside(output)).Trim();
        Replace(output, $"""
            {(Above is null ? "" : $"<p class=\"above\">{Text(Above)}</p>")}<h1 class="nl-heading nl-heading--level-1">{Text(Title)}</h1>{(lead.Length == 0 ? "" : $"<p class=\"lead\">{lead}</p>")}
            """);
    }
}

/// <summary>A link to the page that this one was reached from, above its heading. <code>&lt;back-link href="…"&gt;Terug naar het begin&lt;/back-link&gt;</code></summary>
[HtmlTargetElement("back-link")]
public sealed class BackLink : Part
{
    /// <summary>Where it goes.</summary>
    public required string Href { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, $"<p class=\"back\"><a class=\"nl-link\" href=\"{Text(Href)}\">{await Inside(output)}</a></p>");
}

/// <summary>Where the page stands in the site. <code>&lt;bread-crumbs trail="@([("Begin", "/nl/"), ("Controleren", "/nl/controleren")])" here="Groep 5" /&gt;</code></summary>
[HtmlTargetElement("bread-crumbs")]
public sealed class BreadCrumbs : Part
{
    /// <summary>The pages above this one, the start first: title and address.</summary>
    public required IReadOnlyList<(string Title, string Address)> Trail { get; set; }

    /// <summary>The title of this page.</summary>
    public required string Here { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var items = string.Concat(Trail.Select(p => $"<li class=\"utrecht-breadcrumb-nav__item\"><a class=\"utrecht-breadcrumb-nav__link nl-link\" href=\"{Text(p.Address)}\">{Text(p.Title)}</a></li>"));
        Replace(output, $"""
            <nav class="utrecht-breadcrumb-nav" aria-label="{Text(Say("Kruimelpad", "Breadcrumbs"))}"><ol class="utrecht-breadcrumb-nav__list utrecht-breadcrumb-nav__list--html-ol">{items}<li class="utrecht-breadcrumb-nav__item" aria-current="page">{Text(Here)}</li></ol></nav>
            """);
    }
}
