using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Statistics.Linkage;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// One run, in one guarded process: the two shares become the key, every delivery is opened in memory, its pupils are found
/// in the register, and their results go to the cohort under the RIN. What could not be linked is counted and forgotten: the
/// next delivery is cumulative and brings it back.
/// </summary>
public static class LinkingRun
{
    /// <summary>Links the round of an edition with the two shares of its key. Same deliveries and register, same links.</summary>
    public static Outcome<LinkedRound> Run(OfficeHome home, Edition edition, byte[] share1, byte[] share2)
    {
        if (Rounds.Find(home, edition) is not { } round) return new Refusal("no-round", $"There is no round for {edition}.", "Open it first.");
        if (!RoundStates.Allows(round.State, RoundState.Linked)) return new Refusal("round-state", $"The round of {edition} is {round.State.Code()}.", "A round is linked once, while it is open.");
        var guard = ProcessGuard.Engage(home.Invented);
        if (!guard.Ok) return new Refusal("unguarded", "Deliveries may not be opened in this process: " + guard.Refusals[0], "Then link again.");
        if (!KeyShares.TryJoin(share1, share2, out var key)) return new Refusal("shares", "These are not the two shares of one key.", "Each of the two people gives the share of this round.");
        using (key)
        {
            if (!key.Recipient.Equals(round.Recipient)) return new Refusal("other-round", $"These shares belong to another round than {edition}.", "Give the shares of this round.");
            return Link(home, edition, key, guard.Warnings);
        }
    }

    static LinkedRound Link(OfficeHome home, Edition edition, IdentityKey key, IReadOnlyList<string> warnings)
    {
        var persons = Register.Load(home);
        // What lies here of an objection goes first, with the register as it is now: nothing of before it is linked any more.
        Withdrawals.Process(home, persons, static _ => { });
        var index = Packing.Index(persons);
        var rows = new List<CohortRow>();
        var linked = new List<(string Ciphertext, LinkedDelivery Delivery)>();
        foreach (var (ciphertext, school, manifest) in Waiting(home, edition))
            linked.Add((ciphertext, LinkOne(home, key, index, persons, ciphertext, school, manifest, rows)));

        var added = Cohort.Write(home, edition, rows);
        var round = new LinkedRound(edition.ToString(), [.. linked.Select(l => l.Delivery)], added.Parts.Sum(part => part.Rows), added.Parts, warnings) { Corrections = added.Corrections, Contradictions = added.Contradictions, Recovered = added.Recovered };
        home.Database.Write(t => Record(home, t, edition, linked, round, added));
        return round;
    }

    static IEnumerable<(string Ciphertext, string School, Manifest Manifest)> Waiting(OfficeHome home, Edition edition) =>
        from row in home.Database.Read<(string Ciphertext, string School, byte[] Manifest)>(
            "SELECT ciphertext, school, manifest FROM deliveries WHERE edition = @edition AND state = @state ORDER BY school", new { edition = edition.ToString(), state = DeliveryState.Received.Code() })
        select (row.Ciphertext, row.School, Manifest.TryRead(row.Manifest, out var manifest, out _) ? manifest : throw new InvalidDataException("A manifest in the store cannot be read."));

    /// <summary>Opens one delivery, links its pupils and adds their results; nothing is added when it is not whole and right.</summary>
    static LinkedDelivery LinkOne(OfficeHome home, IdentityKey key, RegisterIndex index, List<RegisterPerson> persons, string ciphertext, string school, Manifest manifest, List<CohortRow> rows)
    {
        using var opened = Envelope.Open(File.ReadAllBytes(Intake.CiphertextFile(home, ciphertext)), key);
        if (!opened.Ok) return new LinkedDelivery(school, default, opened.Fault.Value.Sentence());
        if (FileDigest.Of(opened.Content) != manifest.Payload) return new LinkedDelivery(school, default, "the content is not the one the manifest names.");
        if (!DeliveryPayload.TryRead(opened.Content, out var payload, out var fault)) return new LinkedDelivery(school, default, fault.ToString());
        if ((payload.Header.School, payload.Header.Edition) != (manifest.School, manifest.Edition)) return new LinkedDelivery(school, default, "the content names another school or edition than the manifest.");
        if (payload.Header.Set != manifest.Set) return new LinkedDelivery(school, default, "the content names another set of fields than the manifest.");
        if (payload.Pupils.Any(pupil => pupil.Extra.Count > 0)) return new LinkedDelivery(school, default, $"the content holds values that the set {manifest.Set} does not have.");

        var pupils = payload.Pupils.Select(pupil => Packing.Pupil(pupil.Person)).ToArray();
        var results = DeterministicPasses.Link(index, pupils, payload.Header.Reference.DayNumber);
        for (var i = 0; i < results.Length; i++)
            if (results[i].Linked) rows.AddRange(payload.Pupils[i].Results.Select(result => Row(persons[results[i].Person].Rin, school, result)));
        return new LinkedDelivery(school, LinkCounts.Of(results), null);
    }

    static CohortRow Row(Rin rin, string school, DeliveredResult result)
    {
        var moment = TestMoment.Parse(result.Moment).Value;
        return new CohortRow(Edition.Of(result.Taken), rin, school, result.Group, moment.Group.Number,
            Subjects.TryRead(result.Subject, out var subject) ? subject : throw new InvalidDataException("A subject that the format does not have."),
            moment.Half, result.Taken, result.Scale, result.Score);
    }

    static void Record(OfficeHome home, Transaction t, Edition edition, List<(string Ciphertext, LinkedDelivery Delivery)> linked, LinkedRound round, CohortAddition added)
    {
        Cohort.Name(t, added);
        t.Execute("""
            UPDATE deliveries SET state = @state, records = @Records, by_number = @ByNumber, by_address = @ByAddress, possible = @Possible, not_found = @NotFound, refused = @Refused, fault = @fault
            WHERE ciphertext = @ciphertext
            """,
            linked.Select(one => new
            {
                ciphertext = one.Ciphertext,
                state = (one.Delivery.Fault is null ? DeliveryState.Linked : DeliveryState.Unreadable).Code(),
                one.Delivery.Counts.Records,
                one.Delivery.Counts.ByNumber,
                one.Delivery.Counts.ByAddress,
                one.Delivery.Counts.Possible,
                one.Delivery.Counts.NotFound,
                one.Delivery.Counts.Refused,
                fault = one.Delivery.Fault,
            }));
        RoundStore.Move(t, edition, RoundState.Open, RoundState.Linked, "linked = @time", new { time = OfficeHome.Text(home.Now) });
        t.Enter(home.Entry("linking", "linked", ("deliveries", linked.Count), ("edition", edition.ToString()), ("linked", round.Counts.Linked), ("records", round.Counts.Records)));
    }
}
