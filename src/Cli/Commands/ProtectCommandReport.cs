using System.Diagnostics;
using System.Globalization;
using System.Text;
using Groeilijn.Statistics.Disclosure;
using Groeilijn.Web;

namespace Groeilijn.Cli.Commands;

/// <summary>The protected tables as files, and the report of pattern, audit and loss. No hidden value is in any of them.</summary>
sealed class ProtectReport(ProtectTables tables, ProtectedPublication made, ProtectSpec spec, double seconds)
{
    /// <summary>How it was audited.</summary>
    internal static string Method(bool eliminated) => "witness tables in whole numbers, checked without a solver, " + (eliminated ? "and elimination modulo two primes" : "alone: elimination would take too long here");

    const int MostListed = 400;

    Counted[]? _all;

    internal sealed record Counted(int Cells, int Primary, int Secondary, int Published, decimal Lost, decimal Whole);

    /// <summary>One table: the dimensions, value, status, reason.</summary>
    internal string Csv(int t) => Lines(tables.Publication.Tables[t], cell => cell < 0 ? ("", "empty", "") : (made.Pattern.Hidden[cell] ? "" : (tables.Publication.System.Values[cell] / tables.Scales[t]).ToString("0.############", CultureInfo.InvariantCulture), Status(cell), Reason(cell)));

