using Groeilijn.Education;

namespace Groeilijn.Tests.Education.Published;

/// <summary>Subjects, scales, ability scores and the catalogue of tests.</summary>
public class ScaleTests
{
    static readonly TestScale s_reading3 = TestScale.Parse(Subject.Reading, "lvs-3").Value;

    [Fact]
    public void There_are_three_subjects_and_each_has_a_code_and_two_names()
    {
        Assert.Equal(["reading", "spelling", "maths"], Subjects.All.Select(s => s.Code()));
        Assert.Equal(["Begrijpend lezen", "Spelling", "Rekenen-wiskunde"], Subjects.All.Select(s => s.Name(dutch: true)));
        Assert.Equal(["Reading comprehension", "Spelling", "Mathematics"], Subjects.All.Select(s => s.Name(dutch: false)));
        Assert.All(Subjects.All, each => Assert.True(Subjects.TryRead(each.Code(), out var read) && read == each));
        Assert.False(Subjects.TryRead("music", out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Subject).Code());
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Subject).Name(dutch: true));
    }

    [Fact]
    public void A_scale_is_one_subject_in_one_series()
    {
        Assert.Equal((Subject.Reading, "lvs-3", "reading/lvs-3"), (s_reading3.Subject, s_reading3.Code, s_reading3.ToString()));
        Assert.Equal(Fault.UnknownCode, TestScale.Parse(Subject.Reading, "lvs-4").Fault);
        Assert.Equal(Fault.UnknownCode, TestScale.Parse(default, "lvs-3").Fault);
        Assert.Equal(Fault.Empty, TestScale.Parse(Subject.Reading, " ").Fault);
        Assert.Equal(6, Subjects.All.SelectMany(s => TestScale.Series.Select(v => TestScale.Parse(s, v).Value)).Distinct().Count());
    }

    [Theory]
    [InlineData("206.6", 2066, Signal.None)]
    [InlineData("206,6", 2066, Signal.None)]
    [InlineData("206", 2060, Signal.None)]
    [InlineData("206,60", 2066, Signal.None)]
    [InlineData("-12,5", -125, Signal.None)]
    [InlineData("206.64", 2066, Signal.Rounded)]
    [InlineData("206.65", 2067, Signal.Rounded)]
    [InlineData("-0.05", -1, Signal.Rounded)]
    [InlineData("0", 0, Signal.None)]
    [InlineData("999.9", 9999, Signal.None)]
    [InlineData("-200", -2000, Signal.None)]
    public void A_score_is_read_into_whole_tenths(string text, int tenths, Signal signal)
    {
        var score = AbilityScore.Parse(s_reading3, text);
        Assert.Equal((tenths, signal), (score.Value.Tenths, score.Signal));
        Assert.Equal(s_reading3, score.Value.Scale);
    }

    [Theory]
    [InlineData("1000", Fault.OutOfRange)]
    [InlineData("999.95", Fault.OutOfRange)]
    [InlineData("-200.1", Fault.OutOfRange)]
    [InlineData("1.206,6", Fault.Characters)]
    [InlineData("1e2", Fault.Characters)]
    [InlineData("III", Fault.Characters)]
    [InlineData("12\0", Fault.Characters)]
    [InlineData("", Fault.Empty)]
    [InlineData(null, Fault.Empty)]
    public void A_text_that_is_no_score_is_refused_with_its_reason(string? text, Fault fault) =>
        Assert.Equal(fault, AbilityScore.Parse(s_reading3, text).Fault);

    [Fact]
    public void A_score_of_zero_is_a_score() => Assert.True(AbilityScore.Parse(s_reading3, "0").Ok);

    [Fact]
    public void A_score_without_a_scale_or_outside_every_scale_is_a_bug_that_does_not_tell_the_score()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AbilityScore(default, 1234));
        Assert.DoesNotContain("77777", Assert.Throws<ArgumentOutOfRangeException>(() => new AbilityScore(s_reading3, 77777)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Growth_is_the_later_score_less_the_earlier()
    {
        var (m5, e5) = (new AbilityScore(s_reading3, 1448), new AbilityScore(s_reading3, 1571));
        Assert.Equal(123, m5.GrowthTo(e5));
        Assert.Equal(-123, e5.GrowthTo(m5));
    }

    [Fact]
    public void A_default_score_has_no_growth_in_either_direction()
    {
        var score = new AbilityScore(s_reading3, 1448);
        Assert.Throws<InvalidOperationException>(() => default(AbilityScore).GrowthTo(score));
        Assert.Throws<InvalidOperationException>(() => score.GrowthTo(default));
    }

    [Fact]
    public void The_catalogue_finds_every_test_under_its_own_code()
    {
        Assert.Equal(2 * (11 + 12 + 12), TestCatalogue.All.Count());
        foreach (var (scale, moment) in TestCatalogue.All)
        {
            Assert.True(TestCatalogue.TryFind(TestCatalogue.Code(scale, moment), out var foundScale, out var foundMoment));
            Assert.Equal((scale, moment), (foundScale, foundMoment));
        }
    }

    [Fact]
    public void The_catalogue_knows_what_a_code_says()
    {
        Assert.True(TestCatalogue.TryFind(" bl3-m5 ", out var scale, out var moment));
        Assert.Equal(("reading/lvs-3", "M5"), (scale.ToString(), moment.ToString()));
    }

    [Theory]
    [InlineData("BL3-M3")] // reading comprehension starts at E3
    [InlineData("BL2-M3")]
    [InlineData("EN3-M5")]
    [InlineData("BL4-M5")]
    [InlineData("")]
    [InlineData(null)]
    public void A_test_that_does_not_exist_is_not_found(string? code)
    {
        Assert.False(TestCatalogue.TryFind(code, out var scale, out _));
        Assert.Throws<InvalidOperationException>(() => scale.Code);
    }
}
