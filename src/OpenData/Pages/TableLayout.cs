namespace Groeilijn.OpenData;

/// <summary>
/// How a table is laid out for people, decided from its dimensions alone: <see cref="Across"/> runs down the rows and along the picture,
/// <see cref="Series"/> makes a few lines beside each other, each combination of <see cref="Apart"/> is a part of the page, and each
/// combination of <see cref="Within"/> a part of that. Subjects and scales are always apart: their numbers must not be compared.
/// </summary>
sealed record TableLayout(int Across, int? Series, IReadOnlyList<int> Apart, IReadOnlyList<int> Within, bool IsOrdered, bool IsJoined)
{
    /// <summary>Steps of half a year follow each other, but each is an amount of its own: no line leads from one to the next.</summary>
    const string Step = "step";

    static readonly string[] s_ordered = ["edition", "moment", Step, "year_group", "pupil_year_group", "test_year_group"];
    static readonly string[] s_apart = ["subject", "scale"];

    public static TableLayout Of(ReleasedTable table)
    {
        var all = Enumerable.Range(0, table.Dimensions.Count).ToList();
        bool Ordered(int d) => s_ordered.Contains(table.Dimensions[d].Id);
        bool IsApart(int d) => s_apart.Contains(table.Dimensions[d].Id);
        var across = all.OrderByDescending(Ordered).ThenBy(IsApart).ThenByDescending(d => table.Dimensions[d].Codes.Count).ThenByDescending(d => d).First();
        var rest = all.Where(d => d != across).ToList();
        var series = rest.LastOrDefault(d => !IsApart(d) && table.Dimensions[d].Codes.Count is > 1 and <= Web.LineChart.Most, -1);
        var parts = rest.Where(d => d != series).ToList();
        return new(across, series < 0 ? null : series, [.. parts.Where(IsApart)], [.. parts.Where(d => !IsApart(d))], Ordered(across), table.Dimensions[across].Id != Step);
    }
}
