using System.Globalization;
using System.Text.RegularExpressions;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>What a project may see; an empty list is everything.</summary>
public sealed record ProjectFilter
{
    /// <summary>Subjects.</summary>
    public IReadOnlyList<Subject> Subjects { get; init; } = [];

    /// <summary>Half-years of the tests.</summary>
    public IReadOnlyList<Edition> Editions { get; init; } = [];

    /// <summary>The pupils' own year groups.</summary>
    public IReadOnlyList<YearGroup> YearGroups { get; init; } = [];

    /// <summary>Variables of background (<see cref="Office.Background.Variables"/>), each named in the approval; none unless they stand here.</summary>
    public IReadOnlyList<string> Background { get; init; } = [];

    /// <summary>The approval that names the variables, where there are any: its number or title, in one line.</summary>
    public string Approval { get; init; } = "";

    internal string Sql => string.Join(" AND ", [
        "true",
        .. Only("subject", Subjects, s => $"'{s.Code()}'"),
        .. Only("edition", Editions, e => $"'{e}'"),
        .. Only("pupil_year_group", YearGroups, y => y.Number.ToString(CultureInfo.InvariantCulture))]);

    static IEnumerable<string> Only<T>(string column, IReadOnlyList<T> values, Func<T, string> text) => values.Count == 0 ? [] : [$"{column} IN ({string.Join(", ", values.Select(text))})"];
}

/// <summary>A research project as the office knows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Edition">The round up to which its file holds results.</param>
/// <param name="File">Its file.</param>
/// <param name="Sha256">The file's hash.</param>
/// <param name="Pupils">How many pupils are in it.</param>
/// <param name="Rows">How many results.</param>
public sealed record Project(string Name, Edition Edition, string File, string Sha256, long Pupils, long Rows);

/// <summary>
/// Research projects: each gets a file of its own with only its rows, under pseudonyms of its own. The researcher's desk gets the
/// file; the key never leaves the office. Made once: a project that needs other data is another project, with other pseudonyms.
/// </summary>
public static partial class Projects
{
    const string Folder = "projects";

    /// <summary>Makes a project's key and file from the cohort as it was after a round.</summary>
    public static Outcome<Project> Create(OfficeHome home, string name, Edition edition, ProjectFilter filter)
    {
        if (!PlainName().IsMatch(name)) return new Refusal("project-name", "A project's name is 2 to 40 small letters, digits and dashes, and starts with a letter.", "Choose such a name.");
        if (Find(home, name) is not null) return new Refusal("project-exists", "There is a project of that name already.", "Choose another name; a project's file is made once.");
        if (filter.Background.Except(Background.Variables).Any()) return new Refusal("project-background", "The project asks for a variable that the office does not have.", $"There are {string.Join(", ", Background.Variables)}.");
        if (filter.Background.Count > 0 && !Rounds.IsName(filter.Approval)) return new Refusal("project-approval", "A project sees background only when its approval names each variable.", "Name the approval.");
        DurableFile.CreateFolder(home.At(Folder));
        using var key = ProjectKey.Create(KeyPath(home, name));
        var path = FilePath(home, name);
        var counts = ProjectFile.Write(path, name, edition, home.Now, Cohort.Scan(home, edition, [.. filter.Editions]), Background.Scan(home, filter.Background), filter, key);
        if (counts.Rows == 0)
        {
            File.Delete(KeyPath(home, name));
            return new Refusal("project-empty", "The cohort holds no result that this project asks for.", "Link the round first, or ask for more subjects, editions or year groups.");
        }
        var project = new Project(name, edition, path, FileDigest.OfFile(path).Sha256, counts.Pupils, counts.Rows);
        Record(home, project, filter);
        ProjectFigures.Write(home, project);
        return project;
    }

    /// <summary>The projects, by name.</summary>
    public static IReadOnlyList<Project> All(OfficeHome home) => [.. home.Database
        .Read<(string Name, string Edition, string Sha256, long Pupils, long Rows)>("SELECT name, edition, sha256, pupils, rows FROM projects ORDER BY name")
        .Select(p => new Project(p.Name, Edition.Parse(p.Edition).Value, FilePath(home, p.Name), p.Sha256, p.Pupils, p.Rows))];

    /// <summary>The project of that name, if there is one.</summary>
    public static Project? Find(OfficeHome home, string name) => All(home).FirstOrDefault(p => p.Name == name);

    /// <summary>From here on the file exists: its row and its ledger entry are one step.</summary>
    static void Record(OfficeHome home, Project project, ProjectFilter filter) => home.Database.Write(t =>
    {
        t.Execute("INSERT INTO projects (name, edition, sha256, pupils, rows, created) VALUES (@Name, @edition, @Sha256, @Pupils, @Rows, @created)",
            new { project.Name, edition = project.Edition.ToString(), project.Sha256, project.Pupils, project.Rows, created = OfficeHome.Text(home.Now) });
        t.Execute("INSERT INTO project_background (project, variable, approval) VALUES (@Name, @variable, @Approval)", filter.Background.Select(variable => new { project.Name, variable, filter.Approval }));
        t.Enter(home.Entry("projects", "created", ("edition", project.Edition.ToString()), ("file", project.Sha256), ("project", project.Name), ("pupils", project.Pupils), ("rows", project.Rows)));
    });

    static string FilePath(OfficeHome home, string name) => home.At(Folder, name + ".duckdb");

    internal static ProjectKey Key(OfficeHome home, string name) => ProjectKey.From(File.ReadAllBytes(KeyPath(home, name)));

    static string KeyPath(OfficeHome home, string name) => home.At(Folder, name + ".key");

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,39}\z")] private static partial Regex PlainName();
}
