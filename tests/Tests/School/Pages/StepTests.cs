using Groeilijn.Education;
using Groeilijn.School;
using Groeilijn.School.Pages;

namespace Groeilijn.Tests.School.Pages;

/// <summary>The table of the steps, and the words of the pages about rules.</summary>
public class StepTests
{
    [Fact]
    public void No_remedy_on_a_page_names_a_command()
    {
        foreach (var rule in Rules.All)
            foreach (var language in new[] { "nl", "en" })
                Assert.DoesNotMatch(@"--[a-z]|school [a-z]+ [A-Z]{3}|: school ", RuleWords.Remedy(rule, language));
    }

    [Fact]
    public void Every_rule_and_urgency_has_words_for_where_and_how_soon()
    {
        foreach (var where in Enum.GetValues<Where>()) Assert.NotEmpty(RuleWords.Of(where).English);
        foreach (var urgency in Enum.GetValues<Urgency>()) Assert.NotEmpty(RuleWords.Of(urgency).Words.English);
        foreach (var kind in Enum.GetValues<FileKind>()) Assert.NotEmpty(FileKinds.Words(kind).English);
    }

    [Fact]
    public void The_last_day_of_the_middle_of_the_year_is_7_March_and_that_of_the_end_is_the_offices()
    {
        using var school = new TestHome();
        Assert.Equal(new DateOnly(2025, 3, 7), SchoolFacts.Of(school.Home).Deadline);
        school.Clock.Day = new(2025, 6, 2);
        Assert.Null(SchoolFacts.Of(school.Home).Deadline);
        Assert.Equal("2025-2", SchoolFacts.Of(school.Home).Edition.ToString());
    }

    [Fact]
    public void An_export_without_tests_of_this_half_year_is_not_enough()
    {
        using var school = new TestHome();
        school.Import(Export.Usual());
        Assert.Equal(9 / 3, SchoolFacts.Of(school.Home).ResultsOfHalf);
        school.Clock.Day = new(2025, 6, 2);
        Assert.Equal(0, SchoolFacts.Of(school.Home).ResultsOfHalf);
    }

    [Fact]
    public void Who_may_go_along_is_counted_without_who_stays_out_anyway()
    {
        using var school = new TestHome();
        var export = Export.Usual();
        export.Pupils[2]["jaargroep"] = "2";
        school.Import(export);
        Assert.Equal((2, 0), (SchoolFacts.Of(school.Home).NotInformed, SchoolFacts.Of(school.Home).GoAlong));
        school.Inform();
        Assert.Equal((0, 2), (SchoolFacts.Of(school.Home).NotInformed, SchoolFacts.Of(school.Home).GoAlong));
    }
}
