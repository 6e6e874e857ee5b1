using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Office;
using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Tests.Office;

/// <summary>Seven schools with parents' education and their reports, made once for the tests that only read them.</summary>
public sealed class ReportsOfParents : IDisposable
{
    public ReportsOfParents() => SchoolReportUnseenTests.FillAndMake(Office);

    internal SmallOffice Office { get; } = new();

    public void Dispose() => Office.Dispose();
}

/// <summary>A report of groups that the school cannot see: words, and nothing from which it could find out who is in them.</summary>
public sealed class SchoolReportUnseenTests(ReportsOfParents made) : IClassFixture<ReportsOfParents>, IDisposable
{
    const string Shown = "99AA00", FewLow = "99BB00", NobodyHigh = "99CC00";
    static readonly string[] s_schools = [Shown, FewLow, NobodyHigh, "99DD00", "99EE00", "99FF00", "99GG00"];

    /// <summary>The shared office, or a test's own that changes it.</summary>
    SmallOffice _office = made.Office;

    public void Dispose()
    {
        if (_office != made.Office) _office.Dispose();
    }

    internal static void FillAndMake(SmallOffice office)
    {
        Fill(office);
        Make(office);
    }

    /// <summary>Seven schools of 27 pupils in two steps; where parents have less education pupils grow less, at the first school much less.</summary>
    static void Fill(SmallOffice office)
    {
        office.Register(Enumerable.Range(1, 200).Select(Child.Of));
        office.Open();
        var (n, background) = (0, new StringBuilder("key,parent_education,sex\n"));
        foreach (var location in s_schools)
        {
            List<DeliveredPupil> pupils = [];
            for (var i = 0; i < 27; i++)
            {
                var child = Child.Of(++n);
                background.Append(System.Globalization.CultureInfo.InvariantCulture, $"{child.Key},{(Low(location, i) ? "low" : "high")},{child.Sex}\n");
                var (start, growth) = (1500 + 37 * n % 90, Growth(location, i, n));
                var group = i < 14 ? 4 : 5;
                pupils.Add(child.With(Child.Result("2023-01-24", $"M{group}", start), Child.Result("2023-06-06", $"E{group}", start + growth)));
            }
            Assert.True(office.Deliver(office.School(location), pupils).Ok);
        }
        Assert.True(office.Link().Ok);
        var file = Path.Combine(office.Folder, "background.csv");
        File.WriteAllText(file, background.ToString());
        Assert.Equal(0, Background.Import(office.Home, file, new(2023, 3, 1), "CBS-wet 33 report").Value!.Unknown);
    }

    static bool Low(string location, int i) => location switch { FewLow => i < 5, NobodyHigh => true, _ => i % 9 < 4 };

    static int Growth(string location, int i, int n) => 50 + 7 * n % 17 - (Low(location, i) ? location == Shown ? 30 : 4 : 0);

    static void Make(SmallOffice office)
    {
        Assert.True(SchoolReports.Make(office.Home, SmallOffice.E23).Ok);
        Assert.Empty(SchoolReports.Held(office.Home, SmallOffice.E23).SelectMany(h => h.Findings));
    }

