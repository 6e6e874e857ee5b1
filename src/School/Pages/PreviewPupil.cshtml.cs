using System.Globalization;
using Groeilijn.Education;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Groeilijn.School.Pages;

/// <summary>Everything that goes along of one pupil, with the reason of each field.</summary>
public sealed class PreviewPupilPage(SchoolHome home) : StepPage(home)
{
    /// <summary>The edition as it stands in the address.</summary>
    [BindProperty(SupportsGet = true, Name = "edition")]
    public string? Asked { get; set; }

    /// <summary>The edition.</summary>
    public Edition Edition => PreviewStepPage.OfAddress(Home, Asked);

    /// <summary>The set of fields.</summary>
    public FieldSet Set { get; private set; } = null!;

    /// <summary>The pupil.</summary>
    public PreviewPupil Pupil { get; private set; } = null!;

    /// <summary>The pupils before and after this one in the list.</summary>
    public (long? Before, long? After) Beside { get; private set; }

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (Preview.Model(Home, Edition) is not { } preview) context.Result = Go("/preview");
        else if (!long.TryParse((string?)context.RouteData.Values["person"], NumberStyles.None, CultureInfo.InvariantCulture, out var person) || preview.Pupils.FirstOrDefault(p => p.Person == person) is not { } pupil) context.Result = NotFound();
        else
        {
            var at = preview.Pupils.ToList().IndexOf(pupil);
            (Set, Pupil, Beside) = (preview.Set, pupil, (at == 0 ? null : preview.Pupils[at - 1].Person, at + 1 == preview.Pupils.Count ? null : preview.Pupils[at + 1].Person));
        }
    }
}
