using System.Runtime.CompilerServices;

namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// What the data show before anything is estimated: a sample of the smaller side (chosen by content) with all its pairs as patterns, who lacks
/// which field, and pairs at random. The sample is gathered by equal sets of candidates, in an order of its own, so that no order of rows can matter.
/// </summary>
sealed class LinkageEvidence
{
    internal required RecordLayout Layout { get; init; }
    /// <summary>Sampled records of the smaller side, records of the smaller side in all, and records that each is compared with.</summary>
    internal required int Sampled { get; init; }
    internal required int Small { get; init; }
    internal required double Others { get; init; }
    internal required bool Competing { get; init; }
    internal required ulong[] Patterns { get; init; }
    internal required long[] Pairs { get; init; }
    internal required Candidates[] Groups { get; init; }
    /// <summary>The share of records that lack a set of fields, by set.</summary>
    internal required IReadOnlyDictionary<int, double> LackingSmall { get; init; }
    internal required IReadOnlyDictionary<int, double> LackingLarge { get; init; }
    /// <summary>Outcomes of single fields among pairs at random: equality from the frequencies of values on both sides, the rest from pairs of a sample.</summary>
    internal required double[][] Random { get; init; }
    internal required double RandomPairs { get; init; }

    /// <summary>Sampled records whose candidates show the same patterns.</summary>
    /// <param name="Lacks">The fields that the sampled records lack.</param>
    /// <param name="Patterns">Places in <see cref="Patterns"/>, sorted, one for each candidate.</param>
    /// <param name="AtHome">Whether somebody of the other side lives where the record says, so that its address is hardly wrong.</param>
    /// <param name="Records">How many records these are.</param>
    internal sealed record Candidates(int Lacks, int[] Patterns, bool AtHome, int Records);

    /// <summary>Records sampled: fewer where all pairs are held, because then all of them are asked again.</summary>
    const int MostSampled = 20_000, MostScouted = 5_000, RandomSmall = 1_000, RandomLarge = 2_500, MostValues = 60_000;
    const double MostPairs = 5e6;

    /// <summary>Gathers.</summary>
    /// <param name="small">The smaller side.</param>
    /// <param name="large">The larger side.</param>
    /// <param name="competing">Whether a record has at most one partner.</param>
    /// <param name="held">All pairs, where they were few enough to hold; otherwise the sample's are sought.</param>
    internal static LinkageEvidence Gather(RecordSet small, RecordSet large, bool competing, PairList[]? held = null)
    {
        var (small1, large1) = (small.Sample(RandomSmall, 1), large.Sample(RandomLarge, 2));
        var random = WithFrequencies(small, large, RandomOutcomes(small, small1, large, large1));
        var perRecord = ExpectedPairs(small, large) / Math.Max(1, small.Count);
        var members = small.Sample((int)Math.Clamp(MostPairs / Math.Max(perRecord, 1e-9), 200, held is null ? MostSampled : MostScouted), 5);
        var (patterns, pairs, groups) = Pairs1(small, members, large, competing, held);
        return new LinkageEvidence
        {
            Layout = small.Layout,
            Sampled = members.Length,
            Small = small.Count,
            Others = ReferenceEquals(small, large) ? (small.Count - 1) / 2.0 : large.Count,
            Competing = competing,
            Patterns = patterns,
            Pairs = pairs,
            Groups = groups,
            LackingSmall = Lacking(small),
            LackingLarge = Lacking(large),
            Random = random,
            RandomPairs = (double)small1.Length * large1.Length - (ReferenceEquals(small, large) ? Math.Min(small1.Length, large1.Length) : 0),
        };
    }

    /// <summary>The same with all pairs of a run counted in place of those of the sample.</summary>
    internal LinkageEvidence Of(ulong[] patterns, long[] pairs, int records) => new()
    {
        Layout = Layout,
        Sampled = records,
        Small = Small,
        Others = Others,
        Competing = Competing,
        Patterns = patterns,
        Pairs = pairs,
        Groups = [],
        LackingSmall = LackingSmall,
        LackingLarge = LackingLarge,
        Random = Random,
        RandomPairs = RandomPairs,
    };

    /// <summary>About how many pairs all rules make together, pairs that meet several counted for each.</summary>
    internal static double ExpectedPairs(RecordSet small, RecordSet large)
    {
        if (small.Expected is var (other, own, theirs, known) && ReferenceEquals(other, large) && own == small.Count && theirs == large.Count) return known;
        var pairs = CountExpected(small, large);
        small.Expected = (large, small.Count, large.Count, pairs);
        return pairs;
    }

    static double CountExpected(RecordSet small, RecordSet large)
    {
        var (some, others) = (small.Sample(10_000, 3), large.Sample(50_000, 4));
        if (some.Length == 0 || others.Length == 0) return 0;
        var pairs = 0.0;
        foreach (var rule in small.Layout.Rules)
        {
            var keys = new Dictionary<ulong, int>();
            foreach (var i in some) if (rule.Key(small[i]) is not 0 and var key) keys[key] = keys.GetValueOrDefault(key) + 1;
            foreach (var j in others) if (rule.Key(large[j]) is not 0 and var key) pairs += keys.GetValueOrDefault(key);
        }
        return pairs * ((double)small.Count / some.Length) * ((double)large.Count / others.Length) / (ReferenceEquals(small, large) ? 2 : 1);
    }

