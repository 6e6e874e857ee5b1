using System.Text;
using Groeilijn.Statistics.Growth;
using Groeilijn.Web;

namespace Groeilijn.Cli.Commands;

/// <summary>A fit as one page that opens anywhere: its tables, and the pictures by which a model is judged, each with a table of what it shows.</summary>
static class FitReport
{
    const int MostPoints = 1500, MostLevels = 60, Bins = 12;

    internal static string Page(MixedFit fit, string formula, Dictionary<string, IReadOnlyList<ProfiledParameter>> intervals)
    {
        var body = new StringBuilder();
        body.Append("<p><code>").Append(Html.Encode(formula)).Append("</code></p>\n");
        if (!fit.Converged) body.Append("<p><strong>The search did not end at a minimum: no number below may be used.</strong></p>\n");
        if (fit.Singular) body.Append("<p><strong>Singular:</strong> a variance is zero or a correlation is 1; the data ask for a simpler random part.</p>\n");
        if (fit.NotIdentifiable.Count > 0) body.Append("<p><strong>Not identifiable:</strong> other values fit exactly as well, so do not use: ").Append(Html.Encode(string.Join(", ", fit.NotIdentifiable))).Append(". Leave one of these effects out.</p>\n");
        body.Append(Html.Figures((fit.Reml ? "REML criterion" : "−2 log-likelihood", Html.Number(fit.Objective, 4, "en")), ("Rows", Html.Number(fit.Rows, "en")), ("Left out with a missing cell", Html.Number(fit.Dropped, "en")), ("Residual deviation", Number(fit.Sigma))));
        body.Append("<p>").Append(Html.Encode(FitCommand.Account(fit))).Append("</p>\n");
        if (fit.Redundant.Count > 0) body.Append("<p>Left out because earlier columns give them: ").Append(Html.Encode(string.Join(", ", fit.Redundant))).Append(".</p>\n");
        body.Append("<p>This page shows single values of the data. It is for judging the model, not for publication.</p>\n<h2>Fixed effects</h2>\n").Append(Fixed(fit, intervals));
        body.Append("<h2>Variance components</h2>\n").Append(Components(fit, intervals));
        Residuals(body, fit);
        foreach (var group in fit.Random.Select(r => r.Group).Distinct()) Effects(body, fit, group);
        if (intervals.TryGetValue("profile", out var profiles)) Profiles(body, profiles);
        return Web.Page.Render(new PageHead("en", "A mixed model", "groeilijn fit"), body.ToString());
    }

    static string Fixed(MixedFit fit, Dictionary<string, IReadOnlyList<ProfiledParameter>> intervals) => Html.Table("Fixed effects",
        ["Effect", Right("Estimate"), Right("Standard error"), Right("t"), .. intervals.Keys.Select(k => new Cell($"95 % by {k}"))],
        fit.Fixed.Select(f => (IReadOnlyList<Cell>)[f.Name, Cell.Number(Number(f.Estimate)), Cell.Number(Number(f.StandardError)), Cell.Number(Html.Number(f.Estimate / f.StandardError, 2, "en")), .. Ends(intervals, f.Name)]));

    static string Components(MixedFit fit, Dictionary<string, IReadOnlyList<ProfiledParameter>> intervals)
    {
        var rows = new List<IReadOnlyList<Cell>>();
        foreach (var r in fit.Random)
            for (var i = 0; i < r.Terms.Count; i++)
                rows.Add([$"{r.Group}: {r.Terms[i]}", Cell.Number(r.Levels, "en"), Cell.Number(Number(r.Deviations[i])), string.Join("  ", r.Correlations[i].Take(i).Select(c => Html.Number(c, 3, "en"))), .. Ends(intervals, $"sd {r.Group} {r.Terms[i]}")]);
        rows.Add(["Residual", "", Cell.Number(Number(fit.Sigma)), "", .. Ends(intervals, "sigma")]);
        return Html.Table("Standard deviations and correlations with the terms above of the same group", ["Term", Right("Levels"), Right("Standard deviation"), "Correlations", .. intervals.Keys.Select(k => new Cell($"95 % by {k}"))], rows);
    }

