using System.Security.Cryptography;
using System.Text.Json;
using Groeilijn.Research;

namespace Groeilijn.Tests.Research;

/// <summary>What leaves, what does not, and what is written down about it.</summary>
public sealed class OutputTests
{
    [Fact]
    public void Twelve_pupils_of_three_schools_are_enough()
    {
        using var desk = new Desk(Desk.Group(12, 3));
        Assert.Null(desk.Ask("a", "count", "scale").Refusal);
    }

    [Theory]
    [InlineData(11, 3, "fewer-than-12-pupils")]
    [InlineData(12, 2, "fewer-than-3-schools")]
    public void One_less_of_either_is_refused_with_the_cell_and_the_reason(int pupils, int schools, string reason)
    {
        using var desk = new Desk([.. Desk.Group(30, 3, group: 4), .. Desk.Group(pupils, schools, first: 30, group: 5)]);
        var refusal = desk.Ask("a", "count", "pupil_year_group").Refusal!;
        Assert.Equal("cells-too-small", refusal.Code);
        Assert.Contains($"pupil_year_group 5 ({reason})", refusal.What, StringComparison.Ordinal);
        Assert.DoesNotContain("pupil_year_group 4", refusal.What, StringComparison.Ordinal);
        Assert.Contains("--hide", refusal.Remedy, StringComparison.Ordinal);
        Assert.Empty(desk.Home.Gate.Releases);
    }

    [Fact]
    public void A_pupil_with_many_results_counts_once()
    {
        using var desk = new Desk(Enumerable.Range(0, 9).SelectMany(i => Enumerable.Range(0, 4).Select(k => new ProjectRow(i, i % 3, 1500 + k))));
        Assert.Equal("cells-too-small", desk.Ask("a", "count", "scale").Refusal?.Code);
    }

    [Fact]
    public void With_hide_the_small_cell_leaves_without_its_numbers()
    {
        using var desk = new Desk([.. Desk.Group(30, 3, 1500, group: 4), .. Desk.Group(9, 3, 1600, first: 30, group: 5)]);
        var output = desk.Ask("a", "count,mean", "subject,scale,pupil_year_group", hide: true).Value!;
        Assert.Equal(
            "subject,scale,pupil_year_group,pupils,mean,status,reason\nmaths,lvs-3,4,30,150.00,published,\nmaths,lvs-3,5,,,hidden,fewer-than-12-pupils\n",
            File.ReadAllText(output.Csv));
        Assert.Equal((1, 1), (output.Record.Published, output.Record.Hidden));
    }

    [Fact]
    public void With_hide_an_output_of_which_nothing_is_left_is_refused()
    {
        using var desk = new Desk(Desk.Group(9, 3));
        Assert.Equal("nothing-left", desk.Ask("a", "count", "scale", hide: true).Refusal?.Code);
    }

    [Fact]
    public void Mean_and_deviation_are_those_of_the_scores_in_points()
    {
        // 100.0 and 102.0, half each: mean 101, variance 10·1/9·… = n/(n−1) with n = 12.
        using var desk = new Desk(Enumerable.Range(0, 12).Select(i => new ProjectRow(i, i % 3, i % 2 == 0 ? 1000 : 1020)));
        var output = desk.Ask("a", "mean,sd", "subject,scale").Value!;
        Assert.Equal("subject,scale,mean,sd,status,reason\nmaths,lvs-3,101.00,1.04,published,\n", File.ReadAllText(output.Csv));
    }

    [Fact]
    public void The_check_record_names_the_rules_and_the_hash_of_the_output()
    {
        using var desk = new Desk([.. Desk.Group(30, 3), .. Desk.Group(25, 5, first: 30, group: 6)]);
        var output = desk.Ask("by-year", "count", "pupil_year_group", "scale = 'lvs-3'").Value!;
        using var check = JsonDocument.Parse(File.ReadAllBytes(output.Check));
        var json = check.RootElement;
        Assert.Equal(("groeilijn-check/1", "reading", "researcher/2", "passed"), (json.GetProperty("format").GetString(), json.GetProperty("project").GetString(), json.GetProperty("profile").GetString(), json.GetProperty("verdict").GetString()));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(output.Csv))), json.GetProperty("artefact").GetString());
        Assert.Equal(["pupils-per-cell 12 25", "schools-per-cell 3 3"], json.GetProperty("criteria").EnumerateArray().Take(2).Select(c => $"{c.GetProperty("criterion").GetString()} {c.GetProperty("threshold")} {c.GetProperty("found")}"));
        Assert.Equal("scale = 'lvs-3'", json.GetProperty("request").GetProperty("where").GetString());
    }

    [Fact]
    public void A_release_stands_in_the_desks_own_ledger()
    {
        using var desk = new Desk(Desk.Group(30, 3));
        desk.Ask("a", "count", "scale");
        Assert.Equal(2, desk.Home.Sequence().Size);
        var steps = desk.Home.Ledger.Entries().Select(e => Groeilijn.Delivery.LedgerEntry.TryRead(e, out var entry, out _) ? $"{entry.Room} {entry.Step}" : "");
        Assert.Equal(["research remembered", "gate released"], steps);
    }

    [Fact]
    public void The_same_request_again_is_the_same_release()
    {
        using var desk = new Desk(Desk.Group(30, 3));
        var first = desk.Ask("a", "count", "scale").Value!;
        desk.Ask("b", "count", "subject");
        var again = desk.Ask("a", "count", "scale").Value!;
        Assert.True(again.Again);
        Assert.Equal(first.Record.Artefact, again.Record.Artefact);
        Assert.Equal(2, desk.Home.Gate.Releases.Count);
    }

    [Fact]
    public void Another_request_under_a_name_that_left_is_refused()
    {
        using var desk = new Desk(Desk.Group(30, 3));
        desk.Ask("a", "count", "scale");
        Assert.Equal("output-exists", desk.Ask("a", "count", "subject").Refusal?.Code);
    }

    [Fact]
    public void Nothing_that_leaves_holds_a_pseudonym()
    {
        using var desk = new Desk(Desk.Group(30, 3));
        var output = desk.Ask("a", "count,mean,sd", "edition,subject,moment,pupil_year_group,test_year_group,scale").Value!;
        foreach (var file in (string[])[output.Csv, output.Check])
            Assert.DoesNotMatch("[a-p]{32}", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("A")]
    [InlineData("")]
    public void An_output_name_that_is_no_plain_name_is_refused(string name)
    {
        using var desk = new Desk(Desk.Group(30, 3));
        Assert.Equal("output-name", desk.Ask(name, "count", "scale").Refusal?.Code);
    }
}
