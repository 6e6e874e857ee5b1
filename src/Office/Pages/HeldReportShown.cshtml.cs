using Groeilijn.Sites;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.Office.Pages;

/// <summary>A held report itself, in a sandbox, while its board permits it. It is made in a process of its own, which enters the look before it answers.</summary>
[ShowsDocument]
public sealed class HeldReportShownPage(OfficeHome home, OfficeProgram program) : RoundPageBase(home)
{
    /// <summary>The school in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "school")] public string? School { get; set; }

    /// <summary>Shows it, in the visitor's language.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (Schools.Find(Home, School ?? "") is null || ReportLooks.Refused(Home, Edition, School!) is not null) return Go(At($"/reports/{School}"));
        var end = await program.Run(["look", "--edition", Edition.ToString(), "--school", School!, "--language", Language], HttpContext.RequestAborted);
        return end.Answer is { } answer && end.Ok ? Content(answer.GetProperty("page").GetString()!, "text/html; charset=utf-8") : Go(At($"/reports/{School}"));
    }
}
