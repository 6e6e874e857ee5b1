using Groeilijn.Education;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;
using Groeilijn.Web;

namespace Groeilijn.Office;

/// <summary>One line of a school's report: a subject and a step, on one scale.</summary>
public readonly record struct ReportLine(Subject Subject, string Scale, GrowthStep Step);

/// <summary>The statistics of an edition that reports are made of.</summary>
sealed record ReportStatistics(EditionGrowth Growth, CohortGrowth Cohort, StepLevels Levels, PupilBackground Background, GapMembers Gaps)
{
    public Edition Edition => Growth.Edition;

    public static ReportStatistics Of(OfficeHome home, Edition edition)
    {
        // What takes most memory comes first, and each lets go what the run does not need.
        var background = ReportBackground.Of(home);
        var growth = EditionGrowth.Of(home, edition, background);
        var cohort = CohortGrowth.Of(home, edition);
        var levels = cohort.StepLevels();
        cohort.ReadEarlier(home, KeptMeans.Of(home));
        return new ReportStatistics(growth, cohort, levels, background, GapMembers.Of(growth, cohort.Members));
    }
}

/// <summary>
/// The cells of one school's report before protection, each at subject, scale, place and part. A place is a step, <c>all</c> (steps together), a variable of background or an
/// edition of the trend. What is believed of the school with the help of the others counts as many pupils as the smaller side has; the mean of all counts as one of the
/// other schools' pupils, because the school can take its own away from it. What is measured against the mean of all is judged as that mean is: shown beside it, it would tell it. What a model says is rounded here, so that no form of the report has more: its further decimals would tell of what
/// families the pupils come. Of groups that the school cannot see a level of evidence is all it reads. A reason why pupils do not count is a cell of its own, and their sum only where no reason can
/// be found from it.
/// </summary>
static class ReportCells
{
    public const string Own = "own", All = "all", Difference = "difference", Standardised = "standardised", Reference = "reference", Effect = "effect", Level = "level", Spread = "spread",
        Counted = "counted", Missing = "missing", Moved = "moved", OtherStep = "other-step", Uncounted = "uncounted",
        Gap = "gap", GapSizes = "gap-sizes", GapLevel = "gap-level", Trend = "trend", ThreeYears = "three-years", IfLess = "if-less", IfMore = "if-more", Tipping = "tipping", Together = "together", Schools = "schools", Strip = "strip";

    /// <summary>Places of the picture of all schools.</summary>
    public const int StripPlaces = 41;

    /// <summary>How many pupils a number of a report needs.</summary>
    public static int Least => Gate.Profile.School.Rule.Least;

    /// <summary>Fewer schools than this, and their picture is not drawn.</summary>
    const int StripSchools = 10;

    /// <summary>What the values of each part are, in order.</summary>
    public static IReadOnlyDictionary<string, string[]> Measures { get; } = new Dictionary<string, string[]>
    {
        [Own] = ["mean", "low", "high", "n"],
        [All] = ["mean", "sd"],
        [Difference] = ["estimate", "low", "high"],
        [Standardised] = ["value"],
        [Reference] = ["value"],
        [Effect] = ["mean", "sd"],
        [Together] = ["estimate", "low", "high", "n"],
        [Level] = ["start", "end"],
        [Spread] = ["start", "start-low", "start-high", "end", "end-low", "end-high"],
        [Counted] = ["n"],
        [Missing] = ["n"],
        [Moved] = ["n"],
        [OtherStep] = ["n"],
        [Uncounted] = ["n"],
        [Gap] = ["mean", "sd", "from-all-mean", "from-all-sd", "all"],
        [GapSizes] = ["first", "second"],
        [GapLevel] = ["level", "all"],
        [Trend] = ["mean", "sd", "n"],
        [ThreeYears] = ["mean", "sd"],
        [IfLess] = ["mean", "sd"],
        [IfMore] = ["mean", "sd"],
        [Tipping] = ["shift"],
        [Schools] = ["n"],
        [Strip] = ["from", "to", .. Enumerable.Range(0, StripPlaces).Select(i => FormattableString.Invariant($"height-{i:D2}"))],
    };