    static string Lines(PublishedTable table, Func<int, (string Value, string Status, string Reason)> of)
    {
        var text = new StringBuilder(string.Join(',', table.Dimensions.Select(d => CsvCell.Of(d.Name)))).Append(",value,status,reason\n");
        foreach (var at in Places(table))
        {
            foreach (var (d, code) in table.CodesAt(at).Index()) text.Append(CsvCell.Of(table.Dimensions[d].Codes[code])).Append(',');
            var (value, status, reason) = of(table.Cells[at]);
            text.Append(value).Append(',').Append(status).Append(',').Append(reason).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The places of a table; what codes of two hierarchies differ by is no place of its own.</summary>
    static IEnumerable<int> Places(PublishedTable table) => Enumerable.Range(0, table.Cells.Length).Where(at => !table.IsDifference(at));

    string Status(int cell) => !made.Pattern.Hidden[cell] ? "published" : made.IsPrimary(cell) ? "primary" : "secondary";

    string Reason(int cell) => made.Pattern.Hidden[cell] ? Code(made.Reasons[cell]) : "";

    /// <summary>A reason in files: words with hyphens, a space between two.</summary>
    internal static string Code(Reasons reasons) => string.Join(' ', Enum.GetValues<Reasons>().Where(r => r != Reasons.None && reasons.HasFlag(r)).Select(r => r switch
    {
        Reasons.MinimumCount => "minimum-count",
        Reasons.PPercent => "p-percent",
        Reasons.MinimumContributors => "minimum-contributors",
        _ => r.ToString().ToLowerInvariant(),
    }));

    Counted Count(int t)
    {
        var (cells, primary, secondary, published, lost, whole) = (0, 0, 0, 0, 0m, 0m);
        var table = tables.Publication.Tables[t];
        foreach (var at in Places(table))
        {
            var cell = table.Cells[at];
            if (cell < 0) continue;
            cells++;
            var value = Math.Abs(tables.Publication.System.Values[cell]) / tables.Scales[t];
            whole += value;
            if (Status(cell) == "primary") primary++;
            else if (Status(cell) == "secondary") (secondary, lost) = (secondary + 1, lost + value);
            else published++;
        }
        return new(cells, primary, secondary, published, lost, whole);
    }

    Counted[] All => _all ??= [.. Enumerable.Range(0, tables.Publication.Tables.Count).Select(Count)];

    internal object Document() => new
    {
        cells = All.Sum(c => c.Cells),
        primary = All.Sum(c => c.Primary),
        secondary = All.Sum(c => c.Secondary),
        published = All.Sum(c => c.Published),
        audit = new { method = Method(made.Eliminated), unprotected = made.Unprotected.Count },
        lost = new { secondaryValue = All.Sum(c => c.Lost), share = All.Sum(c => c.Whole) is > 0 and var whole ? Math.Round((double)(All.Sum(c => c.Lost) / whole), 6) : 0 },
        seconds = Math.Round(seconds, 2),
        cpuSeconds = Math.Round(Cpu(), 2),
        tables = Enumerable.Range(0, tables.Publication.Tables.Count).Select(t => (Name: tables.Publication.Tables[t].Name, Count: All[t])).Select(t => new { name = t.Name, cells = t.Count.Cells, primary = t.Count.Primary, secondary = t.Count.Secondary, published = t.Count.Published }),
    };

    static double Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }

    internal string Words() => string.Create(CultureInfo.InvariantCulture, $"{All.Sum(c => c.Cells):N0} cells: {All.Sum(c => c.Primary):N0} sensitive, {All.Sum(c => c.Secondary):N0} more hidden to protect them, {All.Sum(c => c.Published):N0} published.\nAudit ({Method(made.Eliminated)}): {made.Unprotected.Count} unprotected.");

    internal string Page()
    {
        var body = new StringBuilder(made.Unprotected.Count == 0
            ? "<p class=\"good\">Every sensitive cell is proven safe.</p>\n"
            : $"<p class=\"stop\">{Whole(made.Unprotected.Count)} sensitive cells could not be proven safe: publish nothing of this before they are. They stand first in the lists below, with “no” under “Proven”{(made.Unprotected.Any(c => c >= tables.Publication.System.Cells) ? "; what remains of a total without its published parts counts as a cell, and stands in no list" : "")}.</p>\n");
        body.Append(Html.Figures(("Cells", Whole(All.Sum(c => c.Cells))), ("Sensitive", Whole(All.Sum(c => c.Primary))), ("Hidden to protect them", Whole(All.Sum(c => c.Secondary))), ("Published", Whole(All.Sum(c => c.Published))), ("Unprotected", Whole(made.Unprotected.Count))));
        body.Append("<h2>Tables</h2>\n").Append(Html.Table("What is published of each table", ["Table", Head("Cells"), Head("Sensitive"), Head("Hidden beside"), Head("Published"), Head("Share of the value hidden beside")],
            Enumerable.Range(0, tables.Publication.Tables.Count).Select(t => (tables.Publication.Tables[t].Name, Count: All[t])).Select(t => (IReadOnlyList<Cell>)[t.Name, Cell.Number(t.Count.Cells, "en"), Cell.Number(t.Count.Primary, "en"), Cell.Number(t.Count.Secondary, "en"), Cell.Number(t.Count.Published, "en"), Cell.Number(t.Count.Whole == 0 ? "0" : ((double)(t.Count.Lost / t.Count.Whole)).ToString("P2", CultureInfo.InvariantCulture))])));
        body.Append("<h2>Why cells are hidden</h2>\n").Append(Html.Table("Reasons, as they stand in the files", ["Reason", "What it means", Head("Cells")], Enumerable.Range(0, tables.Publication.Tables.Count).SelectMany(t => Hidden(t).Select(at => made.Reasons[tables.Publication.Tables[t].Cells[at]])).CountBy(r => r).OrderByDescending(r => r.Value).ThenBy(r => r.Key).Select(r => (IReadOnlyList<Cell>)[Code(r.Key), Meaning(r.Key), Cell.Number(r.Value, "en")])));
        body.Append(CultureInfo.InvariantCulture, $"<h2>The audit</h2>\n<p>For each of {Whole(made.Pattern.Witnesses.Count + made.Pattern.Unprotected.Count)} requirements two other tables were sought that agree with everything published and in which the cell lies as far off as the rules ask. {Whole(made.Pattern.Witnesses.Count)} were found and checked again without a solver. {(made.Eliminated ? "By elimination modulo two primes it was also looked for what follows by sums and differences." : "Elimination, a second opinion on what follows by sums and differences, was not made: it would take too long here.")}</p>\n");
        body.Append(CultureInfo.InvariantCulture, $"<p>{Whole(made.Pattern.Necessary.Count(n => n))} of the cells hidden beside are necessary: publishing any one of them alone would expose a sensitive cell.</p>\n");
        for (var t = 0; t < tables.Publication.Tables.Count; t++) body.Append(Pattern(t));
        body.Append("<h2>What it cost</h2>\n").Append(Html.Figures(("Seconds", Html.Number(seconds, 1, "en")), ("CPU seconds", Html.Number(Cpu(), 1, "en"))));
        return Web.Page.Render(new PageHead("en", "Protected tables", $"groeilijn protect, method {spec.Protection?.Method ?? "exact"}"), body.ToString());
    }

    string Pattern(int t)
    {
        var table = tables.Publication.Tables[t];
        var open = made.Unprotected.ToHashSet();
        int[] hidden = [.. Hidden(t).OrderBy(at => open.Contains(table.Cells[at]) ? 0 : 1)];
        var more = hidden.Length > MostListed ? $"<p>The first {MostListed} of {Whole(hidden.Length)} hidden cells; the file has them all.</p>\n" : "";
        return $"<h2>Hidden in {Html.Encode(table.Name)}</h2>\n{more}" + Html.Table($"Hidden in {table.Name}", [.. table.Dimensions.Select(d => (Cell)d.Name), "Status", "Reason", "Proven"],
            hidden.Take(MostListed).Select(at => (IReadOnlyList<Cell>)[.. table.CodesAt(at).Select((c, d) => (Cell)table.Dimensions[d].Codes[c]), Status(table.Cells[at]), Reason(table.Cells[at]), open.Contains(table.Cells[at]) ? "no" : made.IsPrimary(table.Cells[at]) ? "yes" : "not needed"]));
    }

    /// <summary>The places of a table that are not published.</summary>
    IEnumerable<int> Hidden(int t)
    {
        var table = tables.Publication.Tables[t];
        return Places(table).Where(at => table.Cells[at] >= 0 && made.Pattern.Hidden[table.Cells[at]]);
    }

    /// <summary>The reasons in words, with the limits that were asked.</summary>
    string Meaning(Reasons reasons) => string.Join("; ", Enum.GetValues<Reasons>().Where(r => r != Reasons.None && reasons.HasFlag(r)).Select(r => r switch
    {
        Reasons.MinimumCount => string.Create(CultureInfo.InvariantCulture, $"fewer than {tables.Rules.MinCount} units"),
        Reasons.Zero => "nobody is in it, and that is to be kept secret",
        Reasons.PPercent => string.Create(CultureInfo.InvariantCulture, $"the largest contributor could be estimated within {tables.Rules.PPercent?.P} % by {tables.Rules.PPercent?.N} other"),
        Reasons.Dominance => string.Create(CultureInfo.InvariantCulture, $"the {tables.Rules.Dominance?.N} largest contributors make up more than {tables.Rules.Dominance?.K} %"),
        Reasons.MinimumContributors => string.Create(CultureInfo.InvariantCulture, $"fewer than {tables.Rules.MinContributors} contributors"),
        Reasons.Group => string.Create(CultureInfo.InvariantCulture, $"more than {tables.Rules.GroupShare * 100:0.#} % of a group are in it"),
        Reasons.Difference => "it is what two published cells would differ by",
        Reasons.Owner => "the owner of the table marked it",
        Reasons.Union => "what remains of a total rests on too few contributors",
        Reasons.Secondary => "it is not sensitive, but a sensitive cell would follow from it",
        _ => throw new ArgumentOutOfRangeException(nameof(reasons), r, "a reason without words"),
    }));

    /// <summary>The certificates: per requirement the changes that make its two tables.</summary>
    internal static string Certificates(ProtectedPublication made)
    {
        var text = new StringBuilder("cell,up,down,width,table,changes\n");
        foreach (var (requirement, up, down) in made.Pattern.Witnesses)
            foreach (var (which, movement) in new[] { ("higher", up), ("lower", down) })
                text.Append(CultureInfo.InvariantCulture, $"{requirement.Cell},{requirement.Up},{requirement.Down},{requirement.Width},{which},{string.Join(' ', movement.Parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Cell}:{p.By:+0;-0}")))}\n");
        return text.ToString();
    }

    /// <summary>A rounded table: everything is published.</summary>
    internal static string Rounded(PublishedTable table, long[] values) => Lines(table, cell => cell < 0 ? ("0", "empty", "") : (values[cell].ToString(CultureInfo.InvariantCulture), "published", ""));

    static Cell Head(string text) => new(text, CellKind.Number);

    static string Whole(long number) => Html.Number(number, "en");
}
