using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Office;

/// <summary>Figures that are no means but made of them: each leaves only if every mean that it would tell may.</summary>
public sealed class ReportSumsTests : IDisposable
{
    const string First = "99AA00", Second = "99BB00", Few = "99CC00";

    readonly SmallOffice _office = new();

    public void Dispose() => _office.Dispose();

    /// <summary>
    /// Three schools of 24 pupils with tests at the end of 2022, halfway 2023 and at its end, all delivered in one round. Of the last school five have the first of the three: they alone are the others of
    /// the step before this one, for who knows the first two schools.
    /// </summary>
    void Fill()
    {
        _office.Register(Enumerable.Range(1, 100).Select(Child.Of));
        _office.Open();
        var n = 0;
        foreach (var location in (string[])[First, Second, Few])
        {
            List<DeliveredPupil> pupils = [];
            for (var i = 0; i < 24; i++)
            {
                var child = Child.Of(++n);
                var (first, middle, last) = (1400 + 37 * n % 90, 1500 + 31 * n % 110, 1600 + 41 * n % 70);
                List<DeliveredResult> results = [Child.Result("2023-01-24", "M5", middle), Child.Result("2023-06-06", "E5", last)];
                if (location != Few || i < 5) results.Insert(0, Child.Result("2022-06-06", "E4", first));
                pupils.Add(child.With([.. results]));
            }
            Assert.True(_office.Deliver(_office.School(location), pupils).Ok);
        }
        Assert.True(_office.Link().Ok);
    }

    Dictionary<string, string> Cells(string school)
    {
        using var opened = Envelope.Open(File.ReadAllBytes(_office.Home.At("outgoing", "school", "2023-2", $"{school}-2023-2.csv.age")), _office.School(school).Reports);
        return Encoding.UTF8.GetString(opened.Content!).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')).DistinctBy(c => (c[5], c[6])).ToDictionary(c => $"{c[5]} {c[6]}", c => c[9]);
    }

    void Make()
    {
        Assert.True(SchoolReports.Make(_office.Home, SmallOffice.E23).Ok);
        Assert.Empty(SchoolReports.Held(_office.Home, SmallOffice.E23).SelectMany(h => h.Findings));
    }

    [Fact]
    public void From_a_trend_a_board_could_compute_what_five_pupils_elsewhere_gained()
    {
        Fill();
        var growth = EditionGrowth.Of(_office.Home, SmallOffice.E23);
        var point = growth.Of(First).Series[0].Trend.First(p => p.Edition == Edition.Parse("2023-1").Value);
        // The attack, with the trend unrounded and not drawn to the others: the mean of all is the school's own less what it differs, and without one's own pupils the five are left.
        var grown = Cohort.Rows(_office.Home, SmallOffice.E23).GroupBy(r => r.Rin).Select(g => (School: g.First().School, Start: g.Where(r => r.Edition.ToString() == "2022-2").Select(r => (int?)r.ScoreTenths).FirstOrDefault(), End: g.First(r => r.Edition.ToString() == "2023-1").ScoreTenths)).Where(g => g.Start is not null).ToList();
        Tally Of(Func<string, bool> school) => grown.Where(g => school(g.School)).Aggregate(default(Tally), (sum, g) => sum.With(g.End - g.Start!.Value));
        var (all, own, other, five) = (Of(_ => true), Of(s => s == First), Of(s => s == Second), Of(s => s == Few));
        Assert.Equal(5, five.Count);
        var told = 10 * (all.Count * (own.Mean - point.Raw!.Value * all.StandardDeviation)) - own.Sum - other.Sum;
        Assert.Equal(five.Sum, told, 6);
    }

