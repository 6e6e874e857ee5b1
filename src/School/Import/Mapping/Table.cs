namespace Groeilijn.School;

/// <summary>A row of a table: the line it begins on and its cells, which hold only until the next row is asked for.</summary>
readonly record struct TableRow(int Line, IReadOnlyList<string> Cells);

/// <summary>
/// A table as it lies in a file, CSV or workbook: rows of text. Days and numbers of a workbook come as text too,
/// <c>2015-03-09</c> and <c>206.6</c>. It can be read as often as needed, each time from the start.
/// </summary>
abstract class Table
{
    public abstract IEnumerable<TableRow> Rows();

    /// <summary>The line of the last row when it has no line end, so that the file may be broken off there; 0 when all is well.</summary>
    public virtual int BrokenOff => 0;

    /// <summary>How it is written, in words: separator and encoding, or the number of the sheet.</summary>
    public abstract Words Written { get; }

    /// <summary>Whether a row must have as many cells as the header: so in CSV, where it tells a broken file.</summary>
    public virtual bool Strict => false;
}

/// <summary>The row with the names of the columns, which need not be the first: titles may stand above it.</summary>
sealed record TableHeader(int Line, IReadOnlyList<string> Names)
{
    const int RowsLookedAt = 30, FewestKnown = 2;

    /// <summary>Each name made alike, a second one of the same name with its number, so that every column has a name of its own.</summary>
    public IReadOnlyList<string> Keys { get; } = Unique(Names);

    public int Known { get; } = Names.Count(name => Meaning(name) > 0);

    /// <summary>The row, among the first ones, that has the most names that columns usually have; null when none has two.</summary>
    public static TableHeader? Find(Table table)
    {
        TableHeader? best = null;
        foreach (var row in Readable(table).Take(RowsLookedAt))
        {
            var header = new TableHeader(row.Line, [.. row.Cells.Select(cell => cell.Trim('\uFEFF', ' ', '\t', '\r', '\n', '"'))]);
            if (header.Known >= FewestKnown && header.Known > (best?.Known ?? 0)) best = header;
        }
        return best;
    }

    /// <summary>The rows up to one that cannot be read: divided by the wrong separator, most files have such a row.</summary>
    static IEnumerable<TableRow> Readable(Table table)
    {
        using var rows = table.Rows().GetEnumerator();
        while (Next(rows)) yield return rows.Current;

        static bool Next(IEnumerator<TableRow> rows)
        {
            try
            {
                return rows.MoveNext();
            }
            catch (FileRefused broken) when (broken.Rule == Rules.FileRowBroken)
            {
                return false;
            }
        }
    }

    static int Meaning(string name)
    {
        if (name.Length is 0 or > 80) return 0;
        if (ColumnNames.Known(name) is not null) return 1;
        var test = TestNames.Read(name);
        return test.Moment is not null && (test.Subject is not null || test.Other) ? 1 : 0;
    }

    static List<string> Unique(IReadOnlyList<string> names)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var keys = new List<string>();
        foreach (var name in names)
        {
            var plain = Alike.Name(name);
            var number = seen[plain] = seen.GetValueOrDefault(plain) + 1;
            keys.Add(number == 1 ? plain : $"{plain}#{number}");
        }
        return keys;
    }

    /// <summary>The rows under the header, with every cell trimmed; rows that are empty throughout are passed over.</summary>
    public IEnumerable<TableRow> Rows(Table table)
    {
        var cells = new string[Names.Count];
        foreach (var row in table.Rows())
        {
            if (row.Line <= Line) continue;
            var filled = false;
            for (var i = 0; i < Math.Max(row.Cells.Count, cells.Length); i++)
            {
                var cell = i < row.Cells.Count ? row.Cells[i].Trim() : "";
                filled |= cell.Length > 0;
                if (i < cells.Length) cells[i] = cell;
                else if (cell.Length > 0 && table.Strict) throw new FileRefused(Rules.FileRowBroken, row.Line);
            }
            if (!filled) continue;
            if (table.Strict && row.Cells.Count < cells.Length) throw new FileRefused(Rules.FileRowBroken, row.Line);
            yield return new(row.Line, cells);
        }
    }
}
