using System.Globalization;
using System.Reflection;
using Groeilijn.Gate;
using Groeilijn.Office;
using Groeilijn.Research;
using Groeilijn.School;
using Groeilijn.Storage;
using Microsoft.Data.Sqlite;

namespace Groeilijn.Tests.Storage;

/// <summary>A store that the first release made opens with this build, keeps every row, and is then as a new store is.</summary>
public sealed class UpgradeTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-upgrade-").FullName;

    public static TheoryData<string> Rooms => ["office", "research", "school"];

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_store_of_the_first_release_opens_with_every_row_in_it(string room)
    {
        var file = Released(room);
        var before = Rows(file, Columns(file));
        Assert.True(before.Count >= 3, "the released store has rows");
        using (Database.Open(file, ScriptsOf(room))) { }
        Assert.Equal(before, Rows(file, Columns(Released(room, "again"))));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void An_upgraded_store_has_the_tables_and_columns_of_a_new_one(string room)
    {
        var (upgraded, made) = (Released(room), Path.Combine(_folder, "new.db"));
        foreach (var file in (string[])[upgraded, made])
            using (Database.Open(file, ScriptsOf(room))) { }
        Assert.Equal(Shape(made), Shape(upgraded));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_numbers_that_an_upgraded_store_gives_go_on_where_they_were(string room)
    {
        var file = Released(room);
        var last = Single(file, "SELECT seq FROM sqlite_sequence WHERE name = 'ledger_outbox'");
        using var database = Database.Open(file, ScriptsOf(room));
        database.Write(t => t.Enter([1]));
        Assert.Equal(last + 1, database.ReadOne<long>("SELECT max(position) FROM ledger_outbox"));
    }

    /// <summary>A released store, from its text.</summary>
    string Released(string room, string name = "released")
    {
        var file = Path.Combine(_folder, $"{name}.db");
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = Conventions.Checkout.Read($"tests/Tests/Storage/released/{room}.sql");
        command.ExecuteNonQuery();
        return file;
    }

    static Assembly[] ScriptsOf(string room) => room switch
    {
        "office" => [typeof(OfficeHome).Assembly, typeof(Outgoing).Assembly],
        "research" => [typeof(ResearchHome).Assembly, typeof(Outgoing).Assembly],
        _ => [typeof(SchoolHome).Assembly],
    };

    static List<(string Table, string Columns)> Columns(string file) =>
        [.. Texts(file, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('schema_scripts', 'sqlite_sequence') ORDER BY name")
            .Select(table => (table, string.Join(", ", Texts(file, $"SELECT '\"' || name || '\"' FROM pragma_table_info('{table}') ORDER BY cid"))))];

    static List<string> Rows(string file, List<(string Table, string Columns)> tables) =>
        [.. tables.SelectMany(table => Texts(file, $"SELECT {string.Join(" || ' | ' || ", table.Columns.Split(", ").Select(column => $"quote({column})"))} FROM \"{table.Table}\"").Select(row => $"{table.Table}: {row}").Order(StringComparer.Ordinal))];

    static List<string> Shape(string file) => [.. Texts(file, "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.name")];

    static long Single(string file, string sql) => long.Parse(Texts(file, $"SELECT ({sql}) || ''").Single(), CultureInfo.InvariantCulture);

    static List<string> Texts(string file, string sql)
    {
        using var connection = Connect(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetString(0));
        return texts;
    }

    static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False;Foreign Keys=False");
        connection.Open();
        return connection;
    }
}
