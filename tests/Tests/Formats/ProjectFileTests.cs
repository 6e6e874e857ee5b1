using System.Security.Cryptography;
using System.Text;
using Groeilijn.Columns;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Research;
using Groeilijn.Tests.Research;
using Groeilijn.Tests.Storage;

namespace Groeilijn.Tests.Formats;

/// <summary>Format 8, from the office's cohort to the researcher's workspace: what is in the file, and what cannot be found in it.</summary>
public sealed class ProjectFileTests : IDisposable
{
    const int Pupils = 60, Schools = 4;

    static readonly Edition s_edition = Edition.Parse("2023-1").Value;

    // A pupil's score is his number above the least of his subject.
    readonly CohortHome _office = new(from subject in new[] { ("reading", 1000), ("maths", 1500) }
                                      from i in Enumerable.Range(0, Pupils)
                                      select new CohortResult(i, i % Schools, subject.Item2 + i, 4 + i % 2, subject.Item1));

    OfficeHome Home => _office.Home;

    public void Dispose() => _office.Dispose();

    [Fact]
    public void What_the_office_writes_the_workspace_opens_and_the_desk_answers_from()
    {
        var project = Create("reading");
        using var workspace = Workspace.Open(project.File).Value!;
        Assert.Equal(("reading", "2023-1", Pupils, Pupils * 2L), (workspace.Project, workspace.Edition, project.Pupils, project.Rows));
        using var desk = ResearchHome.Open(Path.Combine(_office.Folder, "desk"), CohortHome.Clock, PostgresServer.WhenAsked);
        var output = Outputs.Release(desk, workspace, new(["count", "mean"], ["subject", "scale"]), "means").Value!;
        Assert.Equal("subject,scale,pupils,mean,status,reason\nmaths,lvs-3,60,152.95,published,\nreading,lvs-3,60,102.95,published,\n", File.ReadAllText(output.Csv));
    }

    [Fact]
    public void Pupils_and_schools_of_two_projects_have_nothing_in_common()
    {
        var (a, b) = (Rows(Create("one")), Rows(Create("two")));
        Assert.Equal((Pupils, Schools), (a.Select(r => r.Pupil).Distinct().Count(), a.Select(r => r.School).Distinct().Count()));
        Assert.Empty(Pseudonyms(a).Intersect(Pseudonyms(b)));
        Assert.All(Pseudonyms(a), p => Assert.Matches("^[a-p]{32}$", p));
    }

    [Fact]
    public void The_order_of_rows_is_the_order_of_pseudonyms_and_so_differs_between_projects()
    {
        var (a, b) = (Rows(Create("one")), Rows(Create("two")));
        Assert.Equal(a.Select(r => r.Pupil).Order(StringComparer.Ordinal), a.Select(r => r.Pupil));
        Assert.Equal(b.Select(r => r.Pupil).Order(StringComparer.Ordinal), b.Select(r => r.Pupil));
        // Each pupil's score is his number, so the scores tell in which order the pupils stand: in neither as in the cohort, nor as in the other.
        var (scoresA, scoresB) = (Scores(a), Scores(b));
        Assert.NotEqual(scoresA, scoresB);
        Assert.NotEqual(scoresA.Order(), scoresA);
        Assert.Equal(scoresA.Order(), scoresB.Order());
    }

