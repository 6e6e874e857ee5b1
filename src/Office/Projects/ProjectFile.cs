using Groeilijn.Columns;
using Groeilijn.Delivery;
using Groeilijn.Education;

namespace Groeilijn.Office;

/// <summary>
/// Writes a project's file (<c>groeilijn-project/1</c>): one DuckDB database in which a pupil is a pseudonym and nothing else of the office
/// stands. Rows are ordered by pseudonym and then by all that the file shows, so that their order tells nothing that they do not.
/// </summary>
static class ProjectFile
{
    public const string Format = "groeilijn-project/1";

    const string Results = """
        CREATE TABLE project.results AS
        SELECT p.pseudonym AS pupil, s.pseudonym AS school, c.edition, c.subject, c.moment, c.pupil_year_group, c.test_year_group, c."scale", c.score_tenths
        FROM chosen c JOIN names p ON p.kind = 'pupil' AND p.identity = c.rin JOIN names s ON s.kind = 'school' AND s.identity = c.school
        ORDER BY ALL
        """;

    /// <summary>Writes the file durably. Returns how many pupils and rows it holds; no file is written when there are none.</summary>
    public static (long Pupils, long Rows) Write(string path, string project, Edition edition, DateTimeOffset created, string scan, string background, ProjectFilter filter, ProjectKey key)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        try
        {
            var counts = Fill(temporary, project, edition, created, scan, background, filter, key);
            if (counts.Rows > 0) DurableFile.TryWrite(path, file => Copy(temporary, file), secret: true);
            return counts;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Makes a file anew without some pupils (or what bears a pupil's pseudonym at one school, when both stand together), at another path. Which of them it held (if none, no file is made), and how many pupils and rows stay.</summary>
    public static (List<string> Held, long Pupils, long Rows) Without(string path, string next, IReadOnlyList<string> pseudonyms)
    {
        using var database = ColumnDatabase.Open();
        database.Execute("SET temp_directory = ''");
        database.Execute($"ATTACH '{Quoted(path)}' AS old (READ_ONLY)");
        Gone.Fill(database, pseudonyms);
        var held = database.Query("SELECT DISTINCT identity FROM old.results JOIN gone ON identity IN (pupil, pupil || school)", row => row.GetString(0));
        if (held.Count == 0) return (held, 0, 0);
        var temporary = next + ".tmp";
        Leftovers.Erase(temporary);
        database.Execute($"ATTACH '{Quoted(temporary)}' AS next");
        foreach (var (table, byPupil, bySchool) in database.Query("SELECT table_name, bool_or(column_name = 'pupil'), bool_or(column_name = 'school') FROM duckdb_columns() WHERE database_name = 'old' GROUP BY table_name ORDER BY table_name", row => (row.GetString(0), row.GetBoolean(1), row.GetBoolean(2))))
            database.Execute($"CREATE TABLE next.\"{table}\" AS SELECT * FROM old.\"{table}\" {(byPupil ? $"WHERE pupil NOT IN (SELECT identity FROM gone){(bySchool ? " AND pupil || school NOT IN (SELECT identity FROM gone)" : "")} ORDER BY ALL" : "")}");
        var (pupils, rows) = database.Query("SELECT count(DISTINCT pupil), count(*) FROM next.results", row => (row.GetInt64(0), row.GetInt64(1)))[0];
        database.Execute("DETACH next");
        database.Execute("DETACH old");
        DurableFile.TryWrite(next, file => Copy(temporary, file), secret: true);
        Leftovers.Erase(temporary);
        return (held, pupils, rows);
    }

    static string Quoted(string path) => path.Replace("'", "''", StringComparison.Ordinal);

    /// <summary>Identities and pseudonyms meet in a database in memory that may not spill to disk; only pseudonyms reach the file.</summary>
    static (long Pupils, long Rows) Fill(string path, string project, Edition edition, DateTimeOffset created, string scan, string background, ProjectFilter filter, ProjectKey key)
    {
        using var database = ColumnDatabase.Open();
        database.Execute("SET temp_directory = ''");
        database.Execute($"CREATE TABLE chosen AS SELECT rin, school, edition, subject, moment, pupil_year_group, test_year_group, \"scale\", score_tenths FROM {scan} WHERE {filter.Sql}");
        Name(database, key);
        database.Execute($"ATTACH '{Quoted(path)}' AS project");
        database.Execute("CREATE TABLE project.project (format VARCHAR, project VARCHAR, edition VARCHAR, created VARCHAR)");
        database.Execute("INSERT INTO project.project VALUES ($1, $2, $3, $4)", Format, project, edition.ToString(), OfficeHome.Text(created));
        database.Execute(Results);
        if (filter.Background.Count > 0) database.Execute($"CREATE TABLE project.background AS SELECT p.pseudonym AS pupil, b.variable, b.value FROM {background} b JOIN names p ON p.kind = 'pupil' AND p.identity = b.rin ORDER BY ALL");
        var counts = database.Query("SELECT count(DISTINCT pupil), count(*) FROM project.results", row => (row.GetInt64(0), row.GetInt64(1)))[0];
        database.Execute("DETACH project");
        return counts;
    }

    static void Name(ColumnDatabase database, ProjectKey key)
    {
        database.Execute("CREATE TABLE names (kind VARCHAR, identity VARCHAR, pseudonym VARCHAR)");
        var pupils = database.Query("SELECT DISTINCT rin FROM chosen", row => row.GetString(0));
        var schools = database.Query("SELECT DISTINCT school FROM chosen", row => row.GetString(0));
        using var names = database.Append("names");
        foreach (var rin in pupils) Add("pupil", rin, key.Pupil(rin));
        foreach (var school in schools) Add("school", school, key.School(school));
        names.Complete();

        void Add(string kind, string identity, string pseudonym)
        {
            names.Append(kind);
            names.Append(identity);
            names.Append(pseudonym);
            names.EndRow();
        }
    }

    static bool Copy(string from, Stream to)
    {
        using var file = File.OpenRead(from);
        file.CopyTo(to);
        return true;
    }
}
