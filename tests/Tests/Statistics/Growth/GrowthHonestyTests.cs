using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Growth;

/// <summary>The bench's trial in a small form: ten invented cohorts of 500 schools whose truth is known.</summary>
public sealed class GrowthHonestyTests
{
    [Fact]
    public void Intervals_of_schools_hold_the_truth_as_often_as_they_say_also_for_the_smallest_and_the_largest()
    {
        var schools = Enumerable.Range(0, 10).SelectMany(seed => GrowthTrial.Run(seed, 500)).OrderBy(s => s.Pupils).ToArray();
        Assert.InRange(schools.Average(s => s.Covered ? 1.0 : 0), 0.935, 0.965); // 5,000 schools: 95 % ± 0.6 by chance, and variances are estimates
        foreach (var fifth in schools.Chunk(1000).Where(c => c.Length == 1000)) Assert.InRange(fifth.Average(s => s.Covered ? 1.0 : 0), 0.92, 0.98);
        Assert.InRange(schools.Average(s => s.Believed.Deviation), 0.05, 0.149); // the data say something: narrower than what schools differ
    }

    [Fact]
    public void Where_nothing_is_going_on_hardly_a_school_is_called_different()
    {
        var schools = Enumerable.Range(0, 2).SelectMany(seed => GrowthTrial.Run(seed, 500, 0, 0)).ToArray();
        Assert.True(schools.Average(s => s.Believed.Low > 0 || s.Believed.High < 0 ? 1.0 : 0) <= 0.05);
        Assert.DoesNotContain(schools, s => s.Believed.Above(0.1) >= 0.975 || s.Believed.Below(-0.1) >= 0.975);
    }

    [Fact]
    public void The_order_of_pupils_changes_no_bit()
    {
        var spans = Enumerable.Range(0, 1200).Select(i => new PupilSpan(i % 3, i % 12, 500 + i * 7919 % 97, i % 31 == 0 ? (i + 1) % 12 : i % 12, 520 + i * 104729 % 89 + i % 12, i % 2)).ToArray();
        var deviations = Enumerable.Range(0, 3).ToDictionary(s => s, _ => 3.0);
        GrowthModel Fit(IEnumerable<PupilSpan> pupils) => GrowthModel.Of(pupils, deviations, [[0], [1]]).Value;
        var (one, other) = (Fit(spans), Fit(spans.Reverse()));
        for (var school = 0; school < 12; school++) Assert.Equal(one.Effect(school, [(0, 0.5), (1, 0.5)]), other.Effect(school, [(0, 0.5), (1, 0.5)]));
        Assert.Equal(one.GrowthOf(1), other.GrowthOf(1));
    }

    [Fact]
    public void Too_few_schools_have_no_model_and_it_says_so() =>
        Assert.Equal(FitRefusalCode.TooFewRows, GrowthModel.Of([new PupilSpan(0, 1, 10, 1, 20, 0)], new Dictionary<int, double> { [0] = 1 }, [[]]).Refusal!.Code);
}