    /// <param name="statistics">The edition.</param>
    /// <param name="school">The school.</param>
    /// <param name="unseen">The levels of groups that it cannot see.</param>
    public static IReadOnlyList<RawCell> Of(ReportStatistics statistics, string school, UnseenLevels unseen)
    {
        var number = statistics.Cohort.NumberOf(school);
        return [.. statistics.Growth.Of(school).Series.Where(s => s.Steps.Count > 0).SelectMany(s => new OneSeries(statistics, number, s, unseen).Cells())];
    }

    /// <summary>A value in SD as it is published: two decimals.</summary>
    static double InDeviations(double value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);

    static double[] Believed(params Posterior[] of) => [.. of.SelectMany(posterior => (double[])[InDeviations(posterior.Mean), InDeviations(posterior.Deviation)])];

    /// <summary>How the schools of a series lie, smoothed and with its ends drawn in: never one school's value. Null for few schools.</summary>
    public static Density? Picture(IReadOnlyList<double> positions)
    {
        if (positions.Count < StripSchools) return null;
        var deviation = Math.Sqrt(positions.Average(p => p * p) - Math.Pow(positions.Average(), 2));
        var width = Math.Max(0.02, 1.06 * deviation * Math.Pow(positions.Count, -0.2));
        double from = Round(positions[positions.Count / 20] - 2 * width), to = Round(positions[positions.Count - 1 - positions.Count / 20] + 2 * width);
        return new Density(from, to, [.. Enumerable.Range(0, StripPlaces).Select(i => from + (to - from) * i / (StripPlaces - 1)).Select(x => Math.Round(positions.Average(p => Math.Exp(-(x - p) * (x - p) / (2 * width * width))), 3))]);

        static double Round(double value) => Math.Round(value, 2);
    }

    sealed class OneSeries(ReportStatistics statistics, int school, SchoolSeries own, UnseenLevels unseen)
    {
        CellSum[]? _behind;
        readonly SeriesGrowth _all = statistics.Growth.Series.First(s => s.Subject == own.Subject && s.Scale == own.Scale);

        public IEnumerable<RawCell> Cells() => [.. own.Steps.SelectMany(Step), .. own.Together.SelectMany(StepsTogether), .. Whole(), .. Coverage(own.Coverage), .. own.Gaps.Where(g => g.Contrast.SeenBySchool).SelectMany(GapCells), .. GapLevels(), .. TrendCells()];

        string[] Codes(string place, string part) => [own.Subject.Code(), own.Scale, place, part];

        IEnumerable<RawCell> Step(SchoolStep step)
        {
            var line = new ReportLine(own.Subject, own.Scale, step.Step);
            var (all, place) = (_all.Steps.First(s => s.Step == step.Step), step.Step.Code);
            var (n, others) = (step.Own.Count, (all.Growth - step.Own).Count);
            var both = Math.Min(n, others);
            var (ofOwn, ofAll) = (statistics.Cohort.Members.Growth(school, line), statistics.Cohort.Members.Growth(-1, line));
            var together = own.Together.FirstOrDefault(of => of.Steps.Contains(step.Step));
            yield return new RawCell(Codes(place, Own), n, 1, n < 2 ? [] : [step.Own.Mean, step.Own.Interval.Low, step.Own.Interval.High, n], OfReceiver: true) { Sums = [ofOwn] };
            yield return new RawCell(Codes(place, All), others, all.Schools, [all.Growth.Mean, Finite(all.Growth.StandardDeviation)]) { Sums = [ofAll] };
            yield return together is not null ? InPlace(Difference) : new RawCell(Codes(place, Difference), both, all.Schools, Interval.PartAgainstWhole(step.Own, all.Growth) is { } d ? [d.Estimate, d.Low, d.High] : []) { Sums = [ofOwn, ofAll] };
            if (step.Standardised is { } standardised) yield return together is not null ? InPlace(Standardised) : new RawCell(Codes(place, Standardised), both, all.Schools, [InDeviations(standardised)]) { Sums = [ofOwn, ofAll] };
            if (step.Reference is { } reference) yield return new RawCell(Codes(place, Reference), both, all.Schools, [ReferenceFunction.Tenths(reference) / 10.0]) { Sums = [ofAll], UnseenLevels = unseen.OfReference(new ReportSeries(own.Subject, own.Scale), place) };
            if (step.Effect is { } effect) yield return together is not null ? InPlace(Effect) : Measured(Codes(place, Effect), Math.Min(both, Measure()), all.Schools, Believed(effect), [ofOwn, ofAll, .. Behind()]);
            if (statistics.Levels.OfSchool(school, own.Subject, own.Scale, step.Step) is { } level) yield return new RawCell(Codes(place, Level), n, 1, [level.Start, level.End], OfReceiver: true) { Sums = [.. Apart(ofOwn)] };
            if (statistics.Levels.OfAll(own.Subject, own.Scale, step.Step) is { } spread)
                yield return new RawCell(Codes(place, Spread), others, all.Schools, [spread.Start, spread.StartLow, spread.StartHigh, spread.End, spread.EndLow, spread.EndHigh]) { Sums = [.. Apart(ofAll)] };

            // Shown of more steps together: it counts as many pupils as they have.
            RawCell InPlace(string part) => new(Codes(place, part), together.Pupils, together.Schools, []) { Together = true };
        }

