using Groeilijn.Columns;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// The cohort: Parquet files <c>cohort/&lt;edition&gt;/&lt;subject&gt;-&lt;round&gt;.parquet</c>, each written once. A result that comes with a later
/// round goes to its own half-year's folder, under that round's name, so that no file ever changes. An error found later comes as a numbered correction, and
/// the reader takes the latest. A file goes only when a pupil in it is withdrawn or its term is over; then another takes its place.
/// </summary>
public static class Cohort
{
    const string Columns = "edition, rin, school, pupil_year_group, test_year_group, subject, moment, test_date, scale, score_tenths";

    const string Key = "rin, subject, test_date, moment, test_year_group, \"scale\"";

    const string Table = """
        CREATE TABLE part (edition VARCHAR, rin VARCHAR, school VARCHAR, pupil_year_group INTEGER, test_year_group INTEGER,
        subject VARCHAR, moment VARCHAR, test_date DATE, scale VARCHAR, score_tenths INTEGER, correction INTEGER)
        """;

    /// <summary>The files in order of half-year, subject and round; only those of rounds up to <paramref name="round"/> when it is given.</summary>
    public static IReadOnlyList<CohortPart> Parts(OfficeHome home, Edition? round = null) => [.. home.Database
        .Read<(string Path, string Edition, string Subject, string Round, long Rows, string Sha256, long Corrections)>("SELECT path, edition, subject, round, rows, sha256, corrections FROM cohort_parts ORDER BY edition, subject, round, path")
        .Select(row => new CohortPart(row.Path, Read(row.Edition), Subjects.TryRead(row.Subject, out var subject) ? subject : throw new InvalidDataException("An unknown subject in cohort_parts."), Read(row.Round), (int)row.Rows, row.Sha256) { Corrections = (int)row.Corrections })
        .Where(part => round is not { } last || part.Round.CompareTo(last) <= 0)];

    /// <summary>What stands after FROM in DuckDB to read the cohort as it was after a round (the latest when none is given), if wanted only some half-years. A corrected result stands in it once, as it was corrected last.</summary>
    public static string Scan(OfficeHome home, Edition? round = null, params ReadOnlySpan<Edition> editions)
    {
        var wanted = editions.ToArray();
        return Scan(home, round, [.. Parts(home, round).Where(part => wanted.Length == 0 || wanted.Contains(part.Edition))]);
    }

