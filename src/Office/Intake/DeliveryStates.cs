namespace Groeilijn.Office;

/// <summary>The states of one delivery.</summary>
public enum DeliveryState
{
    /// <summary>Kept as ciphertext; the latest of its school in this round.</summary>
    Received = 1,
    /// <summary>A later delivery of the school took its place before linking.</summary>
    Replaced,
    /// <summary>Opened in memory and linked.</summary>
    Linked,
    /// <summary>Could not be opened or read; the school is asked to deliver again in the next round.</summary>
    Unreadable,
}

/// <summary>The one table of a delivery's states. That its ciphertext is gone is a state of its round, since it goes with the others.</summary>
public static class DeliveryStates
{
    /// <summary>Every allowed transition and what happens in it.</summary>
    public static IReadOnlyList<(DeliveryState From, DeliveryState To, string What)> Transitions { get; } =
    [
        (DeliveryState.Received, DeliveryState.Replaced, "the school delivers again, with a higher sequence"),
        (DeliveryState.Received, DeliveryState.Linked, "the round is linked"),
        (DeliveryState.Received, DeliveryState.Unreadable, "the round is linked, and this delivery cannot be opened or read"),
    ];

    /// <summary>The code in the store.</summary>
    public static string Code(this DeliveryState state) => state switch
    {
        DeliveryState.Received => "received",
        DeliveryState.Replaced => "replaced",
        DeliveryState.Linked => "linked",
        DeliveryState.Unreadable => "unreadable",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
