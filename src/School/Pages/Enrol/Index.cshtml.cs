using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>The first page of a new school: who it is; then its fingerprint to read aloud and its file for the office.</summary>
public sealed class EnrolPage(Door door) : SitePage
{
    const int LongestName = 200;

    /// <summary>BRIN and vestiging.</summary>
    [BindProperty]
    public string? Code { get; set; }

    /// <summary>As in the letter to parents.</summary>
    [BindProperty]
    public string? SchoolName { get; set; }

    /// <summary>The school; null until it is enrolled.</summary>
    public SchoolProfile? School => door.Home?.Profile;

    /// <summary>To read aloud, in groups of four.</summary>
    public string Fingerprint => SigningKey.Aloud(door.Home!.Signing.Fingerprint);

    /// <summary>Where the program keeps everything.</summary>
    public string Folder => door.Folder;

    /// <summary>Whether pupils were imported: then this page is only looked up again.</summary>
    public bool Begun => door.Home?.Store.ReadOne<long>("SELECT count(*) FROM import") > 0;

    /// <summary>The seven steps, none of them taken.</summary>
    public IReadOnlyList<Step> Steps => SchoolSteps.Explained(Speech);

    /// <summary>Makes the home.</summary>
    public IActionResult OnPost()
    {
        var location = SchoolLocation.Parse(Code).OrNull;
        var name = (SchoolName ?? "").Trim();
        if (location is null)
            Wrong(nameof(Code), "Dit is geen schoolcode. Vul vier tekens BRIN in en twee cijfers voor de vestiging, zoals 99XX00.", "This is no school code. Fill in four characters of the BRIN and two digits of the location, such as 99XX00.");
        if (name.Length is 0 or > LongestName || !Spelling.Line.Allows(name))
            Wrong(nameof(SchoolName), "Vul de naam van de school in, op één regel en niet langer dan 200 tekens.", "Fill in the name of the school, on one line and no longer than 200 characters.");
        if (!ModelState.IsValid) return Page();
        if (door.Enrol(location!.Value, name).Refusal is { } no)
        {
            Wrong("", $"{no.Dutch} {no.HintDutch}", $"{no.English} {no.HintEnglish}");
            return Page();
        }
        return Go("/enrol");
    }

    /// <summary>The file for the office; it holds no secret.</summary>
    public IActionResult OnGetFile()
    {
        var file = door.Home is { } home ? Path.Combine(home.Folder, Enrolment.FileName) : "";
        return System.IO.File.Exists(file) ? File(System.IO.File.ReadAllBytes(file), "application/json", Enrolment.FileName) : NotFound();
    }
}
