using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>Data of a special category, invented here: a yes, silence and a yes taken back. Only the first goes along, and only after its own letter.</summary>
public sealed class ConsentTests : IDisposable
{
    static readonly Edition s_edition = Edition.Parse("2025-1").Value;
    readonly TestHome _school = new();
    readonly List<long> _persons;

    public ConsentTests()
    {
        Assert.True(_school.Import(Export.Usual()).Stored);
        _persons = [.. Informed.StatusOf(_school.Home).Select(s => s.Person).Order()];
        InventedSets.Fill(_school.Home, "allergy", "noten");
    }

    [Fact]
    public void The_set_in_use_asks_for_no_consent()
    {
        Assert.Empty(Consent.Categories(_school.Home));
        _school.Inform();
        Assert.Contains("does not ask for such data", Give(_persons[0], new(2025, 3, 2)).Refusal!.English);
        Assert.DoesNotContain("noten", _school.Body());
    }

    [Fact]
    public void Only_a_yes_that_holds_lets_the_value_go_and_only_after_its_own_letter()
    {
        _school.Inform();
        FieldSets.Use(_school.Home, InventedSets.WithAllergy());
        Assert.Equal(["health"], Consent.Categories(_school.Home));
        Assert.Contains("had no letter about these data", Give(_persons[0], new(2025, 3, 2)).Refusal!.English);
        Assert.DoesNotContain("noten", _school.Body());

        Ask();
        Assert.DoesNotContain("noten", _school.Body());
        Assert.True(Give(_persons[0], new(2025, 3, 2)).Ok);
        Assert.True(Give(_persons[2], new(2025, 3, 2)).Ok);
        Assert.Equal(2, Count());
        Assert.True(Consent.Withdraw(_school.Home, _persons[2], "health").Ok);
        Assert.Equal(1, Count());
        Assert.Equal(3, _school.Preview().Pupils);
        var page = Preview.Page(_school.Home, s_edition, "nl")!;
        Assert.Equal(1, page.Split(">noten<").Length - 1 + page.Split(">noten –").Length - 1);
    }

    [Fact]
    public void A_yes_from_before_the_letter_is_no_answer_to_it()
    {
        FieldSets.Use(_school.Home, InventedSets.WithAllergy());
        Ask();
        Assert.Contains("before that day", Give(_persons[0], new(2025, 2, 10)).Refusal!.English);
        Assert.Contains("in the future", Give(_persons[0], TestHome.Day.AddDays(1)).Refusal!.English);
        Assert.True(Give(_persons[0], new(2025, 2, 11)).Ok);
    }

    [Fact]
    public void When_the_letter_is_undone_the_yes_no_longer_counts()
    {
        FieldSets.Use(_school.Home, InventedSets.WithAllergy());
        var asked = Ask();
        Assert.True(Give(_persons[0], new(2025, 3, 2)).Ok);
        Assert.True(Inform.Undo(_school.Home, asked.Letter).Ok);
        FieldSets.Use(_school.Home, "nco-basis/1");
        _school.Inform();
        FieldSets.Use(_school.Home, FieldSets.Of(_school.Home, "nco-basis/2"));
        Assert.Equal(0, Count());
    }

    [Fact]
    public void An_import_and_the_next_letter_leave_a_yes_as_it_is()
    {
        FieldSets.Use(_school.Home, InventedSets.WithAllergy());
        Ask();
        Assert.True(Give(_persons[0], new(2025, 3, 2)).Ok);
        Assert.True(_school.Import(Export.Usual()).Stored);
        Assert.True(Inform.Send(_school.Home, new(2025, 3, 3), new(2025, 3, 18)).Ok);
        Assert.Equal(1, Count());
    }

    [Fact]
    public void The_register_says_when_how_by_which_role_and_on_which_letter()
    {
        FieldSets.Use(_school.Home, InventedSets.WithAllergy());
        var asked = Ask();
        var given = Give(_persons[0], new(2025, 3, 2)).Value!;
        Assert.Equal((asked.Letter, "administratie", "2025-03-02", "health"), (given.Letter, given.Recorder, given.Given, given.Category));
        Assert.Equal(given.Id, Give(_persons[0], new(2025, 3, 3)).Value!.Id);
        Assert.Contains("A role", Consent.Give(_school.Home, _persons[1], "health", new(2025, 3, 2), LetterWay.Paper, "Juf Anna").Refusal!.HintEnglish.Replace("Give a", "A", StringComparison.Ordinal));
        Assert.Contains("not known", Give(999, new(2025, 3, 2)).Refusal!.English);
        Assert.True(Consent.Withdraw(_school.Home, _persons[0], "health").Ok);
        Assert.Contains("No consent is recorded", Consent.Withdraw(_school.Home, _persons[0], "health").Refusal!.English);
        Assert.Equal(["2025-03-20"], Consent.All(_school.Home, _persons[0]).Select(c => c.Withdrawn));
        Assert.True(Give(_persons[0], new(2025, 3, 20)).Ok);
        Assert.Equal(2, Consent.All(_school.Home).Count);
    }

    [Fact]
    public void The_ledger_holds_commitments_only_and_the_store_no_value()
    {
        FieldSets.Use(_school.Home, InventedSets.WithAllergy());
        Ask();
        Assert.True(Give(_persons[0], new(2025, 3, 2)).Ok);
        Assert.True(Consent.Withdraw(_school.Home, _persons[0], "health").Ok);
        _school.Body();
        var dump = _school.Dump();
        Assert.DoesNotContain("noten", dump);
        var outbox = dump.Split("== ledger_outbox\n")[1].Split("\n== ")[0];
        Assert.Matches("\"step\":\"consented\",\"salt\":\"[^\"]+\",\"facts\":{\"commitment\":\"[0-9a-f]{64}\"}", outbox);
        Assert.Matches("\"step\":\"consent-withdrawn\",\"salt\":\"[^\"]+\",\"facts\":{\"commitment\":\"[0-9a-f]{64}\"}", outbox);
        Assert.DoesNotContain("health", outbox);
    }

    [Fact]
    public void Who_leaves_takes_the_value_along()
    {
        var export = Export.Usual();
        export.Pupils.RemoveAt(0);
        Assert.True(_school.Import(export).Stored);
        Assert.Equal(_persons[1..], _school.Home.Store.Read<long>("SELECT person FROM extra ORDER BY person"));
    }

    LetterSent Ask() => Inform.Send(_school.Home, new(2025, 2, 11), new(2025, 3, 1)).Value!;

    Outcome<ConsentGiven> Give(long person, DateOnly given) => Consent.Give(_school.Home, person, "health", given, LetterWay.Paper, "administratie");

    int Count() => _school.Body().Split("\"extra\":{\"allergy\":\"noten\"}").Length - 1;

    public void Dispose() => _school.Dispose();
}
