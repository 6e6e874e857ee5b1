namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// Links two files of people, or finds the people that one file holds twice. Rules choose the pairs to look at, EM learns from them what agreement
/// is worth, candidates compete for each record, and what cannot be told apart is left to a person. The answer depends on what the records say,
/// not on their order, nor on the number of processors.
/// </summary>
public static class RecordLinker
{
    /// <summary>As many pairs are held in memory (24 bytes each); of more the sample's are visited first, and all of them once what agreement is worth is known.</summary>
    const double MostHeld = 1.2e7;

    /// <summary>About how many pairs the model's rules make: what the work will cost.</summary>
    public static double ExpectedPairs(RecordSet left, RecordSet right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return LinkageEvidence.ExpectedPairs(left, right);
    }

    /// <summary>Links two files. Both sets were made with one model and share their texts.</summary>
    /// <param name="left">The first file.</param>
    /// <param name="right">The second file; the same set to find duplicates in one file.</param>
    /// <param name="progress">Told of the step and how much of it is done, from 0 to 1, perhaps from several threads.</param>
    public static LinkageResult Link(RecordSet left, RecordSet right, Action<string, double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (!ReferenceEquals(left.Texts, right.Texts) || left.Layout.Model != right.Layout.Model) throw new ArgumentException("the two sets were not made with one model and the same texts", nameof(right));
        var flipped = left.Count > right.Count;
        var (small, large) = flipped ? (right, left) : (left, right);
        var model = left.Layout.Model;
        var oneFile = ReferenceEquals(left, right);
        var competing = model.OneToOne && !oneFile;
        progress?.Invoke("learning", 0);
        var held = LinkageEvidence.ExpectedPairs(small, large) <= MostHeld ? PairPass.Run(small, Everybody(small.Count), large, () => new PairList()) : null;
        var evidence = LinkageEvidence.Gather(small, large, competing, held);
        var traits = new PatternTraits(left.Layout, competing);
        var estimate = Estimation.Run(evidence, traits, refined: true);
        progress?.Invoke("linking", 0);
        (var candidates, var byRule, estimate) = Candidates(small, large, held, estimate, traits, share => progress?.Invoke("linking", share));
        traits = new PatternTraits(left.Layout, competing, estimate);
        var decided = competing ? Decision.OneToOne(candidates, model.Threshold, traits, small, large) : Decision.Free(candidates, model.Threshold, traits);
        var threshold = competing && model.MostFalse < 1 ? decided.Limit(model.MostFalse, model.Threshold) : model.Threshold;
        return new LinkageResult(left, right, flipped, estimate, traits, decided, byRule.Sum(), byRule) { Threshold = threshold };
    }

    static (Candidate[] Candidates, long[] ByRule, MatchEstimate Estimate) Candidates(RecordSet small, RecordSet large, PairList[]? held, MatchEstimate estimate, PatternTraits traits, Action<double> progress)
    {
        var scoring = new Scoring(small, large, estimate, traits);
        var scorers = held is null ? PairPass.Run(small, Everybody(small.Count), large, () => new Scorer(scoring), progress) : Array.ConvertAll(held, list => list.Show(new Scorer(scoring)));
        (var all, var byRule, estimate) = estimate.Evidence.Competing ? scoring.GatherRivals(scorers) : scoring.Gather(scorers);
        Array.Sort(all, (a, b) => a.Small != b.Small ? a.Small.CompareTo(b.Small) : a.Large.CompareTo(b.Large));
        return (all, byRule, estimate);
    }

    static int[] Everybody(int count)
    {
        var all = new int[count];
        for (var i = 0; i < count; i++) all[i] = i;
        return all;
    }
}

/// <summary>A pair that may be a link.</summary>
readonly record struct Candidate(int Small, int Large, double Odds, int Deterministic, int Rule, ulong Pattern);

/// <summary>What a pattern means apart from its odds.</summary>
/// <param name="layout">What is compared.</param>
/// <param name="competing">Whether candidates compete on both sides, so that a record whose own partner is there cannot be taken for a relative's.</param>
/// <param name="learned">What the data say of birth dates that are another's; null before anything is known.</param>
sealed class PatternTraits(RecordLayout layout, bool competing = false, MatchEstimate? learned = null)
{
    /// <summary>So many people must have another birth date on one side before a number beside another birth date can be the person's own.</summary>
    const double LeastSeen = 10;

