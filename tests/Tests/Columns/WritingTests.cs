using System.Globalization;
using Groeilijn.Columns;

namespace Groeilijn.Tests.Columns;

public sealed class WritingTests
{
    public static TheoryData<object?, string, string> Parameters => new()
    {
        { null, "INTEGER", "" },
        { true, "BOOLEAN", "true" },
        { (byte)200, "INTEGER", "200" },
        { int.MinValue, "INTEGER", "-2147483648" },
        { uint.MaxValue, "BIGINT", "4294967295" },
        { long.MaxValue, "BIGINT", "9223372036854775807" },
        { ulong.MaxValue, "HUGEINT", "18446744073709551615" },
        { Int128.MinValue, "HUGEINT", "-170141183460469231731687303715884105728" },
        { 0.1f, "FLOAT", "0.1" },
        { 0.1, "DOUBLE", "0.1" },
        { -1234.5600m, "DECIMAL(12,4)", "-1234.5600" },
        { 79228162514264337593543950335m, "DECIMAL(38,0)", "79228162514264337593543950335" },
        { new DateOnly(1899, 12, 31), "DATE", "1899-12-31" },
        { new DateTime(2026, 2, 28, 23, 59, 59, 999), "TIMESTAMP", "2026-02-28 23:59:59.999" },
        { "it's; -- Zoë\0'", "VARCHAR", "it's; -- Zoë\0'" },
        { "", "VARCHAR", "" },
        { new byte[] { 0, 255 }, "BLOB", "00ff" },
    };

    [Theory, MemberData(nameof(Parameters), DisableDiscoveryEnumeration = true)]
    public void A_parameter_of_every_type_arrives(object? value, string type, string text)
    {
        using Duck duck = new();
        duck.Db.Execute($"CREATE TABLE t (v {type})");
        duck.Db.Execute("INSERT INTO t VALUES (?)", [value]);
        Assert.Equal([(value is null, text)], duck.Db.Query("SELECT v FROM t", row => (row.IsNull(0), row.Text(0))));
        if (value is not null) Assert.Equal("true", duck.Text("SELECT v = $1 FROM t", [value]));
    }

    [Fact]
    public void Parameters_are_positional_and_counted()
    {
        using Duck duck = new();
        Assert.Equal("3-1", duck.Text("SELECT $2::VARCHAR || '-' || $1::VARCHAR", 1, 3));
        Assert.Throws<ArgumentException>(() => duck.Text("SELECT ?::INTEGER + ?::INTEGER", 1));
        Assert.Throws<ArgumentException>(() => duck.Text("SELECT 1", 1));
        Assert.Throws<ArgumentException>(() => duck.Text("SELECT ?::VARCHAR", new object()));
    }

    [Fact]
    public void One_call_runs_one_statement()
    {
        using Duck duck = new();
        Assert.Throws<ColumnException>(() => duck.Db.Execute("CREATE TABLE a (i INTEGER); CREATE TABLE b (i INTEGER)"));
        Assert.Equal(ColumnFault.Parser, Duck.FaultOf(() => duck.Db.Execute("SELECT 1\0; DROP TABLE a")));
    }

