using System.Xml.Linq;

namespace Groeilijn.Office;

/// <summary>What a page says, read back from its text alone: numbers and statements by name, drawings, and words. It shares nothing with what wrote the page.</summary>
sealed class CheckedReport
{
    readonly bool _dutch;

    CheckedReport(XElement main, string language)
    {
        (Main, Language, _dutch) = (main, language, language == "nl");
        Text = string.Join(' ', main.DescendantNodes().OfType<XText>().Select(t => t.Value));
    }

    public XElement Main { get; }
    public string Language { get; }

    /// <summary>All words.</summary>
    public string Text { get; }

    /// <summary>Elements that name a number, in tables.</summary>
    public IEnumerable<(string Name, string Text)> Numbers => Main.Descendants().Where(e => e.Name.LocalName is "td" or "th").Select(e => ((string?)e.Attribute("data-cell"), e.Value)).Where(n => n.Item1 is not null && n.Item1.Count(c => c == '|') == 4 && !IsClaim(n.Item1)).Select(n => (n.Item1!, n.Value));

    /// <summary>Elements that state something of a number.</summary>
    public IEnumerable<(string Name, string Text)> Claims => Main.Descendants().SelectMany(e => new[] { ((string?)e.Attribute("data-claim"), e.Value), (e.Name.LocalName == "td" ? (string?)e.Attribute("data-cell") : null, e.Value) }).Where(c => c.Item1 is not null && IsClaim(c.Item1)).Select(c => (c.Item1!, c.Value));

    public IEnumerable<XElement> Drawings => Main.Descendants().Where(e => e.Name.LocalName == "svg");

    /// <summary>Reads a page's main part; null when it is not well-formed.</summary>
    public static CheckedReport? Read(string html)
    {
        var (from, to) = (html.IndexOf("<main", StringComparison.Ordinal), html.IndexOf("</main>", StringComparison.Ordinal));
        if (from < 0 || to < from) return null;
        try { return new CheckedReport(XElement.Parse(html[from..(to + 7)], LoadOptions.PreserveWhitespace), html.Contains("<html lang=\"nl\"", StringComparison.Ordinal) ? "nl" : "en"); }
        catch (System.Xml.XmlException) { return null; }
    }

    /// <summary>A number as its language writes it; null when it is none.</summary>
    public double? Parse(string text)
    {
        var plain = text.Trim().Replace('−', '-').Replace(_dutch ? "." : ",", "", StringComparison.Ordinal).Replace(',', '.');
        return double.TryParse(plain, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    static bool IsClaim(string name) => name.Split('|')[0] is "level" or "hundred" or "difference" or "wider" or "no-wider";
}
