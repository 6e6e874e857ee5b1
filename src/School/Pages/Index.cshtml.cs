using Groeilijn.Education;
using Groeilijn.Sites;
using Groeilijn.Sites.Parts;

namespace Groeilijn.School.Pages;

/// <summary>The start: where this school is and what comes next.</summary>
public sealed class IndexPage(SchoolHome home, ImportDesk desk) : SitePage
{
    SchoolFacts? _facts;

    SchoolFacts Facts => _facts ??= SchoolFacts.Of(home);

    /// <summary>The school's name and code.</summary>
    public string School { get; } = $"{home.Profile.Name} ({home.Profile.Location.Code})";

    /// <summary>The seven steps.</summary>
    public IReadOnlyList<Step> Steps => SchoolSteps.Of(Facts, Speech);

    /// <summary>The one thing to do; null when this half-year is done.</summary>
    public (string Sentence, string Title, string Address)? Now => SchoolSteps.Now(Facts, Speech);

    /// <summary>Whether nothing was done yet: then the steps are explained.</summary>
    public bool IsNew => Facts.Pupils is null;

    internal IReadOnlyList<Waiting> Waiting => Pages.Waiting.Of(home, Facts, desk, Speech);

    /// <summary>Which delivery, and until when it can be made.</summary>
    public string Delivery
    {
        get
        {
            var edition = Facts.Edition;
            var tests = edition.Half == HalfYear.M ? Say("de toetsen van januari en februari", "the tests of January and February") : Say("de toetsen van mei en juni", "the tests of May and June");
            return Say($"Het gaat om levering {edition}: {tests} {edition.Year}.", $"This is about delivery {edition}: {tests} {edition.Year}.") + " " + Deadline;
        }
    }

    string Deadline => (Facts.Deadline, Facts.Delivered) switch
    {
        (_, true) => Say("Die is verzegeld.", "It was sealed."),
        (null, _) => Say("De laatste dag staat in de aankondiging van het bureau.", "The last day stands in the office's announcement."),
        ({ } day, _) when day < Facts.Today => Say($"De laatste dag was {Speech.Day(day)}. Bel het bureau of u nog kunt leveren.", $"The last day was {Speech.Day(day)}. Call the office to ask whether you can still deliver."),
        ({ } day, _) when day == Facts.Today => Say("Vandaag is de laatste dag.", "Today is the last day."),
        ({ } day, _) => Say($"Uiterlijk {Speech.Day(day)}, {Days(day)}.", $"By {Speech.Day(day)} at the latest, {Days(day)}."),
    };

    string Days(DateOnly day) => (day.DayNumber - Facts.Today.DayNumber) switch
    {
        1 => Say("dat is morgen", "which is tomorrow"),
        < 60 and var days => Say($"dat is over {days} dagen", $"which is in {days} days"),
        var days => Say($"dat is over {days / 7} weken", $"which is in {days / 7} weeks"),
    };
}
