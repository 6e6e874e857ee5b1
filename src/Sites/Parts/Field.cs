using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Groeilijn.Sites.Parts;

/// <summary>
/// What every field of a form shares: a label, a hint and an error that a screen reader reads with the field, and the value that was
/// typed before. Name it after the property of the page's model; value and error are found by that name.
/// </summary>
public abstract class Field : Part
{
    /// <summary>The name of the model's property.</summary>
    public required string Name { get; set; }

    /// <summary>What the field asks.</summary>
    public required string Label { get; set; }

    /// <summary>Help that stays in sight.</summary>
    public string? Hint { get; set; }

    /// <summary>Whether it may stay empty; then the label says so.</summary>
    public bool Optional { get; set; }

    /// <summary>What stands in it, when that is not the property of the model.</summary>
    public string? Value { get; set; }

    internal static string IdOf(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_'));

    /// <summary>The id of the control, to which the error summary links.</summary>
    protected string Id => IdOf(Name);

    ModelStateEntry? State => View.ViewData.ModelState.TryGetValue(Name, out var entry) ? entry : null;

    /// <summary>What is wrong; null when nothing is.</summary>
    protected string? Error => State is { Errors: { Count: > 0 } errors } ? string.Join(" ", errors.Select(e => e.ErrorMessage)) : null;

    /// <summary>What was typed, or what the model holds.</summary>
    protected string? Current => Value ?? State?.AttemptedValue ?? Written(View.ViewData.Eval(Name));

    /// <summary>All that was chosen, or what the model holds.</summary>
    protected IReadOnlyCollection<string> CurrentAll => Value is not null ? [Value]
        : State?.RawValue switch { string[] many => many, string one => [one], _ => View.ViewData.Eval(Name) is System.Collections.IEnumerable held and not string ? [.. held.Cast<object>().Select(h => Written(h)!)] : Current is { } one ? [one] : [] };

    static string? Written(object? value) => value switch
    {
        null => null,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>The attributes that tie the control to its hint and its error.</summary>
    protected string Wiring(string? hint)
    {
        var described = string.Join(' ', new[] { hint is null ? null : Id + "-hint", Error is null ? null : Id + "-error" }.OfType<string>());
        return Attribute("aria-describedby", described.Length == 0 ? null : described) + (Error is null ? "" : " aria-invalid=\"true\"");
    }

    /// <summary>Label, hint and error around a control.</summary>
    protected string Around(string control, string? hint) => $"""
        <div class="utrecht-form-field utrecht-form-field--distanced{(Error is null ? "" : " utrecht-form-field--invalid")}"><div class="utrecht-form-field__label"><label class="utrecht-form-label" for="{Id}">{Text(Label)}{Remark()}</label></div>{Help(hint)}<div class="utrecht-form-field__input">{control}</div></div>
        """;

    /// <summary>A legend, hint and error around several controls that answer one question.</summary>
    protected string AroundGroup(string controls) => $"""
        <fieldset class="utrecht-form-fieldset utrecht-form-fieldset--html-fieldset utrecht-form-fieldset--distanced group{(Error is null ? "" : " utrecht-form-fieldset--invalid")}"{Wiring(Hint).Replace(" aria-invalid=\"true\"", "", StringComparison.Ordinal)}><legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend">{Text(Label)}{Remark()}</legend>{Help(Hint)}{controls}</fieldset>
        """;

    string Remark() => Optional ? $" <span class=\"optional\">({Text(Say("niet verplicht", "optional"))})</span>" : "";

    string Help(string? hint) =>
        (hint is null ? "" : $"<div class=\"utrecht-form-field-description\" id=\"{Id}-hint\">{Text(hint)}</div>")
        + (Error is not { } error ? "" : $"<div class=\"utrecht-form-field-error-message\" id=\"{Id}-error\"><span class=\"visually-hidden\">{Text(Say("Fout", "Error"))}: </span>{Text(error)}</div>");
}

/// <summary>One line of text. <code>&lt;text-field name="Name" label="…" hint="…" size="10" inputmode="numeric" /&gt;</code></summary>
[HtmlTargetElement("text-field")]
public class TextField : Field
{
    /// <summary>About how many characters are expected; the field is as wide.</summary>
    public int Size { get; set; }

    /// <summary>Which keyboard a telephone shows: <c>numeric</c>.</summary>
    public string? Inputmode { get; set; }

    /// <summary>What the browser may fill in: a token of HTML, or <c>off</c>.</summary>
    public string? Autocomplete { get; set; } = "off";

    /// <summary>More lines than one.</summary>
    public int Rows { get; set; } = 1;

    /// <summary>The kind of field.</summary>
    protected virtual string Type => "text";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output) => Replace(output, Around(Rows > 1 ? Area() : Line(), Hint));

    string Line() =>
        $"<input class=\"utrecht-textbox utrecht-textbox--html-input{Width()}{(Error is null ? "" : " utrecht-textbox--invalid")}\" type=\"{Type}\" id=\"{Id}\" name=\"{Text(Name)}\"{Attribute("value", Current)}{Attribute("inputmode", Inputmode)}{Attribute("autocomplete", Autocomplete)}{Wiring(Hint)}>";

    string Area() =>
        $"<textarea class=\"utrecht-textarea utrecht-textarea--html-textarea{(Error is null ? "" : " utrecht-textarea--invalid")}\" id=\"{Id}\" name=\"{Text(Name)}\" rows=\"{Rows.ToString(CultureInfo.InvariantCulture)}\"{Wiring(Hint)}>{Text(Current)}</textarea>";

    string Width() => Size switch { 0 => "", <= 6 => " width-short", <= 14 => " width-medium", _ => "" };
}

/// <summary>A day, as <see cref="DateOnly"/> in the model. <code>&lt;date-field name="Until" label="…" /&gt;</code></summary>
[HtmlTargetElement("date-field")]
public sealed class DateField : TextField
{
    /// <summary>A day needs a medium width.</summary>
    public DateField() => Size = 14;