    [Fact]
    public void Thousands_of_rows_go_through_the_appender_and_come_back()
    {
        using Duck duck = new();
        duck.Db.Execute("CREATE TABLE t (i INTEGER, l BIGINT, h HUGEINT, f FLOAT, d DOUBLE, m DECIMAL(9,2), s VARCHAR, day DATE, moment TIMESTAMP, b BOOLEAN, x BLOB)");
        List<string> expected = [];
        using (ColumnAppender appender = duck.Db.Append("t"))
        {
            for (int i = 0; i < 5001; i++)
            {
                string?[] row = [Number(i), Number(i * 10_000_000_000), Number(-i), Number(i / 4f), Number(i / 8.0), (i / 4m).ToString("F2", CultureInfo.InvariantCulture),
                    i % 5 == 0 ? null : new string('é', i % 300), $"{new DateOnly(2026, 1, 1).AddDays(i % 999):yyyy-MM-dd}", $"{new DateTime(2026, 1, 1).AddSeconds(i):yyyy-MM-dd HH:mm:ss}", i % 2 == 0 ? "true" : "false", $"{i % 256:x2}"];
                int skipped = i % 12;
                if (skipped < row.Length) row[skipped] = null;
                expected.Add(string.Join('|', row));

                if (row[0] is null) appender.Append(null); else appender.Append(i);
                if (row[1] is null) appender.AppendNull(); else appender.Append(i * 10_000_000_000);
                if (row[2] is null) appender.AppendNull(); else appender.Append(-i);
                if (row[3] is null) appender.AppendNull(); else appender.Append(i / 4.0);
                if (row[4] is null) appender.AppendNull(); else appender.Append(i / 8.0);
                if (row[5] is null) appender.AppendNull(); else appender.Append(i / 4m);
                appender.Append(row[6]);
                if (row[7] is null) appender.AppendNull(); else appender.Append(new DateOnly(2026, 1, 1).AddDays(i % 999));
                if (row[8] is null) appender.AppendNull(); else appender.Append(new DateTime(2026, 1, 1).AddSeconds(i));
                if (row[9] is null) appender.AppendNull(); else appender.Append(i % 2 == 0);
                if (row[10] is null) appender.AppendNull(); else appender.AppendBlob([(byte)(i % 256)]);
                appender.EndRow();
            }
            appender.Complete();
        }
        Assert.Equal(expected, duck.Db.Query("SELECT * FROM t", row => string.Join('|', row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7), row.Text(8), row.Text(9), row.Text(10))));
    }

    static string Number<T>(T number) where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

    [Fact]
    public void An_appender_that_is_disposed_brings_in_its_whole_rows()
    {
        using Duck duck = new();
        duck.Db.Execute("CREATE TABLE t (i INTEGER)");
        using (ColumnAppender appender = duck.Db.Append("t"))
        {
            appender.Append(1);
            appender.EndRow();
        }
        Assert.Equal("1", duck.Text("SELECT count(*) FROM t"));
    }

    [Fact]
    public void An_appender_that_is_left_in_the_middle_of_a_row_lets_the_cause_be_seen()
    {
        using Duck duck = new();
        duck.Db.Execute("CREATE TABLE t (i INTEGER, j INTEGER)");
        Assert.Throws<TimeoutException>(Broken);
        Assert.Equal("0", duck.Text("SELECT count(*) FROM t"));

        void Broken()
        {
            using ColumnAppender appender = duck.Db.Append("t");
            appender.Append(1);
            throw new TimeoutException();
        }
    }

    [Theory]
    [InlineData("i INTEGER PRIMARY KEY", "a primary key or unique")]
    [InlineData("i INTEGER UNIQUE", "a primary key or unique")]
    [InlineData("i INTEGER CHECK (i <> 987654)", "a CHECK constraint")]
    public void A_broken_constraint_surfaces_without_the_value(string column, string constraint)
    {
        using Duck duck = new();
        duck.Db.Execute($"CREATE TABLE t ({column})");
        ColumnAppender appender = duck.Db.Append("t");
        for (int i = 0; i < 2; i++)
        {
            appender.Append(987654);
            appender.EndRow();
        }
        ColumnException refused = Assert.Throws<ColumnException>(appender.Complete);
        appender.Dispose();
        Assert.Equal(ColumnFault.Constraint, refused.Fault);
        Assert.Contains(constraint, refused.Message);
        Assert.DoesNotContain("987654", refused.Message);
        Assert.Equal("0", duck.Text("SELECT count(*) FROM t"));
    }

    [Fact]
    public void A_null_where_none_may_be_surfaces_from_Dispose_too()
    {
        using Duck duck = new();
        duck.Db.Execute("CREATE TABLE t (i INTEGER NOT NULL)");
        ColumnAppender appender = duck.Db.Append("t");
        appender.AppendNull();
        appender.EndRow();
        Assert.Equal(ColumnFault.Constraint, Duck.FaultOf(appender.Dispose));
    }

    [Fact]
    public void The_appender_refuses_what_the_column_cannot_hold()
    {
        using Duck duck = new();
        duck.Db.Execute("CREATE TABLE t (i TINYINT, m DECIMAL(4,2), s VARCHAR)");
        Refused<ColumnException>(a => a.Append(128));
        Refused<ColumnException>(a => { a.Append(1); a.Append(100); });
        Refused<ColumnException>(a => { a.Append(1); a.Append(0.001m); });
        Refused<InvalidCastException>(a => a.Append("x"));
        Refused<InvalidCastException>(a => a.Append(1.5));
        Refused<InvalidCastException>(a => { a.Append(1); a.Append(1); a.Append(1); });
        Refused<System.Text.EncoderFallbackException>(a => { a.Append(1); a.Append(1); a.Append("\ud800"); });
        Refused<InvalidOperationException>(a => { a.Append(1); a.EndRow(); });
        Refused<InvalidOperationException>(a => { a.Append(1); a.Append(1); a.Append("x"); a.Append("y"); });
        Refused<InvalidOperationException>(a => { a.Append(1); a.Complete(); });
        Assert.Equal(ColumnFault.Catalog, Duck.FaultOf(() => duck.Db.Append("absent")));
        Assert.Equal("0", duck.Text("SELECT count(*) FROM t"));

        void Refused<T>(Action<ColumnAppender> append) where T : Exception
        {
            using ColumnAppender appender = duck.Db.Append("t");
            Assert.Throws<T>(() => append(appender));
        }
    }

    [Fact]
    public void Appended_rows_follow_the_transaction()
    {
        using Duck duck = new();
        duck.Db.Execute("CREATE TABLE t (i INTEGER)");
        duck.Db.Execute("BEGIN");
        using (ColumnAppender appender = duck.Db.Append("t"))
        {
            for (int i = 0; i < 5000; i++)
            {
                appender.Append(i);
                appender.EndRow();
            }
        }
        Assert.Equal("5000", duck.Text("SELECT count(*) FROM t"));
        duck.Db.Execute("ROLLBACK");
        Assert.Equal("0", duck.Text("SELECT count(*) FROM t"));
    }
}
