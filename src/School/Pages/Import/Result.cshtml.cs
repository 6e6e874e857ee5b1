using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>What came of an import: what each file was, what was found, what to do next. A refused import changed nothing and says so.</summary>
public sealed class ImportResultPage(SchoolHome home, ImportDesk desk) : SitePage
{
    SchoolFacts? _facts;

    SchoolFacts Facts => _facts ??= SchoolFacts.Of(home);

    /// <summary>What came of it.</summary>
    public ImportOutcome Outcome { get; private set; } = null!;

    /// <summary>The seven steps.</summary>
    public IReadOnlyList<Step> Steps => SchoolSteps.Of(Facts, Speech);

    /// <summary>What to do next.</summary>
    public (string Sentence, string Title, string Address)? Now => SchoolSteps.Now(Facts, Speech);

    /// <summary>What was found, grouped by rule, first things first.</summary>
    public IReadOnlyList<ToDo> ToDo { get; private set; } = [];

    /// <summary>The table whose columns must still be said; null when none waits.</summary>
    public int? Unmapped => desk.Upload?.Unmapped;

    /// <summary>How many pupils of another file wait to be joined.</summary>
    public long Unjoined => Facts.Unjoined;

    /// <summary>Shows it, as long as the program runs; after that the check has all that still holds.</summary>
    public IActionResult OnGet()
    {
        if (desk.Last is not { } last) return Go("/import");
        Outcome = last;
        ToDo = new CheckReport(last.Findings, last.Pupils, last.Results) { Enrolled = School.Check.Run(home).Enrolled }.ToDo;
        return Page();
    }
}
