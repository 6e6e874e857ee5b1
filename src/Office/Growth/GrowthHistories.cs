using System.Runtime.InteropServices;
using Groeilijn.Columns;
using Groeilijn.Education;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>What growth is counted by: an edition back from the present one (0 is the present), a school, a step's first year group and a background.</summary>
readonly record struct CountKey(int Back, int School, int Step, int Background);

/// <summary>A pupil who grew over a step of the present edition, for who must know who is behind a number.</summary>
readonly record struct GrownPupil(Rin Rin, int School, int Step, int Background);

/// <summary>A subject and scale, counted.</summary>
sealed class CountedGrowth
{
    public required Edition Edition { get; init; }
    public required Subject Subject { get; init; }
    public required string Scale { get; init; }

    /// <summary>Codes of schools; a school's number is its place.</summary>
    public required string[] Schools { get; init; }

    /// <summary>Growth within one school, by edition, school, step and background.</summary>
    public Dictionary<CountKey, Tally> Growth { get; } = [];

    /// <summary>Every pupil of the present edition's steps, for the model.</summary>
    public List<PupilSpan> Spans { get; } = [];

    /// <summary>Who counts, by school and step.</summary>
    public Dictionary<(int School, int Step), GrowthCoverage> Coverage { get; } = [];

    /// <summary>Who grew in the present edition.</summary>
    public List<GrownPupil> Grown { get; } = [];

    /// <summary>How many pupils grew at a school over the same steps of the same editions of a trend: a bit for each (<see cref="Bit"/>), so that who counts in several counts once.</summary>
    public Dictionary<(int School, ulong Steps), int> Pupils { get; } = [];

    /// <summary>The bit of a step of an edition so far back.</summary>
    internal static ulong Bit(int back, int step) => 1UL << (8 * back + step - 3);

    /// <summary>The backgrounds that occur.</summary>
    public required BackgroundLevels Backgrounds { get; init; }
}

/// <summary>
/// The scores of one subject in the half-years that an edition and its trend need, by pupil. Numbers of pupils follow the order in which they are read, and nothing
/// that is counted depends on them.
/// </summary>
sealed class GrowthHistories
{
    readonly Edition _edition;
    readonly Subject _subject;
    readonly string[] _schools;
    readonly List<ScoreRow> _scores;
    readonly List<Rin> _pupils;
    readonly PupilBackground _background;

    GrowthHistories(Edition edition, Subject subject, string[] schools, List<ScoreRow> scores, List<Rin> pupils, PupilBackground background) =>
        (_edition, _subject, _schools, _scores, _pupils, _background) = (edition, subject, schools, scores, pupils, background);

    /// <summary>Series with a score in the edition or the half-year before.</summary>
    internal IReadOnlyList<string> Scales => [.. TestScale.Series.Where((_, number) => _scores.Any(s => s.Scale == number && s.HalfYear >= Last - 1))];

    int Last => CohortGrowth.HalfYearOf(_edition);

