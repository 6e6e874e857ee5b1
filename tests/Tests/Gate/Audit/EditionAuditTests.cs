using System.Globalization;
using Groeilijn.Cli.Demo;
using Groeilijn.Columns;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Research;
using Groeilijn.Testland;

namespace Groeilijn.Tests.Gate.Audit;

/// <summary>
/// All reports, public tables and research outputs of an invented country together, attacked by everybody who reads them: the public, each school, each board, a project, and any of these that knows two children besides.
/// Forty schools and six half-years with <c>GROEILIJN_TORTURE=1</c>, otherwise a small country.
/// </summary>
public sealed class EditionAuditTests(EditionAuditTests.Country country, ITestOutputHelper output) : IClassFixture<EditionAuditTests.Country>
{
    /// <summary>Ten remain without two whom a parent knows.</summary>
    const int Least = 12;

    /// <summary>A country through the whole chain, and what left of it.</summary>
    public sealed class Country : IDisposable
    {
        readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-audit-").FullName;
        readonly Lazy<(EditionTruth, IReadOnlyDictionary<string, string>)> _made;

        public Country() => _made = new(Make);

        internal EditionTruth Truth => _made.Value.Item1;

        /// <summary>The board of each school.</summary>
        public IReadOnlyDictionary<string, string> Boards => _made.Value.Item2;

        public void Dispose() => Directory.Delete(_folder, true);

        (EditionTruth, IReadOnlyDictionary<string, string>) Make()
        {
            if (ColumnLibrary.Find() is null) Assert.Skip("DuckDB's library is not here; setup/duckdb.sh fetches it.");
            var torture = Environment.GetEnvironmentVariable("GROEILIJN_TORTURE") == "1";
            var land = new TestlandOptions { Schools = torture ? 40 : 8, Editions = torture ? 6 : 2 };
            var research = new AuditedProject(Path.Combine(_folder, "desk"));
            Edition[] editions = [.. land.AllEditions];
            DemoRun.Run(new DemoOptions(_folder, land.Schools, land.Editions, Afterwards: false) { AfterRound = (office, edition) => { if (edition == editions[(editions.Length - 1) / 2]) research.Begin(office, edition); } }, new Story(TextWriter.Null, quiet: true));
            using var home = OfficeHome.Open(Path.Combine(_folder, "office"), TimeProvider.System);
            research.End(home);
            var truth = new EditionTruth(home, editions, (school, edition) => Directory.Exists(Path.Combine(_folder, "schools", school))
                ? Directory.EnumerateFiles(Path.Combine(_folder, "schools", school), $"*{school}-{edition}*.csv", SearchOption.AllDirectories).Select(File.ReadAllText).FirstOrDefault() : null);
            research.Tell(home, truth);
            return (truth, Groeilijn.Office.Boards.All(home));
        }
    }

    /// <summary>Who reads: with what, and knowing whose scores.</summary>
    IEnumerable<(string Name, List<Figure> Figures, Func<int, bool> Knows)> Attackers()
    {
        var truth = country.Truth;
        yield return ("the public", truth.Public, _ => false);
        foreach (var (school, own) in truth.Reports) yield return ($"school {school}", [.. truth.Public, .. own], truth.KnownTo(school));
        foreach (var board in country.Boards.Where(b => truth.Reports.ContainsKey(b.Key)).GroupBy(b => b.Value, b => b.Key))
            if (board.Count() > 1) yield return ($"board {board.Key}", [.. truth.Public, .. board.SelectMany(school => truth.Reports[school])], truth.KnownTo([.. board]));
        // At most eleven people are looked for across rooms: a public figure that is hidden for its few schools, or for others, and is larger, may follow for a project.
        foreach (var (project, own) in truth.Projects) yield return ($"project {project}", [.. truth.Public.Select(f => f.Shown || Pupils(f) < Least ? f : f with { ForAnother = true }), .. own], _ => false);
    }

    int Pupils(Figure figure) => figure.Scores.Select(s => country.Truth.PupilOf[s]).Distinct().Count();

