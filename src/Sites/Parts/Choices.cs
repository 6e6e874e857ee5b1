using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.Sites.Parts;

/// <summary>One of the answers to choose from.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Label">What is read.</param>
/// <param name="Hint">What it means, when the label does not say it all.</param>
public readonly record struct Choice(string Value, string Label, string? Hint = null);

/// <summary>A list that opens, for many choices; for few use <c>radio-group</c>. <code>&lt;select-field name="Edition" label="…" choices="Model.Editions" /&gt;</code></summary>
[HtmlTargetElement("select-field")]
public sealed class SelectField : Field
{
    /// <summary>The choices in order.</summary>
    public required IEnumerable<Choice> Choices { get; set; }

    /// <summary>What stands there while nothing is chosen; without it the first choice is chosen.</summary>
    public string? Empty { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var options = string.Concat(Choices.Select(c => $"<option value=\"{Text(c.Value)}\"{(c.Value == Current ? " selected" : "")}>{Text(c.Label)}</option>"));
        var empty = Empty is null ? "" : $"<option value=\"\">{Text(Empty)}</option>";
        Replace(output, Around($"<select class=\"utrecht-select utrecht-select--html-select{(Error is null ? "" : " utrecht-select--invalid")}\" id=\"{Id}\" name=\"{Text(Name)}\"{Wiring(Hint)}>{empty}{options}</select>", Hint));
    }
}

/// <summary>One answer of a few. <code>&lt;radio-group name="Format" label="…" choices="Model.Formats" /&gt;</code></summary>
[HtmlTargetElement("radio-group")]
public class RadioGroup : Field
{
    /// <summary>The choices in order.</summary>
    public required IEnumerable<Choice> Choices { get; set; }

    /// <summary>The kind of control.</summary>
    protected virtual string Type => "radio";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output) => Replace(output, AroundGroup(string.Concat(Choices.Select(One))));

    string One(Choice choice, int i)
    {
        // The first has the id of the group: that is where the error summary leads.
        var id = i == 0 ? Id : Id + "-" + (i + 1).ToString(CultureInfo.InvariantCulture);
        var hint = choice.Hint is null ? "" : $"<span class=\"choice-hint\" id=\"{id}-more\">{Text(choice.Hint)}</span>";
        var described = choice.Hint is null ? "" : $" aria-describedby=\"{id}-more\"";
        return $"<div class=\"choice\"><input type=\"{Type}\" id=\"{id}\" name=\"{Text(Name)}\" value=\"{Text(choice.Value)}\"{(CurrentAll.Contains(choice.Value) ? " checked" : "")}{described}><div><label for=\"{id}\">{Text(choice.Label)}</label>{hint}</div></div>";
    }
}

/// <summary>None, one or more answers; the model's property is an array. <code>&lt;checkbox-group name="Groups" label="…" choices="Model.Groups" /&gt;</code></summary>
[HtmlTargetElement("checkbox-group")]
public sealed class CheckboxGroup : RadioGroup
{
    /// <inheritdoc/>
    protected override string Type => "checkbox";
}

/// <summary>One statement to agree with; the model's property is a <c>bool</c>. <code>&lt;check-box name="Seen" label="…" /&gt;</code></summary>
[HtmlTargetElement("check-box")]
public sealed class CheckBox : Field
{
    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var on = string.Equals(Current?.Split(',')[0], "true", StringComparison.OrdinalIgnoreCase);
        var hint = Hint is null ? "" : $"<span class=\"choice-hint\" id=\"{Id}-hint\">{Text(Hint)}</span>";
        var error = Error is null ? "" : $"<div class=\"utrecht-form-field-error-message\" id=\"{Id}-error\"><span class=\"visually-hidden\">{Text(Say("Fout", "Error"))}: </span>{Text(Error)}</div>";
        Replace(output, $"<div class=\"utrecht-form-field utrecht-form-field--distanced{(Error is null ? "" : " utrecht-form-field--invalid")}\">{error}<div class=\"choice\"><input type=\"checkbox\" id=\"{Id}\" name=\"{Text(Name)}\" value=\"true\"{(on ? " checked" : "")}{Wiring(Hint)}><div><label for=\"{Id}\">{Text(Label)}</label>{hint}</div></div></div>");
    }
}
