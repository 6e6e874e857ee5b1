using Groeilijn.Sites;
using Groeilijn.Sites.Parts;
using Microsoft.AspNetCore.Mvc;

namespace Groeilijn.School.Pages;

/// <summary>What does not fit in what was imported, what to do first, and the list for who keeps the pupil tracking system.</summary>
public sealed class CheckPage(SchoolHome home) : SitePage
{
    SchoolFacts? _facts;

    SchoolFacts Facts => _facts ??= SchoolFacts.Of(home);

    /// <summary>The check as of now.</summary>
    public CheckReport Report { get; } = School.Check.Run(home, Education.Edition.Of(home.Today));

    /// <summary>The seven steps.</summary>
    public IReadOnlyList<Step> Steps => SchoolSteps.Of(Facts, Speech);

    /// <summary>What to do after this page.</summary>
    public (string Sentence, string Title, string Address)? Now => SchoolSteps.Next(Facts, Speech, after: 2);

    /// <summary>Whether anything was imported.</summary>
    public bool Imported => Facts.Pupils is not null;

    /// <summary>Where the school stands. That a delivery can be made is no news while nobody goes along.</summary>
    public string Words => GoAlong > 0 || Report.Blocks || Report.NothingToDo ? Report.Words(Language)
        : Report.ToDo.All(t => t.Rule.Where is Where.Wait or Where.Nothing) ? Report.Words(Language)
        : Say("Er gaat nu nog niemand mee. Begin met het eerste punt.", "Nobody goes along yet. Begin with the first point.");

    /// <summary>How many go along when the delivery is made now.</summary>
    public int GoAlong => Facts.GoAlong;

    /// <summary>Whether the list for the administrator would have a line.</summary>
    public bool HasList => Report.ToDo.Any(t => t.Rule.Where is Where.LvsCorrect or Where.ImportAgain);

    /// <summary>The list as CSV.</summary>
    public FileContentResult OnGetList() => File(CorrectionList.Csv(Report, Language), "text/csv; charset=utf-8", Say("verbeterlijst.csv", "corrections.csv"));
}
