using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.Sites.Parts;

/// <summary>
/// Every form that goes by POST carries the token of this visitor, whatever its action. (The framework's own leaves the token out of a form
/// with an <c>action</c>.)
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PostForm(IAntiforgery antiforgery) : Part
{
    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output) => output.PreContent.AppendHtml(Token(antiforgery, View.HttpContext));

    internal static string Token(IAntiforgery antiforgery, Microsoft.AspNetCore.Http.HttpContext context)
    {
        var token = antiforgery.GetAndStoreTokens(context);
        return $"<input type=\"hidden\" name=\"{token.FormFieldName}\" value=\"{Text(token.RequestToken)}\">";
    }
}
