namespace Groeilijn.School;

/// <summary>How far a delivery is.</summary>
public enum DeliveryState
{
    /// <summary>Sealed and still at the school, as far as is known.</summary>
    Sealed,
    /// <summary>Sent; no receipt yet.</summary>
    Sent,
    /// <summary>The office confirmed that it has it.</summary>
    Received,
    /// <summary>The office said what it did with it.</summary>
    Answered,
    /// <summary>The office could not take it in.</summary>
    Refused,
    /// <summary>A later delivery took its place.</summary>
    Replaced,
}

/// <summary>The state of a delivery from what was sent, received and answered; and its words.</summary>
public static class DeliveryStates
{
    /// <summary>The state of a delivery.</summary>
    public static DeliveryState StateOf(SchoolHome home, SentDelivery delivery)
    {
        if (Answers.About(home, delivery.Ciphertext) is [.., var last] && last.Outcome != "received")
            return last.Outcome == "replaced" ? DeliveryState.Replaced : last.Outcome.StartsWith("refused-", StringComparison.Ordinal) ? DeliveryState.Refused : DeliveryState.Answered;
        if (delivery.Receipt is not null || Answers.About(home, delivery.Ciphertext).Count > 0) return DeliveryState.Received;
        if (Sent.All(home).Any(other => other.Edition == delivery.Edition && other.Sequence > delivery.Sequence)) return DeliveryState.Replaced;
        return delivery.SentAt is null ? DeliveryState.Sealed : DeliveryState.Sent;
    }

    /// <summary>In a word or two.</summary>
    public static string Words(this DeliveryState state, string language) => (state, language) switch
    {
        (DeliveryState.Sealed, "nl") => "verzegeld, nog niet verstuurd",
        (DeliveryState.Sealed, _) => "sealed, not sent yet",
        (DeliveryState.Sent, "nl") => "verstuurd, nog geen ontvangstbewijs",
        (DeliveryState.Sent, _) => "sent, no receipt yet",
        (DeliveryState.Received, "nl") => "ontvangen door het bureau",
        (DeliveryState.Received, _) => "received by the office",
        (DeliveryState.Answered, "nl") => "verwerkt door het bureau",
        (DeliveryState.Answered, _) => "processed by the office",
        (DeliveryState.Refused, "nl") => "niet aangenomen door het bureau",
        (DeliveryState.Refused, _) => "not taken in by the office",
        (_, "nl") => "vervangen door een latere levering",
        _ => "replaced by a later delivery",
    };
}