    [Fact]
    public void No_byte_of_the_file_spells_a_RIN_a_school_or_a_test_date()
    {
        var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(Create("reading").File));
        for (var i = 0; i < Pupils; i++) Assert.DoesNotContain(CohortHome.Rin(i), bytes, StringComparison.Ordinal);
        for (var i = 0; i < Schools; i++) Assert.DoesNotContain(CohortHome.School(i), bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("test_date", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tables_are_those_of_the_format_and_no_other()
    {
        using var data = ColumnDatabase.Open(Create("reading").File, new ColumnOptions { ReadOnly = true });
        Assert.Equal(
            ["project.format VARCHAR", "project.project VARCHAR", "project.edition VARCHAR", "project.created VARCHAR",
                "results.pupil VARCHAR", "results.school VARCHAR", "results.edition VARCHAR", "results.subject VARCHAR", "results.moment VARCHAR",
                "results.pupil_year_group INTEGER", "results.test_year_group INTEGER", "results.scale VARCHAR", "results.score_tenths INTEGER"],
            data.Query("SELECT table_name || '.' || column_name || ' ' || data_type FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index", row => row.GetString(0)));
        Assert.Equal(["groeilijn-project/1 reading 2023-1 2023-03-01T00:00:00Z"], data.Query("SELECT concat_ws(' ', format, project, edition, created) FROM project", row => row.GetString(0)));
    }

    [Fact]
    public void A_project_sees_only_the_subjects_and_year_groups_it_asked_for()
    {
        var project = Projects.Create(Home, "narrow", s_edition, new ProjectFilter { Subjects = [Subject.Reading], YearGroups = [new YearGroup(5)], Editions = [s_edition] }).Value!;
        var rows = Rows(project);
        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.Equal(("reading", 5), (r.Subject, r.Group)));
    }

    [Fact]
    public void A_pseudonym_is_the_HMAC_of_label_and_identity_under_the_projects_key()
    {
        // Computed apart: printf 'groeilijn/pupil/v1abcdefghijklmnop' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
        using var key = ProjectKey.From([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        Assert.Equal("hmpbcpjhmcdgnffcchdcppjllpmeaahe", key.Pupil("abcdefghijklmnop"));
        Assert.Equal("pcdhhhiaigcjdknibmfamkfoghdjnill", key.School("99XX00"));
    }

    [Fact]
    public void A_pupil_and_a_school_of_the_same_bytes_get_different_pseudonyms()
    {
        using var key = ProjectKey.From(new byte[32]);
        Assert.NotEqual(key.Pupil("99XX00"), key.School("99XX00"));
    }

    [Fact]
    public void The_key_stays_with_the_office_and_its_owner_alone_may_read_it()
    {
        Create("reading");
        var key = Home.At("projects", "reading.key");
        Assert.Equal(32, new FileInfo(key).Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
    }

    [Fact]
    public void The_file_on_disk_is_the_one_whose_hash_was_recorded_and_nothing_lies_beside_it()
    {
        var project = Create("reading");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(project.File))), Projects.Find(Home, "reading")!.Sha256);
        Assert.Equal(["reading.duckdb", "reading.key"], Directory.GetFiles(Home.At("projects")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_project_stands_in_the_ledger()
    {
        Create("reading");
        var waiting = Home.Database.Read<byte[]>("SELECT entry FROM ledger_outbox").Select(Encoding.UTF8.GetString).ToList();
        Assert.Single(waiting, e => e.Contains("\"room\":\"projects\",\"step\":\"created\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Reading", "project-name")]
    [InlineData("../x", "project-name")]
    [InlineData("taken", "project-exists")]
    public void A_name_that_is_taken_or_not_plain_is_refused(string name, string code)
    {
        Create("taken");
        Assert.Equal(code, Projects.Create(Home, name, s_edition, new ProjectFilter()).Refusal?.Code);
    }

    [Fact]
    public void A_project_without_a_single_result_is_refused_and_leaves_nothing()
    {
        Assert.Equal("project-empty", Projects.Create(Home, "empty", s_edition, new ProjectFilter { Subjects = [Subject.Spelling] }).Refusal?.Code);
        Assert.Empty(Directory.GetFiles(Home.At("projects")));
    }

    Project Create(string name) => Projects.Create(Home, name, s_edition, new ProjectFilter()).Value!;

    static IEnumerable<string> Pseudonyms(List<Row> rows) => rows.SelectMany(r => (string[])[r.Pupil, r.School]).Distinct();

    static List<int> Scores(List<Row> rows) => [.. rows.Where(r => r.Subject == "maths").Select(r => r.Score)];

    static List<Row> Rows(Project project)
    {
        using var data = ColumnDatabase.Open(project.File, new ColumnOptions { ReadOnly = true });
        return data.Query("SELECT pupil, school, subject, pupil_year_group, score_tenths FROM results", row => new Row(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4)));
    }

    sealed record Row(string Pupil, string School, string Subject, int Group, int Score);
}
