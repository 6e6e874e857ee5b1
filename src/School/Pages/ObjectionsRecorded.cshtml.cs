using Groeilijn.Sites.Host;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Groeilijn.School.Pages;

/// <summary>After an objection was recorded: the confirmation for the parent, and whether anything was sent before.</summary>
public sealed class ObjectionsRecordedPage(SchoolHome home) : StepPage(home)
{
    /// <summary>The objection.</summary>
    public ListedObjection Objection { get; private set; } = null!;

    /// <summary>How the school calls the child.</summary>
    public string Called => Objection.Called.Length > 0 ? Objection.Called : Say("Deze leerling", "This pupil");

    /// <summary>How long an objection is kept.</summary>
    public string Kept => RetentionTerms.Of(Home).Words(RetentionKind.Objections, Language);

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (long.TryParse((string?)context.RouteData.Values["id"], out var id) && Objections.All(Home).FirstOrDefault(o => o.Id == id) is { } found) Objection = found;
        else context.Result = NotFound();
    }
}

/// <summary>The page that the parent takes home, as it prints.</summary>
public sealed class ObjectionsConfirmationPage(SchoolHome home, Assets assets) : StepPage(home)
{
    /// <summary>The objection.</summary>
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The language on top.</summary>
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>The page with a row above it.</summary>
    public IActionResult OnGet() => Html is not { } html ? NotFound() : Sheet.Show(html, new SheetRow(Language, Address(Code) + "?handler=Style", Say("Eén bladzijde, in twee talen. Afdrukken kan ook met Ctrl+P.", "One page, in two languages. Ctrl+P prints it too."),
    [
        (Code == "nl" ? Say("Met Engels bovenaan", "With English on top") : Say("Met Nederlands bovenaan", "With Dutch on top"), Address(Code == "nl" ? "en" : "nl")),
        (Say("Klaar: terug naar bezwaren", "Ready: back to objections"), Speech.To("/objections")),
    ]), assets);

    /// <summary>Its style.</summary>
    public IActionResult OnGetStyle() => Html is { } html ? Sheet.Style(html) : NotFound();

    string? Html => Code is "nl" or "en" ? School.Confirmation.Page(Home, Id, Code) : null;

    string Address(string code) => Speech.To($"/objections/{Id}/confirmation/{code}");
}
