using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>Who was told, when and how; who came later; and what can be undone.</summary>
public sealed class LetterRoundTests : IDisposable
{
    static readonly Edition s_edition = Edition.Parse("2025-1").Value;
    readonly TestHome _school = new();
    readonly Export _export = Export.Usual();

    public LetterRoundTests()
    {
        _export.Pupils[2]["jaargroep"] = "6";
        Assert.True(_school.Import(_export).Stored);
    }

    [Fact]
    public void A_letter_to_one_year_group_informs_that_group_alone()
    {
        Assert.Equal(2, Send(Readers.YearGroups("5")).Value!.Pupils);
        Assert.Equal([InformedState.Informed, InformedState.Informed, InformedState.NotInformed], States());
        Assert.Equal(2, _school.Preview().Pupils);
        Assert.Equal([(Rules.NotInformed, 1)], _school.Preview().LeftOut);
        Assert.Equal("groups 5", Letters.All(_school.Home).Single().Readers);
        Assert.Contains("Nobody was chosen", Send(Readers.YearGroups("8")).Refusal!.English);
    }

    [Fact]
    public void A_letter_records_how_it_went_out_and_about_which_set()
    {
        var sent = Send(Readers.All, LetterWay.Portal).Value!;
        var letter = Letters.Find(_school.Home, sent.Letter)!;
        Assert.Equal((new DateOnly(2025, 2, 11), new DateOnly(2025, 3, 1), LetterWay.Portal, "all", "nco-basis/1", 3), (letter.Sent, letter.Until, letter.Way, letter.Readers, letter.Set, letter.Pupils));
        Assert.Equal("in de app of het portaal voor ouders", letter.Way.Words("nl"));
        Assert.Equal(4, Enum.GetValues<LetterWay>().SelectMany(way => new[] { way.Words("nl") }).Distinct().Count());
    }

    [Fact]
    public void Who_comes_later_is_not_informed_until_a_letter_of_their_own()
    {
        Send(Readers.All);
        var added = new ExportedPupil { Key = "L9" };
        foreach (var (name, value) in _export.First.Elements) added[name] = value;
        (added["bsn"], added["roepnaam"]) = (Export.Numbers[3], "Zus");
        _export.Pupils.Add(added);
        _export.Results.Add(new() { Pupil = "L9" });
        Assert.True(_school.Import(_export).Stored);

        var late = Assert.Single(Informed.StatusOf(_school.Home), s => s.State == InformedState.NotInformed);
        Assert.Equal("Zus Verzonnen0", late.Called);
        Assert.Equal("De ouders hebben nog geen brief gekregen.", late.Words("nl"));
        Assert.True(Inform.Send(_school.Home, new(2025, 3, 20), new(2025, 4, 3), LetterWay.Email, Readers.Pupils(late.Person)).Ok);
        late = Informed.StatusOf(_school.Home).Single(s => s.Person == late.Person);
        Assert.Equal((InformedState.PeriodRuns, new DateOnly(2025, 4, 3)), (late.State, late.Until!.Value));
        Assert.Equal("The parents can object up to and including 3 April 2025.", late.Words("en"));
        Assert.Equal([(Rules.PeriodRuns, 1)], _school.Preview().LeftOut);
        Assert.DoesNotContain("Zus", _school.Dump());

        _school.Clock.Day = new(2025, 4, 4);
        Assert.Equal(4, _school.Preview().Pupils);
        Assert.All(States(), state => Assert.Equal(InformedState.Informed, state));
    }

    [Fact]
    public void The_same_letter_to_the_same_parents_is_one_letter()
    {
        var first = Send(Readers.All).Value!;
        Assert.Equal(first.Letter, Send(Readers.All).Value!.Letter);
        Assert.Equal(first.Files, Send(Readers.All).Value!.Files);
        Assert.Single(Letters.All(_school.Home));
    }

    [Fact]
    public void Two_letters_of_one_day_have_files_of_their_own()
    {
        var (one, two) = (Send(Readers.YearGroups("5")).Value!, Send(Readers.YearGroups("6")).Value!);
        Assert.Equal(["brief-2025-02-11.nl.html", "brief-2025-02-11.en.html"], one.Files.Select(f => Path.GetFileName(f)));
        Assert.Equal(["brief-2025-02-11-2.nl.html", "brief-2025-02-11-2.en.html"], two.Files.Select(f => Path.GetFileName(f)));
        Assert.All(two.Files, file => Assert.True(File.Exists(file)));
    }

    [Fact]
    public void A_letter_recorded_by_mistake_is_undone_and_everybody_is_as_before()
    {
        var before = States();
        var sent = Send(Readers.All).Value!;
        _school.Preview();
        Assert.Equal(3, Inform.Undo(_school.Home, sent.Letter).Value!.Pupils);
        Assert.Equal(before, States());
        Assert.Null(Preview.Of(_school.Home, s_edition));
        Assert.Equal("2025-03-20", Letters.Find(_school.Home, sent.Letter)!.Undone);
        Assert.Contains("\"step\":\"informed-undone\"", _school.Dump());
        Assert.Contains("undone already", Inform.Undo(_school.Home, sent.Letter).Refusal!.English);
        Assert.Contains("not recorded", Inform.Undo(_school.Home, 99).Refusal!.English);
        Assert.NotEqual(sent.Letter, Send(Readers.All).Value!.Letter);
    }

    [Fact]
    public void Once_a_delivery_relied_on_a_letter_it_stays()
    {
        var five = Send(Readers.YearGroups("5")).Value!;
        _school.Preview();
        using var round = IdentityKey.Generate();
        Assert.True(Approving.Deliver(_school.Home, s_edition, round.Recipient).Ok);
        Assert.Contains("relied on", Inform.Undo(_school.Home, five.Letter).Refusal!.English);
        _school.Clock.Day = new(2025, 3, 21);
        var six = Send(Readers.YearGroups("6")).Value!;
        Assert.True(Inform.Undo(_school.Home, six.Letter).Ok);
    }

    [Fact]
    public void While_one_period_runs_nothing_goes_even_after_an_earlier_letter()
    {
        Send(Readers.All);
        Assert.True(Inform.Send(_school.Home, new(2025, 3, 10), new(2025, 3, 24)).Ok);
        Assert.All(States(), state => Assert.Equal(InformedState.PeriodRuns, state));
        Assert.Contains("No pupil can go along", Preview.Make(_school.Home, s_edition, new(2025, 3, 1)).Refusal!.English);
    }

    Outcome<LetterSent> Send(Readers readers, LetterWay way = LetterWay.Paper) => Inform.Send(_school.Home, new(2025, 2, 11), new(2025, 3, 1), way, readers);

    List<InformedState> States() => [.. Informed.StatusOf(_school.Home).OrderBy(s => s.Person).Select(s => s.State)];

    public void Dispose() => _school.Dispose();
}