    internal static GrowthHistories Read(OfficeHome home, Edition edition, Subject subject, PupilBackground background)
    {
        List<Edition> editions = [edition];
        while (editions.Count < EditionGrowth.TrendEditions + 2 && editions[^1].Year > 2001) editions.Add(editions[^1].Previous);
        var (schools, pupils, numbers) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<Rin>(), new Dictionary<Rin, int>());
        // A nation's scores are in memory once: room for all of them at first, and ordered where they stand.
        var rows = new List<ScoreRow>(Cohort.Parts(home, edition).Where(part => part.Subject == subject && editions.Contains(part.Edition)).Sum(part => part.Rows));
        string[] scales = [.. TestScale.Series];
        using var database = ColumnDatabase.Open();
        using var read = database.Query($"SELECT rin, school, edition, pupil_year_group, test_date, scale, score_tenths FROM {Cohort.Scan(home, edition, [.. editions])} WHERE subject = '{subject.Code()}'");
        foreach (var row in read)
        {
            var rin = Rin.TryParse(row.GetString(0), out var one) ? one : throw new InvalidDataException("A RIN in the cohort is not 16 letters.");
            if (!numbers.TryGetValue(rin, out var pupil))
            {
                numbers.Add(rin, pupil = pupils.Count);
                pupils.Add(rin);
            }
            var code = row.GetString(1);
            if (!schools.TryGetValue(code, out var school)) schools.Add(code, school = schools.Count);
            rows.Add(new ScoreRow(pupil, school, CohortGrowth.HalfYearOf(Education.Edition.Parse(row.GetString(2)).Value), row.GetInt32(3), (int)subject, Array.IndexOf(scales, row.GetString(5)), row.GetDate(4).DayNumber, row.GetInt32(6)));
        }
        string[] codes = [.. schools.Keys.Order(StringComparer.Ordinal)];
        var place = new int[codes.Length];
        foreach (var (i, code) in codes.Index()) place[schools[code]] = i;
        foreach (ref var row in CollectionsMarshal.AsSpan(rows)) row = row with { School = place[row.School] };
        GrowthMeans.KeepLastOfHalfYear(rows);
        return new GrowthHistories(edition, subject, codes, rows, pupils, background);
    }

    /// <summary>Counts a scale: one walk over the pupils, each with all of its scores.</summary>
    internal CountedGrowth Counted(string scale)
    {
        var number = TestScale.Series.Index().First(s => s.Item == scale).Index;
        var levels = new BackgroundLevels(_background);
        var counted = new CountedGrowth { Edition = _edition, Subject = _subject, Scale = scale, Schools = _schools, Backgrounds = levels };
        var thirds = Thirds(number);
        var scores = CollectionsMarshal.AsSpan(_scores);
        for (int from = 0, to; from < scores.Length; from = to)
        {
            for (to = from + 1; to < scores.Length && scores[to].Pupil == scores[from].Pupil && scores[to].Scale == scores[from].Scale;) to++;
            if (scores[from].Scale == number) Count(counted, scores[from..to], thirds, levels);
        }
        return counted;
    }

    void Count(CountedGrowth counted, ReadOnlySpan<ScoreRow> history, Dictionary<(int HalfYear, int YearGroup), (int Low, int High)> thirds, BackgroundLevels levels)
    {
        Span<(int School, ulong Steps)> grown = stackalloc (int, ulong)[EditionGrowth.TrendEditions];
        var places = 0;
        for (var back = 0; back < EditionGrowth.TrendEditions; back++)
        {
            var (start, end) = (Find(history, Last - back - 1), Find(history, Last - back));
            if (start is null && end is null) continue;
            var ends = ((Last - back) & 1) == 1 ? HalfYear.E : HalfYear.M;
            var later = end is { } e ? e.YearGroup - (ends == HalfYear.E ? 0 : 1) : -1;
            var step = start?.YearGroup ?? later;
            if (step < 3 || step > (ends == HalfYear.E ? 8 : 7)) continue;
            var background = levels.Of(_pupils[history[0].Pupil], StartLevel(Find(history, Last - back - 2), thirds), Repeats(history, Last - back - 1, step) ? "yes" : "no");
            var interval = start is not null && end is not null && step == later;
            if (interval && start!.Value.School == end!.Value.School)
            {
                var key = new CountKey(back, end.Value.School, step, background);
                counted.Growth[key] = counted.Growth.GetValueOrDefault(key).With(end.Value.Tenths - start.Value.Tenths);
                var place = 0;
                while (place < places && grown[place].School != key.School) place++;
                if (place == places) grown[places++] = (key.School, 0);
                grown[place].Steps |= CountedGrowth.Bit(back, step);
            }
            if (back > 0) continue;
            if (interval && start!.Value.School == end!.Value.School) counted.Grown.Add(new(_pupils[history[0].Pupil], end.Value.School, step, background));
            Cover(counted.Coverage, step, start, end, interval);
            if (interval || start is null || end is null) counted.Spans.Add(new PupilSpan(step, start?.School ?? -1, start?.Tenths ?? 0, end?.School ?? -1, end?.Tenths ?? 0, background));
        }
        foreach (var one in grown[..places]) counted.Pupils[one] = counted.Pupils.GetValueOrDefault(one) + 1;
    }

    static void Cover(Dictionary<(int School, int Step), GrowthCoverage> coverage, int step, ScoreRow? start, ScoreRow? end, bool interval)
    {
        if (start is { } s && end is { } e && s.School != e.School)
        {
            Add(s.School, c => interval ? c with { Left = c.Left + 1 } : c with { OtherStep = c.OtherStep + 1 });
            Add(e.School, c => interval ? c with { Came = c.Came + 1 } : c with { OtherStep = c.OtherStep + 1 });
        }
        else if (start is null) Add(end!.Value.School, c => c with { NoStart = c.NoStart + 1 });
        else if (end is null) Add(start.Value.School, c => c with { NoEnd = c.NoEnd + 1 });
        else Add(end.Value.School, c => interval ? c with { Counted = c.Counted + 1 } : c with { OtherStep = c.OtherStep + 1 });

        void Add(int school, Func<GrowthCoverage, GrowthCoverage> one) => coverage[(school, step)] = one(coverage.GetValueOrDefault((school, step)) ?? GrowthCoverage.Nobody);
    }

    // ---- background from the cohort itself ----

    /// <summary>A pupil repeated when an earlier score shows a higher year group than the years between allow.</summary>
    static bool Repeats(ReadOnlySpan<ScoreRow> history, int start, int step)
    {
        foreach (var score in history)
            if (score.HalfYear < start && score.YearGroup + start / 2 - score.HalfYear / 2 > step) return true;
        return false;
    }

    static string StartLevel(ScoreRow? before, Dictionary<(int HalfYear, int YearGroup), (int Low, int High)> thirds) =>
        before is not { } score ? PupilBackground.Missing
        : thirds[(score.HalfYear, score.YearGroup)] is var (low, high) && score.Tenths <= low ? "low" : score.Tenths <= high ? "middle" : "high";

    /// <summary>The scores at a third and two thirds of each moment of a scale.</summary>
    Dictionary<(int HalfYear, int YearGroup), (int Low, int High)> Thirds(int scale)
    {
        var moments = new Dictionary<(int HalfYear, int YearGroup), List<int>>();
        foreach (var score in _scores)
        {
            if (score.Scale != scale) continue;
            if (!moments.TryGetValue((score.HalfYear, score.YearGroup), out var tenths)) moments.Add((score.HalfYear, score.YearGroup), tenths = []);
            tenths.Add(score.Tenths);
        }
        foreach (var tenths in moments.Values) tenths.Sort();
        return moments.ToDictionary(m => m.Key, m => (m.Value[(m.Value.Count - 1) / 3], m.Value[(m.Value.Count - 1) * 2 / 3]));
    }

    static ScoreRow? Find(ReadOnlySpan<ScoreRow> history, int halfYear)
    {
        foreach (var score in history) if (score.HalfYear == halfYear) return score;
        return null;
    }
}

