using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// One of two people judges the pairs that wait, in the guarded process that holds the round's key: without the results, without the program's
/// opinion until the verdict, and without the other's. Every verdict is sealed at once; what both link goes to the cohort when the session ends.
/// </summary>
sealed class ReviewSession
{
    readonly OfficeHome _home;
    readonly Edition _edition;
    readonly RecipientKey _recipient;
    readonly List<Desk> _desks = [];
    readonly List<(int Desk, int Item, int Pair)> _order = [];
    readonly Stack<int> _judged = [];

    ReviewSession(OfficeHome home, Edition edition, IdentityKey key, string reviewer, int turn)
    {
        (_home, _edition, _recipient, Reviewer, Turn) = (home, edition, key.Recipient, reviewer, turn);
        var register = Register.Load(home).ToDictionary(person => person.Rin.Text, StringComparer.Ordinal);
        foreach (var ciphertext in home.Database.Read<string>("SELECT ciphertext FROM reviews WHERE edition = @edition ORDER BY ciphertext", new { edition = edition.ToString() }))
            _desks.Add(new Desk(ReviewFile.Open(home, ciphertext, key), OpenedDelivery.Again(home, key, ciphertext), register));
        for (var d = 0; d < _desks.Count; d++)
            for (var i = 0; i < _desks[d].File.Items.Count; i++)
                for (var p = 0; p < _desks[d].File.Items[i].Pairs.Count; p++) _order.Add((d, i, p));
    }

    /// <summary>Who judges.</summary>
    public string Reviewer { get; }

    /// <summary>The first or the second of the two: 1 or 2.</summary>
    public int Turn { get; }

    /// <summary>All pairs, and those that this reviewer judged.</summary>
    public int Pairs => _order.Count;

    /// <summary>Those that this reviewer judged.</summary>
    public int Judged => _order.Count(at => Pair(at).Of(Turn) != Verdict.None);

    /// <summary>Whether there is a verdict of this session to take back.</summary>
    public bool CanUndo => _judged.Count > 0;

    /// <summary>The last verdict of this session and what the program thinks of that pair; null before the first.</summary>
    public (Verdict Verdict, double Probability)? Last => _judged.TryPeek(out var at) ? (Pair(_order[at]).Of(Turn), Pair(_order[at]).Probability) : null;

    /// <summary>Begins a session, or goes on with one of the same person.</summary>
    public static Outcome<ReviewSession> Start(OfficeHome home, Edition edition, IdentityKey key, string reviewer)
    {
        var (round, status) = (Rounds.Find(home, edition), Reviews.Status(home, edition));
        if (round is null || status is null) return new Refusal("no-round", $"There is no round for {edition}.", "Look at the edition.");
        if (round.State is not (RoundState.Linked or RoundState.Reviewing)) return new Refusal("round-state", $"The round of {edition} is {round.State.Code()}.", "A round is reviewed between its linking and its destruction.");
        if (home.Now >= status.Until) return new Refusal("review-over", "The days for review are over.", "Destroy the round: what nobody judged stays unlinked.");
        reviewer = reviewer.Trim();
        if (!Rounds.IsName(reviewer)) return new Refusal("name", "A reviewer is a name of one line, at most 200 characters.", "Give your own name.");
        if ((Same(status.Reviewer1, reviewer) ? 1 : Same(status.Reviewer2, reviewer) ? 2 : status.Reviewer1 is null ? 1 : status.Reviewer2 is null ? 2 : 0) is not (> 0 and var turn))
            return new Refusal("two-reviewers", "Two other people review this round.", "One of them goes on.");
        home.Database.Write(t =>
        {
            if (round.State == RoundState.Linked) RoundStore.Move(t, edition, RoundState.Linked, RoundState.Reviewing);
            t.Execute(turn == 1 ? "UPDATE rounds SET reviewer_1 = @reviewer WHERE edition = @edition" : "UPDATE rounds SET reviewer_2 = @reviewer WHERE edition = @edition", new { reviewer, edition = edition.ToString() });
            t.Enter(home.Entry("review", "begun", ("edition", edition.ToString()), ("turn", turn)));
        });
        return new ReviewSession(home, edition, key, reviewer, turn);
    }

