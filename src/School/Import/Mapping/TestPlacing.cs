namespace Groeilijn.School;

/// <summary>Finds the test of a row from its code, name, subject, series and moment, as far as the table has them, and from what the school said of names.</summary>
sealed class TestPlacing
{
    const int LongestLabel = 80;
    static readonly TableField[] s_fields = [TableField.TestCode, TableField.TestName, TableField.Subject, TableField.Series, TableField.Moment];
    readonly int[] _columns;
    readonly Dictionary<string, TestWords> _said;
    readonly Dictionary<(string, string, string, string, string), Placed> _known = [];

    public TestPlacing(MappingChoices choices, TableHeader header)
    {
        _columns = [.. s_fields.Select(field => choices.Of(field) is { } choice ? Columns.Index(header, choice.Column) : -1)];
        _said = choices.Tests.GroupBy(t => t.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Test, StringComparer.Ordinal);
    }

    /// <summary>Which test it is.</summary>
    /// <param name="Code">The code in the catalogue; null when no test was found.</param>
    /// <param name="Other">It is surely a test that is not needed.</param>
    /// <param name="Label">The name that the table gives it, made alike.</param>
    /// <param name="Shown">The name as it stands.</param>
    /// <param name="Words">What the name says.</param>
    public sealed record Placed(string? Code, bool Other, string Label, string Shown, TestWords Words);

    public Placed Of(TableRow row)
    {
        var key = (Cell(row, 0), Cell(row, 1), Cell(row, 2), Cell(row, 3), Cell(row, 4));
        if (_known.TryGetValue(key, out var placed)) return placed;
        var (code, name, subject, series, moment) = key;
        placed = Place(code, name, subject, series, moment);
        if (_known.Count < 10_000) _known[key] = placed;
        return placed;
    }

    Placed Place(string code, string name, string subject, string series, string moment)
    {
        var shown = string.Join(' ', new[] { code, name, subject, series }.Where(part => part.Length > 0));
        if (shown.Length > LongestLabel) shown = shown[..LongestLabel];
        var label = string.Join(' ', Alike.Tokens(shown));
        var read = TestNames.Read(code).Or(TestNames.Read(name)).Or(TestNames.Read(subject)).Or(TestNames.ReadSeries(series)).Or(TestNames.Read(moment));
        // What the school said of a name goes before what the name seems to say.
        if (_said.TryGetValue(label, out var said)) read = said.Or(read with { Other = read.Other && said.Subject is null });
        return new(read.Other ? null : read.Code, read.Other || read.IsWhole && read.Code is null, label, shown, read);
    }

    string Cell(TableRow row, int field) => _columns[field] < 0 ? "" : row.Cells[_columns[field]];
}

static class Columns
{
    /// <summary>Where the column of a name stands; −1 when the table has none.</summary>
    public static int Index(TableHeader header, string column)
    {
        for (var i = 0; i < header.Keys.Count; i++) if (header.Keys[i] == column) return i;
        return -1;
    }
}
