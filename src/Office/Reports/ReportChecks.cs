using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Groeilijn.Gate;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Office;

/// <summary>
/// What no person may look at is checked by rules of its own before it leaves: every number against the statistics, every sentence against its number, every drawing against its
/// number, every print against its page, nothing that must be hidden in any form, nobody else's school, nothing empty or out of its place, and no leap since the last edition. A finding is a code and the name
/// of a cell, never a value.
/// </summary>
static partial class ReportChecks
{
    /// <summary>A change between two editions that a mean of many pupils does not make, in SD.</summary>
    public const double Leap = 1;

    /// <summary>All findings; none when the report may leave.</summary>
    public static IReadOnlyList<string> Findings(ReportFacts facts, ReportHead head, IReadOnlySet<string> schools, IReadOnlyList<OutgoingFile> files)
    {
        List<string> findings = [];
        List<CheckedReport> pages = [];
        foreach (var file in files.Where(f => f.Name.EndsWith(".html", StringComparison.Ordinal)))
        {
            if (CheckedReport.Read(Encoding.UTF8.GetString(file.Content)) is { } page) pages.Add(page);
            else findings.Add("layout: a page is not well-formed");
        }
        foreach (var page in pages) findings.AddRange([.. Numbers(facts, page), .. Statements(facts, page), .. Drawings(facts, page), .. Identity(head, schools, page), .. Layout(page)]);
        foreach (var file in files.Where(f => f.Name.EndsWith(".csv", StringComparison.Ordinal))) findings.AddRange(Csv(facts, head, Encoding.UTF8.GetString(file.Content)));
        findings.AddRange(files.Where(f => f.Name.EndsWith(".pdf", StringComparison.Ordinal)).AsParallel().AsOrdered().Where(print => !Follows(print, pages)).Select(print => $"print: {print.Name[^6..]} does not have the numbers of its page"));
        if (pages is [var first, .. var rest]) foreach (var other in rest) findings.AddRange(SameIn(first, other));
        if (facts.Jump > Leap) findings.Add("last-edition: a pooled value moved by more than one standard deviation");
        return [.. findings.Distinct()];
    }

    // ---- numbers ----

    static IEnumerable<string> Numbers(ReportFacts facts, CheckedReport page)
    {
        foreach (var (name, text) in page.Numbers)
        {
            var cell = name[..name.LastIndexOf('|')];
            if (facts.MustHide(cell)) yield return $"suppressed: {cell} is shown";
            else if (facts.Value(name) is not { } value || page.Parse(text) is not { } shown) yield return $"number: {name} is not a number of this school";
            else if (Math.Abs(value - shown) > 0.5 * Math.Pow(10, -DecimalsOf(text)) + 1e-9) yield return $"number: {name} differs from the statistics";
        }
        // What a row is about stands in its first cell: hidden there is hidden in the row.
        foreach (var row in page.Main.Descendants("tr"))
            if ((string?)row.Elements("td").FirstOrDefault()?.Attribute("class") == "hidden" && row.Elements("td").Any(c => ((string?)c.Attribute("data-cell"))?.Split('|') is [_, _, _, "own" or "effect" or "gap" or "gap-level" or "trend" or "level" or "reference" or "standardised", _]))
                yield return "suppressed: a row says hidden and shows a number";
    }

    static int DecimalsOf(string text) => text.IndexOfAny([',', '.']) is var at and >= 0 && text.Length - at - 1 < 3 ? text.Trim().Length - at - 1 : 0;

    // ---- sentences ----

    /// <summary>What each level is called in either language, longest first: written here again, so that a slip in the one table is seen.</summary>
    static readonly (string Words, int Sign, double Least)[] s_words =
    [
        ("duidelijk meer", 1, .975), ("clearly more", 1, .975), ("waarschijnlijk meer", 1, .80), ("probably more", 1, .80), ("duidelijk minder", -1, .975), ("clearly less", -1, .975), ("waarschijnlijk minder", -1, .80), ("probably less", -1, .80),
        ("duidelijk groter", 1, .975), ("clearly wider", 1, .975), ("waarschijnlijk groter", 1, .80), ("probably wider", 1, .80), ("duidelijk kleiner", -1, .975), ("clearly narrower", -1, .975), ("waarschijnlijk kleiner", -1, .80), ("probably narrower", -1, .80),
        ("geen duidelijk verschil", 0, 0), ("no clear difference", 0, 0),
    ];

