using System.Globalization;
using System.Text;

namespace Groeilijn.Office;

/// <summary>The numbers of a report (<c>groeilijn-report/1</c>): one line a number, or one a hidden cell with the code of its reason. RFC 4180, UTF-8, a point as decimal sign.</summary>
static class CsvReport
{
    public const string Heading = "school,edition,version,subject,scale,place,part,measure,value,hidden";

    public static byte[] Write(ReportHead head, ReportNumbers numbers)
    {
        var csv = new StringBuilder(Heading).Append("\r\n");
        foreach (var cell in numbers.Cells)
        {
            var measures = ReportCells.Measures[cell.Codes[3]];
            if (cell.Hidden is not null) Line(csv, head, cell.Codes, "", "", numbers.Reason(cell));
            else for (var i = 0; i < cell.Values.Count; i++) Line(csv, head, cell.Codes, measures[i], cell.Values[i].ToString("0.####", CultureInfo.InvariantCulture), "");
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    static void Line(StringBuilder csv, ReportHead head, IReadOnlyList<string> codes, string measure, string value, string hidden) =>
        csv.Append(CultureInfo.InvariantCulture, $"{head.Code},{head.Edition},{head.Version},{codes[0]},{codes[1]},{codes[2]},{codes[3]},{measure},{(value == "-0" ? "0" : value)},{hidden}\r\n");
}
