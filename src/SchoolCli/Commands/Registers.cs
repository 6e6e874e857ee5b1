using System.CommandLine;
using System.Globalization;
using Groeilijn.School;

namespace Groeilijn.SchoolCli;

/// <summary>What was recorded: letters, objections, consent. Lists are by key, so that no name stands on a screen of many schools.</summary>
public sealed partial class SchoolCommands
{
    Command Letters()
    {
        var undo = new Option<long?>("--undo") { Description = "Undo this letter: it was recorded by mistake" };
        return New("letters", "Show which letters went out, and who still waits for one", "groeilijn-school letters", [undo], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            if (parsed.GetValue(undo) is { } letter) return Say(terminal, Inform.Undo(home, letter), undone => terminal.Line(terminal.Say($"Ongedaan gemaakt voor {undone.Pupils} leerlingen.", $"Undone for {undone.Pupils} pupils.")));
            var (letters, status) = (School.Letters.All(home), Informed.StatusOf(home));
            terminal.Table(["nr", terminal.Say("verstuurd", "sent"), terminal.Say("bezwaar tot en met", "objection until"), terminal.Say("hoe", "how"), terminal.Say("aan", "to")],
                [.. letters.Select(l => (IReadOnlyList<string>)[l.Id.ToString(CultureInfo.InvariantCulture), Iso(l.Sent), Iso(l.Until), l.Way.Words(terminal.Language), l.Undone is null ? l.Readers : terminal.Say("ongedaan gemaakt", "undone")])]);
            var states = status.GroupBy(s => (s.State, s.State == InformedState.PeriodRuns ? s.Until : null)).OrderBy(g => g.Key.State).ThenBy(g => g.Key.Item2).Select(g => (g.First(), Count: g.Count())).ToList();
            foreach (var (one, count) in states) terminal.Line($"{count,6}  {one.Words(terminal.Language)}");
            terminal.Document(new { letters = letters.Select(l => new { id = l.Id, sent = Iso(l.Sent), until = Iso(l.Until), by = l.Way.ToString(), to = l.Readers, set = l.Set, pupils = l.Pupils, undone = l.Undone is not null }), pupils = states.Select(s => new { state = s.Item1.State.ToString(), until = s.Item1.State == InformedState.PeriodRuns && s.Item1.Until is { } day ? Iso(day) : null, count = s.Count }) });
            return (int)Exit.Done;
        }));
    }

    Command Register()
    {
        var undo = new Option<long?>("--undo") { Description = "Undo this objection, on the day it was recorded by mistake" };
        return New("objections", "Show every objection and how far its message is", "groeilijn-school objections", [undo], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            if (parsed.GetValue(undo) is { } id) return Say(terminal, Objections.Undo(home, id), _ => terminal.Line(terminal.Say("Ongedaan gemaakt.", "Undone.")));
            var all = Objections.All(home);
            if (all.Count == 0) terminal.Line(terminal.Say("Er is geen bezwaar vastgelegd.", "No objection is recorded."));
            terminal.Table(["nr", terminal.Say("sinds", "since"), terminal.Say("wie", "who"), terminal.Say("staat", "state"), terminal.Say("bericht aan het CBS", "message to CBS")],
                [.. all.Select(o => (IReadOnlyList<string>)[o.Id.ToString(CultureInfo.InvariantCulture), Iso(o.Since), o.By.Words(terminal.Language), o.Withdrawn is { } day ? terminal.Say("ingetrokken ", "taken back ") + Iso(day) : terminal.Say("geldt", "holds"), o.Message.Words(terminal.Language)])]);
            terminal.Document(new { objections = all.Select(o => new { id = o.Id, since = Iso(o.Since), by = o.By.Code(), holds = o.Holds, sentIn = o.SentIn, message = o.Message.ToString(), answer = o.Answer }) });
            return (int)Exit.Done;
        }));
    }

    Command Consenting()
    {
        var pupil = new Option<string>("--pupil") { Description = "Key, ECK iD or number of the pupil" };
        var category = new Option<string>("--category") { Description = "Kind of special data, as the set of fields names it" };
        var on = Day("--on", "Day on which the parent said yes (default: today)", required: false);
        var way = Parsed("--by", "How: paper (default), email, portal, other", Way, required: false);
        var role = new Option<string>("--recorded-by") { Description = "Who records it: a role, no name", DefaultValueFactory = _ => "administratie" };
        var withdraw = new Option<bool>("--withdraw") { Description = "The parent takes the consent back" };
        return New("consent", "Record active consent for special data, or show what is needed", "groeilijn-school consent", [pupil, category, on, way, role, withdraw], (parsed, terminal) => WithHome(parsed, terminal, home =>
        {
            var (key, kind) = (parsed.GetValue(pupil), parsed.GetValue(category));
            if (key is null && kind is null) return Needed(home, terminal);
            if (key is null || kind is null) return terminal.WrongUse(terminal.Say("--pupil en --category horen bij elkaar", "--pupil and --category belong together"), terminal.See("consent"));
            if (Known(home, terminal, key) is not { } person) return (int)Exit.Refused;
            return Say(terminal, parsed.GetValue(withdraw) ? Consent.Withdraw(home, person, kind) : Consent.Give(home, person, kind, parsed.GetValue(on) ?? Today, parsed.GetValue(way), parsed.GetValue(role)!),
                _ => terminal.Line(terminal.Say("Vastgelegd.", "Recorded.")));
        }));
    }

    static int Needed(SchoolHome home, Terminal terminal)
    {
        var (set, given) = (FieldSets.Current(home), Consent.All(home));
        terminal.Line(set.Categories.Count == 0
            ? terminal.Say($"De set {set.Name} vraagt geen bijzondere gegevens. U hoeft geen toestemming te vragen.", $"The set {set.Name} asks for no special data. You need not ask for consent.")
            : terminal.Say($"De set {set.Name} vraagt toestemming voor: ", $"The set {set.Name} needs consent for: ") + string.Join(", ", set.Categories));
        terminal.Document(new { set = set.Name, categories = set.Categories, recorded = given.Count });
        return (int)Exit.Done;
    }

    DateOnly Today => DateOnly.FromDateTime(_clock.GetLocalNow().DateTime);
}
