using Groeilijn.Statistics.Disclosure;

namespace Groeilijn.Statistics.OutputChecks;

/// <summary>
/// What counts tell together, within a file and between files: a hidden cell that follows from totals and parts, a total that is a few more than its parts, and the same
/// group in two files with a few units' difference. Tables that agree on all that they share are one system of cells for the audit; tables that do not are two populations.
/// </summary>
sealed class LinkedTables(IReadOnlyList<OutputTable> tables, Findings found)
{
    readonly int _least = found.Limits.MinCount;

    internal void Check()
    {
        var margins = new Margins?[tables.Count];
        var whole = new List<long>[tables.Count];
        for (var t = 0; t < tables.Count; t++)
        {
            margins[t] = tables[t].IsCells && tables[t].Rows > 0 ? Read(tables[t]) : null;
            whole[t] = Wholes(tables[t], margins[t]);
        }
        for (var t = 0; t < tables.Count; t++) if (margins[t] is { } alone) Within(alone);
        if (tables is [{ Kind: Statbarn.LinkedMultilevelTables } only] && margins[0] is not { Totals: > 0 }) found.Add(only.File, Statbarn.LinkedMultilevelTables, s_alone);
        var together = Enumerable.Range(0, tables.Count).ToArray();
        for (var b = 0; b < tables.Count; b++)
            for (var a = 0; a < b; a++)
            {
                if (tables[a].Unread is not null || tables[b].Unread is not null) continue;
                if (margins[a] is { } first && margins[b] is { } second)
                {
                    if (Between(first, second)) Join(together, a, b);
                }
                else Models(a, b, whole);
            }
        foreach (var same in Enumerable.Range(0, tables.Count).Where(t => margins[t] is not null).GroupBy(t => Root(together, t)).Where(g => g.Count() > 1))
            Recovered([.. same.Select(t => margins[t]!)], Statbarn.LinkedMultilevelTables);
    }

    Margins? Read(OutputTable table)
    {
        var (made, fault) = Margins.Of(table);
        if (table.Of(Role.Count).Count() > 1) found.Add(table.File, Statbarn.LinkedMultilevelTables, Fault.Review("several-counts", "only the first column of counts was laid beside totals and other files", "give one row a cell, with one column of counts"));
        if (fault is { } wrong) found.Add(table.File, Statbarn.LinkedMultilevelTables, wrong.Fault, null, wrong.Row);
        return made;
    }

    /// <summary>A total less its parts is a cell too.</summary>
    void Within(Margins margins)
    {
        var broken = false;
        foreach (var (row, fault) in margins.Faults(_least, found.Limits.Zeros))
        {
            broken = true;
            found.Add(margins.Table.File, Statbarn.Frequencies, fault, margins.Label, row < 0 ? null : row + 1);
        }
        if (!broken && margins.Totals > 0) found.Passed(margins.Table.File, Statbarn.Frequencies, "totals", "no total is a few units more than its parts", margins.Label, margins.Totals);
        Recovered([margins], Statbarn.Frequencies);
    }

    /// <summary>Whether two tables agree on all that both tell; where they differ by a few units, those are a group.</summary>
    bool Between(Margins a, Margins b)
    {
        var (compared, differ, small) = (0, false, false);
        foreach (var (key, cell) in b.Cells)
        {
            if (cell.Value is not { } after || !a.Cells.TryGetValue(key, out var other) || other.Value is not { } before) continue;
            compared++;
            differ |= before != after;
            if (before == after || Math.Abs(before - after) >= _least) continue;
            small = true;
            found.Add(b.Table.File, Statbarn.LinkedMultilevelTables, Difference(a.Table.File, Verdict.Refuse), b.Label, cell.Row < 0 ? null : cell.Row + 1);
        }
        if (compared == 0) found.Add(b.Table.File, Statbarn.LinkedMultilevelTables, NotCompared(a.Table.File));
        else if (!small) found.Passed(b.Table.File, Statbarn.LinkedMultilevelTables, "difference", $"no group differs by a few units from the same group in {a.Table.File}", b.Label, compared);
        return compared > 0 && !differ;
    }

    Fault Difference(string file, Verdict verdict) => new(verdict, "difference", FormattableString.Invariant($"together with {file} the difference of the two shows a group of fewer than {_least} units"), "give both for the same units, or make the difference larger");

    static readonly Fault s_alone = Fault.Review("not-compared", "it is declared as linked, but there is no total in it and no other output beside it, so nothing was compared", "give the outputs that it is linked with in the same call");

