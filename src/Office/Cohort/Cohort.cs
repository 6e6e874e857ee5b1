using Groeilijn.Columns;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// The cohort: Parquet files <c>cohort/&lt;edition&gt;/&lt;subject&gt;-&lt;round&gt;.parquet</c>, each written once. A result that comes with a later
/// round goes to its own half-year's folder, under that round's name, so that no file ever changes.
/// </summary>
public static class Cohort
{
    const string Columns = "edition, rin, school, pupil_year_group, test_year_group, subject, moment, test_date, scale, score_tenths";

    const string Table = """
        CREATE TABLE part (edition VARCHAR, rin VARCHAR, school VARCHAR, pupil_year_group INTEGER, test_year_group INTEGER,
        subject VARCHAR, moment VARCHAR, test_date DATE, scale VARCHAR, score_tenths INTEGER)
        """;

    /// <summary>The files in order of half-year, subject and round; only those of rounds up to <paramref name="round"/> when it is given.</summary>
    public static IReadOnlyList<CohortPart> Parts(OfficeHome home, Edition? round = null) => [.. home.Database
        .Read<(string Path, string Edition, string Subject, string Round, long Rows, string Sha256)>("SELECT path, edition, subject, round, rows, sha256 FROM cohort_parts ORDER BY edition, subject, round")
        .Select(row => new CohortPart(row.Path, Read(row.Edition), Subjects.TryRead(row.Subject, out var subject) ? subject : throw new InvalidDataException("An unknown subject in cohort_parts."), Read(row.Round), (int)row.Rows, row.Sha256))
        .Where(part => round is not { } last || part.Round.CompareTo(last) <= 0)];

    /// <summary>What stands after FROM in DuckDB to read the cohort as it was after a round (the latest when none is given), if wanted only some half-years.</summary>
    public static string Scan(OfficeHome home, Edition? round = null, params ReadOnlySpan<Edition> editions)
    {
        var wanted = editions.ToArray();
        var files = Parts(home, round).Where(part => wanted.Length == 0 || wanted.Contains(part.Edition)).Select(part => $"'{home.At(part.Path).Replace("'", "''", StringComparison.Ordinal)}'").ToList();
        return files.Count > 0
            ? CohortCorrections.Apply(home, round, $"read_parquet([{string.Join(", ", files)}], hive_partitioning = false)")
            : "(SELECT NULL::VARCHAR edition, NULL::VARCHAR rin, NULL::VARCHAR school, 0 pupil_year_group, 0 test_year_group, NULL::VARCHAR subject, NULL::VARCHAR moment, NULL::DATE test_date, NULL::VARCHAR \"scale\", 0 score_tenths WHERE false)";
    }

    /// <summary>The rows of <see cref="Scan"/>, in no order that means anything.</summary>
    public static List<CohortRow> Rows(OfficeHome home, Edition? round = null, params ReadOnlySpan<Edition> editions)
    {
        using var database = ColumnDatabase.Open();
        return database.Query($"SELECT {Columns} FROM {Scan(home, round, editions)}", row => new CohortRow(
            Read(row.GetString(0)), Rin.TryParse(row.GetString(1), out var rin) ? rin : throw new InvalidDataException("A RIN in the cohort is not 16 letters."),
            row.GetString(2), row.GetInt32(3), row.GetInt32(4), Subjects.TryRead(row.GetString(5), out var subject) ? subject : default,
            row.GetString(6) == "M" ? HalfYear.M : HalfYear.E, row.GetDate(7), row.GetString(8), row.GetInt32(9)));
    }

    /// <summary>
    /// Writes what a round brings that is not there yet, durably, and returns the files; they belong to the cohort once
    /// <see cref="Name"/> has named them. A result that two schools deliver counts once, for the first in order of code.
    /// </summary>
    internal static List<CohortPart> Write(OfficeHome home, Edition round, IEnumerable<CohortRow> rows)
    {
        var known = Rows(home).Select(row => row.Key).ToHashSet();
        var added = rows.Order(Comparer<CohortRow>.Create(CohortRow.Compare)).Where(row => known.Add(row.Key));
        using var database = ColumnDatabase.Open();
        database.Execute(Table);
        return [.. from part in added.GroupBy(row => (row.Edition, row.Subject))
                   orderby part.Key.Edition, part.Key.Subject
                   select WritePart(home, database, round, part.Key.Edition, part.Key.Subject, [.. part])];
    }

    /// <summary>Makes the files part of the cohort, in the step's own transaction.</summary>
    internal static void Name(Transaction t, IEnumerable<CohortPart> parts) => t.Execute(
        "INSERT INTO cohort_parts (path, edition, subject, round, rows, sha256) VALUES (@Path, @edition, @subject, @round, @Rows, @Sha256)",
        parts.Select(part => new { part.Path, edition = part.Edition.ToString(), subject = part.Subject.Code(), round = part.Round.ToString(), part.Rows, part.Sha256 }));

    static CohortPart WritePart(OfficeHome home, ColumnDatabase database, Edition round, Edition edition, Subject subject, List<CohortRow> rows)
    {
        database.Execute("DELETE FROM part");
        Append(database, rows);
        var path = FreePath(home, round, edition, subject);
        DurableFile.CreateFolder(Path.GetDirectoryName(home.At(path))!);
        var temporary = home.At(path + ".tmp");
        Parquet.Write(database, "SELECT * FROM part", temporary);
        var bytes = File.ReadAllBytes(temporary);
        DurableFile.Write(home.At(path), bytes);
        File.Delete(temporary);
        return new CohortPart(path, edition, subject, round, rows.Count, FileDigest.Of(bytes).Sha256);
    }

    /// <summary>What a school that was late or a review brings in the same round stands beside the first file: <c>maths-2023-2-2.parquet</c>.</summary>
    static string FreePath(OfficeHome home, Edition round, Edition edition, Subject subject)
    {
        var before = home.Database.ReadOne<long>("SELECT count(*) FROM cohort_parts WHERE edition = @edition AND subject = @subject AND round = @round", new { edition = edition.ToString(), subject = subject.Code(), round = round.ToString() });
        return Path.Combine("cohort", edition.ToString(), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{subject.Code()}-{round}{(before == 0 ? "" : $"-{before + 1}")}.parquet"));
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
            table.EndRow();
        }
        table.Complete();
    }

    static Edition Read(string edition) => Edition.Parse(edition).Value;
}