        /// <summary>
        /// Small steps together: how far they lie from all schools and from what was expected, and nothing in points. A mean in points beside one in SD would be two equations in what each step adds up to, and with
        /// two steps that tells either.
        /// </summary>
        IEnumerable<RawCell> StepsTogether(StepsTogether of)
        {
            var lines = of.Steps.Select(step => new ReportLine(own.Subject, own.Scale, step)).ToList();
            var d = of.Difference;
            yield return Measured(Codes(of.Code, Together), of.Pupils, of.Schools, [InDeviations(d.Estimate), InDeviations(d.Low), InDeviations(d.High), of.Pupils],
                [.. lines.Select(line => statistics.Cohort.Members.Growth(school, line)), .. lines.Select(line => statistics.Cohort.Members.Growth(-1, line))]);
            if (of.Effect is { } effect) yield return Measured(Codes(of.Code, Effect), Math.Min(of.Pupils, Measure()), of.Schools, Believed(effect), Behind());
        }

        static IEnumerable<CellSum> Apart(CellSum growth) => growth.Terms.Select(term => growth with { Terms = [term] });

        static double Finite(double value) => double.IsFinite(value) ? value : 0;

        IEnumerable<RawCell> Whole()
        {
            var schools = _all.Steps.Max(s => s.Schools);
            var others = _all.Steps.Sum(s => s.Growth.Count) - own.Pupils;
            yield return new RawCell(Codes("all", Schools), others, schools, [schools]);
            if (own.Effect is { } effect) yield return Measured(Codes("all", Effect), Math.Min(own.Pupils, Measure()), schools, Believed(effect), Behind());
            if (Picture(_all.Positions) is { } picture) yield return new RawCell(Codes("all", Strip), others, schools, [picture.From, picture.To, .. picture.Heights]);
            if (own.Sensitivity is not { } missing) yield break;
            // Between the two of them lies the effect: what tells that, they tell.
            var hidden = Math.Min(Math.Min(own.Coverage.Missing, own.Pupils), Measure());
            yield return Measured(Codes("all", IfLess), hidden, schools, Believed(missing.IfLess), Behind());
            yield return Measured(Codes("all", IfMore), hidden, schools, Believed(missing.IfMore), Behind());
            if (missing.Tipping is { } tipping) yield return Measured(Codes("all", Tipping), hidden, schools, [InDeviations(tipping)], Behind());
        }

        /// <summary>
        /// The means of all that an effect is measured against, of every step: who knows the school's own growth and the others of these means could tell the one that is hidden.
        /// </summary>
        CellSum[] Behind() => _behind ??= [.. InModel().Select(step => statistics.Cohort.Members.Growth(-1, new ReportLine(own.Subject, own.Scale, step.Step)))];

