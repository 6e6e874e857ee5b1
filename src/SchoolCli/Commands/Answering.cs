using System.CommandLine;
using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>What the office answered, what a parent may know, and what is kept how long.</summary>
public sealed partial class SchoolCommands
{
    Command Fetching()
    {
        var from = new Argument<string>("from") { Description = "The folder that both can reach, the address where files are uploaded, or one answer of the office" };
        var command = New("fetch", "Take in the office's receipts and answers", "groeilijn-school fetch aanleveren", [], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            var place = parsed.GetRequiredValue(from);
            if (File.Exists(place)) return Say(terminal, Answers.Keep(home, place), kept => Answered(terminal, [kept], 0));
            return Say(terminal, RoundNotice.IsUpload(place) ? NetworkPost.Fetch(home, new Uri(place)).GetAwaiter().GetResult() : Post.Fetch(home, place), fetched =>
            {
                foreach (var (file, why) in fetched.Refused) terminal.Tell($"{file}: {why.Sentence(terminal.Language)}");
                Answered(terminal, fetched.Answers, fetched.Receipts.Count);
            }, fetched => fetched.Refused.Count == 0);
        }));
        command.Add(from);
        return command;
    }

    static void Answered(Terminal terminal, IReadOnlyList<AnswerKept> answers, int receipts)
    {
        foreach (var kept in answers) terminal.Line(AnswerWords.Of(kept.Answer.Kind, kept.Answer.Outcome).Sentence(terminal.Language));
        terminal.Line(terminal.Say($"Ontvangstbewijzen: {receipts}; antwoorden: {answers.Count}.", $"Receipts: {receipts}; answers: {answers.Count}."));
        terminal.Document(new { receipts, answers = answers.Select(a => new { kind = a.Answer.Kind, outcome = a.Answer.Outcome, about = a.Answer.About }) });
    }

    Command Access()
    {
        var pupil = new Option<string>("--pupil") { Description = "Key, ECK iD or number of the pupil, also of one who left", Required = true };
        var into = new Option<string>("--out") { Description = "Write the page to this file, to print", Required = true };
        return New("access", "Answer a parent: what did we send about my child", "groeilijn-school access --pupil L1006 --out antwoord.html", [pupil, into], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            if (Known(home, terminal, parsed.GetRequiredValue(pupil)) is not { } person) return (int)Exit.Refused;
            WritePage(parsed.GetRequiredValue(into), Inzage.Page(home, person, terminal.Language)!);
            terminal.Line(terminal.Say("Geschreven. Er staat in wat van dit kind is gestuurd: print het en gooi het bestand weg.", "Written. It holds what was sent of this child: print it and delete the file."));
            terminal.Document(new { deliveries = Inzage.Of(home, person)!.Sent.Count });
            return (int)Exit.Done;
        }));
    }

    Command Processing()
    {
        var into = new Option<string>("--out") { Description = "Write the page to this file", Required = true };
        return New("processing", "Write the record of processing (AVG article 30)", "groeilijn-school processing --out verwerkingen.html", [into], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            WritePage(parsed.GetRequiredValue(into), ProcessingRecord.Page(home, terminal.Language));
            terminal.Line(terminal.Say("Geschreven. Er staat geen leerling in.", "Written. It holds no pupil."));
            return (int)Exit.Done;
        }));
    }

    Command Retaining()
    {
        var run = new Option<bool>("--run") { Description = "Delete what is due now" };
        return New("retention", "Show what is kept how long, and delete what is due", "groeilijn-school retention", [run], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            var items = parsed.GetValue(run) ? Retention.Run(home) : Retention.Plan(home);
            terminal.Table([terminal.Say("op", "on"), terminal.Say("aantal", "number"), terminal.Say("wat", "what")], [.. items.Select(i => (IReadOnlyList<string>)[Iso(i.Due), i.Count.ToString(CultureInfo.InvariantCulture), i.Words(terminal.Language)])]);
            var due = items.Where(i => i.IsDue).Sum(i => i.Count);
            terminal.Line(parsed.GetValue(run) ? terminal.Say($"Verwijderd: {due}.", $"Deleted: {due}.") : terminal.Say($"Nu te verwijderen: {due}.", $"Due now: {due}."));
            terminal.Document(new { ran = parsed.GetValue(run), due, items = items.Select(i => new { kind = i.Kind.ToString(), count = i.Count, on = Iso(i.Due), due = i.IsDue }) });
            return (int)Exit.Done;
        }));
    }

    static void WritePage(string file, string page)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) DurableFile.CreateFolder(folder);
        DurableFile.WriteSecret(file, Encoding.UTF8.GetBytes(page));
    }
}
