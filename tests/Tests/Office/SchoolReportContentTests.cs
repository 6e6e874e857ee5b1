using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Groeilijn.Office;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Tests.Office;

/// <summary>What the report of each kind of school says, and in which words.</summary>
[Collection(nameof(ReportOffice))]
public sealed partial class SchoolReportContentTests(ReportOffice country)
{
    static readonly HtmlParser s_parser = new();

    IHtmlDocument Page(string school, string language = "nl") => s_parser.ParseDocument(country.Page(school, language));

    static string Lead(IHtmlDocument page, string subject) => page.QuerySelectorAll("p.lead").Select(p => p.TextContent).First(text => text.StartsWith(subject, StringComparison.Ordinal));

    [Fact]
    public void No_report_is_held_and_progress_was_told()
    {
        Assert.Empty(SchoolReports.Held(country.Office.Home, ReportOffice.Last).Select(h => $"{h.School}: {string.Join("; ", h.Findings)}"));
        Assert.Equal(20, country.Made.Count);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (i, 20)), country.Progress);
    }

    [Fact]
    public void The_conclusion_stands_first_and_follows_the_truth()
    {
        Assert.Equal("Rekenen-wiskunde: uw leerlingen groeiden duidelijk meer dan verwacht.", Lead(Page(ReportOffice.Regular[0]), "Rekenen"));
        Assert.Equal("Mathematics: your pupils grew clearly more than expected.", Lead(Page(ReportOffice.Regular[0], "en"), "Math"));
        Assert.Equal("Rekenen-wiskunde: uw leerlingen groeiden duidelijk minder dan verwacht.", Lead(Page(ReportOffice.Regular[1]), "Rekenen"));
        foreach (var school in ReportOffice.Regular[2..]) Assert.DoesNotContain("duidelijk m", Lead(Page(school), "Rekenen"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReportOffice.Tiny)]
    [InlineData(ReportOffice.Small)]
    [InlineData(ReportOffice.Middle)]
    [InlineData(ReportOffice.Large)]
    [InlineData(ReportOffice.Huge)]
    [InlineData(ReportOffice.New)]
    [InlineData(ReportOffice.WithoutReading)]
    [InlineData(ReportOffice.OnlyMovers)]
    public void Every_school_has_a_report_that_makes_sense(string school)
    {
        foreach (var language in (string[])["nl", "en"])
        {
            var page = Page(school, language);
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.All(page.QuerySelectorAll("p.lead"), lead => Assert.Matches(": ", lead.TextContent));
            foreach (var id in (string[])["short", "complete", "unknown", "question", "method", "ledger"]) Assert.NotNull(page.GetElementById(id));
            Assert.All(page.QuerySelectorAll("svg[role=img]"), svg => Assert.True(svg.QuerySelector("title")!.TextContent.Length > 0 && svg.QuerySelector("desc")!.TextContent.Length > 0));
            Assert.Empty(page.QuerySelectorAll("script"));
            Assert.All(page.QuerySelectorAll("figure.chart"), figure => Assert.NotNull(Next(figure).QuerySelector("caption")));
        }

        static IElement Next(IElement figure) => figure.NextElementSibling!;
    }

    [Fact]
    public void A_school_that_is_too_small_reads_why_and_no_number()
    {
        var page = Page(ReportOffice.Tiny);
        Assert.All(page.QuerySelectorAll("p.lead"), lead => Assert.Contains("minder dan 12 leerlingen", lead.TextContent, StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("[data-cell*='|own|'], [data-cell*='|effect|'], [data-cell*='|gap|']"));
    }

    [Fact]
    public void A_school_of_fifteen_has_a_conclusion_and_no_year_group()
    {
        var page = Page(ReportOffice.Small);
        Assert.DoesNotContain("minder dan 12", Lead(page, "Rekenen"), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("td[data-cell*='|own|']"));
    }

    /// <summary>Forty pupils are ten in each of four year groups: no group by itself, and two rows of two groups.</summary>
    [Theory]
    [InlineData("nl", "groep 4 en 5 samen: midden → eind", "groep 6 en 7 samen: midden → eind", "Groepen met minder dan 12 leerlingen staan ook samen in één rij.")]
    [InlineData("en", "groups 4 and 5 together: mid → end", "groups 6 and 7 together: mid → end", "Year groups with fewer than 12 pupils also stand together in one row.")]
    public void Small_year_groups_stand_together_in_place_of_nothing(string language, string first, string second, string sentence)
    {
        var page = Page(ReportOffice.Middle, language);
        Assert.Empty(page.QuerySelectorAll("td[data-cell*='|own|']"));
        Assert.Contains(page.QuerySelectorAll("p"), p => p.TextContent.StartsWith(sentence, StringComparison.Ordinal));
        foreach (var (row, place) in new[] { (first, "M4-E4+M5-E5"), (second, "M6-E6+M7-E7") })
        {
            var cells = page.QuerySelectorAll("tr").Where(tr => tr.QuerySelector("th")?.TextContent == row).ToList();
            Assert.Contains(cells, tr => tr.QuerySelector($"td[data-cell='maths|lvs-3|{place}|together|estimate']") is not null && tr.QuerySelector($"td[data-cell='level|maths|lvs-3|{place}|effect']") is not null);
            Assert.NotNull(page.QuerySelector($"svg [data-cell='maths|lvs-3|{place}|effect|mean']"));
        }
        // What is shown together says nothing in points: that would be a second equation in two small groups.
        var lines = Encoding.UTF8.GetString(country.Form(ReportOffice.Middle, "csv")).Split("\r\n").Select(l => l.Split(',')).Where(c => c.Length > 9).ToList();
        Assert.Equal(["effect", "together"], lines.Where(c => c[5].Contains('+', StringComparison.Ordinal)).Select(c => c[6]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(lines.Where(c => c[5] == "M4-E4" && c[6] is "difference" or "standardised" or "effect" && c[5].Length == 5), c => Assert.Equal("shown-with-another", c[9]));
        Assert.All(lines.Where(c => c[5] == "M4-E4" && c[6] is "own" or "level" or "reference" && c[5].Length == 5), c => Assert.Equal("fewer-than-12-pupils", c[9]));
    }

    [Fact]
    public void Fifteen_pupils_are_all_in_one_row()
    {
        var lines = Encoding.UTF8.GetString(country.Form(ReportOffice.Small, "csv")).Split("\r\n").Select(l => l.Split(',')).Where(c => c.Length > 9 && c[3] == "maths" && c[6] == "together").ToDictionary(c => c[7], c => c[8]);
        Assert.InRange(int.Parse(lines["n"], System.Globalization.CultureInfo.InvariantCulture), 12, 15);
        Assert.Single(Page(ReportOffice.Small).QuerySelectorAll("td[data-cell^='maths|'][data-cell$='|together|estimate']"));
    }

    [Fact]
    public void Rows_of_several_year_groups_have_enough_pupils_and_leave_every_larger_group_alone()
    {
        foreach (var school in country.Statistics.Growth.Schools)
            foreach (var series in country.Statistics.Growth.Of(school).Series)
            {
                Assert.All(series.Together, of => Assert.True(of.Steps.Count > 1 && of.Pupils >= ReportCells.Least && of.Pupils == series.Steps.Where(s => of.Steps.Contains(s.Step)).Sum(s => s.Own.Count)));
                Assert.All(series.Together.SelectMany(of => of.Steps), step => Assert.True(series.Steps.Single(s => s.Step == step).Own.Count < ReportCells.Least));
                Assert.Distinct(series.Together.SelectMany(of => of.Steps));
                // The difference in SD, by adding up pupil by pupil.
                foreach (var of in series.Together)
                {
                    var each = of.Steps.SelectMany(step => country.Statistics.Cohort.Members.Each(country.Statistics.Cohort.NumberOf(school), new(series.Subject, series.Scale, step)).Select(one => (one.Growth / 10.0, All: country.Statistics.Cohort.OfAll(series.Subject, series.Scale, step)))).ToList();
                    Assert.Equal(each.Average(one => (one.Item1 - one.All.Mean) / one.All.StandardDeviation), of.Difference.Estimate, 9);
                    Assert.True(of.Difference.Low < of.Difference.Estimate && of.Difference.Estimate < of.Difference.High);
                }
            }
    }

    [Fact]
    public void A_new_school_has_no_trend_and_a_school_without_a_subject_reads_so()
    {
        Assert.Null(Page(ReportOffice.New).GetElementById("maths-lvs-3-trend"));
        Assert.NotNull(Page(ReportOffice.Large).GetElementById("maths-lvs-3-trend"));
        var page = Page(ReportOffice.WithoutReading);
        Assert.Contains(page.QuerySelectorAll("p.note"), p => p.TextContent.Contains("Begrijpend lezen", StringComparison.Ordinal));
        Assert.Null(page.GetElementById("reading-lvs-3"));
    }

    [Fact]
    public void A_school_with_movers_alone_reads_that_nobody_has_both_tests_there()
    {
        var page = Page(ReportOffice.OnlyMovers);
        Assert.Contains("geen groep had 12 leerlingen", Lead(page, "Rekenen"), StringComparison.Ordinal);
        Assert.Equal("23", page.QuerySelector("td[data-cell='maths|lvs-3|all|moved|n']")!.TextContent); // one of the 24 has no first test
    }

    [Fact]
    public void The_numbers_are_the_same_in_page_and_file()
    {
        foreach (var school in (string[])[ReportOffice.Large, ReportOffice.Regular[3]])
        {
            var lines = Encoding.UTF8.GetString(country.Form(school, "csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')).ToDictionary(c => string.Join('|', c[3..8]), c => c[8]);
            var shown = Page(school, "en").QuerySelectorAll("td[data-cell]").Where(c => lines.ContainsKey(c.GetAttribute("data-cell")!)).ToList();
            Assert.True(shown.Count > 40, $"{shown.Count} numbers");
            Assert.All(shown, cell => Assert.Equal(double.Parse(lines[cell.GetAttribute("data-cell")!], System.Globalization.CultureInfo.InvariantCulture), double.Parse(cell.TextContent.Replace('−', '-').Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture), 0.051));
        }
    }

    // ---- words ----

    /// <summary>Flesch-Douma (1960) and Flesch; the report has longer words than the letter to parents (standaardafwijking), and heads of schools as readers.</summary>
    [Theory]
    [InlineData("nl", 206.84, 77.0, 0.93)]
    [InlineData("en", 206.835, 84.6, 1.015)]
    public void The_report_reads_easily(string language, double top, double perSyllable, double perWord)
    {
        var sentences = Sentences(ReportOffice.Large, language);
        var words = sentences.SelectMany(s => Word().Matches(s).Select(m => m.Value)).ToList();
        var (length, syllables) = ((double)words.Count / sentences.Count, words.Average(w => (double)Vowels().Count(w.ToLowerInvariant())));
        var ease = top - perSyllable * syllables - perWord * length;
        Assert.True(ease >= 60, $"reading ease {ease:0.0}, {length:0.0} words a sentence, {syllables:0.00} syllables a word");
        Assert.True(length <= 12, $"{length:0.0} words a sentence");
        Assert.DoesNotContain(sentences, s => Word().Count(s) > 30);
    }

    [Fact]
    public void No_sentence_claims_a_cause()
    {
        foreach (var sentence in Sentences(ReportOffice.Large, "nl").Concat(Sentences(ReportOffice.Regular[0], "nl"))) Assert.DoesNotMatch(@"\b(dankzij|veroorzaakt|gevolg van|leidt tot|doordat|effect)\b", sentence);
        foreach (var sentence in Sentences(ReportOffice.Large, "en")) Assert.DoesNotMatch(@"\b(thanks to|caused|because of|leads to|effect)\b", sentence);
    }

    List<string> Sentences(string school, string language) =>
        [.. Page(school, language).QuerySelectorAll("main p:not(.room), main li:not(nav li)").Where(e => e.Closest("nav") is null).Select(e => e.TextContent).Where(text => !text.Contains("0000 ", StringComparison.Ordinal) && !HexInside().IsMatch(text)).SelectMany(text => EndOfSentence().Split(text)).Where(s => Word().Count(s) > 2)];

    [GeneratedRegex(@"(?<=[.?!:;])\s+")] private static partial Regex EndOfSentence();
    [GeneratedRegex(@"[\p{L}]+")] private static partial Regex Word();
    [GeneratedRegex(@"[aeiouyàáèéëêïíöóüú]+")] private static partial Regex Vowels();
    [GeneratedRegex(@"[0-9a-f]{4} [0-9a-f]{4}")] private static partial Regex HexInside();
}
