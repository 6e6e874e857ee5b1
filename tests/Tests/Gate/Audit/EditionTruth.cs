using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Tests.Gate.Audit;

/// <summary>
/// Everything that left an office, written down as sums over the scores in its cohort: read from the files that readers got, with who is behind each cell counted anew from the cohort as it was after the round.
/// </summary>
sealed class EditionTruth
{
    readonly Dictionary<(Rin, Subject, string, Edition, DateOnly, int), int> _numbers = [];
    readonly List<int> _pupilOf = [];
    readonly List<string> _schoolOf = [];
    readonly Dictionary<Rin, int> _pupils = [];
    readonly Dictionary<string, string> _parts;
    readonly Dictionary<string, List<Figure>> _reports = new(StringComparer.Ordinal);

    /// <param name="home">The office.</param>
    /// <param name="editions">The editions of which tables and reports left.</param>
    /// <param name="report">The CSV form of a school's report of an edition as the school opened it; null when it got none.</param>
    public EditionTruth(OfficeHome home, IReadOnlyList<Edition> editions, Func<string, Edition, string?> report)
    {
        _parts = Groeilijn.Office.Schools.All(home).ToDictionary(s => s.Location.Code, s => s.Province.Part.Code, StringComparer.Ordinal);
        foreach (var edition in editions)
        {
            var moments = Moments(home, edition);
            foreach (var table in (string[])["scores", "growth"])
                if (home.At("outgoing", "public", edition.ToString(), table + ".csv") is var file && File.Exists(file)) Read(file, edition, moments);
            foreach (var school in _parts.Keys)
                if (report(school, edition) is { } csv) Read(csv, school, edition, moments);
        }
    }

    /// <summary>What everybody has.</summary>
    public List<Figure> Public { get; } = [];

    /// <summary>Of each total that is shown: the parts with their pupils, whether they are shown and whether the reason says that they are small.</summary>
    public List<(string Name, long Total, List<(long Pupils, bool Shown, bool Small)> Parts)> Totals { get; } = [];

    /// <summary>What each school got of its own.</summary>
    public IReadOnlyDictionary<string, List<Figure>> Reports => _reports;

