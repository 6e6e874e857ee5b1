using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>The states of one withdrawal at the office.</summary>
public enum WithdrawalState
{
    /// <summary>Kept as ciphertext, not opened yet.</summary>
    Received = 1,
    /// <summary>It fits more than one person, or one but not well enough: the steward asks the school by telephone.</summary>
    NeedsReview,
    /// <summary>Could not be opened or read; the school is told, and seals it again.</summary>
    Refused,
    /// <summary>The commitment stands; from here on nothing of the pupil that was sealed before is linked any more.</summary>
    Tombstoned,
    /// <summary>Every place has answered and the school is told.</summary>
    Removed,
    /// <summary>The sealed file is gone too.</summary>
    Destroyed,
}

/// <summary>The one table of a withdrawal's states. Each step can be repeated, so that after a crash the run goes on where it was.</summary>
public static class WithdrawalStates
{
    /// <summary>Every allowed transition and what happens in it.</summary>
    public static IReadOnlyList<(WithdrawalState From, WithdrawalState To, string What)> Transitions { get; } =
    [
        (WithdrawalState.Received, WithdrawalState.Refused, "it cannot be opened or read; the school is told"),
        (WithdrawalState.Received, WithdrawalState.NeedsReview, "it fits no single person well enough"),
        (WithdrawalState.Received, WithdrawalState.Tombstoned, "the pupil is found, or nobody is: commitment and salt"),
        (WithdrawalState.NeedsReview, WithdrawalState.Tombstoned, "the school said by telephone who it is"),
        (WithdrawalState.NeedsReview, WithdrawalState.Refused, "its key is destroyed before anybody answered; the school is told"),
        (WithdrawalState.Tombstoned, WithdrawalState.Removed, "cohort, projects and all other places have answered; the school is told"),
        (WithdrawalState.Removed, WithdrawalState.Tombstoned, "nobody was found then, and a later register knows the pupil"),
        (WithdrawalState.Removed, WithdrawalState.Destroyed, "overwrite, sync, read back and remove the sealed file"),
        (WithdrawalState.Refused, WithdrawalState.Destroyed, "overwrite, sync, read back and remove the sealed file"),
    ];

    /// <summary>Whether one state may follow another.</summary>
    public static bool Allows(WithdrawalState from, WithdrawalState to) => Transitions.Any(t => t.From == from && t.To == to);

    /// <summary>The code in the store: <c>needs-review</c>.</summary>
    public static string Code(this WithdrawalState state) => state switch
    {
        WithdrawalState.Received => "received",
        WithdrawalState.NeedsReview => "needs-review",
        WithdrawalState.Refused => "refused",
        WithdrawalState.Tombstoned => "tombstoned",
        WithdrawalState.Removed => "removed",
        WithdrawalState.Destroyed => "destroyed",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Reads a code of the store.</summary>
    public static WithdrawalState Read(string code) => Enum.GetValues<WithdrawalState>().First(state => state.Code() == code);

    /// <summary>The table as a Mermaid state diagram, for the documentation.</summary>
    public static string Diagram() => StateDiagram.Of(Transitions);

    /// <summary>Moves a withdrawal in the step's own transaction; the table must allow it, and nobody else may have moved it.</summary>
    internal static void Move(Transaction t, string about, WithdrawalState from, WithdrawalState to)
    {
        if (!Allows(from, to)) throw new InvalidOperationException($"A withdrawal cannot go from {from.Code()} to {to.Code()}.");
        if (t.Execute("UPDATE withdrawals SET state = @to WHERE about = @about AND state = @from", new { about, from = from.Code(), to = to.Code() }) != 1)
            throw new InvalidOperationException($"The withdrawal is not {from.Code()} any more.");
    }
}
