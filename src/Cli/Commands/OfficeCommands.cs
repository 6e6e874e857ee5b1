using System.CommandLine;
using System.Globalization;
using Groeilijn.Columns;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Storage;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn office</c>: a round from its key to its certificate, one verb a step.</summary>
static partial class OfficeCommands
{
    static readonly Option<string> s_home = Verb.Home("office");
    static readonly Option<bool> s_json = Verb.Json();
    static readonly Option<Edition> s_edition = Verb.Edition();

    public static Command Create() => Verb.Group("office", "Receive, link, destroy, and publish: the statistics office's side",
        [Init(), Enrol(), Revoke(), Open(), RegisterImport(), Serve(), Watch(), Status(), Receive(), Link(), ReviewLinks(), Destroy(), CohortContents(), Report(), Table(), Log(), SweepFiles(),
            .. OfficeCommandsLooks.Create(), .. OfficeCommandsWithdrawals.Create(), .. OfficeCommandsBackup.Create(), OfficeCommandsBoards.Create(), OfficeCommandsOutputs.Create()]);

    static Command Init()
    {
        var invented = new Option<bool>("--invented") { Description = "All pupils are invented: a machine with swap will do" };
        var postgres = new Option<string>("--postgres") { Description = "Keep the store on a PostgreSQL server: \"Host=…;Database=…;Username=…\"; the password in ~/.pgpass or PGPASSWORD (default: a SQLite file in the home)" };
        return Verb.Of("init", "Make the office's home: store, ledger, keys", "groeilijn office init --home office", parsed =>
        {
            if (OfficeHome.Exists(parsed.GetValue(s_home)!)) return parsed.Refuse("this folder is an office's home already", "use it, or choose another folder with --home");
            if (parsed.GetValue(postgres) is { } connection && HomeStore.Fault(connection) is { } fault) return parsed.Refuse("--postgres cannot be used", fault, Verb.WrongUse);
            using var home = OfficeHome.Create(parsed.GetValue(s_home)!, TimeProvider.System, parsed.GetValue(invented), parsed.GetValue(postgres));
            var certificate = home.At("keys", "signing", "office.cert.pem");
            return Answer(parsed, new { home = home.Folder, certificate }, $"The office's home is {home.Folder}. Its certificate, for everybody who verifies: {certificate}");
        }, s_home, invented, postgres, s_json);
    }

    static Command Enrol()
    {
        var file = new Argument<string>("enrolment") { Description = "The enrolment.json that the school's program wrote" };
        var province = new Option<string>("--province") { Description = "The province of the location, PV20 to PV31", Required = true };
        return Verb.Of("enrol", "Enrol a school: its certificate and report key", "groeilijn office enrol enrolment.json --province PV26", parsed => With(parsed, home =>
        {
            if (!Province.Parse(parsed.GetValue(province)).Ok) return parsed.Refuse("--province is PV20 to PV31", "PV26 is Utrecht; docs/GLOSSARY.md has the list", Verb.WrongUse);
            if (!File.Exists(parsed.GetValue(file))) return parsed.Refuse("there is no such enrolment file", "the school makes it with: groeilijn school enrol");
            var enrolled = Schools.Enrol(home, File.ReadAllBytes(parsed.GetValue(file)!), Province.Parse(parsed.GetValue(province)).Value);
            if (!enrolled.Ok) return parsed.Refuse(enrolled.Refusal);
            var fingerprint = SigningKey.FingerprintOf(enrolled.Value.Certificate);
            return Answer(parsed, new { school = enrolled.Value.Location.Code, fingerprint }, $"{enrolled.Value.Location} is enrolled. Have the school read this fingerprint aloud and compare:\n{SigningKey.Aloud(fingerprint)}");
        }), s_home, file, province, s_json);
    }

