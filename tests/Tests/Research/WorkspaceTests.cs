using Groeilijn.Columns;
using Groeilijn.Delivery;
using Groeilijn.Research;

namespace Groeilijn.Tests.Research;

/// <summary>An opened project file is a room without doors: nothing can be changed in it and nothing else reached from it.</summary>
public sealed class WorkspaceTests
{
    [Theory]
    [InlineData("INSERT INTO results SELECT * FROM results")]
    [InlineData("DELETE FROM results")]
    [InlineData("CREATE TABLE copy AS SELECT * FROM results")]
    [InlineData("SELECT * FROM read_csv('/etc/hostname')")]
    [InlineData("SELECT * FROM read_text('/etc/hostname')")]
    [InlineData("SELECT * FROM '/etc/hostname'")]
    [InlineData("COPY results TO '/tmp/groeilijn-never.csv'")]
    [InlineData("ATTACH '/tmp/groeilijn-never.duckdb' AS other")]
    [InlineData("INSTALL httpfs")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("RESET lock_configuration")]
    public void A_statement_that_changes_or_reaches_out_is_refused(string sql)
    {
        using var desk = new Desk(Desk.Group(12, 3));
        Assert.Throws<ColumnException>(() => desk.Workspace.Data.Execute(sql));
        Assert.False(File.Exists("/tmp/groeilijn-never.csv") || File.Exists("/tmp/groeilijn-never.duckdb"));
    }

    [Fact]
    public void It_tells_which_project_it_is()
    {
        using var desk = new Desk(Desk.Group(12, 3));
        Assert.Equal(("reading", "2023-1"), (desk.Workspace.Project, desk.Workspace.Edition));
    }

    [Fact]
    public void A_file_that_does_not_exist_is_refused() => Assert.Equal("no-project-file", Workspace.Open("/nowhere/project.duckdb").Refusal!.Code);

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        using var desk = new Desk();
        var file = desk.ProjectFile + ".txt";
        DurableFile.Write(file, "pupil;score\nsomebody;12\n");
        Assert.Equal("not-a-project-file", Workspace.Open(file).Refusal!.Code);
    }

    [Fact]
    public void A_project_file_of_another_version_is_refused()
    {
        using var desk = new Desk();
        using (var data = ColumnDatabase.Open(desk.ProjectFile)) data.Execute("UPDATE project SET format = 'groeilijn-project/2'");
        Assert.Equal("not-a-project-file", Workspace.Open(desk.ProjectFile).Refusal!.Code);
    }

    [Fact]
    public void A_project_file_with_a_column_more_is_refused()
    {
        using var desk = new Desk();
        using (var data = ColumnDatabase.Open(desk.ProjectFile)) data.Execute("ALTER TABLE results ADD COLUMN test_date DATE");
        Assert.Equal("not-a-project-file", Workspace.Open(desk.ProjectFile).Refusal!.Code);
    }
}