/// <summary>Backgrounds as numbers: the levels of every variable, in the order in which pupils show them, and as columns of 0 and 1 in the order of names.</summary>
sealed class BackgroundLevels(PupilBackground background)
{
    readonly string[] _variables = [PupilBackground.Start, PupilBackground.Repeater, .. background.Values.Where(v => v.Value.Count > 0).Select(v => v.Key).Order(StringComparer.Ordinal)];
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly List<string[]> _levels = [];

    internal IReadOnlyList<string> Variables => _variables;

    internal int Count => _levels.Count;

    /// <summary>The level of a variable in a background.</summary>
    internal string Level(int number, int variable) => _levels[number][variable];

    internal int Of(Rin pupil, string start, string repeater)
    {
        string[] levels = [start, repeater, .. _variables[2..].Select(v => background.Values[v].GetValueOrDefault(pupil) ?? PupilBackground.Missing)];
        var key = string.Join('|', levels);
        if (_numbers.TryGetValue(key, out var number)) return number;
        _numbers.Add(key, _levels.Count);
        _levels.Add(levels);
        return _levels.Count - 1;
    }

    /// <summary>The order of backgrounds by their levels, so that no pupil's place in the cohort shows: of each number its new one.</summary>
    internal int[] Sorted()
    {
        var order = Enumerable.Range(0, _levels.Count).OrderBy(i => string.Join('|', _levels[i]), StringComparer.Ordinal).ToArray();
        var place = new int[order.Length];
        foreach (var (i, number) in order.Index()) place[number] = i;
        return place;
    }

    /// <summary>Every level of every variable but its first, missing last.</summary>
    internal IReadOnlyList<(int Variable, string Level)> Columns() => [.. Enumerable.Range(0, _variables.Length).SelectMany(v => _levels.Select(l => l[v]).Distinct()
        .OrderBy(level => level == PupilBackground.Missing).ThenBy(level => level, StringComparer.Ordinal).Skip(1).Select(level => (v, level)))];
}
