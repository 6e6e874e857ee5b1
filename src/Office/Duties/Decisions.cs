using System.Text.Json;
using Groeilijn.Education;
using Groeilijn.Sites.Accounts;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>What two persons decide together.</summary>
public enum DecisionKind
{
    /// <summary>Opening a round: both will hold half of its key.</summary>
    OpenRound,
    /// <summary>Destroying a round's key and ciphertexts.</summary>
    Destroy,
}

/// <summary>What a round will be when both holders agree.</summary>
public sealed record RoundProposal(long Holder1, string Name1, long Holder2, string Name2, DateOnly Opens, DateOnly Closes, string? Upload);

/// <summary>Somebody who said yes.</summary>
public sealed record Voice(long Account, string Name, DateTimeOffset At);

/// <summary>A decision that waits for its second person, or was taken.</summary>
public sealed record Decision(long Number, DecisionKind Kind, Edition Edition, RoundProposal? Proposal, bool WithoutReview, DateTimeOffset Asked, IReadOnlyList<Voice> Voices)
{
    /// <summary>Whether two persons have said yes.</summary>
    public bool IsTaken => Voices.Count >= 2;
}

/// <summary>
/// Four eyes. A decision is taken when two different accounts have said yes, each in its own session; the second sees who was first, and the same
/// account twice is one voice. Every step is in the ledger, which never says who; the store says who for as long as the office keeps it.
/// </summary>
public static class Decisions
{
    /// <summary>The decision of a kind and round that waits; null when there is none.</summary>
    public static Decision? Waiting(OfficeHome home, DecisionKind kind, Edition edition) => Waiting(home).FirstOrDefault(one => one.Kind == kind && one.Edition == edition);

    /// <summary>Every decision that waits, the oldest first.</summary>
    public static IReadOnlyList<Decision> Waiting(OfficeHome home) => [.. home.Database.Read<Row>(Columns + "WHERE ended IS NULL ORDER BY number").Select(row => Whole(home.Database.Read<VoiceRow>, row))];

    /// <summary>Proposes to open a round. The two holders are accounts; each says yes in its own session.</summary>
    public static Refusal? Propose(OfficeHome home, Edition edition, RoundProposal proposal)
    {
        if (Rounds.Find(home, edition) is not null) return new Refusal("round-exists", $"The round of {edition} was opened before.", "A round is opened once.");
        if (Waiting(home, DecisionKind.OpenRound, edition) is not null) return new Refusal("proposed", $"Opening the round of {edition} was proposed already.", "The two holders agree, or it is taken back.");
        if (proposal.Holder1 == proposal.Holder2) return new Refusal("two-people", "A round's key is held by two different people.", "Choose two people.");
        if (proposal.Closes < proposal.Opens) return new Refusal("round-days", "The round closes before it opens.", "Give a later day for closing.");
        home.Database.Write(t => Ask(home, t, DecisionKind.OpenRound, edition, JsonSerializer.Serialize(proposal)));
        return null;
    }

    /// <summary>A holder agrees to open a round.</summary>
    /// <returns>The decision as it is now, or why the voice does not count.</returns>
    public static Outcome<Decision> Accept(OfficeHome home, Edition edition, Account account) => home.Database.Write<Outcome<Decision>>(t =>
    {
        if (Find(t, DecisionKind.OpenRound, edition) is not { } decision) return Nothing(edition);
        if (account.Id != decision.Proposal!.Holder1 && account.Id != decision.Proposal.Holder2) return new Refusal("not-holder", "Somebody else was asked to hold this key.", "Let the two who were asked agree.");
        return Say(home, t, decision, account);
    });

    /// <summary>Approves the destruction of a round, as the first or the second person. The first may say that what waits for review is given up; the second agrees to just that.</summary>
    public static Outcome<Decision> Approve(OfficeHome home, Edition edition, Account account, bool withoutReview) => home.Database.Write<Outcome<Decision>>(t =>
    {
        if (t.ReadOne<string>("SELECT state FROM rounds WHERE edition = @edition", new { edition = edition.ToString() }) is not { } state) return new Refusal("no-round", $"There is no round for {edition}.", "Look at the edition.");
        if (RoundStates.Read(state) >= RoundState.DestructionIntended) return new Refusal("round-state", $"The destruction of {edition} was approved before.", "Look at its state.");
        if (RoundStates.Read(state) == RoundState.Open) return new Refusal("round-state", $"The round of {edition} is open.", "Link it first; then destroy.");
        if (Find(t, DecisionKind.Destroy, edition) is null) Ask(home, t, DecisionKind.Destroy, edition, withoutReview ? WithoutReviewDetail : "");
        return Say(home, t, Find(t, DecisionKind.Destroy, edition)!, account);
    });

