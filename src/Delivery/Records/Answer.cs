using System.Diagnostics.CodeAnalysis;

namespace Groeilijn.Delivery;

/// <summary>
/// What the office did with a delivery or a withdrawal (<c>groeilijn-answer/1</c>), signed like a receipt. It names the sealed file by its hash
/// and nobody by anything: which pupil it is about, only the school knows.
/// </summary>
public sealed record Answer
{
    /// <summary>The format and its version.</summary>
    public const string Format = "groeilijn-answer/1";

    /// <summary>What can become of a delivery.</summary>
    public static IReadOnlyList<string> OutcomesOfDelivery { get; } = ["received", "refused-signature", "refused-unreadable", "refused-format", "refused-round", "replaced", "linked", "destroyed"];

    /// <summary>What can become of a withdrawal. <c>removed</c> says that the office holds nothing of the pupil any more, whether or not it did.</summary>
    public static IReadOnlyList<string> OutcomesOfWithdrawal { get; } = ["received", "refused-signature", "refused-unreadable", "refused-format", "removed"];

    static readonly Spelling s_kind = Spelling.OneOf("delivery", "withdrawal");
    static readonly Spelling s_delivery = Spelling.OneOf([.. OutcomesOfDelivery]);
    static readonly Spelling s_withdrawal = Spelling.OneOf([.. OutcomesOfWithdrawal]);

    /// <summary>BRIN and vestiging.</summary>
    public required string School { get; init => field = Spelling.School.Demand(value); }

    /// <summary>SHA-256 of the sealed file that is answered.</summary>
    public required string About { get; init => field = Spelling.Sha256.Demand(value); }

    /// <summary><c>delivery</c> or <c>withdrawal</c>.</summary>
    public required string Kind { get; init => field = s_kind.Demand(value); }

    /// <summary>A code of the list that belongs to <see cref="Kind"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>How many pupils the delivery held and how many of them were linked; null unless the outcome is <c>linked</c>.</summary>
    public AnswerCounts? Counts { get; init; }

    /// <summary>When; kept to the second, UTC.</summary>
    public required DateTimeOffset At { get; init => field = Spelling.ToSecond(value); }

    /// <summary>The text of the office's latest checkpoint; empty while there is none.</summary>
    public required string Checkpoint { get; init => field = Spelling.Checkpoint.Demand(value); }

    /// <summary>Whether the office did not take the file in.</summary>
    public bool Refused => Outcome.StartsWith("refused-", StringComparison.Ordinal);

    /// <summary>The record's one line, with its LF.</summary>
    /// <exception cref="ArgumentException">The outcome does not belong to the kind, or the counts do not belong to the outcome.</exception>
    public byte[] ToJson() => Fault() is { } fault ? throw new ArgumentException(fault) : RecordFile.Write(json =>
    {
        json.Text("format", Format, Spelling.Exactly(Format));
        json.Text("school", School, Spelling.School);
        json.Text("about", About, Spelling.Sha256);
        json.Text("kind", Kind, s_kind);
        json.Text("outcome", Outcome, Outcomes(Kind));
        if (Counts is { } counts)
        {
            json.Integer("pupils", counts.Pupils);
            json.Integer("linked", counts.Linked);
        }
        json.Time("at", At);
        json.Text("checkpoint", Checkpoint, Spelling.Checkpoint);
    });

    /// <summary>Reads the record; false with the member and the rule it breaks.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Answer? value, [NotNullWhen(false)] out JsonFault? fault) => RecordFile.TryRead(bytes, Read, out value, out fault);

    static Answer Read(CanonicalReader json)
    {
        json.Text("format", Spelling.Exactly(Format));
        string school = json.Text("school", Spelling.School), about = json.Text("about", Spelling.Sha256), kind = json.Text("kind", s_kind);
        Answer answer = new()
        {
            School = school,
            About = about,
            Kind = kind,
            Outcome = json.Text("outcome", Outcomes(kind)),
            Counts = json.Has("pupils") ? new(json.Count("pupils"), json.Count("linked")) : null,
            At = json.Time("at"),
            Checkpoint = json.Text("checkpoint", Spelling.Checkpoint),
        };
        return answer.Fault() is { } fault ? throw new JsonRefused("pupils", fault) : answer;
    }

    static Spelling Outcomes(string kind) => kind == "delivery" ? s_delivery : s_withdrawal;

    string? Fault()
    {
        if (!Outcomes(Kind).Allows(Outcome)) return $"outcome: {Outcomes(Kind).Rule}";
        if (Counts is not null != (Outcome == "linked")) return "pupils and linked stand in the answer when the outcome is linked, and only then";
        return Counts is { } counts && (counts.Linked < 0 || counts.Linked > counts.Pupils) ? "linked must not be more than pupils" : null;
    }
}

/// <summary>How many pupils a delivery held, and how many of them were linked.</summary>
public readonly record struct AnswerCounts(int Pupils, int Linked);
