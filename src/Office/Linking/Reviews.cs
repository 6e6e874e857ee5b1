using System.Globalization;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>Why a review ended.</summary>
public enum ReviewEnd
{
    /// <summary>Nothing waited.</summary>
    Nothing,
    /// <summary>Two people judged everything.</summary>
    Judged,
    /// <summary>The days were over; what nobody judged stays unlinked.</summary>
    Deadline,
    /// <summary>Two people ended it before that.</summary>
    WithoutReview,
}

/// <summary>How the review of a round stands: numbers, never a pupil.</summary>
/// <param name="Pupils">Pupils who wait, or waited.</param>
/// <param name="Pairs">Pairs to judge for them.</param>
/// <param name="Judged1">Pairs that the first reviewer judged.</param>
/// <param name="Judged2">Pairs that the second judged.</param>
/// <param name="Linked">Pupils linked because both said so.</param>
/// <param name="Until">The last moment; null before linking.</param>
/// <param name="Reviewer1">The first reviewer, once there was one.</param>
/// <param name="Reviewer2">The second.</param>
/// <param name="Ended">Why it ended; null while it did not.</param>
public sealed record ReviewStatus(int Pupils, int Pairs, int Judged1, int Judged2, int Linked, DateTimeOffset? Until, string? Reviewer1, string? Reviewer2, ReviewEnd? Ended);

/// <summary>
/// The review of possible links: it begins with the linking, lasts 28 days at most, and ends before anything is destroyed. What was not judged by
/// then is destroyed unlinked, with the round.
/// </summary>
public static class Reviews
{
    /// <summary>How long possible links may wait.</summary>
    public const int Days = 28;

    /// <summary>How the review of a round stands; null when there is no such round.</summary>
    public static ReviewStatus? Status(OfficeHome home, Edition edition)
    {
        var arguments = new { edition = edition.ToString() };
        var rounds = home.Database.Read<(string? Until, string? End, string? One, string? Two)>("SELECT review_until, review_end, reviewer_1, reviewer_2 FROM rounds WHERE edition = @edition", arguments);
        if (rounds is not [var round]) return null;
        var waits = home.Database.Read<(long Possible, long Refused, long Pairs, long One, long Two, long Linked)>("SELECT possible, refused, pairs, judged_1, judged_2, linked FROM reviews WHERE edition = @edition", arguments);
        return new ReviewStatus((int)waits.Sum(w => w.Possible + w.Refused), (int)waits.Sum(w => w.Pairs), (int)waits.Sum(w => w.One), (int)waits.Sum(w => w.Two), (int)waits.Sum(w => w.Linked), round.Until is null ? null : OfficeHome.Time(round.Until), round.One, round.Two, round.End is null ? null : Read(round.End));
    }

    /// <summary>Ends the review of a linked round. Null when it is ended.</summary>
    /// <param name="home">The office's home.</param>
    /// <param name="edition">The half-year.</param>
    /// <param name="without">Whether it may end though pairs wait and the days are not over; two people decide that.</param>
    public static Refusal? End(OfficeHome home, Edition edition, bool without = false)
    {
        if (CannotEnd(home, edition, without) is { } refusal) return refusal;
        home.Database.Write(t => End(home, t, edition));
        return null;
    }

    /// <summary>The code in the store: <c>without-review</c>.</summary>
    public static string Code(this ReviewEnd end) => end switch
    {
        ReviewEnd.Nothing => "nothing",
        ReviewEnd.Judged => "judged",
        ReviewEnd.Deadline => "deadline",
        ReviewEnd.WithoutReview => "without-review",
        _ => throw new ArgumentOutOfRangeException(nameof(end)),
    };

    /// <summary>Why the review cannot end now; null when it can, or has.</summary>
    internal static Refusal? CannotEnd(OfficeHome home, Edition edition, bool without)
    {
        var (round, status) = (Rounds.Find(home, edition), Status(home, edition));
        if (round is null || status is null) return new Refusal("no-round", $"There is no round for {edition}.", "Look at the edition.");
        if (round.State == RoundState.Open) return new Refusal("round-state", $"The round of {edition} is open.", "Link it first.");
        if (round.State >= RoundState.Reviewed || without || HowItEnds(home, status) is not ReviewEnd.WithoutReview) return null;
        return new Refusal("review", $"{status.Pupils} pupils wait for review until {status.Until!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.", "Review them, wait for that day, or have two people say that they are given up: without review.");
    }

    /// <summary>Ends it in the step's own transaction, where it has not ended.</summary>
    internal static void End(OfficeHome home, Transaction t, Edition edition)
    {
        var state = RoundStates.Read(t.ReadOne<string>("SELECT state FROM rounds WHERE edition = @edition", new { edition = edition.ToString() })!);
        if (state >= RoundState.Reviewed) return;
        var status = Status(home, edition)!;
        var how = HowItEnds(home, status);
        RoundStore.Move(t, edition, state, RoundState.Reviewed, "review_end = @how, review_ended = @time", new { how = how.Code(), time = OfficeHome.Text(home.Now) });
        t.Enter(home.Entry("review", "ended", ("edition", edition.ToString()), ("how", how.Code()), ("linked", status.Linked), ("pupils", status.Pupils)));
    }

    static ReviewEnd HowItEnds(OfficeHome home, ReviewStatus status) =>
        status.Pairs == 0 ? ReviewEnd.Nothing : status.Judged1 == status.Pairs && status.Judged2 == status.Pairs ? ReviewEnd.Judged : home.Now >= status.Until ? ReviewEnd.Deadline : ReviewEnd.WithoutReview;

    static ReviewEnd Read(string code) => Enum.GetValues<ReviewEnd>().First(end => end.Code() == code);
}
