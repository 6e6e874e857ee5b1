using Groeilijn.Columns;
using Groeilijn.Delivery;

namespace Groeilijn.Office;

/// <summary>
/// Removes pupils from the files that are known by RIN: the cohort and the background. Each file that holds one is written anew without them under another name, the
/// store's row names the new one from then on, and the old one is overwritten and removed.
/// </summary>
static class CohortRemoval
{
    /// <summary>Removes the pupils of a run; each place answers with the step that removed them.</summary>
    public static void Remove(OfficeHome home, Gone gone, Action<string> step)
    {
        foreach (var (table, place) in ((string, string)[])[("cohort_parts", "cohort"), ("background_parts", "background")])
            foreach (var path in home.Database.Read<string>($"SELECT path FROM {table} ORDER BY path")) Rewrite(home, table, path, [.. gone.Rins], (t, rins) => gone.Removed(home, t, place, rins), step);
    }

    /// <summary>
    /// Writes one file anew without some pupils, if it holds any of them. Whose a row is, is what the corrected links say; a row that bears a pupil's RIN and is another's by a correction gets the
    /// other's RIN for good. Returns how many rows went.
    /// </summary>
    /// <param name="home">The office's home.</param>
    /// <param name="table">The table that names the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="rins">Whose rows go.</param>
    /// <param name="also">What else belongs to the step, with the pupils that the file held.</param>
    /// <param name="step">Called between two steps.</param>
    public static long Rewrite(OfficeHome home, string table, string path, IReadOnlyCollection<Rin> rins, Action<Storage.Transaction, IReadOnlyList<Rin>> also, Action<string> step)
    {
        using var database = ColumnDatabase.Open();
        Gone.Fill(database, rins.Select(rin => rin.Text));
        var from = Owned(home, database, table, path);
        var held = database.Query($"SELECT DISTINCT CASE WHEN owner IN (SELECT identity FROM gone) THEN owner ELSE rin END FROM {from} WHERE owner IN (SELECT identity FROM gone) OR rin IN (SELECT identity FROM gone)", row => Rin.TryParse(row.GetString(0), out var rin) ? rin : default);
        if (held.Count == 0) return 0;

        var (before, after) = database.Query($"SELECT count(*), count(*) FILTER (owner NOT IN (SELECT identity FROM gone)) FROM {from}", row => (row.GetInt64(0), row.GetInt64(1)))[0];
        var renewed = PartFiles.Free(home, path);
        if (after > 0) PartFiles.Write(home, database, $"SELECT * EXCLUDE (owner) REPLACE (CASE WHEN rin IN (SELECT identity FROM gone) THEN owner ELSE rin END AS rin) FROM {from} WHERE owner NOT IN (SELECT identity FROM gone)", renewed);
        step("rewritten");
        home.Database.Write(t =>
        {
            var sha256 = after > 0 ? FileDigest.OfFile(home.At(renewed)).Sha256 : "";
            t.Execute(after > 0 ? $"UPDATE {table} SET path = @renewed, rows = @after, sha256 = @sha256 WHERE path = @path" : $"DELETE FROM {table} WHERE path = @path", new { path, renewed, after, sha256 });
            Leftovers.Add(t, path);
            also(t, held);
            t.Enter(home.Entry("cohort", "rewritten", ("file", sha256)));
        });
        step("renamed");
        Leftovers.Finish(home);
        step("overwritten");
        return before - after;
    }

    /// <summary>The rows of a file with their owner beside the RIN that they bear.</summary>
    static string Owned(OfficeHome home, ColumnDatabase database, string table, string path)
    {
        var scan = Parquet.Scan(home.At(path));
        var corrected = table == "cohort_parts" ? CohortCorrections.All(home) : [];
        if (corrected.Count == 0) return $"(SELECT *, rin AS owner FROM {scan})";
        database.Execute("CREATE TABLE moved (school VARCHAR, bears VARCHAR, owner VARCHAR)");
        using (var moved = database.Append("moved"))
        {
            foreach (var (school, bears, owner) in corrected)
            {
                moved.Append(school);
                moved.Append(bears.Text);
                moved.Append(owner.Text);
                moved.EndRow();
            }
            moved.Complete();
        }
        return $"(SELECT p.*, coalesce(m.owner, p.rin) AS owner FROM {scan} p LEFT JOIN moved m ON m.school = p.school AND m.bears = p.rin)";
    }

    /// <summary>Corrections of links name RINs too: they go last, when what they said of these pupils is carried out in cohort and projects.</summary>
    public static void Forget(OfficeHome home, IEnumerable<Rin> rins) => home.Database.Write(t =>
    {
        var links = rins.Sum(rin => t.Execute("DELETE FROM link_corrections WHERE rin_before = @rin OR rin_after = @rin", new { rin = rin.Text }));
        if (links > 0) t.Enter(home.Entry("cohort", "links-forgotten", ("links", links)));
    });
}
