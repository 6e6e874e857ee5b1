namespace Groeilijn.Office;

/// <summary>The states of a delivery round, in order.</summary>
public enum RoundState
{
    /// <summary>Schools deliver.</summary>
    Open = 1,
    /// <summary>Deliveries are linked; results are in the cohort, possible links wait.</summary>
    Linked,
    /// <summary>Two people judge the possible links.</summary>
    Reviewing,
    /// <summary>Nothing waits any more: judged, given up, or too late.</summary>
    Reviewed,
    /// <summary>Two people have approved; from here there is no way back.</summary>
    DestructionIntended,
    /// <summary>Both shares of the key are overwritten and removed.</summary>
    KeysDestroyed,
    /// <summary>Every ciphertext is overwritten and removed.</summary>
    CiphertextDestroyed,
    /// <summary>Nothing of either was found any more.</summary>
    Verified,
    /// <summary>The certificate is signed and in the log.</summary>
    Certified,
}

/// <summary>
/// The one table of a round's states and what leads from one to the next. Every way through it passes the end of the review and the search that
/// finds nothing left, so that a certificate cannot be reached past them.
/// </summary>
public static class RoundStates
{
    /// <summary>Every allowed transition and what happens in it.</summary>
    public static IReadOnlyList<(RoundState From, RoundState To, string What)> Transitions { get; } =
    [
        (RoundState.Open, RoundState.Linked, "link every delivery, in memory; possible links wait, sealed"),
        (RoundState.Linked, RoundState.Reviewing, "somebody begins to judge what waits"),
        (RoundState.Linked, RoundState.Reviewed, "nothing waits, 28 days are over, or two people end it without review"),
        (RoundState.Reviewing, RoundState.Reviewed, "two people judged everything, 28 days are over, or two people end it"),
        (RoundState.Reviewed, RoundState.DestructionIntended, "two people approve; the intent is recorded"),
        (RoundState.DestructionIntended, RoundState.KeysDestroyed, "overwrite, sync, read back and remove both key shares"),
        (RoundState.KeysDestroyed, RoundState.CiphertextDestroyed, "overwrite, sync, read back and remove every ciphertext"),
        (RoundState.CiphertextDestroyed, RoundState.Verified, "look for shares and ciphertexts: none is left"),
        (RoundState.Verified, RoundState.Certified, "sign the certificate and enter it in the ledger"),
    ];

    /// <summary>Whether one state may follow another.</summary>
    public static bool Allows(RoundState from, RoundState to) => Transitions.Any(t => t.From == from && t.To == to);

    /// <summary>Whether deliveries may still come and be linked: while the round is open, and for schools that are late until the review ends.</summary>
    public static bool TakesDeliveries(RoundState state) => state < RoundState.Reviewed;

    /// <summary>Whether shares or ciphertexts may still lie in the home in this state.</summary>
    public static bool MayHoldIdentities(RoundState state) => state < RoundState.Verified;

    /// <summary>The code in the store: <c>keys-destroyed</c>.</summary>
    public static string Code(this RoundState state) => state switch
    {
        RoundState.Open => "open",
        RoundState.Linked => "linked",
        RoundState.Reviewing => "reviewing",
        RoundState.Reviewed => "reviewed",
        RoundState.DestructionIntended => "destruction-intended",
        RoundState.KeysDestroyed => "keys-destroyed",
        RoundState.CiphertextDestroyed => "ciphertext-destroyed",
        RoundState.Verified => "verified",
        RoundState.Certified => "certified",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Reads a code of the store.</summary>
    public static RoundState Read(string code) => Enum.GetValues<RoundState>().First(state => state.Code() == code);

    /// <summary>The table as a Mermaid state diagram, for the documentation.</summary>
    public static string Diagram() => StateDiagram.Of(Transitions);
}
