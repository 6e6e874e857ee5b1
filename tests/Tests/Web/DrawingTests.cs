using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Groeilijn.Web;

namespace Groeilijn.Tests.Web;

public sealed class DrawingTests
{
    static readonly DrawingWords s_words = new("Growth <in> groups", "Two rows.", "points", "en");
    static readonly Density s_hill = new(-1, 1, [0, 1, 4, 9, 4, 1, 0]);

    static string Dots(params DotRow[] rows) => DotChart.Draw("c1", s_words, new DotLegend("own", "expected", "all", "zero", "small"), rows, 0.1);

    static IElement Svg(string text) => new HtmlParser().ParseDocument(text).QuerySelector("svg")!;

    public static TheoryData<string> All => new(
        Dots(new DotRow("Group 4", "a", 5, 3, 7) { Reference = 4, National = 6 }),
        StripChart.Draw("c1", s_words, s_hill, new DotRow("", "a", 0.2, 0, 0.4), ("own", "expected", "all", "middle")),
        BandChart.Draw("c1", s_words, [new BandPanel("Group 4", "mid", "end", "a", (140, 150), (141, 149), ((130, 150), (138, 160)))], ("own", "all", "band")),
        CoverageBar.Draw("c1", s_words, [("Maths", [new("counts", 90, "a"), new("missed", 10, "b")], "90 of 100")]));

    [Theory]
    [MemberData(nameof(All))]
    public void A_drawing_has_a_title_and_a_description_that_it_names(string text)
    {
        var svg = Svg(text);
        Assert.Equal("img", svg.GetAttribute("role"));
        Assert.Equal("c1-t c1-d", svg.GetAttribute("aria-labelledby"));
        Assert.Equal("Growth <in> groups", svg.QuerySelector("title")!.TextContent);
        Assert.Equal("Two rows.", svg.QuerySelector("desc")!.TextContent);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_drawing_is_well_formed_and_360_wide(string text)
    {
        var svg = System.Xml.Linq.XElement.Parse(text);
        Assert.StartsWith("0 0 360 ", (string?)svg.Attribute("viewBox"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hidden_value_draws_its_reason_and_no_dot()
    {
        Assert.NotNull(Svg(Dots(new DotRow("Group 4", "a", 5, 3, 7))).QuerySelector("circle.own"));
        var hidden = Svg(Dots(new DotRow("Group 4", "a", null, 0, 0, "fewer than 10")));
        Assert.Null(hidden.QuerySelector("circle.own"));
        Assert.Contains("fewer than 10", hidden.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mark_lies_within_the_drawing_and_at_its_number()
    {
        foreach (var (low, high) in new[] { (-1000.0, 3.0), (0.01, 0.02), (5.0, 5.0), (-7.0, -6.0), (-0.3, 0.31) })
        {
            var svg = Svg(Dots(new DotRow("x", "a", (low + high) / 2, low, high) { National = low }));
            var x = double.Parse(svg.QuerySelector("circle.own")!.GetAttribute("cx")!, CultureInfo.InvariantCulture);
            Assert.InRange(x, 0, 360);
            var ticks = svg.QuerySelectorAll("text.tick").Select(t => (Value: double.Parse(t.TextContent.Replace('−', '-'), CultureInfo.InvariantCulture), At: double.Parse(t.GetAttribute("x")!, CultureInfo.InvariantCulture))).ToList();
            Assert.True(ticks.Count is >= 3 and <= 9, $"{ticks.Count} ticks");
            var read = ticks[0].Value + (x - ticks[0].At) / (ticks[^1].At - ticks[0].At) * (ticks[^1].Value - ticks[0].Value);
            Assert.Equal((low + high) / 2, read, (ticks[^1].Value - ticks[0].Value) / 200);
        }
    }

    [Fact]
    public void The_three_kinds_of_value_differ_in_shape()
    {
        var svg = Svg(Dots(new DotRow("Group 4", "a", 5, 3, 7) { Reference = 4, National = 6 }));
        Assert.NotNull(svg.QuerySelector("circle.own"));
        Assert.True(svg.QuerySelectorAll("rect[width='10'][height='10']").Length == 2 && svg.QuerySelectorAll("path").Length == 2); // in the legend and in the row
    }

    [Fact]
    public void A_bar_is_divided_as_its_counts()
    {
        var parts = Svg(CoverageBar.Draw("c1", s_words, [("Maths", [new("counts", 90, "a"), new("missed", 10, "b")], "")])).QuerySelectorAll("rect.part").Select(p => double.Parse(p.GetAttribute("width")!, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(9, parts[0] / parts[1], 1);
    }

    [Fact]
    public void The_tenths_of_a_hill_lie_symmetrically() => Assert.Equal(-s_hill.Quantile(0.1), s_hill.Quantile(0.9), 9);

    [Fact]
    public void The_same_numbers_are_the_same_bytes() => Assert.Equal(Dots(new DotRow("a", "a", 1, 0, 2)), Dots(new DotRow("a", "a", 1, 0, 2)));
}
