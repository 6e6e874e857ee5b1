using Groeilijn.Education;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>
/// What a report says of one subject and scale, from counts. Sums run over schools in order of code, steps and backgrounds in order of name; growth is added as whole tenths.
/// </summary>
sealed class SeriesStatistics
{
    readonly CountedGrowth _counted;
    readonly Dictionary<string, LinkCounts> _deliveries;
    readonly (CountKey Key, Tally Growth)[] _cells;
    readonly ILookup<int, (CountKey Key, Tally Growth)> _bySchool;
    readonly Dictionary<(int Back, int Step), Tally> _all;
    readonly Dictionary<(int Back, int Step), (Tally Growth, int Schools)> _measures;
    readonly Dictionary<(int Back, int Step), double> _expected;
    readonly Dictionary<(int Back, int Step), int> _schoolsOf;
    readonly ILookup<int, (ulong Steps, int Pupils)> _pupils;
    readonly int[] _numbered, _named;
    readonly IReadOnlyList<(int Variable, string Level)> _columns;
    readonly Fitted<GrowthModel> _model;
    readonly SchoolGaps _gaps;
    readonly PooledSeries _trend;
    readonly int[] _schools, _backs;
    readonly ILookup<int, GrowthCoverage> _coverage;

    internal SeriesStatistics(CountedGrowth counted, Dictionary<string, LinkCounts> deliveries, IReadOnlyDictionary<TrendStep, KeptMean> kept)
    {
        (_counted, _deliveries) = (counted, deliveries);
        _numbered = counted.Backgrounds.Sorted();
        _named = new int[_numbered.Length];
        foreach (var (i, number) in _numbered.Index()) _named[number] = i;
        _cells = [.. counted.Growth.Select(g => (Key: g.Key with { Background = _numbered[g.Key.Background] }, Growth: g.Value)).OrderBy(c => (c.Key.School, c.Key.Back, c.Key.Step, c.Key.Background))];
        _bySchool = _cells.ToLookup(c => c.Key.School);
        _all = _cells.GroupBy(c => (c.Key.Back, c.Key.Step)).ToDictionary(g => g.Key, g => Sum(g));
        _schoolsOf = _cells.GroupBy(c => (c.Key.Back, c.Key.Step)).ToDictionary(g => g.Key, g => g.Select(c => c.Key.School).Distinct().Count());
        _measures = _all.Keys.ToDictionary(at => at, at => kept.TryGetValue(new(EditionOf(at.Back), counted.Subject, counted.Scale, at.Step), out var mean) ? (mean.Growth, mean.Schools) : (_all[at], _schoolsOf[at]));
        _pupils = counted.Pupils.ToLookup(p => p.Key.School, p => (p.Key.Steps, p.Value));
        _gaps = new SchoolGaps(Level, [.. _cells.Where(c => c.Key.Back == 0)], step => Deviation(0, step), counted.Backgrounds.Variables, counted.Grown, _numbered);
        // Beside the model who grew has no room.
        counted.Grown.Clear();
        counted.Grown.TrimExcess();
        _columns = counted.Backgrounds.Columns();
        _model = Model();
        _expected = _all.Keys.ToDictionary(k => k, k => Expected(_cells.Where(c => (c.Key.Back, c.Key.Step) == k)));
        _schools = [.. counted.Coverage.Keys.Select(k => k.School).Distinct().Order()];
        _coverage = counted.Coverage.Where(c => _all.ContainsKey((0, c.Key.Step))).ToLookup(c => c.Key.School, c => c.Value);
        _backs = [.. _all.Keys.Select(k => k.Back).Distinct().OrderDescending()];
        var within = Within();
        _trend = PooledSeries.Of([.. _schools.Select(school => _backs.Select(back => Adjusted(school, back) is var (value, n, _) ? new SeriesPoint(value, within / n, n) : new SeriesPoint(0, double.PositiveInfinity, 0)).ToArray())]);
    }

