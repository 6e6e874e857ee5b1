using System.Globalization;
using System.Security.Cryptography;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>What the office took from a research desk's list.</summary>
/// <param name="Project">The project.</param>
/// <param name="Figures">How many figures of its outputs the office knows now; one that left twice counts once.</param>
/// <param name="New">How many of them it did not know before.</param>
public sealed record TakenOutputs(string Project, int Figures, int New);

/// <summary>
/// What left projects, as the research desk tells it: a public table that is made later is judged beside it, as it is beside reports. The office holds each project's key, so it knows whose pseudonyms these are; it learns who
/// was in a figure, and no value.
/// </summary>
public static class ProjectOutputs
{
    /// <summary>Takes a list in. An output that is known already is not taken twice: what left is never replaced.</summary>
    public static Outcome<TakenOutputs> Take(OfficeHome home, string file)
    {
        ArgumentNullException.ThrowIfNull(home);
        if (!ToldFile.TryRead(File.ReadLines(file), out var told, out var fault)) return new Refusal("not-a-list", $"This is no list of a project's outputs. {fault}", "Let the research desk make it: groeilijn research told.");
        if (Projects.Find(home, told.Project) is not { } project) return new Refusal("unknown-project", "The list is of a project that this office did not make.", "Look for the office that made it.");
        var known = home.Gate.Told(Profile.Researcher, project.Name).Sums.Select(sum => (sum.Release, sum.Cell)).ToHashSet();
        var fresh = told.Figures.Where(figure => !known.Contains((figure.Release, figure.Cell))).ToList();
        home.Gate.Know(Profile.Researcher, project.Name, new Reading(home, project, told).Of(fresh));
        var figures = known.Count + fresh.Count;
        var sha256 = FileDigest.OfFile(file).Sha256;
        home.Database.Write(t =>
        {
            t.Execute("INSERT INTO told_outputs (project, sha256, figures, taken) VALUES (@Name, @sha256, @figures, @taken)", new { project.Name, sha256, figures, taken = OfficeHome.Text(home.Now) });
            t.Enter(home.Entry("projects", "outputs-taken", ("figures", figures), ("file", sha256), ("project", project.Name)));
        });
        return new TakenOutputs(project.Name, figures, fresh.Count);
    }

    /// <summary>Each project with how many figures of its outputs the office knows, and the day of the last list; null where there never was one.</summary>
    public static IReadOnlyList<(string Project, int Figures, DateOnly? Taken)> All(OfficeHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        var last = home.Database.Read<(string Project, long Figures, string Taken)>("SELECT project, figures, taken FROM told_outputs ORDER BY number").ToLookup(row => row.Project, StringComparer.Ordinal);
        return [.. Projects.All(home).Select(project => last[project.Name].Any() ? (project.Name, (int)last[project.Name].Last().Figures, DateOnly.ParseExact(last[project.Name].Last().Taken[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture)) : (project.Name, 0, (DateOnly?)null))];
    }

    /// <summary>The figures of a list as the office's own sums: over RINs, each score as often corrected as when the project's file was made.</summary>
    sealed class Reading
    {
        readonly List<string> _pupils = [];
        readonly int[] _numbers;
        readonly ProjectScores _scores;

        public Reading(OfficeHome home, Project project, ToldFile told)
        {
            _scores = new(home, project);
            using var key = Projects.Key(home, project.Name);
            var rins = Cohort.Rins(home).ToDictionary(key.Pupil, rin => rin, StringComparer.Ordinal);
            foreach (var (_, before, after) in CohortCorrections.All(home)) rins.TryAdd(key.Pupil(before.Text), after.Text);
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            _numbers = [.. told.Pupils.Select(pseudonym =>
            {
                // Who is not there any more was withdrawn: the sums keep somebody, and nobody can say who.
                var who = rins.TryGetValue(pseudonym, out var rin) ? rin : $"{project.Name}/{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
                if (places.TryAdd(who, _pupils.Count)) _pupils.Add(who);
                return places[who];
            })];
        }

        public Told Of(IReadOnlyList<ToldFigure> figures)
        {
            List<ToldSum> sums = [.. figures.SelectMany(Sums)];
            return new(_pupils, sums);
        }

        /// <summary>
        /// A sum for each subject and scale: a mean is of one. Of a count of several their parts are taken as known, which is more than is told. Where growth is a sum, each second half-year counts negatively.
        /// </summary>
        IEnumerable<ToldSum> Sums(ToldFigure figure) => figure.Parts.GroupBy(part => (part.Subject, part.Scale)).Select(parts => new ToldSum(figure.Release, figure.Cell, figure.Shown,
            new(ReportMembers.Statistic((int)parts.Key.Subject, CohortGrowth.ScaleOf(parts.Key.Scale)), [.. parts.Select(part => new SumTerm(CohortGrowth.HalfYearOf(part.Edition), Members(part), part.Less != (part.Edition.Half == HalfYear.E)))])));

        /// <summary>Another choice of several results is another unknown, counted from the end, where corrections hardly come.</summary>
        MemberSet Members(ToldPart part)
        {
            var who = part.Members.Pupils.Select((pupil, i) => (Pupil: _numbers[pupil], Choice: part.Members.CorrectionsOf(i))).DistinctBy(one => one.Pupil).ToList();
            return new([.. who.Select(one => one.Pupil)], [.. who.Select(one => one.Choice > 0 ? (byte)(8 - one.Choice) : _scores.Corrections(_pupils[one.Pupil], part.Edition, part.Subject, part.Scale))]);
        }
    }
}
