namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// A register to which files come one after the other: read once, arranged by every rule, each person with the faces that it may show (numbers it
/// had, addresses it lived at). A file then costs as much as it is long. What was learned from many records serves those that come later.
/// </summary>
public sealed class LinkRegister
{
    readonly Texts _texts = new();
    readonly RecordSet _persons, _faces;
    readonly List<int> _owners = [];
    BlockingIndex[]? _indexes;

    /// <summary>An empty register for a model in which records have at most one partner.</summary>
    public LinkRegister(LinkModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.OneToOne) throw new ArgumentException("a register holds each person once: the model must be one to one", nameof(model));
        (Model, _persons, _faces) = (model, new RecordSet(model, _texts), new RecordSet(model, _texts));
    }

    /// <summary>What is compared.</summary>
    public LinkModel Model { get; }

    /// <summary>How many persons there are. A person is known by its place, from 0.</summary>
    public int Count => _persons.Count;

    /// <summary>Adds a person with its faces, cells in order of the model's fields; the first is how it is known now.</summary>
    public void Add(params ReadOnlySpan<string[]> faces)
    {
        if (_indexes is not null) throw new InvalidOperationException("Files were linked with this register: it cannot grow any more.");
        foreach (var face in faces)
        {
            _faces.Add(face);
            _owners.Add(_persons.Count);
        }
        _persons.Add(faces[0]);
    }

    /// <summary>An empty set for the records of files that are linked with this register.</summary>
    public RecordSet Records() => new(Model, _texts);

    /// <summary>Learns from records what agreement is worth. Persons count with the face they are known by now.</summary>
    public LearnedModel Learn(RecordSet records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var (evidence, traits) = (LinkageEvidence.Gather(records, _persons, competing: true), new PatternTraits(records.Layout));
        var learned = new LearnedModel(Model, Estimation.Run(evidence, traits));
        return LearnedModel.Read(learned.ToJson(), Model)!;
    }

    /// <summary>Links the records of one file or of several, one after the other in one set. In each file a person has at most one partner, whoever else claims it elsewhere.</summary>
    /// <param name="records">The records.</param>
    /// <param name="ends">For each file the place behind its last record; the last is the number of records.</param>
    /// <param name="learned">What agreement is worth.</param>
    /// <param name="progress">Told how much is done, from 0 to 1, perhaps from several threads.</param>
    public LinkageResult Link(RecordSet records, IReadOnlyList<int> ends, LearnedModel learned, Action<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(ends);
        ArgumentNullException.ThrowIfNull(learned);
        if (ends.Count == 0 ? records.Count > 0 : ends[^1] != records.Count) throw new ArgumentException("the last file ends with the last record", nameof(ends));
        var (estimate, traits) = (learned.Estimate, new PatternTraits(records.Layout));
        var scoring = new Scoring(records, _faces, estimate, traits);
        var scorers = PairPass.Run(Indexes(), _faces, records, () => new FaceScorer(new Scorer(scoring)), progress);
        var (faces, byRule, _) = scoring.Gather([.. scorers.Select(s => s.Scorer)]);
        var candidates = OnePerPerson(faces);
        return new LinkageResult(records, _persons, flipped: false, estimate, traits, Decide(candidates, records, ends, traits), byRule.Sum(), byRule);
    }

    BlockingIndex[] Indexes()
    {
        if (_indexes is not null) return _indexes;
        _persons.Trim();
        _faces.Trim();
        var all = new int[_faces.Count];
        for (var i = 0; i < all.Length; i++) all[i] = i;
        return _indexes = PairPass.Index(_faces, all);
    }

    /// <summary>Of the faces of one person the likeliest stands for it; a rule that any of them meets is met.</summary>
    Candidate[] OnePerPerson(Candidate[] faces)
    {
        var best = new Dictionary<(int, int), Candidate>(faces.Length);
        foreach (var face in faces)
        {
            var (key, candidate) = ((face.Small, _owners[face.Large]), face with { Large = _owners[face.Large] });
            best[key] = best.TryGetValue(key, out var known) ? Together(known, candidate) : candidate;
        }
        var candidates = best.Values.ToArray();
        Array.Sort(candidates, (a, b) => a.Small != b.Small ? a.Small.CompareTo(b.Small) : a.Large.CompareTo(b.Large));
        return candidates;
    }

    static Candidate Together(in Candidate a, in Candidate b)
    {
        var best = a.Odds > b.Odds || (a.Odds == b.Odds && a.Pattern >= b.Pattern) ? a : b;
        var deterministic = a.Deterministic < 0 ? b.Deterministic : b.Deterministic < 0 ? a.Deterministic : Math.Min(a.Deterministic, b.Deterministic);
        return best with { Deterministic = deterministic, Rule = Math.Min(a.Rule, b.Rule) };
    }

    Decision Decide(Candidate[] candidates, RecordSet records, IReadOnlyList<int> ends, PatternTraits traits)
    {
        var (probability, fate) = (new double[candidates.Length], new Fate[candidates.Length]);
        var from = 0;
        foreach (var end in ends)
        {
            var to = from;
            while (to < candidates.Length && candidates[to].Small < end) to++;
            var decided = Decision.OneToOne(candidates[from..to], Model.Threshold, traits, records, _persons);
            decided.Probability.CopyTo(probability, from);
            decided.Fate.CopyTo(fate, from);
            from = to;
        }
        return new Decision(candidates, probability, fate);
    }

    /// <summary>The register is the indexed side here, so the pair comes the other way round.</summary>
    sealed class FaceScorer(Scorer scorer) : IPairVisitor
    {
        internal Scorer Scorer => scorer;

        public void Pair(int left, int right, int rule, ulong pattern) => scorer.Pair(right, left, rule, pattern);
    }
}
