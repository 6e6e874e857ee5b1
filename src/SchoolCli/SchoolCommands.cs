using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>The school's commands, the same in <c>groeilijn school …</c> and <c>groeilijn-school …</c>, in the order of the work.</summary>
public sealed class SchoolCommands
{
    readonly TimeProvider _clock;
    readonly Option<DirectoryInfo> _home = new("--home") { Description = "Folder of the school's data (default: a folder of your own)", Recursive = true, DefaultValueFactory = _ => new(DefaultHome) };
    readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON", Recursive = true };
    readonly Option<string> _language = new("--lang") { Description = "Language of the sentences: nl or en", Recursive = true, DefaultValueFactory = _ => "nl" };

    SchoolCommands(TimeProvider clock)
    {
        _clock = clock;
        _language.AcceptOnlyFromAmong("nl", "en");
    }

    /// <summary>The command <c>school</c> with its commands.</summary>
    public static Command Create(TimeProvider? clock = null)
    {
        var school = new Command("school", "Import, check, inform, object, preview and seal: all that a school does");
        AddTo(school, clock);
        return school;
    }

    /// <summary>Adds the school's commands to a program.</summary>
    public static void AddTo(Command program, TimeProvider? clock = null)
    {
        var commands = new SchoolCommands(clock ?? TimeProvider.System);
        program.Add(commands._home);
        program.Add(commands._json);
        program.Add(commands._language);
        foreach (var command in new[] { commands.Enrol(), commands.Importing(), commands.Checking(), commands.Informing(), commands.Objecting(), commands.Previewing(), commands.Agreeing(), commands.Announcing(), commands.Sealing(), commands.Posting(), commands.Sending(), commands.KeepReceipt(), commands.OpenReport() })
            program.Add(command);
    }

