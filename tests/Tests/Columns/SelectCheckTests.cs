using Groeilijn.Columns;

namespace Groeilijn.Tests.Columns;

public sealed class SelectCheckTests
{
    [Theory]
    [InlineData("SELECT 1; SELECT 2", "exactly one")]
    [InlineData("SELECT 1; DROP TABLE t", "only SELECT")]
    [InlineData("", "exactly one")]
    [InlineData("-- nothing", "exactly one")]
    [InlineData("INSERT INTO t VALUES (1)", "only SELECT")]
    [InlineData("UPDATE t SET i = 1", "only SELECT")]
    [InlineData("COPY t TO 'x'", "only SELECT")]
    [InlineData("ATTACH 'x'", "only SELECT")]
    [InlineData("CALL enable_logging()", "only SELECT")]
    [InlineData("PRAGMA database_list", "only SELECT")]
    [InlineData("EXPLAIN SELECT 1", "only SELECT")]
    [InlineData("CREATE TEMP TABLE x AS SELECT 1", "only SELECT")]
    [InlineData("DESCRIBE t", "DESCRIBE")]
    [InlineData("SHOW TABLES", "SHOW")]
    [InlineData("SELECT * FROM (SUMMARIZE t)", "SUMMARIZE")]
    [InlineData("SELECT i FROM t WHERE i IN (SELECT column_name FROM (SHOW ALL TABLES))", "SHOW")]
    [InlineData("WITH x AS (INSERT INTO t VALUES (1) RETURNING i) SELECT * FROM x", "parsed")]
    [InlineData("SELECT 1\0; DROP TABLE t", "NUL")]
    [InlineData("SELECT FROM 'ZZZ-SENTINEL' WHERE", "parsed")]
    public void Everything_but_one_select_is_refused(string sql, string reason)
    {
        using Duck duck = new();
        SelectCheck check = SelectCheck.Parse(duck.Db, sql);
        Assert.False(check.IsSelect);
        Assert.Contains(reason, check.Refusal);
        Assert.DoesNotContain("SENTINEL", check.Refusal);
    }

    [Theory]
    [InlineData("SELECT upper(a) + 1 FROM t", "+,upper", "t")]
    [InlineData("WITH a AS (SELECT enable_logging() FROM t), b AS (SELECT * FROM a) SELECT sum(i) FROM b", "enable_logging,sum", "t")]
    [InlineData("SELECT * FROM t WHERE i > (SELECT avg(i) FROM s.u) AND EXISTS (FROM read_csv('x'))", "avg,read_csv", "s.u,t")]
    [InlineData("SELECT main.Enable_Logging(), x.UPPER()", "enable_logging,upper", "")]
    [InlineData("SELECT row_number() OVER (ORDER BY f(i)) FROM t QUALIFY g() LIMIT (SELECT h() FROM u)", "f,g,h,row_number", "t,u")]
    [InlineData("SELECT * REPLACE (f(i) AS i) FROM t GROUP BY g(i) HAVING h(i) ORDER BY k(i)", "f,g,h,k", "t")]
    [InlineData("SELECT sum(i) FILTER (f(i)) FROM t TABLESAMPLE 10%", "f,sum", "t")]
    [InlineData("SELECT 1 UNION ALL SELECT f(2) FROM u EXCEPT FROM v", "f", "u,v")]
    [InlineData("SELECT * FROM t JOIN u ON f(t.i) = u.i, LATERAL (SELECT g(t.i))", "f,g", "t,u")]
    [InlineData("SELECT [f(x) FOR x IN l], CASE WHEN g() THEN h()::DATE END FROM t", "f,g,h,list_apply", "t")]
    [InlineData("FROM '/etc/passwd'", "", "\"/etc/passwd\"")]
    [InlineData("FROM \"a.b\"", "", "\"a.b\"")]
    [InlineData("FROM x.a.b", "", "x.a.b")]
    [InlineData("FROM query('DROP TABLE t')", "query", "")]
    [InlineData("FROM (PIVOT t ON a IN (1, 2) USING sum(b))", "sum", "t")]
    public void Every_function_and_table_is_listed_wherever_it_stands(string sql, string functions, string tables)
    {
        using Duck duck = new();
        SelectCheck check = SelectCheck.Parse(duck.Db, sql);
        Assert.Null(check.Refusal);
        Assert.Equal(functions, string.Join(',', check.Functions).ToLowerInvariant());
        Assert.Equal(tables, string.Join(',', check.Tables));
        Assert.All(check.Functions, name => Assert.Contains(name.ToUpperInvariant(), check.Functions));
    }

    [Theory]
    [InlineData("WITH secret AS (SELECT 1) SELECT * FROM secret", "")]
    [InlineData("WITH secret AS (SELECT * FROM secret) SELECT * FROM secret", "secret")]
    [InlineData("SELECT (WITH secret AS (SELECT 1) SELECT * FROM secret), i FROM secret", "secret")]
    [InlineData("WITH a AS (SELECT * FROM secret), secret AS (SELECT 1) SELECT * FROM a, secret", "secret")]
    [InlineData("WITH a AS (SELECT 1), b AS (SELECT * FROM A) SELECT * FROM B", "")]
    [InlineData("WITH secret AS (SELECT 1) SELECT * FROM main.secret", "main.secret")]
    [InlineData("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 9) SELECT * FROM r", "")]
    public void A_name_from_WITH_hides_a_table_only_where_it_holds(string sql, string tables)
    {
        using Duck duck = new();
        Assert.Equal(tables, string.Join(',', SelectCheck.Parse(duck.Db, sql).Tables));
    }

    [Fact]
    public void A_statement_made_to_exhaust_the_parser_is_refused()
    {
        using Duck duck = new();
        Assert.False(SelectCheck.Parse(duck.Db, $"SELECT {new string('(', 100_000)}1{new string(')', 100_000)}").IsSelect);
        Assert.False(SelectCheck.Parse(duck.Db, $"SELECT {string.Concat(Enumerable.Repeat("NOT ", 100_000))}true").IsSelect);
        Assert.False(SelectCheck.Parse(duck.Db, $"SELECT {string.Join('+', Enumerable.Repeat("1", 5000))}").IsSelect);
        Assert.True(SelectCheck.Parse(duck.Db, $"SELECT {string.Join('+', Enumerable.Repeat("1", 200))}").IsSelect);
        Assert.True(SelectCheck.Parse(duck.Db, $"SELECT 1 WHERE {string.Join(" AND ", Enumerable.Repeat("true", 5000))}").IsSelect);
    }

    [Fact]
    public void It_works_in_a_locked_database_and_runs_nothing()
    {
        using Duck duck = new(new() { Locked = true });
        Assert.Equal(["error"], SelectCheck.Parse(duck.Db, "SELECT error('x') FROM absent").Functions);
    }

    [Theory]
    [InlineData("SELECT i FROM t WHERE i >= 1000.5")]
    [InlineData("SELECT CAST(i AS DECIMAL(10,2)) FROM t")]
    [InlineData("SELECT DATE '2023-01-01' FROM t")]
    public void A_literal_with_a_type_of_its_own_is_no_table(string sql)
    {
        using Duck duck = new();
        SelectCheck check = SelectCheck.Parse(duck.Db, sql);
        Assert.True(check.IsSelect, check.Refusal);
        Assert.Equal(["t"], check.Tables);
    }
}