    static Command Open()
    {
        var holders = new Option<string[]>("--holder") { Description = "Who holds a share of the key; give two", Arity = ArgumentArity.OneOrMore, Required = true };
        var opens = Day("--opens", "First day on which deliveries are taken in (default: today)");
        var closes = Day("--closes", "Last day (default: six weeks later)");
        var upload = new Option<string>("--upload") { Description = "Where schools upload: an address https://…" };
        return Verb.Of("open", "Open a round: a key pair in two shares, for two people", "groeilijn office open --edition 2023-1 --holder \"A. Jansen\" --holder \"B. de Vries\"", parsed => With(parsed, home =>
        {
            if (parsed.GetValue(holders) is not [var first, var second]) return parsed.Refuse("a round's key has exactly two holders", "give --holder twice", Verb.WrongUse);
            if (!AreNames(first, second)) return parsed.Refuse("a holder is a name of one line, at most 200 characters", "give --holder twice, each with a name", Verb.WrongUse);
            var round = Rounds.Open(home, parsed.GetValue(s_edition), first, second, parsed.GetValue(opens), parsed.GetValue(closes), parsed.GetValue(upload));
            if (!round.Ok) return parsed.Refuse(round.Refusal);
            var (recipient, shares) = (round.Value.Recipient.ToString(), new[] { Rounds.ShareFile(home, round.Value.Edition, 1), Rounds.ShareFile(home, round.Value.Edition, 2) });
            var notice = Rounds.NoticeFile(home, round.Value.Edition);
            return Answer(parsed, new { edition = round.Value.Edition.ToString(), recipient, notice, fingerprint = home.Key.Fingerprint, shares },
                $"Schools seal to: {recipient}\nGive schools: {notice} and the .p7s beside it; read them this fingerprint aloud: {SigningKey.Aloud(home.Key.Fingerprint)}\nShares: {shares[0]}\n        {shares[1]}");
        }), s_home, s_edition, holders, opens, closes, upload, s_json);
    }

