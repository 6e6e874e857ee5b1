using System.Globalization;
using System.Text;
using Groeilijn.Web;

namespace Groeilijn.OpenData;

/// <summary>The page of one table in one language: pictures first, the numbers beside them, then what they mean and how to take them along.</summary>
sealed class TablePage(ReleasedTable table, IReadOnlyList<string> editions, string language)
{
    readonly TableLayout _layout = TableLayout.Of(table);
    readonly StringBuilder _body = new();

    public string Render()
    {
        var (up, english) = (SiteAddress.Up(language), language == "en");
        if (table.Description is { } description) _body.Append("<p class=\"lead\">").Append(Html.Encode(description.In(language))).Append("</p>\n");
        Numbers();
        Hidden();
        Definitions();
        Downloads(up);
        OtherEditions();
        var other = english ? $"{up}{SiteAddress.Table(table, "nl")}" : $"{up}{SiteAddress.Table(table, "en")}";
        return Page.Render(new PageHead(language, TitleWithEdition, $"{In(Words.Room)} · {In(Words.Edition)} {table.Edition}", other, ("../index.html", In(Words.AllTables))), _body.ToString());
    }

    string TitleWithEdition => table.Title.In(language) is var title && title.Contains(table.Edition, StringComparison.Ordinal) ? title : $"{title}, {table.Edition}";

    string In(Bilingual words) => words.In(language);

    void Heading(Bilingual words) => _body.Append("<h2>").Append(Html.Encode(In(words))).Append("</h2>\n");

    /// <summary>Subjects and scales first, each with an overview when it has parts of its own; the first with a number to see is open.</summary>
    void Numbers()
    {
        Heading(Words.Numbers);
        var number = 0;
        Parts(table.Rows, _layout.Apart, table.Title.In(language), (title, rows) =>
        {
            if (_layout.Within.Count == 1) Overview(title, rows);
            Parts(rows, _layout.Within, title, (inner, part) => Part(++number, inner, part));
        });
    }

    /// <summary>What stands in the rows of each combination of some dimensions, folded away when there is more than one.</summary>
    void Parts(IEnumerable<TableRow> rows, IReadOnlyList<int> dimensions, string around, Action<string, List<TableRow>> show)
    {
        var parts = rows.GroupBy(r => string.Join('\t', dimensions.Select(d => r.Codes[d])), StringComparer.Ordinal).Select(g => g.Order(Comparer<TableRow>.Create(ByCodes)).ToList()).OrderBy(g => g[0], Comparer<TableRow>.Create(ByCodes)).ToList();
        var open = parts.Find(p => p.Exists(r => !r.IsHidden));
        foreach (var part in parts)
        {
            var title = string.Join(" · ", dimensions.Select(d => table.Dimensions[d].Label(part[0].Codes[d], language)));
            if (parts.Count > 1) _body.Append(part == open ? "<details open>" : "<details>").Append("<summary>").Append(Html.Encode(title)).Append("</summary>\n");
            show(title.Length == 0 ? around : dimensions == _layout.Within ? $"{around} · {title}" : title, part);
            if (parts.Count > 1) _body.Append("</details>\n");
        }
    }

    /// <summary>The main measure of all parts at a glance: a row for each part, a column for each place.</summary>
    void Overview(string title, List<TableRow> rows)
    {
        if (_layout.Series is not null || Picture.MainMeasure(table) is not { } main) return;
        var (across, within) = (table.Dimensions[_layout.Across], table.Dimensions[_layout.Within[0]]);
        var places = across.Codes.Where(c => rows.Exists(r => r.Codes[_layout.Across] == c.Code)).ToList();
        List<Cell> headers = [within.Title.In(language), .. places.Select(p => Cell.Number(p.Label.In(language)))];
        _body.Append(Html.Table($"{table.Measures[main].Title.In(language)} ({table.Measures[main].Unit.In(language)}): {title}", headers, rows
            .GroupBy(r => r.Codes[_layout.Within[0]], StringComparer.Ordinal)
            .Select(g => (IReadOnlyList<Cell>)[within.Label(g.Key, language), .. places.Select(p => Glance(g.FirstOrDefault(r => r.Codes[_layout.Across] == p.Code), main))])));
    }

    Cell Glance(TableRow? row, int measure) => row is null ? "–" : row.IsHidden ? Cell.Hidden(In(Words.NotShown)) : Value(row, measure);

    Cell Value(TableRow row, int measure) => Cell.Number(row.Values[measure] is { } value ? Html.Number(value, table.Measures[measure].Decimals, language) : "–");

    void Part(int number, string title, List<TableRow> rows)
    {
        if (Picture.Of(table, _layout, rows, language, title, string.Create(CultureInfo.InvariantCulture, $"p{number}")) is { } picture) _body.Append(picture);
        List<Cell> headers = [table.Dimensions[_layout.Across].Title.In(language)];
        if (_layout.Series is { } s) headers.Add(table.Dimensions[s].Title.In(language));
        foreach (var measure in table.Measures) headers.Add(Cell.Number($"{measure.Title.In(language)} ({measure.Unit.In(language)})"));
        _body.Append(Html.Table(title == table.Title.In(language) ? title : $"{table.Title.In(language)}: {title}", headers, rows.Select(Row)));
    }

