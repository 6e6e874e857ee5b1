using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Cli.Commands;

/// <summary>The sheet on which people judge a sample of pairs, side by side and without a score, and the reading of what they say.</summary>
static class LinkCommandReview
{
    /// <summary>Another seed would be another sample; a run that is done again asks about the same pairs.</summary>
    const ulong Seed = 20_260_101;

    /// <summary>Writes the sheet: identifiers, the cells of each field of both, and an empty column <c>same</c>. Returns how many pairs it has.</summary>
    internal static int Write(string path, LinkageResult result, int size, (string Path, string[] Columns, LinkIds Ids) left, (string Path, string[] Columns, LinkIds Ids) right, IReadOnlyList<string> fields)
    {
        var sample = ClericalSample.Draw(result, size, Seed);
        var (here, there) = (Cells(left.Path, left.Columns, [.. sample.Select(p => p.Left)]), Cells(right.Path, right.Columns, [.. sample.Select(p => p.Right)]));
        var sheet = new StringBuilder("left_id,right_id,").AppendJoin(',', fields.Select(f => $"left_{f},right_{f}")).Append(",same\n");
        foreach (var pair in sample)
        {
            sheet.Append(Cell(Encoding.UTF8.GetString(left.Ids[pair.Left]))).Append(',').Append(Cell(Encoding.UTF8.GetString(right.Ids[pair.Right])));
            for (var f = 0; f < fields.Count; f++) sheet.Append(',').Append(Cell(here[pair.Left][f])).Append(',').Append(Cell(there[pair.Right][f]));
            sheet.Append(",\n");
        }
        DurableFile.Write(path, Encoding.UTF8.GetBytes(sheet.ToString()));
        return sample.Count;
    }

    /// <summary>Reads a sheet that people filled in; what has no answer is passed over. A fault in words when it is no such sheet.</summary>
    internal static (IReadOnlyList<JudgedPair> Judged, string? Fault) Read(string path, LinkIds left, LinkIds right)
    {
        using var table = LinkTable.Open(path);
        var places = new[] { "left_id", "right_id", "same" }.Select(name => LinkModelFile.Column(table, name)).ToArray();
        if (places.Any(p => p < 0)) return ([], "the sheet has no column left_id, right_id or same");
        var (rows, wanted) = (new List<(long Row, string Left, string Right, bool Same)>(), (Left: new Dictionary<string, int>(StringComparer.Ordinal), Right: new Dictionary<string, int>(StringComparer.Ordinal)));
        while (table.Next())
        {
            var answer = Encoding.UTF8.GetString(table.Row[table.Cells[places[2]]]).Trim().ToUpperInvariant();
            if (answer.Length == 0) continue;
            bool? same = answer is "YES" or "JA" or "1" or "TRUE" ? true : answer is "NO" or "NEE" or "0" or "FALSE" ? false : null;
            if (same is null) return ([], $"row {table.Number} of the sheet says neither yes nor no");
            var (a, b) = (Id(table, places[0]), Id(table, places[1]));
            rows.Add((table.Number, a, b, same.Value));
            (wanted.Left[a], wanted.Right[b]) = (-1, -1);
        }
        left.Find(wanted.Left);
        right.Find(wanted.Right);
        foreach (var (row, a, b, _) in rows) if (wanted.Left[a] < 0 || wanted.Right[b] < 0) return ([], $"row {row} of the sheet names a record that is not in the files");
        return ([.. rows.Select(r => new JudgedPair(wanted.Left[r.Left], wanted.Right[r.Right], r.Same))], null);
    }

    static string Id(LinkTable table, int place)
    {
        var text = Encoding.UTF8.GetString(table.Row[table.Cells[place]]).Trim();
        return text.Length > 1 && text[0] == '\'' && IsFormula(text[1]) ? text[1..] : text;
    }

    static bool IsFormula(char first) => first is '=' or '+' or '-' or '@';

    /// <summary>The cells of some rows, which are read again: linking keeps no text.</summary>
    static Dictionary<int, string[]> Cells(string path, string[] columns, HashSet<int> rows)
    {
        using var table = LinkTable.Open(path);
        var (places, cells) = (columns.Select(c => LinkModelFile.Column(table, c)).ToArray(), new Dictionary<int, string[]>());
        for (var row = 0; table.Next(); row++)
            if (rows.Contains(row)) cells[row] = [.. places.Select(p => Encoding.UTF8.GetString(table.Row[table.Cells[p]]).Trim())];
        return cells;
    }

    /// <summary>Quoted where it must be; a sign that a spreadsheet takes for a formula gets an apostrophe.</summary>
    static string Cell(string text) => CsvCell.Of(text.Length > 0 && IsFormula(text[0]) ? "'" + text : text);
}
