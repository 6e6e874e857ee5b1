using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.Sites.Parts;

/// <summary>What a message is.</summary>
public enum AlertKind
{
    /// <summary>Good to know.</summary>
    Info,
    /// <summary>It worked.</summary>
    Ok,
    /// <summary>Look before going on.</summary>
    Warning,
    /// <summary>It cannot go on like this.</summary>
    Error,
}

/// <summary>
/// A message in the page. Its kind is said in words for who does not see colour.
/// <code>&lt;alert-box kind="Warning" title="…"&gt;…&lt;/alert-box&gt;</code>
/// </summary>
[HtmlTargetElement("alert-box")]
public sealed class AlertBox : Part
{
    /// <summary>What it is.</summary>
    public AlertKind Kind { get; set; } = AlertKind.Info;

    /// <summary>What it says in a few words.</summary>
    public string? Title { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output, Render(await Inside(output)));

    internal string Render(string inside, string @class = "", string attributes = "")
    {
        var word = Kind switch { AlertKind.Ok => Say("Gelukt", "Done"), AlertKind.Warning => Say("Let op", "Note"), AlertKind.Error => Say("Fout", "Error"), _ => Say("Informatie", "Information") };
        var heading = Title is null ? $"<span class=\"visually-hidden\">{Text(word)}: </span>" : $"<p class=\"alert-title\"><span class=\"visually-hidden\">{Text(word)}: </span>{Text(Title)}</p>";
        return $"""
            <div class="utrecht-alert utrecht-alert--{Kind.ToString().ToLowerInvariant()}{@class}"{attributes}><span class="alert-sign" aria-hidden="true">{Sign()}</span><div class="utrecht-alert__content"><div class="utrecht-alert__message">{(Title is null ? $"<div>{heading}{inside}</div>" : heading + $"<div>{inside}</div>")}</div></div></div>
            """;
    }

    string Sign() => Kind switch
    {
        AlertKind.Ok => "<svg viewBox=\"0 0 24 24\" focusable=\"false\"><circle cx=\"12\" cy=\"12\" r=\"10\" fill=\"currentColor\"/><path d=\"M7.5 12.5l3 3 6-6.5\" fill=\"none\" stroke=\"#fff\" stroke-width=\"2.2\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>",
        AlertKind.Warning => "<svg viewBox=\"0 0 24 24\" focusable=\"false\"><path d=\"M12 2.5L23 21.5H1z\" fill=\"currentColor\"/><path d=\"M12 9.5v5.5M12 18v.6\" stroke=\"#fff\" stroke-width=\"2.2\" stroke-linecap=\"round\"/></svg>",
        AlertKind.Error => "<svg viewBox=\"0 0 24 24\" focusable=\"false\"><path d=\"M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9z\" fill=\"currentColor\"/><path d=\"M8.5 8.5l7 7m0-7l-7 7\" stroke=\"#fff\" stroke-width=\"2.2\" stroke-linecap=\"round\"/></svg>",
        _ => "<svg viewBox=\"0 0 24 24\" focusable=\"false\"><circle cx=\"12\" cy=\"12\" r=\"10\" fill=\"currentColor\"/><path d=\"M12 11v6M12 7.2v.4\" stroke=\"#fff\" stroke-width=\"2.4\" stroke-linecap=\"round\"/></svg>",
    };
}

/// <summary>The message after something was done, once, with the button that undoes it. The layout has it; a page need not.</summary>
[HtmlTargetElement("confirmation-message")]
public sealed class ConfirmationMessage(IAntiforgery antiforgery, ITempDataDictionaryFactory data) : Part
{
    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Confirmation.Take(data.GetTempData(View.HttpContext)) is not { } done) { output.SuppressOutput(); return; }
        var box = new AlertBox { Kind = AlertKind.Ok, View = View };
        Replace(output, box.Render(Text(done.Text) + Undo(done), attributes: " role=\"status\""));
    }

    string Undo(Confirmation done)
    {
        if (done.Undo is null) return "";
        return $"""
             <form class="undo" method="post" action="{Text(done.Undo)}">{PostForm.Token(antiforgery, View.HttpContext)}<input type="hidden" name="id" value="{Text(done.Id)}"><button class="button-link" type="submit">{Text(Say("Ongedaan maken", "Undo"))}</button></form>
            """;
    }
}
