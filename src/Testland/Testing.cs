using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>Who makes which test on which day: tests missed, tests of another level, the old series.</summary>
static class Testing
{
    /// <summary>The middle of a test period, for who is where.</summary>
    internal static int Middle(int schoolYear, HalfYear half) => FirstDay(schoolYear, half) + 12;

    static int FirstDay(int schoolYear, HalfYear half) => (half == HalfYear.M ? new DateOnly(schoolYear + 1, 1, 14) : new DateOnly(schoolYear + 1, 5, 22)).DayNumber;

    /// <summary>The day up to which an edition looks: 1 March after the M tests, 1 July after the E tests.</summary>
    internal static DateOnly Reference(Edition edition) => edition.Half == HalfYear.M ? new(edition.Year, 3, 1) : new(edition.Year, 7, 1);

    /// <summary>Has the test made, if it is, at the school where the child is on the day.</summary>
    internal static void Take(District district, List<Enrolment> stays, Standing standing)
    {
        var (options, rates, child) = (district.Options, district.Options.Rates, stays[0].Child);
        var (year, half, group, subject) = (standing.SchoolYear, standing.Half, standing.Group, standing.Subject);
        var round = (ulong)(year * 2 + (int)half);
        var absent = new Dice(options.Seed, Purpose.Tests, child.Id, round);
        if (absent.Chance(rates.RoundMissing)) return;
        var dice = new Dice(options.Seed, Purpose.Tests, child.Id, round * 8 + (ulong)subject + 1_000_000);
        if (dice.Chance(rates.TestMissing)) return;
        if (group == 8 && !dice.Chance(half == HalfYear.E ? rates.TestsAtE8 : rates.TestsAtM8)) return;
        var level = Level(options, child, group, subject, standing.Able);
        if (subject == 0 && half == HalfYear.M) // reading comprehension has no M3
        {
            if (group == 3) return;
            if (level == 3) level = group;
        }
        foreach (var stay in stays)
        {
            var day = Day(options, stay.School, year, half, level, subject, ref dice);
            if (day < stay.From || day >= stay.To) continue;
            var old = stay.School.OldSeries && year == options.FirstSchoolYear;
            stay.Scores.Add(new Score(year, half, subject, Norms.Moment(level, half), group, old, Tenths(standing, old), day));
            return;
        }
    }

    static int Tenths(Standing standing, bool old)
    {
        var (subject, moment, shown) = (standing.Subject, standing.Moment, standing.Shown);
        var score = old ? Norms.OldScale(subject, moment, shown) : Norms.Mean(subject, moment) + Norms.Deviation(subject, moment) * shown;
        return Math.Clamp((int)Math.Round(score * 10, MidpointRounding.AwayFromZero), old ? -999 : 1, 9999);
    }

    /// <summary>A quarter of the weakest 7% are tested a year group lower, some two; a few of the strongest one higher. The scale is the same.</summary>
    static int Level(TestlandOptions options, Child child, int group, int subject, double able)
    {
        if (able is > -1.5 and < 2) return group;
        var (willing, two) = Willing(options, child, subject);
        if (able <= -1.5 && willing < 0.25) return Math.Max(3, group - (able < -2.3 && two ? 2 : 1));
        if (able >= 2 && willing < 0.10) return Math.Min(8, group + 1);
        return group;
    }

    static (double Willing, bool Two) Willing(TestlandOptions options, Child child, int subject)
    {
        var dice = new Dice(options.Seed, Purpose.Tests, child.Id, (ulong)subject);
        return (dice.Unit(), dice.Chance(0.4));
    }

    /// <summary>A class makes a test on one day; one in twenty catches up later. Never on a Saturday or Sunday.</summary>
    static int Day(TestlandOptions options, SchoolSite school, int year, HalfYear half, int level, int subject, ref Dice dice)
    {
        var day = FirstDay(year, half) + new Dice(options.Seed, Purpose.TestDates, (ulong)school.Serial, (ulong)(((year * 2 + (int)half) * 8 + level) * 4 + subject)).Below(25);
        if (dice.Chance(0.05)) day += 2 + dice.Below(12);
        return DateOnly.FromDayNumber(day).DayOfWeek switch { DayOfWeek.Saturday => day + 2, DayOfWeek.Sunday => day + 1, _ => day };
    }
}
