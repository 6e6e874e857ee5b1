using Groeilijn.Storage.Dialects;

namespace Groeilijn.Tests.Storage;

/// <summary>How a script of SQLite is taken over for PostgreSQL.</summary>
public class PostgresScriptTests
{
    [Theory]
    [InlineData("CREATE TABLE t (a INTEGER NOT NULL, b TEXT, c BLOB) STRICT;", "CREATE TABLE t (a bigint NOT NULL, b text COLLATE \"C\", c bytea);")]
    [InlineData("CREATE TABLE t (a TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;", "CREATE TABLE t (a text COLLATE \"C\" PRIMARY KEY);")]
    [InlineData("CREATE TABLE t (a TEXT) STRICT", "CREATE TABLE t (a text COLLATE \"C\")")]
    [InlineData("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;", "CREATE TABLE IF NOT EXISTS t (n bigint PRIMARY KEY DEFAULT next_number('t', 'n'));")]
    [InlineData("CREATE TABLE t (\"only\" INTEGER PRIMARY KEY CHECK (\"only\" = 1)) STRICT;", "CREATE TABLE t (\"only\" bigint PRIMARY KEY DEFAULT next_number('t', 'only') CHECK (\"only\" = 1));")]
    [InlineData("ALTER TABLE t ADD COLUMN n INTEGER NOT NULL DEFAULT 0;", "ALTER TABLE t ADD COLUMN n bigint NOT NULL DEFAULT 0;")]
    [InlineData("INSERT INTO t VALUES ('a TEXT, an INTEGER', X'00ff'); -- a TEXT", "INSERT INTO t VALUES ('a TEXT, an INTEGER', '\\x00ff'::bytea); -- a TEXT")]
    [InlineData("UPDATE t SET texts = 'it''s TEXT' WHERE integers = 1;", "UPDATE t SET texts = 'it''s TEXT' WHERE integers = 1;")]
    [InlineData("create table t (a integer, b text) strict;", "create table t (a bigint, b text COLLATE \"C\");")]
    public void Types_numbers_and_options_are_taken_over_and_nothing_else(string sqlite, string postgres) => Assert.Equal(postgres, PostgresScript.From(sqlite));

    [Fact]
    public void Two_tables_number_their_rows_apart() =>
        Assert.Equal("CREATE TABLE a (x bigint PRIMARY KEY DEFAULT next_number('a', 'x'));\nCREATE TABLE b (y bigint PRIMARY KEY DEFAULT next_number('b', 'y'));",
            PostgresScript.From("CREATE TABLE a (x INTEGER PRIMARY KEY) STRICT;\nCREATE TABLE b (y INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;"));
}
