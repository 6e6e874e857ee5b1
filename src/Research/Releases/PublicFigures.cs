using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Research;

/// <summary>
/// What everybody has, as a project sees it: the office puts beside the project's file which of its pupils, and who else, are in each figure of the public tables. A researcher has these figures beside the
/// project's own outputs, so an output is judged beside them.
/// </summary>
static class PublicFigures
{
    /// <summary>Lets the desk's memory know what public tables tell. How many tables there are; none where the office put nothing beside the project's file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged: nothing may leave beside figures that cannot be read.</exception>
    public static int Know(ResearchHome home, Workspace workspace)
    {
        var path = ToldFile.Beside(workspace.File);
        if (!File.Exists(path)) return 0;
        if (!ToldFile.TryRead(File.ReadLines(path), out var told, out var fault)) throw new InvalidDataException($"The list of public figures beside the project's file cannot be read. {fault} Ask the office for it again.");
        var known = home.Gate.Told(Profile.Public, "").Sums.Select(sum => (sum.Release, sum.Cell)).ToHashSet();
        // Who is not in the project's file keeps a name of its own, which no withdrawal cuts: it leads to nobody.
        string[] pupils = [.. told.Pupils.Select(pupil => pupil[0] == '-' ? $"public/{workspace.Project}/{pupil[1..]}" : $"{workspace.Project}/{pupil}")];
        var fresh = told.Figures.Where(figure => !known.Contains((Release(figure), figure.Cell)));
        home.Gate.Know(Profile.Public, "", new(pupils, [.. fresh.Select(figure => new ToldSum(Release(figure), figure.Cell, figure.Shown, new(AggregateMembers.Statistic, [.. figure.Parts.Select(Term)])))]));
        return told.Figures.Select(figure => figure.Release).Distinct().Count();

        string Release(ToldFigure figure) => $"{workspace.Project}/{figure.Release}";
    }

    static SumTerm Term(ToldPart part) => new(AggregateMembers.Slice(part.Edition.ToString(), Education.Subjects.Code(part.Subject), part.Scale), part.Members, part.Less);
}
