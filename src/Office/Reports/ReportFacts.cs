using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>
/// What is true of a school, looked up in the statistics anew, not through the cells of the report: values by series, place, part and measure, and how many pupils and
/// schools stand behind each. Checks hold every form of the report against it.
/// </summary>
sealed class ReportFacts
{
    /// <summary>Ten, without two children whom a parent may know.</summary>
    const int Least = 12;

    readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);
    readonly Dictionary<string, bool> _hidden = new(StringComparer.Ordinal);
    readonly Dictionary<string, Posterior> _believed = new(StringComparer.Ordinal);

    public ReportFacts(ReportStatistics statistics, string school)
    {
        var number = statistics.Cohort.NumberOf(school);
        foreach (var series in statistics.Growth.Of(school).Series)
        {
            var key = $"{Education.Subjects.Code(series.Subject)}|{series.Scale}";
            var all = statistics.Growth.Series.First(s => (s.Subject, s.Scale) == (series.Subject, series.Scale));
            foreach (var step in series.Steps)
            {
                var (tally, whole) = (statistics.Cohort.OfSchool(number, series.Subject, series.Scale, step.Step), statistics.Cohort.OfAll(series.Subject, series.Scale, step.Step));
                var place = $"{key}|{step.Step.Code}";
                var (few, others) = (tally.Count < Least, whole.Count - tally.Count < Least || all.Steps.First(s => s.Step == step.Step).Schools < 3);
                Put($"{place}|own", few, ("n", tally.Count), ("mean", tally.Mean));
                Put($"{place}|all", others, ("mean", whole.Mean));
                Put($"{place}|difference", few || others, ("estimate", tally.Mean - whole.Mean));
                Put($"{place}|standardised", few || others, ("value", Rounded(step.Standardised ?? double.NaN)));
                Put($"{place}|reference", few || others, ("value", Rounded(step.Reference ?? double.NaN, 10)));
                if (statistics.Levels.OfSchool(number, series.Subject, series.Scale, step.Step) is { } level) Put($"{place}|level", few, ("start", level.Start), ("end", level.End));
                if (step.Effect is { } effect) Put($"{place}|effect", few || others, effect);
                if (Interval.PartAgainstWhole(tally, whole) is { } d) _believed[$"{place}|difference"] = new Posterior(d.Estimate, (d.High - d.Low) / 2);
            }
            foreach (var together in series.Together)
            {
                var tallies = together.Steps.Select(step => (Own: statistics.Cohort.OfSchool(number, series.Subject, series.Scale, step), All: statistics.Cohort.OfAll(series.Subject, series.Scale, step))).ToList();
                var (n, few) = (tallies.Sum(t => t.Own.Count), tallies.Any(t => t.All.Count - t.Own.Count < Least));
                var estimate = tallies.Sum(t => t.Own.Count * (t.Own.Mean - t.All.Mean) / t.All.StandardDeviation) / n;
                Put($"{key}|{together.Code}|together", n < Least || few, ("estimate", Rounded(estimate)), ("n", n));
                _believed[$"{key}|{together.Code}|together"] = new Posterior(Rounded(estimate), (Rounded(together.Difference.High) - Rounded(together.Difference.Low)) / 2);
                if (together.Effect is { } shared) Put($"{key}|{together.Code}|effect", n < Least || few, shared);
                foreach (var step in together.Steps) foreach (var part in (string[])["difference", "standardised", "effect"]) _hidden[$"{key}|{step.Code}|{part}"] = true;
            }
            var c = series.Coverage;
            foreach (var (part, n) in new[] { ("counted", c.Counted), ("missing", c.NoStart + c.NoEnd), ("moved", c.Came + c.Left), ("other-step", c.OtherStep) }) Put($"{key}|all|{part}", n < Least, ("n", n));
            var own = series.Steps.Sum(s => s.Own.Count);
            if (series.Effect is { } e) Put($"{key}|all|effect", own < Least, e);
            if (series.ThreeYears is { } pooled) Put($"{key}|all|three-years", series.PupilsOfTrend < Least, pooled);
            if (series.Sensitivity is { } missing)
            {
                Put($"{key}|all|if-less", c.NoStart + c.NoEnd < Least, missing.IfLess);
                Put($"{key}|all|if-more", c.NoStart + c.NoEnd < Least, missing.IfMore);
            }
            foreach (var point in series.Trend) Put($"{key}|{point.Edition}|trend", point.Pupils < Least, point.Pooled);
            foreach (var gap in series.Gaps.Where(g => g.Contrast.SeenBySchool))
            {
                var (national, from) = (Rounded(all.Gaps.FirstOrDefault(g => g.Contrast == gap.Contrast)?.Mean.Mean ?? 0), Rounded(gap.FromNational));
                Put($"{key}|{gap.Contrast.Variable}|gap", Math.Min(gap.First, gap.Second) < Least, ("mean", Rounded(gap.Gap.Mean)), ("all", national));
                _believed[$"{key}|{gap.Contrast.Variable}|wider"] = national < 0 ? new Posterior(-from.Mean, from.Deviation) : from;
            }
            // Of groups that the school cannot see: words and the national gap, never a number of its own.
            foreach (var national in all.Gaps.Where(g => !g.Contrast.SeenBySchool))
            {
                var place = $"{key}|{national.Contrast.Variable}";
                var gap = series.Gaps.FirstOrDefault(g => g.Contrast == national.Contrast);
                var rest = gap is null ? 0 : own - gap.First - gap.Second;
                Put($"{place}|gap-level", gap is null || Math.Min(gap.First, gap.Second) < 10 || rest is > 0 and < 10, ("all", Rounded(national.Mean.Mean)));
                (_hidden[$"{place}|gap"], _hidden[$"{place}|gap-sizes"]) = (true, true);
                if (gap is null) continue;
                var from = new Posterior(national.Mean.Mean < 0 ? -gap.FromNational.Mean : gap.FromNational.Mean, gap.FromNational.Deviation);
                var (more, less) = (from.Above(0.1), from.Below(-0.1));
                _believed[$"{place}|wider"] = from;
                _values[$"{place}|gap-level|level"] = more >= 0.975 ? 2 : less >= 0.975 ? -2 : more >= 0.8 ? 1 : less >= 0.8 ? -1 : 0;
            }
            Pupils += own;
            if (series.Trend.Count > 1 && series.Trend[^1].Pupils >= Least && series.Trend[^2].Pupils >= Least) Jump = Math.Max(Jump, Math.Abs(series.Trend[^1].Pooled.Mean - series.Trend[^2].Pooled.Mean));
        }
    }

    /// <summary>Growths counted, all series together.</summary>
    public long Pupils { get; }

    /// <summary>The largest change since the edition before, in SD.</summary>
    public double Jump { get; }

    /// <summary>A value by its name; null when there is none.</summary>
    public double? Value(string name) => _values.TryGetValue(name, out var value) ? value : null;

    /// <summary>What is believed, by series, place and part.</summary>
    public Posterior? Believed(string cell) => _believed.TryGetValue(cell, out var posterior) ? posterior : null;

    /// <summary>Whether a cell must be hidden because of the pupils or schools behind it.</summary>
    public bool MustHide(string cell) => _hidden.GetValueOrDefault(cell);

    /// <summary>The cells that must be hidden.</summary>
    public IEnumerable<string> Hidden => _hidden.Where(h => h.Value).Select(h => h.Key);

    void Put(string cell, bool hidden, params ReadOnlySpan<(string Measure, double Value)> values)
    {
        _hidden[cell] = hidden;
        foreach (var (measure, value) in values) _values[$"{cell}|{measure}"] = value;
    }

    /// <summary>As it may be published: half away from zero, in hundredths of an SD or in tenths of a point.</summary>
    static double Rounded(double value, double parts = 100) => Math.CopySign(Math.Floor(Math.Abs(value) * parts + 0.5) / parts, value);

    static Posterior Rounded(Posterior posterior) => new(Rounded(posterior.Mean), Rounded(posterior.Deviation));

    void Put(string cell, bool hidden, Posterior exact)
    {
        var posterior = Rounded(exact);
        Put(cell, hidden, ("mean", posterior.Mean), ("sd", posterior.Deviation));
        _believed[cell] = posterior;
    }
}

