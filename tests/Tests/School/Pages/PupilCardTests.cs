using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School.Pages;

/// <summary>What the school's own screen says of one pupil, and of the imports of before.</summary>
public class PupilCardTests
{
    static readonly Edition s_edition = Edition.Parse("2025-1").Value;

    [Fact]
    public void A_pupil_whose_parents_had_their_time_goes_along()
    {
        using var school = new TestHome();
        school.Import(Export.Usual());
        Assert.Equal(Rules.NotInformed, PupilCard.Of(school.Home, 1, s_edition)!.LeftOut);
        school.Inform();
        var card = PupilCard.Of(school.Home, 1, s_edition)!;
        Assert.Null(card.LeftOut);
        Assert.Equal(("L1", "5", 3, new DateOnly(2025, 3, 1)), (card.Key, card.YearGroup, card.Results, card.Letter!.Value.Until));
        Assert.DoesNotContain("Kind", card.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_objection_comes_before_every_other_reason()
    {
        using var school = new TestHome();
        school.Import(Export.Usual());
        Assert.True(Objections.Record(school.Home, "L1").Ok);
        var card = PupilCard.Of(school.Home, 1, s_edition)!;
        Assert.Equal((Rules.Objected, TestHome.Day), (card.LeftOut, card.Objected));
    }

    [Fact]
    public void Who_left_is_shown_without_name()
    {
        using var school = new TestHome();
        school.Import(Export.Usual());
        var smaller = Export.Usual();
        smaller.Pupils.RemoveAt(0);
        smaller.Results.RemoveAll(r => r.Pupil == "L1");
        smaller.Addresses.RemoveAt(0);
        school.Import(smaller);
        var card = PupilCard.Of(school.Home, 1, s_edition)!;
        Assert.True(card.Gone);
        Assert.Equal("L1", card.Called);
    }

    [Fact]
    public void Nobody_has_a_number_that_was_never_given()
    {
        using var school = new TestHome();
        school.Import(Export.Usual());
        Assert.Null(PupilCard.Of(school.Home, 4711, s_edition));
    }

    [Fact]
    public void The_history_has_the_newest_import_first_with_the_kinds_of_its_files()
    {
        using var school = new TestHome();
        Assert.Empty(ImportHistory.Last(school.Home, 5));
        school.Import(Export.Usual());
        var without = Export.Usual();
        without.Addresses.Clear();
        school.Import(without);
        var history = ImportHistory.Last(school.Home, 5);
        Assert.Equal(2, history.Count);
        Assert.Equal([FileKind.Edexml, FileKind.UwlrResults], history[0].Files);
        Assert.Equal((3, 9), (history[1].Pupils, history[1].Results));
        Assert.Single(ImportHistory.Last(school.Home, 1));
    }
}
