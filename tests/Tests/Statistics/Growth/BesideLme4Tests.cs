using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Statistics.Growth;

/// <summary>The same data fitted by R's lme4 on this machine, in this run, and by ours. Where R or lme4 is not installed it is skipped by name.</summary>
public sealed class BesideLme4Tests
{
    static readonly (string Name, string Formula, bool Reml, string? Weights)[] s_models =
    [
        ("sleepstudy", "Reaction ~ Days + (Days | Subject)", true, null),
        ("sleepstudy", "Reaction ~ Days + (Days || Subject)", false, null),
        ("sleepstudy", "Reaction ~ Days + I(Days^2) + (1 | Subject) + (0 + Days | Subject)", true, null),
        ("Dyestuff", "Yield ~ 1 + (1 | Batch)", true, null),
        ("Dyestuff2", "Yield ~ 1 + (1 | Batch)", true, null),
        ("Penicillin", "diameter ~ 1 + (1 | plate) + (1 | sample)", true, null),
        ("Pastes", "strength ~ 1 + (1 | batch/cask)", true, null),
        ("cbpp", "rate ~ factor(period) + (1 | herd)", true, "size"),
        ("cbpp", "rate ~ factor(period) + (1 | herd)", false, "size"),
        ("cake", "angle ~ recipe * temperature + (1 | recipe:replicate)", true, null),
        ("cake", "angle ~ 0 + recipe + recipe:temperature + (1 + I((temperature - 200)/10) | recipe:replicate)", true, null),
        ("nested", "y ~ t + sex + (t | pupil) + (1 | school)", true, null),
        ("nested", "y ~ t * sex + (t | pupil) + (t | school)", false, null),
        ("nested", "y ~ t + (1 | school/class) + (1 | pupil)", true, null),
        ("movers", "y ~ t + (t | pupil) + (t | now)", true, null),
        ("movers", "y ~ t + sex + (t || pupil) + (1 | now)", true, "w"),
        ("crossed", "y ~ sex + (1 | rater) + (1 | item) + (1 | dept)", true, null),
        ("crossed", "y ~ sex + (sex | rater) + (1 | item)", false, "w"),
    ];

    /// <summary>Data sets that come with R, published with nlme and lme4, and the models of their books and others; R writes them out.</summary>
    static readonly (string Name, string Formula, bool Reml, string? Weights)[] s_withR =
    [
        ("Orthodont", "distance ~ age + (age | Subject)", true, null),
        ("Orthodont", "distance ~ I(age - 11) * Sex + (I(age - 11) || Subject)", false, null),
        ("Orthodont", "distance ~ age + Sex + (Sex | Subject)", true, null), // a child has one sex: lme4 gives one of the many ends
        ("Soybean", "weight ~ I((Time-50)/20) + I(((Time-50)/20)^2) + (I((Time-50)/20) + I(((Time-50)/20)^2) | Plot)", false, null), // singular; in days lme4 stops 0.07 above
        ("Machines", "score ~ Machine + (1 | Worker/Machine)", true, null),
        ("Machines", "score ~ Machine + (0 + Machine | Worker)", true, null),
        ("Machines", "score ~ Machine - 1 + (1 | Worker) + (1 | Worker:Machine)", true, null),
        ("Oats", "yield ~ factor(nitro) * Variety + (1 | Block/Variety)", true, null),
        ("Oats", "log(yield) ~ nitro + I(nitro^2) + (1 | Block) + (1 | Variety:Block)", true, null),
        ("ChickWeight", "weight ~ Time * factor(Diet) + (Time | Chick)", true, null),
        ("ChickWeight", "sqrt(weight) ~ factor(Diet)/Time + (1 | Chick)", false, null),
        ("ChickWeight", "log(weight) ~ Time + I(Time^2) + (Time + I(Time^2) | Chick)", true, null),
        ("Pixel", "pixel ~ day + I(day^2) + (day | Dog) + (1 | Side:Dog)", true, null),
        ("Oxide", "Thickness ~ Source + (1 | Lot/Wafer)", true, null),
        ("Assay", "logDens ~ sample * dilut + (1 | Block) + (1 | Block:sample) + (1 | Block:dilut)", true, null),
        ("BodyWeight", "weight ~ Time * factor(Diet) + (Time || Rat)", true, null),
        ("ergoStool", "effort ~ Type + (1 | Subject)", true, null),
        ("Gun", "rounds ~ Method * Physique + (1 | Team)", true, null),
        ("warpbreaks", "breaks ~ 0 + wool:tension + (1 | g)", true, null),
        ("VerbAgg", "Anger ~ Gender + btype * situ + (1 | item) + (1 | half)", true, null),
        ("InstEval", "y ~ service * factor(lectage) + (1 | s) + (1 | d) + (1 | dept:service)", true, null),
        ("InstEval", "y ~ service + (1 | s) + (1 | d)", false, null),
        ("InstEvalAll", "y ~ 1 + (1 | s) + (1 | d) + (1 | dept)", true, null),
        ("Arabidopsis", "log(total.fruits + 1) ~ nutrient + amd + status + (nutrient | gen) + (1 | reg)", true, null),
        ("Arabidopsis", "total.fruits ~ nutrient * amd + rack + (1 | popu/gen)", true, null),
        ("Rail", "travel ~ 1 + (1 | Rail)", true, null),
        ("Alfalfa", "Yield ~ Date * Variety + (1 | Block/Variety)", true, null),
        ("Loblolly", "height ~ log(age) + (log(age) | Seed)", true, null),
        ("CO2", "uptake ~ Type:Treatment + I(conc/100) + (1 | Plant)", false, null),
        ("Theoph", "log(conc + 1) ~ Time + Dose + (Time | Subject)", true, null),
    ];

