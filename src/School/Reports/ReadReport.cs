using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Groeilijn.School;

/// <summary>One subject of a report, in the report's own words and figures; null where the report shows none.</summary>
/// <param name="Id">Subject and scale as the page names them: <c>maths-lvs-3</c>.</param>
/// <param name="Name">The subject in words.</param>
/// <param name="Conclusion">What it comes to, as a sentence.</param>
/// <param name="Difference">The difference from what was expected.</param>
/// <param name="Interval">Its 95 % interval.</param>
/// <param name="Pupils">How many pupils count, or why that is not shown.</param>
/// <param name="Lasting">All half-years together, as a sentence.</param>
sealed record ReadSubject(string Id, string Name, string Conclusion, string? Difference, string? Interval, string Pupils, string? Lasting)
{
    /// <summary>The name of the difference in the file of numbers: <c>maths|lvs-3</c>; null where nothing is claimed.</summary>
    public string? Cells { get; init; }
}

/// <summary>What an opened report of the office says, read back from its page: nothing is computed or worded anew.</summary>
sealed partial class ReadReport
{
    readonly XElement _main;

    ReadReport(XElement main, string school, string name)
    {
        (_main, School, Name) = (main, school, name);
        Subjects = [.. main.Elements("h2").Where(h => Next(h) is { } lead && (string?)lead.Attribute("class") == "lead").Where(h => (string?)h.Attribute("id") != "short").Select(Subject)];
    }

    public string School { get; }

    /// <summary>The school's name as the title has it.</summary>
    public string Name { get; }

    /// <summary>Its subjects with growth, in order.</summary>
    public IReadOnlyList<ReadSubject> Subjects { get; }

    /// <summary>Reads a page; null when it is no report of the office on this edition in this language.</summary>
    public static ReadReport? From(string html, string edition, string language)
    {
        var (from, to) = (html.IndexOf("<main", StringComparison.Ordinal), html.IndexOf("</main>", StringComparison.Ordinal));
        if (from < 0 || to < from || !html.Contains($"<html lang=\"{language}\">", StringComparison.Ordinal)) return null;
        try
        {
            var main = XElement.Parse(html[from..(to + 7)], LoadOptions.PreserveWhitespace);
            var kind = Kind().Match(main.Elements("p").FirstOrDefault(p => (string?)p.Attribute("class") == "room")?.Value ?? "");
            var title = Title().Match(main.Element("h1")?.Value ?? "");
            return kind.Success && title.Success && kind.Groups[1].Value == edition ? new ReadReport(main, kind.Groups[2].Value, title.Groups[1].Value) : null;
        }
        catch (XmlException) { return null; }
    }

    ReadSubject Subject(XElement heading)
    {
        var (lead, name) = (Next(heading)!, heading.Value);
        var cells = ((string?)lead.Attribute("data-claim"))?.Split('|') is [_, var subject, var scale, ..] ? $"{subject}|{scale}" : null;
        var difference = cells is null ? null : Cell($"{cells}|all|effect|mean");
        var lasting = cells is null ? null : _main.Elements("p").FirstOrDefault(p => (string?)p.Attribute("data-claim") == $"level|{cells}|all|three-years");
        return new ReadSubject((string)heading.Attribute("id")!, name, AfterColon(lead.Value), difference?.Value, difference is null ? null : Next(difference)?.Value, Counted(name), lasting is null ? null : AfterColon(lasting.Value)) { Cells = cells };
    }

    /// <summary>Of the table of who counts, the row of a subject.</summary>
    string Counted(string name) =>
        _main.Descendants("tr").Where(row => row.Element("th") is { } th && th.Value == name).Select(row => row.Elements("td").FirstOrDefault()?.Value).FirstOrDefault() ?? "";

    XElement? Cell(string name) => _main.Descendants("td").FirstOrDefault(td => (string?)td.Attribute("data-cell") == name);

    static XElement? Next(XElement element) => element.ElementsAfterSelf().FirstOrDefault();

    static string AfterColon(string sentence) => sentence.IndexOf(": ", StringComparison.Ordinal) is var at and > 0 ? char.ToUpperInvariant(sentence[at + 2]) + sentence[(at + 3)..] : sentence;

    [GeneratedRegex(@"^(?:Schoolrapport|School report) (20[0-9]{2}-[12]) · ([0-9]{2}[A-Z]{2}[0-9]{2})\z")] private static partial Regex Kind();

    [GeneratedRegex(@"^(?:Leergroei op|Learning growth at) (.+)\z")] private static partial Regex Title();
}