    [Fact]
    public void So_it_is_hidden_for_the_schools_of_that_board_and_for_no_other()
    {
        Fill();
        Assert.True(Boards.Keep(_office.Home, ["school,board", $"{First},41", $"{Second},41"]).Ok);
        Make();
        foreach (var school in (string[])[First, Second])
        {
            Assert.All(Cells(school).Where(c => c.Key.EndsWith(" trend", StringComparison.Ordinal) || c.Key == "all three-years"), c => Assert.Contains(c.Value, (string[])["unsafe-given-history", "fewer-than-12-pupils"]));
            Assert.Equal(("unsafe-given-history", "unsafe-given-history"), (Cells(school)["2023-1 trend"], Cells(school)["all three-years"]));
            Assert.Equal("", Cells(school)["M5-E5 own"]);
            Assert.Equal("", Cells(school)["M5-E5 all"]);
        }
        Assert.Equal("", Cells(Few)["2023-2 trend"]);
    }

    [Fact]
    public void Without_boards_it_is_shown_because_the_others_are_enough_for_each_school()
    {
        Fill();
        Make();
        Assert.Equal(("", "", ""), (Cells(First)["2023-1 trend"], Cells(First)["2023-2 trend"], Cells(First)["all three-years"]));
        // Five pupils of one's own are no half-year to show.
        Assert.Equal("fewer-than-12-pupils", Cells(Few)["2023-1 trend"]);
    }

    [Fact]
    public void A_half_year_that_has_no_mean_of_all_to_measure_against_is_left_out_of_a_trend()
    {
        _office.Register(Enumerable.Range(1, 100).Select(Child.Of));
        _office.Open();
        // At the end of 2022 two schools took part, and later four.
        foreach (var (s, location) in ((string[])[First, Second, Few, "99DD00"]).Index())
            Assert.True(_office.Deliver(_office.School(location), Enumerable.Range(1, 20).Select(i => Child.Of(20 * s + i)).Select((c, i) => c.With([.. s < 2 ? (DeliveredResult[])[Child.Result("2022-06-06", "E4", 1400 + 7 * i)] : [], Child.Result("2023-01-24", "M5", 1500 + 11 * i), Child.Result("2023-06-06", "E5", 1600 + 13 * i)]))).Ok);
        Assert.True(_office.Link().Ok);
        var points = EditionGrowth.Of(_office.Home, SmallOffice.E23).Of(First).Series[0].Trend;
        Assert.Equal([(0L, false), (20L, true)], points.Select(p => (p.Pupils, p.YearGroups.Count > 0)));
        Make();
        Assert.Equal(("fewer-than-12-pupils", ""), (Cells(First)["2023-1 trend"], Cells(First)["2023-2 trend"]));
    }

