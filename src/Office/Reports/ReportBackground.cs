using System.Text.RegularExpressions;
using Groeilijn.Columns;

namespace Groeilijn.Office;

/// <summary>
/// Background of pupils for the schools' reports: only the variables whose every file was imported with a basis that names the purpose (the word <c>report</c> in it,
/// <c>CBS-wet 33 report</c>). Origin has another basis by rule and so is in no report. Without any, groups are start level and repeaters, which the cohort itself tells.
/// </summary>
static partial class ReportBackground
{
    public static PupilBackground Of(OfficeHome home)
    {
        string[] variables = [.. Background.Parts(home).GroupBy(part => part.Variable, StringComparer.Ordinal).Where(parts => parts.All(part => ForReports().IsMatch(part.Basis))).Select(parts => parts.Key)];
        if (variables.Length == 0) return PupilBackground.None;
        using var database = ColumnDatabase.Open();
        var rows = database.Query($"SELECT rin, variable, value FROM {Background.Scan(home, variables)}", row => (Rin: row.GetString(0), Variable: row.GetString(1), Value: row.GetString(2)));
        return new PupilBackground(rows.GroupBy(row => row.Variable, StringComparer.Ordinal).ToDictionary(of => of.Key, of => (IReadOnlyDictionary<Rin, string>)of.ToDictionary(
            row => Rin.TryParse(row.Rin, out var rin) ? rin : throw new InvalidDataException("A RIN in the background is not 16 letters."), row => row.Value), StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\breport\b")] private static partial Regex ForReports();
}