    static IEnumerable<string> Statements(ReportFacts facts, CheckedReport page)
    {
        foreach (var (name, text) in page.Claims)
        {
            var parts = name.Split('|');
            if (parts[0] == "no-wider") continue; // the rows below it are claims of their own
            var cell = string.Join('|', parts[1..]);
            var holds = parts[0] switch
            {
                "level" => Level(facts.Believed(cell), text, 0.1),
                "wider" => Level(facts.Believed($"{parts[1]}|{parts[2]}|{parts[3]}|wider"), text, 0.1),
                "hundred" => Hundred(facts.Believed(cell), text),
                "difference" => Difference(facts.Believed(cell), page, text),
                _ => false,
            };
            if (!holds) yield return $"sentence: {name} does not follow from its number";
            if (facts.MustHide(cell)) yield return $"suppressed: {cell} is spoken of";
        }
        foreach (Match causal in Causal().Matches(page.Text)) yield return $"sentence: '{causal.Value}' claims a cause";
    }

    static bool Level(Posterior? believed, string text, double relevant)
    {
        if (believed is not { } b) return false;
        var (more, less) = (Tail(relevant, b), Tail(relevant, new Posterior(-b.Mean, b.Deviation)));
        var said = s_words.Where(w => text.Contains(w.Words, StringComparison.OrdinalIgnoreCase)).ToList();
        var (sign, least) = more >= .975 ? (1, .975) : less >= .975 ? (-1, .975) : more >= .80 ? (1, .80) : less >= .80 ? (-1, .80) : (0, 0);
        return said is [var (_, s, l)] && s == sign && l == least;
    }

    /// <summary>P(X &gt; value) by Simpson's rule: another way than the series that the statistics use.</summary>
    static double Tail(double value, Posterior b)
    {
        if (!(b.Deviation > 0)) return b.Mean > value ? 1 : 0;
        var z = (value - b.Mean) / b.Deviation;
        if (z > 9) return 0;
        if (z < -9) return 1;
        const int steps = 400; // right to the sixth decimal
        double width = (10 - z) / steps, sum = 0;
        for (var i = 0; i <= steps; i++) sum += (i is 0 or steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-0.5 * (z + i * width) * (z + i * width));
        return sum * width / 3 / Math.Sqrt(2 * Math.PI);
    }

