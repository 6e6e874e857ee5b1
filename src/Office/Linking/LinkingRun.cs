using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Statistics.Linkage;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// One run, in one guarded process: the two shares become the key, every delivery is opened in memory, its pupils are found in the register, and
/// their results go to the cohort under the RIN. What two people must look at waits sealed; what was not found is counted and forgotten: the next
/// delivery is cumulative and brings it back. A school that comes late is linked with what the round learned before.
/// </summary>
public static class LinkingRun
{
    /// <summary>Links the round of an edition with the two shares of its key. Same deliveries and register, same links.</summary>
    /// <param name="home">The office's home.</param>
    /// <param name="edition">The half-year.</param>
    /// <param name="share1">A share of the round's key.</param>
    /// <param name="share2">The other.</param>
    /// <param name="progress">Told of the step and how much of it is done, perhaps from several threads.</param>
    public static Outcome<LinkedRound> Run(OfficeHome home, Edition edition, byte[] share1, byte[] share2, Action<string, double>? progress = null)
    {
        var key = Key(home, edition, share1, share2);
        if (!key.Ok) return key.Refusal;
        using (key.Value) return Run(home, edition, key.Value, progress);
    }

    /// <summary>The round's key of its two shares, in a process that was closed before; whoever takes it disposes it.</summary>
    internal static Outcome<IdentityKey> Key(OfficeHome home, Edition edition, ReadOnlySpan<byte> share1, ReadOnlySpan<byte> share2)
    {
        if (Rounds.Find(home, edition) is not { } round) return new Refusal("no-round", $"There is no round for {edition}.", "Open it first.");
        if (ProcessGuard.Engage(home.Invented) is { Ok: false } guard) return new Refusal("unguarded", "Deliveries may not be opened in this process: " + guard.Refusals[0], "Then link again.");
        if (!KeyShares.TryJoin(share1, share2, out var key)) return new Refusal("shares", "These are not the two shares of one key.", "Each of the two people gives the share of this round.");
        if (key.Recipient.Equals(round.Recipient)) return key;
        key.Dispose();
        return new Refusal("other-round", $"These shares belong to another round than {edition}.", "Give the shares of this round.");
    }

    /// <summary>Links with the key; the process is closed.</summary>
    internal static Outcome<LinkedRound> Run(OfficeHome home, Edition edition, IdentityKey key, Action<string, double>? progress = null)
    {
        if (Rounds.Find(home, edition) is not { } round) return new Refusal("no-round", $"There is no round for {edition}.", "Open it first.");
        if (!RoundStates.TakesDeliveries(round.State)) return new Refusal("round-state", $"The round of {edition} is {round.State.Code()}.", "A round is linked while it is open, and after that for schools that came late, until its review ends.");
        if (round.State != RoundState.Open && LinkStore.Received(home, edition) == 0)
            return new Refusal("round-state", $"The round of {edition} is {round.State.Code()}, and no delivery came since.", "Review it or destroy it.");
        // What lies here of an objection goes first, with the register as it is now: nothing of before it is linked any more.
        if (Withdrawals.Process(home).Refusal is { } unprocessed) return unprocessed;
        return new Work(home, edition, round, progress ?? ((_, _) => { })).Link(key);
    }

    /// <summary>One run.</summary>
    sealed class Work(OfficeHome home, Edition edition, Round round, Action<string, double> progress)
    {
        readonly List<RegisterPerson> _persons = Register.Load(home);
        readonly EarlierLinks _earlier = new(Cohort.Rows(home));
        readonly List<CohortRow> _rows = [];
        int _proposals;

        public LinkedRound Link(IdentityKey key)
        {
            progress("opening", 0);
            List<OpenedDelivery> deliveries = [.. OpenedDelivery.All(home, edition, key, DeliveryState.Received)];
            var (register, records, ends) = Pack(deliveries);
            progress("learning", 0);
            var learned = LinkStore.Model(home, edition) ?? register.Learn(records);
            var result = register.Link(records, ends, learned, share => progress("linking", share));
            progress("writing", 0);
            var linked = Sort(deliveries, ends, result);
            return Write(linked, learned, result, records.Count);
        }

        /// <summary>The register of the day on which most schools exported, and all pupils of all deliveries in one set.</summary>
        (LinkRegister, RecordSet, List<int>) Pack(List<OpenedDelivery> deliveries)
        {
            var readable = deliveries.Where(d => d.Payload is not null).ToArray();
            var day = readable.GroupBy(d => d.Payload!.Header.Reference).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).Select(g => g.Key).FirstOrDefault(DateOnly.FromDateTime(home.Now.UtcDateTime));
            var register = OfficeModel.Index(_persons, day);
            var (records, ends) = (register.Records(), new List<int>());
            foreach (var delivery in readable)
            {
                foreach (var pupil in delivery.Payload!.Pupils) records.Add(OfficeModel.Cells(pupil.Person));
                ends.Add(records.Count);
            }
            return (register, records, ends);
        }