    /// <summary>What each project took out.</summary>
    public Dictionary<string, List<Figure>> Projects { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// An output of a project: of each line the results that its file holds with these codes, from the cohort as it was when the file was made. In each second half-year a score counts negatively, as growth is a sum.
    /// </summary>
    public void Output(OfficeHome home, string project, Edition made, string name, string csv, Func<CohortRow, bool> chosen)
    {
        if (!Projects.TryGetValue(project, out var figures)) Projects.Add(project, figures = []);
        var rows = Cohort.Rows(home, made).Where(chosen).ToList();
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        string[] by = [.. lines[0].TakeWhile(column => column is not ("pupils" or "mean" or "sd"))];
        foreach (var cell in lines.Skip(1))
        {
            var inCell = rows.Where(row => by.Index().All(column => Code(row, column.Item) == cell[column.Index])).ToList();
            var shown = cell[^2] == "published";
            if (shown && lines[0].Contains("pupils")) Assert.Equal(cell[Array.IndexOf(lines[0], "pupils")], inCell.Select(row => row.Rin).Distinct().Count().ToString(System.Globalization.CultureInfo.InvariantCulture));
            foreach (var of in inCell.GroupBy(row => $"{row.Subject.Code()} {row.Scale}"))
            {
                var scores = of.Select(row => (Numbered(row).Score, row.Edition.Half)).ToList();
                figures.Add(new($"{project} {name} {string.Join(' ', cell[..by.Length])}", of.Key, [.. scores.Select(s => s.Score)], shown) { Less = scores.Where(s => s.Half == HalfYear.E).Select(s => s.Score).ToHashSet() });
            }
        }
    }

    static string Code(CohortRow row, string column) => column switch
    {
        "edition" => row.Edition.ToString(),
        "subject" => row.Subject.Code(),
        "scale" => row.Scale,
        "moment" => row.Moment.ToString(),
        "pupil_year_group" => row.PupilYearGroup.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => row.TestYearGroup.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>Whose each score is.</summary>
    public IReadOnlyList<int> PupilOf => _pupilOf;

    /// <summary>Whether a score is of one of these schools.</summary>
    public Func<int, bool> KnownTo(params IReadOnlyCollection<string> schools) => score => schools.Contains(_schoolOf[score]);

    /// <summary>A score that counts: the last of the half-year.</summary>
    readonly record struct Counted(int Score, int Pupil, string School, int YearGroup);

    /// <summary>The scores that count, of a half-year by subject and scale, as the cohort was after a round.</summary>
    Dictionary<(Subject, string, Edition), Dictionary<int, Counted>> Moments(OfficeHome home, Edition round) =>
        Cohort.Rows(home, round, round, round.Previous).GroupBy(r => (r.Subject, r.Scale, r.Edition)).ToDictionary(g => g.Key, g => g.GroupBy(r => r.Rin)
            .Select(own => own.OrderBy(r => r.TestDate).ThenBy(r => r.ScoreTenths).ThenByDescending(r => r.School, StringComparer.Ordinal).Last()).Select(Numbered).ToDictionary(c => c.Pupil));

    Counted Numbered(CohortRow row)
    {
        if (!_pupils.TryGetValue(row.Rin, out var pupil)) _pupils.Add(row.Rin, pupil = _pupils.Count);
        // Another value is another unknown.
        var key = (row.Rin, row.Subject, row.Scale, row.Edition, row.TestDate, row.ScoreTenths);
        if (!_numbers.TryGetValue(key, out var number))
        {
            _numbers.Add(key, number = _pupilOf.Count);
            _pupilOf.Add(pupil);
            _schoolOf.Add(row.School);
        }
        return new Counted(number, pupil, row.School, row.PupilYearGroup);
    }

    /// <summary>A public table: subject, scale, year group or step, part of the country.</summary>
    void Read(string file, Edition edition, Dictionary<(Subject, string, Edition), Dictionary<int, Counted>> moments)
    {
        foreach (var group in File.ReadLines(file).Skip(1).Select(line => line.Split(',')).GroupBy(c => string.Join(' ', c[..3])))
        {
            List<(string Part, long Pupils, bool Shown, bool Small)> parts = [];
            foreach (var cell in group)
            {
                // LD01-02 is two parts together.
                string[] here = cell[3] == "NL" ? [.. _parts.Values] : cell[3].Length == 4 ? [cell[3]] : [cell[3][..4], "LD" + cell[3][5..]];
                bool Here(string school) => here.Contains(_parts[school]);
                var pairs = cell[2].Length == 1
                    ? At(moments, Of(cell[0]), cell[1], edition).Where(s => s.YearGroup == cell[2][0] - '0' && Here(s.School)).Select(s => (int[])[s.Score]).ToList()
                    : [.. Steps(moments, Of(cell[0]), cell[1], edition, cell[2]).Where(s => Here(s.School)).Select(s => (int[])[s.From, s.To])];
                var (name, shown) = ($"{edition} {Path.GetFileNameWithoutExtension(file)} {string.Join(' ', cell[..4])}", cell[6] == "published");
                if (shown) Assert.Equal(cell[4], pairs.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Public.Add(new(name, $"{cell[0]} {cell[1]}", [.. pairs.SelectMany(p => p)], shown, cell[7] is "protects-another-cell" or "shown-with-another"));
                if (cell[3].Length == 4) parts.Add((cell[3], pairs.Count, shown, cell[7].EndsWith("-pupils", StringComparison.Ordinal)));
                else if (shown) Totals.Add((name, pairs.Count, [.. parts.Where(p => cell[3] == "NL" || here.Contains(p.Part)).Select(p => (p.Pupils, p.Shown, p.Small))]));
                if (shown && cell[3].Length > 4) parts = [.. parts.Where(p => !here.Contains(p.Part)), (cell[3], pairs.Count, true, false)];
            }
        }
    }

    /// <summary>A school's own figures: of a part hidden once no value of it stands in the file.</summary>
    void Read(string csv, string school, Edition edition, Dictionary<(Subject, string, Edition), Dictionary<int, Counted>> moments)
    {
        if (!_reports.TryGetValue(school, out var figures)) _reports.Add(school, figures = []);
        foreach (var line in csv.Split("\r\n").Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')).DistinctBy(c => (c[3], c[4], c[5], c[6])))
        {
            var (subject, scale, step, part, shown) = (Of(line[3]), line[4], line[5], line[6], line[9].Length == 0);
            var (own, all) = (part is "own" or "level" or "difference" or "standardised", part is "all" or "spread" or "difference" or "standardised");
            if (!own && !all) continue;
            foreach (var whole in (bool[])[false, true])
            {
                if (whole ? !all : !own) continue;
                var pairs = Steps(moments, subject, scale, edition, step).Where(s => whole || s.School == school).ToList();
                var name = $"{edition} {school} {line[3]} {scale} {step} {part}";
                if (part is not ("level" or "spread")) figures.Add(new(name, $"{line[3]} {scale}", [.. pairs.SelectMany(p => (int[])[p.From, p.To])], shown));
                else figures.AddRange([new(name + " start", $"{line[3]} {scale}", [.. pairs.Select(p => p.From)], shown), new(name + " end", $"{line[3]} {scale}", [.. pairs.Select(p => p.To)], shown)]);
            }
        }
    }

    static Dictionary<int, Counted>.ValueCollection At(Dictionary<(Subject, string, Edition), Dictionary<int, Counted>> moments, Subject subject, string scale, Edition edition) =>
        (moments.GetValueOrDefault((subject, scale, edition)) ?? []).Values;

    /// <summary>Who grew over a step at one school: <c>M4-E4</c>, <c>E4-M5</c>.</summary>
    static IEnumerable<(int From, int To, string School)> Steps(Dictionary<(Subject, string, Edition), Dictionary<int, Counted>> moments, Subject subject, string scale, Edition edition, string step) =>
        from later in At(moments, subject, scale, edition)
        where later.YearGroup == step[4] - '0' && moments.ContainsKey((subject, scale, edition.Previous))
        where moments[(subject, scale, edition.Previous)].TryGetValue(later.Pupil, out var earlier) && earlier.YearGroup == step[1] - '0' && earlier.School == later.School
        select (moments[(subject, scale, edition.Previous)][later.Pupil].Score, later.Score, later.School);

    static Subject Of(string code) => Subjects.TryRead(code, out var subject) ? subject : throw new InvalidDataException(code);
}
