using System.CommandLine;
using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn fit</c>: any linear mixed model on anybody's data, with the answers of R's lme4.</summary>
static class FitCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("data") { Description = "A CSV file with a header (comma, semicolon or tab)" };
        var formula = new Option<string>("--formula") { Description = "The model as R's lme4 writes it, such as \"y ~ 1 + x + (1 + x | g)\"", Required = true };
        var ml = new Option<bool>("--ml") { Description = "Full likelihood in place of REML" };
        var weights = new Option<string?>("--weights") { Description = "The column of weights" };
        var errors = new Option<string?>("--error-variance") { Description = "The column of known error variances of the response" };
        var ranef = new Option<bool>("--ranef") { Description = "Also the predicted effect of every level, with its standard error" };
        var profile = new Option<bool>("--profile") { Description = "Also 95% likelihood-profile intervals (by full likelihood)" };
        var bootstrap = new Option<int>("--bootstrap") { Description = "Also 95% intervals from this many parametric bootstrap samples, 40 or more" };
        var seed = new Option<int>("--seed") { Description = "The seed of the bootstrap", DefaultValueFactory = _ => 1 };
        var report = new Option<string?>("--report") { Description = "Also write a page with tables and diagnostic pictures to this HTML file; it shows single values of the data" };
        var json = Verb.Json();
        return Verb.Of("fit", "Fit a mixed model", "groeilijn fit scores.csv --formula \"score ~ 1 + year + (1 + year | pupil) + (1 | school)\"", parsed =>
        {
            if (parsed.GetValue(bootstrap) is not 0 and < 40 || parsed.GetValue(seed) < 0) return parsed.Refuse("--bootstrap asks 40 samples or more, and --seed zero or more", "a thousand samples give steady intervals", Verb.WrongUse);
            if ((parsed.GetValue(profile) || parsed.GetValue(bootstrap) > 0) && parsed.GetValue(errors) is not null) return parsed.Refuse("--profile and --bootstrap do not go with --error-variance", "leave one of them out", Verb.WrongUse);
            if (!File.Exists(parsed.GetValue(file))) return parsed.Refuse("there is no such data file", "check the name");
            if (parsed.GetValue(report) is { } place && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(place)))) return parsed.Refuse("the folder for the report is not there", "make it first, or name another");
            var model = ModelFormula.Parse(parsed.GetValue(formula)!);
            if (!model.Ok) return Refuse(parsed, model.Refusal!);
            string[] named = [.. model.Value.Columns.Concat(new[] { parsed.GetValue(weights), parsed.GetValue(errors) }.OfType<string>())];
            var table = CsvTable.Read(parsed.GetValue(file)!, named);
            if (!table.Ok) return Refuse(parsed, table.Refusal!);
            if (MeantNumbers.InResponse(model.Value, table.Value) is { } texts) return Refuse(parsed, texts);
            foreach (var factor in MeantNumbers.AsFactors(model.Value, table.Value)) parsed.Warn(factor);
            var fitted = MixedModel.Fit(model.Value, table.Value, new MixedModelOptions { Reml = !parsed.GetValue(ml), Weights = parsed.GetValue(weights), ErrorVariances = parsed.GetValue(errors) });
            if (!fitted.Ok) return Refuse(parsed, fitted.Refusal!);
            var fit = fitted.Value;
            if (!fit.Converged) parsed.Warn("the search did not end at a minimum: no number below may be used");
            if (fit.Redundant.Count > 0) parsed.Warn($"left out because earlier columns give them: {string.Join(", ", fit.Redundant)}");
            var intervals = new Dictionary<string, IReadOnlyList<ProfiledParameter>>();
            if (parsed.GetValue(profile)) intervals.Add("profile", fit.ProfileIntervals());
            if (parsed.GetValue(bootstrap) is > 0 and var samples) intervals.Add("bootstrap", Percentiles(fit, [.. fit.BootstrapReplicates(samples, (ulong)parsed.GetValue(seed))]));
            if (parsed.GetValue(report) is { } page) DurableFile.Write(page, Encoding.UTF8.GetBytes(FitReport.Page(fit, parsed.GetValue(formula)!, intervals)));
            return parsed.GetValue(json) ? parsed.SayJson(Document(fit, parsed.GetValue(ranef), intervals)) : parsed.Say(Text(fit, parsed.GetValue(ranef), intervals));
        }, file, formula, ml, weights, errors, ranef, profile, bootstrap, seed, report, json);
    }

    static int Refuse(ParseResult parsed, FitRefusal refusal) => parsed.Refuse(refusal.What, refusal.Remedy);

    /// <summary>The middle 95% of the replicates, parameter by parameter.</summary>
    static List<ProfiledParameter> Percentiles(MixedFit fit, List<BootstrapReplicate> replicates)
    {
        var made = new List<ProfiledParameter>();
        var deviations = fit.Random.SelectMany(r => r.Terms.Select((t, i) => (Name: $"sd {r.Group} {t}", Value: r.Deviations[i]))).ToList();
        for (var i = 0; i < deviations.Count; i++) Middle(deviations[i].Name, deviations[i].Value, r => r.Deviations[i]);
        Middle("sigma", fit.Sigma, r => r.Sigma);
        for (var i = 0; i < fit.Fixed.Count; i++) Middle(fit.Fixed[i].Name, fit.Fixed[i].Estimate, r => r.Fixed[i]);
        return made;

        void Middle(string name, double estimate, Func<BootstrapReplicate, double> of)
        {
            double[] sorted = [.. replicates.Select(of).Order()];
            if (sorted.Length > 0) made.Add(new(name, new(estimate, sorted[(int)(0.025 * (sorted.Length - 1))], sorted[(int)Math.Ceiling(0.975 * (sorted.Length - 1))])));
        }
    }

    static Dictionary<string, object> Document(MixedFit fit, bool ranef, Dictionary<string, IReadOnlyList<ProfiledParameter>> intervals)
    {
        var document = new Dictionary<string, object>
        {
            ["criterion"] = fit.Reml ? "REML" : "ML",
            ["objective"] = fit.Objective,
            ["sigma"] = fit.Sigma,
            ["fixed"] = fit.Fixed.Select(f => new { name = f.Name, estimate = f.Estimate, se = f.StandardError }),
            ["random"] = fit.Random.Select(r => new { group = r.Group, levels = r.Levels, terms = r.Terms, sd = r.Deviations, correlation = r.Correlations }),
            ["converged"] = fit.Converged,
            ["singular"] = fit.Singular,
            ["evaluations"] = fit.Evaluations,
            ["rows"] = fit.Rows,
            ["dropped"] = fit.Dropped,
        };
        if (fit.Redundant.Count > 0) document["redundant"] = fit.Redundant;
        if (fit.NotIdentifiable.Count > 0) document["notIdentifiable"] = fit.NotIdentifiable;
        foreach (var (kind, list) in intervals) document[kind] = list.Select(p => new { name = p.Name, estimate = p.Interval.Estimate, low = End(p.Interval.Low), high = End(p.Interval.High) });
        if (ranef)
            document["effects"] = fit.Random.Select(r => r.Group).Distinct().ToDictionary(g => g, g => fit.Effects(g).Select(e => new
            {
                level = e.Level,
                value = e.Modes,
                se = e.Modes.Select((_, i) => Math.Sqrt(e.Covariance[i * e.Modes.Length + i])),
                conditionalSd = e.Modes.Select((_, i) => Math.Sqrt(e.Conditional[i * e.Modes.Length + i])),
            }));
        return document;
    }

    /// <summary>An end that was not found is null: JSON has no word for what is no number.</summary>
    static double? End(double value) => double.IsFinite(value) ? value : null;

    static string Text(MixedFit fit, bool ranef, Dictionary<string, IReadOnlyList<ProfiledParameter>> intervals)
    {
        var text = new StringBuilder();
        Line(text, $"{(fit.Reml ? "REML criterion" : "-2 log-likelihood")}: {fit.Objective:F4}   {fit.Rows} rows{(fit.Dropped > 0 ? $", {fit.Dropped} left out with a missing cell" : "")}");
        Line(text, Account(fit));
        if (fit.Singular) Line(text, "Singular: a variance is zero or a correlation is 1; the data ask for a simpler random part.");
        if (fit.NotIdentifiable.Count > 0) Line(text, $"Not identifiable: other values fit exactly as well, so do not use: {string.Join(", ", fit.NotIdentifiable)}. Leave one of these effects out.");
        Line(text, $"\n{"Random effects",-34}{"Levels",10}{"SD",14}  Correlation");
        foreach (var r in fit.Random)
            for (var i = 0; i < r.Terms.Count; i++)
                Line(text, $"{(i == 0 ? r.Group : ""),-18}{r.Terms[i],-16}{(i == 0 ? r.Levels.ToString(CultureInfo.InvariantCulture) : ""),10}{Number(r.Deviations[i]),14}{string.Concat(r.Correlations[i].Take(i).Select(c => FormattableString.Invariant($"{c,7:F3}")))}");
        Line(text, $"{"Residual",-44}{Number(fit.Sigma),14}");
        Line(text, $"\n{"Fixed effects",-34}{"Estimate",14}{"Std. error",14}{"t",10}");
        foreach (var f in fit.Fixed) Line(text, $"{f.Name,-34}{Number(f.Estimate),14}{Number(f.StandardError),14}{f.Estimate / f.StandardError,10:F2}");
        foreach (var (kind, list) in intervals)
        {
            Line(text, $"\n{$"95% by {kind}",-34}{"Estimate",14}{"Low",14}{"High",14}");
            foreach (var p in list) Line(text, $"{p.Name,-34}{Number(p.Interval.Estimate),14}{Number(p.Interval.Low),14}{Number(p.Interval.High),14}");
        }
        if (ranef)
            foreach (var group in fit.Random.Select(r => r.Group).Distinct())
            {
                Line(text, $"\n{group}: effect (standard error)");
                foreach (var e in fit.Effects(group)) Line(text, $"{e.Level,-18}{string.Join("  ", e.Modes.Select((m, i) => $"{Number(m)} ({Number(Math.Sqrt(e.Covariance[i * e.Modes.Length + i]))})"))}");
            }
        return text.ToString().TrimEnd();
    }

    /// <summary>What was done, in a line or two.</summary>
    internal static string Account(MixedFit fit)
    {
        var path = fit.Path;
        var search = path.Series
            ? FormattableString.Invariant($"searched by the series (largest eigenvalue {path.Eigenvalue:F3}), the end by {(path.Gap > 0 ? FormattableString.Invariant($"every column of the inverse (within {path.Gap:0.0e+0}, ") : "one exact factor (")}{path.Drift:0.0e+0} from the series)")
            : "all of it by exact factors";
        return FormattableString.Invariant($"{(fit.Converged ? "Converged" : "Not converged")} after {fit.Evaluations} evaluations; {path.Eliminated} eliminated in {path.Patterns} patterns and {path.Cells} cells; {search}.");
    }

    static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    internal static string Number(double value) => value.ToString(Math.Abs(value) is >= 1e6 or (< 1e-3 and > 0) ? "0.0000e+0" : "0.0000", CultureInfo.InvariantCulture);
}
