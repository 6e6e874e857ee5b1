using System.CommandLine;
using Groeilijn.Delivery;
using Groeilijn.Office;

namespace Groeilijn.Cli.Commands;

/// <summary><c>office backup</c> and <c>office restore</c>.</summary>
static class OfficeCommandsBackup
{
    static readonly Option<string> s_home = Verb.Home("office");
    static readonly Option<bool> s_json = Verb.Json();

    /// <summary>The verbs of this file.</summary>
    public static Command[] Create() => [Make(), RestoreHome()];

    static Command Make()
    {
        var archive = new Option<string>("--out") { Description = "The archive to write: store, cohort, register, ledger, projects; no round's key, no ciphertext" };
        var decisions = new Option<string>("--decisions") { Description = "The small file to write that a restore needs beside an earlier archive: renew it after each run over withdrawals" };
        var to = new Option<string>("--to") { Description = "The public key, age1…, whose other half lies elsewhere (groeilijn envelope keygen)", Required = true };
        return Verb.Of("backup", "Copy what may be copied into a sealed archive, and what was decided since into a small file", "groeilijn office backup --out office.age --decisions decisions.age --to age1…", parsed => OfficeCommands.With(parsed, parsed.GetValue(s_home)!, home =>
        {
            if (!RecipientKey.TryParse(parsed.GetValue(to), out var key)) return parsed.Refuse("--to is no public key", "it begins with age1; groeilijn envelope keygen makes a pair", Verb.WrongUse);
            if (parsed.GetValue(archive) is null && parsed.GetValue(decisions) is null) return parsed.Refuse("nothing to write", "give --out, --decisions or both", Verb.WrongUse);
            BackupMade? made = null;
            if (parsed.GetValue(archive) is { } file)
            {
                var outcome = Backup.Make(home, file, key);
                if (!outcome.Ok) return parsed.Refuse(outcome.Refusal);
                made = outcome.Value;
            }
            if (parsed.GetValue(decisions) is { } small) Backup.WriteDecisions(home, small, key);
            if (parsed.GetValue(s_json)) return parsed.SayJson(new { archive = made?.File, sha256 = made?.Sha256, files = made?.Files, decisions = parsed.GetValue(decisions) });
            if (made is not null) parsed.Say($"{made.Files} files and the store are sealed in {made.File}. SHA-256 {made.Sha256}.");
            if (parsed.GetValue(decisions) is { } written) parsed.Say($"What was decided of withdrawals and rounds is sealed in {written}; keep its .p7s beside it.");
            return Verb.Done;
        }), s_home, archive, decisions, to, s_json);
    }

    static Command RestoreHome()
    {
        var file = new Argument<string>("file") { Description = "The archive that office backup made" };
        var identity = new Option<string>("--identity") { Description = "The file with the key that it was sealed to", Required = true };
        var decisions = new Option<string>("--decisions") { Description = "The newest file of decisions, with its .p7s beside it" };
        var live = new Option<string>("--live") { Description = "Instead: the home that the backup was made of, where it still lives" };
        return Verb.Of("restore", "Make a home from an archive; withdrawals and destructions of since come first", "groeilijn office restore office.age --identity backup.key --decisions decisions.age --home restored", parsed =>
        {
            if (!File.Exists(parsed.GetValue(identity)) || !IdentityKey.TryParseFile(File.ReadAllText(parsed.GetValue(identity)!), out var key)) return parsed.Refuse("--identity is no file with a key", "give the file that groeilijn envelope keygen made", Verb.WrongUse);
            if (parsed.GetValue(decisions) is null == parsed.GetValue(live) is null) return parsed.Refuse("what was decided since the backup must be known", "give --decisions FILE, or --live HOME", Verb.WrongUse);
            if (parsed.GetValue(live) is { } other && !OfficeHome.Exists(other)) return parsed.Refuse("--live is no office's home", "give the folder of the home, or --decisions FILE");
            using (key)
            {
                var outcome = RestoreInto(parsed, key, parsed.GetValue(file)!, parsed.GetValue(decisions), parsed.GetValue(live));
                if (!outcome.Ok) return parsed.Refuse(outcome.Refusal);
                var r = outcome.Value;
                if (parsed.GetValue(s_json)) return parsed.SayJson(new { made = r.Made, withdrawals = r.Withdrawals, destroyedRounds = r.Rounds, askedAgain = r.Asked, fingerprint = r.Fingerprint });
                return parsed.Say($"Restored as of {r.Made:yyyy-MM-dd HH:mm}. {r.Withdrawals} withdrawals of since are carried out again, {r.Rounds} rounds of since stay destroyed, {r.Asked} sealed files are asked for again (office withdraw writes the answers).\nCompare the office's fingerprint with a printed one: {SigningKey.Aloud(r.Fingerprint)}");
            }
        }, s_home, file, identity, decisions, live, s_json);
    }

    static Storage.Outcome<RestoredHome> RestoreInto(ParseResult parsed, IdentityKey key, string file, string? decisions, string? live)
    {
        if (decisions is not null) return Restore.Run(file, key, parsed.GetValue(s_home)!, decisions, TimeProvider.System);
        using var home = OfficeHome.Open(live!, TimeProvider.System);
        return Restore.Run(file, key, parsed.GetValue(s_home)!, home, TimeProvider.System);
    }
}
