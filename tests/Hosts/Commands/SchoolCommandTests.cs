using System.Text.Json.Nodes;
using Groeilijn.Hosts.Machine;

namespace Groeilijn.Hosts.Commands;

/// <summary>What the pages do, a board can type: columns, joins, letters, objections, consent, answers to parents, terms.</summary>
public sealed class SchoolCommandTests : IDisposable
{
    static readonly string s_samples = Path.Combine(Checkout.Root, "samples");
    readonly Session _session = new();

    public SchoolCommandTests() => School("enrol", "--school", "99XX00", "--name", "De Verzonnen Linde").Done();

    [Fact]
    public void A_table_is_proposed_confirmed_once_and_then_imported_by_itself()
    {
        var table = Path.Combine(s_samples, "tables", "systeem-a-leerlingen.csv");
        School("import", table).Refused("nog niet bevestigd");
        var proposed = School("columns", table, "--out", _session.At("kolommen.json"));
        Assert.Contains("Etniciteit", proposed.Done().Output);
        Assert.DoesNotContain("901001375", proposed.Output + File.ReadAllText(_session.At("kolommen.json")));
        School("columns", "--confirm", _session.At("kolommen.json")).Done();
        Assert.Single(School("columns", "--json").Done().Json.GetProperty("mappings").EnumerateArray());
        Assert.True(School("import", table, "--json").Done().Json.GetProperty("pupils").GetInt32() > 1);

        var signature = School("columns", "--json").Json.GetProperty("mappings")[0].GetProperty("signature").GetString()!;
        School("columns", "--forget", signature).Done();
        School("import", table).Refused("nog niet bevestigd");
        School("columns", "--confirm", _session.At("nergens.json")).Refused("geen bestand");
        School("columns", table, "--forget", signature).Refused("één van", 2);
    }

    [Fact]
    public void What_joins_nobody_is_joined_by_hand_and_undone()
    {
        var results = _session.Write("resultaten.csv", "leerling_key;afnamedatum;toetscode;vaardigheidsscore\nANDERS-1;2025-01-20;RW3-M5;206,6\n");
        Import(results);
        var waiting = School("join", "--json").Done().Json.GetProperty("waiting")[0];
        Assert.Equal(1, waiting.GetProperty("results").GetInt32());
        var id = waiting.GetProperty("id").GetString()!;
        School("join", "--id", id, "--pupil", "L9999").Refused("niet bekend");
        School("join", "--id", id, "--pupil", "L1006").Done();
        Assert.Empty(School("join", "--json").Json.GetProperty("waiting").EnumerateArray());
        School("join", "--id", id, "--undo").Done();
        School("join", "--id", id, "--ignore").Done();
        School("join", "--id", id).Refused("één van", 2);
        School("join", "--id", "00", "--ignore").Refused("wachten niet");
    }

    [Fact]
    public void Letters_are_listed_with_who_still_waits_and_a_mistake_is_undone()
    {
        Import();
        School("letter", "--details", Path.Combine(s_samples, "school", "brief.json"), "--sent", "2025-02-10", "--until", "2025-02-28", "--groups", "5").Done();
        var said = School("letters", "--json").Done().Json;
        Assert.Equal(["Informed", "NotInformed"], said.GetProperty("pupils").EnumerateArray().Select(p => p.GetProperty("state").GetString()!).Order(StringComparer.Ordinal));
        Assert.Contains("nog geen brief", School("letters").Done().Output);
        School("letters", "--undo", said.GetProperty("letters")[0].GetProperty("id").ToString()).Done();
        Assert.True(School("letters", "--json").Json.GetProperty("letters")[0].GetProperty("undone").GetBoolean());
        School("letters", "--undo", "99").Refused("niet vastgelegd");
    }

    [Fact]
    public void An_objection_of_one_parent_is_not_taken_back_by_the_other_and_a_slip_is_undone()
    {
        Import();
        var made = School("object", "--pupil", "L1006", "--parent", "parent-1", "--confirmation", _session.At("bevestiging.html"), "--json").Done().Json;
        Assert.Contains("bezwaar", File.ReadAllText(_session.At("bevestiging.html")));
        School("object", "--pupil", "L1006", "--parent", "parent-2", "--withdraw").Refused("andere ouder");
        Assert.True(School("objections", "--json").Done().Json.GetProperty("objections")[0].GetProperty("holds").GetBoolean());
        School("objections", "--undo", made.GetProperty("id").ToString()).Done();
        Assert.Contains("geen bezwaar", School("objections").Done().Output);
    }

    [Fact]
    public void The_set_in_use_needs_no_consent_and_none_can_be_recorded_for_it()
    {
        Import();
        Assert.Contains("geen bijzondere gegevens", School("consent").Done().Output);
        Assert.Empty(School("consent", "--json").Json.GetProperty("categories").EnumerateArray());
        School("consent", "--pupil", "L1006", "--category", "gezondheid").Refused("vraagt niet");
        School("consent", "--pupil", "L1006").Refused("horen bij elkaar", 2);
    }

    [Fact]
    public void A_parent_is_answered_the_processing_is_written_and_the_terms_are_told()
    {
        Import();
        School("access", "--pupil", "L1006", "--out", _session.At("inzage.html")).Done();
        Assert.Contains("niets gestuurd", File.ReadAllText(_session.At("inzage.html")));
        School("access", "--pupil", "L9999", "--out", _session.At("x.html")).Refused("niet bekend");
        Assert.False(File.Exists(_session.At("x.html")));
        School("processing", "--lang", "en", "--out", _session.At("verwerking.html")).Done();
        Assert.Contains("Record of processing", File.ReadAllText(_session.At("verwerking.html")));
        Assert.Equal(0, School("retention", "--run", "--json").Done().Json.GetProperty("due").GetInt32());
    }

    [Fact]
    public void Answers_are_fetched_from_the_folder_that_both_can_reach()
    {
        Import();
        Directory.CreateDirectory(_session.At("aanleveren", "antwoorden"));
        Assert.Equal(0, School("fetch", _session.At("aanleveren"), "--json").Done().Json.GetProperty("receipts").GetInt32());
        School("fetch", _session.Write("vreemd.answer.json", new JsonObject { ["about"] = "x" }.ToJsonString())).Refused("geen antwoord");
    }

    void Import(params string[] more) =>
        School(["import", .. new[] { "edexml.xml", "uwlr.xml", "adressen.csv" }.Select(name => Path.Combine(s_samples, "school", name)), .. more]).Done();

    Ran School(params IReadOnlyList<string> arguments) => Session.Run(Session.GroeilijnSchool, [.. arguments, "--home", _session.At("home")]);

    public void Dispose() => _session.Dispose();
}
