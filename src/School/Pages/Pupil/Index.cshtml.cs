using Groeilijn.Education;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>One pupil: does it go along, what was found, what do its parents know, what was sent. The address has the home's own number and nothing else.</summary>
public sealed class PupilPage(SchoolHome home) : SitePage
{
    /// <summary>The pupil.</summary>
    public PupilCard Pupil { get; private set; } = null!;

    /// <summary>The delivery that is meant.</summary>
    public Edition Edition { get; } = Edition.Of(home.Today);

    /// <summary>Today.</summary>
    public DateOnly Today => home.Today;

    /// <summary>Looks the pupil up.</summary>
    public IActionResult OnGet(long person)
    {
        if (PupilCard.Of(home, person, Edition) is not { } pupil) return NotFound();
        Pupil = pupil;
        return Page();
    }
}
