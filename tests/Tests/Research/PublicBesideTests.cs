using Groeilijn.Columns;
using Groeilijn.Research;
using Groeilijn.Storage;

namespace Groeilijn.Tests.Research;

/// <summary>A researcher has the public tables beside what leaves the project: together they tell no small group either.</summary>
public sealed class PublicBesideTests : IDisposable
{
    readonly string _public = Directory.CreateTempSubdirectory("groeilijn-public-").FullName;

    public void Dispose() => Directory.Delete(_public, true);

    void Publish(string edition, string table, params string[] lines)
    {
        Directory.CreateDirectory(Path.Combine(_public, edition));
        File.WriteAllText(Path.Combine(_public, edition, table + ".csv"), $"subject,scale,{(table == "scores" ? "year_group" : "step")},region,pupils,mean,status,reason\n" + string.Concat(lines.Select(line => line + "\n")));
    }

    Refusal? Ask(Desk desk, string name, string where) => Outputs.Release(desk.Home, desk.Workspace, new(["mean"], ["subject", "scale"], where), name, publicTables: _public).Refusal;

    [Fact]
    public void All_but_a_few_of_a_public_figure_do_not_leave()
    {
        using var desk = new Desk([.. Desk.Group(40, 4), .. Desk.Group(6, 3, 1900, first: 40)]);
        Publish("2023-1", "scores", "maths,lvs-3,5,NL,46,155.2,published,");
        Assert.Equal("unsafe-given-history", Ask(desk, "most", "score_tenths < 1900")?.Code);
        Assert.Empty(desk.Home.Gate.Releases);
    }

    [Fact]
    public void Where_the_public_figure_is_hidden_they_do()
    {
        using var desk = new Desk([.. Desk.Group(40, 4), .. Desk.Group(6, 3, 1900, first: 40)]);
        Publish("2023-1", "scores", "maths,lvs-3,5,NL,,,hidden,fewer-than-3-schools");
        Assert.Null(Ask(desk, "most", "score_tenths < 1900"));
    }

    [Fact]
    public void A_public_figure_of_other_pupils_takes_nothing()
    {
        using var desk = new Desk([.. Desk.Group(40, 4), .. Desk.Group(20, 4, 1900, first: 40)]);
        Publish("2023-1", "scores", "maths,lvs-3,5,NL,60,163.3,published,", "maths,lvs-3,6,NL,900,163.3,published,");
        Publish("2022-2", "growth", "maths,lvs-3,M4-E4,NL,60,3.3,published,");
        Assert.Null(Ask(desk, "most", "score_tenths < 1900"));
        Assert.Contains("\"public-tables-compared\"", File.ReadAllText(Directory.EnumerateFiles(desk.Home.Folder, "*most.check.json", SearchOption.AllDirectories).Single()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_the_country_is_known_by_the_region_of_its_schools()
    {
        // 46 in the west, of whom 40 have low scores; 40 in the south.
        using var desk = new Desk([.. Desk.Group(40, 3), .. Desk.Group(6, 3, 1900, first: 42), .. Enumerable.Range(60, 40).Select(i => new ProjectRow(i, 3 + i % 3, 1900))]);
        using (var data = ColumnDatabase.Open(desk.ProjectFile))
            data.Execute("CREATE TABLE regions AS SELECT school, CASE WHEN min(score_tenths) < 1900 THEN 'LD03' ELSE 'LD04' END AS region FROM results GROUP BY school");
        Publish("2023-1", "scores", "maths,lvs-3,5,LD04,40,190.0,published,", "maths,lvs-3,5,NL,86,171.4,published,");
        Assert.Equal("unsafe-given-history", Ask(desk, "low", "score_tenths < 1900")?.Code);
        Publish("2023-1", "scores", "maths,lvs-3,5,NL,86,171.4,published,");
        using var other = new Desk([.. Desk.Group(40, 3), .. Desk.Group(6, 3, 1900, first: 42), .. Enumerable.Range(60, 40).Select(i => new ProjectRow(i, 3 + i % 3, 1900))]);
        Assert.Null(Ask(other, "low", "score_tenths < 1900"));
    }
}
