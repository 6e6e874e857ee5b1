using Groeilijn.Office;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Office;

/// <summary>How often the words of a report are false, of gaps between groups and of three years together: the bench's trial in a small form.</summary>
public sealed class FalseWordsTests
{
    [Fact]
    public void Where_no_school_differs_hardly_one_reads_clearly_or_probably()
    {
        foreach (var schools in (TrialDifference[][])[[.. Enumerable.Range(0, 6).SelectMany(seed => DifferenceTrial.Gaps(seed, 400, 0))], [.. Enumerable.Range(0, 6).SelectMany(seed => DifferenceTrial.ThreeYears(seed, 400, 0, 0))]])
        {
            Assert.True(schools.Length > 1500);
            Assert.True(1000 * (FalseWords.Of(Evidence.ClearlyMore, schools).Said + FalseWords.Of(Evidence.ProbablyMore, schools).Said) <= schools.Length);
        }
    }

    [Fact]
    public void Where_schools_differ_words_are_false_no_more_often_than_their_probability_says()
    {
        foreach (var schools in (TrialDifference[][])[[.. Enumerable.Range(0, 6).SelectMany(seed => DifferenceTrial.Gaps(seed, 400, 0.2))], [.. Enumerable.Range(0, 6).SelectMany(seed => DifferenceTrial.ThreeYears(seed, 400, 0.15, 0.08))]])
        {
            var (clearly, probably) = (FalseWords.Of(Evidence.ClearlyMore, schools), FalseWords.Of(Evidence.ProbablyMore, schools));
            Assert.True(clearly.Said >= 5 && probably.Said >= 50, $"{clearly.Said} and {probably.Said} were said");
            Assert.True(clearly.TooSmall <= Math.Max(2, 0.06 * clearly.Said), $"{clearly.TooSmall} of {clearly.Said}");
            Assert.True(probably.TooSmall <= 0.2 * probably.Said, $"{probably.TooSmall} of {probably.Said}");
            Assert.True(probably.Wrong <= 0.05 * probably.Said && clearly.Wrong <= 1);
        }
    }

    [Fact]
    public void What_is_false_is_counted_by_direction()
    {
        var sure = new Posterior(0.5, 0.05);
        Assert.Equal(new FalseWords(4, 3, 2), FalseWords.Of(Evidence.ClearlyMore, [new(0.3, sure), new(0.05, sure), new(-0.2, sure), new(0.3, sure.Times(-1))]));
        Assert.Equal(default, FalseWords.Of(Evidence.ProbablyMore, [new(0.3, sure)]));
    }

    [Fact]
    public void The_same_seed_gives_the_same_schools() => Assert.Equal(DifferenceTrial.Gaps(5, 40, 0.1), DifferenceTrial.Gaps(5, 40, 0.1));
}
