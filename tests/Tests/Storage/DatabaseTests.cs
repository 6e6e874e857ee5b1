using System.Text;
using Groeilijn.Storage;

namespace Groeilijn.Tests.Storage;

public sealed class DatabaseTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-storage-").FullName;

    string File => Path.Combine(_folder, "room", "room.db");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_new_file_has_the_ledger_outbox()
    {
        using var database = Open();
        Assert.Equal(0, database.ReadOne<long>("SELECT count(*) FROM ledger_outbox"));
    }

    [Fact]
    public void The_disk_is_asked_every_time() // synchronous=FULL is 2; NORMAL loses acknowledged rows in a power cut
    {
        using var database = Open();
        Assert.Equal(2, database.ReadOne<long>("PRAGMA synchronous"));
        Assert.Equal("wal", database.ReadOne<string>("PRAGMA journal_mode"));
        Assert.Equal(2, database.ReadOne<long>("PRAGMA temp_store"));
    }

    [Fact]
    public void A_step_that_fails_leaves_neither_row_nor_ledger_entry()
    {
        using var database = Open();
        database.Write(t => t.Execute("CREATE TABLE things (name TEXT) STRICT"));
        Assert.Throws<InvalidOperationException>(() => database.Write(t =>
        {
            t.Execute("INSERT INTO things VALUES ('a')");
            t.Enter(Encoding.UTF8.GetBytes("{}"));
            throw new InvalidOperationException("the step fails at its end");
        }));
        Assert.Equal(0, database.ReadOne<long>("SELECT count(*) FROM things"));
        Assert.Equal(0, database.ReadOne<long>("SELECT count(*) FROM ledger_outbox"));
    }

    [Fact]
    public void What_was_written_is_there_after_reopening_and_scripts_run_once()
    {
        using (var database = Open()) database.Write(t => t.Enter([1, 2, 3]));
        using var again = Open();
        Assert.Equal([1, 2, 3], again.ReadOne<byte[]>("SELECT entry FROM ledger_outbox"));
        Assert.Equal(again.ReadOne<long>("SELECT count(*) FROM schema_scripts"), again.ReadOne<long>("SELECT count(DISTINCT name) FROM schema_scripts"));
    }

    [Fact]
    public void A_prepared_statement_is_part_of_its_step()
    {
        using var database = Open();
        database.Write(t => t.Execute("CREATE TABLE numbers (n INTEGER) STRICT"));
        database.Write(t =>
        {
            using var insert = t.Prepare("INSERT INTO numbers VALUES (@n)", "@n");
            for (var i = 1; i <= 1000; i++)
            {
                insert.Parameters[0].Value = i;
                insert.ExecuteNonQuery();
            }
        });
        Assert.Equal(500_500, database.ReadOne<long>("SELECT sum(n) FROM numbers"));
    }

    [Fact]
    public void Only_the_owner_reads_the_store_and_its_journal()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("File modes are Unix's.");
            return;
        }
        using var database = Open();
        database.Write(t => t.Enter([1]));
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(File)!))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
    }

    Database Open() => Database.Open(File, typeof(Database).Assembly);
}
