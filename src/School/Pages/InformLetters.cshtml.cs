using System.Text;
using Groeilijn.Sites;
using Groeilijn.Sites.Host;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>A letter as parents got it, whatever the letter says by now.</summary>
public sealed class InformLettersPage(SchoolHome home, Assets assets) : SitePage
{
    /// <summary>Its number in this home.</summary>
    [BindProperty(SupportsGet = true)]
    public long Letter { get; set; }

    /// <summary>The language of the letter.</summary>
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>The letter with a row above it.</summary>
    public IActionResult OnGet()
    {
        if (Letters.Find(home, Letter) is not { } found || Letters.Text(home, Letter, Code) is not { } bytes) return NotFound();
        var note = Say($"Zo ging deze brief weg op {Speech.Day(found.Sent)}. Hij verandert niet meer.", $"This is how this letter went out on {Speech.Day(found.Sent)}. It no longer changes.");
        return Sheet.Show(Encoding.UTF8.GetString(bytes), new SheetRow(Language, Address(Code, "?handler=Style"), note,
        [
            .. School.Letter.Languages.Where(l => l.Code != Code && Letters.Text(home, Letter, l.Code) is not null).Select(l => (Say($"De brief in het {(l.Code == "en" ? "Engels" : l.Name)}", $"The letter in {(l.Code == "nl" ? "Dutch" : l.Name)}"), Address(l.Code))),
            (Say("Bewaren", "Save"), Address(Code, "?handler=Save")),
            (Say("Terug naar ouders informeren", "Back to inform parents"), Speech.To("/inform")),
        ]), assets);
    }

    /// <summary>Its style.</summary>
    public IActionResult OnGetStyle() => Letters.Text(home, Letter, Code) is { } bytes ? Sheet.Style(Encoding.UTF8.GetString(bytes)) : NotFound();

    /// <summary>The very bytes.</summary>
    public IActionResult OnGetSave() => Letters.Text(home, Letter, Code) is { } bytes && Letters.Find(home, Letter) is { } found
        ? File(bytes, "text/html; charset=utf-8", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"brief-{found.Sent:yyyy-MM-dd}.{Code}.html")) : NotFound();

    string Address(string code, string query = "") => Speech.To($"/inform/letters/{Letter}/{code}{query}");
}
