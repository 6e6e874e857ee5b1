using System.Diagnostics.CodeAnalysis;
using Groeilijn.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.Sites.Parts;

/// <summary>
/// A piece of a page, written once so that its markup and its wiring for a screen reader are right everywhere: a tag in a page
/// becomes the classes of the design system around encoded text.
/// </summary>
public abstract class Part : TagHelper
{
    /// <summary>The page that is rendered.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    [NotNull]
    public ViewContext? View { get; set; }

    /// <summary>Text in the language of the page.</summary>
    protected string Say(string dutch, string english) => Speech.Say(dutch, english);

    /// <summary>The language of the page.</summary>
    protected Speech Speech => (Speech)View.HttpContext.RequestServices.GetService(typeof(Speech))!;

    /// <summary>Text made safe for an element or a quoted attribute.</summary>
    protected static string Text(string? text) => Html.Encode(text ?? "");

    /// <summary>An attribute with a leading blank; nothing when there is no value.</summary>
    protected static string Attribute(string name, string? value) => value is null ? "" : $" {name}=\"{Text(value)}\"";

    /// <summary>What stands between the tags in the page.</summary>
    protected static async Task<string> Inside(TagHelperOutput output) => (await output.GetChildContentAsync()).GetContent();

    /// <summary>Puts markup in the place of the tag.</summary>
    protected static void Replace(TagHelperOutput output, string html)
    {
        output.TagName = null;
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.SetHtmlContent(new HtmlString(html));
    }
}
