using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>Looking at the delivery, sealing it, and what came back of it.</summary>
public sealed partial class SchoolCommands
{
    Command Previewing()
    {
        var edition = Parsed("--edition", "The delivery, for instance 2025-1", Edition.Parse);
        var reference = Day("--reference", "Day of the export (default: of the last import)", required: false);
        var into = new Option<DirectoryInfo>("--out") { Description = "Folder to write the page and the bytes to; they name pupils" };
        return New("preview", "Make the delivery and show it, field by field", "groeilijn-school preview --edition 2025-1 --out bekijken", [edition, reference, into], (parsed, terminal) => WithHome(parsed, terminal, home =>
            Say(terminal, Preview.Make(home, parsed.GetRequiredValue(edition), parsed.GetValue(reference) ?? Preview.LastReference(home)), made =>
            {
                terminal.Line(terminal.Say($"Mee gaan {made.Pupils} leerlingen met {made.Results} resultaten.", $"{made.Pupils} pupils with {made.Results} results go along."));
                terminal.Line("SHA-256 " + made.Sha256);
                var files = parsed.GetValue(into) is { } folder ? Written(home, made.Edition, folder.FullName) : [];
                foreach (var file in files) terminal.Line(file);
                terminal.Table([terminal.Say("blijft achter", "stays behind"), terminal.Say("reden", "reason")], [.. made.LeftOut.Select(l => (IReadOnlyList<string>)[l.Pupils.ToString(CultureInfo.InvariantCulture), l.Reason.Sentence(terminal.Language)])]);
                terminal.Document(new { edition = made.Edition.ToString(), pupils = made.Pupils, results = made.Results, sha256 = made.Sha256, files, leftOut = made.LeftOut.Select(l => new { code = l.Reason.Code, pupils = l.Pupils, reason = l.Reason.Sentence(terminal.Language) }) });
            })));
    }

    /// <summary>The bytes and the page in both languages, because the school asked for them as files.</summary>
    static string[] Written(SchoolHome home, Edition edition, string folder)
    {
        DurableFile.CreateFolder(folder);
        string[] files = [.. new[] { ".jsonl", ".html", ".en.html" }.Select(ending => Path.Combine(folder, edition + ending))];
        DurableFile.WriteSecret(files[0], Preview.Payload(home, edition)!);
        DurableFile.WriteSecret(files[1], Encoding.UTF8.GetBytes(Preview.Page(home, edition, "nl", edition + ".en.html")!));
        DurableFile.WriteSecret(files[2], Encoding.UTF8.GetBytes(Preview.Page(home, edition, "en", edition + ".html")!));
        return files;
    }

