using Groeilijn.Columns;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>The cohort over the years: errors found later, pupils who come back, background from the office's own registers, and an end to it all.</summary>
public sealed class CohortYearsTests : IDisposable
{
    readonly SmallOffice _office = new();
    readonly Edition _next = WithdrawalDesk.Next;

    public void Dispose() => _office.Dispose();

    SmallSchool School => _office.School("99AA00");

    LinkedRound Linked(Edition edition, SmallSchool school, params DeliveredPupil[] pupils)
    {
        if (Rounds.Find(_office.Home, edition) is null) _office.Open(edition);
        var delivered = _office.Deliver(school, pupils, edition: edition);
        Assert.True(delivered.Ok, delivered.Refusal?.ToString());
        return _office.Link(edition).Value!;
    }

    static DeliveredPupil Once(Child child, int score) => child.With(Child.Result("2023-06-06", "E4", score));

    /// <summary>A pupil with a result that never changes, by which the school's pupil is known again, and one that may.</summary>
    static DeliveredPupil Scored(Child child, int score) => child.With(Child.Result("2023-06-05", "E4", 900, "reading"), Child.Result("2023-06-06", "E4", score));

    [Fact]
    public void Another_score_of_the_same_school_is_a_numbered_correction_and_readers_take_the_latest()
    {
        _office.Register(Child.Of(1), Child.Of(2));
        Linked(SmallOffice.E23, School, Scored(Child.Of(1), 1500), Scored(Child.Of(2), 1700));
        var second = Linked(_next, School, Scored(Child.Of(1), 1510), Scored(Child.Of(2), 1700));
        Assert.Equal((1, 1, 0), (second.Corrections, second.Results, second.Contradictions));
        var third = Linked(_next.Next, School, Scored(Child.Of(1), 1520));
        Assert.Equal(1, third.Corrections);

        Assert.Equal([(1520, 2), (1700, 0)], Maths(null).Select(r => (r.ScoreTenths, r.Correction)).Order());
        Assert.Equal([1510, 1700], Maths(_next).Select(r => r.ScoreTenths).Order()); // as it was after the second round
        Assert.Equal([1500, 1700], Maths(SmallOffice.E23).Select(r => r.ScoreTenths).Order());
        Assert.Equal([1520, 1700], Scores());
        Assert.Equal((1L, 0L), _office.Home.Database.ReadOne<(long, long)>("SELECT corrections, contradictions FROM rounds WHERE edition = @edition", new { edition = _next.ToString() }));

        IEnumerable<CohortRow> Maths(Edition? round) => Cohort.Rows(_office.Home, round).Where(row => row.Subject == Subject.Maths);

        List<int> Scores()
        {
            using var database = ColumnDatabase.Open();
            return database.Query($"SELECT score_tenths FROM {Cohort.Scan(_office.Home)} WHERE subject = 'maths' ORDER BY 1", row => row.GetInt32(0));
        }
    }

    [Fact]
    public void Another_schools_other_score_is_counted_and_not_taken()
    {
        _office.Register(Child.Of(1));
        Linked(SmallOffice.E23, School, Scored(Child.Of(1), 1500));
        var second = Linked(_next, _office.School("99BB00"), Scored(Child.Of(1), 1510));
        Assert.Equal((0, 1, 0), (second.Corrections, second.Contradictions, second.Results));
        Assert.Equal([900, 1500], Cohort.Rows(_office.Home).Select(row => row.ScoreTenths).Order());
    }

    [Fact]
    public void Who_was_not_linked_and_is_now_is_counted_as_recovered()
    {
        _office.Register(Child.Of(1));
        Assert.Equal(0, Linked(SmallOffice.E23, School, Once(Child.Of(1), 1500), Once(Child.Of(2), 1600)).Recovered);
        _office.Register(Child.Of(2), Child.Of(3));
        var newcomer = Child.Of(3).With(Child.Result("2024-01-20", "M5", 1650));
        Assert.Equal(1, Linked(_next, School, Once(Child.Of(1), 1500), Once(Child.Of(2), 1600), newcomer).Recovered);
    }

