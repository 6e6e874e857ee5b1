using System.Globalization;
using Groeilijn.Statistics.Growth;

namespace Groeilijn.Cli.Commands;

/// <summary>
/// Columns of texts of which at least half the texts are numbers, or would be with a point for a comma: one slip of the pen makes a factor of hundreds of levels of
/// a column that was meant to be of numbers, and a model that nobody asked for.
/// </summary>
static class MeantNumbers
{
    /// <summary>A response that was meant to be numbers is refused, with the row to look at.</summary>
    internal static FitRefusal? InResponse(ModelFormula model, DataTable table)
    {
        foreach (var name in model.Response.Names)
            if (Find(table.Find(name)!) is var (row, commas))
                return new(FitRefusalCode.WrongKind, $"the response `{name}` is no number in data row {row + 1}", Remedy(commas));
        return null;
    }

    /// <summary>Columns that vary in the model and are taken as factors, though they were meant to be numbers.</summary>
    internal static IEnumerable<string> AsFactors(ModelFormula model, DataTable table)
    {
        var varying = model.Fixed.Terms.Concat(model.Random.SelectMany(r => r.Terms.Terms)).SelectMany(t => t).SelectMany(e => e.Names);
        foreach (var name in varying.Distinct(StringComparer.Ordinal))
            if (Find(table.Find(name)!) is var (row, commas))
                yield return $"column `{name}` is taken as a factor, because it is no number in data row {row + 1}: {Remedy(commas)}";
    }

    static string Remedy(bool commas) => commas ? "write decimals with a point, not a comma" : "correct the cell, or leave it empty when the value is missing";

    static (int Row, bool Commas)? Find(DataColumn column)
    {
        if (column.Levels is not { } levels) return null;
        var wrong = Array.ConvertAll(levels, l => !IsNumber(l));
        var pointed = levels.Count(l => IsNumber(l.Replace(',', '.')));
        if (levels.Length == 0 || 2 * pointed < levels.Length) return null;
        return (Array.FindIndex(column.Codes!, code => code >= 0 && wrong[code]), 2 * levels.Count(l => IsNumber(l)) < levels.Length);
    }

    static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
