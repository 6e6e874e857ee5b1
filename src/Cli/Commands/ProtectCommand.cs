using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn protect</c>: hides in any tables what would give somebody away, and proves that it is hidden.</summary>
static class ProtectCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("spec") { Description = "SPEC.json: the data, the tables, the hierarchies and the rules" };
        var output = new Option<string>("--out") { Description = "The folder for the protected tables and the report", Required = true };
        var certificates = new Option<string?>("--certificates") { Description = "Also write the certificates here. They tell about the truth: keep them with the data" };
        var jj = new Option<bool>("--jj") { Description = "Also write the cells and sums as a JJ file. It holds the true values: keep it with the data" };
        var most = new Option<int?>("--most-sensitive") { Description = "Refuse when more cells are sensitive than this (default: 25,000, and fewer in large tables: 30 in a million cells)" };
        var json = Verb.Json();
        return Verb.Of("protect", "Protect any tables", "groeilijn protect spec.json --out protected", parsed =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) return parsed.Refuse("there is no such specification", "check the name; docs/METHODS.md shows one");
            var (spec, fault) = ProtectSpec.Read(path);
            if (spec is null || fault is not null) return parsed.Refuse(fault!, "docs/METHODS.md says what a specification holds");
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            var data = Path.Combine(folder, spec.Data!.File!);
            if (!File.Exists(data)) return parsed.Refuse("the data file is not there", "give its path from the folder of the specification");
            var watch = Stopwatch.StartNew();
            if (spec.Data.Format == "jj") return Instance(parsed, data, parsed.GetValue(output)!, parsed.GetValue(most), parsed.GetValue(json));
            parsed.Progress("reading the data");
            var (tables, refusal) = Read(parsed, spec, data, folder);
            if (tables is null) return parsed.Refuse($"{refusal!.What} [{refusal.Code}]", refusal.Remedy);
            if (spec.Protection?.Method == "round") return Rounded(parsed, spec, tables, parsed.GetValue(output)!, parsed.GetValue(json));
            var optimal = spec.Protection?.Method == "optimal";
            var (cells, sensitive) = (tables.Publication.System.Cells, tables.Rules.Apply(tables.Publication, tables.Safe).Requirements.Count);
            parsed.Progress(string.Create(CultureInfo.InvariantCulture, $"{cells:N0} cells, {sensitive:N0} sensitive"));
            if (optimal && cells > OptimalPattern.MostCells) return parsed.Refuse(string.Create(CultureInfo.InvariantCulture, $"the method optimal takes tables of up to {OptimalPattern.MostCells} cells, and these have {cells:N0} together"), "use the method exact");
            if (optimal && OptimalPattern.Find() is null) return parsed.Refuse("the method optimal needs the program cbc, which is not here", "install it (Debian: coinor-cbc), or use the method exact");
            if (Protection.TooMany(cells, sensitive, parsed.GetValue(most)) is { } tooMany) return TooLong(parsed, tooMany);
            var made = Protection.Protect(tables.Publication, tables.Rules, new() { Cost = spec.Protection?.Cost == "value" ? Cost.Value : Cost.Count, Prices = tables.Prices, Safe = tables.Safe, Progress = Progress(parsed), Pattern = optimal ? OptimalPattern.Make : null });
            var report = new ProtectReport(tables, made, spec, watch.Elapsed.TotalSeconds);
            DurableFile.CreateFolder(parsed.GetValue(output)!);
            for (var t = 0; t < tables.Publication.Tables.Count; t++) DurableFile.Write(Path.Combine(parsed.GetValue(output)!, tables.Publication.Tables[t].Name + ".csv"), report.Csv(t));
            DurableFile.Write(Path.Combine(parsed.GetValue(output)!, "report.html"), report.Page());
            if (parsed.GetValue(jj)) DurableFile.WriteSecret(Path.Combine(parsed.GetValue(output)!, "tables.jj"), System.Text.Encoding.UTF8.GetBytes(JjInstance.Of(made).Write()));
            if (parsed.GetValue(certificates) is { } keep) DurableFile.WriteSecret(keep, System.Text.Encoding.UTF8.GetBytes(ProtectReport.Certificates(made)));
            if (made.Unprotected.Count > 0) parsed.Warn(string.Create(CultureInfo.InvariantCulture, $"{made.Unprotected.Count} sensitive cells could not be proven safe: publish nothing of this before they are; report.html names them"));
            _ = parsed.GetValue(json) ? parsed.SayJson(report.Document()) : parsed.Say(report.Words());
            return Exit(made.Unprotected.Count);
        }, file, output, certificates, jj, most, json);
    }

    static int Exit(int unprotected) => unprotected == 0 ? Verb.Done : Verb.Unproven;

    static int TooLong(ParseResult parsed, ProtectionRefusal refusal) => parsed.Refuse($"{refusal.What} [{refusal.Code}]", $"{refusal.Remedy}; or raise --most-sensitive and wait");

    static (ProtectTables? Tables, ProtectionRefusal? Refusal) Read(ParseResult parsed, ProtectSpec spec, string data, string folder)
    {
        ProtectData? read;
        string? fault;
        if (spec.Data!.Format == "argus")
        {
            var meta = Path.Combine(folder, spec.Data.Meta!);
            if (!File.Exists(meta)) return (null, new(ProtectionRefusalCode.Value, "the metadata file is not there", "give its path from the folder of the specification"));
            (var argus, fault) = ArgusMeta.Read(meta);
            if (argus is null) return (null, new(ProtectionRefusalCode.Value, fault!, "compare it with the manual of τ-ARGUS"));
            (read, fault) = ProtectData.OfArgus(data, argus);
        }
        else
        {
            string?[] names = [.. spec.Tables!.SelectMany(t => t.Dimensions!.Append(t.Response)), spec.Unit, spec.Holding, spec.Weight, spec.Count, spec.Protection?.Cost is "count" or "value" ? null : spec.Protection?.Cost];
            (read, fault) = ProtectData.OfTable(data, [.. names.OfType<string>().Distinct()]);
        }
        parsed.Progress(string.Create(CultureInfo.InvariantCulture, $"adding up {read?.Rows ?? 0:N0} rows"));
        return read is null ? (null, new(ProtectionRefusalCode.Value, fault!, "compare the data with the specification")) : ProtectTables.Make(spec, read, folder);
    }

    static Action<string, double> Progress(ParseResult parsed)
    {
        // A line for each tenth, and for every ten seconds.
        var (last, shown, since) = ("", -1, Stopwatch.StartNew());
        return (what, share) =>
        {
            if (what == last && (int)(share * 10) <= shown && since.Elapsed.TotalSeconds < 10) return;
            (last, shown) = (what, (int)(share * 10));
            since.Restart();
            parsed.Progress(string.Create(CultureInfo.InvariantCulture, $"{what} {share * 100,3:F0}%"));
        };
    }

    /// <summary>A JJ file names cells by number and says itself which are sensitive.</summary>
    static int Instance(ParseResult parsed, string data, string folder, int? most, bool json)
    {
        var read = JjInstance.Read(File.ReadLines(data));
        if (!read.Ok) return parsed.Refuse($"{read.Refusal!.What} [{read.Refusal.Code}]", read.Refusal.Remedy);
        var instance = read.Value;
        if (Protection.TooMany(instance.System.Cells, instance.Requirements.Count, most) is { } refusal) return TooLong(parsed, refusal);
        var made = Suppressor.Protect(instance.System, instance.Requirements, new() { Prices = instance.Prices, Published = instance.Published, Progress = Progress(parsed) });
        var (open, eliminated) = Protection.Audit(instance.System, instance.Requirements, made);
        if (open.Count > 0) parsed.Warn(string.Create(CultureInfo.InvariantCulture, $"{open.Count} sensitive cells could not be proven safe: publish nothing of this before they are"));
        var primary = instance.Requirements.Select(r => r.Cell).ToHashSet();
        DurableFile.CreateFolder(folder);
        DurableFile.Write(Path.Combine(folder, "cells.csv"), "cell,value,status\n" + string.Concat(Enumerable.Range(0, instance.System.Cells).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c},{(made.Hidden[c] ? "" : instance.System.Values[c] / instance.Scale)},{(primary.Contains(c) ? "primary" : made.Hidden[c] ? "secondary" : "published")}\n"))));
        var secondary = made.Hidden.Count(h => h) - primary.Count(c => made.Hidden[c]);
        var answer = new { cells = instance.System.Cells, primary = primary.Count, secondary, published = made.Hidden.Count(h => !h), audit = new { method = ProtectReport.Method(eliminated), unprotected = open.Count } };
        _ = json ? parsed.SayJson(answer) : parsed.Say(string.Create(CultureInfo.InvariantCulture, $"{answer.cells} cells: {answer.primary} sensitive, {secondary} more hidden, {answer.published} published; {open.Count} unprotected."));
        return Exit(open.Count);
    }

    static int Rounded(ParseResult parsed, ProtectSpec spec, ProtectTables tables, string folder, bool json)
    {
        if (!tables.Publication.Counts || tables.Scales.Any(s => s != 1)) return parsed.Refuse("only tables of whole counts can be rounded", "use the method exact for values");
        var step = spec.Protection?.Base ?? Math.Max(3, tables.Rules.MinCount);
        var made = SmallCountRounding.Round(tables.Publication, step);
        DurableFile.CreateFolder(folder);
        for (var t = 0; t < tables.Publication.Tables.Count; t++) DurableFile.Write(Path.Combine(folder, tables.Publication.Tables[t].Name + ".csv"), ProtectReport.Rounded(tables.Publication.Tables[t], made.Values));
        var cells = tables.Publication.System.Cells;
        var small = made.Values.Count(v => v > 0 && v < step);
        _ = json
            ? parsed.SayJson(new { cells, primary = 0, secondary = 0, published = cells, audit = new { method = $"small counts rounded to 0 or {step}", unprotected = small }, rounded = new { changed = made.Changed, largest = made.Largest, mean = made.Mean } })
            : parsed.Say(string.Create(CultureInfo.InvariantCulture, $"{cells} cells published with small counts rounded to 0 or {step}: {made.Changed} differ from the truth, by {made.Largest} at most and {made.Mean:F2} on average."));
        return Exit(small);
    }
}