    [Fact]
    public void A_withdrawn_pupils_corrections_go_too()
    {
        using var desk = new WithdrawalDesk(3);
        desk.Office.Open(_next);
        Assert.True(desk.Office.Deliver(desk.School, [SmallOffice.Grown(Child.Of(1), 4, 499)], edition: _next).Ok);
        Assert.Equal(1, desk.Office.Link(_next).Value!.Corrections);
        desk.Pass(TimeSpan.FromHours(1));
        desk.Object(Child.Of(1));
        desk.Process();
        Assert.Equal(0, desk.Rows(desk.RinOf(Child.Of(1))));
        Assert.Equal(4, Cohort.Rows(desk.Home).Count);
    }

    [Fact]
    public void Who_is_kept_long_enough_goes_from_cohort_background_and_projects_and_the_log_says_so()
    {
        _office.Register(Child.Of(1), Child.Of(2));
        Linked(SmallOffice.E23, School, Once(Child.Of(1), 1500), Once(Child.Of(2), 1600));
        Linked(_next, School, Child.Of(2).With(Child.Result("2024-01-20", "M5", 1650)));
        Import("key,income\np000001,4\np000002,5\n");
        Assert.Equal(2, Projects.Create(_office.Home, "plain", SmallOffice.E23, new ProjectFilter()).Value!.Pupils);
        _office.Clock.Now = new(2035, 7, 1, 9, 0, 0, TimeSpan.Zero); // twelve years after the tests of June 2023
        Assert.Equal((1, 2L), (Retention.Due(_office.Home).Pupils, Retention.Due(_office.Home).Rows));
        Assert.Equal(3, Cohort.Rows(_office.Home).Count);
        Assert.Equal((1, 2L), (Retention.Run(_office.Home).Pupils, Retention.Due(_office.Home).Rows + 2));
        Assert.Equal([1600, 1650], Cohort.Rows(_office.Home).Select(r => r.ScoreTenths).Order());
        Assert.Equal(1, Background.Parts(_office.Home).Single().Rows);
        Assert.Equal((1L, 1L), (Projects.All(_office.Home).Single().Pupils, Projects.All(_office.Home).Single().Rows));
        _office.Home.Sequence();
        Assert.Contains(_office.Home.Ledger.Entries(), entry => System.Text.Encoding.UTF8.GetString(entry).Contains("\"step\":\"expired\"", StringComparison.Ordinal));
        Terms.Set(_office.Home, Terms.CohortYears, 20);
        Assert.Equal(0, Retention.Run(_office.Home).Pupils);
    }

    [Fact]
    public void Background_is_kept_of_the_cohort_alone_and_a_project_sees_what_its_approval_names()
    {
        _office.Register(Child.Of(1), Child.Of(2), Child.Of(3));
        Linked(SmallOffice.E23, School, Once(Child.Of(1), 1500), Once(Child.Of(2), 1600));
        var import = Import("key,parent_education,income\np000001,high,4\np000002,,5\np000003,low,6\np000077,low,7\n");
        Assert.Equal((1, 1), (import.Unknown, import.NotInCohort));
        Assert.Equal([("income", 2), ("parent_education", 1)], import.Parts.Select(p => (p.Variable, p.Rows)).Order());
        Import("key,income\np000001,9\n", new(2023, 12, 1));

        Assert.True(Projects.Create(_office.Home, "plain", SmallOffice.E23, new ProjectFilter()).Ok);
        Assert.Equal("project-approval", Projects.Create(_office.Home, "joined", SmallOffice.E23, new ProjectFilter { Background = ["income"] }).Refusal!.Code);
        Assert.Equal("project-background", Projects.Create(_office.Home, "joined", SmallOffice.E23, new ProjectFilter { Background = ["weight"], Approval = "9" }).Refusal!.Code);
        Assert.True(Projects.Create(_office.Home, "joined", SmallOffice.E23, new ProjectFilter { Background = ["income"], Approval = "decision 12" }).Ok);
        Assert.Equal(["results"], Tables("plain"));
        Assert.Equal(["background", "results"], Tables("joined"));
        using var file = ColumnDatabase.Open(Projects.Find(_office.Home, "joined")!.File, new ColumnOptions { ReadOnly = true });
        Assert.Equal(["1500 income 9", "1600 income 5"], file.Query("SELECT r.score_tenths, b.variable, b.value FROM results r JOIN background b USING (pupil) ORDER BY 1", row => $"{row.GetInt32(0)} {row.GetString(1)} {row.GetString(2)}"));

        List<string> Tables(string project)
        {
            using var opened = ColumnDatabase.Open(Projects.Find(_office.Home, project)!.File, new ColumnOptions { ReadOnly = true });
            return opened.Query("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'project' ORDER BY 1", row => row.GetString(0));
        }
    }

