using System.CommandLine;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>The first step: who this school is.</summary>
public sealed partial class SchoolCommands
{
    Command Enrol()
    {
        var location = Parsed("--school", "School code: BRIN and vestiging, 99XX00", SchoolLocation.Parse, required: false);
        var name = new Option<string>("--name") { Description = "Name of the school, as in the letter to parents" };
        var list = new Option<string>("--list") { Description = "With --board: a file with school;name, a line for each location" };
        return New(EnrolName, "Make the school's keys and enrolment.json for the office", "groeilijn-school enrol --school 99XX00 --name \"De Verzonnen School\"\ngroeilijn-school enrol --board bestuur --list scholen.csv", [location, name, list], (parsed, terminal) =>
        {
            var (board, file) = (parsed.GetValue(_board), parsed.GetValue(list));
            if (board is not null || file is not null)
                return board is null || file is null ? terminal.WrongUse(terminal.Say("--board en --list horen bij elkaar", "--board and --list belong together"), terminal.See("enrol")) : EnrolAll(terminal, board.FullName, file);
            if (Given(parsed, location) is not { } school) return terminal.WrongUse(terminal.Say("--school ontbreekt", "--school is required"), terminal.See("enrol"));
            if (parsed.GetValue(name) is not { } called) return terminal.WrongUse(terminal.Say("--name ontbreekt", "--name is required"), terminal.See("enrol"));
            if (!IsName(called)) return terminal.WrongUse(terminal.Say("de naam is leeg of langer dan 200 tekens", "the name is empty or longer than 200 characters"), terminal.See("enrol"));
            return EnrolOne(terminal, Home(parsed), new SchoolProfile(school, called));
        });
    }

    static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && Spelling.Line.Allows(name);

    int EnrolOne(Terminal terminal, string folder, SchoolProfile profile)
    {
        using (var existing = SchoolHome.TryOpen(folder, _clock))
            if (existing is not null) return terminal.Refuse(terminal.Say("deze map is al in gebruik door een school", "this folder is a school's home already"), terminal.Say("kies een andere map met --home", "choose another folder with --home"));
        var enrolment = Enrolment.Make(folder, profile, _clock);
        terminal.Line(terminal.Say($"Stuur {Enrolment.FileName} uit {folder} naar het CBS en lees deze vingerafdruk voor door de telefoon:", $"Send {Enrolment.FileName} in {folder} to CBS and read this fingerprint aloud over the telephone:"));
        terminal.Line(enrolment.FingerprintAloud);
        terminal.Document(new { school = enrolment.Location, enrolment = Path.Combine(folder, Enrolment.FileName), recipient = enrolment.ReportRecipient, fingerprint = enrolment.Fingerprint });
        return (int)Exit.Done;
    }

    /// <summary>Every location of a list gets a home of its own under the board's folder; one that has a home already keeps it.</summary>
    int EnrolAll(Terminal terminal, string board, string file)
    {
        if (ReadList(file) is not { } schools) return terminal.Refuse(terminal.Say("de lijst is niet te lezen als school;naam", "the list cannot be read as school;name"), terminal.Say("elke regel heeft een code als 99XX00 en een naam", "every line has a code such as 99XX00 and a name"));
        var made = new List<object>();
        foreach (var profile in schools)
        {
            var folder = Path.Combine(board, profile.Location.Code);
            using (var existing = SchoolHome.TryOpen(folder, _clock))
                if (existing is not null) continue;
            var enrolment = Enrolment.Make(folder, profile, _clock);
            terminal.Line($"{profile.Location.Code}  {enrolment.FingerprintAloud}");
            made.Add(new { school = enrolment.Location, enrolment = Path.Combine(folder, Enrolment.FileName), recipient = enrolment.ReportRecipient, fingerprint = enrolment.Fingerprint });
        }
        terminal.Line(terminal.Say($"Ingeschreven: {made.Count}; al ingeschreven: {schools.Count - made.Count}.", $"Enrolled: {made.Count}; enrolled before: {schools.Count - made.Count}."));
        terminal.Document(new { enrolled = made, before = schools.Count - made.Count });
        return (int)Exit.Done;
    }

    static List<SchoolProfile>? ReadList(string file)
    {
        if (!File.Exists(file)) return null;
        var schools = new List<SchoolProfile>();
        foreach (var cells in File.ReadLines(file).Where(line => line.Trim().Length > 0).Select(line => line.Split(';')))
        {
            if (schools.Count == 0 && cells[0].Trim().Equals("school", StringComparison.OrdinalIgnoreCase)) continue;
            if (cells.Length != 2 || !SchoolLocation.Parse(cells[0].Trim()).Ok || !IsName(cells[1].Trim())) return null;
            schools.Add(new(SchoolLocation.Parse(cells[0].Trim()).Value, cells[1].Trim()));
        }
        return schools.Count > 0 && schools.Select(s => s.Location).Distinct().Count() == schools.Count ? schools : null;
    }
}