        /// <summary>Per delivery: what is linked goes to the rows, what must be looked at to its review, the rest is counted.</summary>
        List<(LinkedDelivery Delivery, string? Refusal, ReviewFile? Review)> Sort(List<OpenedDelivery> deliveries, List<int> ends, LinkageResult result)
        {
            var links = result.Links.ToDictionary(l => l.Left);
            var waiting = result.Waiting(OfficeModel.LeastForReview).ToLookup(w => w.Left);
            var (sorted, next, from) = (new List<(LinkedDelivery, string?, ReviewFile?)>(), 0, 0);
            foreach (var delivery in deliveries)
            {
                if (delivery.Payload is null)
                {
                    sorted.Add((new LinkedDelivery(delivery.School, default, delivery.Fault, delivery.Ciphertext), delivery.Outcome, null));
                    continue;
                }
                var (counts, items) = SortOne(delivery, from, ends[next], links, waiting);
                from = ends[next++];
                sorted.Add((new LinkedDelivery(delivery.School, counts, null, delivery.Ciphertext), null, items.Count == 0 ? null : ReviewFile.Of(delivery.Ciphertext, items)));
            }
            return sorted;
        }

        (LinkCounts, List<ReviewItem>) SortOne(OpenedDelivery delivery, int from, int to, Dictionary<int, LinkedPair> links, ILookup<int, WaitingPair> waiting)
        {
            var here = Enumerable.Range(from, to - from).Where(links.ContainsKey).ToArray();
            (Rin Rin, IReadOnlyList<CohortRow> Rows)[] brought = [.. here.Select(i => Of(delivery, i - from, links[i].Right))];
            var changed = _earlier.Changed(delivery.School, brought).ToDictionary(c => here[c.Key], c => c.Value);
            var taken = here.Except(changed.Keys).Select(i => links[i].Right).ToHashSet();
            var (counts, items) = (default(LinkCounts), new List<ReviewItem>());
            for (var i = from; i < to; i++)
            {
                if (changed.TryGetValue(i, out var before)) counts += Propose(items, i - from, links[i], before);
                else if (links.TryGetValue(i, out var link)) counts += LinkCounts.Of(link.Pass);
                else counts += Wait(items, i - from, [.. waiting[i].Where(w => !taken.Contains(w.Right))]);
            }
            for (var k = 0; k < here.Length; k++) if (!changed.ContainsKey(here[k])) _rows.AddRange(brought[k].Rows);
            return (counts, items);
        }

        (Rin, IReadOnlyList<CohortRow>) Of(OpenedDelivery delivery, int pupil, int person) => (_persons[person].Rin, [.. delivery.Rows(pupil, _persons[person].Rin)]);

        LinkCounts Propose(List<ReviewItem> items, int pupil, LinkedPair link, Rin? before)
        {
            _proposals++;
            List<ReviewPair> pairs = [new(_persons[link.Right].Rin.Text, link.Probability)];
            if (before is { } rin) pairs.Add(new(rin.Text, 1 - link.Probability));
            items.Add(new ReviewItem(pupil, before is null ? "contradicts" : "earlier", before?.Text, [.. pairs.OrderBy(p => p.Rin, StringComparer.Ordinal)]));
            return new LinkCounts(1, 0, 0, 1, 0, 0);
        }

        LinkCounts Wait(List<ReviewItem> items, int pupil, WaitingPair[] pairs)
        {
            if (pairs.Length == 0) return new LinkCounts(1, 0, 0, 0, 1, 0);
            var reason = pairs.Any(p => p.Reason == "tie") ? "tie" : pairs.Any(p => p.Reason == "likely") ? "likely" : "number-alone";
            items.Add(new ReviewItem(pupil, reason, null, [.. pairs.OrderBy(p => _persons[p.Right].Rin).Select(p => new ReviewPair(_persons[p.Right].Rin.Text, p.Probability))]));
            return reason == "number-alone" ? new LinkCounts(1, 0, 0, 0, 0, 1) : new LinkCounts(1, 0, 0, 1, 0, 0);
        }

        LinkedRound Write(List<(LinkedDelivery Delivery, string? Refusal, ReviewFile? Review)> linked, LearnedModel learned, LinkageResult result, int pupils)
        {
            foreach (var (_, _, review) in linked) review?.Write(home, round.Recipient);
            var (added, summary) = (Cohort.Write(home, edition, _rows), LinkSummary.Of(result));
            var done = new LinkedRound(edition.ToString(), [.. linked.Select(l => l.Delivery)], added.Rows, added.Parts, ProcessGuard.Engage(home.Invented).Warnings, summary, _proposals) { Corrections = added.Corrections, Contradictions = added.Contradictions, Recovered = added.Recovered };
            home.Database.Write(t =>
            {
                Cohort.Name(t, added);
                LinkStore.Keep(t, edition, learned, result, summary, pupils, [.. linked.SelectMany(l => l.Review?.Items ?? [])]);
                foreach (var (delivery, refusal, review) in linked)
                {
                    LinkStore.Record(home, t, delivery, refusal);
                    if (review is not null)
                        t.Execute("INSERT INTO reviews (ciphertext, edition, possible, refused, pairs, judged_1, judged_2, linked) VALUES (@Ciphertext, @edition, @Possible, @Refused, @pairs, 0, 0, 0)",
                            new { delivery.Ciphertext, edition = edition.ToString(), delivery.Counts.Possible, delivery.Counts.Refused, pairs = review.Items.Sum(i => i.Pairs.Count) });
                }
                if (round.State == RoundState.Open)
                    RoundStore.Move(t, edition, RoundState.Open, RoundState.Linked, "linked = @time, review_until = @until", new { time = OfficeHome.Text(home.Now), until = OfficeHome.Text(home.Now.AddDays(Reviews.Days)) });
                t.Enter(home.Entry("linking", "linked", ("deliveries", linked.Count), ("edition", edition.ToString()), ("linked", done.Counts.Linked), ("records", done.Counts.Records), ("waiting", done.Counts.Possible + done.Counts.Refused)));
            });
            return done;
        }
    }
}