    static bool Hundred(Posterior? believed, string text)
    {
        if (believed is not { } b) return false;
        int[] said = [.. OfHundred().Matches(text).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
        return said is [var more, var less, var small] && more + less + small == 100 && Math.Abs(more - 100 * Tail(0.1, b)) < 1.01 && Math.Abs(less - 100 * Tail(0.1, new Posterior(-b.Mean, b.Deviation))) < 1.01;
    }

    static bool Difference(Posterior? believed, CheckedReport page, string text)
    {
        if (believed is not { } d) return false;
        var sign = d.Mean - d.Deviation > 0 ? 1 : d.Mean + d.Deviation < 0 ? -1 : 0;
        if (text is "geen duidelijk verschil" or "no clear difference") return sign == 0;
        var points = InBrackets().Match(text) is { Success: true } m ? page.Parse(m.Groups[1].Value) : null;
        return sign == (text.StartsWith("meer", StringComparison.Ordinal) || text.StartsWith("more", StringComparison.Ordinal) ? 1 : -1) && points is { } p && Math.Abs(p - Math.Abs(d.Mean)) < 0.0501;
    }

    // ---- drawings ----

    static IEnumerable<string> Drawings(ReportFacts facts, CheckedReport page)
    {
        foreach (var svg in page.Drawings)
        {
            var across = Axis(svg, page, "tick", "x");
            foreach (var mark in Marks(svg, "own"))
            {
                var name = (string)mark.Attribute("data-cell")!;
                var cell = name[..name.LastIndexOf('|')];
                if (facts.MustHide(cell)) yield return $"suppressed: {cell} is drawn";
                var up = name.Contains("|level|", StringComparison.Ordinal);
                var drawn = up ? Above(mark, svg, page) : across is { } a ? a.Value(At(mark, "cx")) : null;
                if (facts.Value(name) is not { } value || drawn is not { } d || Math.Abs(d.Value - value) > d.Pixel * 1.5) yield return $"chart: {name} does not stand at its number";
            }
            // All parts of a bar together are as wide as those of any other: a bar of one part has nothing else to be in proportion to.
            var full = Marks(svg, "part").GroupBy(p => At(p, "y")).Select(bar => bar.Sum(p => At(p, "width"))).ToList();
            if (full.Count > 0 && full.Max() - full.Min() > 1) yield return "chart: a bar is not in proportion to its counts";
            XElement[] parts = [.. Marks(svg, "part").Where(p => ((string)p.Attribute("data-cell")!).EndsWith("|n", StringComparison.Ordinal))];
            foreach (var row in parts.GroupBy(p => At(p, "y")))
            {
                var rates = row.Select(p => (Name: (string)p.Attribute("data-cell")!, Width: At(p, "width"))).Select(p => facts.Value(p.Name) is { } n and > 0 ? p.Width / n : double.NaN).ToList();
                if (rates.Any(double.IsNaN) || rates.Max() - rates.Min() > 0.02 * rates.Max()) yield return "chart: a bar is not in proportion to its counts";
            }
        }
    }

    static IEnumerable<XElement> Marks(XElement svg, string kind) => svg.Descendants().Where(e => (string?)e.Attribute("class") == kind);

    static double At(XElement mark, string attribute) => double.Parse((string)mark.Attribute(attribute)!, CultureInfo.InvariantCulture);

    /// <summary>Reads a place by two ticks.</summary>
    readonly record struct Scale(double First, double AtFirst, double Last, double AtLast)
    {
        public (double Value, double Pixel)? Value(double at) => AtLast == AtFirst ? null : (First + (at - AtFirst) / (AtLast - AtFirst) * (Last - First), Math.Abs((Last - First) / (AtLast - AtFirst)));
    }

    static Scale? Axis(XElement svg, CheckedReport page, string kind, string attribute)
    {
        (double? Value, double At)[] ticks = [.. Marks(svg, kind).Select(t => (page.Parse(t.Value), At(t, attribute)))];
        return ticks.Length < 2 || ticks.Any(t => t.Value is null) ? null : new Scale(ticks[0].Value!.Value, ticks[0].At, ticks[^1].Value!.Value, ticks[^1].At);
    }

    /// <summary>A mark in a panel, by the ticks of its own panel: those to its left in the same row.</summary>
    static (double Value, double Pixel)? Above(XElement mark, XElement svg, CheckedReport page)
    {
        var (x, y) = (At(mark, "cx"), At(mark, "cy"));
        var left = Marks(svg, "tick-up").Where(t => At(t, "x") < x).OrderByDescending(t => At(t, "x")).ToList();
        if (left.Count == 0) return null;
        var column = left.Where(t => Math.Abs(At(t, "x") - At(left[0], "x")) < 1).OrderBy(t => At(t, "y")).ToList();
        var panel = column.Where(t => Math.Abs(At(t, "y") - y) < 200).Select(t => (Value: page.Parse(t.Value), Y: At(t, "y") - 4)).Where(t => t.Value is not null).ToList();
        if (panel.Count < 2) return null;
        // Two neighbours of one panel: the nearest tick, and the next one whose value goes the right way.
        var near = panel.MinBy(t => Math.Abs(t.Y - y));
        var next = panel.Where(t => t != near && (t.Y > near.Y) == (t.Value < near.Value)).MinBy(t => Math.Abs(t.Y - near.Y));
        return next.Value is null ? null : new Scale(near.Value!.Value, near.Y, next.Value.Value, next.Y).Value(y);
    }

    // ---- who, where, how ----

    static IEnumerable<string> Identity(ReportHead head, IReadOnlySet<string> schools, CheckedReport page)
    {
        if (!(page.Main.Descendants("h1").FirstOrDefault()?.Value ?? "").EndsWith(head.Name, StringComparison.Ordinal) || !page.Text.Contains($"{head.Edition} · {head.Code}", StringComparison.Ordinal)) yield return "identity: the page does not name its school and edition";
        if (SchoolCode().Matches(page.Text).Any(m => m.Value != head.Code && schools.Contains(m.Value))) yield return "identity: another school is named";
    }

    static IEnumerable<string> Layout(CheckedReport page)
    {
        if (page.Main.Descendants().Attributes("id").GroupBy(a => a.Value).Any(g => g.Count() > 1)) yield return "layout: an id stands twice";
        if (Broken().IsMatch(page.Text)) yield return "layout: something could not be written";
        if (page.Main.Descendants("td").Concat(page.Main.Descendants("p")).Any(e => e.Value.Length > 900)) yield return "layout: a text is too long for its place";
        foreach (var svg in page.Drawings)
        {
            double[] box = [.. ((string)svg.Attribute("viewBox")!).Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
            if (string.IsNullOrWhiteSpace(Child(svg, "title")) || string.IsNullOrWhiteSpace(Child(svg, "desc"))) yield return "layout: a drawing has no title or description";
            if (Marks(svg, "own").Any(m => At(m, "cx") < 0 || At(m, "cx") > box[2] || At(m, "cy") < 0 || At(m, "cy") > box[3])) yield return "layout: a mark lies outside its drawing";
            if (!Marks(svg, "own").Any() && !Marks(svg, "part").Any() && !svg.Descendants().Any(e => (string?)e.Attribute("font-style") == "italic")) yield return "layout: a drawing is empty";
            if (svg.Descendants().Where(e => e.Name.LocalName == "text" && (string?)e.Attribute("text-anchor") == "start").Any(t => At(t, "x") + 5.6 * t.Value.Length > box[2] + 10)) yield return "layout: words run out of a drawing";
            if (!page.Main.Descendants("caption").Any()) yield return "layout: a drawing has no table";
        }

        static string? Child(XElement svg, string name) => svg.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
    }

    /// <summary>A print of a page that could not be read is not held for that a second time.</summary>
    static bool Follows(OutgoingFile print, List<CheckedReport> pages) =>
        pages.FirstOrDefault(p => print.Name.EndsWith($".{p.Language}.pdf", StringComparison.Ordinal)) is not { } page || PrintedReport.Follows(print.Content, page, page.Main.Elements("p").First().Value);

    static IEnumerable<string> SameIn(CheckedReport first, CheckedReport other)
    {
        var (a, b) = (first.Numbers.Select(n => (n.Name, first.Parse(n.Text))).ToHashSet(), other.Numbers.Select(n => (n.Name, other.Parse(n.Text))).ToHashSet());
        if (!a.SetEquals(b)) yield return "languages: the pages do not have the same numbers";
        if (!first.Claims.Select(c => c.Name).ToHashSet().SetEquals(other.Claims.Select(c => c.Name))) yield return "languages: the pages do not say the same";
    }

    static IEnumerable<string> Csv(ReportFacts facts, ReportHead head, string csv)
    {
        foreach (var line in csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var cells = line.Split(',');
            if (cells.Length != 10 || cells[0] != head.Code || cells[1] != head.Edition.ToString()) { yield return "identity: a line of the numbers is of another school or edition"; continue; }
            var cell = string.Join('|', cells[3..7]);
            if (cells[9].Length > 0) { if (cells[8].Length > 0) yield return $"suppressed: {cell} has a value in the numbers"; continue; }
            if (facts.MustHide(cell)) yield return $"suppressed: {cell} has a value in the numbers";
            if (!double.TryParse(cells[8], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) yield return $"number: {cell} is no number in the numbers";
            else if (facts.Value($"{cell}|{cells[7]}") is { } true1 && Math.Abs(value - true1) > 0.5001e-4) yield return $"number: {cell} differs from the statistics in the numbers";
        }
    }

    [GeneratedRegex(@"(\d+) (?:van de|of the) 100\b")] private static partial Regex OfHundred();

    [GeneratedRegex(@"\(([0-9.,]+) ")] private static partial Regex InBrackets();

    [GeneratedRegex(@"\b[0-9]{2}[A-Z]{2}[0-9]{2}\b")] private static partial Regex SchoolCode();

    [GeneratedRegex(@"NaN|∞|Infinity|System\.|\{[a-zA-Z0-9]+\}")] private static partial Regex Broken();

    [GeneratedRegex(@"\b(dankzij|veroorzaakt|als gevolg van|leidt tot|komt doordat|thanks to|caused by|because of|leads to|results in)\b", RegexOptions.IgnoreCase)] private static partial Regex Causal();
}
