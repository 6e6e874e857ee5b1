using System.Text;
using System.Text.RegularExpressions;
using Groeilijn.Gate;
using Groeilijn.Office;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Office;

/// <summary>Errors sown into reports: each is held by the checks, and nothing leaves.</summary>
[Collection(nameof(ReportOffice))]
public sealed class SchoolReportChecksTests(ReportOffice country)
{
    const string School = ReportOffice.Large;

    IReadOnlyList<OutgoingFile> Files(string school) => [.. ((string[])["nl.html", "en.html", "csv"]).Select(ending => new OutgoingFile($"{school}-{ReportOffice.Last}.{ending}", country.Form(school, ending)))];

    static string Text(OutgoingFile file) => Encoding.UTF8.GetString(file.Content);

    IReadOnlyList<string> Findings(IReadOnlyList<OutgoingFile> files, string school = School)
    {
        var enrolled = Schools.All(country.Office.Home).First(s => s.Location.Code == school);
        return ReportChecks.Findings(new ReportFacts(country.Statistics, school), new ReportHead(school, enrolled.Name, ReportOffice.Last, "", 1, ("", "")), Schools.All(country.Office.Home).Select(s => s.Location.Code).ToHashSet(), files);
    }

    /// <summary>Changes the first place in the page of one language.</summary>
    static IReadOnlyList<OutgoingFile> Spoilt(IReadOnlyList<OutgoingFile> files, string ending, string pattern, Func<Match, string> by)
    {
        var done = false;
        return [.. files.Select(file =>
        {
            if (!file.Name.EndsWith(ending, StringComparison.Ordinal) || done) return file;
            var text = Text(file);
            var spoilt = new Regex(pattern, RegexOptions.Singleline).Replace(text, new MatchEvaluator(by), 1);
            Assert.NotEqual(text, spoilt);
            done = true;
            return file with { Content = Encoding.UTF8.GetBytes(spoilt) };
        })];
    }

    [Fact]
    public void A_report_as_it_was_made_has_no_finding()
    {
        Assert.Empty(Findings(Files(School)));
        Assert.Empty(Findings(Files(ReportOffice.Tiny), ReportOffice.Tiny));
    }

    public static TheoryData<string, string, string, string> Sown => new()
    {
        { "the sign of a difference in a table", "nl.html", @"(data-cell=""maths\|lvs-3\|all\|effect\|mean"">)(−?)", "$1-" },
        { "a mean that is another", "nl.html", @"(\|own\|mean"">)[0-9]+", "${1}77" },
        { "a wrong n", "en.html", @"(\|own\|n"">)[0-9]+", "${1}23" },
        { "an n of one more", "csv", @"(,own,n,)([0-9]+)", "${1}99" },
        { "more for less in the conclusion", "nl.html", @"(<p class=""lead"" data-claim=""level\|maths[^>]*>Rekenen-wiskunde: )[^<]+", "${1}uw leerlingen groeiden duidelijk meer dan verwacht." },
        { "probably for no difference in a row", "en.html", @"(data-cell=""level\|maths\|lvs-3\|M5-E5\|effect"">)[^<]+", "$1probably less" },
        { "frequencies that do not add up", "nl.html", @"ongeveer ([0-9]+) van de 100", "ongeveer 101 van de 100" },
        { "frequencies of another school", "en.html", @"about [0-9]+ of the 100 pupils really grow more than expected\. At [0-9]+", "about 50 of the 100 pupils really grow more than expected. At 50" },
        { "a gap that is called wider", "nl.html", @"(data-cell=""wider\|maths\|lvs-3\|start_level\|gap"">)[^<]+", "$1duidelijk groter" },
        { "three years turned round", "nl.html", @"(data-claim=""level\|maths\|lvs-3\|all\|three-years"">)[^<]+", "$1Alle halfjaren samen: uw leerlingen groeiden duidelijk minder dan verwacht." },
        { "a dot at another place", "nl.html", @"(class=""own"" data-cell=""maths\|lvs-3\|all\|effect\|mean"" cx="")[0-9.]+", "${1}31.00" },
        { "an axis with a wrong number", "en.html", @"(<text class=""tick""[^>]*>)[^<]+", "${1}9" },
        { "a line of the growth of others", "nl.html", @"(\|level\|end"" cx=""[0-9.]+"" cy="")[0-9.]+", "${1}120.00" },
        { "a bar out of proportion", "nl.html", @"(class=""part"" data-cell=""maths[^>]*width="")[0-9.]+", "${1}10.00" },
        { "a cause", "nl.html", @"Bewaar dit rapport\.", "Dit is zo dankzij uw lessen." },
        { "another school's code", "en.html", @"Keep this report\.", "Keep this report of 20AA00." },
        { "another school's name", "nl.html", @"(<h1>)[^<]+", "$1Leergroei op De 20AA00" },
        { "a line of another school in the numbers", "csv", $@"\r\n{School},", "\r\n20AA00," },
        { "a broken page", "nl.html", "</table>", "" },
        { "a number that could not be written", "en.html", @"(\|own\|mean"">)[^<]+", "${1}NaN" },
        { "a drawing without words", "nl.html", @"<title id=""coverage-t"">[^<]+", @"<title id=""coverage-t"">" },
        { "a drawing that is empty", "nl.html", @"<circle class=""own"" data-cell=""maths\|lvs-3\|all\|effect\|mean""[^>]*stroke=""#fff""/>(?=.{0,20}</svg>)", "" },
        { "a number that one language leaves out", "en.html", @"<td class=""number"" data-cell=""maths\|lvs-3\|M5-E5\|own\|mean"">[^<]*</td>", "<td></td>" },
    };