    /// <summary>The first deterministic rule that a pattern meets; −1 when none. A date with unknown parts and a house without its letter agree with all that fits.</summary>
    internal int Deterministic(ulong pattern)
    {
        for (var k = 0; k < layout.Model.Deterministic.Count; k++) if (Meets(layout.Rules[k], pattern) && !Unsupported(pattern)) return k;
        return -1;
    }

    bool Meets(Rule rule, ulong pattern)
    {
        for (var f = 0; f < rule.Needs.Length; f++)
        {
            var (need, level) = ((int)rule.Needs[f], Agreement.LevelOf(pattern, f));
            var compare = layout.Model.Fields[f].Compare;
            if ((need & RecordLayout.Whole) != 0 && level < (compare is Comparison.HouseNumber or Comparison.Date ? Level.Compatible : Level.Equal)) return false;
            if ((need & 7 & ~(Agreement.Outcome(pattern, f) >> 3)) != 0) return false;
        }
        return true;
    }

    /// <summary>Whether the number may as well be somebody else's: for people to judge, whatever its odds.</summary>
    internal bool NumberAlone(ulong pattern) => Unsupported(pattern) && !(learned is not null && AnotherDate(pattern) is >= 0 and var date && learned.Differing(date) >= LeastSeen);

    /// <summary>Whether the pair rests on its number, because the birth date is another, and the data show that people have such dates.</summary>
    internal bool RestsOnNumber(ulong pattern) => Unsupported(pattern) && !NumberAlone(pattern);

    /// <summary>Whether a pair must not teach what people agree on: it is as likely somebody else's number, and nothing in the data can tell.</summary>
    internal bool Untold(ulong pattern) => Unsupported(pattern) && AnotherDate(pattern) < 0;

    /// <summary>
    /// The birth date that is another, of two records with one postcode (a slip aside) that differ in nothing else of the person; −1 when there is none. It is a relative's
    /// number, or a person whose birth date was taken from somebody else: how often each occurs shows where the other records of both say who they are.
    /// </summary>
    int AnotherDate(ulong pattern)
    {
        if (!competing || layout.Address.Postcode is not (>= 0 and var postcode) || Agreement.LevelOf(pattern, postcode) < Level.Near) return -1;
        var date = -1;
        for (var f = 0; f < layout.Slots.Length; f++)
        {
            var (field, level) = (layout.Model.Fields[f], Agreement.LevelOf(pattern, f));
            if (level == Level.Missing || field.Household || field.Compare is Comparison.Number or Comparison.Digits or Comparison.Postcode or Comparison.HouseNumber) continue;
            if (field.Compare == Comparison.Date && level == Level.Differs) date = f;
            else if (level < Level.Near) return -1;
        }
        return date;
    }

    /// <summary>
    /// Whether the pair agrees on a number that names a person and on nothing else of the person: neither birth date nor name, nor, where no two birth dates are
    /// known, sex. The number may be a brother's, who shares the address too; of two brothers' records the sex agrees. Where the records tell nothing else of the
    /// person, the address counts.
    /// </summary>
    bool Unsupported(ulong pattern)
    {
        var (number, personal, agrees, shared, anotherDay, named) = (false, false, false, false, false, false);
        for (var f = 0; f < layout.Slots.Length; f++)
        {
            var (field, level) = (layout.Model.Fields[f], Agreement.LevelOf(pattern, f));
            if (level == Level.Missing) continue;
            var alike = level >= (field.Compare == Comparison.Date ? Level.Alike : Level.Near);
            if (field.Compare is Comparison.Number or Comparison.Digits) number |= level == Level.Equal;
            else if (field.Household) shared |= alike;
            else (personal, agrees) = (true, agrees || alike);
            if (field.Compare == Comparison.Date) anotherDay |= !alike;
            if (field.Compare == Comparison.Name && !field.Household) named |= alike;
        }
        return number && (anotherDay ? !named : !(personal ? agrees : shared));
    }
}