    static (ulong[], long[], Candidates[]) Pairs1(RecordSet small, int[] members, RecordSet large, bool competing, PairList[]? held)
    {
        var lists = held is null ? PairPass.Run(small, members, large, () => new PairList()) : held;
        if (held is not null && members.Length < small.Count)
        {
            var chosen = new bool[small.Count];
            foreach (var member in members) chosen[member] = true;
            lists = Array.ConvertAll(held, list => list.Of(chosen));
        }
        var table = new PatternTable();
        foreach (var list in lists) foreach (var pair in list.Pairs) table.Add(pair.Pattern, 1);
        var (patterns, pairs) = table.Sorted();
        return (patterns, pairs, competing ? Grouped(small, members, lists, patterns) : []);
    }

    /// <summary>One group for each set of candidates; who has no candidate counts too.</summary>
    static Candidates[] Grouped(RecordSet small, int[] members, PairList[] lists, ulong[] patterns)
    {
        var all = lists.SelectMany(list => list.Pairs).Select(pair => (pair.Small, Place: Array.BinarySearch(patterns, pair.Pattern))).ToArray();
        Array.Sort(all);
        var groups = new Dictionary<string, (int Lacks, int[] Places, int Records)>(StringComparer.Ordinal);
        var at = 0;
        foreach (var member in members)
        {
            while (at < all.Length && all[at].Small < member) at++;
            var start = at;
            while (at < all.Length && all[at].Small == member) at++;
            var (places, lacks) = (new int[at - start], small.MissingOf(member));
            for (var i = 0; i < places.Length; i++) places[i] = all[start + i].Place;
            var key = string.Concat((char)(lacks + 1), string.Create(places.Length * 2, places, (text, p) => { for (var i = 0; i < p.Length; i++) (text[2 * i], text[2 * i + 1]) = ((char)(p[i] & 0x3FFF), (char)(p[i] >> 14)); }));
            groups[key] = groups.TryGetValue(key, out var known) ? known with { Records = known.Records + 1 } : (lacks, places, 1);
        }
        return [.. groups.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Candidates(g.Value.Lacks, g.Value.Places, g.Value.Places.Any(p => small.Layout.AtHome(patterns[p])), g.Value.Records))];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static long[][] RandomOutcomes(RecordSet small, int[] some, RecordSet large, int[] others)
    {
        var counts = small.Layout.Slots.Select(_ => new long[64]).ToArray();
        var agreement = new Agreement(small.Layout, small.Texts);
        foreach (var i in some)
            foreach (var j in others)
            {
                if (ReferenceEquals(small, large) && i == j) continue;
                var pattern = agreement.Pattern(small[i], large[j]);
                for (var f = 0; f < counts.Length; f++) counts[f][Agreement.Outcome(pattern, f)]++;
            }
        return counts;
    }

    /// <summary>
    /// How often strangers are equal is known better from how often each value stands on either side, Σ f(v) g(v), than from any pairs: a postcode that two share by
    /// chance once in fifty thousand shows among two million pairs forty times. What is not equal keeps the proportions of the pairs.
    /// </summary>
    static double[][] WithFrequencies(RecordSet small, RecordSet large, long[][] pairs)
    {
        var (some, others) = (small.Sample(MostValues, 8), large.Sample(MostValues, 9));
        return [.. pairs.Select((counts, f) =>
        {
            var random = Array.ConvertAll(counts, c => (double)c);
            // A date without its day is equal to itself and yet no equal date: such outcomes stay with the pairs.
            var (known, equal) = (Enumerable.Range(1, 63).Where(o => (o & 7) != 0).Sum(o => random[o]), Equal(small, some, large, others, f));
            if (known == 0 || equal is null) return random;
            var sampled = Enumerable.Range(0, 64).Where(o => IsSame(o)).Sum(o => random[o]);
            for (var o = 1; o < 64; o++) random[o] = IsSame(o) ? equal[o] * known : random[o] * (1 - equal.Where((_, e) => IsSame(e)).Sum()) * known / Math.Max(1, known - sampled);
            return random;
        })];
        static bool IsSame(int outcome) => (Level)(outcome & 7) == Level.Equal;
    }

    /// <summary>The share of pairs that are equal, by outcome: parts of the field that rules use agree too, where they are there.</summary>
    static double[]? Equal(RecordSet small, int[] some, RecordSet large, int[] others, int field)
    {
        var (values, here, there) = (new Dictionary<ulong, (int Count, int Record)>(), 0, 0);
        foreach (var i in some)
        {
            var value = small.Value(i, field);
            if (value == 0) continue;
            values[value] = values.TryGetValue(value, out var known) ? known with { Count = known.Count + 1 } : (1, i);
            here++;
        }
        var (agreement, pairs, outcomes) = (new Agreement(small.Layout, small.Texts), new double[64], new Dictionary<ulong, int>());
        foreach (var j in others)
        {
            var value = large.Value(j, field);
            if (value == 0) continue;
            there++;
            if (!values.TryGetValue(value, out var known)) continue;
            if (!outcomes.TryGetValue(value, out var outcome)) outcomes[value] = outcome = Agreement.Outcome(agreement.Pattern(small[known.Record], large[j]), field);
            pairs[outcome] += known.Count;
        }
        // In one file a record is no pair with itself.
        if (ReferenceEquals(small, large) || here == 0 || there == 0) return null;
        return Array.ConvertAll(pairs, p => p / ((double)here * there));
    }

    static Dictionary<int, double> Lacking(RecordSet records)
    {
        var counts = new int[1 << LinkModel.MostFields];
        for (var i = 0; i < records.Count; i++) counts[records.MissingOf(i)]++;
        return Enumerable.Range(0, counts.Length).Where(lacks => counts[lacks] > 0).ToDictionary(lacks => lacks, lacks => (double)counts[lacks] / records.Count);
    }
}