    const string WriteOut = """
        d <- function(name, package) { e <- new.env(); data(list = name, package = package, envir = e); as.data.frame(get(name, e)) }
        w <- function(x, name) { for (k in names(x)) if (is.factor(x[[k]])) x[[k]] <- as.character(x[[k]]); write.csv(x, paste0(name, '.csv'), row.names = FALSE, quote = FALSE) }
        for (n in c('Orthodont', 'Soybean', 'Machines', 'Oats', 'Pixel', 'Oxide', 'Assay', 'BodyWeight', 'ergoStool', 'Gun')) w(d(n, 'nlme'), n)
        w(d('ChickWeight', 'datasets'), 'ChickWeight'); x <- d('warpbreaks', 'datasets'); x$g <- rep(1:9, 6); w(x, 'warpbreaks')
        for (n in c('Rail', 'Alfalfa')) w(d(n, 'nlme'), n); for (n in c('Loblolly', 'CO2', 'Theoph')) w(d(n, 'datasets'), n); w(d('Arabidopsis', 'lme4'), 'Arabidopsis'); w(d('InstEval', 'lme4'), 'InstEvalAll')
        x <- d('VerbAgg', 'lme4')[1:2000, ]; x$half <- seq_len(2000) %% 40; w(x, 'VerbAgg'); w(d('InstEval', 'lme4')[1:8000, ], 'InstEval')
        """;