        /// <summary>How many other pupils are in the smallest of these means.</summary>
        long Measure() => InModel().Select(step => (_all.Steps.First(s => s.Step == step.Step).Growth - step.Own).Count).DefaultIfEmpty(0).Min();

        /// <summary>The steps of the model in which the school has pupils.</summary>
        IEnumerable<SchoolStep> InModel() => own.Steps.Where(step => step.Effect is not null && step.Own.Count > 0);

        /// <summary>A number that would tell some means of all: it leaves only if each of them may. What is hidden for its own pupils' sake tells nothing of them.</summary>
        static RawCell Measured(string[] codes, long pupils, int schools, IReadOnlyList<double> values, IReadOnlyList<CellSum> sums) =>
            new(codes, pupils, schools, values) { Sums = pupils < Least ? [] : sums };

        IEnumerable<RawCell> Coverage(GrowthCoverage c)
        {
            var moved = c.Came + c.Left;
            int[] reasons = [c.Missing, moved, c.OtherStep];
            var small = reasons.Where(r => r < Least).ToArray();
            // The sum of all reasons tells a single small one: it is shown where small ones are enough together and none of them stands alone.
            var sum = small.Length == 0 || (small.Length > 1 && small.Sum() >= Least) ? reasons.Sum() : 0;
            yield return Count(Counted, c.Counted, c.Counted);
            yield return Count(Missing, c.Missing, c.Missing);
            yield return Count(Moved, moved, moved);
            yield return Count(OtherStep, c.OtherStep, c.OtherStep);
            yield return Count(Uncounted, reasons.Sum(), sum);
        }

        RawCell Count(string part, long value, long pupils) => new(Codes("all", part), pupils, 1, [value], OfReceiver: true);

        IEnumerable<RawCell> GapCells(SchoolGap gap)
        {
            var all = _all.Gaps.FirstOrDefault(g => g.Contrast == gap.Contrast);
            var smaller = Math.Min(gap.First, gap.Second);
            // Who is in neither group must not be few: their number would follow from the two.
            var rest = own.Pupils - gap.First - gap.Second;
            yield return Measured(Codes(gap.Contrast.Variable, Gap), smaller, all?.Schools ?? 0, [.. Believed(gap.Gap, gap.FromNational), InDeviations(all?.Mean.Mean ?? 0)], statistics.Gaps.Sums(own.Subject, own.Scale, gap.Contrast));
            yield return new RawCell(Codes(gap.Contrast.Variable, GapSizes), rest == 0 ? smaller : Math.Min(smaller, rest), 1, [gap.First, gap.Second], OfReceiver: true);
        }

        /// <summary>In an order of their own: that of attention would tell of numbers which are not there. Where a group has nobody the cell is there too, hidden like a small one.</summary>
        IEnumerable<RawCell> GapLevels() =>
            from contrast in GapContrast.All
            where !contrast.SeenBySchool
            from all in _all.Gaps
            where all.Contrast == contrast
            let level = unseen.Of(new ReportSeries(own.Subject, own.Scale), contrast.Variable)
            select new RawCell(Codes(contrast.Variable, GapLevel), own.Pupils, all.Schools, [level.Level.Published, InDeviations(all.Mean.Mean)]) { UnseenLevels = [level], Sums = own.Pupils < Least ? [] : statistics.Gaps.Sums(own.Subject, own.Scale, contrast) };

        IEnumerable<RawCell> TrendCells()
        {
            var schools = _all.Steps.Max(s => s.Schools);
            // Each is drawn to the others, so each tells of what all are measured against.
            CellSum[] behind = [.. own.Trend.SelectMany(point => point.YearGroups.Select(first => statistics.Cohort.Members.GrowthOfAll(new(point.Edition, own.Subject, own.Scale, first)))).OfType<CellSum>()];
            foreach (var point in own.Trend) yield return Measured(Codes(point.Edition.ToString(), Trend), point.Pupils, schools, [.. Believed(point.Pooled), point.Pupils], behind);
            if (own.ThreeYears is { } pooled) yield return Measured(Codes("all", ThreeYears), own.PupilsOfTrend, schools, Believed(pooled), behind);
        }
    }
}
