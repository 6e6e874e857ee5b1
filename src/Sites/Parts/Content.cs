using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.Sites.Parts;

/// <summary>Names with their values. <code>&lt;fact-list&gt;&lt;a-fact name="…"&gt;…&lt;/a-fact&gt;&lt;/fact-list&gt;</code></summary>
[HtmlTargetElement("fact-list")]
public sealed class FactList : Part
{
    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "dl";
        output.Attributes.SetAttribute("class", "utrecht-data-list facts");
    }
}

/// <summary>A name and its value, in a <c>fact-list</c>.</summary>
[HtmlTargetElement("a-fact", ParentTag = "fact-list")]
public sealed class Fact : Part
{
    /// <summary>The name.</summary>
    public required string Name { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => Replace(output,
        $"<div class=\"fact\"><dt class=\"utrecht-data-list__item-key\">{Text(Name)}</dt><dd class=\"utrecht-data-list__item-value utrecht-data-list__item-value--html-dd\">{await Inside(output)}</dd></div>");
}

/// <summary>What not everybody needs, behind a line that opens. <code>&lt;fold-out summary="…"&gt;…&lt;/fold-out&gt;</code></summary>
[HtmlTargetElement("fold-out")]
public sealed class FoldOut : Part
{
    /// <summary>What is behind it.</summary>
    public required string Summary { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, $"<details class=\"fold\"><summary>{Text(Summary)}</summary><div>{await Inside(output)}</div></details>");
}

/// <summary>A word or two about a state. <code>&lt;state-badge kind="Ok"&gt;Verstuurd&lt;/state-badge&gt;</code></summary>
[HtmlTargetElement("state-badge")]
public sealed class StateBadge : Part
{
    /// <summary>What it is.</summary>
    public AlertKind Kind { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.Attributes.SetAttribute("class", $"nl-data-badge badge--{Kind.ToString().ToLowerInvariant()}");
    }
}

/// <summary>
/// In place of a list that is empty: what this is, why nothing is here, and between the tags what to do.
/// <code>&lt;empty-state title="…" why="…"&gt;&lt;link-button …/&gt;&lt;/empty-state&gt;</code>
/// </summary>
[HtmlTargetElement("empty-state")]
public sealed class EmptyState : Part
{
    /// <summary>What would stand here.</summary>
    public required string Title { get; set; }

    /// <summary>Why nothing does.</summary>
    public required string Why { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        Replace(output, $"<div class=\"empty\"><h2>{Text(Title)}</h2><p>{Text(Why)}</p>{await Inside(output)}</div>");
}

/// <summary>How far something is. <code>&lt;progress-bar label="…" part="0.4" /&gt;</code></summary>
[HtmlTargetElement("progress-bar")]
public sealed class ProgressBar : Part
{
    /// <summary>What is going on.</summary>
    public required string Label { get; set; }

    /// <summary>From 0 to 1; null while it is not known.</summary>
    public double? Part { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var percent = Part is { } part ? (int)Math.Round(Math.Clamp(part, 0, 1) * 100) : (int?)null;
        var value = percent is { } known ? $" value=\"{known.ToString(CultureInfo.InvariantCulture)}\"" : "";
        var words = percent is { } written ? written.ToString(CultureInfo.InvariantCulture) + " %" : "";
        Replace(output, $"<div class=\"progress\"><label for=\"{context.UniqueId}\">{Text(Label)}</label><div><progress id=\"{context.UniqueId}\" max=\"100\"{value}></progress><span class=\"percent\" aria-hidden=\"true\">{words}</span></div></div>");
    }
}
