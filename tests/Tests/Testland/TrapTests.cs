using Groeilijn.Education;
using Groeilijn.Testland;

namespace Groeilijn.Tests.Testland;

/// <summary>The cases that a chain gets wrong first are all in a country of the default size.</summary>
public sealed class TrapTests
{
    static readonly Lazy<District[]> s_districts = new(() =>
    {
        var country = new Country(new TestlandOptions());
        return [.. Enumerable.Range(0, country.Districts).Select(country.District)];
    });

    static IEnumerable<Enrolment> Enrolments => s_districts.Value.SelectMany(d => d.Schools.Where(s => s.TakesPart).SelectMany(s => d.Enrolments[s.Index]));

    static IEnumerable<Family> Families => Enrolments.Select(e => e.Child.Family).Distinct();

    [Fact]
    public void The_default_country_has_forty_schools_and_about_nine_thousand_pupils()
    {
        var first = new TestlandOptions().AllEditions.First();
        Assert.Equal(40, new Country(new TestlandOptions()).Schools().Count());
        Assert.InRange(Enrolments.Count(e => e.Listed(first)), 8_400, 9_400);
    }

    [Fact]
    public void Schools_are_small_and_large_and_no_location_is_used_twice()
    {
        var schools = new Country(TestlandOptions.ForPupils(1_400_000)).Schools().ToArray();
        Assert.Equal(6364, schools.Length);
        Assert.Distinct(schools.Select(s => s.Location));
        Assert.All(schools, s => Assert.StartsWith("9", s.Location.Code, StringComparison.Ordinal));
        Assert.InRange(schools.Average(s => s.Pupils), 215, 225);
        Assert.InRange(schools.Count(s => s.Pupils < 60) / 6364.0, 0.03, 0.10);
        Assert.InRange(schools.Count(s => s.Pupils > 400) / 6364.0, 0.05, 0.12);
        Assert.Equal(12, schools.Select(s => s.Province).Distinct().Count());
    }

    [Fact]
    public void Two_locations_of_one_institution_take_part() =>
        Assert.Contains(new Country(new TestlandOptions()).Schools().GroupBy(s => s.Location.Brin), g => g.Count() == 2);

    [Fact]
    public void There_are_twins_of_one_sex_at_one_address() =>
        Assert.True(Families.Count(f => f.Children.GroupBy(c => (c.Born, c.Sex)).Any(g => g.Count() == 2)) > 20);

    [Fact]
    public void Some_parents_object_for_one_of_two_children_at_school() =>
        Assert.Contains(Enrolments.GroupBy(e => e.Child.Family), g => g.Any(e => e.ObjectionEdition is null) && g.Any(e => e.ObjectionEdition is not null));

    [Fact]
    public void Some_pupils_repeat_a_year_and_take_its_tests_twice_and_some_skip_one()
    {
        Assert.Contains(Enrolments, e => e.Scores.Where(s => s.Subject == 2 && s.Half == HalfYear.M).GroupBy(s => s.PupilGroup).Any(g => g.Count() == 2));
        Assert.Contains(Enrolments, e => e.Scores.Zip(e.Scores.Skip(1)).Any(pair => pair.Second.PupilGroup == pair.First.PupilGroup + 2));
    }

    [Fact]
    public void Some_tests_are_of_another_year_group_and_their_scores_stay_near_the_pupils_others()
    {
        var pairs = Enrolments.SelectMany(e => e.Scores.Where(s => Own(s) != s.Moment).SelectMany(low => e.Scores.Where(s => Own(s) == s.Moment && s.Subject == low.Subject && s.OldSeries == low.OldSeries && Math.Abs(Own(s) - Own(low)) == 1).Select(own => (low, own)))).ToArray();
        Assert.True(pairs.Length > 100);
        Assert.InRange(pairs.Average(p => Math.Abs(p.low.Tenths - p.own.Tenths) / 10.0), 0, 30);

        static int Own(Score s) => (s.PupilGroup - 3) * 2 + (s.Half == HalfYear.E ? 1 : 0);
    }

    [Fact]
    public void Reading_has_no_M3_and_E8_is_hardly_ever_made()
    {
        var scores = Enrolments.SelectMany(e => e.Scores).ToArray();
        Assert.DoesNotContain(scores, s => s is { Subject: 0, Moment: 0 } or { Subject: 0, PupilGroup: 3, Half: HalfYear.M });
        Assert.InRange(scores.Count(s => s is { PupilGroup: 8, Half: HalfYear.E }) / (double)scores.Count(s => s is { PupilGroup: 8, Half: HalfYear.M }), 0.001, 0.03);
    }

    [Fact]
    public void Some_schools_used_the_old_series_in_the_first_school_year_only()
    {
        var old = Enrolments.SelectMany(e => e.Scores).Where(s => s.OldSeries).ToArray();
        Assert.NotEmpty(old);
        Assert.All(old, s => Assert.Equal(2022, s.SchoolYear));
        var reading = old.Where(s => s is { Subject: 0, PupilGroup: 4, Half: HalfYear.E }).Average(s => s.Tenths / 10.0);
        Assert.InRange(reading, 10, 35);
    }

    [Fact]
    public void Every_test_is_made_on_a_weekday_at_the_school_in_its_own_half_year()
    {
        foreach (var enrolment in Enrolments)
            foreach (var score in enrolment.Scores)
            {
                var day = DateOnly.FromDayNumber(score.Day);
                Assert.False(day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
                Assert.True(score.Day >= enrolment.From && score.Day < enrolment.To);
                Assert.Equal(new Edition(new SchoolYear(score.SchoolYear), score.Half), Edition.Of(day));
                Assert.True(score.Day < Testing.Reference(Edition.Of(day)).DayNumber);
            }
    }

    [Fact]
    public void Growth_is_coherent_and_a_repeater_gains_on_the_first_time()
    {
        var maths = Enrolments.Where(e => !e.School.OldSeries).Select(e => e.Scores.Where(s => s.Subject == 2).ToArray()).ToArray();
        var steps = maths.SelectMany(own => own.Zip(own.Skip(1))).Where(p => p.First.PupilGroup is 4 or 5 && p.Second.PupilGroup == p.First.PupilGroup && p.Second.SchoolYear == p.First.SchoolYear).ToArray();
        Assert.InRange(steps.Count(p => p.Second.Tenths < p.First.Tenths) / (double)steps.Length, 0.05, 0.25);
        var again = maths.SelectMany(own => own.GroupBy(s => (s.PupilGroup, s.Half)).Where(g => g.Count() == 2)).Select(g => (g.Last().Tenths - g.First().Tenths) / 10.0).ToArray();
        Assert.True(again.Length > 20);
        Assert.InRange(again.Average(), 5, 30);
    }

    [Fact]
    public void Some_pupils_move_house_some_change_school_and_some_do_both() =>
        Assert.True(Enrolments.GroupBy(e => e.Child).Count(g => g.Count() > 1 && g.Key.Family.Addresses.Count > 1) > 20);
}