    internal static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description + ", 2023-03-31",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            result.AddError($"{name} is a day as 2023-03-31.");
            return null;
        },
    };

    static Command RegisterImport()
    {
        var folder = new Argument<string>("folder") { Description = "The folder with persons.csv, numbers.csv and addresses.csv" };
        return Verb.Of("register", "Update the population register's sealed snapshot", "groeilijn office register land/register/2023-1", parsed => With(parsed, home =>
        {
            if (!Directory.Exists(parsed.GetValue(folder))) return parsed.Refuse("there is no such folder", "give the folder with the register's three files");
            var import = Register.Import(home, parsed.GetValue(folder)!);
            if (!import.Ok) return parsed.Refuse(import.Refusal);
            return Answer(parsed, new { persons = import.Value.Persons, added = import.Value.Added, snapshot = import.Value.Sha256 }, $"{import.Value.Persons} persons in the register, {import.Value.Added} of them new. Snapshot {import.Value.Sha256}.");
        }), s_home, folder, s_json);
    }

    static Command Receive()
    {
        var path = new Argument<string>("path") { Description = "A folder with deliveries, or one sealed file with its manifest and signature beside it" };
        return Verb.Of("receive", "Take deliveries: check sender and hash, keep the ciphertext, sign a receipt", "groeilijn office receive inbox/", parsed => With(parsed, home =>
        {
            var given = parsed.GetValue(path)!;
            if (!Directory.Exists(given) && !File.Exists(given)) return parsed.Refuse("there is no such file or folder", "check the name");
            var taken = Directory.Exists(given) ? Intake.Receive(home, given) : [(Path.GetFileName(given), Intake.ReceiveFiles(home, given))];
            if (taken.Count == 0) return parsed.Refuse("there is no delivery in the folder", "a delivery is three files of one name: .age, .manifest.json and .manifest.p7s");
            foreach (var (_, outcome) in taken.Where(t => t.Outcome.Ok)) Intake.WriteReceipt(home, outcome.Value!);
            if (parsed.GetValue(s_json)) parsed.SayJson(taken.Select(t => new { file = t.File, received = t.Outcome.Ok, again = t.Outcome.Value?.Again, code = t.Outcome.Refusal?.Code, reason = t.Outcome.Refusal?.What }));
            else
                foreach (var (file, outcome) in taken) parsed.Say(outcome.Ok ? $"{file}: received{(outcome.Value.Again ? ", as before" : "")}" : $"{file}: refused. {outcome.Refusal}");
            var refused = taken.Count(t => !t.Outcome.Ok);
            return refused == 0 ? Verb.Done : parsed.Refuse($"{refused} of {taken.Count} deliveries were refused", "the reason stands with each; what was received stays received, and receiving again is safe");
        }), s_home, path, s_json);
    }

    static Command Destroy()
    {
        var approvers = new Option<string[]>("--approver") { Description = "Who approves; give two", Arity = ArgumentArity.OneOrMore, Required = true };
        var without = WithoutReview();
        var earlier = new Option<string>("--earlier-home") { Description = "The home that this one was restored from, for a round that was begun there" };
        return Verb.Of("destroy", "Destroy a round's key and ciphertext, and certify it", "groeilijn office destroy --edition 2023-1 --approver \"A. Jansen\" --approver \"B. de Vries\"", parsed => With(parsed, home =>
        {
            if (parsed.GetValue(approvers) is not [var first, var second]) return parsed.Refuse("destruction has exactly two approvers", "give --approver twice", Verb.WrongUse);
            if (!AreNames(first, second)) return parsed.Refuse("an approver is a name of one line, at most 200 characters", "give --approver twice, each with a name", Verb.WrongUse);
            var round = Destruction.Run(home, parsed.GetValue(s_edition), first, second, parsed.GetValue(without), parsed.GetValue(earlier));
            if (!round.Ok) return parsed.Refuse(round.Refusal);
            var (file, trust) = (home.At("certificates", $"{parsed.GetValue(s_edition)}.json"), home.At("keys", "signing", "office.cert.pem"));
            return Answer(parsed, new { edition = parsed.GetValue(s_edition).ToString(), certificate = file, trust }, $"Destroyed and certified. Anybody can check it:\n  groeilijn verify {file} --trust {trust}");
        }), s_home, s_edition, approvers, without, earlier, s_json);
    }

    static Command CohortContents() => Verb.Of("cohort", "Say what the cohort holds: rows by half-year and subject", "groeilijn office cohort --json", parsed => With(parsed, home =>
    {
        var parts = Cohort.Parts(home);
        if (parsed.GetValue(s_json)) return parsed.SayJson(parts.Select(p => new { edition = p.Edition.ToString(), subject = p.Subject.Code(), round = p.Round.ToString(), rows = p.Rows, sha256 = p.Sha256, path = p.Path }));
        if (parts.Count == 0) return parsed.Say("The cohort is empty. It grows when a round is linked.");
        foreach (var half in parts.GroupBy(p => (p.Edition, p.Subject))) parsed.Say($"{half.Key.Edition}  {half.Key.Subject.Code(),-9} {half.Sum(p => p.Rows),9} results from {half.Count()} round{(half.Count() == 1 ? "" : "s")}");
        return Verb.Done;
    }), s_home, s_json);

    static readonly Option<string[]> s_because = new("--because") { Description = "Make them all again as the next version; why, in Dutch and then in English: it stands on the first page", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };

    static Command Report() => Verb.Of("report", "Make every school's report of an edition, sealed for that school; broken off, it goes on where it was", "groeilijn office report --edition 2023-2\ngroeilijn office report --edition 2023-2 --because \"Een school leverde opnieuw.\" \"A school delivered again.\"", parsed => With(parsed, home =>
    {
        var progress = parsed.GetValue(s_json) || Console.IsErrorRedirected ? (Action<int, int>?)null : (done, of) => Console.Error.Write($"\r{done} of {of} reports{(done == of ? "\n" : "")}");
        var made = parsed.GetValue(s_because) is [var dutch, var english] ? SchoolReports.Correct(home, parsed.GetValue(s_edition), (dutch, english), progress) : SchoolReports.Make(home, parsed.GetValue(s_edition), progress);
        if (!made.Ok) return parsed.Refuse(made.Refusal);
        if (!parsed.GetValue(s_json))
        {
            foreach (var held in SchoolReports.Held(home, parsed.GetValue(s_edition))) parsed.Say($"{held.School}: held by a check, nothing left: {string.Join("; ", held.Findings)}");
            if (SchoolReports.Held(home, parsed.GetValue(s_edition)).Count > 0) parsed.Say("Nobody looks into a held report, unless its board permits it: groeilijn office permit-look --help");
            if (!SchoolReports.Prints) parsed.Say("There is no Typst on this machine (setup/typst.sh): the reports are page and numbers, without a PDF.");
            else if (!SchoolReports.ReadsPrintsBack) parsed.Say("There is no pdftotext on this machine (Debian's package poppler-utils): the PDFs were not read back before they left.");
        }
        return Released(parsed, made.Value, "reports");
    }), s_home, s_edition, s_because, s_json);

    static Command Table() => Verb.Of("table", "Make the public tables of an edition", "groeilijn office table --edition 2023-2", parsed => With(parsed, home =>
    {
        var made = PublicTables.Make(home, parsed.GetValue(s_edition));
        if (!made.Ok) return parsed.Refuse(made.Refusal);
        var answer = Released(parsed, made.Value, "tables");
        if (!parsed.GetValue(s_json)) OfficeCommandsOutputs.Tell(parsed, home);
        return answer;
    }), s_home, s_edition, s_json);

    static int Released(ParseResult parsed, IReadOnlyList<Gate.Released> released, string what)
    {
        var (published, hidden) = (released.Sum(r => r.Record.Published), released.Sum(r => r.Record.Reasons.Values.Sum()));
        if (parsed.GetValue(s_json)) return parsed.SayJson(released.Select(r => new { id = r.Record.Id, artefact = r.Record.Artefact, published = r.Record.Published, hidden = r.Record.Reasons, again = r.Again, held = r.Held, unsafeGivenHistory = r.UnsafeGivenHistory, files = r.Paths }));
        var left = released.Where(r => !r.Held).ToList();
        parsed.Say($"{left.Count} {what}: {published} figures published, {hidden} hidden. {(left.Count == 0 ? "" : $"They are in {Path.GetDirectoryName(left[0].Paths[0])}.")}");
        foreach (var one in released.Where(r => r.UnsafeGivenHistory.Count > 0))
            parsed.Say($"{one.Record.Id}: {(one.Held ? "held, unsafe given history" : "hidden, unsafe given history")}: {string.Join("; ", one.UnsafeGivenHistory.Select(codes => string.Join(' ', codes)))}");
        return Verb.Done;
    }

    static Command SweepFiles()
    {
        var payloads = new Argument<string[]>("payload") { Description = "Payloads of deliveries (what the schools keep of what they sent): their numbers are looked for", Arity = ArgumentArity.OneOrMore };
        return Verb.Of("sweep", "Search every file of the office for the numbers of delivered pupils", "groeilijn office sweep sent/99XX00-2023-1-1.jsonl", parsed => With(parsed, home =>
        {
            var numbers = new HashSet<string>(StringComparer.Ordinal);
            foreach (var file in parsed.GetValue(payloads)!)
            {
                if (!File.Exists(file)) return parsed.Refuse("there is no such payload", "give the files of the schools' sent folders");
                if (!Gather(file, numbers)) return parsed.Refuse("one of the files is no whole payload: what it should be searched for is not known", "give the .jsonl files of the schools' sent folders, unchanged");
            }
            var found = Sweep.Search(home.Folder, numbers, TimeProvider.System);
            if (parsed.GetValue(s_json)) parsed.SayJson(found);
            else
            {
                parsed.Say($"{found.Files} files, {found.Bytes} bytes searched for {numbers.Count} numbers in {found.Seconds:F1} s: {found.Hits.Count} found.");
                foreach (var hit in found.Hits) parsed.Say($"  {hit.File} at {hit.Offset}: {hit.View}");
            }
            return found.Hits.Count == 0 ? Verb.Done : parsed.Refuse($"{found.Hits.Count} places of the office hold the number of a delivered pupil", "before destruction that is as it should be; after it, find out what wrote these files");
        }), s_home, payloads, s_json);
    }

    /// <summary>Adds the numbers of a payload's pupils, in memory only; false when the file is not a whole payload.</summary>
    static bool Gather(string payloadFile, HashSet<string> numbers)
    {
        using var file = File.OpenRead(payloadFile);
        return DeliveryPayload.Read(file, (_, pupil) =>
        {
            if ((pupil.Person.Bsn ?? pupil.Person.Onderwijsnummer) is { } number) numbers.Add(number);
        }).Ok;
    }

    /// <summary>Whether these are names that a certificate can carry: one line each.</summary>
    internal static bool AreNames(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (string.IsNullOrWhiteSpace(name) || !Spelling.Line.Allows(name)) return false;
        return true;
    }

    static int With(ParseResult parsed, Func<OfficeHome, int> act) => With(parsed, parsed.GetValue(s_home)!, act);

    /// <summary>Opens the home for one step and sequences its ledger afterwards.</summary>
    internal static int With(ParseResult parsed, string folder, Func<OfficeHome, int> act)
    {
        if (OfficeHome.IsRestoring(folder)) return parsed.Refuse("this home is being restored from a backup", "give the command office restore again; nothing else works before it is done");
        if (!OfficeHome.Exists(folder)) return parsed.Refuse("there is no office's home in that folder", "make one first: groeilijn office init --home DIR");
        using var home = OfficeHome.Open(folder, TimeProvider.System);
        int code;
        try { code = act(home); }
        catch (ColumnException fault) when (fault.Fault == ColumnFault.Library) { return parsed.Refuse("DuckDB's library is not here", ColumnLibrary.HowToGet); }
        home.Sequence();
        return code;
    }

    static int Answer(ParseResult parsed, object answer, string words) => parsed.GetValue(s_json) ? parsed.SayJson(answer) : parsed.Say(words);
}
