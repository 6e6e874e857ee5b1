using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.Sites.Parts;

/// <summary>
/// Everything that is wrong in a form, above it: takes the focus when the page opens and links to the fields. Nothing when all is
/// right. <code>&lt;error-summary /&gt;</code>
/// </summary>
[HtmlTargetElement("error-summary")]
public sealed class ErrorSummary : Part
{
    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // In the order of the model's properties, which should be that of the fields; the framework puts what was not sent at the end.
        var order = View.ViewData.ModelMetadata.Properties.Select(p => p.PropertyName).ToList();
        var wrong = View.ViewData.ModelState.Where(entry => entry.Value is { Errors.Count: > 0 }).OrderBy(entry => order.IndexOf(entry.Key)).ToList();
        if (wrong.Count == 0) { output.SuppressOutput(); return; }
        var items = string.Concat(wrong.SelectMany(entry => entry.Value!.Errors.Select(error => Item(entry.Key, error.ErrorMessage))));
        var box = new AlertBox { Kind = AlertKind.Error, View = View, Title = Say("Er klopt iets niet", "Something is not right") };
        Replace(output, box.Render($"<ul>{items}</ul>", " error-summary", " tabindex=\"-1\" role=\"group\" autofocus"));
    }

    static string Item(string field, string error) =>
        field.Length == 0 ? $"<li>{Text(error)}</li>" : $"<li><a class=\"nl-link\" href=\"#{Field.IdOf(field)}\">{Text(error)}</a></li>";
}
