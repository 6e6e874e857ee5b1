using System.CommandLine;
using System.Globalization;
using Groeilijn.Statistics.OutputChecks;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn check</c>: may these results of research leave? Only what was checked and kept every rule passes.</summary>
static class CheckCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "CSV files as they would leave, or JSON declarations that say what they hold", Arity = ArgumentArity.OneOrMore };
        var count = new Option<int>("--min-count") { Description = "The least number of units under every number", DefaultValueFactory = _ => 10 };
        var df = new Option<int>("--min-df") { Description = "The least number of degrees of freedom", DefaultValueFactory = _ => 10 };
        var p = new Option<double>("--p-percent") { Description = "The p of the p% rule", DefaultValueFactory = _ => 10 };
        var dominance = new Option<string>("--dominance") { Description = "The n and k of the (n, k) rule, with a comma between", DefaultValueFactory = _ => "2,90" };
        var share = new Option<double>("--group-share") { Description = "The largest share of its row or column that one cell may have, 0.5 to 1", DefaultValueFactory = _ => 0.9 };
        var zeros = new Option<bool>("--allow-zeros") { Description = "Cells with nobody in them tell nothing" };
        var json = Verb.Json();
        return Verb.Of("check", "Check any research output", "groeilijn check table.csv model.csv --min-count 10 --json", parsed =>
        {
            if (LimitsOf(parsed.GetValue(count), parsed.GetValue(df), parsed.GetValue(p), parsed.GetValue(dominance)!, parsed.GetValue(share), !parsed.GetValue(zeros)) is not { } limits)
                return parsed.Refuse("a threshold has a number that it cannot have", "--min-count and --min-df are from 1, --p-percent is above 0, --dominance is n,k such as 2,90, --group-share is from 0.5 to 1", Verb.WrongUse);
            var paths = parsed.GetValue(files)!;
            if (!Array.TrueForAll(paths, File.Exists)) return parsed.Refuse("there is no such file", "check the names; nothing was checked");
            var tables = CheckFiles.Read(paths);
            var report = OutputChecking.Check(tables, limits);
            var exit = report.Verdict == Verdict.Pass ? Verb.Done : Verb.Refused;
            if (parsed.GetValue(json)) parsed.SayJson(Answer(report, tables, limits));
            else Say(parsed, report, tables);
            return exit;
        }, files, count, df, p, dominance, share, zeros, json);
    }

    static Limits? LimitsOf(int count, int df, double p, string dominance, double share, bool zeros)
    {
        string[] parts = dominance.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n) || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var k)) return null;
        if (count < 1 || df < 1 || !(p > 0) || p > 100 || n is < 1 or > 10 || !(k > 0) || k > 100 || !(share >= 0.5) || share > 1) return null;
        return new() { MinCount = count, MinDf = df, PPercent = p, DominanceN = n, DominanceK = k, GroupShare = share, Zeros = zeros };
    }

    static string Word(Verdict verdict) => verdict switch { Verdict.Pass => "pass", Verdict.Review => "review", _ => "refuse" };

    static object Answer(OutputReport report, IReadOnlyList<OutputTable> tables, Limits limits) => new
    {
        verdict = Word(report.Verdict),
        limits,
        files = tables.Select(t => new { file = t.File, verdict = Word(report.Of(t.File)), rows = t.Rows, statbarns = report.Findings.Where(f => f.File == t.File).Select(f => f.Statbarn.ToString()).Distinct() }),
        findings = report.Findings.Select(f => new { file = f.File, statbarn = f.Statbarn.ToString(), verdict = Word(f.Verdict), rule = f.Rule, column = f.Column, rows = f.Rows, places = f.Places, what = f.What, remedy = f.Remedy }),
    };

    static void Say(ParseResult parsed, OutputReport report, IReadOnlyList<OutputTable> tables)
    {
        foreach (var table in tables)
        {
            var found = report.Findings.Where(f => f.File == table.File).ToList();
            parsed.Say(FormattableString.Invariant($"{table.File}: {Word(report.Of(table.File))}; {found.Count(f => f.Verdict == Verdict.Pass)} checks passed"));
            foreach (var f in found.Where(f => f.Verdict != Verdict.Pass).OrderByDescending(f => f.Verdict))
            {
                parsed.Say($"  {Word(f.Verdict)} {f.Statbarn} [{f.Rule}]{Place(f)}: {f.What}");
                parsed.Say($"    hint: {f.Remedy}");
            }
        }
        parsed.Say($"Together: {Word(report.Verdict)}. Only the files of this call were laid beside each other, not what left earlier.");
    }

    static string Place(Finding finding)
    {
        var rows = finding.Rows.Count == 0 ? "" : FormattableString.Invariant($" row{(finding.Rows.Count > 1 ? "s" : "")} {string.Join(", ", finding.Rows.Take(5))}{(finding.Places > Math.Min(5, finding.Rows.Count) ? $" ({finding.Places} places)" : "")}");
        return finding.Column is null ? rows : $" {finding.Column}{rows}";
    }
}
