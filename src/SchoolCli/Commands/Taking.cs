using System.CommandLine;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>Taking in the export, and checking it.</summary>
public sealed partial class SchoolCommands
{
    Command Importing()
    {
        var files = new Argument<string[]>("files") { Description = "EDEXML, UWLR, addresses and results as CSV; recognised by their content", Arity = ArgumentArity.OneOrMore };
        var reference = Day("--reference", "Day of the export (default: as the files say)", required: false);
        var most = new Option<int>("--max-mb") { Description = "Refuse a file above this size", DefaultValueFactory = _ => (int)(Import.UsualMostBytes >> 20) };
        var command = New("import", "Take in the export of the pupil tracking system", "groeilijn-school import samples/school/edexml.xml samples/school/uwlr.xml samples/school/adressen.csv", [reference, most], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            terminal.Progress(terminal.Say("Bestanden lezen …", "Reading files …"));
            var outcome = Import.Run(home, parsed.GetRequiredValue(files), parsed.GetValue(reference), (long)parsed.GetValue(most) << 20);
            Findings.Files(terminal, outcome.Files);
            Findings.Show(terminal, outcome.Findings);
            terminal.Document(new { stored = outcome.Stored, reference = outcome.Stored ? Iso(outcome.Reference) : null, schoolYear = outcome.SchoolYear, pupils = outcome.Pupils, results = outcome.Results, otherTests = outcome.OtherTests, gone = outcome.Gone, findings = Findings.ForJson(outcome.Findings, terminal.Language) });
            if (!outcome.Stored) return terminal.Json ? (int)Exit.Refused : terminal.Refuse(outcome.Findings[0].Rule.Sentence(terminal.Language), outcome.Findings[0].Rule.Remedy(terminal.Language));
            terminal.Line(terminal.Say($"Ingelezen: {outcome.Pupils} leerlingen, {outcome.Results} resultaten.", $"Imported: {outcome.Pupils} pupils, {outcome.Results} results."));
            return (int)Exit.Done;
        }));
        command.Add(files);
        return command;
    }

    Command Checking()
    {
        var edition = Parsed("--edition", "The delivery it is for, for instance 2025-1", Edition.Parse, required: false);
        var reference = Day("--reference", "Day of the export (default: of the last import)", required: false);
        var corrections = new Option<string>("--corrections") { Description = "Write the list for the administrator of the pupil system to this file (CSV): keys, no names" };
        return New("check", "Check what was imported: every rule, how often, what to do first", "groeilijn-school check --corrections verbeteren.csv", [edition, reference, corrections], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            var report = Check.Run(home, Given(parsed, edition), parsed.GetValue(reference));
            Findings.Show(terminal, report);
            if (parsed.GetValue(corrections) is { } file)
            {
                if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) DurableFile.CreateFolder(folder);
                DurableFile.WriteSecret(file, CorrectionList.Csv(report, terminal.Language));
            }
            terminal.Line(terminal.Say($"Gecontroleerd: {report.Pupils} leerlingen, {report.Results} resultaten.", $"Checked: {report.Pupils} pupils, {report.Results} results."));
            terminal.Document(new { blocks = report.Blocks, says = report.Words(terminal.Language), toDo = report.ToDo.Select(t => new { code = t.Rule.Code, urgency = t.Urgency.ToString(), where = t.Rule.Where.ToString(), count = t.Count, pupils = t.Pupils.Count }), pupils = report.Pupils, results = report.Results, counts = report.Counts.Select(c => new { code = c.Rule.Code, severity = c.Rule.Severity.ToString(), count = c.Count, sentence = c.Rule.Sentence(terminal.Language), remedy = c.Rule.Remedy(terminal.Language) }), findings = Findings.ForJson(report.Findings, terminal.Language) });
            return (int)(report.Blocks ? Exit.Refused : Exit.Done);
        }));
    }
}
