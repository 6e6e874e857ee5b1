using System.CommandLine;
using Groeilijn.Office;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn office boards</c>: which board each school is of, so that what a board can lay together is audited too.</summary>
static class OfficeCommandsBoards
{
    public static Command Create()
    {
        var (home, json, file) = (Verb.Home("office"), Verb.Json(), new Argument<string>("file") { Description = "Lines school,board under that heading: 99XX00,41234" });
        return Verb.Of("boards", "Keep which board each school is of: a board reads the reports of all its schools", "groeilijn office boards boards.csv", parsed => OfficeCommands.With(parsed, parsed.GetValue(home)!, office =>
        {
            if (!File.Exists(parsed.GetValue(file))) return parsed.Refuse("there is no such list of boards", "check the name");
            var kept = Boards.Keep(office, File.ReadLines(parsed.GetValue(file)!));
            if (!kept.Ok) return parsed.Refuse(kept.Refusal);
            return parsed.GetValue(json) ? parsed.SayJson(new { schools = kept.Value.Schools, boards = kept.Value.Boards }) : parsed.Say($"{kept.Value.Schools} schools of {kept.Value.Boards} boards. What leaves from now on is audited for each board as well.");
        }), home, file, json);
    }
}
