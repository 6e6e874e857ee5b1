using System.Collections;
using Groeilijn.Education;
using Groeilijn.Gate;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>
/// Who stands behind the numbers of an edition, for the Gate's audit: the pupils of school × subject × scale × step, and of any group of them. Sets are made
/// once and shared, so that the mean of all schools, which every report holds, is one set.
/// </summary>
sealed partial class ReportMembers
{
    readonly Edition _edition;
    readonly Dictionary<GrowthKey, (MemberSet Begin, MemberSet End)> _growthOfAll = [];
    readonly ILookup<int, SumTerm> _known;
    readonly List<Rin> _rins;
    readonly Lazy<ILookup<(int, int, int), ScoreRow>> _scores;
    readonly Dictionary<GrowthKey, Grown[]> _steps;
    List<ScoreRow>? _last;

    /// <summary>A pupil, how much it grew in tenths, and the correction of either score; eight of one score are told apart.</summary>
    readonly record struct Grown(int Pupil, int Growth, byte Begin, byte End);

    /// <param name="edition">The edition.</param>
    /// <param name="last">One score per pupil, subject, scale and half-year, in that order.</param>
    /// <param name="known">Whom each school knows.</param>
    /// <param name="pupils">Who each pupil is, by number.</param>
    public ReportMembers(Edition edition, List<ScoreRow> last, ILookup<int, SumTerm> known, List<Rin> pupils)
    {
        (_edition, Pupils, _last, _known, _rins) = (edition, new RinTexts(pupils), last, known, pupils);
        _scores = new(() => Last.Where(row => row.HalfYear == CohortGrowth.HalfYearOf(edition)).ToLookup(row => (row.Subject, row.Scale, row.YearGroup)));
        _steps = Steps(last);
    }

    /// <summary>Everybody with a result, by school and half-year.</summary>
    public static ILookup<int, SumTerm> Known(List<ScoreRow> rows)
    {
        var pupils = new Dictionary<(int School, int HalfYear), List<int>>();
        foreach (var row in rows)
        {
            if (!pupils.TryGetValue((row.School, row.HalfYear), out var of)) pupils.Add((row.School, row.HalfYear), of = []);
            of.Add(row.Pupil);
        }
        return pupils.OrderBy(one => one.Key).ToLookup(one => one.Key.School, one => new SumTerm(one.Key.HalfYear, new([.. one.Value.Distinct().Order()])));
    }

    /// <summary>The number of each pupil.</summary>
    public Dictionary<Rin, int> Numbers()
    {
        var numbers = new Dictionary<Rin, int>(_rins.Count);
        foreach (var (number, rin) in _rins.Index()) numbers.Add(rin, number);
        return numbers;
    }

    /// <summary>From here on nobody asks for <see cref="Scores"/>.</summary>
    public void LetScoresGo() => _last = null;

    List<ScoreRow> Last => _last ?? throw new InvalidOperationException("The scores were let go.");

    /// <summary>The RIN of each pupil, by number.</summary>
    public IReadOnlyList<string> Pupils { get; }

    /// <summary>Everybody with a result from a school, by half-year: the school knows these scores.</summary>
    public IReadOnlyList<SumTerm> KnownTo(int school) => [.. _known[school], .. _knownEarlier.GetValueOrDefault(school, [])];

    /// <summary>The boards that read along: each knows the scores of all its schools. A board of one school is that school.</summary>
    /// <param name="schools">The codes of the schools, by number.</param>
    /// <param name="boards">The board of each school of which it is known.</param>
    public IEnumerable<SchoolReader> BoardsOf(IReadOnlyList<string> schools, IReadOnlyDictionary<string, string> boards) =>
        boards.GroupBy(b => b.Value, b => b.Key, StringComparer.Ordinal).Where(b => b.Count() > 1).OrderBy(b => b.Key, StringComparer.Ordinal).Select(board => new SchoolReader(
            [.. board.Order(StringComparer.Ordinal)], [.. schools.Concat(_earlierOnly).Index().Where(s => boards.GetValueOrDefault(s.Item) == board.Key).SelectMany(s => KnownTo(s.Index))], board.Key));

    /// <summary>The growth of a school's pupils over a step, or of all schools' (−1), and of a group of them when one is given.</summary>
    public CellSum Growth(int school, ReportLine line, Func<int, bool>? inGroup = null)
    {
        var key = Key(line) with { School = school };
        if (inGroup is not null) return Sum(key, Ends([.. Who(key).Where(who => inGroup(who.Pupil))]));
        if (school >= 0) return Sum(key, Ends(Who(key)));
        if (!_growthOfAll.TryGetValue(key, out var ends)) _growthOfAll.Add(key, ends = Ends(Who(key)));
        return Sum(key, ends);
    }

