using System.Text.Json;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

public sealed class PublicTablesTests : IDisposable
{
    readonly SmallOffice _office = new();

    /// <summary>Utrecht (PV26) has three schools with 6 pupils each in group 4, Flevoland (PV24) two with 20 each, Limburg (PV31) three with 3 each.</summary>
    public PublicTablesTests()
    {
        _office.Register(Enumerable.Range(1, 100).Select(Child.Of));
        _office.Open();
        var n = 0;
        foreach (var (location, province, pupils) in new[] { ("99AA00", "PV26", 6), ("99BB00", "PV26", 6), ("99CC00", "PV26", 6), ("99DD00", "PV24", 20), ("99EE00", "PV24", 20), ("99FF00", "PV31", 3), ("99GG00", "PV31", 3), ("99HH00", "PV31", 3) })
            _office.Deliver(_office.School(location, province), Enumerable.Range(0, pupils).Select(i => SmallOffice.Grown(Child.Of(++n), 4, 10 * (i % 4))).ToList());
        Assert.True(_office.Link().Ok);
        Assert.True(PublicTables.Make(_office.Home, SmallOffice.E23).Ok);
    }

    public void Dispose() => _office.Dispose();

    string Text(string name) => File.ReadAllText(_office.Home.At("outgoing", "public", "2023-2", name));

    [Fact]
    public void A_cell_needs_ten_pupils_and_three_schools()
    {
        var csv = Text("growth.csv").Split('\n');
        Assert.Contains("maths,lvs-3,M4-E4,LD03,18,1.2,published,", csv);
        Assert.Contains("maths,lvs-3,M4-E4,LD02,,,hidden,fewer-than-3-schools", csv);
        Assert.Contains("maths,lvs-3,M4-E4,LD04,,,hidden,fewer-than-12-pupils", csv);
        Assert.Contains("maths,lvs-3,M4-E4,LD01,,,hidden,fewer-than-12-pupils", csv);
        Assert.Contains("maths,lvs-3,4,LD03,18,151.2,published,", Text("scores.csv").Split('\n'));
    }

    [Fact]
    public void A_total_is_shown_where_it_gives_no_hidden_part_away()
    {
        // 18 of Utrecht are shown; of the total of 67 the other 49 remain, of five schools: no hidden part follows.
        Assert.Contains("maths,lvs-3,M4-E4,NL,67,1.3,published,", Text("growth.csv").Split('\n'));
    }

    [Fact]
    public void No_table_has_a_school()
    {
        foreach (var name in new[] { "growth.csv", "growth.json", "scores.csv", "scores.json" })
        {
            Assert.DoesNotContain("99AA", Text(name), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Metadata_names_every_code_of_the_table()
    {
        using var metadata = JsonDocument.Parse(Text("scores.json"));
        var dimensions = metadata.RootElement.GetProperty("dimensions").EnumerateArray().Select(d => d.GetProperty("codes").EnumerateArray().Select(c => c.GetProperty("code").GetString()).ToHashSet()).ToList();
        foreach (var line in Text("scores.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            Assert.All(line.Split(',').Take(dimensions.Count).Index(), one => Assert.Contains(one.Item, dimensions[one.Index]));
        Assert.Equal("https://creativecommons.org/licenses/by/4.0/", metadata.RootElement.GetProperty("licence").GetString());
    }

    [Fact]
    public void Every_release_is_recorded_with_its_hidden_cells()
    {
        var record = _office.Home.Gate.Releases.Single(r => r.Id == "2023-2/table/growth");
        Assert.Equal((2, 28), (record.Published, record.Hidden));
        Assert.Equal(2, File.ReadAllLines(_office.Home.At("gate", "releases.jsonl")).Length);
    }

    [Fact]
    public void Two_parts_of_which_one_is_too_small_are_shown_together()
    {
        using var office = new SmallOffice();
        office.Register(Enumerable.Range(1, 200).Select(Child.Of));
        office.Open();
        var n = 0;
        // North 9 of three schools and east 30 of three; west and south 24 of three each.
        foreach (var (location, province, pupils) in new[] { ("99AA00", "PV20", 3), ("99BB00", "PV20", 3), ("99CC00", "PV20", 3), ("99DD00", "PV25", 10), ("99EE00", "PV25", 10), ("99FF00", "PV25", 10),
            ("99GG00", "PV26", 8), ("99HH00", "PV26", 8), ("99JJ00", "PV26", 8), ("99KK00", "PV31", 8), ("99LL00", "PV31", 8), ("99MM00", "PV31", 8) })
            office.Deliver(office.School(location, province), Enumerable.Range(0, pupils).Select(i => SmallOffice.Grown(Child.Of(++n), 4, 10 * (i % 4))).ToList());
        Assert.True(office.Link().Ok);
        var released = PublicTables.Make(office.Home, SmallOffice.E23).Value!.Single(r => r.Record.Subject == "growth");
        var csv = File.ReadAllText(office.Home.At("outgoing", "public", "2023-2", "growth.csv")).Split('\n');
        Assert.Contains("maths,lvs-3,M4-E4,LD01,,,hidden,fewer-than-12-pupils", csv);
        Assert.Contains("maths,lvs-3,M4-E4,LD02,,,hidden,shown-with-another", csv);
        Assert.Contains("maths,lvs-3,M4-E4,LD01-02,39,1.2,published,", csv);
        Assert.Contains(csv, line => line.StartsWith("maths,lvs-3,M4-E4,LD03,24,", StringComparison.Ordinal));
        Assert.Contains(csv, line => line.StartsWith("maths,lvs-3,M4-E4,NL,87,", StringComparison.Ordinal));
        Assert.Equal(1, released.Record.Reasons["shown-with-another"]);
        using var metadata = JsonDocument.Parse(File.ReadAllText(office.Home.At("outgoing", "public", "2023-2", "growth.json")));
        Assert.Contains("2 stand only together with another part", metadata.RootElement.GetProperty("description").GetProperty("en").GetString(), StringComparison.Ordinal);
    }
}