    [Fact]
    public void Origin_is_kept_under_its_own_law_alone_and_a_wrong_file_is_refused_without_a_value()
    {
        _office.Register(Child.Of(1));
        Assert.Equal("origin-basis", Try("key,origin\np000001,nl\n", "CBS-wet 33").Refusal!.Code);
        Assert.Equal("no-basis", Try("key,income\np000001,4\n", " ").Refusal!.Code);
        Assert.Equal("background-heading", Try("key,weight\np000001,4\n", "CBS-wet 33").Refusal!.Code);
        var refused = Try("key,income\np000001,ZZZ SENTINEL\n", "CBS-wet 33").Refusal!;
        Assert.Contains("Line 2", refused.What, StringComparison.Ordinal);
        Assert.DoesNotContain("SENTINEL", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("one row", Try("key,income\np000001,4\np000001,5\n", "CBS-wet 33").Refusal!.What, StringComparison.Ordinal);
        Assert.Empty(Background.Parts(_office.Home));
        Assert.True(Try("key,origin\np000001,nl\n", Background.OriginBasis).Ok);
        Assert.Equal(Background.OriginBasis, Background.Parts(_office.Home).Single().Basis);
    }

    [Fact]
    public void The_background_of_the_invented_country_is_imported_as_it_is_and_twice_is_once()
    {
        var land = Path.Combine(_office.Folder, "land");
        var options = new Groeilijn.Testland.TestlandOptions { Schools = 1, Editions = 1 };
        Groeilijn.Testland.TestlandWriter.Write(options, land, parts: Groeilijn.Testland.TestlandParts.Register);
        var register = Path.Combine(land, "register", "2023-1");
        Assert.True(Register.Import(_office.Home, register).Ok);
        var file = Path.Combine(register, "background.csv");
        var first = Background.Import(_office.Home, file, new(2023, 3, 1), Background.OriginBasis).Value!;
        Assert.Equal(0, first.Unknown);
        Assert.Equal(File.ReadLines(file).Count() - 1, first.NotInCohort);
        Assert.True(Background.Import(_office.Home, file, new(2023, 3, 1), Background.OriginBasis).Ok);
        Assert.Equal(4, Background.Parts(_office.Home).Count);
        Assert.Equal(4, Directory.GetFiles(_office.Home.At("background")).Length);
    }

    BackgroundImport Import(string csv, DateOnly? asOf = null) => Try(csv, "CBS-wet 33", asOf).Value!;

    Groeilijn.Storage.Outcome<BackgroundImport> Try(string csv, string basis, DateOnly? asOf = null)
    {
        var file = Path.Combine(_office.Folder, "background.csv");
        File.WriteAllText(file, csv);
        return Background.Import(_office.Home, file, asOf ?? new(2023, 3, 1), basis);
    }
}
