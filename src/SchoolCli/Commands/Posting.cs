using System.CommandLine;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>The post room: the board's agreement, the office's notice of a round, and sending what was sealed.</summary>
public sealed partial class SchoolCommands
{
    Command Agreeing()
    {
        var by = new Option<string>("--by") { Description = "Who signed for the board: a function", Required = true };
        var from = Day("--from", "A day in the first school year it holds for");
        var until = Day("--until", "A day in the last school year it holds for");
        var signed = Day("--signed", "Day of signing (default: today)", required: false);
        return New("agreement", "Record that the board agreed to take part", "groeilijn-school agreement --by \"voorzitter\" --from 2024-08-01 --until 2028-07-31 --signed 2025-01-15", [by, from, until, signed], (parsed, terminal) => WithHome(parsed, terminal, home =>
            Say(terminal, Approvals.RecordAgreement(home, parsed.GetRequiredValue(by), parsed.GetValue(signed) ?? DateOnly.FromDateTime(_clock.GetLocalNow().DateTime), SchoolYear.Of(parsed.GetValue(from)!.Value), SchoolYear.Of(parsed.GetValue(until)!.Value)), agreement =>
            {
                terminal.Line(terminal.Say($"Vastgelegd voor {agreement.First} tot en met {agreement.Last}.", $"Recorded for {agreement.First} up to and including {agreement.Last}."));
                terminal.Document(new { signed = Iso(agreement.Signed), first = agreement.First.ToString(), last = agreement.Last.ToString() });
            })));
    }

    Command Announcing()
    {
        var file = new Argument<string>("file") { Description = "The office's notice; its signature (.p7s) stands beside it" };
        var confirmed = new Option<string>("--fingerprint") { Description = "The fingerprint as the office read it aloud, needed once" };
        var command = New("round", "Take in the office's notice of a round", "groeilijn-school round round.json --fingerprint \"1a2b 3c4d …\"", [confirmed], (parsed, terminal) => WithHome(parsed, terminal, home =>
            Say(terminal, Rounds.Accept(home, parsed.GetRequiredValue(file), parsed.GetValue(confirmed)), round =>
            {
                terminal.Line(terminal.Say($"Ronde {round.Edition} is open van {Iso(round.Opens)} tot en met {Iso(round.Closes)}.", $"Round {round.Edition} is open from {Iso(round.Opens)} up to and including {Iso(round.Closes)}."));
                terminal.Document(new { edition = round.Edition.ToString(), recipient = round.Recipient.ToString(), opens = Iso(round.Opens), closes = Iso(round.Closes), upload = round.Upload });
            })));
        command.Add(file);
        return command;
    }

    Command Posting()
    {
        var edition = Parsed("--edition", "The delivery, for instance 2025-1 (default: only the messages about objections)", Edition.Parse, required: false);
        var sequence = new Option<int?>("--sequence") { Description = "Which delivery of the edition (default: the last)" };
        var to = new Option<string>("--target") { Description = "A folder, or an address https://…", Required = true };
        return New("send", "Send what was sealed; safe to repeat", "groeilijn-school send --edition 2025-1 --target aanleveren", [edition, sequence, to], (parsed, terminal) => WithHome(parsed, terminal, home =>
            SendTarget.Parse(parsed.GetRequiredValue(to)) is { Value: { } target } ? Posted(home, terminal, Given(parsed, edition), parsed.GetValue(sequence), target)
                : terminal.WrongUse(terminal.Say("--target is een map of een adres dat begint met https://", "--target is a folder or an address that begins with https://"), terminal.See("send"))));
    }

    static int Posted(SchoolHome home, Terminal terminal, Edition? edition, int? sequence, SendTarget target)
    {
        var files = new List<string>();
        if (edition is { } of)
        {
            var last = Sent.All(home).Where(s => s.Edition == of.ToString()).Select(s => s.Sequence).DefaultIfEmpty(1).Max();
            var sent = School.Sending.Send(home, of, sequence ?? last, target).GetAwaiter().GetResult();
            if (sent.Refusal is { } refusal) return terminal.Refuse(refusal.Sentence(terminal.Language), refusal.Hint(terminal.Language));
            files.AddRange(sent.Value!.Files);
        }
        return Say(terminal, School.Sending.SendWithdrawals(home, target).GetAwaiter().GetResult(), messages =>
        {
            files.AddRange(messages.Files);
            foreach (var file in files) terminal.Line(file);
            terminal.Document(new { files });
        });
    }
}
