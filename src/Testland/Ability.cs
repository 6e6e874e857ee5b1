using Groeilijn.Education;

namespace Groeilijn.Testland;

/// <summary>
/// How a child's ability runs through primary school. On the scale of standard deviations of a moment it is the sum of
/// background + school at the start + growth that the school adds each half-year + cohort of the school
/// + what is lasting in the child + what drifts (autoregressive, φ = 0.9 a half-year) + error of measurement.
/// Variances are chosen such that M8 correlates with E3 by .51 (reading), .41 (spelling) and .57 (maths), and that about 14% of what
/// early score and background leave unexplained at M8 lies between schools. Nothing depends on which editions are written.
/// </summary>
static class Ability
{
    const double Drift = 0.9, SchoolLevel = 0.060, SchoolGrowth = 0.115, SchoolCohort = 0.012;
    const double Apart = 1.38;                           // schools are thrown further apart, because Cohorts takes off what those of a district share
    const double Shared = 0.6, SharedDrift = 0.25;       // what the lasting parts, and the steps of the drift, of three subjects have in common
    const double AfterRepeating = 0.6, AfterSkipping = -0.5, Fading = 0.7; // a repeater is ahead of the new classmates for a while
    static readonly double[] s_lasting = [.190, .070, .275], s_drifting = [.587, .707, .497], s_error = [.11, .13, .10];
    static readonly double[,] s_spread = Spreads();

    static double[,] Spreads()
    {
        var spread = new double[Norms.Subjects, Norms.Moments];
        for (var s = 0; s < Norms.Subjects; s++)
            for (var m = 0; m < Norms.Moments; m++)
                spread[s, m] = Math.Sqrt(Norms.BackgroundVariance(s, m) + SchoolLevel + SchoolGrowth * (m / 10.0) * (m / 10.0) + SchoolCohort + s_lasting[s] + s_drifting[s] + s_error[s]);
        return spread;
    }

    /// <summary>Follows a child from year group 3 and gives where it stands in each half-year whose results are exported, in order of time.</summary>
    internal static List<Standing> Follow(District district, Child child, Career career)
    {
        var options = district.Options;
        var standings = new List<Standing>();
        var dice = new Dice(options.Seed, Purpose.Ability, child.Id);
        var talent = dice.Normal();
        Span<double> lasting = stackalloc double[Norms.Subjects], drift = stackalloc double[Norms.Subjects], grown = stackalloc double[Norms.Subjects];
        for (var s = 0; s < Norms.Subjects; s++) lasting[s] = Math.Sqrt(s_lasting[s]) * (Math.Sqrt(Shared) * talent + Math.Sqrt(1 - Shared) * dice.Normal());
        for (var s = 0; s < Norms.Subjects; s++) drift[s] = dice.Normal();
        SchoolSite? first = null;
        var (bonus, before) = (0.0, 2);
        for (var year = career.FirstYear; year <= Math.Min(career.LastYear, options.LastSchoolYear); year++)
        {
            var group = career.GroupIn(year);
            if (group < 3) { before = group; continue; }
            bonus = bonus * Fading + (group == before ? AfterRepeating : group > before + 1 ? AfterSkipping : 0);
            before = group;
            foreach (var half in (ReadOnlySpan<HalfYear>)[HalfYear.M, HalfYear.E])
            {
                var school = district.Schools[SchoolIn(career, year, half)];
                first ??= school;
                var moment = Norms.Moment(group, half);
                var common = Math.Sqrt(SharedDrift) * dice.Normal();
                for (var s = 0; s < Norms.Subjects; s++)
                {
                    var step = common + Math.Sqrt(1 - SharedDrift) * dice.Normal();
                    drift[s] = Drift * drift[s] + Math.Sqrt(1 - Drift * Drift) * step;
                    grown[s] += moment == 0 ? 0 : Math.Sqrt(Apart * SchoolGrowth) * school.Effect(s).Growth / 10;
                    var own = Math.Sqrt(Apart * SchoolLevel) * first.Effect(s).Level + grown[s] + Cohort(options, first, career.FirstYear, s)
                        + lasting[s] + Math.Sqrt(s_drifting[s]) * drift[s] + bonus;
                    var error = Math.Sqrt(s_error[s]) * dice.Normal();
                    if (year < options.FirstSchoolYear - options.HistoryYears) continue;
                    var (background, spread) = (Norms.Background(s, moment, child.Family, child.Sex == Sex.Female), s_spread[s, moment]);
                    standings.Add(new Standing(year, half, group, s, school.TakesPart, background / spread, own / spread, error / spread));
                }
            }
        }
        return standings;
    }

    /// <summary>The school a child is at when the tests of a half-year are made; before it came to the country's schools, the first.</summary>
    static int SchoolIn(Career career, int year, HalfYear half)
    {
        var day = Testing.Middle(year, half);
        foreach (var (school, _, to) in career.Stays) if (day < to) return school;
        return career.Stays[^1].School;
    }

    static double Cohort(TestlandOptions options, SchoolSite school, int year, int subject) =>
        Math.Sqrt(SchoolCohort) * new Dice(options.Seed, Purpose.Cohort, (ulong)school.Serial, (ulong)(year * 4 + subject)).Normal();
}
