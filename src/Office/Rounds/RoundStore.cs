using Dapper;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>The one place where a round's state is changed.</summary>
static class RoundStore
{
    /// <summary>Moves a round from one state to the next in the step's own transaction; the table of states must allow it, and nobody else may have moved it.</summary>
    public static void Move(Transaction t, Edition edition, RoundState from, RoundState to, string? also = null, object? arguments = null)
    {
        if (!RoundStates.Allows(from, to)) throw new InvalidOperationException($"A round cannot go from {from.Code()} to {to.Code()}.");
        var all = new DynamicParameters(arguments);
        all.Add("edition", edition.ToString());
        all.Add("fromState", from.Code());
        all.Add("toState", to.Code());
        var moved = t.Execute($"UPDATE rounds SET state = @toState{(also is null ? "" : ", " + also)} WHERE edition = @edition AND state = @fromState", all);
        if (moved != 1) throw new InvalidOperationException($"The round of {edition} is not {from.Code()} any more.");
    }
}
