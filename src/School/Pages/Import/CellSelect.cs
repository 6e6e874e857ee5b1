using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.School.Pages;

/// <summary>A list that opens, in a cell of a table: its label is for who cannot see row and column. <code>&lt;cell-select name="Field3" label="…" value="…" choices="…" /&gt;</code></summary>
[HtmlTargetElement("cell-select")]
public sealed class CellSelect : Groeilijn.Sites.Parts.Field
{
    /// <summary>The choices in order.</summary>
    public required IEnumerable<Choice> Choices { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var options = string.Concat(Choices.Select(c => $"<option value=\"{Text(c.Value)}\"{(c.Value == Current ? " selected" : "")}>{Text(c.Label)}</option>"));
        var error = Error is null ? "" : $"<div class=\"utrecht-form-field-error-message\" id=\"{Id}-error\"><span class=\"visually-hidden\">{Text(Say("Fout", "Error"))}: </span>{Text(Error)}</div>";
        Replace(output, $"{error}<label class=\"visually-hidden\" for=\"{Id}\">{Text(Label)}</label><select class=\"utrecht-select utrecht-select--html-select{(Error is null ? "" : " utrecht-select--invalid")}\" id=\"{Id}\" name=\"{Text(Name)}\"{Wiring(null)}>{options}</select>");
    }
}
