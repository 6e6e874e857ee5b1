using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.Sites.Parts;

/// <summary>How much a button weighs.</summary>
public enum ButtonKind
{
    /// <summary>The one thing to do on this page.</summary>
    Primary,
    /// <summary>Something else that can be done.</summary>
    Secondary,
    /// <summary>What cannot be turned back.</summary>
    Danger,
    /// <summary>A small thing, looking as a link.</summary>
    Link,
}

/// <summary>
/// A button that sends its form; every other attribute stays as written (<c>name</c>, <c>value</c>, <c>formaction</c>).
/// <code>&lt;action-button kind="Danger"&gt;Verwijderen&lt;/action-button&gt;</code>
/// </summary>
[HtmlTargetElement("action-button")]
public sealed class ActionButton : Part
{
    /// <summary>How much it weighs.</summary>
    public ButtonKind Kind { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "button";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (!output.Attributes.ContainsName("type")) output.Attributes.SetAttribute("type", "submit");
        output.Attributes.SetAttribute("class", Classes(Kind));
    }

    internal static string Classes(ButtonKind kind) => kind switch
    {
        ButtonKind.Primary => "nl-button nl-button--primary",
        ButtonKind.Danger => "nl-button nl-button--primary nl-button--negative",
        ButtonKind.Link => "button-link",
        _ => "nl-button nl-button--secondary",
    };
}

/// <summary>A link that looks as a button, to go somewhere and change nothing. <code>&lt;link-button href="…"&gt;Verder&lt;/link-button&gt;</code></summary>
[HtmlTargetElement("link-button")]
public sealed class LinkButton : Part
{
    /// <summary>How much it weighs.</summary>
    public ButtonKind Kind { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", ActionButton.Classes(Kind));
    }
}

/// <summary>Buttons beside each other, beneath each other where it is narrow.</summary>
[HtmlTargetElement("button-row")]
public sealed class ButtonRow : Part
{
    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "buttons");
    }
}

/// <summary>Prints the page. Only script can, so that without script there is no button. <code>&lt;print-button /&gt;</code></summary>
[HtmlTargetElement("print-button")]
public sealed class PrintButton : Part
{
    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, $"<button class=\"nl-button nl-button--secondary\" type=\"button\" data-print hidden>{Text(Say("Afdrukken", "Print"))}</button>");
}
