using Groeilijn.School;

namespace Groeilijn.Tests.School.Tables;

/// <summary>What joins by itself and what a person joins, once.</summary>
public sealed class HandJoinTests
{
    const string Header = "Leerlingnummer;Naam;Geboortedatum;Toetscode;Datum afname;VS\n";

    static ImportFile Results(string rows) => TableSamples.Text("r.csv", Header + rows);

    static TestHome School()
    {
        var school = new TestHome();
        TableSamples.Confirm(school, Results("1;Kind0 Verzonnen0;05-10-2015;RW3-M5;20-01-2025;206,6\n2;Kind1 Verzonnen1;25-10-2015;RW3-M5;21-01-2025;206,6\n"), c => c with { Field = c.Field });
        return school;
    }

    static ImportOutcome Import(TestHome school, string rows)
    {
        var export = Export.Usual();
        export.Results.Clear();
        return TableSamples.Import(school, [.. export.Write(Path.Combine(school.Folder, "in")).Select(ImportFile.OfPath), Results(rows)]);
    }

    static List<StoredResult> Of(TestHome school, string key) => Roster.Load(school.Home).Pupils.Single(p => p.Key == key).Results;

    [Theory]
    [InlineData("L1;Heel Anders;25-10-2015", 0), InlineData("L1;;", 1), InlineData("L1;Kind0 Verzonnen0;25-10-2015", 1), InlineData("L1;Heel Anders;05-10-2015", 1)]
    [InlineData("X7;Kind0 Verzonnen0;05-10-2015", 1), InlineData("X7;Verzonnen0, Kind0;05-10-2015", 1), InlineData("X7;kind0  VERZONNEN0;05-10-2015", 1), InlineData("X7;Kindo Verzonnen0;05-10-2015", 0), InlineData("X7;Kind0 Verzonnen0;06-10-2015", 0)]
    public void A_row_joins_by_key_or_by_name_with_birth_date_and_never_by_likeness(string pupil, int results)
    {
        using var school = School();
        Assert.Equal(results, Import(school, $"{pupil};RW3-M5;20-01-2025;206,6\n").Results);
        Assert.Equal(1 - results, HandJoins.Waiting(school.Home).Count);
    }

    [Fact]
    public void A_key_of_another_child_is_told()
    {
        using var school = School();
        Assert.Contains(Import(school, "L1;Heel Anders;25-10-2015;RW3-M5;20-01-2025;206,6\n").Findings, f => f.Rule == Rules.KeyOfOther);
    }

    [Fact]
    public void Two_children_of_one_name_and_day_are_joined_to_neither()
    {
        using var school = School();
        var export = Export.Usual();
        export.Results.Clear();
        foreach (var twin in export.Pupils.Take(2)) (twin["roepnaam"], twin["achternaam"], twin["geboortedatum"]) = ("Kind0", "Verzonnen0", "2015-10-05");
        var outcome = TableSamples.Import(school, [.. export.Write(Path.Combine(school.Folder, "in")).Select(ImportFile.OfPath), Results("X7;Kind0 Verzonnen0;05-10-2015;RW3-M5;20-01-2025;206,6\n")]);
        Assert.Equal((true, 0), (outcome.Stored, outcome.Results));
        Assert.Equal(2, HandJoins.Waiting(school.Home).Single().Candidates.Count(c => c.Likeness == 100));
    }

    [Fact]
    public void What_waits_is_joined_once_and_by_itself_ever_after()
    {
        using var school = School();
        const string rows = "X7;Kindo Verzonnen0;05-10-2015;RW3-M5;20-01-2025;206,6\nX7;Kindo Verzonnen0;05-10-2015;BL3-M5;21-01-2025;150\n";
        var before = Import(school, rows);
        Assert.Equal(2, before.Findings.Single(f => f.Rule == Rules.ResultNobody).Count);
        var waiting = HandJoins.Waiting(school.Home).Single();
        Assert.Equal(("Kindo Verzonnen0", "2015-10-05", "X7", 2), (waiting.Name, waiting.Born, waiting.Key, waiting.Results));
        Assert.Equal("Kind0 Verzonnen0", waiting.Candidates[0].Name);

        Assert.True(HandJoins.Join(school.Home, waiting.Id, waiting.Candidates[0].Person).Ok);
        Assert.Equal([1500, 2066], Of(school, "L1").Select(r => r.Score).Order());
        Assert.Empty(HandJoins.Waiting(school.Home));
        Assert.DoesNotContain(Check.Run(school.Home).Findings, f => f.Rule == Rules.ResultNobody);
        Assert.Equal(Refusals.NotWaiting, HandJoins.Join(school.Home, waiting.Id, 1).Refusal);

        var after = Import(school, rows + "X7;Kindo Verzonnen0;05-10-2015;SP3-M5;21-01-2025;290\n");
        Assert.Equal((true, 3), (after.Stored, after.Results));
        Assert.Contains(after.Findings, f => f.Rule == Rules.JoinedByHand);
        Assert.Equal("Kind0 Verzonnen0", HandJoins.Decided(school.Home).Single().PersonName);
    }

