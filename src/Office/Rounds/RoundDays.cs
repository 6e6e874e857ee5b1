using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// The days of a round. The last day is what schools are told; the office goes on taking deliveries until a steward closes the round or it is linked,
/// so that who is a day late is not sent away by a clock.
/// </summary>
/// <param name="Edition">The half-year.</param>
/// <param name="Opens">The first day.</param>
/// <param name="Closes">The last day as schools know it.</param>
/// <param name="Upload">Where schools upload; null when there is no such place.</param>
/// <param name="Closed">When a steward closed it; null while it is open.</param>
public sealed record RoundDays(Edition Edition, DateOnly Opens, DateOnly Closes, string? Upload, DateTimeOffset? Closed)
{
    /// <summary>The days of a round, from its signed notice; null when there is no notice.</summary>
    public static RoundDays? Of(OfficeHome home, Edition edition)
    {
        var file = Rounds.NoticeFile(home, edition);
        if (!File.Exists(file) || !RoundNotice.TryRead(File.ReadAllBytes(file), out var notice, out _)) return null;
        return new(edition, notice.Opens, notice.Closes, notice.Upload, ClosedAt(home, edition));
    }

    /// <summary>Whether a steward closed the round.</summary>
    public static bool IsClosed(OfficeHome home, Edition edition) => ClosedAt(home, edition) is not null;

    /// <summary>Closes a round for deliveries; it can be opened again until it is linked.</summary>
    public static Refusal? Close(OfficeHome home, Edition edition)
    {
        if (!Takes(home, edition)) return new Refusal("round-state", $"The round of {edition} takes no deliveries any more.", "Look at its state.");
        home.Database.Write(t =>
        {
            if (t.Execute("INSERT INTO round_closings (edition, closed) VALUES (@edition, @now) ON CONFLICT (edition) DO NOTHING", new { edition = edition.ToString(), now = OfficeHome.Text(home.Now) }) == 1)
                t.Enter(home.Entry("office", "round-closed", ("edition", edition.ToString())));
        });
        return null;
    }

    /// <summary>Opens a round again that was closed and not linked yet.</summary>
    public static Refusal? OpenAgain(OfficeHome home, Edition edition)
    {
        if (!Takes(home, edition)) return new Refusal("round-state", $"The round of {edition} takes no deliveries any more.", "Schools deliver in the next round: deliveries are cumulative.");
        home.Database.Write(t =>
        {
            if (t.Execute("DELETE FROM round_closings WHERE edition = @edition", new { edition = edition.ToString() }) == 1)
                t.Enter(home.Entry("office", "round-opened-again", ("edition", edition.ToString())));
        });
        return null;
    }

    static bool Takes(OfficeHome home, Edition edition) => Rounds.Find(home, edition) is { } round && RoundStates.TakesDeliveries(round.State);

    static DateTimeOffset? ClosedAt(OfficeHome home, Edition edition) =>
        home.Database.ReadOne<string>("SELECT closed FROM round_closings WHERE edition = @edition", new { edition = edition.ToString() }) is { } closed ? OfficeHome.Time(closed) : null;
}
