using System.Text;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>What to do first, for whom and where.</summary>
public sealed class ToDoTests
{
    [Fact]
    public void What_blocks_comes_first_and_what_needs_nothing_last()
    {
        using var school = new TestHome();
        var report = Report(school, e =>
        {
            e.Pupils[0]["geboortedatum"] = "";                              // P10: stays out
            e.Results[3].Score = "999.9";                                   // R06: a result stays out
            foreach (var pupil in e.Pupils.Skip(1)) pupil["geslacht"] = "0"; // P13: nearly everybody
            e.Pupils[2]["bsn"] = "900000118";                               // P01: one pupil
            e.Results[6].Score = "157.14";                                  // R07: nothing to do
            e.Addresses.Clear();                                            // S11
        });
        var order = report.ToDo.Select(t => t.Rule.Code).ToList();
        string[] expected = ["P10", "O01", "R06", "S11", "P13", "P01", "R07"];
        Assert.Equal(expected, order.Where(expected.Contains));
        Assert.Equal([Urgency.PupilsOut, Urgency.PupilsOut, Urgency.ResultsOut, Urgency.OneCause, Urgency.OneCause, Urgency.Rest, Urgency.Nothing],
            report.ToDo.Where(t => expected.Contains(t.Rule.Code)).Select(t => t.Urgency));
        Assert.Equal(report.ToDo.Select(t => t.Urgency).Order(), report.ToDo.Select(t => t.Urgency));
        Assert.Equal(report.Findings.Sum(f => f.Count), report.ToDo.Sum(t => t.Count));
    }

    [Fact]
    public void A_home_without_an_export_says_that_one_must_be_imported_first()
    {
        using var school = new TestHome();
        var report = Check.Run(school.Home);
        Assert.Equal((Rules.NoPupils, Urgency.Blocks), (report.ToDo[0].Rule, report.ToDo[0].Urgency));
        Assert.StartsWith("De levering kan nog niet", report.Words("nl"));
        Assert.False(report.NothingToDo);
    }

    [Fact]
    public void Each_pupil_is_named_once_with_all_places_and_can_be_looked_up()
    {
        using var school = new TestHome();
        var report = Report(school, e =>
        {
            e.Results[0].Score = e.Results[1].Score = "1.23";
            e.Pupils[0]["geslacht"] = "0";
        });
        var rounded = report.ToDo.Single(t => t.Rule == Rules.ScoreRounded);
        var pupil = Assert.Single(rounded.Pupils);
        Assert.Equal(("Kind0 Verzonnen0", 2, 2), (pupil.Called, pupil.Places.Count, rounded.Count));
        Assert.All(pupil.Places, place => Assert.Equal("uwlr.xml", place.File));
        Assert.Contains(Rules.SexMissing, report.ForPupil(pupil.Person).Select(f => f.Rule));
        Assert.All(report.ForPupil(pupil.Person), f => Assert.Equal(pupil.Person, f.Person));
        Assert.Equal(report.Findings.Count(f => f.Person == pupil.Person), report.ForPupil(pupil.Person).Count);
        Assert.Empty(report.ForPupil(-1));
    }

    [Fact]
    public void Where_everything_is_right_there_is_nothing_to_do()
    {
        using var school = new TestHome();
        Assert.True(school.Import(Export.Usual()).Stored);
        Assert.False(Check.Run(school.Home).NothingToDo);
        school.Inform();
        var report = Check.Run(school.Home);
        Assert.True(report.NothingToDo);
        Assert.Equal("U hoeft niets te doen. Iedereen die mee kan, gaat mee.", report.Words("nl"));
        Assert.Equal("There is nothing to do. Everybody who can go along goes along.", report.Words("en"));
    }

    [Fact]
    public void While_the_period_runs_there_is_only_waiting()
    {
        using var school = new TestHome();
        Assert.True(school.Import(Export.Usual()).Stored);
        Assert.True(Inform.Send(school.Home, new(2025, 3, 10), new(2025, 3, 28)).Ok);
        var report = Check.Run(school.Home);
        Assert.Equal(Where.Wait, report.ToDo[0].Rule.Where);
        Assert.StartsWith("U hoeft alleen te wachten", report.Words("nl"));
    }

    [Fact]
    public void An_objection_asks_nothing_of_anybody()
    {
        using var school = new TestHome();
        Assert.True(school.Import(Export.Usual()).Stored);
        school.Inform();
        Assert.True(Objections.Record(school.Home, "L1").Ok);
        var report = Check.Run(school.Home);
        Assert.True(report.NothingToDo);
        Assert.Equal(1, report.ToDo.Single(t => t.Rule == Rules.Objected).Count);
    }

    [Fact]
    public void The_list_for_the_administrator_has_keys_and_no_names()
    {
        using var school = new TestHome();
        var report = Report(school, e =>
        {
            e.Pupils[0]["bsn"] = "900000118";
            e.Pupils[1]["geboortedatum"] = "2015-02-30";
            e.Results[0].Score = "999.9";
        });
        var bytes = CorrectionList.Csv(report, "nl");
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var text = Encoding.UTF8.GetString(bytes[3..]);
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("code;wat;bestand;regel;veld;leerling_key;wat te doen", lines[0]);
        Assert.Equal("P10;De geboortedatum ontbreekt of is niet te lezen.;edexml.xml;7;geboortedatum;L2;Verbeter dit in uw administratie en maak de export opnieuw.", lines[1]);
        Assert.Equal(["P10", "R06", "P01", "R22"], lines.Skip(1).Select(l => l[..3]));
        Assert.All(lines.Skip(1), line => Assert.Matches(";L[123];", line));
        Assert.All(new[] { "Kind", "Verzonnen", "900000118", "2015-", "999" }, value => Assert.DoesNotContain(value, text));
        Assert.DoesNotContain("O01", text);
        Assert.StartsWith("code;what;file;line;field;leerling_key;what to do\r\n", Encoding.UTF8.GetString(CorrectionList.Csv(report, "en")[3..]));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+31", "'+31")]
    [InlineData("-2", "'-2")]
    [InlineData("@sum", "'@sum")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("a&quot;b", "\"a\"\"b\"")]
    [InlineData("=a;&quot;b&quot;", "\"'=a;\"\"b\"\"\"")]
    [InlineData("a=b", "a=b")]
    public void A_key_cannot_become_a_formula_or_another_column(string key, string cell)
    {
        using var school = new TestHome();
        var report = Report(school, e =>
        {
            e.First.Key = key;
            e.First["geslacht"] = "0";
        });
        Assert.Contains($";geslacht;{cell};", Encoding.UTF8.GetString(CorrectionList.Csv(report, "nl")));
    }

    [Fact]
    public void The_command_line_writes_the_list()
    {
        using var school = new TestHome();
        Report(school, e => e.First["geslacht"] = "0");
        var home = school.Home.Folder;
        school.Home.Dispose();
        var file = Path.Combine(school.Folder, "lijsten", "verbeteren.csv");
        Console_.Run(new StringBuilder(), "check", "--corrections", file, "--home", home);
        Assert.Contains("P13;", File.ReadAllText(file));
    }

    static CheckReport Report(TestHome school, Action<Export> change)
    {
        var export = Pairs.Large(10);
        change(export);
        Assert.True(school.Import(export).Stored);
        return Check.Run(school.Home);
    }
}
