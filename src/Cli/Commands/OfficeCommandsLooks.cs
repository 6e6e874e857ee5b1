using System.CommandLine;
using System.Globalization;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Cli.Commands;

/// <summary><c>office permit-look</c> and <c>office look</c>: a report that a check holds, seen by a person, with the dated permission of its board only.</summary>
static class OfficeCommandsLooks
{
    static readonly Option<string> s_home = Verb.Home("office");
    static readonly Option<bool> s_json = Verb.Json();
    static readonly Option<Edition> s_edition = Verb.Edition();
    static readonly Option<string> s_school = new("--school") { Description = "The school, 99XX00", Required = true };

    /// <summary>The verbs of this file.</summary>
    public static Command[] Create() => [Permit(), Look()];

    static Command Permit()
    {
        var by = new Option<string>("--by") { Description = "Who at the board gave the permission: name and function", Required = true };
        var (given, until) = (Day("--given", "The day of the board's letter"), Day("--until", "The last day on which somebody may look, at most 31 days later"));
        var approvers = new Option<string[]>("--approver") { Description = "Who enters it at the office; give two", Arity = ArgumentArity.OneOrMore, Required = true };
        return Verb.Of("permit-look", "Enter a board's permission to look at a report that a check holds", "groeilijn office permit-look --edition 2023-2 --school 99XX00 --by \"M. Bos, bestuurder\" --given 2023-09-01 --until 2023-09-14 --approver \"A. Jansen\" --approver \"B. de Vries\"", parsed => OfficeCommands.With(parsed, parsed.GetValue(s_home)!, home =>
        {
            if (parsed.GetValue(approvers) is not [var first, var second]) return parsed.Refuse("a permission is entered by exactly two people", "give --approver twice", Verb.WrongUse);
            if (!OfficeCommands.AreNames(first, second)) return parsed.Refuse("an approver is a name of one line, at most 200 characters", "give --approver twice, each with a name", Verb.WrongUse);
            if (new OfficePerson(first, null).Is(new(second, null))) return parsed.Refuse("a permission is entered by two different people", "give two names with --approver", Verb.WrongUse);
            var (edition, school) = (parsed.GetValue(s_edition), parsed.GetValue(s_school)!);
            if (ReportLooks.Permit(home, edition, school, parsed.GetValue(by)!, parsed.GetValue(given)!.Value, parsed.GetValue(until)!.Value, new(first, null)) is { } no) return parsed.Refuse(no);
            if (ReportLooks.Agree(home, edition, school, new(second, null)) is { } not) return parsed.Refuse(not);
            var last = parsed.GetValue(until)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return parsed.GetValue(s_json) ? parsed.SayJson(new { edition = edition.ToString(), school, until = last }) : parsed.Say($"Entered. Until {last}: groeilijn office look --edition {edition} --school {school}");
        }), s_home, s_edition, s_school, by, given, until, approvers, s_json);
    }

    static Command Look()
    {
        var language = new Option<string>("--language") { Description = "The page in which language: nl or en", DefaultValueFactory = _ => "nl" };
        language.AcceptOnlyFromAmong("nl", "en");
        return Verb.Of("look", "Show a held report while its board permits it; each look is logged, and no copy is kept", "groeilijn office look --edition 2023-2 --school 99XX00", parsed => OfficeCommands.With(parsed, parsed.GetValue(s_home)!, home =>
        {
            var look = ReportLooks.Look(home, parsed.GetValue(s_edition), parsed.GetValue(s_school)!, parsed.GetValue(language)!);
            if (!look.Ok) return parsed.Refuse(look.Refusal);
            if (parsed.GetValue(s_json)) return parsed.SayJson(new { findings = look.Value.Findings, page = look.Value.Page });
            foreach (var finding in look.Value.Findings) parsed.Warn(finding);
            return parsed.Say(look.Value.Page);
        }), s_home, s_edition, s_school, language, s_json);
    }

    static Option<DateOnly?> Day(string name, string description)
    {
        var day = OfficeCommands.Day(name, description);
        day.Required = true;
        return day;
    }
}
