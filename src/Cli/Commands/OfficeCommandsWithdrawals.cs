using System.CommandLine;
using System.Globalization;
using Groeilijn.Office;

namespace Groeilijn.Cli.Commands;

/// <summary><c>office withdraw</c>, <c>withdrawals</c>, <c>resolve</c>, <c>retention</c> and <c>background</c>: what the office takes away again, what it keeps how long, and what it adds by law.</summary>
static class OfficeCommandsWithdrawals
{
    static readonly Option<string> s_home = Verb.Home("office");
    static readonly Option<bool> s_json = Verb.Json();

    /// <summary>The verbs of this file.</summary>
    public static Command[] Create() => [Withdraw(), List(), Resolve(), Keep(), BackgroundImport()];

    static Command Withdraw()
    {
        var folder = new Argument<string?>("folder") { Description = "A folder with withdrawals (99XX00-withdrawal-….age and .p7s); without it what was received before is processed", Arity = ArgumentArity.ZeroOrOne };
        var answers = new Option<string>("--answers") { Description = "Where the signed answers for schools go (default: the folder answers of the home)" };
        return Verb.Of("withdraw", "Take objections made after sending, remove those pupils everywhere, answer the schools: once a day", "groeilijn office withdraw inbox/", parsed => OfficeCommands.With(parsed, parsed.GetValue(s_home)!, home =>
        {
            var given = parsed.GetValue(folder);
            if (given is not null && !Directory.Exists(given)) return parsed.Refuse("there is no such folder", "give the folder in which the schools' files are");
            var taken = given is null ? [] : Withdrawals.Receive(home, given);
            var batch = Withdrawals.Process(home);
            if (!batch.Ok) return parsed.Refuse(batch.Refusal);
            foreach (var warning in batch.Value.Warnings) parsed.Warn(warning);
            var written = Answers.Write(home, parsed.GetValue(answers) ?? home.At("answers"));
            var refused = taken.Where(t => !t.Outcome.Ok).ToList();
            if (parsed.GetValue(s_json)) parsed.SayJson(new { received = taken.Count - refused.Count, refused = refused.Select(r => new { file = r.File, code = r.Outcome.Refusal!.Code, reason = r.Outcome.Refusal.What }), removed = batch.Value.Removed, needReview = batch.Value.NeedReview, unreadable = batch.Value.Refused, answers = written });
            else
            {
                foreach (var (file, outcome) in refused) parsed.Say($"{file}: refused. {outcome.Refusal}");
                parsed.Say($"{taken.Count - refused.Count} received, {batch.Value.Removed} done in every place, {batch.Value.NeedReview} wait for a call to the school, {batch.Value.Refused} could not be read; {written} answers written.");
            }
            return refused.Count == 0 ? Verb.Done : parsed.Refuse($"{refused.Count} of {taken.Count} withdrawals were refused", "the reason stands with each; the others are done, and giving the command again is safe");
        }), s_home, folder, answers, s_json);
    }

    static Command List() => Verb.Of("withdrawals", "List withdrawals: their state, and what each place answered; never whose", "groeilijn office withdrawals", parsed => OfficeCommands.With(parsed, parsed.GetValue(s_home)!, home =>
    {
        var all = Withdrawals.All(home);
        if (parsed.GetValue(s_json)) return parsed.SayJson(all.Select(w => new { about = w.About, school = w.School, state = w.State.Code(), received = w.Received, places = w.Places.Select(p => new { place = p.Place, outcome = p.Outcome, at = p.At }) }));
        if (all.Count == 0) return parsed.Say("No withdrawal has come.");
        foreach (var one in all) parsed.Say(string.Create(CultureInfo.InvariantCulture, $"{one.About[..16]}  {one.School}  {one.State.Code(),-12} {one.Received:yyyy-MM-dd}  {string.Join(", ", one.Places.Select(p => $"{p.Place}: {p.Outcome}"))}"));
        return Verb.Done;
    }), s_home, s_json);

