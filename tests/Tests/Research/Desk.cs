using System.Globalization;
using System.Security.Cryptography;
using Groeilijn.Columns;
using Groeilijn.Research;
using Groeilijn.Storage;
using Groeilijn.Tests.Storage;

namespace Groeilijn.Tests.Research;

/// <summary>One result in a project file that a test writes by hand.</summary>
sealed record ProjectRow(int Pupil, int School, int Score, int Group = 5, string Subject = "maths", string Scale = "lvs-3", string Moment = "M", string Edition = "2023-1");

/// <summary>A research desk with one project, in a folder of its own.</summary>
sealed class Desk : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2023, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly string _root = Path.Combine(Path.GetTempPath(), "groeilijn-desk-" + RandomNumberGenerator.GetHexString(12, lowercase: true));
    Workspace? _workspace;

    public Desk(params IEnumerable<ProjectRow> rows)
    {
        if (ColumnLibrary.Find() is null) Assert.Skip("DuckDB's library is not here; run setup/duckdb.sh");
        Directory.CreateDirectory(_root);
        ProjectFile = Path.Combine(_root, "reading.duckdb");
        Write(ProjectFile, rows);
        Home = ResearchHome.Open(Path.Combine(_root, "desk"), new Noonday(), PostgresServer.WhenAsked);
    }

    public string ProjectFile { get; }

    public ResearchHome Home { get; }

    public Workspace Workspace => _workspace ??= Workspace.Open(ProjectFile).Value!;

    /// <summary>A group of pupils, numbered from a first one, spread evenly over schools, all with the same score.</summary>
    public static IEnumerable<ProjectRow> Group(int pupils, int schools, int score = 1500, int first = 0, int group = 5, string subject = "maths", string scale = "lvs-3") =>
        Enumerable.Range(first, pupils).Select(i => new ProjectRow(i, i % schools, score, group, subject, scale));

    public Outcome<CheckedOutput> Ask(string name, string measures, string by, string? where = null, bool hide = false) =>
        Outputs.Release(Home, Workspace, new(List(measures), List(by), where), name, hide);

    /// <summary>A pupil goes from the project's file, as after a withdrawal.</summary>
    public void Without(int pupil)
    {
        _workspace?.Dispose();
        _workspace = null;
        using var data = ColumnDatabase.Open(ProjectFile);
        data.Execute($"DELETE FROM results WHERE pupil = '{Letters('p', pupil)}'");
    }

    static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>32 letters, as a pseudonym has.</summary>
    public static string Letters(char mark, int number) => string.Concat(number.ToString("x8", CultureInfo.InvariantCulture).Select(c => (char)('a' + Convert.ToInt32(c.ToString(), 16)))).PadLeft(32, mark);

    static void Write(string path, IEnumerable<ProjectRow> rows)
    {
        using var data = ColumnDatabase.Open(path);
        data.Execute("CREATE TABLE project (format VARCHAR, project VARCHAR, edition VARCHAR, created VARCHAR)");
        data.Execute("INSERT INTO project VALUES ('groeilijn-project/1', 'reading', '2023-1', '2023-03-01T12:00:00Z')");
        data.Execute("CREATE TABLE results (pupil VARCHAR, school VARCHAR, edition VARCHAR, subject VARCHAR, moment VARCHAR, pupil_year_group INTEGER, test_year_group INTEGER, \"scale\" VARCHAR, score_tenths INTEGER)");
        using var table = data.Append("results");
        foreach (var row in rows)
        {
            foreach (var text in (string[])[Letters('p', row.Pupil), Letters('o', row.School), row.Edition, row.Subject, row.Moment]) table.Append(text);
            table.Append(row.Group);
            table.Append(row.Group);
            table.Append(row.Scale);
            table.Append(row.Score);
            table.EndRow();
        }
        table.Complete();
    }

    public void Dispose()
    {
        _workspace?.Dispose();
        Home.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    sealed class Noonday : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Noon;
    }
}