    static IEnumerable<Cell> Ends(Dictionary<string, IReadOnlyList<ProfiledParameter>> intervals, string name) =>
        intervals.Values.Select(list => list.Where(p => p.Name == name).Select(p => new Cell($"{Number(p.Interval.Low)} to {Number(p.Interval.High)}")).FirstOrDefault(new Cell("")));

    // ---- residuals ----

    static void Residuals(StringBuilder body, MixedFit fit)
    {
        var (fitted, residuals) = (fit.FittedValues(), fit.Residuals());
        var order = Enumerable.Range(0, fitted.Length).ToArray();
        Array.Sort((double[])fitted.Clone(), order);
        var points = Spread(order, MostPoints).Select(i => (fitted[i], residuals[i])).ToList();
        var bins = Enumerable.Range(0, Math.Min(Bins, order.Length)).Select(b => order[(order.Length * b / Bins)..(order.Length * (b + 1) / Bins)]).Where(b => b.Length > 0).ToList();
        var means = bins.Select(b => (b.Average(i => fitted[i]), b.Average(i => residuals[i]))).ToList();
        body.Append("<h2>Residuals and fitted values</h2>\n<p>Dots are rows, the line their mean. A line that bends asks for another term; a cloud that widens asks for a transformation or weights.</p>\n");
        body.Append(FitPlot.Of("rf", "Residuals against fitted values", Described(points.Count, fitted.Length, "rows"), "fitted value", "residual", points, means, zero: true));
        body.Append(Html.Table("Residuals by fitted value, in twelve groups of equal size", ["Fitted values", Right("Rows"), Right("Mean residual"), Right("Deviation of residuals")],
            bins.Select(b => (IReadOnlyList<Cell>)[$"{Number(fitted[b[0]])} to {Number(fitted[b[^1]])}", Cell.Number(b.Length, "en"), Cell.Number(Number(b.Average(i => residuals[i]))), Cell.Number(Number(Deviation([.. b.Select(i => residuals[i])])))])));
        Quantiles(body, "qr", "Residuals and the normal distribution", "residual ÷ σ", [.. residuals.Select(r => r / fit.Sigma)]);
    }

    /// <summary>Sorted values against normal quantiles, with the line on which they lie when they are normal.</summary>
    static void Quantiles(StringBuilder body, string id, string title, string axis, double[] values)
    {
        Array.Sort(values);
        var n = values.Length;
        double At(double p) => Posterior.Quantile(p);
        var points = Spread([.. Enumerable.Range(0, n)], 600).Select(i => (At((i + 0.5) / n), values[i])).ToList();
        var reach = Math.Max(1, At(1 - 0.5 / n));
        body.Append("<h2>").Append(Html.Encode(title)).Append("</h2>\n<p>Dots on the line are normal. Ends that bend away are heavy tails or outliers.</p>\n");
        body.Append(FitPlot.Of(id, title, Described(points.Count, n, "values"), "normal quantile", axis, points, [(-reach, -reach), (reach, reach)], zero: false));
        double[] shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
        body.Append(Html.Table(title, ["Share below", Right("Normal"), Right("Here")], shares.Select(p => (IReadOnlyList<Cell>)[Html.Number(100 * p, 0, "en") + " %", Cell.Number(Html.Number(At(p), 2, "en")), Cell.Number(Html.Number(values[Math.Clamp((int)(p * n), 0, n - 1)], 2, "en"))])));
    }

    // ---- levels ----