    /// <summary>The fields of the next pair; null when all are judged.</summary>
    public IReadOnlyList<ComparedField>? Next()
    {
        var at = NextPlace();
        if (at < 0) return null;
        var (d, i, p) = _order[at];
        var (pupil, person) = (_desks[d].Pupils[i], _desks[d].Persons[Pair(_order[at]).Rin]);
        return [.. OfficeModel.Model.Fields.Select((field, f) => ComparedField.Of(field.Name, pupil[f], person[f]))];
    }

    /// <summary>The place of the next pair, so that a form sent twice judges once; −1 when all are judged.</summary>
    public int NextPlace() => _order.FindIndex(at => Pair(at).Of(Turn) == Verdict.None);

    /// <summary>Judges the next pair and seals the verdict. False when <paramref name="place"/> is not the next.</summary>
    public bool Judge(int place, Verdict verdict)
    {
        if (verdict == Verdict.None || place < 0 || place != NextPlace()) return false;
        Put(place, verdict);
        _judged.Push(place);
        return true;
    }

    /// <summary>Takes back the last verdict of this session.</summary>
    public bool Undo()
    {
        if (!_judged.TryPop(out var place)) return false;
        Put(place, Verdict.None);
        return true;
    }

    /// <summary>
    /// Ends the session. What both linked by now goes to the cohort in one transaction, with the deliveries' counts; when both judged everything, the
    /// review is over. It can be repeated: what was added before is not added again.
    /// </summary>
    public ReviewSettled End()
    {
        var settling = new ReviewSettling(_home, _edition);
        foreach (var desk in _desks) settling.Add(desk.File, desk.Delivery);
        return settling.Write();
    }

    void Put(int place, Verdict verdict)
    {
        var (d, i, p) = _order[place];
        var items = _desks[d].File.Items.ToArray();
        var pairs = items[i].Pairs.ToArray();
        pairs[p] = pairs[p].With(Turn, verdict);
        items[i] = items[i] with { Pairs = pairs };
        _desks[d].File = _desks[d].File with { Items = items };
        _desks[d].File.Write(_home, _recipient);
        var (one, two) = (items.Sum(x => x.Pairs.Count(y => y.First != Verdict.None)), items.Sum(x => x.Pairs.Count(y => y.Second != Verdict.None)));
        _home.Database.Write(t => t.Execute("UPDATE reviews SET judged_1 = @one, judged_2 = @two WHERE ciphertext = @Ciphertext", new { one, two, _desks[d].File.Ciphertext }));
    }

    ReviewPair Pair((int Desk, int Item, int Pair) at) => _desks[at.Desk].File.Items[at.Item].Pairs[at.Pair];

    static bool Same(string? known, string name) => string.Equals(known, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>One delivery's waiting pupils with the cells that are compared; identifiers, in this process only.</summary>
    sealed class Desk
    {
        public Desk(ReviewFile file, OpenedDelivery delivery, Dictionary<string, RegisterPerson> register)
        {
            (File, Delivery) = (file, delivery);
            var payload = delivery.Payload ?? throw new InvalidDataException($"A delivery that was linked cannot be read any more: {delivery.Fault}");
            Pupils = [.. file.Items.Select(item => OfficeModel.Cells(payload.Pupils[item.Pupil].Person))];
            Persons = file.Items.SelectMany(item => item.Pairs).Select(pair => pair.Rin).Distinct().ToDictionary(rin => rin, rin => OfficeModel.Cells(register[rin], payload.Header.Reference));
        }

        public ReviewFile File { get; set; }
        public OpenedDelivery Delivery { get; }
        public IReadOnlyList<string[]> Pupils { get; }
        public Dictionary<string, string[]> Persons { get; }
    }
}
