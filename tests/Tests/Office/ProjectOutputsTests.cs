using Groeilijn.Columns;
using Groeilijn.Gate;
using Groeilijn.Office;
using Groeilijn.Research;

namespace Groeilijn.Tests.Office;

/// <summary>The office and the research desk tell each other what left: a public table is judged beside what projects have, and an output beside public tables.</summary>
public sealed class ProjectOutputsTests : IDisposable
{
    const string Total = "maths,lvs-3,4,NL,59,";

    readonly SmallOffice _office = new();
    readonly string _desk = Directory.CreateTempSubdirectory("groeilijn-told-").FullName;

    /// <summary>59 pupils of eight schools; the 11 who grew most have 153.0.</summary>
    public ProjectOutputsTests()
    {
        if (ColumnLibrary.Find() is null) Assert.Skip("DuckDB's library is not here; run setup/duckdb.sh");
        _office.Register(Enumerable.Range(1, 100).Select(Child.Of));
        _office.Open();
        var n = 0;
        foreach (var (location, province, pupils) in new[] { ("99AA00", "PV26", 6), ("99BB00", "PV26", 6), ("99CC00", "PV26", 6), ("99DD00", "PV24", 16), ("99EE00", "PV24", 16), ("99FF00", "PV31", 3), ("99GG00", "PV31", 3), ("99HH00", "PV31", 3) })
            _office.Deliver(_office.School(location, province), Enumerable.Range(0, pupils).Select(i => SmallOffice.Grown(Child.Of(++n), 4, 10 * (i % 4))).ToList());
        Assert.True(_office.Link().Ok);
        Assert.True(Projects.Create(_office.Home, "maths", SmallOffice.E23, new ProjectFilter()).Ok);
    }

    public void Dispose()
    {
        _office.Dispose();
        Directory.Delete(_desk, true);
    }

    string List => Path.Combine(_desk, "told.txt");

    string Scores => File.ReadAllText(_office.Home.At("outgoing", "public", "2023-2", "scores.csv"));

    string Figures => ToldFile.Beside(Projects.Find(_office.Home, "maths")!.File);

    /// <summary>All but the 11.</summary>
    string? Most()
    {
        using var workspace = Workspace.Open(Projects.Find(_office.Home, "maths")!.File).Value!;
        using var home = ResearchHome.Open(_desk, TimeProvider.System);
        var left = Outputs.Release(home, workspace, new(["mean"], ["subject", "scale"], "edition = '2023-2' AND score_tenths < 1530"), "most");
        ToldOutputs.Write(home, "maths", List);
        return left.Refusal?.Code;
    }

    [Fact]
    public void A_public_table_does_not_show_what_a_project_has_all_but_a_few_of()
    {
        Assert.Null(Most());
        var taken = ProjectOutputs.Take(_office.Home, List).Value!;
        Assert.Equal(("maths", 1, 1), (taken.Project, taken.Figures, taken.New));
        var scores = PublicTables.Make(_office.Home, SmallOffice.E23).Value!.Single(table => table.Record.Id == "2023-2/table/scores");
        Assert.DoesNotContain(Total, Scores, StringComparison.Ordinal);
        Assert.Contains(scores.UnsafeGivenHistory, codes => codes.SequenceEqual(["maths", "lvs-3", "4", "NL"]));
    }

    [Fact]
    public void Of_which_the_office_knows_nothing_the_table_shows_it()
    {
        Assert.Null(Most());
        Assert.True(PublicTables.Make(_office.Home, SmallOffice.E23).Ok);
        Assert.Contains(Total, Scores, StringComparison.Ordinal);
        Assert.Equal([("maths", 0, null)], ProjectOutputs.All(_office.Home));
    }

    [Fact]
    public void A_project_does_not_take_out_all_but_a_few_of_what_a_public_table_shows()
    {
        Assert.True(PublicTables.Make(_office.Home, SmallOffice.E23).Ok);
        Assert.Contains(Total, Scores, StringComparison.Ordinal);
        Assert.Equal("unsafe-given-history", Most());
    }

    [Fact]
    public void A_list_is_taken_once_and_only_of_a_project_of_this_office()
    {
        Assert.Null(Most());
        Assert.Equal(1, ProjectOutputs.Take(_office.Home, List).Value!.New);
        Assert.Equal((1, 0), (ProjectOutputs.Take(_office.Home, List).Value!.Figures, ProjectOutputs.Take(_office.Home, List).Value!.New));
        Assert.Equal(1, ProjectOutputs.All(_office.Home).Single().Figures);
        File.WriteAllText(List, File.ReadAllText(List).Replace("/1 maths ", "/1 other ", StringComparison.Ordinal));
        Assert.Equal("unknown-project", ProjectOutputs.Take(_office.Home, List).Refusal?.Code);
        File.WriteAllText(List, "groeilijn-told/1 maths 1 0\nABC\n");
        Assert.Equal("not-a-list", ProjectOutputs.Take(_office.Home, List).Refusal?.Code);
    }

    [Fact]
    public void Neither_list_holds_a_RIN_or_a_value_and_the_desks_names_each_pupil_once()
    {
        Assert.Null(Most());
        Assert.True(PublicTables.Make(_office.Home, SmallOffice.E23).Ok);
        foreach (var list in (string[])[File.ReadAllText(List), File.ReadAllText(Figures)])
        {
            Assert.All(Cohort.Rins(_office.Home), rin => Assert.DoesNotContain(rin, list, StringComparison.Ordinal));
            Assert.DoesNotContain("1500", list, StringComparison.Ordinal);
            Assert.DoesNotContain("150.0", list, StringComparison.Ordinal);
            Assert.True(ToldFile.TryRead(list.Split('\n', StringSplitOptions.RemoveEmptyEntries), out var told, out _));
            Assert.Equal(told.Pupils.Count, told.Pupils.Distinct().Count());
        }
        Assert.Equal(48, File.ReadLines(List).Count(line => line.Length == 32));
    }

    [Theory]
    [InlineData("groeilijn-told/2 maths 0 0", "Line 1")]
    [InlineData("groeilijn-told/1 maths 1 0", "Line 2")]
    [InlineData("groeilijn-told/1 maths 0 0\n-", "Line 2")]
    [InlineData("groeilijn-told/1 maths 1 1\n-\nout shown 1 cell\n2023-1 maths lvs-3 + 1", "Line 4")]
    [InlineData("groeilijn-told/1 maths 1 1\n-\nout shown 1 cell\n2023-1 maths lvs-3 + 0.8", "Line 4")]
    [InlineData("groeilijn-told/1 maths 1 1\n-\nout shown 1 cell\n2023-1 maths lvs-3 0", "Line 4")]
    [InlineData("groeilijn-told/1 maths 1 1\n-\nout shown 1 cell\n2023-1 maths lvs-3 + 0 0", "Line 4")]
    [InlineData("groeilijn-told/1 maths 1 1\n-\nout seen 1 cell\n2023-1 maths lvs-3 + 0", "Line 3")]
    public void A_damaged_list_is_refused_with_its_line(string text, string line)
    {
        Assert.False(ToldFile.TryRead(text.Split('\n'), out _, out var fault));
        Assert.StartsWith(line, fault, StringComparison.Ordinal);
    }
}