    [Fact]
    public void What_came_late_is_not_told_by_a_trend_that_is_measured_against_the_mean_of_before()
    {
        _office.Register(Enumerable.Range(1, 100).Select(Child.Of));
        string[] schools = [First, Second, Few, "99DD00"];
        DeliveredResult[] Year(int i) => [Child.Result("2023-01-24", "M5", 1500 + 11 * i), Child.Result("2023-06-06", "E5", 1600 + 13 * i)];
        _office.Open();
        foreach (var (s, location) in schools.Index()) Assert.True(_office.Deliver(_office.School(location), Enumerable.Range(0, 20).Select(i => Child.Of(20 * s + i + 1).With(Year(i)))).Ok);
        Assert.True(_office.Link().Ok);
        Make();
        var (before, kept) = (EditionGrowth.Of(_office.Home, SmallOffice.E23).Of(First).Series[0].Trend[^1], KeptMeans.Of(_office.Home)[new(SmallOffice.E23, Subject.Maths, "lvs-3", 5)]);
        Assert.Equal((80L, 4), (kept.Growth.Count, kept.Schools));

        // Half a year later the last school delivers three children more, with the tests that the others had then.
        var next = WithdrawalDesk.Next;
        _office.Open(next);
        foreach (var (s, location) in schools.Index())
            Assert.True(_office.Deliver(_office.School(location), Enumerable.Range(0, s == 3 ? 23 : 20).Select(i => Child.Of(20 * s + i + 1).With([.. i < 20 ? [] : Year(i + 40), Child.Result("2024-01-20", "M6", 1700 + 17 * i)])), edition: next).Ok);
        Assert.True(_office.Link(next).Ok);
        var trend = EditionGrowth.Of(_office.Home, next).Of(First).Series[0].Trend;
        Assert.Equal((SmallOffice.E23, 20L), (trend[^2].Edition, trend[^2].Pupils));
        Assert.Equal(before.Raw!.Value, trend[^2].Raw!.Value, 12);
        Assert.Equal(83, Cohort.Rows(_office.Home, next, SmallOffice.E23).Count);
        Assert.True(SchoolReports.Make(_office.Home, next).Ok);
        using var opened = Envelope.Open(File.ReadAllBytes(_office.Home.At("outgoing", "school", "2024-1", $"{First}-2024-1.csv.age")), _office.School(First).Reports);
        var lines = Encoding.UTF8.GetString(opened.Content!).Split("\r\n");
        Assert.Contains(lines, l => l.Contains(",2023-2,trend,mean,", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains(",all,three-years,mean,", StringComparison.Ordinal));

        // The mean of all made anew would differ in three pupils from the one that the school has: the Gate finds that.
        var cohort = CohortGrowth.Of(_office.Home, next);
        cohort.ReadEarlier(_office.Home, new Dictionary<TrendStep, KeptMean>());
        var anew = cohort.Members.GrowthOfAll(new(SmallOffice.E23, Subject.Maths, "lvs-3", 5))!;
        Assert.Equal(83, anew.Terms[0].Members.Pupils.Count);
        var leaving = new Groeilijn.Gate.Leaving("2024-1/trial", Groeilijn.Gate.Profile.School, First, "2024-1") { Pupils = cohort.Members.Pupils, Known = cohort.Members.KnownTo(cohort.NumberOf(First)) };
        Assert.Single(_office.Home.Gate.UnsafeGivenHistory(leaving, [new RawCell(["trend"], 83, 4, [1]) { Sums = [anew] }]));
        Assert.Empty(_office.Home.Gate.UnsafeGivenHistory(leaving, [new RawCell(["trend"], 83, 4, [1]) { Sums = [kept.Sum] }]));
    }

    [Fact]
    public void Three_years_count_a_pupil_once()
    {
        _office.Register(Enumerable.Range(1, 100).Select(Child.Of));
        _office.Open();
        // Eight pupils with three tests have sixteen growths.
        foreach (var (s, location) in ((string[])[First, Second, Few]).Index())
            Assert.True(_office.Deliver(_office.School(location), Enumerable.Range(1, s == 0 ? 8 : 20).Select(i => Child.Of(20 * s + i)).Select((c, i) => c.With(Child.Result("2022-06-06", "E4", 1400 + 7 * i), Child.Result("2023-01-24", "M5", 1500 + 11 * i), Child.Result("2023-06-06", "E5", 1600 + 13 * i)))).Ok);
        Assert.True(_office.Link().Ok);
        Assert.Equal((8, 16L), (EditionGrowth.Of(_office.Home, SmallOffice.E23).Of(First).Series[0] is var series ? (int)series.PupilsOfTrend : 0, series.Trend.Sum(p => p.Pupils)));
        Make();
        Assert.Equal("fewer-than-12-pupils", Cells(First)["all three-years"]);
    }
}

/// <summary>The cells of a country's reports before the Gate.</summary>
[Collection(nameof(ReportOffice))]
public sealed class ReportSumsOfAllTests(ReportOffice country)
{
    [Fact]
    public void Every_figure_but_counts_and_the_picture_of_all_names_the_sums_that_it_would_tell()
    {
        string[] without = [ReportCells.Counted, ReportCells.Missing, ReportCells.Moved, ReportCells.OtherStep, ReportCells.Uncounted, ReportCells.GapSizes, ReportCells.Schools, ReportCells.Strip];
        var kept = new KeptLevels(country.Office.Home, country.Statistics);
        foreach (var school in country.Statistics.Growth.Schools)
        {
            var cells = ReportCells.Of(country.Statistics, school, kept.Of(school));
            var shown = cells.Where(cell => Groeilijn.Gate.Profile.School.Rule.Judge(cell) is null && !without.Contains(cell.Codes[3])).ToList();
            Assert.All(shown, cell => Assert.True(cell.Sums.Any(sum => sum.Kept is not null || sum.Terms.Count > 0), string.Join('|', cell.Codes)));
            // A trend is drawn to all its half-years, and an effect to all its steps.
            foreach (var series in country.Statistics.Growth.Of(school).Series)
            {
                foreach (var cell in shown.Where(c => c.Codes[3] is ReportCells.Trend or ReportCells.ThreeYears && c.Codes[0] == series.Subject.Code())) Assert.Equal(series.Trend.Sum(p => p.YearGroups.Count), cell.Sums.Count);
                foreach (var cell in shown.Where(c => c.Codes[3] is ReportCells.Effect or ReportCells.IfLess or ReportCells.IfMore or ReportCells.Tipping && c.Codes[0] == series.Subject.Code()))
                    Assert.Subset(cell.Sums.SelectMany(Sets).ToHashSet(), series.Steps.Where(s => s.Own.Count > 0 && s.Effect is not null).SelectMany(s => Sets(country.Statistics.Cohort.Members.Growth(-1, new(series.Subject, series.Scale, s.Step)))).ToHashSet());
            }
        }

        static IEnumerable<MemberSet> Sets(CellSum sum) => sum.Terms.Select(term => term.Members);
    }