    static string Scan(OfficeHome home, Edition? round, List<CohortPart> parts)
    {
        if (parts.Count == 0) return "(SELECT NULL::VARCHAR edition, NULL::VARCHAR rin, NULL::VARCHAR school, 0 pupil_year_group, 0 test_year_group, NULL::VARCHAR subject, NULL::VARCHAR moment, NULL::DATE test_date, NULL::VARCHAR \"scale\", 0 score_tenths, 0 correction WHERE false)";
        var files = $"read_parquet([{string.Join(", ", parts.Select(part => $"'{home.At(part.Path).Replace("'", "''", StringComparison.Ordinal)}'"))}], hive_partitioning = false, union_by_name = true)";
        var linked = CohortCorrections.Apply(home, round, files);
        if (linked == files && !IsCorrected(parts)) return files;
        // Where a link was corrected, two files can hold one result; where a score was, the last holds.
        return $"(SELECT * FROM {linked} QUALIFY row_number() OVER (PARTITION BY {Key} ORDER BY {(IsCorrected(parts) ? "coalesce(correction, 0) DESC, " : "")}school, score_tenths) = 1)";
    }

    static bool IsCorrected(List<CohortPart> parts) => parts.Exists(part => part.Corrections > 0);

    /// <summary>The rows of <see cref="Scan(OfficeHome, Edition?, ReadOnlySpan{Edition})"/>, in no order that means anything.</summary>
    public static List<CohortRow> Rows(OfficeHome home, Edition? round = null, params ReadOnlySpan<Edition> editions)
    {
        List<CohortRow> rows = [];
        Each(home, round, editions.ToArray(), _ => { }, rows.Add);
        return rows;
    }

    /// <summary>The same rows one after the other, for who cannot have them all in memory.</summary>
    /// <param name="home">The office.</param>
    /// <param name="round">As it was after this round.</param>
    /// <param name="wanted">The half-years; all when empty.</param>
    /// <param name="most">Told before the first row how many there are at most.</param>
    /// <param name="take">Takes a row.</param>
    internal static void Each(OfficeHome home, Edition? round, Edition[] wanted, Action<int> most, Action<CohortRow> take)
    {
        var parts = Parts(home, round).Where(part => wanted.Length == 0 || wanted.Contains(part.Edition)).ToList();
        most(parts.Sum(part => part.Rows));
        using var database = ColumnDatabase.Open();
        using var rows = database.Query($"SELECT {Columns}, {(IsCorrected(parts) ? "coalesce(correction, 0)" : "0")} FROM {Scan(home, round, parts)}");
        foreach (var row in rows) take(new CohortRow(
            Read(row.GetString(0)), Rin.TryParse(row.GetString(1), out var rin) ? rin : throw new InvalidDataException("A RIN in the cohort is not 16 letters."),
            row.GetString(2), row.GetInt32(3), row.GetInt32(4), Subjects.TryRead(row.GetString(5), out var subject) ? subject : default,
            row.GetString(6) == "M" ? HalfYear.M : HalfYear.E, row.GetDate(7), row.GetString(8), row.GetInt32(9))
        { Correction = row.GetInt32(10) });
    }

    /// <summary>Whom the cohort holds from a school.</summary>
    internal static List<Rin> RinsOf(OfficeHome home, string school)
    {
        using var database = ColumnDatabase.Open();
        return database.Query($"SELECT DISTINCT rin FROM {Scan(home)} WHERE school = $1", row => Rin.TryParse(row.GetString(0), out var rin) ? rin : default, school);
    }

    /// <summary>Whom the cohort holds at all, as text.</summary>
    internal static HashSet<string> Rins(OfficeHome home)
    {
        using var database = ColumnDatabase.Open();
        return [.. database.Query($"SELECT DISTINCT rin FROM {Scan(home)}", row => row.GetString(0))];
    }

    /// <summary>
    /// Writes what a round brings that is not there yet, durably; it belongs to the cohort once <see cref="Name"/> has named it. A result that two schools
    /// deliver counts once, for the first in order of code. The same result with another score corrects what the same school delivered in an earlier round. What
    /// an objection stops (a delivery of before, a pupil withdrawn since) does not come in.
    /// </summary>
    internal static CohortAddition Write(OfficeHome home, Edition round, IEnumerable<CohortRow> rows)
    {
        var merge = new CohortMerge(home, round, Rows(home));
        foreach (var row in merge.Standing(rows).Order(Comparer<CohortRow>.Create(CohortRow.Compare))) merge.Take(row);
        using var database = ColumnDatabase.Open();
        database.Execute(Table);
        List<CohortPart> parts = [.. from part in merge.Added.GroupBy(row => (row.Edition, row.Subject))
                                     orderby part.Key.Edition, part.Key.Subject
                                     select WritePart(home, database, round, part.Key.Edition, part.Key.Subject, [.. part])];
        return new CohortAddition(round, parts, merge.Corrections, merge.Contradictions, merge.Recovered, merge.Tombstone);
    }

    /// <summary>Makes the files part of the cohort, in the step's own transaction.</summary>
    /// <exception cref="InvalidOperationException">A withdrawal was processed after the rows were gathered: they may hold its pupil.</exception>
    internal static void Name(Transaction t, CohortAddition added)
    {
        if (Tombstones.Newest(t) != added.Tombstone) throw new InvalidOperationException("A withdrawal was processed while the round was linked; link it again.");
        t.Execute("INSERT INTO cohort_parts (path, edition, subject, round, rows, sha256, corrections) VALUES (@Path, @edition, @subject, @round, @Rows, @Sha256, @Corrections)",
            added.Parts.Select(part => new { part.Path, edition = part.Edition.ToString(), subject = part.Subject.Code(), round = part.Round.ToString(), part.Rows, part.Sha256, part.Corrections }));
        t.Execute("UPDATE rounds SET corrections = coalesce(corrections, 0) + @Corrections, contradictions = coalesce(contradictions, 0) + @Contradictions, recovered = coalesce(recovered, 0) + @Recovered WHERE edition = @round",
            new { added.Corrections, added.Contradictions, added.Recovered, round = added.Round.ToString() });
    }

    static CohortPart WritePart(OfficeHome home, ColumnDatabase database, Edition round, Edition edition, Subject subject, List<CohortRow> rows)
    {
        database.Execute("DELETE FROM part");
        Append(database, rows);
        var path = PartFiles.Free(home, $"cohort/{edition}/{subject.Code()}-{round}.parquet");
        return new CohortPart(path, edition, subject, round, rows.Count, PartFiles.Write(home, database, "SELECT * FROM part", path)) { Corrections = rows.Count(row => row.Correction > 0) };
    }

    static void Append(ColumnDatabase database, List<CohortRow> rows)
    {
        using var table = database.Append("part");
        foreach (var row in rows)
        {
            table.Append(row.Edition.ToString());
            table.Append(row.Rin.Text);
            table.Append(row.School);
            table.Append(row.PupilYearGroup);
            table.Append(row.TestYearGroup);
            table.Append(row.Subject.Code());
            table.Append(row.Moment == HalfYear.M ? "M" : "E");
            table.Append(row.TestDate);
            table.Append(row.Scale);
            table.Append(row.ScoreTenths);
            table.Append(row.Correction);
            table.EndRow();
        }
        table.Complete();
    }

    static Edition Read(string edition) => Edition.Parse(edition).Value;
}
