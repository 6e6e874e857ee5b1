using Groeilijn.Education;

namespace Groeilijn.School;

/// <summary>What is to be done for a delivery, in order.</summary>
public enum DispatchStep
{
    /// <summary>The office's notice of this round must be taken in.</summary>
    Office,
    /// <summary>The board's agreement must be recorded for this school year.</summary>
    Agreement,
    /// <summary>A preview must be made and looked at.</summary>
    Preview,
    /// <summary>The head must approve that preview.</summary>
    Approval,
    /// <summary>It can be sealed and sent.</summary>
    Seal,
    /// <summary>It was sealed and did not leave, or not wholly.</summary>
    Send,
    /// <summary>It was sent; the receipt must come.</summary>
    Receipt,
    /// <summary>Nothing: the office has it.</summary>
    Done,
}

/// <summary>How far the delivery of an edition is: what is there, and the one thing to do next. Read from the store each time, so that it holds after any break.</summary>
public sealed record Dispatch(Edition Edition, AnnouncedRound? Round, ApprovalStatus Approvals, PreviewMade? Preview, SentDelivery? Last, DeliveryState? State, SendTarget? Target, DispatchStep Step)
{
    /// <summary>Whether the round takes deliveries on a day; true when nothing is known of it.</summary>
    public bool IsOpen(DateOnly day) => Round is null || (Round.Opens <= day && day <= Round.Closes);

    /// <summary>The delivery of an edition.</summary>
    public static Dispatch Of(SchoolHome home, Edition edition)
    {
        var (round, approvals, preview) = (Rounds.Of(home, edition), School.Approvals.StatusOf(home, edition), School.Preview.Of(home, edition));
        var last = Sent.All(home).LastOrDefault(delivery => delivery.Edition == edition.ToString());
        DeliveryState? state = last is null ? null : DeliveryStates.StateOf(home, last);
        var step = last is not null && Stands(home, last, state!.Value, preview) ? After(state.Value) : Before(round, approvals, preview, edition);
        return new(edition, round, approvals, preview, last, state, SendTarget.Usual(home, edition).Value, step);
    }

    /// <summary>The edition that a school is at work on: the newest of which there is anything, else that of today.</summary>
    public static Edition Current(SchoolHome home) =>
        home.Store.ReadOne<string>("SELECT max(edition) FROM (SELECT edition FROM preview UNION ALL SELECT edition FROM round UNION ALL SELECT edition FROM delivery)") is { } newest
            ? Edition.Parse(newest).Value : Edition.Of(home.Today);

    /// <summary>Whether the last delivery is the one that counts: not refused, not overtaken by an objection before it left, and nothing newer was made.</summary>
    static bool Stands(SchoolHome home, SentDelivery last, DeliveryState state, PreviewMade? preview) =>
        state != DeliveryState.Refused && !(state == DeliveryState.Sealed && Overtaken(home, last)) && (preview is null || preview.Sha256 == last.Payload);

    static bool Overtaken(SchoolHome home, SentDelivery last) => home.Store.ReadOne<long>("""
        SELECT count(*) FROM delivered d JOIN objection o ON o.person = d.person AND o.withdrawn IS NULL WHERE d.edition = @Edition AND d.sequence = @Sequence
        """, new { last.Edition, last.Sequence }) > 0;

    static DispatchStep After(DeliveryState state) => state switch
    {
        DeliveryState.Sealed => DispatchStep.Send,
        DeliveryState.Sent => DispatchStep.Receipt,
        _ => DispatchStep.Done,
    };

    static DispatchStep Before(AnnouncedRound? round, ApprovalStatus approvals, PreviewMade? preview, Edition edition) =>
        round is null ? DispatchStep.Office
        : approvals.Agreement?.Covers(edition) != true ? DispatchStep.Agreement
        : preview is null ? DispatchStep.Preview
        : approvals.Approval is null ? DispatchStep.Approval : DispatchStep.Seal;
}