    string[] Lines(string school, string version = "")
    {
        using var opened = Envelope.Open(File.ReadAllBytes(_office.Home.At("outgoing", "school", "2023-2", $"{school}-2023-2{version}.csv.age")), _office.School(school).Reports);
        return Encoding.UTF8.GetString(opened.Content!).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    IEnumerable<string> OfParents(string school, string version = "") => Lines(school, version).Where(l => l.Contains(",parent_education,", StringComparison.Ordinal)).Select(l => string.Join(',', l.Split(',')[6..]));

    [Fact]
    public void Of_parents_education_a_school_reads_a_level_and_the_national_gap_and_no_number_of_its_own()
    {
        var lines = OfParents(Shown).ToList();
        Assert.Equal(["gap-level,level", "gap-level,all"], lines.Select(l => string.Join(',', l.Split(',')[..2])));
        Assert.Contains(lines[0].Split(',')[2], (string[])["1", "2"]);
        foreach (var (language, words, only) in new[] { ("nl", "groter", "Uit cijfers zou een school kunnen afleiden wie in de groep zit."), ("en", "wider", "From figures a school could find out who is in the group.") })
        {
            var page = _office.Report(_office.School(Shown), language);
            Assert.Contains(only, page, StringComparison.Ordinal);
            Assert.Matches($@"data-cell=""wider\|maths\|lvs-3\|parent_education\|gap-level"">[a-z]+ {words}<", page);
            Assert.DoesNotMatch(@"parent_education\|(gap|gap-sizes)\|", page);
        }
    }

    [Fact]
    public void Of_girls_and_boys_whom_the_school_sees_itself_it_reads_the_gap_in_figures()
    {
        var sex = Lines(Shown).Where(l => l.Contains(",sex,", StringComparison.Ordinal)).Select(l => l.Split(',')[6..]).ToList();
        Assert.Contains(sex, line => line[..2] is ["gap", "mean"] && line[2].Length > 0);
        Assert.Equal(["13", "14"], sex.Where(line => line[0] == "gap-sizes").Select(line => line[2]).Order());
        Assert.Matches(@"<th scope=""row"">meisjes min jongens</th><td class=""number"" data-cell=""maths\|lvs-3\|sex\|gap\|mean"">", _office.Report(_office.School(Shown), "nl"));
    }

    [Fact]
    public void A_small_group_and_a_group_of_nobody_are_hidden_for_one_reason()
    {
        foreach (var school in (string[])[FewLow, NobodyHigh]) Assert.Equal(["gap-level,,,members-could-be-found"], OfParents(school));
        Assert.Contains("Niet getoond: te klein, of af te leiden wie erin zit", _office.Report(_office.School(FewLow), "nl"), StringComparison.Ordinal);
        Assert.Contains("Not shown: too small, or members could be found", _office.Report(_office.School(NobodyHigh), "en"), StringComparison.Ordinal);
        // In a drawing of 360 wide the reason must fit, or the report would be held.
        var rule = Groeilijn.Gate.Profile.School.Rule;
        foreach (var reason in (HiddenBecause[])[HiddenBecause.Members, HiddenBecause.History, HiddenBecause.Together, HiddenBecause.FewPupils]) foreach (var dutch in (bool[])[true, false]) Assert.InRange(rule.Words(reason, dutch).Length, 1, 60);
    }

    [Fact]
    public void What_was_shown_is_kept_and_the_same_reports_again_change_nothing()
    {
        var before = (Lines(Shown), Kept());
        Assert.Equal(5, before.Item2.Count(kept => !kept.Item3));
        Assert.Contains(before.Item2, kept => kept.Item3); // expected growth depends on the parents too
        Assert.All(SchoolReports.Make(_office.Home, SmallOffice.E23).Value!, released => Assert.True(released.Again));
        Assert.Equal(before.Item1, Lines(Shown));
        Assert.Equal(before.Item2, Kept());
        _office.Home.Sequence();
        Assert.Equal(before.Item2.Select(kept => kept.Item1).Distinct().Count(), _office.Home.Ledger.Entries().Count(entry => Encoding.UTF8.GetString(entry).Contains("\"step\":\"levels-kept\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_level_that_with_an_earlier_one_leaves_no_other_division_is_hidden_and_of_other_schools_it_is_not()
    {
        FillAndMake(_office = new());
        // As if an earlier report had said what by its function no division of these pupils gives: schools that do not differ, and yet clearly wider.
        _office.Home.Database.Write(t => t.Execute("INSERT INTO unseen_levels (edition, version, school, variable, subject, scale, level, made) SELECT edition, 9, school, variable, subject, scale, 2, '-0.1 0 0 1 27 4 1 5 1' FROM unseen_levels WHERE school = @Shown AND made NOT LIKE 'reference%'", new { Shown }));
        Assert.True(SchoolReports.Correct(_office.Home, SmallOffice.E23, ("Proef.", "Trial.")).Ok);
        Assert.Equal(["gap-level,,,members-could-be-found"], OfParents(Shown, "-v2"));
        Assert.Equal(2, OfParents("99DD00", "-v2").Count());
        // What depends on the same groups goes with it: the growth that was expected.
        Assert.All(Lines(Shown, "-v2").Where(l => l.Contains(",reference,", StringComparison.Ordinal)), l => Assert.EndsWith(",members-could-be-found", l, StringComparison.Ordinal));
        Assert.Contains(Lines("99DD00", "-v2"), l => l.Contains(",reference,value,", StringComparison.Ordinal));
    }

    [Fact]
    public void The_next_edition_is_judged_beside_what_the_school_has_and_everybody_may_be_in_either_group()
    {
        FillAndMake(_office = new());
        var next = WithdrawalDesk.Next;
        _office.Open(next);
        foreach (var (s, location) in s_schools.Index())
            Assert.True(_office.Deliver(_office.School(location), Enumerable.Range(0, 27).Select(i => (Child: Child.Of(s * 27 + i + 1), I: i, N: s * 27 + i + 1)).Select(c =>
                c.Child.With(Child.Result("2024-01-20", c.I < 14 ? "M5" : "M6", 1500 + 37 * c.N % 90 + Growth(location, c.I, c.N) + Growth(location, c.I, c.N + 5)))), edition: next).Ok);
        Assert.True(_office.Link(next).Ok);
        Assert.True(SchoolReports.Make(_office.Home, next).Ok);
        Assert.Empty(SchoolReports.Held(_office.Home, next).SelectMany(h => h.Findings));
        var statistics = ReportStatistics.Of(_office.Home, next);
        var unseen = new KeptLevels(_office.Home, statistics).Of(Shown);
        Assert.Equal(6, unseen.Earlier.Count); // a gap and two expected growths of both editions, read anew from the cohort
        Assert.All(unseen.Earlier, level => Assert.True(level.Level.Agrees(level.Classes)));
        Assert.Equal([13, 13, 14, 14, 27, 27], unseen.Earlier.Select(level => level.Level.Step.Count(step => step >= 0)).Order());
        var hidden = new HiddenClasses(unseen.Earlier[0].Classes);
        Assert.All(unseen.Earlier, level => Assert.True(hidden.TryAdd(level.Level)));
        foreach (var (pupil, world) in hidden.Worlds.Index())
        {
            Assert.Equal((1, 2), (world.InFirst![pupil], world.InSecond![pupil]));
            Assert.All(unseen.Earlier, level => Assert.True(level.Level.Agrees(world.InFirst) && level.Level.Agrees(world.InSecond)));
        }
    }

    [Fact]
    public void The_words_of_a_gap_that_was_sown_wrong_and_a_number_of_a_hidden_group_are_held()
    {
        Fill(_office = new());
        var spoilt = new Dictionary<string, (string From, string To)>
        {
            [Shown] = ("gap-level,level,", "gap-level,level,-"),
            ["99DD00"] = ("parent_education,gap-level,all,", "parent_education,gap,mean,"),
        };
        var run = ReportRun.Continue(_office.Home, SmallOffice.E23);
        Assert.True(SchoolReports.Run(_office.Home, run, null, (school, files) => !spoilt.TryGetValue(school, out var s) ? files : [.. files.Select(f =>
            f.Name.EndsWith("csv", StringComparison.Ordinal) ? f with { Content = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(f.Content).Replace(s.From, s.To, StringComparison.Ordinal)) } : f)]).Ok);
        Assert.Equal([Shown, "99DD00"], SchoolReports.Held(_office.Home, SmallOffice.E23).Select(h => h.School));
    }

    [Fact]
    public void What_a_model_says_has_two_decimals_and_an_expected_growth_one()
    {
        foreach (var cells in Lines(Shown).Skip(1).Select(l => l.Split(',')))
        {
            var decimals = cells[8].Contains('.', StringComparison.Ordinal) ? cells[8].Split('.')[1].Length : 0;
            if (cells[6] is "effect" or "gap" or "trend" or "three-years" or "if-less" or "if-more" or "tipping" or "standardised" or "gap-level") Assert.InRange(decimals, 0, 2);
            if (cells[6] is "reference") Assert.InRange(decimals, 0, 1);
        }
        Assert.Contains(Lines(Shown), l => l.Contains(",effect,mean,", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mean_gap_that_would_tell_a_board_of_a_few_pupils_elsewhere_is_hidden()
    {
        Fill(_office = new());
        // Without the six schools of one board, five children of low-educated parents are left behind the mean gap.
        Assert.True(Boards.Keep(_office.Home, ["school,board", .. s_schools.Where(s => s != FewLow).Select(s => $"{s},41")]).Ok);
        Make(_office);
        Assert.Equal(["gap-level,,,unsafe-given-history"], OfParents(Shown));
        Assert.Contains(OfParents(FewLow), l => l.EndsWith(",members-could-be-found", StringComparison.Ordinal));
    }

    [Fact]
    public void Most_worlds_are_exchanges_that_leave_every_count_as_it_is()
    {
        var levels = new KeptLevels(_office.Home, ReportStatistics.Of(_office.Home, SmallOffice.E23)).Of(Shown);
        var facts = levels.Earlier;
        var hidden = new HiddenClasses(facts[0].Classes);
        Assert.All(facts, level => Assert.True(hidden.TryAdd(level.Level)));
        int[][] worlds = [.. hidden.Worlds.SelectMany(w => new[] { w.InFirst!, w.InSecond! })];
        var exchanges = worlds.Count(world => facts.All(fact => Enumerable.Range(1, 2).All(group => Members(world, group, fact.Level) == Members(fact.Classes, group, fact.Level))));
        Assert.True(exchanges >= worlds.Length * 9 / 10, $"{exchanges} of {worlds.Length}");

        // How many of a group count in each step of a number.
        static string Members(IReadOnlyList<int> classes, int group, PublishedLevel level) => string.Join(' ', Enumerable.Range(0, level.Steps).Select(step => Enumerable.Range(0, classes.Count).Count(p => classes[p] == group && level.Step[p] == step)));
    }

    List<(string, string, bool)> Kept() => [.. _office.Home.Database.Read<(string School, string Variable, long Level, string Made)>("SELECT school, variable, level, made FROM unseen_levels ORDER BY school, made")
        .Select(row => (row.School, FormattableString.Invariant($"{row.Variable} {row.Level} {row.Made}"), row.Made.StartsWith("reference", StringComparison.Ordinal)))];
}
