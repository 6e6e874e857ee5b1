using Groeilijn.Delivery;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Research;

/// <summary>What left a project, for the office: it makes public tables, and judges a new one beside what projects have. It cannot see into the desk's memory, so the desk tells it, without a value.</summary>
public static class ToldOutputs
{
    /// <summary>Writes the list. How many figures are in it; one that left twice counts once.</summary>
    public static int Write(ResearchHome home, string project, string path)
    {
        ArgumentNullException.ThrowIfNull(home);
        var told = home.Gate.Told(Profile.Researcher, project);
        // A withdrawn pupil has a number and no name any more.
        var file = new ToldFile(project, [.. told.Pupils.Select(pupil => pupil.Length == 0 ? "-" : pupil[(project.Length + 1)..])], [.. told.Sums.Select(sum => new ToldFigure(sum.Release, sum.Cell, sum.Shown, [.. sum.Sum.Terms.Select(Part)]))]);
        DurableFile.TryWrite(path, file.WriteTo, secret: true);
        home.Database.Write(t => t.Enter(new LedgerEntry { Time = home.Clock.GetUtcNow(), Room = "research", Step = "told", Facts = [("figures", told.Sums.Count), ("file", FileDigest.OfFile(path).Sha256), ("project", project)] }.ToJson()));
        return told.Sums.Count;
    }

    static ToldPart Part(SumTerm term)
    {
        var (edition, subject, scale) = AggregateMembers.OfSlice(term.Moment);
        return new(edition, subject, scale, term.Members, term.Less);
    }
}
