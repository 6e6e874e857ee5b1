using Groeilijn.Hosts.Machine;
using Groeilijn.Testland;

namespace Groeilijn.Hosts.Commands;

/// <summary>A board does for thirty locations what an administrator does for one: one command a step.</summary>
public sealed class BoardTests : IDisposable
{
    readonly Session _session = new();

    [Fact]
    public void Thirty_locations_are_enrolled_imported_and_informed_by_one_command_each()
    {
        TestlandWriter.Write(new TestlandOptions { Schools = 30, Editions = 1, Seed = 7 }, _session.At("land"));
        var codes = Directory.EnumerateDirectories(_session.At("land", "exports", "2023-1")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();
        var list = _session.Write("scholen.csv", "school;naam\n" + string.Concat(codes.Select(c => $"{c};School {c[..4]}\n")));
        var enrolled = Board("enrol", "--list", list, "--json").Done().Json;
        Assert.Equal(codes, enrolled.GetProperty("enrolled").EnumerateArray().Select(e => e.GetProperty("school").GetString()!));

        var files = new[] { "edexml.xml", "uwlr.xml", "adressen.csv" }.Select(name => _session.At("land", "exports", "2023-1", "{school}", name)).ToArray();
        var imported = Board(["import", .. files, "--json"]).Done().Json;
        Assert.Equal(codes, imported.GetProperty("schools").EnumerateArray().Select(s => s.GetProperty("school").GetString()!));
        Assert.All(imported.GetProperty("schools").EnumerateArray(), s => Assert.True(s.GetProperty("result").GetProperty("pupils").GetInt32() > 0));

        var informed = Board("letter", "--details", Checkout.Sample("brief.json"), "--sent", "2023-03-01", "--until", "2023-03-15");
        informed.Done();
        Assert.All(codes, code => Assert.Contains($"== {code}", informed.Output));
        Assert.Contains($"{codes.Count} vestigingen: {codes.Count} gedaan, 0 niet", informed.Output);
    }

    [Fact]
    public void A_location_that_refuses_does_not_stop_the_others_and_is_named()
    {
        var list = _session.Write("scholen.csv", "99XX00;Een\n99XX01;Twee\n");
        Board("enrol", "--list", list).Done();
        var samples = Checkout.Sample("");
        Directory.CreateDirectory(_session.At("in", "99XX00"));
        foreach (var file in new[] { "edexml.xml", "uwlr.xml", "adressen.csv" }) File.Copy(Path.Combine(samples, file), _session.At("in", "99XX00", file));
        var ran = Board("import", _session.At("in", "{school}", "edexml.xml"), _session.At("in", "{school}", "uwlr.xml"), _session.At("in", "{school}", "adressen.csv"));
        Assert.Equal(1, ran.Exit);
        Assert.Contains("99XX01: error: ", ran.Error);
        Assert.Contains("2 vestigingen: 1 gedaan, 1 niet: 99XX01", ran.Output);
        Assert.Contains("Ingelezen: 12 leerlingen", ran.Output);
    }

    [Fact]
    public void A_folder_without_homes_a_list_that_is_none_and_pages_for_a_board_are_refused()
    {
        Board("check").Refused("geen enkele school");
        Board("enrol", "--list", _session.Write("scholen.csv", "99XX00\n")).Refused("niet te lezen");
        Board("enrol", "--list", _session.Write("scholen.csv", "99XX00;Een\n99XX00;Twee\n")).Refused("niet te lezen");
        Board("enrol").Refused("horen bij elkaar", 2);
        Board("serve").Refused("één school tegelijk", 2);
    }

    Ran Board(params string[] arguments) => Session.Run(Session.GroeilijnSchool, [.. arguments, "--board", _session.At("board")]);

    public void Dispose() => _session.Dispose();
}
