using System.Text.Json;
using System.Text.Json.Serialization;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Office;

public sealed class GrowthOfEditionTests : IDisposable
{
    static readonly string[] s_schools = ["99AA00", "99BB00", "99CC00", "99DD00", "99EE00", "99FF00"];
    static readonly JsonSerializerOptions s_json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, Converters = { new EditionText() } };

    /// <summary>An edition knows the next one, and that one the next: as text it has an end.</summary>
    sealed class EditionText : JsonConverter<Edition>
    {
        public override Edition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Edition.Parse(reader.GetString()!).Value;
        public override void Write(Utf8JsonWriter writer, Edition value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    readonly SmallOffice _office = new();

    public void Dispose() => _office.Dispose();

    /// <summary>
    /// Six schools with twelve pupils in group 4 and in group 5, who grow by 5 to 6.6 points; those of the first by 8 more. Of the second school one missed the first test, one the
    /// second, and one took the second at the third school. At the fourth one is in group 8, where nobody takes a second test.
    /// </summary>
    static void Fill(SmallOffice office)
    {
        office.Register(Enumerable.Range(1, 200).Select(Child.Of));
        office.Open();
        var n = 0;
        foreach (var location in s_schools)
        {
            var pupils = Enumerable.Range(0, 24).Select(i => Grown(Child.Of(++n), i < 12 ? 4 : 5, 1500 + 37 * n % 90, 50 + 7 * n % 17 + (location == s_schools[0] ? 80 : 0))).ToList();
            if (location == s_schools[1])
            {
                pupils.Add(Child.Of(190).With(Child.Result("2023-06-06", "E4", 1560)));
                pupils.Add(Child.Of(191).With(Child.Result("2023-01-24", "M4", 1500)));
                pupils.Add(Child.Of(192).With(Child.Result("2023-01-24", "M4", 1500)));
            }
            if (location == s_schools[3]) pupils.Add(Child.Of(193).With(Child.Result("2023-01-24", "M8", 1900)));
            if (location == s_schools[2]) pupils.Add(Child.Of(192).With(Child.Result("2023-06-06", "E4", 1570)));
            Assert.True(office.Deliver(office.School(location), pupils).Ok);
        }
        Assert.True(office.Link().Ok);
    }

    static Groeilijn.Delivery.DeliveredPupil Grown(Child child, int group, int start, int growth) =>
        child.With(Child.Result("2023-01-24", $"M{group}", start), Child.Result("2023-06-06", $"E{group}", start + growth));

    static string Text(EditionGrowth growth) => JsonSerializer.Serialize(new { growth.Series, Schools = growth.Schools.Select(growth.Of) }, s_json);

    [Fact]
    public void Raw_growth_is_that_of_pupils_with_both_tests_here_and_agrees_with_the_tables()
    {
        Fill(_office);
        var growth = EditionGrowth.Of(_office.Home, SmallOffice.E23);
        var tables = CohortGrowth.Of(_office.Home, SmallOffice.E23);
        var series = Assert.Single(growth.Series);
        Assert.Equal((Subject.Maths, "lvs-3"), (series.Subject, series.Scale));
        Assert.Equal(s_schools, growth.Schools);
        foreach (var step in series.Steps) Assert.Equal(tables.OfAll(Subject.Maths, "lvs-3", step.Step), step.Growth);
        foreach (var school in s_schools)
            foreach (var step in growth.Of(school).Series[0].Steps) Assert.Equal(tables.OfSchool(tables.NumberOf(school), Subject.Maths, "lvs-3", step.Step), step.Own);
        Assert.Equal(24, growth.Of(s_schools[1]).Series[0].Pupils);
    }

    [Fact]
    public void Who_does_not_count_is_counted_by_reason()
    {
        Fill(_office);
        var growth = EditionGrowth.Of(_office.Home, SmallOffice.E23);
        Assert.Equal(new GrowthCoverage(27, 27, 24, 1, 1, 0, 1, 0), growth.Of(s_schools[1]).Series[0].Coverage);
        Assert.Equal(new GrowthCoverage(25, 25, 24, 0, 0, 1, 0, 0), growth.Of(s_schools[2]).Series[0].Coverage);
        Assert.Equal(new GrowthCoverage(25, 25, 24, 0, 0, 0, 0, 0), growth.Of(s_schools[3]).Series[0].Coverage); // a step that nobody makes is nobody's missing test
        Assert.Empty(growth.Of("99ZZ00").Series);
    }

    [Fact]
    public void A_school_whose_pupils_grow_more_is_believed_to_and_the_others_are_not()
    {
        Fill(_office);
        var growth = EditionGrowth.Of(_office.Home, SmallOffice.E23);
        Assert.Null(growth.Series[0].NoModel);
        var first = growth.Of(s_schools[0]).Series[0];
        Assert.True(first.Effect!.Value.Above(EditionGrowth.SmallestRelevant) > 0.975);
        Assert.True(first.Effect.Value.Mean < first.Steps.Max(s => s.Standardised)); // shrunken
        Assert.True(first.Sensitivity!.Tipping is null); // nobody is missing
        Assert.True(first.ThreeYears!.Value.Mean > 0 && first.Trend.Single().Pupils == 24);
        foreach (var other in s_schools[1..]) Assert.True(growth.Of(other).Series[0].Effect!.Value.Above(EditionGrowth.SmallestRelevant) < 0.5);
        var second = growth.Of(s_schools[1]).Series[0];
        Assert.True(second.Sensitivity!.IfLess.Mean < second.Effect!.Value.Mean && second.Sensitivity.Tipping > 0);
        Assert.Equal(6, growth.Series[0].Positions.Count);
    }

    [Fact]
    public void The_same_pupils_under_other_rins_give_the_same_bytes()
    {
        Fill(_office);
        using var other = new SmallOffice();
        Fill(other);
        Assert.NotEqual(Cohort.Rows(_office.Home).Select(r => r.Rin.Bits).Order(), Cohort.Rows(other.Home).Select(r => r.Rin.Bits).Order());
        Assert.Equal(Text(EditionGrowth.Of(_office.Home, SmallOffice.E23)), Text(EditionGrowth.Of(other.Home, SmallOffice.E23)));
    }

    [Fact]
    public void A_gap_that_the_school_alone_has_asks_attention_and_missing_background_is_a_level_of_its_own()
    {
        Fill(_office);
        // Girls are who grew least at the first school, and any other pupil elsewhere; of some nothing is known.
        var grown = Cohort.Rows(_office.Home).GroupBy(r => r.Rin).Where(g => g.Count() == 2).Select(g => (g.Key, School: g.Min(r => r.School)!, Start: g.Min(r => r.ScoreTenths), Growth: g.Max(r => r.ScoreTenths) - g.Min(r => r.ScoreTenths))).ToList();
        var sex = grown.Where(g => g.Start % 9 != 0).ToDictionary(g => g.Key, g => g.School == s_schools[0] ? g.Growth < 138 ? "f" : "m" : g.Start % 2 == 0 ? "f" : "m");
        var growth = EditionGrowth.Of(_office.Home, SmallOffice.E23, new PupilBackground(new Dictionary<string, IReadOnlyDictionary<Rin, string>> { ["sex"] = sex }));
        Assert.Contains(growth.Series[0].Model!.Background, b => b.Variable == "sex" && b.Level == PupilBackground.Missing);
        var national = Assert.Single(growth.Series[0].Gaps, g => g.Contrast.Variable == "sex");
        var gap = Assert.Single(growth.Of(s_schools[0]).Series[0].Gaps, g => g.Contrast.Variable == "sex");
        Assert.True(gap.Gap.Mean < national.Mean.Mean && gap.FromNational.Mean < 0);
        Assert.True(gap.First + gap.Second <= 24);
        Assert.Equal(gap.Wider > 0.5, national.Mean.Mean < 0);
    }
}
