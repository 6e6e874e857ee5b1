using Groeilijn.Columns;

namespace Groeilijn.Office;

/// <summary>Pupils whose term is over.</summary>
/// <param name="Before">Their last test was before this day.</param>
/// <param name="Pupils">How many.</param>
/// <param name="Rows">Their rows in cohort and background.</param>
public sealed record ExpiredPupils(DateOnly Before, int Pupils, long Rows);

/// <summary>What the office has kept long enough goes: of a pupil whose last test lies further back than the term, every row of cohort, background and projects, in the way of a withdrawal.</summary>
public static class Retention
{
    static readonly string[] s_tables = ["cohort_parts", "background_parts"];

    /// <summary>What would go today.</summary>
    public static ExpiredPupils Due(OfficeHome home)
    {
        var before = Before(home);
        var rins = Expired(home, before);
        return new ExpiredPupils(before, rins.Count, Paths(home).Sum(part => Count(home, part.Path, rins)));
    }

    /// <summary>Removes what is due. Safe to repeat.</summary>
    public static ExpiredPupils Run(OfficeHome home)
    {
        Leftovers.Finish(home);
        var before = Before(home);
        var rins = Expired(home, before);
        if (rins.Count == 0) return new ExpiredPupils(before, 0, 0);
        // Projects and background first: a run that is stopped finds its pupils again by the cohort.
        ProjectRemoval.Remove(home, new Gone(rins.Select(rin => (rin, ""))), static _ => { });
        var rows = Paths(home).Sum(part => CohortRemoval.Rewrite(home, part.Table, part.Path, rins, static (_, _) => { }, static _ => { }));
        ReleaseRemoval.Remove(home, new Gone(rins.Select(rin => (rin, ""))));
        CohortRemoval.Forget(home, rins);
        home.Database.Write(t => t.Enter(home.Entry("cohort", "expired", ("before", Tombstones.Text(before)), ("pupils", rins.Count), ("rows", rows))));
        return new ExpiredPupils(before, rins.Count, rows);
    }

    static DateOnly Before(OfficeHome home) => DateOnly.FromDateTime(home.Now.UtcDateTime).AddYears(-Terms.Of(home, Terms.CohortYears));

    static List<(string Table, string Path)> Paths(OfficeHome home) =>
        [.. s_tables.Reverse().SelectMany(table => home.Database.Read<string>($"SELECT path FROM {table} ORDER BY path").Select(path => (table, path)))];

    static List<Rin> Expired(OfficeHome home, DateOnly before)
    {
        using var database = ColumnDatabase.Open();
        return database.Query($"SELECT rin FROM {Cohort.Scan(home)} GROUP BY rin HAVING max(test_date) < $1", row => Rin.TryParse(row.GetString(0), out var rin) ? rin : default, before);
    }

    static long Count(OfficeHome home, string path, List<Rin> rins)
    {
        using var database = ColumnDatabase.Open();
        Gone.Fill(database, rins.Select(rin => rin.Text));
        return database.Query($"SELECT count(*) FROM {Parquet.Scan(home.At(path))} WHERE rin IN (SELECT identity FROM gone)", row => row.GetInt64(0))[0];
    }
}
