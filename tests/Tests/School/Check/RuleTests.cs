using System.Text;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>Every rule of the table: found where it is broken and not where it just holds, in clear words, and without a word of the file.</summary>
public sealed class RuleTests
{
    const string Mark = "ZZZSENTINEL";
    const int LongestSentence = 20;

    public static TheoryData<string> Codes => [.. Pairs.All.Select(p => p.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_rule_is_found_where_it_is_broken_and_not_where_it_just_holds(string code)
    {
        var pair = Pairs.All.Single(p => p.Code == code);
        using (var school = new TestHome()) Assert.Contains(code, On(school, pair.Breaks).Codes());
        using (var school = new TestHome()) Assert.DoesNotContain(code, On(school, pair.JustNot).Codes());
    }

    [Fact]
    public void Every_rule_of_the_table_has_a_pair_and_every_pair_a_rule()
    {
        Assert.Equal(Rules.All.Select(r => r.Code).Order(StringComparer.Ordinal), Pairs.All.Select(p => p.Code).Order(StringComparer.Ordinal));
        Assert.Equal(Rules.All.Count, Rules.All.DistinctBy(r => r.Code).Count());
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_breaks_a_rule_is_told_without_a_name_or_a_key(string code)
    {
        using var school = new TestHome();
        var (outcome, report, files) = On(school, Pairs.All.Single(p => p.Code == code).Breaks, Mark).Run();
        var said = new StringBuilder(outcome.ToString()).Append(report);
        foreach (var finding in outcome.Findings.Concat(report?.Findings ?? []))
            said.Append(finding).Append(finding.Place.Words("nl")).Append(finding.Rule.Sentence("nl")).Append(finding.Rule.Remedy("en"));
        foreach (var todo in report?.ToDo ?? []) said.Append(todo).AppendJoin(',', todo.Pupils);
        var home = school.Home.Folder;
        school.Home.Dispose();
        Console_.Run(said, ["import", .. files, "--home", home]);
        Console_.Run(said, ["import", .. files, "--home", home, "--json"]);
        Console_.Run(said, ["check", "--home", home, "--json", "--lang", "en"]);
        Console_.Run(said, ["check", "--home", home]);
        Assert.Contains(code, outcome.Findings.Concat(report?.Findings ?? []).Select(f => f.Rule.Code));
        Assert.DoesNotContain(Mark, said.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_sentence_and_remedy_is_there_in_both_languages_and_ends_in_a_full_stop() => Assert.All(Rules.All, rule =>
    {
        Assert.All(new[] { rule.Dutch, rule.English, rule.RemedyDutch, rule.RemedyEnglish }, text => Assert.EndsWith(".", text));
        Assert.NotEqual(rule.Dutch, rule.English);
        Assert.NotEqual(rule.RemedyDutch, rule.RemedyEnglish);
        Assert.NotEqual(rule.Dutch, rule.RemedyDutch);
    });

    [Fact]
    public void No_two_rules_say_the_same() => Assert.Equal(Rules.All.Count, Rules.All.DistinctBy(r => r.Dutch).Count());

    [Fact]
    public void Dutch_is_said_in_short_sentences() => Assert.All(Rules.All, rule => Assert.All(
        Sentences(rule.Dutch).Concat(Sentences(rule.RemedyDutch)), sentence => Assert.True(sentence.Split(' ').Length <= LongestSentence, $"{rule.Code}: {sentence}")));

    [Fact]
    public void A_rule_that_needs_nothing_says_where_nothing() =>
        Assert.All(Rules.All.Where(r => r.RemedyDutch.StartsWith("U hoeft niets", StringComparison.Ordinal)), rule => Assert.Equal(Where.Nothing, rule.Where));

    [Fact]
    public void What_keeps_a_file_out_or_blocks_always_has_a_remedy() =>
        Assert.All(Rules.All.Where(r => r.Severity is Severity.RefusesFile or Severity.BlocksDelivery), rule => Assert.NotEqual(Where.Nothing, rule.Where));

    static Stage On(TestHome school, Action<Stage> change, string? mark = null)
    {
        var stage = new Stage(school, mark);
        change(stage);
        return stage;
    }

    static string[] Sentences(string text) => text.Split([". ", ": ", "! ", "? "], StringSplitOptions.RemoveEmptyEntries);
}
