namespace Groeilijn.School;

/// <summary>What a pupil's parents know.</summary>
public enum InformedState
{
    /// <summary>No letter went to them.</summary>
    NotInformed,
    /// <summary>They can still object before anything is sent.</summary>
    PeriodRuns,
    /// <summary>They were told and had their time.</summary>
    Informed,
}

/// <summary>Who was told, who still has time to object, and who came later. What a pupil's line may hold follows from it.</summary>
public static class Informed
{
    /// <summary>The state of every enrolled pupil, in order of how the school calls them.</summary>
    public static IReadOnlyList<InformedStatus> StatusOf(SchoolHome home)
    {
        var current = FieldSets.Current(home).Name;
        return [.. Roster.Load(home).Pupils.Select(p => Status(p, home.Today, current)).OrderBy(s => s.Called, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Person)];
    }

    static InformedStatus Status(EnrolledPupil pupil, DateOnly today, string current)
    {
        var latest = pupil.Letters.Count == 0 ? null : pupil.Letters[^1];
        var running = pupil.Letters.Where(l => l.Until >= today).Select(l => (DateOnly?)l.Until).Max();
        var state = latest is null ? InformedState.NotInformed : running is not null ? InformedState.PeriodRuns : InformedState.Informed;
        return new(pupil.Person, pupil.Called, pupil.YearGroup, state, latest?.Sent, running ?? latest?.Until, latest?.Set, latest is not null && latest.Set != current);
    }

    /// <summary>The letter that counts for a pupil: the last one whose period is over; null when there is none.</summary>
    internal static PupilLetter? Counting(EnrolledPupil pupil, DateOnly today) => pupil.Letters.FindLast(l => l.Until < today);
}

/// <summary>A letter as one pupil's parents had it.</summary>
sealed record PupilLetter(long Letter, DateOnly Sent, DateOnly Until, string Set);

/// <summary>What a pupil's parents know.</summary>
/// <param name="Person">The home's own number of the pupil.</param>
/// <param name="Called">How the school's own screen calls the pupil.</param>
/// <param name="YearGroup">The year group.</param>
/// <param name="State">Not informed, period runs, informed.</param>
/// <param name="Sent">The day of the last letter.</param>
/// <param name="Until">The last day to object: of the longest running period, or of the last letter.</param>
/// <param name="Set">The set that the last letter told of.</param>
/// <param name="OtherSet">Whether that is another set than the one in use: what the letter did not name does not go along.</param>
public sealed record InformedStatus(long Person, string Called, string? YearGroup, InformedState State, DateOnly? Sent, DateOnly? Until, string? Set, bool OtherSet)
{
    /// <summary>The state in a sentence.</summary>
    public string Words(string language) => (State, language == "nl") switch
    {
        (InformedState.NotInformed, true) => "De ouders hebben nog geen brief gekregen.",
        (InformedState.NotInformed, false) => "The parents have had no letter yet.",
        (InformedState.PeriodRuns, true) => $"De ouders kunnen bezwaar maken tot en met {Web.Html.Day(Until!.Value, language)}.",
        (InformedState.PeriodRuns, false) => $"The parents can object up to and including {Web.Html.Day(Until!.Value, language)}.",
        (_, true) => $"De ouders hebben de brief van {Web.Html.Day(Sent!.Value, language)} over {Set}.",
        (_, false) => $"The parents have the letter of {Web.Html.Day(Sent!.Value, language)} about {Set}.",
    };
}
