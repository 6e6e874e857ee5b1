using System.CommandLine;
using Groeilijn.Delivery;
using Groeilijn.Office;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn office log</c>: the ledger as others get it; <c>office revoke</c>: a certificate taken back.</summary>
static partial class OfficeCommands
{
    static Command Log()
    {
        var publish = new Option<bool>("--publish") { Description = "Close the days that are over and write the public log in outgoing/log, with the proofs in it; run it once a day" };
        var logboek = new Option<bool>("--logboek") { Description = "Write every step as a span of Logboek Dataverwerkingen, one line of JSON each; give --out" };
        var register = new Option<string?>("--register") { Description = "With --logboek: the address of the register of processing activities" };
        var proof = new Option<string?>("--proof") { Description = "Write the proof that a step about this file is in the public log; give its SHA-256, and --out" };
        var output = new Option<string?>("--out") { Description = "The file to write" };
        return Verb.Of("log", "Show the ledger, publish its days, write proofs, or hand it to Logboek Dataverwerkingen", "groeilijn office log --publish", parsed => With(parsed, home =>
        {
            var file = parsed.GetValue(output);
            if ((parsed.GetValue(logboek) || parsed.GetValue(proof) is not null) && file is null) return parsed.Refuse("--out is missing", "give the file to write with --out FILE", Verb.WrongUse);
            if (parsed.GetValue(logboek)) return WriteLogboek(parsed, home, parsed.GetValue(register), file!);
            if (parsed.GetValue(proof) is { } hash) return WriteProof(parsed, home, hash, file!);
            return parsed.GetValue(publish) ? Publish(parsed, home) : Show(parsed, home);
        }), s_home, publish, logboek, register, proof, output, s_json);
    }

    static int Show(ParseResult parsed, OfficeHome home)
    {
        var (checkpoint, log) = (home.Sequence(), new LedgerFolder(home.At("outgoing", "log"), LogDay.Origin));
        return Answer(parsed, new { entries = checkpoint.Size, root = Convert.ToHexStringLower(checkpoint.Root), days = log.Size },
            $"The ledger has {checkpoint.Size} entries; for paper: {checkpoint.Printed}\nThe public log has {log.Size} days.");
    }

    static int Publish(ParseResult parsed, OfficeHome home)
    {
        if (PublicLog.Publish(home) is not { } checkpoint) return Answer(parsed, new { days = 0 }, "No day is over yet: the public log begins tomorrow.");
        var folder = home.At("outgoing", "log");
        return Answer(parsed, new { days = checkpoint.Size, folder, checkpoint = checkpoint.ToString() }, $"The public log has {checkpoint.Size} days: {folder}");
    }

    static int WriteLogboek(ParseResult parsed, OfficeHome home, string? register, string file)
    {
        if (register is not null && !Uri.TryCreate(register, UriKind.Absolute, out _)) return parsed.Refuse("--register is no address", "give the whole address, with https://", Verb.WrongUse);
        var checkpoint = home.Sequence();
        DurableFile.Write(file, string.Concat(Logboek.Lines(home.Ledger.Entries(), checkpoint.Origin, register?.TrimEnd('/')).Select(line => line + "\n")));
        return Answer(parsed, new { spans = checkpoint.Size, file }, $"{checkpoint.Size} spans in {file}");
    }

    static int WriteProof(ParseResult parsed, OfficeHome home, string hash, string file)
    {
        var latest = -1L;
        var index = 0L;
        foreach (var entry in home.Ledger.Entries())
        {
            if (LedgerEntry.TryRead(entry, out var step, out _) && step.Facts.Any(fact => fact.Value.Text is { Length: > 0 } text && text == hash)) latest = index;
            index++;
        }
        if (latest < 0) return parsed.Refuse("no step in the ledger is about a file with that SHA-256", "give the 64 characters of the sealed file, or of the certificate");
        if (PublicLog.Proof(home, latest) is not { } proof) return parsed.Refuse("the day of that step is not published yet", "run office log --publish tomorrow, then try again");
        DurableFile.Write(file, proof.ToJson());
        return Answer(parsed, new { day = proof.Day, file }, $"The proof is {file}. Anybody checks it with: groeilijn verify");
    }

    static Command Revoke()
    {
        var school = new Argument<string>("school") { Description = "BRIN and vestiging of the school, 99XX00" };
        var lost = Day("--lost", "Since which day somebody else may have had the key (default: today)");
        return Verb.Of("revoke", "Take back a school's certificate: its computer was lost or stolen", "groeilijn office revoke 99XX00 --lost 2023-03-01", parsed => With(parsed, home =>
        {
            var revoked = Revocations.Revoke(home, parsed.GetValue(school)!, parsed.GetValue(lost));
            if (!revoked.Ok) return parsed.Refuse(revoked.Refusal);
            var (fingerprint, doubtful) = (revoked.Value.Fingerprint, revoked.Value.Doubtful);
            return Answer(parsed, new { school = revoked.Value.School, fingerprint, doubtful }, string.Join('\n', [
                $"From now on nothing signed with the certificate of {revoked.Value.School} is taken. What was received before stays.",
                .. doubtful.Count == 0 ? (string[])[] : [$"{doubtful.Count} deliveries came since the loss; ask the school whether it sent them:", .. doubtful.Select(sha256 => "  " + sha256)],
                "The school makes a new key and enrols again: office enrol."]));
        }), s_home, school, lost, s_json);
    }
}