    /// <summary>Who grew over a step at a school, by RIN, and how much in tenths.</summary>
    public IEnumerable<(string Rin, int Growth)> Each(int school, ReportLine line) => Who(Key(line) with { School = school }).Select(who => (Pupils[who.Pupil], who.Growth));

    /// <summary>The growth of some pupils over all steps, as a statistic of its own.</summary>
    public CellSum Growth(string statistic, Subject subject, string scale, HashSet<int> pupils)
    {
        var key = new GrowthKey(-1, (int)subject, CohortGrowth.ScaleOf(scale), CohortGrowth.HalfYearOf(_edition), 0);
        return Sum(key, Ends([.. _steps.Where(step => step.Key with { School = -1, YearGroup = 0 } == key).SelectMany(step => step.Value).Where(who => pupils.Contains(who.Pupil))])) with { Statistic = statistic };
    }

    /// <summary>The growth of the pupils of some schools together.</summary>
    public CellSum Growth(IEnumerable<int> schools, ReportLine line) => Sum(Key(line), Ends([.. schools.SelectMany(school => Who(Key(line) with { School = school }))]));

    /// <summary>The scores of the edition itself of the pupils of some schools in a year group.</summary>
    public CellSum Scores(Subject subject, int scale, int yearGroup, Func<int, bool> atSchool)
    {
        ScoreRow[] rows = [.. _scores.Value[((int)subject, scale, yearGroup)].Where(row => atSchool(row.School))];
        return new(Statistic((int)subject, scale), [new(CohortGrowth.HalfYearOf(_edition), new([.. rows.Select(row => row.Pupil)], Corrections([.. rows.Select(row => (byte)(row.Correction % 8))])))]);
    }

    GrowthKey Key(ReportLine line) => new(-1, (int)line.Subject, TestScale.Series.Index().First(series => series.Item == line.Scale).Index, CohortGrowth.HalfYearOf(_edition), line.Step.YearGroup);

    static CellSum Sum(GrowthKey key, (MemberSet Begin, MemberSet End) ends) => new(Statistic(key.Subject, key.Scale), [new(key.HalfYear, ends.End), new(key.HalfYear - 1, ends.Begin)]);

    internal static string Statistic(int subject, int scale) => $"{((Subject)subject).Code()} {TestScale.Series[scale]}";

    static Dictionary<GrowthKey, Grown[]> Steps(List<ScoreRow> last)
    {
        var steps = new Dictionary<GrowthKey, List<Grown>>();
        for (var i = 1; i < last.Count; i++)
        {
            var (earlier, later) = (last[i - 1], last[i]);
            if (!GrowthMeans.IsInterval(earlier, later)) continue;
            var key = new GrowthKey(later.School, later.Subject, later.Scale, later.HalfYear, earlier.YearGroup);
            if (!steps.TryGetValue(key, out var who)) steps.Add(key, who = []);
            who.Add(new(later.Pupil, later.Tenths - earlier.Tenths, (byte)(earlier.Correction % 8), (byte)(later.Correction % 8)));
        }
        return steps.ToDictionary(step => step.Key, step => step.Value.ToArray());
    }

    /// <summary>Who grew over a step at a school; at any school where it is −1.</summary>
    Grown[] Who(GrowthKey key) => key.School >= 0 ? _steps.GetValueOrDefault(key, []) : [.. _steps.Where(step => step.Key with { School = -1 } == key).SelectMany(step => step.Value)];

    /// <summary>Both ends; one set where nothing was corrected.</summary>
    static (MemberSet Begin, MemberSet End) Ends(Grown[] who)
    {
        int[] pupils = [.. who.Select(w => w.Pupil)];
        var (begin, end) = (Corrections([.. who.Select(w => w.Begin)]), Corrections([.. who.Select(w => w.End)]));
        var members = new MemberSet(pupils, end);
        return (begin is null && end is null ? members : new(pupils, begin), members);
    }

    /// <summary>Null where nothing was corrected.</summary>
    static byte[]? Corrections(byte[] of) => of.Any(c => c > 0) ? of : null;
}

/// <summary>Who pupils are, by number; the letters are written when they are asked for.</summary>
sealed class RinTexts(List<Rin> rins) : IReadOnlyList<string>
{
    public string this[int index] => rins[index].Text;

    public int Count => rins.Count;

    public IEnumerator<string> GetEnumerator() => rins.Select(rin => rin.Text).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