    string Level(int background, int variable) => _counted.Backgrounds.Level(_named[background], variable);

    static Tally Sum(IEnumerable<(CountKey Key, Tally Growth)> cells) => cells.Aggregate(default(Tally), (sum, c) => sum + c.Growth);

    /// <summary>The standard deviation of growth over a step at participating schools; 0 when it has none.</summary>
    double Deviation(int back, int step) => _all.GetValueOrDefault((back, step)) is { Count: > 1 } all ? all.StandardDeviation : 0;

    Fitted<GrowthModel> Model()
    {
        var deviations = _all.Where(a => a.Key.Back == 0 && a.Value.Count >= GrowthModel.FewestGrowths && _schoolsOf[a.Key] >= Gate.Profile.School.Rule.Schools && a.Value.StandardDeviation > 0).ToDictionary(a => a.Key.Step, a => a.Value.StandardDeviation);
        double[][] backgrounds = [.. _named.Select(number => _columns.Select(c => _counted.Backgrounds.Level(number, c.Variable) == c.Level ? 1.0 : 0).ToArray())];
        return GrowthModel.Of(_counted.Spans.Select(s => s with { Background = _numbered[s.Background] }), deviations, backgrounds);
    }

    /// <summary>The mean growth that the backgrounds of these pupils bring, in SD.</summary>
    double Expected(IEnumerable<(CountKey Key, Tally Growth)> cells)
    {
        if (!_model.Ok) return 0;
        double sum = 0;
        long n = 0;
        foreach (var (key, growth) in cells)
        {
            sum += growth.Count * _model.Value.GrowthOf(key.Background);
            n += growth.Count;
        }
        return n == 0 ? 0 : sum / n;
    }

    /// <summary>The variance of growth within a school and step, in SD².</summary>
    double Within()
    {
        double squares = 0;
        long freedom = 0;
        foreach (var cell in _cells.GroupBy(c => (c.Key.School, c.Key.Back, c.Key.Step)))
        {
            var (growth, deviation) = (Sum(cell), Deviation(cell.Key.Back, cell.Key.Step));
            if (growth.Count < 2 || !(deviation > 0)) continue;
            squares += growth.Variance * (growth.Count - 1) / (deviation * deviation);
            freedom += growth.Count - 1;
        }
        return freedom > 0 && squares > 0 ? squares / freedom : 1;
    }

    /// <summary>A school's mean growth in an edition less its reference, in SD, how many growths, and of which steps: those with a mean of all to measure against. Null without.</summary>
    (double Value, long Pupils, IReadOnlyList<int> Steps)? Adjusted(int school, int back)
    {
        double sum = 0;
        long n = 0;
        List<int> steps = [];
        foreach (var step in _bySchool[school].Where(c => c.Key.Back == back).GroupBy(c => c.Key.Step))
        {
            var at = (back, step.Key);
            var (own, (all, schools)) = (Sum(step), _measures[at]);
            if (all.Count < 2 || !(all.StandardDeviation > 0) || !StepGrowth.IsMeasure(all, own, schools)) continue;
            sum += own.Count * ((own.Mean - all.Mean) / all.StandardDeviation - (Expected(step) - _expected[at]));
            n += own.Count;
            steps.Add(step.Key);
        }
        return n == 0 ? null : (sum / n, n, steps);
    }

    // ---- all schools ----

    internal SeriesGrowth National()
    {
        var effects = _schools.Where(s => _bySchool[s].Where(c => c.Key.Back == 0).Sum(c => c.Growth.Count) >= 10).Select(Effect).OfType<Posterior>().ToArray();
        return new SeriesGrowth(_counted.Subject, _counted.Scale, [.. Steps().Select(s => new StepGrowth(StepOf(s), _all[(0, s)], _schoolsOf[(0, s)]))], _gaps.National, _model.Ok ? Described(_model.Value) : null,
            _model.Refusal is { } none ? $"{none.What}; {none.Remedy}" : null, PooledEffects.Positions(effects))
        {
            Measures = [.. _measures.OrderByDescending(m => m.Key.Back).ThenBy(m => m.Key.Step).Select(m => (EditionOf(m.Key.Back), m.Key.Step, m.Value.Growth, m.Value.Schools))],
        };
    }

