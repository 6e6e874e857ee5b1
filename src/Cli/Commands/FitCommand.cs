using System.CommandLine;
using System.Globalization;
using System.Text;
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
        var json = Verb.Json();
        return Verb.Of("fit", "Fit a mixed model", "groeilijn fit scores.csv --formula \"score ~ 1 + year + (1 + year | pupil) + (1 | school)\"", parsed =>
        {
            if (!File.Exists(parsed.GetValue(file))) return parsed.Refuse("there is no such data file", "check the name");
            var model = ModelFormula.Parse(parsed.GetValue(formula)!);
            if (!model.Ok) return Refuse(parsed, model.Refusal!);
            string[] named = [.. model.Value.Columns.Concat(new[] { parsed.GetValue(weights), parsed.GetValue(errors) }.OfType<string>())];
            var table = CsvTable.Read(parsed.GetValue(file)!, named);
            if (!table.Ok) return Refuse(parsed, table.Refusal!);
            var fitted = MixedModel.Fit(model.Value, table.Value, new MixedModelOptions { Reml = !parsed.GetValue(ml), Weights = parsed.GetValue(weights), ErrorVariances = parsed.GetValue(errors) });
            if (!fitted.Ok) return Refuse(parsed, fitted.Refusal!);
            var fit = fitted.Value;
            if (!fit.Converged) parsed.Warn("the search did not end at a minimum: no number below may be used");
            if (fit.Redundant.Count > 0) parsed.Warn($"left out because earlier columns give them: {string.Join(", ", fit.Redundant)}");
            return parsed.GetValue(json) ? parsed.SayJson(Document(fit, parsed.GetValue(ranef))) : parsed.Say(Text(fit, parsed.GetValue(ranef)));
        }, file, formula, ml, weights, errors, ranef, json);
    }

    static int Refuse(ParseResult parsed, FitRefusal refusal) => parsed.Refuse(refusal.What, refusal.Remedy);

    static Dictionary<string, object> Document(MixedFit fit, bool ranef)
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

    static string Text(MixedFit fit, bool ranef)
    {
        var text = new StringBuilder();
        Line(text, $"{(fit.Reml ? "REML criterion" : "-2 log-likelihood")}: {fit.Objective:F4}   {fit.Rows} rows{(fit.Dropped > 0 ? $", {fit.Dropped} left out with a missing cell" : "")}");
        if (fit.Singular) Line(text, "Singular: a variance is zero or a correlation is 1; the data ask for a simpler random part.");
        Line(text, $"\n{"Random effects",-34}{"Levels",10}{"SD",14}  Correlation");
        foreach (var r in fit.Random)
            for (var i = 0; i < r.Terms.Count; i++)
                Line(text, $"{(i == 0 ? r.Group : ""),-18}{r.Terms[i],-16}{(i == 0 ? r.Levels.ToString(CultureInfo.InvariantCulture) : ""),10}{Number(r.Deviations[i]),14}{string.Concat(r.Correlations[i].Take(i).Select(c => FormattableString.Invariant($"{c,7:F3}")))}");
        Line(text, $"{"Residual",-44}{Number(fit.Sigma),14}");
        Line(text, $"\n{"Fixed effects",-34}{"Estimate",14}{"Std. error",14}{"t",10}");
        foreach (var f in fit.Fixed) Line(text, $"{f.Name,-34}{Number(f.Estimate),14}{Number(f.StandardError),14}{f.Estimate / f.StandardError,10:F2}");
        if (ranef)
            foreach (var group in fit.Random.Select(r => r.Group).Distinct())
            {
                Line(text, $"\n{group}: effect (standard error)");
                foreach (var e in fit.Effects(group)) Line(text, $"{e.Level,-18}{string.Join("  ", e.Modes.Select((m, i) => $"{Number(m)} ({Number(Math.Sqrt(e.Covariance[i * e.Modes.Length + i]))})"))}");
            }
        return text.ToString().TrimEnd();
    }

    static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    static string Number(double value) => value.ToString(Math.Abs(value) is >= 1e6 or (< 1e-3 and > 0) ? "0.0000e+0" : "0.0000", CultureInfo.InvariantCulture);
}
