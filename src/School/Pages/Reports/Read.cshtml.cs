using Groeilijn.Sites;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>A report as the office made it, byte for byte, in a sandbox: it can show itself and do nothing else. The address has the hash of its sealed file.</summary>
[ShowsDocument]
public sealed class ReportReadPage(SchoolHome home) : SitePage
{
    /// <summary>Whether a browser shows this kind in the sandbox; a PDF does not open there and is saved.</summary>
    public static bool CanShow(ListedReport report) => report.File.EndsWith(".html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Shows it.</summary>
    public IActionResult OnGet(string report) =>
        Find(report) is not { } found ? Go("/reports") : CanShow(found) ? File(System.IO.File.ReadAllBytes(found.File), "text/html; charset=utf-8") : Save(found);

    /// <summary>Saves it where the browser saves.</summary>
    public IActionResult OnGetSave(string report) => Find(report) is { } found ? Save(found) : Go("/reports");

    /// <summary>Shows the page for the inspectorate, cut from a report that a browser shows.</summary>
    public IActionResult OnGetInspectorate(string report) =>
        Find(report) is { } found && CanShow(found) && InspectoratePage.From(System.IO.File.ReadAllText(found.File)) is { } page ? Content(page, "text/html; charset=utf-8") : Go("/reports");

    ListedReport? Find(string ciphertext) => Reports.All(home).FirstOrDefault(one => one.Ciphertext == ciphertext);

    FileContentResult Save(ListedReport report) => File(System.IO.File.ReadAllBytes(report.File), "application/octet-stream", Path.GetFileName(report.File));
}
