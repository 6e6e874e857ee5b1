using System.CommandLine;
using System.Globalization;
using Groeilijn.Office;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn office outputs</c>: what left research projects, so that a public table that is made later is audited beside it too.</summary>
static class OfficeCommandsOutputs
{
    public static Command Create()
    {
        var (home, json, file) = (Verb.Home("office"), Verb.Json(), new Argument<string>("list") { Description = "What the research desk wrote with: groeilijn research told" });
        return Verb.Of("outputs", "Take in what left a research project: later public tables are judged beside it", "groeilijn office outputs told.txt", parsed => OfficeCommands.With(parsed, parsed.GetValue(home)!, office =>
        {
            if (!File.Exists(parsed.GetValue(file))) return parsed.Refuse("there is no such list", "check the name; the research desk makes it with: groeilijn research told");
            var taken = ProjectOutputs.Take(office, parsed.GetValue(file)!);
            if (!taken.Ok) return parsed.Refuse(taken.Refusal);
            return parsed.GetValue(json) ? parsed.SayJson(new { project = taken.Value.Project, figures = taken.Value.Figures, @new = taken.Value.New })
                : parsed.Say(string.Create(CultureInfo.InvariantCulture, $"{taken.Value.Project}: {taken.Value.Figures} figures known, {taken.Value.New} of them new. Public tables that are made from now on are judged beside them."));
        }), home, file, json);
    }

    /// <summary>Beside which outputs tables were judged, and of which projects nothing is known.</summary>
    public static void Tell(ParseResult parsed, OfficeHome office)
    {
        var all = ProjectOutputs.All(office);
        var known = all.Where(one => one.Taken is not null).ToList();
        if (known.Count > 0) parsed.Say($"Judged beside what left research projects: {string.Join("; ", known.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Project}, {one.Figures} figures until {one.Taken:yyyy-MM-dd}")))}.");
        if (all.Count > known.Count) parsed.Warn($"what left these research projects is not known here, so the tables were not judged beside it: {string.Join(", ", all.Where(one => one.Taken is null).Select(one => one.Project))}. Take in the research desk's lists before the next tables: groeilijn office outputs");
    }
}
