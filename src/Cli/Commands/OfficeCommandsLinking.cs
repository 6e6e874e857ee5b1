using System.CommandLine;
using System.Globalization;
using Groeilijn.Office;
using Groeilijn.Review;

namespace Groeilijn.Cli.Commands;

/// <summary><c>groeilijn office link</c> and <c>review</c>: the two commands that open deliveries.</summary>
static partial class OfficeCommands
{
    static Option<bool> WithoutReview() => new("--without-review") { Description = "Two people give up what waits for review; it is recorded, and those pupils stay unlinked" };

    static Command Link()
    {
        var shares = new Option<string[]>("--share") { Description = "A share of the round's key; give two (default: where they were written)", Arity = ArgumentArity.OneOrMore };
        var without = WithoutReview();
        return Verb.Of("link", "Link every delivery of a round, in memory; identities end with the process", "groeilijn office link --edition 2023-1", parsed => With(parsed, home =>
        {
            var edition = parsed.GetValue(s_edition);
            string[] files = parsed.GetValue(shares) is { Length: > 0 } given ? given : [Rounds.ShareFile(home, edition, 1), Rounds.ShareFile(home, edition, 2)];
            if (files.Length != 2) return parsed.Refuse("the key has two shares", "give --share twice", Verb.WrongUse);
            if (!files.All(File.Exists)) return parsed.Refuse("a share of the round's key is missing", "without both shares nothing can be linked; after destruction that is as it should be");
            var run = LinkingRun.Run(home, edition, File.ReadAllBytes(files[0]), File.ReadAllBytes(files[1]), (step, share) => parsed.Progress(share == 0 ? step : string.Create(CultureInfo.InvariantCulture, $"{step} {share:P0}")));
            if (!run.Ok) return parsed.Refuse(run.Refusal);
            foreach (var warning in run.Value.Warnings) parsed.Warn(warning);
            if (parsed.GetValue(without) && Reviews.End(home, edition, without: true) is { } refusal) return parsed.Refuse(refusal);
            return parsed.GetValue(s_json) ? parsed.SayJson(InJson(run.Value)) : Tell(parsed, home, run.Value);
        }), s_home, s_edition, shares, without, s_json);
    }

    static object InJson(LinkedRound round)
    {
        var c = round.Counts;
        return new
        {
            edition = round.Edition,
            deliveries = round.Deliveries.Count,
            records = c.Records,
            linked = c.Linked,
            byNumber = c.ByNumber,
            byAddress = c.ByAddress,
            byProbability = c.ByProbability,
            possible = c.Possible,
            notFound = c.NotFound,
            refused = c.Refused,
            proposals = round.Proposals,
            results = round.Results,
            summary = round.Summary,
            schools = round.Deliveries.Select(d => new { school = d.School, fault = d.Fault, records = d.Counts.Records, linked = d.Counts.Linked, possible = d.Counts.Possible, notFound = d.Counts.NotFound, refused = d.Counts.Refused }),
        };
    }

    static int Tell(ParseResult parsed, OfficeHome home, LinkedRound round)
    {
        var c = round.Counts;
        parsed.Say(string.Create(CultureInfo.InvariantCulture, $"{c.Records} pupils in {round.Deliveries.Count} deliveries: {c.ByNumber} linked by number, {c.ByAddress} by birth date, sex and address, {c.ByProbability} by all that agrees together; not linked: {c.Possible} possible, {c.NotFound} not found, {c.Refused} with somebody else's number. {round.Results} new results in the cohort."));
        if (round.Proposals > 0) parsed.Say($"{round.Proposals} of the possible would change an earlier link: it stands until two people have looked.");
        foreach (var delivery in round.Deliveries)
            parsed.Say(delivery.Fault is { } fault ? $"  {delivery.School}  not linked: {fault}" : string.Create(CultureInfo.InvariantCulture, $"  {delivery.School}  {delivery.Counts.Records,6} pupils  {(double)delivery.Counts.Linked / Math.Max(1, delivery.Counts.Records),7:P1} linked  {delivery.Counts.Possible,4} possible  {delivery.Counts.NotFound,4} not found  {delivery.Counts.Refused,4} refused"));
        foreach (var line in round.Summary.Lines()) parsed.Say(line);
        var edition = Education.Edition.Parse(round.Edition).Value;
        if (Reviews.Status(home, edition) is { Pupils: > 0, Ended: null } waiting)
            parsed.Say(string.Create(CultureInfo.InvariantCulture, $"{waiting.Pupils} pupils wait for two people until {waiting.Until:yyyy-MM-dd}: groeilijn office review --edition {edition}"));
        return Verb.Done;
    }

    static Command ReviewLinks()
    {
        var language = new Option<string?>("--lang") { Description = "Language of the first page: nl or en (default: what the browser prefers)" };
        language.AcceptOnlyFromAmong("nl", "en");
        return Verb.Of("review", "Link and review on pages of this computer, in a process that cannot be dumped, until the session ends", "groeilijn office review --edition 2023-1", parsed => With(parsed, home =>
        {
            var edition = parsed.GetValue(s_edition);
            if (Rounds.Find(home, edition) is null) return parsed.Refuse($"there is no round for {edition}", "look at the edition");
            if (ProcessGuard.Engage(home.Invented) is { Ok: false } guard) return parsed.Refuse(guard.Refusals[0], "then start again");
            using var room = new ReviewRoom(home, edition);
            foreach (var warning in room.Warnings) parsed.Warn(warning);
            using var stop = new CancellationTokenSource();
            using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, signal =>
            {
                signal.Cancel = true;
                stop.Cancel();
            });
            ReviewSite.RunAsync(room, parsed.GetValue(language), address => parsed.Say($"Open this address in a browser on this computer; it works once:\n{address}"), null, stop.Token).GetAwaiter().GetResult();
            return parsed.Say("The key is forgotten.");
        }), s_home, s_edition, language);
    }
}
