using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>
/// The days of a letter, counted back from the last day to deliver: a pupil goes along from the day after the last day to object, and parents
/// have at least <see cref="Inform.LeastDays"/> days.
/// </summary>
/// <param name="Edition">The delivery that comes.</param>
/// <param name="Deadline">The last day to deliver, as the office announced it or else 7 March; null when none is fixed or it has passed.</param>
/// <param name="Sent">The day of the letter.</param>
/// <param name="Until">The day to suggest as the last day to object: three weeks where they fit, else what fits, never fewer than fourteen days.</param>
public sealed record InformDays(Edition Edition, DateOnly? Deadline, DateOnly Sent, DateOnly Until)
{
    const int Usual = 21;

    /// <summary>The days for a letter that is sent today.</summary>
    public static InformDays Of(SchoolHome home)
    {
        var edition = Education.Edition.Of(home.Today);
        var fixedDay = Rounds.Of(home, edition)?.Closes ?? (edition.Half == HalfYear.M ? new DateOnly(edition.Year, 3, 7) : null);
        return For(edition, fixedDay >= home.Today ? fixedDay : null, home.Today);
    }

    /// <summary>The days for a letter of a day.</summary>
    public static InformDays For(Edition edition, DateOnly? deadline, DateOnly sent)
    {
        var (least, usual) = (sent.AddDays(Inform.LeastDays), sent.AddDays(Usual));
        var last = deadline?.AddDays(-1);
        return new(edition, deadline, sent, last is null || usual <= last ? usual : last > least ? last.Value : least);
    }

    /// <summary>The last day on which a letter still gives parents their time before the deadline; null where there is no deadline.</summary>
    public DateOnly? LastToSend => Deadline?.AddDays(-1 - Inform.LeastDays);

    /// <summary>Whether parents had their time before the deadline.</summary>
    public bool InTime => Deadline is null || Until < Deadline;
}
