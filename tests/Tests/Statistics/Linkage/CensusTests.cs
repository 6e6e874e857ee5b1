using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Tests.Statistics.Linkage;

/// <summary>The bars of linkage on a population with errors as in a census, and what the linker thinks of itself there.</summary>
public class CensusTests
{
    static readonly LinkField s_sex = new("sex", Comparison.Exact), s_born = new("born", Comparison.Date),
        s_postcode = new("postcode", Comparison.Postcode, Household: true), s_house = new("house", Comparison.HouseNumber, Household: true),
        s_number = new("number", Comparison.Number), s_first = new("first", Comparison.Name, TermFrequency: true), s_last = new("last", Comparison.Name, Household: true, TermFrequency: true);

    static readonly string[][] s_rules = [["born", "sex"], ["postcode", "house"], ["born", "postcode.2"], ["born.year", "born.month", "postcode.4"], ["born.year", "born.day", "postcode.4"],
        ["born.month", "born.day", "postcode.4"], ["postcode", "sex", "born.year"], ["born.month", "born.day", "house", "sex"]];

    static readonly LinkModel s_keys = new([s_sex, s_born, s_postcode, s_house], [], s_rules, MostFalse: LinkModel.FewFalse);
    static readonly LinkModel s_names = new([s_sex, s_born, s_postcode, s_house, s_first, s_last], [], [.. s_rules, ["first", "last"], ["last", "born.year", "born.month"]], MostFalse: LinkModel.FewFalse);
    static readonly LinkModel s_numbers = new([s_number, s_born, s_postcode, s_house], [],
        [["number"], ["born", "postcode"], ["born", "house"], ["postcode", "house"], ["born", "postcode.4"], ["born.year", "born.month", "postcode.4"], ["born.year", "born.day", "postcode.4"], ["born.month", "born.day", "postcode.4"]], MostFalse: LinkModel.FewFalse);

    /// <summary>A hard count: a twenty-eighth has moved, so that strangers of one birth date and sex are taken for movers.</summary>
    static CensusRates Movers { get; } = new() { Persons = 45_000, Moved = 0.035 };

    /// <summary>A hard count with names: many slips, and families who share surname and address.</summary>
    static CensusRates Slips { get; } = new() { Persons = 45_000, Moved = 0.12, YearWrong = 0.10, MonthWrong = 0.10, FirstSlip = 0.25, FirstOther = 0.05, FirstMissing = 0.05, LastSlip = 0.20, LastOther = 0.05 };

    sealed record Judged(Census Census, LinkageResult Result)
    {
        internal int Right => Result.Links.Count(l => IsTrue(l.Left, l.Right));
        internal int False => Result.Links.Count - Right;
        internal int Missed => Census.Partners - Right;
        internal double Precision => (double)Right / Result.Links.Count;
        internal double F1 => 2.0 * Right / (Result.Links.Count + Census.Partners);
        internal double FalseTold => Result.FalseLinkRate * Result.Links.Count;
        internal double MissedTold => Result.MissedLinkRate * Result.ExpectedPartners;

        internal bool IsTrue(int counted, int registered) => Census.AreOne(Census.Counted[counted], Census.Register[registered]);

        /// <summary>Of a candidate, whose sides are the smaller and the larger file.</summary>
        internal bool IsTrue(in Candidate c) => Census.Counted.Count > Census.Register.Count ? IsTrue(c.Large, c.Small) : IsTrue(c.Small, c.Large);
    }

    static Judged Run(LinkModel model, ulong seed, CensusRates rates)
    {
        var (census, texts) = (new Census(seed, rates), new Texts());
        return new Judged(census, RecordLinker.Link(Files.Set(model, texts, census.Counted, Census.Columns), Files.Set(model, texts, census.Register, Census.Columns)));
    }

    /// <summary>What was told of a hard count, and how it is.</summary>
    sealed record HardCount(int False, double FalseTold, int Missed, double MissedTold, IReadOnlyList<(double Probability, bool IsTrue)> Told);

    static readonly Dictionary<ulong, HardCount> s_hard = [];

    /// <summary>A count of movers, linked once for the tests that judge it.</summary>
    static HardCount Hard(ulong seed)
    {
        if (s_hard.TryGetValue(seed, out var known)) return known;
        var judged = Run(s_keys with { MostFalse = 1 }, seed, Movers);
        return s_hard[seed] = new(judged.False, judged.FalseTold, judged.Missed, judged.MissedTold, [.. Calibration.Of(judged.Result, judged.IsTrue)]);
    }

