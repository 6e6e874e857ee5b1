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
}