    [Fact]
    public void A_join_is_undone_and_its_results_leave()
    {
        using var school = School();
        Import(school, "X7;Kindo Verzonnen0;05-10-2015;RW3-M5;20-01-2025;206,6\nL1;;;BL3-M5;21-01-2025;150\n");
        var before = Of(school, "L1").Select(r => r.Score).ToList();
        var waiting = HandJoins.Waiting(school.Home).Single();
        HandJoins.Join(school.Home, waiting.Id, waiting.Candidates[0].Person);
        Assert.Equal(2, Of(school, "L1").Count);
        Assert.True(HandJoins.Separate(school.Home, waiting.Id).Ok);
        Assert.Equal(before, Of(school, "L1").Select(r => r.Score));
        Assert.Equal(waiting.Id, HandJoins.Waiting(school.Home).Single().Id);
        Assert.Equal(Refusals.NotDecided, HandJoins.Separate(school.Home, waiting.Id).Refusal);
    }

    [Fact]
    public void What_is_left_out_stays_out_and_is_not_told_again()
    {
        using var school = School();
        const string rows = "X7;Kindo Verzonnen0;05-10-2015;RW3-M5;20-01-2025;206,6\n";
        Import(school, rows);
        Assert.True(HandJoins.Ignore(school.Home, HandJoins.Waiting(school.Home).Single().Id).Ok);
        var again = Import(school, rows);
        Assert.Equal(0, again.Results);
        Assert.DoesNotContain(again.Findings, f => f.Rule == Rules.ResultNobody);
        Assert.Empty(HandJoins.Waiting(school.Home));
    }

    [Fact]
    public void A_pupil_with_another_score_for_the_same_test_is_not_the_one()
    {
        using var school = School();
        Import(school, "X7;Kindo Verzonnen0;05-10-2015;RW3-M5;20-01-2025;206,6\nL1;;;RW3-M5;20-01-2025;199\n");
        var waiting = HandJoins.Waiting(school.Home).Single();
        var before = school.Dump();
        Assert.Equal(Refusals.ResultsDiffer, HandJoins.Join(school.Home, waiting.Id, waiting.Candidates[0].Person).Refusal);
        Assert.Equal(before, school.Dump());
    }

    [Fact]
    public void What_the_next_import_does_not_have_is_dropped()
    {
        using var school = School();
        Import(school, "X7;Kindo Verzonnen0;05-10-2015;RW3-M5;20-01-2025;206,6\n");
        Import(school, "L1;;;RW3-M5;20-01-2025;206,6\n");
        Assert.Empty(HandJoins.Waiting(school.Home));
    }

    [Fact]
    public void Waiting_data_lie_sealed()
    {
        using var school = School();
        Import(school, "X7;Opvallend Kenmerk;25-10-2015;RW3-M5;20-01-2025;206,6\n");
        Assert.DoesNotContain("Opvallend", school.Dump());
        Assert.Equal("Opvallend Kenmerk", HandJoins.Waiting(school.Home).Single().Name);
    }

    [Fact]
    public void Results_of_a_message_that_names_only_keys_can_be_joined_too()
    {
        using var school = new TestHome();
        var export = Export.Usual();
        export.FirstResult.Pupil = "elders-1";
        school.Import(export);
        var waiting = HandJoins.Waiting(school.Home).Single();
        Assert.Equal(("elders-1", 0), (waiting.Key, waiting.Candidates.Count));
        var person = Roster.Load(school.Home).Pupils.Single(p => p.Key == "L1").Person;
        Assert.True(HandJoins.Join(school.Home, waiting.Id, person).Ok);
        Assert.Equal(3, Of(school, "L1").Count);
    }

    [Fact]
    public void A_join_by_hand_forgets_the_preview()
    {
        using var school = School();
        Import(school, "X7;Kindo Verzonnen0;05-10-2015;RW3-M5;20-01-2025;206,6\nL2;;;RW3-M5;20-01-2025;206,6\n");
        school.Inform();
        school.Preview();
        var waiting = HandJoins.Waiting(school.Home).Single();
        HandJoins.Join(school.Home, waiting.Id, waiting.Candidates[0].Person);
        Assert.Contains("== preview\n== ", school.Dump());
    }
}