    /// <summary>Takes a decision back that waits for its second person.</summary>
    public static void Withdraw(OfficeHome home, DecisionKind kind, Edition edition) => End(home, kind, edition, "withdrawn", onlyWaiting: true);

    /// <summary>The decision was carried out, or could not be and must be taken anew.</summary>
    internal static void Ended(OfficeHome home, DecisionKind kind, Edition edition, bool done) => End(home, kind, edition, done ? "done" : "failed", onlyWaiting: false);

    static void End(OfficeHome home, DecisionKind kind, Edition edition, string outcome, bool onlyWaiting) => home.Database.Write(t =>
    {
        if (Find(t, kind, edition) is not { } decision || (onlyWaiting && decision.IsTaken)) return;
        t.Execute("UPDATE decisions SET ended = @now, outcome = @outcome WHERE number = @Number", new { now = OfficeHome.Text(home.Now), outcome, decision.Number });
        t.Enter(home.Entry("office", "decision-ended", ("decision", decision.Number), ("edition", edition.ToString()), ("outcome", outcome)));
    });

    static void Ask(OfficeHome home, Transaction t, DecisionKind kind, Edition edition, string details)
    {
        t.Execute("INSERT INTO decisions (kind, edition, details, asked) VALUES (@kind, @edition, @details, @now)", new { kind = kind.ToString(), edition = edition.ToString(), details, now = OfficeHome.Text(home.Now) });
        t.Enter(home.Entry("office", "decision-asked", ("edition", edition.ToString()), ("kind", kind.ToString())));
    }

    static Outcome<Decision> Say(OfficeHome home, Transaction t, Decision decision, Account account)
    {
        if (decision.Voices.Any(voice => voice.Account == account.Id)) return new Refusal("same-person", "You agreed already.", "A second person must agree, in a session of their own.");
        if (decision.IsTaken) return new Refusal("taken", "Two people agreed already.", "Nothing more is needed.");
        t.Execute("INSERT INTO decision_voices (decision, account, name, at) VALUES (@Number, @Id, @Name, @now)", new { decision.Number, account.Id, account.Name, now = OfficeHome.Text(home.Now) });
        t.Enter(home.Entry("office", "decision-agreed", ("decision", decision.Number), ("edition", decision.Edition.ToString()), ("persons", decision.Voices.Count + 1)));
        return Find(t, decision.Kind, decision.Edition)!;
    }

    static Refusal Nothing(Edition edition) => new("no-decision", $"Nothing waits to be decided for {edition}.", "Look at the page again.");

    static Decision? Find(Transaction t, DecisionKind kind, Edition edition) =>
        t.Read<Row>(Columns + "WHERE ended IS NULL AND kind = @kind AND edition = @edition", new { kind = kind.ToString(), edition = edition.ToString() }).Select(row => Whole(t.Read<VoiceRow>, row)).FirstOrDefault();

    static Decision Whole(Func<string, object?, IReadOnlyList<VoiceRow>> read, Row row) => new(row.Number, Enum.Parse<DecisionKind>(row.Kind), Edition.Parse(row.Edition).Value,
        row.Details.StartsWith('{') ? JsonSerializer.Deserialize<RoundProposal>(row.Details) : null, row.Details == WithoutReviewDetail, OfficeHome.Time(row.Asked),
        [.. read("SELECT account AS Account, name AS Name, at AS At FROM decision_voices WHERE decision = @Number ORDER BY at, account", new { row.Number }).Select(voice => new Voice(voice.Account, voice.Name, OfficeHome.Time(voice.At)))]);

    const string WithoutReviewDetail = "without-review";

    const string Columns = "SELECT number AS Number, kind AS Kind, edition AS Edition, details AS Details, asked AS Asked FROM decisions ";

    sealed record Row
    {
        public long Number { get; init; }
        public string Kind { get; init; } = "";
        public string Edition { get; init; } = "";
        public string Details { get; init; } = "";
        public string Asked { get; init; } = "";
    }

    sealed record VoiceRow
    {
        public long Account { get; init; }
        public string Name { get; init; } = "";
        public string At { get; init; } = "";
    }
}
