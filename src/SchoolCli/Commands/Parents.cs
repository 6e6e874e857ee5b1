using System.CommandLine;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>Informing parents and recording what they say.</summary>
public sealed partial class SchoolCommands
{
    Command Informing()
    {
        var sent = Day("--sent", "Day the letter was sent");
        var until = Day("--until", "Last day to object, at least fourteen days later");
        var details = new Option<string>("--details") { Description = "File with what stands in your letter alone: board, contact person, data protection officer; needed once" };
        var way = Parsed("--by", "How it went out: paper (default), email, portal, other", Way, required: false);
        var groups = new Option<string[]>("--groups") { Description = "Only the parents of these year groups, for instance 3 4", AllowMultipleArgumentsPerToken = true };
        return New("letter", "Write the letter to parents and record that it was sent", "groeilijn-school letter --details samples/school/brief.json --sent 2025-02-10 --until 2025-02-28", [sent, until, details, way, groups], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            if (parsed.GetValue(details) is { } given && LetterDetails.KeepFile(home, given).Refusal is { } refusal) return terminal.Refuse(refusal.Sentence(terminal.Language), refusal.Hint(terminal.Language));
            var readers = parsed.GetValue(groups) is { Length: > 0 } some ? Readers.YearGroups(some) : Readers.All;
            return Say(terminal, Inform.Send(home, parsed.GetValue(sent)!.Value, parsed.GetValue(until)!.Value, parsed.GetValue(way), readers), letter =>
            {
                terminal.Line(terminal.Say($"Vastgelegd voor {letter.Pupils} leerlingen. De brief:", $"Recorded for {letter.Pupils} pupils. The letter:"));
                foreach (var file in letter.Files) terminal.Line(file);
                terminal.Document(new { letter = letter.Letter, pupils = letter.Pupils, files = letter.Files });
            });
        }));
    }

    static (bool, LetterWay) Way(string text) => (Enum.TryParse<LetterWay>(text, ignoreCase: true, out var way) && text.All(char.IsAsciiLetter), way);

    Command Objecting()
    {
        var pupil = new Option<string>("--pupil") { Description = "Key, ECK iD or number of the pupil" };
        var on = Day("--on", "Day on which the parent asked (default: today)", required: false);
        var list = new Option<string>("--list") { Description = "A file with leerling_key;datum" };
        var by = Parsed("--parent", "Which parent asked: parent-1, parent-2 or guardian; the objection stands until that one takes it back", text => (Objectors.TryRead(text, out var objector), objector), required: false);
        var confirmation = new Option<string>("--confirmation") { Description = "Write the confirmation for the parent to this file, to print" };
        var withdraw = new Option<bool>("--withdraw") { Description = "Take the objection back, because the parent asked" };
        var passOn = Parsed("--pass-on", "Seal the objections made after sending to the office's withdrawal key, age1…", Recipient, required: false);
        return New("object", "Record an objection, take one back, or pass on those made after sending", "groeilijn-school object --pupil L1006\ngroeilijn-school object --list samples/school/bezwaren.csv", [pupil, on, by, confirmation, list, withdraw, passOn], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            var (key, file, key2) = (parsed.GetValue(pupil), parsed.GetValue(list), parsed.GetValue(passOn));
            if (new[] { key is not null, file is not null, key2 is not null }.Count(given => given) != 1)
                return terminal.WrongUse(terminal.Say("geef één van --pupil, --list en --pass-on", "give one of --pupil, --list and --pass-on"), terminal.See("object"));
            if (key2 is not null) return PassOn(home, terminal, key2);
            if (file is not null) return Say(terminal, Objections.RecordList(home, file), recorded => Recorded(terminal, recorded), recorded => recorded.Findings.Count == 0);
            return Say(terminal, parsed.GetValue(withdraw) ? Objections.Withdraw(home, key!, parsed.GetValue(by)) : Objections.Record(home, key!, parsed.GetValue(on), parsed.GetValue(by)), made => Made(terminal, home, made, parsed.GetValue(withdraw), parsed.GetValue(confirmation)));
        }));
    }

    static int PassOn(SchoolHome home, Terminal terminal, RecipientKey office)
    {
        var files = Withdrawals.Seal(home, office);
        terminal.Line(terminal.Say($"Doorgegeven: {files.Count}.", $"Passed on: {files.Count}."));
        foreach (var file in files) terminal.Line(file);
        terminal.Document(new { files });
        return (int)Exit.Done;
    }

    static void Made(Terminal terminal, SchoolHome home, ObjectionMade made, bool withdrawn, string? confirmation)
    {
        if (confirmation is not null && !withdrawn) DurableFile.WriteSecret(confirmation, Encoding.UTF8.GetBytes(Confirmation.Page(home, made.Id)!));
        terminal.Line(withdrawn ? terminal.Say("Het bezwaar is ingetrokken.", "The objection was taken back.") : terminal.Say("Het bezwaar is vastgelegd.", "The objection was recorded."));
        if (confirmation is not null && !withdrawn) terminal.Line(terminal.Say("De bevestiging voor de ouder: " + confirmation, "The confirmation for the parent: " + confirmation));
        if (made.SentIn.Count > 0 && !withdrawn) terminal.Line(terminal.Say("Er zijn al gegevens gestuurd. Geef het bezwaar door: school object --pass-on SLEUTEL.", "Data were sent before. Pass the objection on: school object --pass-on KEY."));
        terminal.Document(new { id = made.Id, withdrawn, already = made.Already, sentBefore = made.SentIn, confirmation });
    }

    static void Recorded(Terminal terminal, ListRecorded recorded)
    {
        Findings.Show(terminal, recorded.Findings);
        terminal.Line(terminal.Say($"Vastgelegd: {recorded.Made.Count(m => !m.Already)} bezwaren.", $"Recorded: {recorded.Made.Count(m => !m.Already)} objections."));
        if (recorded.UnknownLines.Count > 0)
            terminal.Line(terminal.Say("Van deze regels is de leerling niet bekend; controleer de sleutel: ", "The pupil of these lines is not known; check the key: ") + string.Join(", ", recorded.UnknownLines));
        terminal.Document(new { recorded = recorded.Made.Count(m => !m.Already), already = recorded.Made.Count(m => m.Already), unknownLines = recorded.UnknownLines, findings = Findings.ForJson(recorded.Findings, terminal.Language) });
    }
}
