using Groeilijn.Education;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Groeilijn.School.Pages;

/// <summary>Who goes along, page by page; or found by name, which goes by POST so that it reaches no address.</summary>
public sealed class PreviewPupilsPage(SchoolHome home) : StepPage(home)
{
    const int Size = 25;

    /// <summary>The edition as it stands in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "edition")]
    public string? Asked { get; set; }

    /// <summary>Which page, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "p")]
    public int Number { get; set; } = 1;

    /// <summary>Part of a name.</summary>
    [BindProperty]
    public string? Q { get; set; }

    /// <summary>The edition.</summary>
    public Edition Edition => PreviewStepPage.OfAddress(Home, Asked);

    /// <summary>The preview.</summary>
    public PreviewModel Shown { get; private set; } = null!;

    /// <summary>Who is on this page.</summary>
    public PreviewFound Found => string.IsNullOrWhiteSpace(Q) ? Shown.Find("", Math.Clamp(Number, 1, Count) - 1, Size) : Shown.Find(Q, 0, Size);

    /// <summary>How many pages there are.</summary>
    public int Count => Math.Max(1, (Shown.Pupils.Count + Size - 1) / Size);

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (Preview.Model(Home, Edition) is { } preview) Shown = preview;
        else context.Result = Go("/preview");
    }

    /// <summary>Finds pupils; nothing is written.</summary>
    public PageResult OnPost() => Page();
}