    List<Cell> Row(TableRow row)
    {
        List<Cell> cells = [table.Dimensions[_layout.Across].Label(row.Codes[_layout.Across], language)];
        if (_layout.Series is { } s) cells.Add(table.Dimensions[s].Label(row.Codes[s], language));
        for (var m = 0; m < table.Measures.Count; m++)
            cells.Add(row.IsHidden ? Cell.Hidden(table.Hidden.First(h => h.Code == row.Hidden).Label.In(language)) : Value(row, m));
        return cells;
    }

    void Hidden()
    {
        Heading(Words.HiddenTitle);
        var hidden = table.Hidden.Select(h => (h.Label, Count: table.Rows.Count(r => r.Hidden == h.Code))).Where(h => h.Count > 0).ToList();
        if (hidden.Count == 0)
        {
            _body.Append("<p>").Append(Html.Encode(In(Words.NothingHidden))).Append("</p>\n");
            return;
        }
        _body.Append("<p>").Append(Html.Encode(In(Words.HiddenMeans))).Append("</p>\n");
        _body.Append(Html.Table(In(Words.HiddenTitle), [In(Words.Reason), Cell.Number(In(Words.Cells))], hidden.Select(h => (IReadOnlyList<Cell>)[h.Label.In(language), Cell.Number(h.Count, language)])));
    }

    void Definitions()
    {
        Heading(Words.Definitions);
        _body.Append(Html.Table(In(Words.Definitions), [In(Words.Column), In(Words.Meaning)],
            [.. table.Dimensions.Select(d => (IReadOnlyList<Cell>)[d.Id, d.Title.In(language)]), .. table.Measures.Select(m => (IReadOnlyList<Cell>)[m.Id, $"{m.Title.In(language)} ({m.Unit.In(language)})"]), [ReleasedTable.StatusColumn, In(Words.StatusMeans)], [ReleasedTable.ReasonColumn, In(Words.HiddenTitle)]]));
        foreach (var dimension in table.Dimensions)
        {
            var title = dimension.Title.In(language);
            _body.Append("<details><summary>").Append(Html.Encode($"{In(Words.Code)}: {title}")).Append("</summary>\n")
                .Append(Html.Table(title, [In(Words.Code), In(Words.Meaning)], dimension.Codes.Select(c => (IReadOnlyList<Cell>)[c.Code, c.Label.In(language)]))).Append("</details>\n");
        }
    }

    void Downloads(string up)
    {
        Heading(Words.Downloads);
        _body.Append("<ul>\n");
        Download($"{up}{SiteAddress.Csv(table)}", Words.CsvLink, table.Csv.Length);
        Download($"{up}{SiteAddress.Json(table)}", Words.JsonLink, table.Metadata.Length);
        _body.Append("</ul>\n<dl>\n");
        Fact(Words.Licence, table.Licence);
        Fact(Words.Source, table.Source.In(language));
        Fact(Words.Release, $"{table.Release} ({table.Profile})");
        Fact(Words.Hash, table.Sha256);
        _body.Append("</dl>\n");

        void Download(string address, Bilingual words, int bytes) =>
            _body.Append("<li><a href=\"").Append(Html.Encode(address)).Append("\" download>").Append(Html.Encode(In(words))).Append("</a> (").Append(Html.Number(bytes, language)).Append(" bytes)</li>\n");

        void Fact(Bilingual words, string fact) => _body.Append("<dt>").Append(Html.Encode(In(words))).Append("</dt><dd class=\"mono\">").Append(Html.Encode(fact)).Append("</dd>\n");
    }

    void OtherEditions()
    {
        if (editions.Count < 2) return;
        Heading(Words.OtherEditions);
        _body.Append("<ul>\n");
        foreach (var edition in editions.Where(e => e != table.Edition))
            _body.Append("<li><a href=\"../").Append(edition).Append('/').Append(table.Id).Append(".html\">").Append(edition).Append("</a></li>\n");
        _body.Append("</ul>\n");
    }

    /// <summary>In the order in which the metadata list the codes: parts first, then places, then lines.</summary>
    int ByCodes(TableRow a, TableRow b)
    {
        foreach (var d in (IEnumerable<int>)[.. _layout.Apart, .. _layout.Within, _layout.Across, .. _layout.Series is { } s ? [s] : Array.Empty<int>()])
            if (Place(d, a).CompareTo(Place(d, b)) is var order and not 0) return order;
        return 0;
    }

    int Place(int dimension, TableRow row) => table.Dimensions[dimension].Codes.Select((c, i) => c.Code == row.Codes[dimension] ? i : -1).First(i => i >= 0);
}