    [Fact]
    public void No_reader_of_a_country_can_compute_a_small_group()
    {
        var outputs = country.Truth.Projects.Values.Sum(project => project.Count(f => f.Shown));
        var (attackers, figures) = (0, country.Truth.Public.Count(f => f.Shown) + country.Truth.Reports.Values.Sum(r => r.Count(f => f.Shown)) + outputs);
        List<string> found = [];
        foreach (var (name, has, knows) in Attackers())
        {
            attackers++;
            found.AddRange(Attack.AtRisk(has, country.Truth.PupilOf, knows, Least).Select(risk => $"{name}: {risk}"));
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{attackers} attackers, {figures} figures shown ({outputs} of a project), {country.Truth.Public.Count(f => !f.Shown)} public and {country.Truth.Reports.Values.Sum(r => r.Count(f => !f.Shown))} report figures hidden: {found.Count} at risk"));
        Assert.True(figures > 200 && outputs > 20, $"{figures} figures are shown, {outputs} of a project");
        Assert.True(found.Count == 0, $"{found.Count} at risk:\n{string.Join('\n', found.Take(40))}");
    }

    [Fact]
    public void From_a_total_and_the_reasons_no_hidden_count_is_known_closer_than_the_minimum()
    {
        var narrow = country.Truth.Totals.Where(t => Attack.Widths(t.Total, t.Parts, Least).Any(width => width < Least - 1))
            .Select(t => $"{t.Name}: {t.Total} = {string.Join(" + ", t.Parts.Select(p => $"{p.Pupils}{(p.Shown ? "" : p.Small ? " (small)" : " (hidden)")}"))}").ToList();
        Assert.True(narrow.Count == 0, string.Join('\n', narrow.Take(20)));
    }

    [Fact]
    public void The_attack_finds_what_is_leaked_on_purpose()
    {
        var truth = country.Truth;
        // A cell under the minimum, in clear.
        var small = truth.Public.FindIndex(f => !f.Shown && Pupils(f) is > 0 and < Least);
        Assert.NotEmpty(Attack.AtRisk(truth.Public.Select((f, i) => i == small ? f with { Shown = true } : f), truth.PupilOf, _ => false, Least));

        // A sum without seven of its pupils: both schools of a board may have one of the two, and only the board has both.
        var (large, board) = (truth.Public.Concat(truth.Reports.SelectMany(r => r.Value)).Where(f => f.Shown).MaxBy(Pupils)!, country.Boards.Where(b => truth.Reports.ContainsKey(b.Key)).GroupBy(b => b.Value, b => b.Key).First(b => b.Count() > 1).ToList());
        var (before, gone) = (large with { Name = "leak" }, large.Scores.Select(s => truth.PupilOf[s]).Distinct().Take(7).ToHashSet());
        var without = large with { Name = "leak without seven", Scores = [.. large.Scores.Where(s => !gone.Contains(truth.PupilOf[s]))] };
        bool nobody(int _) => false;
        Assert.Empty(Attack.AtRisk([before], truth.PupilOf, nobody, Least));
        Assert.Empty(Attack.AtRisk([without], truth.PupilOf, nobody, Least));
        Assert.NotEmpty(Attack.AtRisk([before, without], truth.PupilOf, nobody, Least));
        Assert.NotEmpty(Attack.AtRisk([.. truth.Public, .. truth.Reports[board[0]], .. truth.Reports[board[1]], before with { Statistic = "leaked" }, without with { Statistic = "leaked" }], truth.PupilOf, nobody, Least));

        // Of which all but some are the reader's own.
        var own = truth.KnownTo(board[0]);
        var mine = Enumerable.Range(0, truth.PupilOf.Count).Where(own).ToList();
        var theirs = Enumerable.Range(0, truth.PupilOf.Count).Where(s => !own(s)).DistinctBy(s => truth.PupilOf[s]).Take(8);
        Assert.NotEmpty(Attack.AtRisk([new Figure("mine and eight", "leaked", [.. mine, .. theirs], true)], truth.PupilOf, own, Least));
    }

    [Fact]
    public void The_attack_finds_what_a_project_would_leak()
    {
        var truth = country.Truth;
        bool nobody(int _) => false;
        // A public figure without seven of its pupils.
        var figure = truth.Public.Where(f => f.Shown && f.Name.Contains("scores", StringComparison.Ordinal)).MaxBy(Pupils)!;
        var gone = figure.Scores.Take(7).ToHashSet();
        Assert.NotEmpty(Attack.AtRisk([.. truth.Public, figure with { Name = "output", Scores = [.. figure.Scores.Where(s => !gone.Contains(s))] }], truth.PupilOf, nobody, Least));

        // Two half-years of a group together, and the same less the first, of which eight had no score.
        var (first, second) = (Enumerable.Range(0, 40).ToList(), Enumerable.Range(40, 48).ToList());
        int[] pupilOf = [.. first, .. second.Select(s => s - 40)];
        Figure[] both = [new("together", "maths", [.. first, .. second], true) { Less = second.ToHashSet() }, new("growth", "maths", [.. first, .. second.Take(40)], true)];
        Assert.Empty(Attack.AtRisk([both[0]], pupilOf, nobody, Least));
        Assert.Empty(Attack.AtRisk([both[1]], pupilOf, nobody, Least));
        Assert.NotEmpty(Attack.AtRisk([.. both, new("first", "maths", first, true)], pupilOf, nobody, Least));
    }

    [Theory]
    [InlineData(60, new long[] { 4, 20, 36 }, new[] { "small", "hidden", "shown" }, 11)]
    [InlineData(60, new long[] { 4, 12, 44 }, new[] { "small", "hidden", "shown" }, 4)]
    [InlineData(60, new long[] { 9, 11, 40 }, new[] { "small", "small", "shown" }, 2)]
    public void Reasons_are_knowledge(long total, long[] pupils, string[] state, long narrowest) =>
        Assert.Equal(narrowest, Attack.Widths(total, [.. pupils.Zip(state, (n, s) => (n, s == "shown", s == "small"))], Least).Min());
}