    static Fault NotCompared(string file) => Fault.Review("not-compared", $"nothing in it can be compared with {file}, so what the two tell together was not checked", "give both with a total and with columns n, or have a person compare them");

    /// <summary>Two models on nearly the same units tell of the few that are in one of them.</summary>
    void Models(int a, int b, List<long>[] whole)
    {
        if (whole[a].Count == 0 || whole[b].Count == 0) { found.Add(tables[b].File, Statbarn.LinkedMultilevelTables, NotCompared(tables[a].File)); return; }
        if (!whole[a].Exists(n => whole[b].Exists(m => n != m && Math.Abs(n - m) < _least)))
            found.Passed(tables[b].File, Statbarn.LinkedMultilevelTables, "difference", $"its units do not differ by a few from those of {tables[a].File}", null, whole[b].Count);
        else found.Add(tables[b].File, Statbarn.LinkedMultilevelTables, Difference(tables[a].File, SameTerms(tables[a], tables[b]) ? Verdict.Refuse : Verdict.Review));
    }

    static bool SameTerms(OutputTable a, OutputTable b) =>
        a.First(Role.Term) is { } x && b.First(Role.Term) is { } y && Enumerable.Range(0, a.Rows).Select(x.Code).ToHashSet().SetEquals(Enumerable.Range(0, b.Rows).Select(y.Code));

    static List<long> Wholes(OutputTable table, Margins? margins)
    {
        if (margins is not null) return margins.Cells.TryGetValue("", out var all) && all.Value is { } n ? [n] : [];
        if (table.IsCells || (table.First(Role.Count) ?? table.First(Role.AtRisk)) is not { } column) return [];
        var numbers = Enumerable.Range(0, table.Rows).Select(column.Number).OfType<double>().Where(n => n is >= 0 and < 1e15).Select(n => (long)n).Distinct();
        return column.Role == Role.AtRisk ? [.. numbers.OrderDescending().Take(1)] : [.. numbers.Take(1000)];
    }

    /// <summary>Hidden cells that follow: first by putting in what is known, then by elimination of everything that holds.</summary>
    void Recovered(IReadOnlyList<Margins> system, Statbarn statbarn)
    {
        var hidden = system.SelectMany(m => m.Hidden.Select(h => (Margins: m, h.Key, h.Row))).ToList();
        if (hidden.Count == 0) return;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var values = new List<long?>();
        foreach (var margins in system)
            foreach (var (key, cell) in margins.Cells)
                if (places.TryAdd(key, values.Count)) values.Add(cell.Value);
                else values[places[key]] ??= cell.Value;
        var rows = system.SelectMany(m => m.Sums).Select(s => (Total: places[s.Total], Parts: s.Parts.Select(p => places[p]).ToArray())).ToList();
        PutIn(values, rows);
        var unknown = values.Select(v => v is null).ToArray();
        var follows = Elimination.Recoverable(new(new long[values.Count], [.. rows.Select(r => r.Parts.Select(p => (p, -1)).Prepend((r.Total, 1)).ToArray())]), unknown);
        var broken = false;
        foreach (var (margins, key, row) in hidden)
        {
            var (at, value) = (places[key], values[places[key]]);
            if (!follows[at] && (value is null || value >= _least || value == 0 && !found.Limits.Zeros)) continue;
            broken = true;
            found.Add(margins.Table.File, statbarn, Fault.Refuse("recoverable", "the hidden cell follows from what is shown, and is too small", "hide another cell in its row and in its column (groeilijn protect does so, and proves it)"), margins.Label, row + 1);
        }
        if (!broken) found.Passed(system[^1].Table.File, statbarn, "recoverable", system.Count == 1 ? "no small hidden cell follows from totals and parts" : "no small hidden cell follows from the tables together", system[^1].Label, hidden.Count);
    }

    static void PutIn(List<long?> values, List<(int Total, int[] Parts)> rows)
    {
        // What a hundred rounds do not reach is left to the elimination.
        var more = true;
        for (var round = 0; more && round < 100; round++)
        {
            more = false;
            foreach (var (total, parts) in rows)
            {
                var open = parts.Count(p => values[p] is null);
                if (open == 0 && values[total] is null) (values[total], more) = (parts.Sum(p => values[p]!.Value), true);
                else if (open == 1 && values[total] is { } whole)
                    (values[parts.First(p => values[p] is null)], more) = (whole - parts.Sum(p => values[p] ?? 0), true);
            }
        }
    }

    static int Root(int[] parents, int t)
    {
        while (parents[t] != t) t = parents[t];
        return t;
    }

    static void Join(int[] parents, int a, int b) => parents[Root(parents, b)] = Root(parents, a);
}