    [Theory]
    [MemberData(nameof(Sown))]
    public void What_is_sown_is_found(string error, string ending, string pattern, string by)
    {
        var findings = Findings(Spoilt(Files(School), ending, pattern, m => m.Result(by)));
        Assert.True(findings.Count > 0, error);
        Assert.All(findings, finding => Assert.DoesNotMatch(@"[0-9]+[.,][0-9]", finding)); // names, and never a value
    }

    [Theory]
    [InlineData("nl.html", @"<td class=""hidden"">[^<]*</td><td></td><td></td><td></td>", @"<td class=""number"" data-cell=""maths|lvs-3|M4-E4|own|mean"">8,4</td><td></td><td></td><td></td>")]
    [InlineData("csv", @"(maths,lvs-3,M4-E4,own,),(,fewer-than-12-pupils)", "$1mean,8.4,")]
    [InlineData("nl.html", @"(<p class=""lead"")>Rekenen-wiskunde:[^<]+", @"$1 data-claim=""level|maths|lvs-3|all|effect"">Rekenen-wiskunde: er is geen duidelijk verschil met wat we verwachtten.")]
    public void What_must_be_hidden_is_held_in_every_form(string ending, string pattern, string by) =>
        Assert.Contains(Findings(Spoilt(Files(ReportOffice.Tiny), ending, pattern, m => m.Result(by)), ReportOffice.Tiny), f => f.StartsWith("suppressed", StringComparison.Ordinal));

    [Theory]
    [InlineData("nl.html", @"(\+M5-E5\|together\|estimate"">)(−?)[0-9]", "${1}7")]
    [InlineData("en.html", @"(\+M5-E5\|together\|n"">)[0-9]+", "${1}23")]
    [InlineData("csv", @"(\+M5-E5,together,n,)[0-9]+", "${1}23")]
    [InlineData("nl.html", @"(data-cell=""level\|maths\|lvs-3\|M4-E4\+M5-E5\|effect"">)[^<]+", "$1duidelijk minder")]
    [InlineData("csv", @"(maths,lvs-3,M4-E4,difference,),(,shown-with-another)", "$1estimate,0.4,")]
    public void What_is_sown_into_year_groups_together_is_found(string ending, string pattern, string by) =>
        Assert.NotEmpty(Findings(Spoilt(Files(ReportOffice.Middle), ending, pattern, m => m.Result(by)), ReportOffice.Middle));

    [Fact]
    public void The_pages_of_another_school_are_held()
    {
        var other = Files(ReportOffice.Regular[4]);
        Assert.Contains(Findings(other), f => f.StartsWith("identity", StringComparison.Ordinal));
        Assert.Contains(Findings(other), f => f.StartsWith("number", StringComparison.Ordinal));
        Assert.Contains(Findings(other), f => f.StartsWith("chart", StringComparison.Ordinal));
    }

