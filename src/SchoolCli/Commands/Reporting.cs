using System.CommandLine;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>The reports that came.</summary>
public sealed partial class SchoolCommands
{
    Command OpenReport()
    {
        var file = new Argument<string>("file") { Description = "The sealed report, .age" };
        var command = New("report", "Open a report that was sealed to this school", "groeilijn-school report 99XX00-2025-1-report.html.age", [], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            if (!File.Exists(parsed.GetRequiredValue(file))) return terminal.Refuse(terminal.Say("er is geen bestand met die naam", "there is no such file"), terminal.Say("controleer de naam", "check the name"));
            return Say(terminal, Reports.Open(home, parsed.GetRequiredValue(file)), opened =>
            {
                terminal.Line(opened.File);
                terminal.Document(new { file = opened.File });
            });
        }));
        command.Add(file);
        return command;
    }

    Command SummariseForBoard()
    {
        var edition = Parsed("--edition", "The half-year of the reports, 2025-2", Education.Edition.Parse);
        var to = new Option<DirectoryInfo>("--out") { Description = "The folder for the summary", Required = true };
        return New(SummaryName, "Make one page for the board from the opened reports of its schools: nothing but what these show", "groeilijn-school summary --board scholen --edition 2025-2 --out bestuur", [edition, to], (parsed, terminal) =>
        {
            if (parsed.GetValue(_board) is not { } board) return terminal.WrongUse(terminal.Say("een samenvatting gaat over de scholen van een bestuur", "a summary is of the schools of a board"), terminal.Say("geef de map met scholen: --board MAP", "give the folder of schools: --board FOLDER"));
            return Board.With(board, _clock, homes => Say(terminal, BoardSummary.Make(homes, parsed.GetValue(edition).ToString(), parsed.GetValue(to)!.FullName), made =>
            {
                foreach (var one in made.Files) terminal.Line(one);
                if (made.Without.Count > 0) terminal.Line(terminal.Say($"Zonder geopend rapport: {string.Join(", ", made.Without)}", $"Without an opened report: {string.Join(", ", made.Without)}"));
                terminal.Document(new { files = made.Files, schools = made.Schools, without = made.Without });
            }));
        });
    }
}