    [Fact]
    public void The_errors_are_as_many_as_between_a_census_and_a_register()
    {
        var census = new Census(1, new CensusRates());
        var register = census.Register.ToDictionary(r => r[0][1..]);
        var pairs = census.Counted.Where(c => register.ContainsKey(c[0][1..])).Select(c => (One: c, Other: register[c[0][1..]])).ToList();
        double Agree(int field, Func<string, string>? part = null) => pairs.Average(p => p.One[field].Length > 0 && p.Other[field].Length > 0 && (part?.Invoke(p.One[field]) ?? p.One[field]) == (part?.Invoke(p.Other[field]) ?? p.Other[field]) ? 1.0 : 0);
        Assert.Equal(census.Partners, pairs.Count);
        Assert.Equal(0.975, Agree(1), 0.004);
        Assert.Equal(0.864, Agree(2), 0.006);
        Assert.Equal(0.945, Agree(2, born => born[..4]), 0.006);
        Assert.Equal(0.919, Agree(2, born => born[5..7]), 0.006);
        Assert.Equal(0.975, Agree(2, born => born[8..]), 0.006);
        Assert.Equal(0.928, Agree(3), 0.008);
        Assert.Equal(0.895, Agree(4), 0.008);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sex_birth_date_postcode_and_house_number_find_99_in_100_and_hardly_anybody_wrongly(ulong seed)
    {
        var judged = Run(s_keys, seed, new CensusRates());
        Assert.True(judged.F1 >= 0.990 && judged.Precision >= 0.9995, $"precision {judged.Precision:F5}, F1 {judged.F1:F5}");
        Assert.InRange(judged.Result.Threshold, 0.5, LinkModel.HighestThreshold);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void With_names_995_in_1000_are_found(ulong seed)
    {
        var judged = Run(s_names, seed, new CensusRates());
        Assert.True(judged.F1 >= 0.995 && judged.Precision >= 0.9995, $"precision {judged.Precision:F5}, F1 {judged.F1:F5}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void National_number_birth_date_postcode_and_house_number_find_9990_in_10000(ulong seed)
    {
        var judged = Run(s_numbers, seed, new CensusRates());
        Assert.True(judged.F1 >= 0.9990 && judged.Precision >= 0.9997, $"precision {judged.Precision:F5}, F1 {judged.F1:F5}");
    }

    /// <summary>Numbers that are missing, wrongly written or a relative's, also where the person's own record is not in the register for one in five, so that nothing contradicts the relative's.</summary>
    [Theory]
    [InlineData(0.05, 0.005, 0.02, 0.95, 0.9985)]
    [InlineData(0.05, 0.02, 0.01, 0.95, 0.9985)]
    [InlineData(0.20, 0.02, 0.02, 0.95, 0.9970)]
    [InlineData(0.05, 0.005, 0.002, 0.80, 0.9985)]
    [InlineData(0.05, 0.005, 0.02, 0.80, 0.9980)]
    public void However_numbers_are_wrong_a_relatives_number_hardly_ever_links(double missing, double slip, double relative, double inRegister, double leastF1)
    {
        var judged = Run(s_numbers, 1, new CensusRates { NumberMissing = missing, NumberSlip = slip, NumberOfRelative = relative, InRegister = inRegister });
        var byNumber = judged.Result.Links.Count(l => !judged.IsTrue(l.Left, l.Right) && judged.Census.Counted[l.Left][7] is { Length: > 0 } number && number == judged.Census.Register[l.Right][7]);
        Assert.True(judged.F1 >= leastF1 && judged.Precision >= 0.9995, $"precision {judged.Precision:F5}, F1 {judged.F1:F5}");
        Assert.InRange(byNumber, 0, 3);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(34)]
    [InlineData(35)]
    public void Told_without_labels_false_and_missed_links_are_within_a_quarter_of_the_truth(ulong seed)
    {
        var judged = Hard(seed);
        Assert.True(judged.False >= 100 && judged.Missed >= 100, $"{judged.False} false and {judged.Missed} missed are too few to tell");
        Assert.Equal(1, judged.FalseTold / judged.False, 0.25);
        Assert.Equal(1, judged.MissedTold / judged.Missed, 0.25);
    }

    /// <summary>One such count has some thirty false links, five together enough to tell.</summary>
    [Fact]
    public void So_they_are_with_names_where_families_share_surname_and_address()
    {
        var judged = Enumerable.Range(31, 5).Select(seed => Run(s_names with { MostFalse = 1 }, (ulong)seed, Slips)).Select(j => (j.False, j.FalseTold, j.Missed, j.MissedTold)).ToList();
        Assert.True(judged.Sum(j => j.False) >= 100 && judged.All(j => j.Missed >= 100));
        Assert.Equal(1, judged.Sum(j => j.FalseTold) / judged.Sum(j => j.False), 0.25);
        Assert.All(judged, j => Assert.Equal(1, j.MissedTold / j.Missed, 0.25));
    }

    /// <summary>Five counts, each tenth within two points of the truth or with the truth in its 95 % band, but for what chance leaves out.</summary>
    [Fact]
    public void A_probability_of_so_much_is_true_so_often() =>
        Calibration.Check([.. Enumerable.Range(31, 5).Select(seed => Run(s_keys with { MostFalse = 1 }, (ulong)seed, new CensusRates())).SelectMany(judged => Calibration.Out(Calibration.Of(judged.Result, judged.IsTrue)))], 50);

    /// <summary>Where many move too: five counts together, each tenth within five points of the truth.</summary>
    [Fact]
    public void In_a_hard_count_as_well()
    {
        var told = Enumerable.Range(31, 5).Select(seed => Hard((ulong)seed)).SelectMany(judged => judged.Told).ToList();
        foreach (var tenth in told.GroupBy(t => Math.Min(9, (int)(t.Probability * 10)))) Assert.Equal(tenth.Average(t => t.Probability), tenth.Average(t => t.IsTrue ? 1.0 : 0), 0.05);
    }

    [Fact]
    public void What_is_known_of_errors_beforehand_comes_back_from_the_data()
    {
        var judged = Run(s_keys, 4, new CensusRates());
        var parameters = judged.Result.Estimate.Parameters;
        double Told(int unit, int field) => parameters.Units[unit].Outcomes.Select((outcome, o) => Agreement.LevelOf(outcome, field) == Level.Equal ? parameters.M[unit][o] : 0).Sum();
        var register = judged.Census.Register.ToDictionary(r => r[0][1..]);
        double True(int column)
        {
            var known = judged.Census.Counted.Where(c => register.ContainsKey(c[0][1..])).Select(c => (One: c[column], Other: register[c[0][1..]][column])).Where(p => p.One.Length > 0 && p.Other.Length > 0).ToList();
            return known.Average(p => p.One == p.Other && !p.One.EndsWith("-00", StringComparison.Ordinal) ? 1.0 : 0);
        }
        Assert.Equal(True(1), Told(0, 0), 0.002);
        Assert.Equal(True(2), Told(1, 1), 0.003);
        Assert.Equal(True(3), Told(2, 2), 0.004);
        Assert.Equal((double)judged.Census.Partners / Math.Min(judged.Census.Counted.Count, judged.Census.Register.Count), parameters.Partners, 0.003);
    }

    /// <summary>All pairs of twins of one sex who are in both counts, nobody moved or written wrongly: there are no numbers and no names to tell them apart.</summary>
    [Fact]
    public void Twins_of_one_sex_at_one_address_without_a_number_always_go_to_review()
    {
        var clean = new CensusRates { Persons = 20_000, Twins = 0.05, InCensus = 1, InRegister = 1, Moved = 0, SexMissing = 0, SexWrong = 0, BirthMissing = 0, YearWrong = 0, MonthMissing = 0, MonthWrong = 0, DayWrong = 0, PostcodeMissing = 0, PostcodeWrong = 0, HouseMissing = 0, HouseWrong = 0 };
        var judged = Run(s_keys, 6, clean);
        var twins = Enumerable.Range(0, judged.Census.Counted.Count).GroupBy(i => string.Join('|', judged.Census.Counted[i][1..5])).Where(g => g.Count() > 1).SelectMany(g => g).ToHashSet();
        Assert.True(twins.Count > 150);
        Assert.DoesNotContain(judged.Result.Links, l => twins.Contains(l.Left));
        Assert.All(twins, twin => Assert.Contains(judged.Result.Ties, t => t.Left == twin));
        Assert.True(judged.Result.Links.Count > 0.99 * (judged.Census.Partners - twins.Count));
    }
}

/// <summary>Whether probabilities are what they say.</summary>
static class Calibration
{
    internal delegate bool Truth(in Candidate candidate);

    internal static IEnumerable<(double Probability, bool IsTrue)> Of(LinkageResult result, Truth isTrue)
    {
        var decided = result.Decision;
        return Enumerable.Range(0, decided.Candidates.Length).Select(i => (decided.Probability[i], isTrue(decided.Candidates[i])));
    }

    /// <summary>The tenths of the scale that lie neither within two points of the truth nor have it in their 95 % band. Of twenty tenths that are right chance leaves one out.</summary>
    internal static IReadOnlyList<string> Out(IEnumerable<(double Probability, bool IsTrue)> candidates)
    {
        var wrong = new List<string>();
        foreach (var tenth in candidates.GroupBy(c => Math.Min(9, (int)(c.Probability * 10))).OrderBy(t => t.Key))
        {
            var (n, told, right) = (tenth.Count(), tenth.Average(c => c.Probability), tenth.Count(c => c.IsTrue));
            if (Math.Abs((double)right / n - told) >= 0.02 && Math.Min(AtMost(right, n, told), AtMost(n - right, n, 1 - told)) <= 0.025) wrong.Add(FormattableString.Invariant($"told {told:F3}, {right} of {n}"));
        }
        return wrong;
    }

    /// <summary>No more tenths are out than chance leaves out in 49 of 50 cases.</summary>
    internal static void Check(IReadOnlyList<string> wrong, int tenths)
    {
        var allowed = Enumerable.Range(0, tenths).First(k => AtMost(k, tenths, 0.05) > 0.98);
        Assert.True(wrong.Count <= allowed, $"{wrong.Count} of {tenths} tenths are out, {allowed} may be: {string.Join("; ", wrong)}");
    }

    /// <summary>The binomial probability of at most so many.</summary>
    static double AtMost(int successes, int n, double p)
    {
        var (log, sum) = (n * Math.Log(1 - p), 0.0);
        for (var k = 0; k <= successes; k++)
        {
            sum += Math.Exp(log);
            log += Math.Log((double)(n - k) / (k + 1)) + Math.Log(p / (1 - p));
        }
        return sum;
    }
}