    static string DefaultHome => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "groeilijn", "school");

    Command Enrol()
    {
        var location = Parsed("--school", "School code: BRIN and vestiging, 99XX00", SchoolLocation.Parse);
        var name = new Option<string>("--name") { Description = "Name of the school, as in the letter to parents", Required = true };
        return New("enrol", "Make the school's keys and enrolment.json for the office", "groeilijn-school enrol --school 99XX00 --name \"De Verzonnen School\"", [location, name], (parsed, terminal) =>
        {
            var folder = Home(parsed);
            using (var existing = SchoolHome.TryOpen(folder, _clock))
                if (existing is not null) return terminal.Refuse(terminal.Say("deze map is al in gebruik door een school", "this folder is a school's home already"), terminal.Say("kies een andere map met --home", "choose another folder with --home"));
            if (string.IsNullOrWhiteSpace(parsed.GetRequiredValue(name)) || !Spelling.Line.Allows(parsed.GetRequiredValue(name))) return terminal.WrongUse(terminal.Say("de naam is leeg of langer dan 200 tekens", "the name is empty or longer than 200 characters"), "see enrol --help");
            var enrolment = Enrolment.Make(folder, new SchoolProfile(parsed.GetRequiredValue(location), parsed.GetRequiredValue(name)), _clock);
            terminal.Line(terminal.Say($"Stuur {Enrolment.FileName} uit {folder} naar het bureau en lees deze vingerafdruk voor door de telefoon:", $"Send {Enrolment.FileName} in {folder} to the office and read this fingerprint aloud over the telephone:"));
            terminal.Line(enrolment.FingerprintAloud);
            terminal.Document(new { school = enrolment.Location, enrolment = Path.Combine(folder, Enrolment.FileName), recipient = enrolment.ReportRecipient, fingerprint = enrolment.Fingerprint });
            return (int)Exit.Done;
        });
    }

    Command Importing()
    {
        var files = new Argument<string[]>("files") { Description = "EDEXML, UWLR, addresses and results as CSV; recognised by their content", Arity = ArgumentArity.OneOrMore };
        var reference = Day("--reference", "Day of the export (default: as the files say)", required: false);
        var most = new Option<int>("--max-mb") { Description = "Refuse a file above this size", DefaultValueFactory = _ => (int)(Import.UsualMostBytes >> 20) };
        var command = New("import", "Take in the export of the pupil tracking system", "groeilijn-school import samples/school/edexml.xml samples/school/uwlr.xml samples/school/adressen.csv", [reference, most], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            terminal.Progress(terminal.Say("Bestanden lezen …", "Reading files …"));
            var outcome = Import.Run(home, parsed.GetRequiredValue(files), parsed.GetValue(reference), (long)parsed.GetValue(most) << 20);
            Findings.Files(terminal, outcome.Files);
            Findings.Show(terminal, outcome.Findings);
            terminal.Document(new { stored = outcome.Stored, reference = outcome.Stored ? Iso(outcome.Reference) : null, schoolYear = outcome.SchoolYear, pupils = outcome.Pupils, results = outcome.Results, otherTests = outcome.OtherTests, gone = outcome.Gone, findings = Findings.ForJson(outcome.Findings, terminal.Language) });
            if (!outcome.Stored) return terminal.Json ? (int)Exit.Refused : terminal.Refuse(outcome.Findings[0].Rule.Sentence(terminal.Language), outcome.Findings[0].Rule.Remedy(terminal.Language));
            terminal.Line(terminal.Say($"Ingelezen: {outcome.Pupils} leerlingen, {outcome.Results} resultaten.", $"Imported: {outcome.Pupils} pupils, {outcome.Results} results."));
            return (int)Exit.Done;
        }));
        command.Add(files);
        return command;
    }

    Command Checking()
    {
        var edition = Parsed("--edition", "The delivery it is for, for instance 2025-1", Edition.Parse, required: false);
        var reference = Day("--reference", "Day of the export (default: of the last import)", required: false);
        return New("check", "Check what was imported: every rule, how often, what to do", "groeilijn-school check --json", [edition, reference], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            var report = Check.Run(home, Given(parsed, edition), parsed.GetValue(reference));
            Findings.Show(terminal, report.Findings);
            terminal.Line(terminal.Say($"Gecontroleerd: {report.Pupils} leerlingen, {report.Results} resultaten.", $"Checked: {report.Pupils} pupils, {report.Results} results."));
            terminal.Document(new { blocks = report.Blocks, pupils = report.Pupils, results = report.Results, counts = report.Counts.Select(c => new { code = c.Rule.Code, severity = c.Rule.Severity.ToString(), count = c.Count, sentence = c.Rule.Sentence(terminal.Language), remedy = c.Rule.Remedy(terminal.Language) }), findings = Findings.ForJson(report.Findings, terminal.Language) });
            return (int)(report.Blocks ? Exit.Refused : Exit.Done);
        }));
    }

    Command Informing()
    {
        var sent = Day("--sent", "Day the letter was sent");
        var until = Day("--until", "Last day to object, at least fourteen days later");
        return New("letter", "Write the letter to parents and record that it was sent", "groeilijn-school letter --sent 2025-02-10 --until 2025-02-28", [sent, until], (parsed, terminal) => WithHome(parsed, terminal, home =>
            Say(terminal, Inform.Send(home, parsed.GetValue(sent)!.Value, parsed.GetValue(until)!.Value), letter =>
            {
                terminal.Line(terminal.Say($"Vastgelegd voor {letter.Pupils} leerlingen. De brief:", $"Recorded for {letter.Pupils} pupils. The letter:"));
                foreach (var file in letter.Files) terminal.Line(file);
                terminal.Document(new { pupils = letter.Pupils, files = letter.Files });
            })));
    }

    Command Objecting()
    {
        var pupil = new Option<string>("--pupil") { Description = "Key, ECK iD or number of the pupil" };
        var on = Day("--on", "Day on which the parent asked (default: today)", required: false);
        var list = new Option<string>("--list") { Description = "A file with leerling_key;datum" };
        var confirmation = new Option<string>("--confirmation") { Description = "Write the confirmation for the parent to this file, to print" };
        var withdraw = new Option<bool>("--withdraw") { Description = "Take the objection back, because the parent asked" };
        var passOn = Parsed("--pass-on", "Seal the objections made after sending to the office's withdrawal key, age1…", Recipient, required: false);
        return New("object", "Record an objection, take one back, or pass on those made after sending", "groeilijn-school object --pupil L1006\ngroeilijn-school object --list samples/school/bezwaren.csv", [pupil, on, confirmation, list, withdraw, passOn], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            var (key, file, key2) = (parsed.GetValue(pupil), parsed.GetValue(list), parsed.GetValue(passOn));
            if (new[] { key is not null, file is not null, key2 is not null }.Count(given => given) != 1)
                return terminal.WrongUse(terminal.Say("geef één van --pupil, --list en --pass-on", "give one of --pupil, --list and --pass-on"), "see object --help");
            if (key2 is not null) return PassOn(home, terminal, key2);
            if (file is not null) return Say(terminal, Objections.RecordList(home, file), recorded => Recorded(terminal, recorded), recorded => recorded.Findings.Count == 0);
            return Say(terminal, parsed.GetValue(withdraw) ? Objections.Withdraw(home, key!) : Objections.Record(home, key!, parsed.GetValue(on)), made => Made(terminal, home, made, parsed.GetValue(withdraw), parsed.GetValue(confirmation)));
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
        terminal.Document(new { withdrawn, already = made.Already, sentBefore = made.SentIn, confirmation });
    }

    static void Recorded(Terminal terminal, ListRecorded recorded)
    {
        Findings.Show(terminal, recorded.Findings);
        terminal.Line(terminal.Say($"Vastgelegd: {recorded.Made.Count(m => !m.Already)} bezwaren.", $"Recorded: {recorded.Made.Count(m => !m.Already)} objections."));
        if (recorded.UnknownLines.Count > 0)
            terminal.Line(terminal.Say("Van deze regels is de leerling niet bekend; controleer de sleutel: ", "The pupil of these lines is not known; check the key: ") + string.Join(", ", recorded.UnknownLines));
        terminal.Document(new { recorded = recorded.Made.Count(m => !m.Already), already = recorded.Made.Count(m => m.Already), unknownLines = recorded.UnknownLines, findings = Findings.ForJson(recorded.Findings, terminal.Language) });
    }

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
            if (string.IsNullOrWhiteSpace(parsed.GetRequiredValue(approved))) return terminal.WrongUse(terminal.Say("bij --approved-by hoort een naam", "--approved-by is a name"), "see seal --help");
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
                : terminal.WrongUse(terminal.Say("--target is een map of een adres dat begint met https://", "--target is a folder or an address that begins with https://"), "see send --help")));
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

    Command Sending()
    {
        var edition = Parsed("--edition", "Write what was sent for this edition", Edition.Parse, required: false);
        var sequence = new Option<int>("--sequence") { Description = "Which delivery of the edition", DefaultValueFactory = _ => 1 };
        var into = new Option<string>("--out") { Description = "File to write the bytes to; they name pupils" };
        return New("sent", "Show what was sent, and give it back byte for byte", "groeilijn-school sent\ngroeilijn-school sent --edition 2025-1 --out verstuurd.jsonl", [edition, sequence, into], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            var (one, file) = (Given(parsed, edition), parsed.GetValue(into));
            if ((one is null) != (file is null)) return terminal.WrongUse(terminal.Say("--edition en --out horen bij elkaar", "--edition and --out belong together"), "see sent --help");
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

    Command OpenReport()
    {
        var file = new Argument<string>("file") { Description = "The sealed report, .age" };
        var command = New("report", "Open a report that was sealed to this school", "groeilijn-school report 99XX00-2025-1-report.html.age", [], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            if (!File.Exists(parsed.GetRequiredValue(file))) return terminal.Refuse(terminal.Say("er is geen bestand met die naam", "there is no such file"), terminal.Say("controleer de naam", "check the name"));
            return Say(terminal, Reports.Open(home, parsed.GetRequiredValue(file)), opened =>
            {
                terminal.Line(opened.File);
                terminal.Document(new { file = opened.File });
            });
        }));
        command.Add(file);
        return command;
    }

    Command New(string name, string description, string example, Option[] options, Func<ParseResult, Terminal, int> run)
    {
        var command = Terminal.WithExample(new Command(name, description), example);
        foreach (var option in options) command.Add(option);
        command.SetAction(parsed => run(parsed, new Terminal(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(_json), parsed.GetValue(_language)!)));
        return command;
    }

    string Home(ParseResult parsed) => parsed.GetValue(_home)!.FullName;

    int WithHome(ParseResult parsed, Terminal terminal, Func<SchoolHome, int> run)
    {
        using var home = SchoolHome.TryOpen(Home(parsed), _clock);
        if (home is null) return terminal.Refuse(terminal.Say("in deze map is nog geen school ingeschreven", "no school is enrolled in this folder"), terminal.Say("begin met: school enrol --school CODE --name NAAM", "begin with: school enrol --school CODE --name NAME"));
        var code = run(home);
        home.Sequence();
        return code;
    }

    static int Say<T>(Terminal terminal, Outcome<T> outcome, Action<T> done, Func<T, bool>? fine = null) where T : class
    {
        if (outcome.Refusal is { } refusal) return terminal.Refuse(refusal.Sentence(terminal.Language), refusal.Hint(terminal.Language));
        done(outcome.Value!);
        return (int)(fine?.Invoke(outcome.Value!) == false ? Exit.Refused : Exit.Done);
    }

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static Option<DateOnly?> Day(string name, string description, bool required = true) => new(name)
    {
        Description = description + ", 2025-02-28",
        Required = required,
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            result.AddError($"{name} is a day as 2025-02-28.");
            return null;
        },
    };

    static Option<T> Parsed<T>(string name, string description, Func<string?, Parsed<T>> parse, bool required = true) where T : struct =>
        Parsed(name, description, text => parse(text) is { Ok: true } read ? (true, read.Value) : (false, default(T)), required);

    static Option<T> Parsed<T>(string name, string description, Func<string, (bool Ok, T Value)> parse, bool required = true) => new(name)
    {
        Description = description,
        Required = required,
        CustomParser = result =>
        {
            var (ok, value) = parse(result.Tokens[0].Value);
            if (!ok) result.AddError($"{name} is not understood.");
            return value;
        },
    };

    static (bool, RecipientKey) Recipient(string text) => (RecipientKey.TryParse(text, out var key), key!);

    static Edition? Given(ParseResult parsed, Option<Edition> option) => parsed.GetResult(option) is { Tokens.Count: > 0 } ? parsed.GetValue(option) : null;
}
