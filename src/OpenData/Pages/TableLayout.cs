namespace Groeilijn.OpenData;

/// <summary>
/// How a table is laid out for people, decided from its dimensions alone: <see cref="Across"/> runs down the rows and along the picture,
/// <see cref="Series"/> makes a few lines beside each other, and each combination of the other dimensions is a part of the page.
/// Scales and subjects are always parts: their numbers must not be compared in one picture.
/// </summary>
sealed record TableLayout(int Across, int? Series, IReadOnlyList<int> Parts)
{
    static readonly string[] s_ordered = ["edition", "moment", "period", "half_year", "interval", "year_group", "pupil_year_group", "test_year_group"];
    static readonly string[] s_apart = ["scale", "subject"];

    public bool IsOrdered { get; private init; }

    public static TableLayout Of(ReleasedTable table)
    {
        var all = Enumerable.Range(0, table.Dimensions.Count).ToList();
        bool Ordered(int d) => s_ordered.Contains(table.Dimensions[d].Id);
        var across = all.OrderByDescending(Ordered).ThenByDescending(d => table.Dimensions[d].Codes.Count).ThenByDescending(d => d).First();
        var rest = all.Where(d => d != across).ToList();
        var series = rest.LastOrDefault(d => !s_apart.Contains(table.Dimensions[d].Id) && table.Dimensions[d].Codes.Count is > 1 and <= Web.LineChart.Most, -1);
        return new(across, series < 0 ? null : series, [.. rest.Where(d => d != series)]) { IsOrdered = Ordered(across) };
    }
}
