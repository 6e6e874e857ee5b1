using System.Globalization;
using System.Security.Cryptography;
using Groeilijn.Columns;
using Groeilijn.Delivery;
using Groeilijn.Office;
using Groeilijn.Tests.Storage;

namespace Groeilijn.Tests.Research;

/// <summary>One result in a cohort that a test writes by hand.</summary>
sealed record CohortResult(int Pupil, int School, int Score, int Group, string Subject, string Edition = "2023-1");

/// <summary>An office's home with a linked round, written as linking leaves it: Parquet files that rows of the store name.</summary>
sealed class CohortHome : IDisposable
{
    public CohortHome(params IEnumerable<CohortResult> results)
    {
        if (ColumnLibrary.Find() is null) Assert.Skip("DuckDB's library is not here; run setup/duckdb.sh");
        Folder = Path.Combine(Path.GetTempPath(), "groeilijn-cohort-" + RandomNumberGenerator.GetHexString(12, lowercase: true));
        Home = OfficeHome.Create(Path.Combine(Folder, "home"), new FirstOfMarch(), invented: true, PostgresServer.WhenAsked);
        Home.Database.Write(t => t.Execute("INSERT INTO rounds (edition, state, recipient, holder_1, holder_2, opened) VALUES ('2023-1', 'linked', @recipient, 'a', 'b', '2023-03-01T00:00:00Z')", new { recipient = IdentityKey.Generate().Recipient.ToString() }));
        using var data = ColumnDatabase.Open();
        data.Execute("CREATE TABLE part (edition VARCHAR, rin VARCHAR, school VARCHAR, pupil_year_group INTEGER, test_year_group INTEGER, subject VARCHAR, moment VARCHAR, test_date DATE, \"scale\" VARCHAR, score_tenths INTEGER)");
        foreach (var part in results.GroupBy(r => (r.Edition, r.Subject))) Write(data, part.Key.Edition, part.Key.Subject, part);
    }

    public string Folder { get; }

    public OfficeHome Home { get; }

    public static TimeProvider Clock => new FirstOfMarch();

    public static string Rin(int pupil) => new Rin((ulong)pupil * 0x9E37_79B9UL + 0x1234_5678_0000_0000UL).Text;

    public static string School(int school) => string.Create(CultureInfo.InvariantCulture, $"99XX{school:D2}");

    /// <summary>Enrols a school in a province, for the public tables.</summary>
    public void Enrol(int school, string province)
    {
        using var key = SigningKey.Create(School(school), Clock.GetUtcNow(), Clock.GetUtcNow().AddDays(1));
        Home.Database.Write(t => t.Execute("INSERT INTO schools (location, name, province, certificate, recipient, enrolled) VALUES (@location, 'De School', @province, @certificate, @recipient, '2023-03-01T00:00:00Z')",
            new { location = School(school), province, certificate = key.Certificate.RawData, recipient = IdentityKey.Generate().Recipient.ToString() }));
    }

    void Write(ColumnDatabase data, string edition, string subject, IEnumerable<CohortResult> results)
    {
        data.Execute("DELETE FROM part");
        var rows = 0;
        foreach (var r in results)
        {
            data.Execute("INSERT INTO part VALUES ($1, $2, $3, $4, $4, $5, $6, DATE '2023-01-24', 'lvs-3', $7)", edition, Rin(r.Pupil), School(r.School), r.Group, subject, edition.EndsWith('1') ? "M" : "E", r.Score);
            rows++;
        }
        var path = Path.Combine("cohort", edition, $"{subject}-2023-1.parquet");
        Directory.CreateDirectory(Path.GetDirectoryName(Home.At(path))!);
        Parquet.Write(data, "SELECT * FROM part", Home.At(path));
        Home.Database.Write(t => t.Execute("INSERT INTO cohort_parts (path, edition, subject, round, rows, sha256) VALUES (@path, @edition, @subject, '2023-1', @rows, @hash)", new { path, edition, subject, rows, hash = new string('0', 64) }));
    }

    public void Dispose()
    {
        Home.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    sealed class FirstOfMarch : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2023, 3, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