    [Fact]
    public void A_drawing_of_another_school_is_held()
    {
        static string Drawing(string page) => Regex.Match(page, @"<svg xmlns[^>]*aria-labelledby=""e-maths.*?</svg>", RegexOptions.Singleline).Value;
        var (own, other) = (Files(School), Text(Files(ReportOffice.Regular[0])[0]));
        var spoilt = own.Select(f => f.Name.EndsWith("nl.html", StringComparison.Ordinal) ? f with { Content = Encoding.UTF8.GetBytes(Text(f).Replace(Drawing(Text(f)), Drawing(other), StringComparison.Ordinal)) } : f).ToList();
        Assert.Contains(Findings(spoilt), f => f.StartsWith("chart", StringComparison.Ordinal));
    }

    [Fact]
    public void The_print_of_another_school_is_held()
    {
        if (!country.HasPrints || !SchoolReports.ReadsPrintsBack) Assert.Skip("Typst (setup/typst.sh) or pdftotext (poppler-utils) is not here");
        OutgoingFile Print(string of) => new($"{School}-{ReportOffice.Last}.nl.pdf", country.Form(of, "nl.pdf"));
        Assert.Empty(Findings([.. Files(School), Print(School)]));
        Assert.Contains(Findings([.. Files(School), Print(ReportOffice.Regular[4])]), f => f.StartsWith("print", StringComparison.Ordinal));
        Assert.Contains(Findings([.. Files(School), new($"{School}-{ReportOffice.Last}.nl.pdf", [1, 2, 3])]), f => f.StartsWith("print", StringComparison.Ordinal));
    }

    [Fact]
    public void A_held_report_leaves_nothing_and_the_others_go_on()
    {
        using var office = new SmallOffice();
        SchoolReportsTests.Prepare(office);
        var run = ReportRun.Continue(office.Home, SmallOffice.E23);
        var released = SchoolReports.Run(office.Home, run, null, (school, files) => school == "99BB00" ? Spoilt(files, "nl.html", @"(\|own\|n"">)[0-9]+", m => m.Groups[1].Value + "88") : files).Value!;
        Assert.Equal(["99AA00", "99CC00", "99DD00"], released.Select(r => r.Record.Subject));
        var held = Assert.Single(SchoolReports.Held(office.Home, SmallOffice.E23));
        Assert.Equal("99BB00", held.School);
        Assert.DoesNotContain(Directory.EnumerateFiles(office.Home.At("outgoing"), "*", SearchOption.AllDirectories), f => f.Contains("99BB00", StringComparison.Ordinal));
    }

    // ---- the table of evidence ----

    [Fact]
    public void A_level_is_said_from_its_probability_on_and_mirrors()
    {
        Assert.Equal([Evidence.ClearlyMore, Evidence.ProbablyMore, Evidence.ProbablyMore, Evidence.None, Evidence.None], ((double[])[.975, .974, .80, .799, .1]).Select(p => EvidenceLevels.Of(p, 0)));
        foreach (var mean in (double[])[-.5, -.2, -.05, 0, .05, .2, .5])
            foreach (var deviation in (double[])[0, .05, .1, .3])
                Assert.Equal((int)EvidenceLevels.Of(new Posterior(mean, deviation)), -(int)EvidenceLevels.Of(new Posterior(-mean, deviation)));
        Assert.Equal(5, EvidenceLevels.All.Select(l => l.More.Dutch).Distinct().Count());
    }

    [Fact]
    public void Where_nothing_is_going_on_no_school_is_called_different()
    {
        var schools = GrowthTrial.Run(300, 250, 0, 0); // the bench tries thousands
        Assert.True(schools.Count > 200);
        Assert.DoesNotContain(schools, s => EvidenceLevels.Of(s.Believed) != Evidence.None);
    }

    [Fact]
    public void Of_a_hundred_schools_all_are_counted()
    {
        for (var i = -40; i <= 40; i++)
        {
            var (more, less, small) = EvidenceLevels.OfHundred(new Posterior(i / 50.0, 0.13));
            Assert.Equal(100, more + less + small);
            Assert.True(more >= 0 && less >= 0 && small >= 0);
        }
    }
}
