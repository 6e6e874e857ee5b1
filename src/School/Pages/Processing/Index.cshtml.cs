using System.Text;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>The school's record of this processing, to read, print and save for the board's own register.</summary>
public sealed class ProcessingPage(SchoolHome home) : SitePage
{
    /// <summary>The record in words and tables.</summary>
    public IHtmlContent Body => PageWords.Body(ProcessingRecord.Body(home, Language));

    /// <summary>The school.</summary>
    public string School => home.Profile.Name;

    /// <summary>Whether board and data protection officer are in it.</summary>
    public bool Whole => LetterDetails.Of(home).Missing.Count == 0;

    /// <summary>The record as a file of its own.</summary>
    public IActionResult OnGetSave() =>
        File(Encoding.UTF8.GetBytes(ProcessingRecord.Page(home, Language)), "text/html; charset=utf-8", Say("verwerkingsregister.html", "record-of-processing.html"));
}
