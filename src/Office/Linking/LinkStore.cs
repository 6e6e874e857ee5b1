using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Statistics.Linkage;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>What a linked round leaves in the store: the model it learned, its summary, counts of patterns, and counts per delivery.</summary>
public static class LinkStore
{
    /// <summary>What was learned of a round and how good its links are thought to be; null before linking.</summary>
    public static LinkSummary? Summary(OfficeHome home, Edition edition) =>
        home.Database.ReadOne<string>("SELECT summary FROM link_models WHERE edition = @edition", new { edition = edition.ToString() }) is { } json ? LinkSummary.Read(json) : null;

    /// <summary>Counts of every delivery of a round that was linked or could not be read, in order of school.</summary>
    public static IReadOnlyList<LinkedDelivery> Deliveries(OfficeHome home, Edition edition) => [.. home.Database.Read<Row>("""
        SELECT school AS School, fault AS Fault, ciphertext AS Ciphertext, coalesce(records, 0) AS Records, coalesce(by_number, 0) AS ByNumber, coalesce(by_address, 0) AS ByAddress, coalesce(possible, 0) AS Possible,
               coalesce(not_found, 0) AS NotFound, coalesce(refused, 0) AS Refused, coalesce(by_probability, 0) AS ByProbability, coalesce(by_review, 0) AS ByReview
        FROM deliveries WHERE edition = @edition AND state IN ('linked', 'unreadable') ORDER BY school, sequence
        """, new { edition = edition.ToString() }).Select(r => new LinkedDelivery(r.School, new LinkCounts((int)r.Records, (int)r.ByNumber, (int)r.ByAddress, (int)r.Possible, (int)r.NotFound, (int)r.Refused, (int)r.ByProbability, (int)r.ByReview), r.Fault, r.Ciphertext))];

    /// <summary>How many deliveries wait to be linked.</summary>
    public static int Received(OfficeHome home, Edition edition) =>
        (int)home.Database.ReadOne<long>("SELECT count(*) FROM deliveries WHERE edition = @edition AND state = @state", new { edition = edition.ToString(), state = DeliveryState.Received.Code() });

    /// <summary>The model of a round; null before it was linked.</summary>
    internal static LearnedModel? Model(OfficeHome home, Edition edition) =>
        home.Database.ReadOne<string>("SELECT model FROM link_models WHERE edition = @edition", new { edition = edition.ToString() }) is { } json
            ? LearnedModel.Read(json, OfficeModel.Model) ?? throw new InvalidDataException("The round's model in the store is of another program.") : null;

    /// <summary>Keeps what the first linking of a round learned; a later one counts its patterns and what waits along.</summary>
    internal static void Keep(Transaction t, Edition edition, LearnedModel learned, LinkageResult result, LinkSummary summary, int pupils, IReadOnlyCollection<ReviewItem>? waiting = null)
    {
        t.Execute("INSERT INTO link_models (edition, pupils, model, summary) VALUES (@edition, @pupils, @model, @summary) ON CONFLICT (edition) DO NOTHING",
            new { edition = edition.ToString(), pupils, model = learned.ToJson(), summary = summary.ToJson() });
        t.Execute("INSERT INTO link_patterns (edition, pass, outcome, pattern, pairs) VALUES (@edition, @Pass, @Outcome, @Pattern, @Pairs) ON CONFLICT (edition, pass, outcome, pattern) DO UPDATE SET pairs = link_patterns.pairs + excluded.pairs",
            LinkageTables.Decisions(result).Select(d => new { edition = edition.ToString(), d.Pass, d.Outcome, d.Pattern, d.Pairs }));
        ReviewLabels.Tell(t, edition, result, waiting ?? []);
    }

    /// <summary>Records what became of a delivery and tells the school: what could not be read, or about how many were found.</summary>
    internal static void Record(OfficeHome home, Transaction t, LinkedDelivery delivery, string? refusal)
    {
        t.Execute("""
            UPDATE deliveries SET state = @state, records = @Records, by_number = @ByNumber, by_address = @ByAddress, by_probability = @ByProbability, by_review = @ByReview,
                   possible = @Possible, not_found = @NotFound, refused = @Refused, fault = @Fault
            WHERE ciphertext = @Ciphertext
            """,
            new
            {
                state = (refusal is null ? DeliveryState.Linked : DeliveryState.Unreadable).Code(),
                delivery.Counts.Records,
                delivery.Counts.ByNumber,
                delivery.Counts.ByAddress,
                delivery.Counts.ByProbability,
                delivery.Counts.ByReview,
                delivery.Counts.Possible,
                delivery.Counts.NotFound,
                delivery.Counts.Refused,
                delivery.Fault,
                delivery.Ciphertext,
            });
        Answers.Give(home, t, "delivery", delivery.School, delivery.Ciphertext, refusal ?? "linked", refusal is null ? RoundedCount.Of(delivery.Counts.Records, delivery.Counts.Linked) : (AnswerCounts?)null);
    }

    sealed class Row
    {
        public string School { get; init; } = "";
        public string? Fault { get; init; }
        public string Ciphertext { get; init; } = "";
        public long Records { get; init; }
        public long ByNumber { get; init; }
        public long ByAddress { get; init; }
        public long Possible { get; init; }
        public long NotFound { get; init; }
        public long Refused { get; init; }
        public long ByProbability { get; init; }
        public long ByReview { get; init; }
    }
}
