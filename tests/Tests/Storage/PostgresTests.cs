using System.Security.Cryptography;
using Groeilijn.Office;
using Groeilijn.Storage;
using Groeilijn.Tests.Office;
using Npgsql;

namespace Groeilijn.Tests.Storage;

/// <summary>The store as a schema of a PostgreSQL server.</summary>
public sealed class PostgresTests : DatabaseTests
{
    readonly string _schema = "test_" + RandomNumberGenerator.GetHexString(12, lowercase: true);

    protected override string Bytes => "bytea";

    protected override Database Open() => Database.Open(Address, Scripts);

    PostgresAddress Address => PostgresAddress.Parse(PostgresServer.Connection, _schema);

    [Fact]
    public void The_disk_is_asked_every_time()
    {
        using var database = Open();
        Assert.Equal("on", database.ReadOne<string>("SHOW synchronous_commit"));
        Assert.Equal("on", database.ReadOne<string>("SHOW fsync"));
    }

    [Fact]
    public void A_server_told_to_answer_before_its_disk_is_made_to_wait()
    {
        using (var server = new NpgsqlConnection(PostgresServer.Connection))
        {
            server.Open();
            using var user = new NpgsqlCommand($"CREATE ROLE {_schema} SUPERUSER LOGIN; ALTER ROLE {_schema} SET synchronous_commit = off", server);
            user.ExecuteNonQuery();
        }
        var hasty = PostgresServer.Connection.Replace("Username=groeilijn", $"Username={_schema}", StringComparison.Ordinal);
        using var database = Database.Open(PostgresAddress.Parse(hasty, _schema), Scripts);
        Assert.Equal("on", database.ReadOne<string>("SHOW synchronous_commit"));
    }

    [Fact]
    public void Two_homes_on_one_server_do_not_see_each_other()
    {
        using var database = Open();
        using var other = Database.Open(PostgresAddress.Parse(PostgresServer.Connection, _schema + "_b"), Scripts);
        database.Write(t => t.Enter([1]));
        Assert.Equal(0, other.ReadOne<long>("SELECT count(*) FROM ledger_outbox"));
    }

    [Fact]
    public void A_server_that_was_started_again_is_found_again_and_a_step_it_broke_is_not_half_done()
    {
        using var database = Open();
        Assert.Throws<StoreException>(() => database.Write(t =>
        {
            t.Enter([1]);
            EndConnections(database.ReadOne<int>("SELECT pg_backend_pid()"));
            t.Enter([2]);
        }));
        Assert.Equal(0, database.ReadOne<long>("SELECT count(*) FROM ledger_outbox"));
        EndConnections(database.ReadOne<int>("SELECT pg_backend_pid()"));
        database.Write(t => t.Enter([3]));
        Assert.Equal(1, database.ReadOne<long>("SELECT position FROM ledger_outbox"));
    }

    [Fact]
    public void A_server_that_is_not_there_is_said_in_words() =>
        Assert.Contains("does not answer", Assert.Throws<StoreException>(() => Database.Open(PostgresAddress.Parse($"Host={Folder};Database=office;Username=office", "office"), Scripts)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_database_that_is_not_there_is_said_in_words() =>
        Assert.Contains("no such database", Assert.Throws<StoreException>(() => Database.Open(PostgresAddress.Parse(PostgresServer.Connection.Replace("Database=postgres", "Database=absent", StringComparison.Ordinal), "office"), Scripts)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_home_says_in_its_folder_where_its_store_is_and_to_nobody_else()
    {
        var folder = Path.Combine(Folder, "home");
        using (var home = OfficeHome.Create(folder, new HandClock(new(2023, 7, 1, 9, 0, 0, TimeSpan.Zero)), invented: true, PostgresServer.Connection)) Assert.True(home.Invented);
        Assert.True(OfficeHome.Exists(folder));
        Assert.False(File.Exists(Path.Combine(folder, "office.db")));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "store.json")));
        using var again = OfficeHome.Open(folder, TimeProvider.System);
        Assert.True(again.Invented);
        Assert.Equal(0, again.Database.ReadOne<long>("SELECT count(*) FROM schools"));
    }

    void EndConnections(int process)
    {
        using var elsewhere = new NpgsqlConnection(PostgresServer.Connection);
        elsewhere.Open();
        using var end = new NpgsqlCommand($"SELECT pg_terminate_backend({process}, 5000)", elsewhere);
        end.ExecuteNonQuery();
    }
}