    Command Sealing()
    {
        var edition = Parsed("--edition", "The delivery, for instance 2025-1", Edition.Parse);
        var to = Parsed("--to", "The office's key of this round, age1… (default: as the office announced)", Recipient, required: false);
        var approved = new Option<string>("--approved-by") { Description = "Who looked at the preview and approved it", Required = true };
        return New("seal", "Seal exactly what the preview shows", "groeilijn-school seal --edition 2025-1 --to age1… --approved-by \"A. Directeur\"", [edition, to, approved], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            if (string.IsNullOrWhiteSpace(parsed.GetRequiredValue(approved))) return terminal.WrongUse(terminal.Say("bij --approved-by hoort een naam", "--approved-by is a name"), terminal.See("seal"));
            var round = parsed.GetRequiredValue(edition);
            if (Preview.Of(home, round) is { } preview && Approvals.Approve(home, round, preview.Sha256, parsed.GetRequiredValue(approved)).Refusal is { } refusal) return terminal.Refuse(refusal.Sentence(terminal.Language), refusal.Hint(terminal.Language));
            return Say(terminal, Seal.Deliver(home, round, parsed.GetValue(to)), made =>
            {
                terminal.Line(terminal.Say($"Verzegeld: {made.Manifest.Pupils} leerlingen. Stuur deze drie bestanden:", $"Sealed: {made.Manifest.Pupils} pupils. Send these three files:"));
                foreach (var file in new[] { made.CiphertextFile, made.ManifestFile, made.SignatureFile }) terminal.Line(file);
                terminal.Document(new { files = new[] { made.CiphertextFile, made.ManifestFile, made.SignatureFile }, sequence = made.Manifest.Sequence, payload = made.Manifest.Payload.Sha256, ciphertext = made.Manifest.Ciphertext.Sha256, pupils = made.Manifest.Pupils, results = made.Manifest.Results });
            });
        }));
    }

    Command Sending()
    {
        var edition = Parsed("--edition", "Write what was sent for this edition", Edition.Parse, required: false);
        var sequence = new Option<int>("--sequence") { Description = "Which delivery of the edition", DefaultValueFactory = _ => 1 };
        var into = new Option<string>("--out") { Description = "File to write the bytes to; they name pupils" };
        return New("sent", "Show what was sent, and give it back byte for byte", "groeilijn-school sent\ngroeilijn-school sent --edition 2025-1 --out verstuurd.jsonl", [edition, sequence, into], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            var (one, file) = (Given(parsed, edition), parsed.GetValue(into));
            if ((one is null) != (file is null)) return terminal.WrongUse(terminal.Say("--edition en --out horen bij elkaar", "--edition and --out belong together"), terminal.See("sent"));
            if (one is { } asked)
            {
                if (Sent.Payload(home, asked.ToString(), parsed.GetValue(sequence)) is not { } bytes) return terminal.Refuse(terminal.Say("die levering is er niet", "there is no such delivery"), terminal.Say("bekijk welke er zijn: school sent", "see which there are: school sent"));
                if (Path.GetDirectoryName(Path.GetFullPath(file!)) is { } folder) DurableFile.CreateFolder(folder);
                DurableFile.WriteSecret(file!, bytes);
            }
            var all = Sent.All(home);
            terminal.Table([terminal.Say("levering", "delivery"), terminal.Say("verzegeld", "sealed"), terminal.Say("leerlingen", "pupils"), terminal.Say("resultaten", "results"), terminal.Say("ontvangen", "received"), "SHA-256"],
                [.. all.Select(s => (IReadOnlyList<string>)[$"{s.Edition}-{s.Sequence}", s.Sealed, s.Pupils.ToString(CultureInfo.InvariantCulture), s.Results.ToString(CultureInfo.InvariantCulture), s.Receipt is null ? "-" : terminal.Say("ja", "yes"), s.Payload])]);
            terminal.Document(new { deliveries = all.Select(s => new { edition = s.Edition, sequence = s.Sequence, sealedAt = s.Sealed, approvedBy = s.ApprovedBy, pupils = s.Pupils, results = s.Results, payload = s.Payload, ciphertext = s.Ciphertext, receipt = s.Receipt }), written = file });
            return (int)Exit.Done;
        }));
    }

    Command KeepReceipt()
    {
        var file = new Argument<string>("file") { Description = "The receipt; its signature (.p7s) stands beside it" };
        var office = new Option<string>("--office") { Description = "The office's certificate, needed once" };
        var command = New("receipt", "Verify and keep the office's receipt", "groeilijn-school receipt 99XX00-2025-1-1.receipt.json --office office.cert.pem", [office], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            if (Certificate(parsed.GetValue(office)) is not { } given) return terminal.Refuse(terminal.Say("het certificaat is niet te lezen", "the certificate cannot be read"), terminal.Say("geef het .pem-bestand van het bureau", "give the office's .pem file"));
            using var certificate = given.Certificate;
            return Say(terminal, Receipts.Keep(home, parsed.GetRequiredValue(file), certificate), kept =>
            {
                terminal.Line(terminal.Say($"Het bureau heeft levering {kept.Receipt.Edition} ontvangen, precies zoals u die stuurde.", $"The office received delivery {kept.Receipt.Edition} exactly as you sent it."));
                terminal.Document(new { edition = kept.Receipt.Edition, sequence = kept.Receipt.Sequence, kept = kept.File });
            });
        }));
        command.Add(file);
        return command;
    }

    static (X509Certificate2? Certificate, bool Read)? Certificate(string? path)
    {
        try
        {
            return path is null ? (null, true) : (X509Certificate2.CreateFromPem(File.ReadAllText(path)), true);
        }
        catch (Exception unread) when (unread is IOException or CryptographicException)
        {
            return null;
        }
    }
}
