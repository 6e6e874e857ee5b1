using System.Globalization;
using System.Text;
using Groeilijn.Sites;
using Groeilijn.Sites.Host;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>The letter as it would go out now, as it prints, in the language of the parents.</summary>
public sealed class InformLetterPage(SchoolHome home, Assets assets) : SitePage
{
    /// <summary>The language of the letter.</summary>
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>The day of the letter.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Sent { get; set; }

    /// <summary>The last day to object.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Until { get; set; }

    /// <summary>The letter with a row above it.</summary>
    public IActionResult OnGet() => Of(html => Sheet.Show(html, new SheetRow(Language, Address(Code, "handler=Style&"),
        Say("Zo komt de brief uit de printer: één vel, aan twee kanten bedrukt. Afdrukken kan ook met Ctrl+P.", "This is how the letter prints: one sheet, on two sides. Ctrl+P prints it too."),
        [
            .. Letter.Languages.Where(l => l.Code != Code).Select(l => (Say($"De brief in het {(l.Code == "en" ? "Engels" : l.Name)}", $"The letter in {(l.Code == "nl" ? "Dutch" : l.Name)}"), Address(l.Code))),
            (Say("Bewaren om te mailen", "Save to mail it"), Address(Code, "handler=Save&")),
            (Say("Terug, en vastleggen", "Back, and record it"), Speech.To("/inform?" + Days)),
        ]), assets));

    /// <summary>Its style.</summary>
    public IActionResult OnGetStyle() => Of(Sheet.Style);

    /// <summary>The letter as a file.</summary>
    public IActionResult OnGetSave() => Of(html => File(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"brief-{Sent:yyyy-MM-dd}.{Code}.html")));

    IActionResult Of(Func<string, IActionResult> show)
    {
        if (Letter.Languages.All(l => l.Code != Code)) return NotFound();
        if (Sent is not { } sent || Until is not { } until) return Go("/inform");
        return Letter.Preview(home, sent, until, Code).Value is { } html ? show(html) : Go("/inform/details");
    }

    string Days => string.Create(CultureInfo.InvariantCulture, $"sent={Sent:yyyy-MM-dd}&until={Until:yyyy-MM-dd}");

    string Address(string code, string query = "") => Speech.To($"/inform/letter/{code}?{query}{Days}");
}
