using System.CommandLine;
using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>Tables of any system: what their columns hold is confirmed once; what joins nobody is joined by hand once.</summary>
public sealed partial class SchoolCommands
{
    Command Columns()
    {
        var table = new Argument<string>("table") { Description = "A CSV or Excel file whose columns are not known yet", Arity = ArgumentArity.ZeroOrOne };
        var into = new Option<string>("--out") { Description = "Write the proposal to this file, to look at and to change" };
        var confirm = new Option<string>("--confirm") { Description = "Confirm the columns as this file says; from then on such tables are read by themselves" };
        var forget = new Option<string>("--forget") { Description = "Forget what was confirmed for tables of this signature" };
        var command = New("columns", "Say once what the columns of a table hold", "groeilijn-school columns export.csv --out kolommen.json\ngroeilijn-school columns --confirm kolommen.json", [into, confirm, forget], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            var (file, said, signature) = (parsed.GetValue(table), parsed.GetValue(confirm), parsed.GetValue(forget));
            if (new[] { file, said, signature }.Count(one => one is not null) > 1) return terminal.WrongUse(terminal.Say("geef één van TABEL, --confirm en --forget", "give one of TABLE, --confirm and --forget"), terminal.See("columns"));
            if (file is not null) return Say(terminal, ColumnMappings.Propose(home, ImportFile.OfPath(file)), proposal => Proposed(terminal, proposal, parsed.GetValue(into)));
            if (signature is not null) return Say(terminal, ColumnMappings.Forget(home, signature), _ => terminal.Line(terminal.Say("Vergeten.", "Forgotten.")));
            if (said is null) return Mappings(home, terminal);
            return !File.Exists(said) ? terminal.Refuse(terminal.Say("er is geen bestand met die naam", "there is no such file"), terminal.Say("controleer de naam", "check the name"))
                : Say(terminal, ColumnMappings.Confirm(home, File.ReadAllBytes(said)), mapping =>
                {
                    terminal.Line(terminal.Say("Vastgelegd. Lees de tabel nu in: school import.", "Recorded. Import the table now: school import."));
                    terminal.Document(new { signature = mapping.Signature, system = mapping.System });
                });
        }));
        command.Add(table);
        return command;
    }

    static void Proposed(Terminal terminal, MappingProposal proposal, string? into)
    {
        terminal.Table([terminal.Say("kolom", "column"), terminal.Say("wordt gelezen als", "is read as"), terminal.Say("zeker", "sure"), terminal.Say("waarom", "why")],
            [.. proposal.Columns.Select(c => (IReadOnlyList<string>)[c.Name, c.Field.In(terminal.Language), c.Sure.ToString(), c.Why.In(terminal.Language)])]);
        if (proposal.Confirmed) terminal.Line(terminal.Say("Deze kolommen zijn al bevestigd.", "These columns were confirmed already."));
        else if (proposal.Missing is { } missing) terminal.Line($"{missing.Sentence(terminal.Language)} {missing.Hint(terminal.Language)}");
        else terminal.Line(terminal.Say("Klopt dit? Bevestig het: school columns --confirm BESTAND.", "Is this right? Confirm it: school columns --confirm FILE."));
        if (into is not null) DurableFile.Write(into, MappingJson.Write(proposal, terminal.Language));
        terminal.Document(new { signature = proposal.Signature, confirmed = proposal.Confirmed, rows = proposal.Rows, written = into, columns = proposal.Columns.Select(c => new { name = c.Name, field = c.Field.In(terminal.Language), sure = c.Sure.ToString(), why = c.Why.In(terminal.Language) }), missing = proposal.Missing?.Sentence(terminal.Language) });
    }

    static int Mappings(SchoolHome home, Terminal terminal)
    {
        var all = ColumnMappings.List(home);
        if (all.Count == 0) terminal.Line(terminal.Say("Er zijn nog geen kolommen bevestigd.", "No columns were confirmed yet."));
        terminal.Table([terminal.Say("systeem", "system"), terminal.Say("bevestigd", "confirmed"), terminal.Say("kenmerk", "signature")], [.. all.Select(m => (IReadOnlyList<string>)[m.System, Iso(m.Confirmed), m.Signature])]);
        terminal.Document(new { mappings = all.Select(m => new { system = m.System, confirmed = Iso(m.Confirmed), signature = m.Signature }) });
        return (int)Exit.Done;
    }

    Command Joining()
    {
        var id = new Option<string>("--id") { Description = "Which of the waiting or decided rows" };
        var pupil = new Option<string>("--pupil") { Description = "Key, ECK iD or number of the pupil it belongs to" };
        var ignore = new Option<bool>("--ignore") { Description = "It belongs to nobody here" };
        var undo = new Option<bool>("--undo") { Description = "Undo what was decided" };
        return New("join", "Show what joined nobody, and join it by hand once", "groeilijn-school join\ngroeilijn-school join --id 1a2b --pupil L1006", [id, pupil, ignore, undo], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            var (which, key) = (parsed.GetValue(id), parsed.GetValue(pupil));
            if (which is null) return Waiting(home, terminal);
            if (new[] { key is not null, parsed.GetValue(ignore), parsed.GetValue(undo) }.Count(given => given) != 1) return terminal.WrongUse(terminal.Say("geef één van --pupil, --ignore en --undo", "give one of --pupil, --ignore and --undo"), terminal.See("join"));
            if (key is null) return Say(terminal, parsed.GetValue(ignore) ? HandJoins.Ignore(home, which) : HandJoins.Separate(home, which), _ => terminal.Line(terminal.Say("Vastgelegd.", "Recorded.")));
            return Known(home, terminal, key) is { } person ? Say(terminal, HandJoins.Join(home, which, person), _ => terminal.Line(terminal.Say("Gekoppeld. De volgende keer gaat het vanzelf.", "Joined. Next time it goes by itself."))) : (int)Exit.Refused;
        }));
    }

    /// <summary>By key: names stay on the pages, which only the school sees.</summary>
    static int Waiting(SchoolHome home, Terminal terminal)
    {
        var (waiting, decided) = (HandJoins.Waiting(home), HandJoins.Decided(home));
        terminal.Table(["id", terminal.Say("plaats", "place"), terminal.Say("resultaten", "results"), terminal.Say("mogelijke leerlingen", "possible pupils")],
            [.. waiting.Select(w => (IReadOnlyList<string>)[w.Id, w.Place.Words(terminal.Language), w.Results.ToString(CultureInfo.InvariantCulture), w.Candidates.Count.ToString(CultureInfo.InvariantCulture)])]);
        terminal.Line(terminal.Say($"Wacht: {waiting.Count}. Eerder besloten: {decided.Count}.", $"Waiting: {waiting.Count}. Decided before: {decided.Count}."));
        terminal.Document(new { waiting = waiting.Select(w => new { id = w.Id, file = w.Place.File, line = w.Place.Line, results = w.Results, candidates = w.Candidates.Count }), decided = decided.Select(d => new { id = d.Id, joined = d.Person is not null, on = Iso(d.Decided) }) });
        return (int)Exit.Done;
    }

    /// <summary>The one pupil with this key, ECK iD or number; otherwise says so.</summary>
    static long? Known(SchoolHome home, Terminal terminal, string key)
    {
        var found = Objections.Find(home, key.Trim()).Pupils;
        var exact = found.Where(p => p.Key == key.Trim()).ToList();
        if (exact.Count != 1 && found.Count == 1 && key.Trim().Length >= 7 && key.Any(char.IsAsciiDigit)) exact = [.. found];
        if (exact.Count == 1) return exact[0].Person;
        terminal.Refuse(terminal.Say("Deze leerling is niet bekend.", "This pupil is not known."), terminal.Say("Geef de sleutel zoals die in de export staat, het ECK iD of het nummer.", "Give the key as it stands in the export, the ECK iD or the number."));
        return null;
    }
}
