using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Groeilijn.Tests.Conventions;

namespace Groeilijn.Tests.Office;

/// <summary>The twelve questions of docs/how-to/report-questions.md: a reader of the text alone finds every answer.</summary>
[Collection(nameof(ReportOffice))]
public sealed partial class SchoolReportQuestionsTests(ReportOffice country)
{
    public static TheoryData<int, string> Questions => new(File.ReadAllLines(Path.Combine(Checkout.Root, "docs", "how-to", "report-questions.md")).Select(line => Row().Match(line)).Where(m => m.Success)
        .Select(m => (int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), m.Groups[2].Value.Replace("\\|", "|", StringComparison.Ordinal))).ToArray());

    [Fact]
    public void There_are_twelve_questions() => Assert.Equal(Enumerable.Range(1, 12), Questions.Select(q => q.Data.Item1));

    [Theory]
    [MemberData(nameof(Questions))]
    public void The_answer_stands_in_the_text(int number, string pattern)
    {
        Assert.Matches(pattern, Text(country.Page(ReportOffice.Large, "nl")));
        Assert.True(number is >= 1 and <= 12);
    }

    [Fact]
    public void A_page_without_its_conclusions_has_no_answer() =>
        Assert.DoesNotMatch(Questions.First(q => q.Data.Item1 == 2).Data.Item2, Text(country.Page(ReportOffice.Tiny, "nl")));

    /// <summary>What stands on the page, cell by cell and sentence by sentence, without drawings.</summary>
    static string Text(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        foreach (var svg in page.QuerySelectorAll("svg, style").ToList()) svg.Remove();
        return Spaces().Replace(string.Join(' ', page.Body!.Descendants<IText>().Select(t => t.Data)), " ");
    }

    [GeneratedRegex(@"^\| (\d+) \|.*\| `(.+)` \|$")] private static partial Regex Row();
    [GeneratedRegex(@"\s+")] private static partial Regex Spaces();
}