    [Fact]
    public void Who_is_behind_a_half_year_of_a_trend_is_who_grew_in_it()
    {
        var (cohort, earlier) = (CohortGrowth.Of(country.Office.Home, ReportOffice.Last), ReportOffice.Last.Previous.Previous);
        cohort.ReadEarlier(country.Office.Home, new Dictionary<TrendStep, KeptMean>());
        var rows = Cohort.Rows(country.Office.Home, ReportOffice.Last).Where(r => r.Subject == Subject.Maths).ToList();
        var ends = rows.Where(r => r.Edition == earlier).ToDictionary(r => r.Rin);
        foreach (var step in GrowthStep.All(earlier, Subject.Maths))
        {
            // Both tests at one school, and the later in the year group that follows.
            var grew = rows.Where(r => r.Edition == earlier.Previous && r.PupilYearGroup == step.YearGroup && ends.TryGetValue(r.Rin, out var end) && end.School == r.School && end.PupilYearGroup == step.YearGroup).Select(r => r.Rin.Text).Order(StringComparer.Ordinal).ToList();
            var named = cohort.Members.GrowthOfAll(new(earlier, Subject.Maths, "lvs-3", step.YearGroup));
            Assert.Equal(grew.Count == 0, named is null);
            foreach (var term in named?.Terms ?? []) Assert.Equal(grew, term.Members.Pupils.Select(p => cohort.Members.Pupils[p]).Order(StringComparer.Ordinal));
            Assert.Equal(named is null ? [] : [CohortGrowth.HalfYearOf(earlier), CohortGrowth.HalfYearOf(earlier) - 1], (named?.Terms ?? []).Select(t => t.Moment));
        }
        foreach (var school in ReportOffice.Regular)
            Assert.Equal(Cohort.Rows(country.Office.Home, ReportOffice.Last, earlier).Where(r => r.School == school).Select(r => r.Rin.Text).Distinct().Order(StringComparer.Ordinal),
                cohort.Members.KnownTo(cohort.NumberOf(school)).Where(t => t.Moment == CohortGrowth.HalfYearOf(earlier)).SelectMany(t => t.Members.Pupils).Select(p => cohort.Members.Pupils[p]).Order(StringComparer.Ordinal));
    }
}
