using System.Globalization;
using System.Text;

namespace Groeilijn.School;

/// <summary>
/// The list for whoever keeps the pupil tracking system: what to put right there, line by line. Of a pupil it holds the key alone, which
/// means something in that system only; no name, number, birth date or score.
/// </summary>
public static class CorrectionList
{
    static readonly string[] s_dutch = ["code", "wat", "bestand", "regel", "veld", "leerling_key", "wat te doen"], s_english = ["code", "what", "file", "line", "field", "leerling_key", "what to do"];

    /// <summary>
    /// The list as CSV for a spreadsheet: UTF-8 with mark, semicolons, CRLF (RFC 4180). A cell that a spreadsheet could take for a
    /// formula has an apostrophe before it, which is no part of the key.
    /// </summary>
    public static byte[] Csv(CheckReport report, string language)
    {
        ArgumentNullException.ThrowIfNull(report);
        var csv = new StringBuilder();
        Line(csv, language == "nl" ? s_dutch : s_english);
        var findings = report.Findings.ToLookup(f => f.Rule);
        foreach (var rule in report.ToDo.Select(t => t.Rule).Where(r => r.Where is Where.LvsCorrect or Where.ImportAgain))
            foreach (var f in findings[rule])
                Line(csv, [rule.Code, rule.Sentence(language), f.Place.File, f.Place.Line > 0 ? f.Place.Line.ToString(CultureInfo.InvariantCulture) : "", f.Place.Column, report.Key(f.Person), rule.Remedy(language)]);
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())];
    }

    static void Line(StringBuilder csv, ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) csv.Append(';');
            Cell(csv, cells[i]);
        }
        csv.Append("\r\n");
    }

    static void Cell(StringBuilder csv, string text)
    {
        if (text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '|' or '%' || text[0] < ' ')) text = "'" + text;
        if (text.AsSpan().ContainsAny(";\",\r\n\t")) csv.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else csv.Append(text);
    }
}
