using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.Sites.Parts;

/// <summary>How far a step is.</summary>
public enum StepState
{
    /// <summary>Cannot be done yet.</summary>
    Later,
    /// <summary>The one to do.</summary>
    Now,
    /// <summary>Done.</summary>
    Done,
    /// <summary>Somebody must look: something is wrong or waits.</summary>
    Attention,
}

/// <summary>A step of a task that takes several pages.</summary>
/// <param name="Title">What is done there, in a word or two.</param>
/// <param name="State">How far it is.</param>
/// <param name="Address">Its page; null while there is nothing to see.</param>
/// <param name="What">What the step is for, in a sentence; shown in the list, not in the bar.</param>
/// <param name="Note">How it stands: a count, a day.</param>
public sealed record Step(string Title, StepState State, string? Address = null, string? What = null, string? Note = null);

/// <summary>
/// The steps of a task with their states, in words and by shape besides colour. As a bar above a page, or with <c>list="true"</c> as the
/// body of a start page. <code>&lt;step-bar steps="@Model.Steps" here="2" /&gt;</code>
/// </summary>
[HtmlTargetElement("step-bar")]
public sealed class StepBar : Part
{
    /// <summary>The steps in order.</summary>
    public required IReadOnlyList<Step> Steps { get; set; }

    /// <summary>Number of the step whose page this is, from 1; 0 when it is none of them.</summary>
    public int Here { get; set; }

    /// <summary>As a list with what each step is for.</summary>
    public bool List { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var items = string.Concat(Steps.Select((step, i) => Item(step, i + 1)));
        var steps = $"<ol class=\"{(List ? "step-list" : "step-bar")}\">{items}</ol>";
        Replace(output, List ? steps : $"<nav aria-label=\"{Text(Say("Stappen", "Steps"))}\">{steps}</nav>");
    }

    string Item(Step step, int number)
    {
        var here = number == Here;
        var title = $"<span class=\"step-title\">{Text(step.Title)}</span>";
        var linked = step.Address is null || (here && !List) ? title : $"<a class=\"nl-link\" href=\"{Text(step.Address)}\">{title}</a>";
        var state = $"<span class=\"step-state\">{Text(Word(step.State))}</span>";
        var sign = $"<span class=\"step-sign\" aria-hidden=\"true\">{Sign(step.State, number)}</span>";
        var more = List ? $"{Paragraph("step-what", step.What)}{Paragraph("step-note", step.Note)}" : "";
        var heading = List ? $"<h2>{linked}</h2>" : linked;
        return $"<li class=\"step step--{step.State.ToString().ToLowerInvariant()}\"{(here ? " aria-current=\"step\"" : "")}>{sign}<div class=\"step-text\">{heading}{(List ? "" : " ")}{state}{more}</div></li>";
    }

    static string Paragraph(string kind, string? text) => text is null ? "" : $"<p class=\"{kind}\">{Text(text)}</p>";

    string Word(StepState state) => state switch
    {
        StepState.Done => Say("Klaar", "Done"),
        StepState.Now => Say("Nu te doen", "To do now"),
        StepState.Attention => Say("Let op", "Needs attention"),
        _ => Say("Later", "Later"),
    };

    static string Sign(StepState state, int number) => state switch
    {
        StepState.Done => "<svg viewBox=\"0 0 16 16\" focusable=\"false\"><path d=\"M3 8.5l3.2 3.2L13 4.8\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.4\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>",
        StepState.Attention => "!",
        _ => number.ToString(CultureInfo.InvariantCulture),
    };
}
