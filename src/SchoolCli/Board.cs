using System.CommandLine;
using System.Text.Json;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>
/// One command for all locations of a board: it is run for every home in a folder, in order of their codes, with <c>{school}</c> in any word
/// replaced by the location's code. A location that refuses does not stop the others, and every answer comes with its location.
/// </summary>
static class Board
{
    const string Placeholder = "{school}";

    /// <summary>Runs what was typed for each home in the folder.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="folder">The folder with a home per location.</param>
    /// <param name="terminal">Where to speak.</param>
    /// <param name="clock">The clock.</param>
    public static int Run(ParseResult parsed, DirectoryInfo folder, Terminal terminal, TimeProvider clock)
    {
        var homes = Homes(folder, clock);
        if (homes.Count == 0) return terminal.Refuse(terminal.Say("in deze map is geen enkele school ingeschreven", "no school is enrolled in this folder"), terminal.Say("begin met: school enrol --board MAP --list SCHOLEN.csv", "begin with: school enrol --board FOLDER --list SCHOOLS.csv"));
        var answers = homes.Select((home, i) => Answer(parsed, home, terminal, $"{i + 1}/{homes.Count}")).ToList();
        var refused = answers.Where(a => a.Exit != 0).ToList();
        terminal.Line(terminal.Say($"{homes.Count} vestigingen: {homes.Count - refused.Count} gedaan, {refused.Count} niet", $"{homes.Count} locations: {homes.Count - refused.Count} done, {refused.Count} not")
            + (refused.Count > 0 ? ": " + string.Join(", ", refused.Select(a => a.School)) : ""));
        terminal.Document(new { done = homes.Count - refused.Count, refused = refused.Count, schools = answers.Select(a => new { school = a.School, exit = a.Exit, result = a.Result }) });
        return refused.Count == 0 ? (int)Exit.Done : refused.Max(a => a.Exit);
    }

    /// <summary>What is done with all homes of a board together.</summary>
    public static int With(DirectoryInfo folder, TimeProvider clock, Func<IReadOnlyList<SchoolHome>, int> act)
    {
        List<SchoolHome> homes = [];
        try
        {
            foreach (var (_, home) in Homes(folder, clock)) homes.Add(SchoolHome.TryOpen(home, clock)!);
            return act(homes);
        }
        finally { foreach (var home in homes) home.Dispose(); }
    }

    /// <summary>The homes in a folder with their codes, in order.</summary>
    static List<(string School, string Folder)> Homes(DirectoryInfo folder, TimeProvider clock)
    {
        var homes = new List<(string School, string Folder)>();
        if (!folder.Exists) return homes;
        foreach (var one in folder.EnumerateDirectories())
        {
            using var home = SchoolHome.TryOpen(one.FullName, clock);
            if (home is not null) homes.Add((home.Profile.Location.Code, one.FullName));
        }
        homes.Sort((a, b) => string.CompareOrdinal(a.School, b.School));
        return homes;
    }

    static (string School, int Exit, JsonElement? Result) Answer(ParseResult parsed, (string School, string Folder) home, Terminal terminal, string count)
    {
        terminal.Progress($"{count} {home.School}");
        using StringWriter output = new(), error = new();
        var exit = Terminal.Run((RootCommand)parsed.RootCommandResult.Command, Words(parsed, home), output, error);
        if (!terminal.Json) terminal.Line($"== {home.School}");
        foreach (var line in output.ToString().TrimEnd().Split('\n')) terminal.Line("   " + line);
        foreach (var line in error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => exit != 0 || !terminal.Json)) terminal.Tell($"{home.School}: {line}");
        return (home.School, exit, terminal.Json && output.ToString().Length > 0 ? JsonSerializer.Deserialize<JsonElement>(output.ToString()) : null);
    }

    /// <summary>What was typed, for one location: its own home in the place of the board's folder.</summary>
    static List<string> Words(ParseResult parsed, (string School, string Folder) home)
    {
        var words = parsed.Tokens.Select(t => t.Value.Replace(Placeholder, home.School, StringComparison.Ordinal)).ToList();
        var at = words.IndexOf(SchoolCommands.BoardOption);
        words[at] = SchoolCommands.HomeOption;
        words[at + 1] = home.Folder;
        return words;
    }
}