    /// <inheritdoc/>
    protected override string Type => "date";
}

/// <summary>A file or more, as <c>IFormFile</c> in the model. The form needs <c>enctype="multipart/form-data"</c>, the model <see cref="TakesFilesAttribute"/>.</summary>
[HtmlTargetElement("file-field")]
public sealed class FileField(SiteOptions options) : Field
{
    /// <summary>Which files the browser offers: <c>.xml,.csv</c>.</summary>
    public string? Accept { get; set; }

    /// <summary>Whether more than one may be chosen.</summary>
    public bool Multiple { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var limit = (options.UploadLimit >> 20).ToString(CultureInfo.InvariantCulture);
        var hint = $"{Hint} {(Multiple ? Say($"Samen ten hoogste {limit} MB.", $"Together at most {limit} MB.") : Say($"Ten hoogste {limit} MB.", $"At most {limit} MB."))}".Trim();
        Replace(output, Around($"<input class=\"file\" type=\"file\" id=\"{Id}\" name=\"{Text(Name)}\"{Attribute("accept", Accept)}{(Multiple ? " multiple" : "")}{Wiring(hint)}>", hint));
    }
}

/// <summary>Words to search for, with its button, in a form that goes by GET. <code>&lt;search-field name="q" label="…" /&gt;</code></summary>
[HtmlTargetElement("search-field")]
public sealed class SearchField : Field
{
    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var typed = Value ?? View.HttpContext.Request.Query[Name].ToString();
        Replace(output, Around($"<div class=\"search\"><input class=\"utrecht-textbox utrecht-textbox--html-input\" type=\"search\" id=\"{Id}\" name=\"{Text(Name)}\" value=\"{Text(typed)}\" autocomplete=\"off\"{Wiring(Hint)}><button class=\"nl-button nl-button--secondary\" type=\"submit\">{Text(Say("Zoeken", "Search"))}</button></div>", Hint));
    }
}