    static Command Resolve()
    {
        var about = new Argument<string>("about") { Description = "The first letters of the hash of the sealed file, as the list shows it" };
        var nobody = new Option<bool>("--nobody") { Description = "The school says that it is nobody the office can know" };
        return Verb.Of("resolve", "Say who a withdrawal is about, after a call to the school; the number is asked for and never shown or kept", "groeilijn office resolve 0123456789abcdef", parsed => OfficeCommands.With(parsed, parsed.GetValue(s_home)!, home =>
        {
            var meant = Withdrawals.All(home).Where(w => w.State == WithdrawalState.NeedsReview && w.About.StartsWith(parsed.GetValue(about)!, StringComparison.Ordinal)).ToList();
            if (meant is not [var one]) return parsed.Refuse("no single withdrawal that needs review begins so", "groeilijn office withdrawals lists them");
            string? number = null;
            if (!parsed.GetValue(nobody))
            {
                parsed.InvocationConfiguration.Error.WriteLine("The pupil's number, as the school reads it aloud:");
                number = Hidden();
            }
            var batch = Withdrawals.Resolve(home, one.About, number);
            if (!batch.Ok) return parsed.Refuse(batch.Refusal);
            Answers.Write(home, home.At("answers"));
            return parsed.GetValue(s_json) ? parsed.SayJson(new { about = one.About, state = Withdrawals.Find(home, one.About)!.State.Code() }) : parsed.Say("Done in every place; the school's answer is written.");
        }), s_home, about, nobody, s_json);
    }

    /// <summary>A line of the terminal that does not show; of a pipe, its first line.</summary>
    static string Hidden()
    {
        if (Console.IsInputRedirected) return Console.In.ReadLine() ?? "";
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0) typed.Length--;
            else if (char.IsAsciiDigit(key.KeyChar)) typed.Append(key.KeyChar);
        }
        return typed.ToString();
    }

    static Command Keep()
    {
        var years = new Option<int?>("--cohort-years") { Description = "Set how many years results stay after a pupil's last test (usual: 12)" };
        var days = new Option<int?>("--backup-days") { Description = "Set how many days a backup may be restored (usual: 180)" };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would go, and remove nothing" };
        return Verb.Of("retention", "Remove what the office has kept long enough, and set the terms", "groeilijn office retention --dry-run", parsed => OfficeCommands.With(parsed, parsed.GetValue(s_home)!, home =>
        {
            if (parsed.GetValue(years) is < 1 or > 100) return parsed.Refuse("--cohort-years is 1 to 100", "the usual term is 12", Verb.WrongUse);
            if (parsed.GetValue(days) is < 1 or > 3650) return parsed.Refuse("--backup-days is 1 to 3650", "the usual term is 180", Verb.WrongUse);
            if (parsed.GetValue(years) is { } y) Terms.Set(home, Terms.CohortYears, y);
            if (parsed.GetValue(days) is { } d) Terms.Set(home, Terms.BackupDays, d);
            var due = parsed.GetValue(dry) ? Retention.Due(home) : Retention.Run(home);
            if (parsed.GetValue(s_json)) return parsed.SayJson(new { removed = !parsed.GetValue(dry), pupils = due.Pupils, rows = due.Rows, before = due.Before });
            return parsed.Say(string.Create(CultureInfo.InvariantCulture, $"{due.Pupils} pupils whose last test was before {due.Before:yyyy-MM-dd}: {due.Rows} rows of cohort and background {(parsed.GetValue(dry) ? "would go" : "are gone")}."));
        }), s_home, years, days, dry, s_json);
    }

    static Command BackgroundImport()
    {
        var file = new Argument<string>("file") { Description = "A CSV of the office's own registers: a column rin or key, and a column for each variable (sex as f or m, parent_education, income, origin, household)" };
        var basis = new Option<string>("--basis") { Description = "The law that allows it; origin needs \"CBS-wet 35\"", Required = true };
        var asOf = new Option<DateOnly>("--as-of") { Description = "The day that the file speaks of, 2023-03-01", Required = true };
        return Verb.Of("background", "Import background from the office's own registers, joined on RIN; it never comes from a school", "groeilijn office background land/register/2023-1/background.csv --as-of 2023-03-01 --basis \"CBS-wet 33\"", parsed => OfficeCommands.With(parsed, parsed.GetValue(s_home)!, home =>
        {
            if (!File.Exists(parsed.GetValue(file))) return parsed.Refuse("there is no such file", "check the name");
            var import = Background.Import(home, parsed.GetValue(file)!, parsed.GetValue(asOf), parsed.GetValue(basis)!);
            if (!import.Ok) return parsed.Refuse(import.Refusal);
            if (parsed.GetValue(s_json)) return parsed.SayJson(import.Value.Parts.Select(p => new { variable = p.Variable, rows = p.Rows, sha256 = p.Sha256, basis = p.Basis }));
            return parsed.Say($"{string.Join(", ", import.Value.Parts.Select(p => $"{p.Variable}: {p.Rows} people"))}; {import.Value.Unknown} rows are of people whom the register does not know.");
        }), s_home, file, basis, asOf, s_json);
    }
}