    static void Effects(StringBuilder body, MixedFit fit, string group)
    {
        var effects = fit.Effects(group);
        var terms = fit.Random.Where(r => r.Group == group).SelectMany(r => r.Terms).ToList();
        for (var t = 0; t < terms.Count; t++)
        {
            var rows = effects.Select(e => (e.Level, Mode: e.Modes[t], Error: Math.Sqrt(e.Covariance[t * terms.Count + t]))).OrderBy(e => e.Mode).ThenBy(e => e.Level, StringComparer.Ordinal).ToList();
            var shown = Spread([.. Enumerable.Range(0, rows.Count)], MostLevels).Select(i => rows[i]).ToList();
            var title = $"Effects of {group}: {terms[t]}";
            var few = shown.Count < rows.Count ? $" {shown.Count} of {rows.Count} levels are shown, spread evenly over the order." : "";
            body.Append("<h2>").Append(Html.Encode(title)).Append("</h2>\n<p>Predicted effects in order, with 95 % prediction intervals.").Append(few).Append(" Intervals that overlap do not rank their levels.</p>\n");
            body.Append(FitPlot.Caterpillar($"c{Id(group)}{t}", title, $"{rows.Count} levels from lowest to highest.{few}", [.. shown.Select(e => (e.Level, e.Mode, e.Mode - 1.96 * e.Error, e.Mode + 1.96 * e.Error))]));
            body.Append(Html.Table(title, ["Level", Right("Effect"), Right("Standard error"), "95 % interval"],
                shown.Select(e => (IReadOnlyList<Cell>)[e.Level, Cell.Number(Number(e.Mode)), Cell.Number(Number(e.Error)), $"{Number(e.Mode - 1.96 * e.Error)} to {Number(e.Mode + 1.96 * e.Error)}"])));
        }
    }

    static string Id(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit));

    // ---- profiles ----

    static void Profiles(StringBuilder body, IReadOnlyList<ProfiledParameter> profiles)
    {
        body.Append("<h2>Likelihood profiles</h2>\n<p>ζ is the signed root of what the deviance rises when a parameter is held at a value. A straight line means that the interval is symmetric; ζ = ±1.96 are the ends of the 95 % interval.</p>\n");
        foreach (var (i, p) in profiles.Index())
        {
            var curve = Apart(p.Curve);
            if (curve.Count < 3) continue;
            body.Append("<h3>").Append(Html.Encode(p.Name)).Append("</h3>\n");
            body.Append(FitPlot.Of($"p{i}", $"Profile of {p.Name}", $"95 % interval from {Number(p.Interval.Low)} to {Number(p.Interval.High)}.", p.Name, "ζ", curve, curve, zero: true, marks: [-1.96, 1.96]));
            body.Append(Html.Table($"Profile of {p.Name}", [Right("Value"), Right("ζ")], curve.Select(c => (IReadOnlyList<Cell>)[Cell.Number(Number(c.Value)), Cell.Number(Html.Number(c.Zeta, 3, "en"))])));
        }
    }

    /// <summary>The points of a profile that can be told apart: the search for an end comes ever closer to it.</summary>
    static List<(double Value, double Zeta)> Apart(IReadOnlyList<(double Value, double Zeta)> curve)
    {
        var kept = new List<(double Value, double Zeta)>();
        foreach (var point in curve.Where(c => Math.Abs(c.Zeta) < 3.5)) if (kept.Count == 0 || Math.Abs(point.Zeta - kept[^1].Zeta) > 0.05) kept.Add(point);
        return kept;
    }

    // ---- small things ----

    /// <summary>As many of them as asked, evenly spread, first and last among them.</summary>
    static IEnumerable<int> Spread(int[] all, int most) => all.Length <= most ? all : Enumerable.Range(0, most).Select(k => all[(int)((long)k * (all.Length - 1) / (most - 1))]);

    static string Described(int shown, int all, string what) => shown < all ? $"{shown} of {all} {what} are drawn, spread evenly; the table below sums up all of them." : $"All {all} {what} are drawn; the table below sums them up.";

    static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Length - 1));
    }

    static Cell Right(string text) => new(text, CellKind.Number);

    static string Number(double value) => double.IsFinite(value) ? FitCommand.Number(value).Replace('-', '−') : "not found";
}
