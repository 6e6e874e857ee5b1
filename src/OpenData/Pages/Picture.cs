using Groeilijn.Web;

namespace Groeilijn.OpenData;

/// <summary>The picture of one part of a table: its main measure along an ordered dimension. Where there is no order there is no line, and no picture.</summary>
static class Picture
{
    public static string? Of(ReleasedTable table, TableLayout layout, List<TableRow> rows, string language, string title, string id)
    {
        if (!layout.IsOrdered || MainMeasure(table) is not { } main || rows.All(r => r.IsHidden)) return null;
        var (low, high) = (Measure(table, main, "low"), Measure(table, main, "high"));
        var across = table.Dimensions[layout.Across];
        string[] places = [.. across.Codes.Select(c => c.Code).Where(c => rows.Any(r => r.Codes[layout.Across] == c))];
        List<Line> lines = [.. rows.Select(r => layout.Series is { } s ? r.Codes[s] : "").Distinct()
            .Select(code => new Line(layout.Series is { } s ? table.Dimensions[s].Label(code, language) : "", [.. places.Select(place => Point(place, code))]))];

        var measure = table.Measures[main];
        var note = string.Join(' ', new[] { rows.Any(r => r.IsHidden) ? Words.Gap : null, low is not null && high is not null ? Words.Interval : null, layout.IsJoined ? Words.Axis : null }.OfType<Bilingual>().Select(w => w.In(language)));
        var words = new LineText($"{measure.Title.In(language)}: {title}", note, across.Title.In(language), measure.Unit.In(language), measure.Decimals, language, layout.IsJoined);
        return $"<figure>\n{LineChart.Lines(id, words, [.. places.Select(p => across.Label(p, language))], lines)}<figcaption>{Html.Encode($"{words.Title}. {note}")}</figcaption>\n</figure>\n";

        LinePoint Point(string place, string code)
        {
            var row = rows.Find(r => r.Codes[layout.Across] == place && (layout.Series is not { } s || r.Codes[s] == code));
            return row is null ? default : new(row.Values[main], low is { } l ? row.Values[l] : null, high is { } h ? row.Values[h] : null);
        }
    }

    /// <summary>A mean before anything else: counts tell who took a test, means tell how it went.</summary>
    public static int? MainMeasure(ReleasedTable table)
    {
        var ids = table.Measures.Select(m => m.Id).ToList();
        int[] candidates = [ids.IndexOf("mean"), ids.FindIndex(i => i.Contains("mean", StringComparison.Ordinal)), ids.IndexOf("growth"), ids.Count == 1 ? 0 : -1];
        return candidates.FirstOrDefault(c => c >= 0, -1) is >= 0 and var found ? found : null;
    }

    static int? Measure(ReleasedTable table, int main, string end) =>
        table.Measures.Select((m, i) => (m.Id, Index: i)).Where(m => m.Id == end || m.Id == $"{table.Measures[main].Id}_{end}").Select(m => (int?)m.Index).FirstOrDefault();
}