    IEnumerable<int> Steps() => _all.Keys.Where(k => k.Back == 0).Select(k => k.Step).Order();

    GrowthStep StepOf(int step) => new(step, _counted.Edition.Half);

    SeriesModel Described(GrowthModel model)
    {
        var fit = model.Fit;
        var slopes = fit.Fixed.ToDictionary(f => f.Name, StringComparer.Ordinal);
        return new SeriesModel([.. fit.Random.SelectMany(r => r.Terms.Select((term, i) => (Named(r.Group, term, model), r.Deviations[i]))), ("residual", fit.Sigma)], fit.Singular,
            [.. _columns.Index().Select(c => (c.Item, Name: FormattableString.Invariant($"g{c.Index}"))).Where(c => slopes.ContainsKey(c.Name))
                .Select(c => (_counted.Backgrounds.Variables[c.Item.Variable], c.Item.Level, slopes[c.Name].Estimate, slopes[c.Name].StandardError))], fit.Rows);
    }

    string Named(string group, string term, GrowthModel model) => term switch
    {
        "t" => "school growth",
        ['w', .. var step] => $"school growth {StepOf(model.Steps[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]).Code}",
        _ => group == "pupil" ? "pupil" : "school level",
    };

    // ---- one school ----

    internal IEnumerable<(string School, SchoolSeries Series)> Schools() => _schools.Select((school, place) => (_counted.Schools[school], Of(school, _trend.Schools[place])));

    SchoolSeries Of(int school, SchoolSeriesPosterior trend)
    {
        var linked = _deliveries.GetValueOrDefault(_counted.Schools[school]);
        var coverage = _coverage[school].Aggregate(GrowthCoverage.Nobody with { Delivered = linked.Records, Linked = linked.Linked }, (sum, step) => sum.With(step));
        var effect = Effect(school);
        SchoolStep[] steps = [.. Steps().Select(step => Step(school, step))];
        TrendPoint[] points = [.. _backs.Select((back, i) => Point(school, back, trend.Editions[i]))];
        return new SchoolSeries(_counted.Subject, _counted.Scale, steps, effect, _gaps.Of(school),
            [.. points], trend.Pooled, PupilsOf(school, points), coverage, effect is { } e ? Sensitivity(e, coverage) : null)
        { Together = Together(school, steps) };
    }

    SchoolStep Step(int school, int step)
    {
        var cells = _bySchool[school].Where(c => c.Key.Back == 0 && c.Key.Step == step);
        var (own, all, deviation) = (Sum(cells), _all[(0, step)], Deviation(0, step));
        return new SchoolStep(StepOf(step), own,
            own.Count > 0 && deviation > 0 ? (own.Mean - all.Mean) / deviation : null,
            own.Count > 0 && _model.Ok ? all.Mean + (double.IsNaN(deviation) ? 0 : deviation) * (Expected(cells) - _expected[(0, step)]) : null,
            _model.Ok && _model.Value.Steps.Contains(step) ? _model.Value.Effect(school, [(step, 1)]) : null);
    }

    /// <summary>Steps with too few of the school's pupils, neighbours among themselves together until there are enough. A step that has enough stays by itself.</summary>
    IReadOnlyList<StepsTogether> Together(int school, IReadOnlyList<SchoolStep> steps)
    {
        long least = Gate.Profile.School.Rule.Least;
        SchoolStep[] small = [.. steps.Where(s => s.Own.Count > 0 && s.Own.Count < least && Deviation(0, s.Step.YearGroup) > 0 && StepGrowth.IsMeasure(_all[(0, s.Step.YearGroup)], s.Own, _schoolsOf[(0, s.Step.YearGroup)]))];
        if (Pooling.Neighbours([.. small.Select(s => s.Own.Count)], least) is not { } starts) return [];
        return [.. starts.Select((from, i) => OneRow(school, small[from..(i + 1 < starts.Count ? starts[i + 1] : small.Length)])).OfType<StepsTogether>()];
    }

