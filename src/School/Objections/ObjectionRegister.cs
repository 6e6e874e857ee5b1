namespace Groeilijn.School;

/// <summary>Where the message to the office about an objection is.</summary>
public enum MessageState
{
    /// <summary>Nothing of the pupil was sent.</summary>
    NotNeeded,
    /// <summary>It waits until the office's key for it is known.</summary>
    Waits,
    /// <summary>It is sealed and still at the school.</summary>
    Sealed,
    /// <summary>It was sent; the office has not answered yet.</summary>
    Sent,
    /// <summary>The office says that it has it, and will say what it did.</summary>
    Received,
    /// <summary>The office could not take it in; it is sealed anew.</summary>
    Refused,
    /// <summary>The office holds no data of the pupil any more.</summary>
    Answered,
}

/// <summary>An objection as the school's own screen lists it. <c>KeptUntil</c> is null as long as the pupil is enrolled or the office has not answered.</summary>
public sealed record ListedObjection(long Id, long Person, string Called, string Key, Objector By, DateOnly Since, DateOnly? Withdrawn, bool Gone, IReadOnlyList<string> SentIn, MessageState Message, string? Answer, DateOnly? KeptUntil)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => Withdrawn is null;

    /// <summary>The day it was written down, on which a slip of the pen can be undone; null where that was not kept.</summary>
    public DateOnly? Recorded { get; init; }
}

/// <summary>All objections, for the school's own screen: whose, since when, and how far the office is.</summary>
static class ObjectionRegister
{
    /// <summary>The objections, those that hold first, then by name.</summary>
    public static IReadOnlyList<ListedObjection> All(SchoolHome home)
    {
        var pupils = home.Store.Read<PupilEntry>(PupilEntry.Select).ToDictionary(p => p.Person, p => p.Open(home.Vault));
        var departures = home.Store.Read<(long Person, string Day)>("SELECT person, day FROM departure").ToDictionary(d => d.Person, d => Rows.Day(d.Day));
        var sent = home.Store.Read<(long Person, string Edition)>("SELECT DISTINCT person, edition FROM delivered ORDER BY edition").ToLookup(d => d.Person, d => d.Edition);
        var terms = RetentionTerms.Of(home);
        var rows = home.Store.Read<Row>($"""
            SELECT o.id AS Id, o.person AS Person, o.parent AS Parent, o.asked AS Asked, o.withdrawn AS Withdrawn, o.recorded AS Recorded, ({Withdrawals.NotTold}) AS NotTold,
                   m.sent AS Sent, m.file AS File, (SELECT a.outcome FROM answer a WHERE a.about = m.sha256 ORDER BY a.at DESC, a.rowid DESC LIMIT 1) AS Answer
            FROM objection o LEFT JOIN (
              SELECT p.person, w.sent, w.file, w.sha256, max(w.through) FROM withdrawal w JOIN objection p ON p.id = w.objection GROUP BY p.person) m ON m.person = o.person
            """);
        return [.. rows.Select(row =>
        {
            var pupil = pupils.GetValueOrDefault(row.Person);
            var state = StateOf(row);
            var waiting = state is MessageState.Waits or MessageState.Sealed or MessageState.Sent or MessageState.Received or MessageState.Refused;
            DateOnly? left = departures.TryGetValue(row.Person, out var day) ? day : null;
            Objectors.TryRead(row.Parent, out var by);
            return new ListedObjection(row.Id, row.Person, pupil is null ? "" : pupil.Name.Length > 0 ? pupil.Name : pupil.Key, pupil?.Key ?? "", by, Rows.Day(row.Asked), row.Withdrawn is null ? null : Rows.Day(row.Withdrawn),
                left is not null, [.. sent[row.Person]], state, row.Answer, row.Withdrawn is not null ? terms.End(RetentionKind.Pupils, Rows.Day(row.Withdrawn)) : left is null || waiting ? null : terms.End(RetentionKind.Objections, left.Value)) { Recorded = row.Recorded.Length > 0 ? Rows.Day(row.Recorded) : null };
        }).OrderByDescending(o => o.Holds).ThenBy(o => Counter.Fold(o.Called), StringComparer.Ordinal).ThenBy(o => o.Id)];
    }

    static MessageState StateOf(Row row) => row switch
    {
        { Answer: "removed", NotTold: false } => MessageState.Answered,
        { Answer: "received", NotTold: false } => MessageState.Received,
        { Answer: not null, NotTold: true } when row.Answer.StartsWith("refused-", StringComparison.Ordinal) => MessageState.Refused,
        { NotTold: true } when row.Withdrawn is null => MessageState.Waits,
        { File: null } => MessageState.NotNeeded,
        { Sent: not null } => MessageState.Sent,
        _ => MessageState.Sealed,
    };

    sealed record Row
    {
        public long Id { get; init; }
        public long Person { get; init; }
        public string Parent { get; init; } = "";
        public string Asked { get; init; } = "";
        public string? Withdrawn { get; init; }
        public string Recorded { get; init; } = "";
        public bool NotTold { get; init; }
        public string? Sent { get; init; }
        public string? File { get; init; }
        public string? Answer { get; init; }
    }
}

/// <summary>The words for the state of a message.</summary>
public static class MessageStates
{
    /// <summary>The state of the message, in words.</summary>
    public static string Words(this MessageState state, string language) => (state, language) switch
    {
        (MessageState.NotNeeded, "nl") => "niet nodig: er is niets gestuurd",
        (MessageState.NotNeeded, _) => "not needed: nothing was sent",
        (MessageState.Waits, "nl") => "wacht op de sleutel van het bureau",
        (MessageState.Waits, _) => "waits for the office's key",
        (MessageState.Sealed, "nl") => "staat klaar om te versturen",
        (MessageState.Sealed, _) => "ready to be sent",
        (MessageState.Sent, "nl") => "verstuurd, nog geen antwoord",
        (MessageState.Sent, _) => "sent, no answer yet",
        (MessageState.Received, "nl") => "ontvangen door het bureau",
        (MessageState.Received, _) => "received by the office",
        (MessageState.Refused, "nl") => "niet aangenomen door het bureau",
        (MessageState.Refused, _) => "not taken in by the office",
        (_, "nl") => "beantwoord door het bureau",
        _ => "answered by the office",
    };
}
