using System.Globalization;
using Groeilijn.Columns;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Office;

/// <summary>
/// What the public tables tell of a project's pupils, in a list beside its file (<c>projects/&lt;name&gt;.public</c>): the researcher has these tables too, so the desk judges outputs beside them. Pupils
/// of the project are its pseudonyms; anybody else, also who was withdrawn, has a name that leads to nobody and stays the same in this project.
/// </summary>
static class ProjectFigures
{
    const int AnotherValue = 7;

    /// <summary>Writes the list of every project anew.</summary>
    public static void WriteAll(OfficeHome home)
    {
        var told = home.Gate.Told(Profile.Public, "");
        foreach (var project in Projects.All(home)) if (File.Exists(project.File)) Write(home, project, told, null);
    }

    /// <summary>Writes a project's list.</summary>
    /// <param name="home">The office.</param>
    /// <param name="project">The project.</param>
    /// <param name="gone">Who is withdrawn while it is written.</param>
    public static void Write(OfficeHome home, Project project, HashSet<string>? gone = null) => Write(home, project, home.Gate.Told(Profile.Public, ""), gone);

    static void Write(OfficeHome home, Project project, Told told, HashSet<string>? gone)
    {
        using var key = Projects.Key(home, project.Name);
        var present = Pseudonyms(project);
        var names = told.Pupils.Select((rin, number) => rin.Length > 0 && gone?.Contains(rin) != true && key.Pupil(rin) is var pseudonym && present.Contains(pseudonym) ? pseudonym
            : "-" + key.Stranger(told.Handles[number].ToString(CultureInfo.InvariantCulture))).ToList();
        // In order of name the numbers tell nothing.
        var place = new int[names.Count];
        foreach (var (number, at) in names.Select((name, number) => (name, number)).OrderBy(one => one.name, StringComparer.Ordinal).Select((one, at) => (one.number, at))) place[number] = at;
        var scores = new ProjectScores(home, project);
        var figures = told.Sums.Where(sum => sum.Shown || IsSmall(sum.Sum)).Select(sum => new ToldFigure(sum.Release, sum.Cell, sum.Shown, [.. sum.Sum.Terms.Select(term => Part(sum.Sum.Statistic, term))])).ToList();
        var path = ToldFile.Beside(project.File);
        Leftovers.Erase(path);
        if (figures.Count > 0) DurableFile.TryWrite(path, new ToldFile(project.Name, [.. names.Order(StringComparer.Ordinal)], figures).WriteTo, secret: true);

        // Where growth is a sum each second half-year counts negatively: here it does not.
        ToldPart Part(string statistic, SumTerm term)
        {
            var (edition, subject, scale) = (CohortGrowth.EditionOf(term.Moment), Of(statistic.Split(' ')[0]), statistic.Split(' ')[1]);
            var members = term.Members.Pupils.Select((pupil, i) => (At: place[pupil], Value: Value(pupil, term.Members.CorrectionsOf(i)))).OrderBy(one => one.At).ToList();
            return new(edition, subject, scale, new([.. members.Select(one => one.At)], [.. members.Select(one => one.Value)]), Less: term.Less != (edition.Half == HalfYear.E));

            byte Value(int pupil, int correction) => names[pupil][0] == '-' ? (byte)correction : scores.Corrections(told.Pupils[pupil], edition, subject, scale) == correction ? (byte)0 : (byte)AnotherValue;
        }
    }

    static bool IsSmall(CellSum sum) => sum.Terms.All(term => term.Members.Pupils.Count < Profile.Public.Rule.Least);

    static HashSet<string> Pseudonyms(Project project)
    {
        using var data = ColumnDatabase.Open(project.File, new ColumnOptions { ReadOnly = true });
        return [.. data.Query("SELECT DISTINCT pupil FROM results", row => row.GetString(0))];
    }

    static Subject Of(string code) => Subjects.TryRead(code, out var subject) ? subject : throw new InvalidDataException("An unknown subject in the release memory.");
}
