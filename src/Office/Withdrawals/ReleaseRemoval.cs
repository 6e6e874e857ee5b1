using Groeilijn.Gate;

namespace Groeilijn.Office;

/// <summary>
/// Takes pupils out of the Gate's memory of what was released: the row that leads from a person to a handle goes. The sums that stand in the memory keep the handle, so that a later release
/// is still held against them, and nobody can say any more whose it was.
/// </summary>
static class ReleaseRemoval
{
    public const string Place = "releases";

    /// <summary>Cuts the pupils of a run; the place answers in the same step.</summary>
    public static void Remove(OfficeHome home, Gone gone) => home.Database.Write(t =>
    {
        var cut = Outgoing.Forget(t, [.. gone.Rins.Select(rin => rin.Text)]).ToHashSet(StringComparer.Ordinal);
        gone.Removed(home, t, Place, gone.Rins.Where(rin => cut.Contains(rin.Text)));
    });
}