    StepsTogether? OneRow(int school, SchoolStep[] steps)
    {
        // In SD from the mean of all, each step by its own: all pupils together have sum 0 and N − 1 squares.
        var (n, sum, squares, all, allSquares) = (0L, 0.0, 0.0, 0L, 0L);
        foreach (var (own, whole) in steps.Select(s => (s.Own, _all[(0, s.Step.YearGroup)])))
        {
            var (from, deviation) = (own.Mean - whole.Mean, whole.StandardDeviation);
            (n, all, allSquares) = (n + own.Count, all + whole.Count, allSquares + whole.Count - 1);
            sum += own.Count * from / deviation;
            squares += ((own.Count < 2 ? 0 : own.Variance * (own.Count - 1)) + own.Count * from * from) / (deviation * deviation);
        }
        if (Interval.PartAgainstRest((n, sum / n, Variance(n, sum, squares)), (all - n, -sum / (all - n), Variance(all - n, -sum, allSquares - squares))) is not { } difference) return null;
        var effect = _model.Ok && steps.All(s => s.Effect is not null) ? _model.Value.Effect(school, [.. steps.Select(s => (s.Step.YearGroup, (double)s.Own.Count / n))]) : null;
        return new StepsTogether([.. steps.Select(s => s.Step)], n, steps.Min(s => _schoolsOf[(0, s.Step.YearGroup)]), difference, effect);

        static double Variance(long count, double sum, double squares) => Math.Max(0, squares - sum * sum / count) / (count - 1);
    }

    /// <summary>The effect on the school's own pupils, each step weighing as many as it has.</summary>
    Posterior? Effect(int school)
    {
        if (!_model.Ok) return null;
        var counts = _bySchool[school].Where(c => c.Key.Back == 0 && _model.Value.Steps.Contains(c.Key.Step)).GroupBy(c => c.Key.Step).Select(g => (Step: g.Key, Sum(g).Count)).ToArray();
        var n = counts.Sum(c => c.Count);
        return n == 0 ? null : _model.Value.Effect(school, [.. counts.Select(c => (c.Step, (double)c.Count / n))]);
    }

    TrendPoint Point(int school, int back, Posterior pooled)
    {
        var raw = Adjusted(school, back);
        return new TrendPoint(EditionOf(back), raw?.Pupils ?? 0, raw?.Value, pooled, raw?.Steps ?? []);
    }

    Edition EditionOf(int back)
    {
        var edition = _counted.Edition;
        for (var i = 0; i < back; i++) edition = edition.Previous;
        return edition;
    }

    /// <summary>Pupils who count in any edition of a trend.</summary>
    long PupilsOf(int school, TrendPoint[] trend)
    {
        var steps = trend.Zip(_backs).SelectMany(point => point.First.YearGroups.Select(step => CountedGrowth.Bit(point.Second, step))).Aggregate(0UL, (all, one) => all | one);
        return _pupils[school].Where(p => (p.Steps & steps) != 0).Sum(p => (long)p.Pupils);
    }

    /// <summary>The mean of counted and missing together moves by the share that is missing; it is not shrunken, so that it is rather too wide.</summary>
    static MissingSensitivity Sensitivity(Posterior effect, GrowthCoverage coverage)
    {
        var share = coverage.Missing == 0 ? 0 : (double)coverage.Missing / (coverage.Missing + coverage.Counted);
        var distance = effect.Low > 0 ? effect.Low : effect.High < 0 ? -effect.High : Math.Min(-effect.Low, effect.High);
        return new MissingSensitivity(EditionGrowth.MissingShift, effect.Shifted(-EditionGrowth.MissingShift * share), effect.Shifted(EditionGrowth.MissingShift * share), share > 0 ? distance / share : null);
    }
}