    [Fact]
    public void Data_that_come_with_R_are_fitted_as_lme4_does()
    {
        var folder = Directory.CreateTempSubdirectory("groeilijn-lme4-");
        try
        {
            var theirs = RunLme4(folder.FullName, s_withR, WriteOut);
            Assert.Equal(s_withR.Length, theirs.Count);
            foreach (var (model, answer) in s_withR.Zip(theirs))
            {
                var table = Groeilijn.Cli.Commands.CsvTable.Read(Path.Combine(folder.FullName, model.Name + ".csv"), ModelFormula.Parse(model.Formula).Value.Columns).Value;
                Compare(model.Name + ": " + model.Formula, answer, MixedModel.Fit(model.Formula, table, new MixedModelOptions { Reml = model.Reml, Weights = model.Weights }).Value);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Objective_parameters_and_standard_errors_are_lme4s()
    {
        var folder = Directory.CreateTempSubdirectory("groeilijn-lme4-");
        try
        {
            var tables = new Dictionary<string, DataTable>();
            foreach (var name in s_models.Select(m => m.Name).Distinct())
            {
                var file = Path.Combine(folder.FullName, name + ".csv");
                if (File.Exists(Published.File(name))) File.Copy(Published.File(name), file);
                else File.WriteAllText(file, Simulated(name));
                var lines = File.ReadAllLines(file).Select(l => l.Split(',')).ToArray();
                tables[name] = new DataTable([.. lines[0].Select((c, i) => Published.Column(c, [.. lines.Skip(1).Select(l => l[i])]))]);
            }
            var theirs = RunLme4(folder.FullName, s_models, "");
            Assert.Equal(s_models.Length, theirs.Count);
            foreach (var (model, answer) in s_models.Zip(theirs)) Compare(model.Formula, answer, MixedModel.Fit(model.Formula, tables[model.Name], new MixedModelOptions { Reml = model.Reml, Weights = model.Weights }).Value);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What lme4 said: the objective, then σ, fixed effects, standard errors, deviations in lme4's order as <c>group|term=value</c>.</summary>
    sealed record Answer(double Objective, double Sigma, Dictionary<string, (double Estimate, double Error)> Fixed, Dictionary<string, double> Deviations);

    static void Compare(string formula, Answer lme4, MixedFit ours)
    {
        Assert.True(ours.Converged, formula);
        Assert.True(ours.Objective <= lme4.Objective + 1e-4, $"{formula}: objective {ours.Objective:F6}, lme4 {lme4.Objective:F6}");
        Assert.True(ours.Objective >= lme4.Objective - 1e-2, $"{formula}: objective {ours.Objective:F6} far below lme4's {lme4.Objective:F6}");
        Published.Close(lme4.Sigma, ours.Sigma, formula + ": sigma");
        Assert.Equal(lme4.Fixed.Count, ours.Fixed.Count);
        foreach (var f in ours.Fixed)
        {
            Published.Close(lme4.Fixed[f.Name].Estimate, f.Estimate, $"{formula}: {f.Name}");
            Published.Close(lme4.Fixed[f.Name].Error, f.StandardError, $"{formula}: error of {f.Name}");
        }
        foreach (var r in ours.Random)
            for (var i = 0; i < r.Terms.Count; i++)
                if (!ours.NotIdentifiable.Contains($"sd {r.Group} {r.Terms[i]}")) Published.Close(lme4.Deviations[$"{r.Group}|{r.Terms[i]}"], r.Deviations[i], $"{formula}: sd {r.Group} {r.Terms[i]}");
    }

    static List<Answer> RunLme4(string folder, (string Name, string Formula, bool Reml, string? Weights)[] models, string before)
    {
        var script = new StringBuilder("suppressMessages(ok <- require(lme4, quietly = TRUE)); if (!ok) quit(status = 3)\n").Append(before).Append('\n');
        script.Append("show <- function(d, f, reml, w) { d <- read.csv(paste0(d, '.csv')); d$.w <- if (is.null(w)) 1 else d[[w]]\n");
        script.Append("control <- lmerControl(optCtrl = list(xtol_abs = 1e-9, ftol_abs = 1e-10, maxeval = 20000), calc.derivs = FALSE)\n");
        script.Append("m <- suppressMessages(lmer(f, d, REML = reml, weights = .w, control = control))\n");
        script.Append("for (again in 1:2) m <- suppressMessages(lmer(f, d, REML = reml, weights = .w, control = control, start = getME(m, 'theta')))\n"); // BOBYQA stops early
        script.Append("v <- as.data.frame(VarCorr(m)); v <- v[is.na(v$var2) & !is.na(v$var1), ]; s <- coef(summary(m)); n <- function(x) format(x, digits = 12, trim = TRUE)\n");
        script.Append("cat('model', n(if (reml) REMLcrit(m) else deviance(m, REML = FALSE)), n(sigma(m)), '\\n')\n");
        script.Append("cat(paste0('fixed\\t', rownames(s), '\\t', n(s[, 1]), '\\t', n(s[, 2]), '\\n'), sep = ''); cat(paste0('sd\\t', sub('\\\\.[0-9]+$', '', v$grp), '|', v$var1, '\\t', n(v$sdcor), '\\n'), sep = '') }\n");
        foreach (var (name, formula, reml, weights) in models)
            script.Append(CultureInfo.InvariantCulture, $"show('{name}', {formula}, {(reml ? "TRUE" : "FALSE")}, {(weights is null ? "NULL" : $"'{weights}'")})\n");
        File.WriteAllText(Path.Combine(folder, "fit.R"), script.ToString());
        try
        {
            using var r = Process.Start(new ProcessStartInfo("Rscript", "--vanilla fit.R") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = r.StandardError.ReadToEndAsync();
            var output = r.StandardOutput.ReadToEnd();
            r.WaitForExit();
            if (r.ExitCode == 3) Assert.Skip("R's lme4 is not installed (Debian: apt-get install r-cran-lme4).");
            Assert.True(r.ExitCode == 0, errors.Result);
            return Read(output);
        }
        catch (Win32Exception)
        {
            Assert.Skip("R is not installed (Debian: apt-get install r-cran-lme4).");
            throw;
        }
    }

    static List<Answer> Read(string output)
    {
        var answers = new List<Answer>();
        foreach (var line in output.Split('\n'))
        {
            var words = line.Split('\t');
            if (line.StartsWith("model ", StringComparison.Ordinal)) answers.Add(new(Number(line.Split(' ')[1]), Number(line.Split(' ')[2]), [], []));
            else if (words[0] == "fixed") answers[^1].Fixed.Add(words[1], (Number(words[2]), Number(words[3])));
            else if (words[0] == "sd") answers[^1].Deviations.Add(words[1], Number(words[2]));
        }
        return answers;
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static string Simulated(string name)
    {
        var dice = new Dice(21);
        var text = new StringBuilder();
        if (name == "crossed")
        {
            text.Append("y,sex,rater,item,dept,w\n");
            double[] a = dice.Normals(150, 0.5), b = dice.Normals(60, 0.7), c = dice.Normals(8, 0.3), s = dice.Normals(150, 0.4);
            for (var i = 0; i < 3000; i++)
            {
                var (rater, item, sex) = (dice.Below(150), dice.Below(60), dice.Below(2));
                var y = 3 + a[rater] + s[rater] * sex + b[item] + c[item % 8] + 0.2 * sex + dice.Normal();
                text.Append(CultureInfo.InvariantCulture, $"{y:F4},{(sex == 0 ? "f" : "m")},r{rater},{item},{item % 8},{1 + dice.Below(4)}\n");
            }
            return text.ToString();
        }
        text.Append("y,t,sex,pupil,class,school,now,w\n");
        double[] level = dice.Normals(30, 4), growth = dice.Normals(30, 1), room = dice.Normals(90, 2);
        for (var pupil = 0; pupil < 600; pupil++)
        {
            double a = 10 * dice.Normal(), b = 2 * dice.Normal();
            var (cls, sex, school) = (pupil % 90, dice.Below(2), pupil % 90 / 3);
            var now = school;
            for (var i = 0; i < 5; i++)
            {
                if (name == "movers" && dice.Unit() < 0.03) now = dice.Below(30);
                if (dice.Unit() < 0.1) continue;
                var t = i * 0.5;
                var y = 100 + 11 * t + 1.5 * sex + a + b * t + level[now] + growth[now] * t + (name == "nested" ? room[cls] : 0) + 6 * dice.Normal();
                text.Append(CultureInfo.InvariantCulture, $"{y:F1},{t},{(sex == 0 ? "f" : "m")},{pupil},k{cls % 3},{school},{now},{1 + dice.Below(3)}\n");
            }
        }
        return text.ToString();
    }
}
