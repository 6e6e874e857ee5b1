using System.Data.Common;
using System.Globalization;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Gate;
using Groeilijn.Office;
using Groeilijn.Storage;

namespace Groeilijn.Tests.Storage;

/// <summary>What every store of record must do; each test runs on both.</summary>
public abstract class DatabaseTests : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("groeilijn-storage-").FullName;

    /// <summary>Opens the test's own store; a second time the same.</summary>
    protected abstract Database Open();

    /// <summary>How the store spells a column of bytes where no script is taken over.</summary>
    protected abstract string Bytes { get; }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Directory.Delete(Folder, true);
    }

    [Fact]
    public void A_new_store_has_the_ledger_outbox()
    {
        using var database = Open();
        Assert.Equal(0, database.ReadOne<long>("SELECT count(*) FROM ledger_outbox"));
    }

    [Fact]
    public void A_step_that_fails_leaves_neither_row_nor_ledger_entry()
    {
        using var database = Open();
        database.Write(t => t.Execute("CREATE TABLE things (name TEXT)"));
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
    public void A_step_that_was_undone_leaves_no_gap_in_the_outbox_and_a_number_never_comes_back()
    {
        using var database = Open();
        database.Write(t => t.Enter([1]));
        for (var i = 0; i < 3; i++)
            Assert.Throws<InvalidOperationException>(() => database.Write(t => { t.Enter([9]); throw new InvalidOperationException("undone"); }));
        database.Write(t => t.Enter([2]));
        database.Write(t => t.Execute("DELETE FROM ledger_outbox"));
        database.Write(t => { t.Enter([3]); t.Enter([4]); });
        Assert.Equal([3L, 4L], database.Read<long>("SELECT position FROM ledger_outbox ORDER BY position"));
    }

    [Fact]
    public void What_was_written_is_there_after_reopening_and_scripts_run_once()
    {
        using (var database = Open()) database.Write(t => t.Enter([1, 2, 3]));
        using var again = Open();
        Assert.Equal([1, 2, 3], again.ReadOne<byte[]>("SELECT entry FROM ledger_outbox"));
        Assert.Equal(again.ReadOne<long>("SELECT count(*) FROM schema_scripts"), again.ReadOne<long>("SELECT count(DISTINCT name) FROM schema_scripts"));
        Assert.True(again.ReadOne<long>("SELECT count(*) FROM schema_scripts") > 5);
    }

    [Fact]
    public void A_prepared_statement_is_part_of_its_step()
    {
        using var database = Open();
        database.Write(t => t.Execute($"CREATE TABLE numbers (n INTEGER, word TEXT, bytes {Bytes})"));
        database.Write(t =>
        {
            using var insert = t.Prepare("INSERT INTO numbers VALUES (@n, @word, @bytes)", "@n", "@word", "@bytes");
            for (var i = 1; i <= 1000; i++)
            {
                insert.Parameters[0].Value = i;
                insert.Parameters[1].Value = i % 2 == 0 ? "even" : DBNull.Value;
                insert.Parameters[2].Value = i % 3 == 0 ? new byte[] { 3 } : DBNull.Value;
                insert.ExecuteNonQuery();
            }
        });
        Assert.Equal((500_500, 500, 333), database.Read<(long, long, long)>("SELECT sum(n), count(word), count(bytes) FROM numbers").Single());
    }

    [Fact]
    public void Yes_and_no_are_kept_as_one_and_nought()
    {
        using var database = Open();
        database.Write(t => t.Execute("INSERT INTO home (\"only\", invented, created) VALUES (1, @invented, '')", new { invented = true }));
        Assert.True(database.ReadOne<bool>("SELECT invented FROM home"));
        Assert.Equal(1, database.ReadOne<long>("SELECT invented FROM home WHERE invented = @yes", new { yes = true }));
    }

    [Fact]
    public void Texts_are_in_the_order_of_their_bytes_and_differ_when_their_bytes_do()
    {
        using var database = Open();
        string[] names = ["b", "B", "a", "_", "é", "e", "ab", "a b", "10", "9"];
        database.Write(t => t.Execute("INSERT INTO projects (name, edition, sha256, pupils, rows, created) VALUES (@name, '', '', 1, 1, '')", names.Select(name => new { name })));
        Assert.Equal(names.Order(StringComparer.Ordinal), database.Read<string>("SELECT name FROM projects ORDER BY name"));
        Assert.Equal("b", database.ReadOne<string>("SELECT name FROM projects WHERE name > 'ab' AND name < 'c'"));
    }

    [Fact]
    public void Bytes_numbers_and_nothing_come_back_as_they_went()
    {
        using var database = Open();
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        database.Write(t => t.Execute("INSERT INTO answers (about, school, outcome, answer, signature) VALUES ('a', 's', 'o', @all, @none)", new { all, none = Array.Empty<byte>() }));
        database.Write(t => t.Execute("INSERT INTO register_snapshots (sha256, as_of, persons) VALUES ('x', 'y', @most)", new { most = 999_999_999_999_999 }));
        var row = database.Read<(long Number, byte[] Answer, byte[] Signature)>("SELECT number, answer, signature FROM answers").Single();
        Assert.Equal((1, 0), (row.Number, row.Signature.Length));
        Assert.Equal(all, row.Answer);
        Assert.Equal(999_999_999_999_999, database.ReadOne<long>("SELECT max(persons) FROM register_snapshots"));
        Assert.Null(database.ReadOne<long?>("SELECT max(sequence) FROM deliveries"));
    }

    [Fact]
    public void What_a_rule_of_the_schema_forbids_is_refused_and_the_store_goes_on()
    {
        using var database = Open();
        Assert.ThrowsAny<DbException>(() => database.Write(t => t.Execute("INSERT INTO cohort_parts (path, edition, subject, round, rows, sha256) VALUES ('p', 'e', 's', 'no such round', 1, '')")));
        Assert.ThrowsAny<DbException>(() => database.Write(t => t.Execute("INSERT INTO home (\"only\", invented, created) VALUES (1, 2, '')")));
        Assert.ThrowsAny<DbException>(() => database.Write(t => t.Execute("INSERT INTO projects (name) VALUES ('half')")));
        database.Write(t => t.Enter([1]));
        Assert.Equal(1, database.ReadOne<long>("SELECT count(*) FROM ledger_outbox"));
    }

    [Fact]
    public void A_step_sees_its_own_writing_also_through_the_store()
    {
        using var database = Open();
        var seen = database.Write(t => { t.Enter([1]); return database.ReadOne<long>("SELECT count(*) FROM ledger_outbox"); });
        Assert.Equal(1, seen);
    }

    [Fact]
    public async Task Many_programs_that_count_up_lose_nothing_and_leave_no_gap()
    {
        const int Programs = 4, Steps = 25;
        using (var database = Open()) database.Write(t => t.Execute("INSERT INTO projects (name, edition, sha256, pupils, rows, created) VALUES ('one', '', '', 0, 0, '')"));
        await Task.WhenAll(Enumerable.Range(0, Programs).Select(_ => Task.Run(() =>
        {
            using var own = Open();
            for (var i = 0; i < Steps; i++)
                own.Write(t =>
                {
                    var before = t.ReadOne<long>("SELECT pupils FROM projects WHERE name = 'one'");
                    t.Execute("UPDATE projects SET pupils = @after WHERE name = 'one'", new { after = before + 1 });
                    t.Enter(Encoding.UTF8.GetBytes((before + 1).ToString(CultureInfo.InvariantCulture)));
                });
        }, TestContext.Current.CancellationToken)));
        using var after = Open();
        Assert.Equal(Programs * Steps, after.ReadOne<long>("SELECT pupils FROM projects"));
        Assert.All(after.Read<(long Position, byte[] Entry)>("SELECT position, entry FROM ledger_outbox"), row => Assert.Equal(row.Position.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetString(row.Entry)));
    }

    [Fact]
    public async Task Programs_that_open_a_new_store_at_the_same_time_make_it_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => { using var database = Open(); database.Write(t => t.Enter([1])); }, TestContext.Current.CancellationToken)));
        using var after = Open();
        Assert.Equal(6, after.ReadOne<long>("SELECT max(position) FROM ledger_outbox"));
    }

    [Fact]
    public void A_store_of_a_newer_version_is_refused_in_words()
    {
        using (var database = Open()) database.Write(t => t.Execute("INSERT INTO schema_scripts (name) VALUES ('Groeilijn.Office/999-of-later')"));
        Assert.Contains("newer version", Assert.Throws<StoreException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sequencer_writes_each_entry_once_in_order()
    {
        using var key = SigningKey.Create("office", new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2033, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var database = Open();
        for (var i = 0; i < 3; i++)
        {
            database.Write(t => { t.Enter([(byte)(2 * i)]); t.Enter([(byte)((2 * i) + 1)]); });
            LedgerOutbox.Sequence(database, new LedgerFolder(Path.Combine(Folder, "ledger")), key);
            LedgerOutbox.Sequence(database, new LedgerFolder(Path.Combine(Folder, "ledger")), key);
        }
        Assert.Equal([0, 1, 2, 3, 4, 5], new LedgerFolder(Path.Combine(Folder, "ledger")).Entries().Select(entry => entry.Single()));
    }

    [Fact]
    public void A_store_that_is_older_than_its_ledger_is_not_sequenced()
    {
        using var key = SigningKey.Create("office", new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2033, 1, 1, 0, 0, 0, TimeSpan.Zero));
        new LedgerFolder(Path.Combine(Folder, "ledger")).Append([[1], [2]]);
        using var database = Open();
        database.Write(t => t.Enter([1]));
        LedgerOutbox.Sequence(database, new LedgerFolder(Path.Combine(Folder, "ledger")), key);
        database.Write(t => t.Enter([9])); // the ledger has another second entry
        Assert.Throws<InvalidDataException>(() => LedgerOutbox.Sequence(database, new LedgerFolder(Path.Combine(Folder, "ledger")), key));
        Assert.Equal([9], database.ReadOne<byte[]>("SELECT entry FROM ledger_outbox"));
    }

    protected static System.Reflection.Assembly[] Scripts { get; } = [typeof(OfficeHome).Assembly, typeof(Outgoing).Assembly];
}
