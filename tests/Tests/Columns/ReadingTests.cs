using Groeilijn.Columns;

namespace Groeilijn.Tests.Columns;

public sealed class ReadingTests
{
    [Theory]
    [InlineData("true", ColumnType.Boolean, "true")]
    [InlineData("(-128)::TINYINT", ColumnType.TinyInt, "-128")]
    [InlineData("(-32768)::SMALLINT", ColumnType.SmallInt, "-32768")]
    [InlineData("2147483647::INTEGER", ColumnType.Integer, "2147483647")]
    [InlineData("(-9223372036854775808)::BIGINT", ColumnType.BigInt, "-9223372036854775808")]
    [InlineData("255::UTINYINT", ColumnType.UTinyInt, "255")]
    [InlineData("65535::USMALLINT", ColumnType.USmallInt, "65535")]
    [InlineData("4294967295::UINTEGER", ColumnType.UInteger, "4294967295")]
    [InlineData("18446744073709551615::UBIGINT", ColumnType.UBigInt, "18446744073709551615")]
    [InlineData("(-170141183460469231731687303715884105728)::HUGEINT", ColumnType.HugeInt, "-170141183460469231731687303715884105728")]
    [InlineData("0.1::FLOAT", ColumnType.Float, "0.1")]
    [InlineData("0.1::DOUBLE", ColumnType.Double, "0.1")]
    [InlineData("(-0.05)::DECIMAL(4,2)", ColumnType.Decimal, "-0.05")]
    [InlineData("(-12.50)::DECIMAL(9,2)", ColumnType.Decimal, "-12.50")]
    [InlineData("12.345678901::DECIMAL(18,9)", ColumnType.Decimal, "12.345678901")]
    [InlineData("99999999999999999999999999999999999.999::DECIMAL(38,3)", ColumnType.Decimal, "99999999999999999999999999999999999.999")]
    [InlineData("7::DECIMAL(5,0)", ColumnType.Decimal, "7")]
    [InlineData("'twelve bytes'", ColumnType.VarChar, "twelve bytes")]
    [InlineData("'thirteen byte'", ColumnType.VarChar, "thirteen byte")]
    [InlineData("'Zoë Ğ 漢字 🎈, longer than it fits inline'", ColumnType.VarChar, "Zoë Ğ 漢字 🎈, longer than it fits inline")]
    [InlineData("''", ColumnType.VarChar, "")]
    [InlineData("DATE '2026-02-28'", ColumnType.Date, "2026-02-28")]
    [InlineData("DATE '1969-12-31'", ColumnType.Date, "1969-12-31")]
    [InlineData("TIMESTAMP '2026-02-28 12:34:56.789012'", ColumnType.Timestamp, "2026-02-28 12:34:56.789012")]
    [InlineData("TIMESTAMP '1066-10-14 09:00:00'", ColumnType.Timestamp, "1066-10-14 09:00:00")]
    [InlineData("'\\x00\\xFFa'::BLOB", ColumnType.Blob, "00ff61")]
    public void Every_type_is_read_with_its_nulls(string literal, ColumnType type, string text)
    {
        using Duck duck = new();
        using ColumnResult result = duck.Db.Query($"SELECT v, CASE WHEN i = 1 THEN v END AS n FROM (SELECT {literal} AS v), range(2) r(i) ORDER BY i");
        List<(bool, string, bool, string)> rows = [];
        foreach (ColumnRow row in result) rows.Add((row.IsNull(0), row.Text(0), row.IsNull(1), row.Text(1)));

        Assert.Equal([type, type], result.Types);
        Assert.Equal(["v", "n"], result.Names);
        Assert.Equal([(false, text, true, ""), (false, text, false, text)], rows);
    }

    [Theory]
    [InlineData("INTERVAL 1 DAY")]
    [InlineData("[1, 2]")]
    [InlineData("uuid()")]
    [InlineData("TIME '12:00:00'")]
    [InlineData("TIMESTAMPTZ '2026-01-01 00:00:00+00'")]
    public void Another_type_is_refused_with_the_remedy(string literal)
    {
        using Duck duck = new();
        ColumnException refused = Assert.Throws<ColumnException>(() => duck.Db.Query($"SELECT {literal} AS odd"));
        Assert.Equal(ColumnFault.Unsupported, refused.Fault);
        Assert.Contains("column odd", refused.Message);
        Assert.Contains("cast it to VARCHAR", refused.Message);
        Assert.Equal("1", duck.Text("SELECT 1"));
    }

    [Fact]
    public void Getters_give_the_value_in_its_own_type()
    {
        using Duck duck = new();
        duck.Db.Query("SELECT true, 7::SMALLINT, 8::BIGINT, 0.5, 2.25::DECIMAL(9,4), 'x', DATE '2026-02-28', TIMESTAMP '2026-02-28 01:02:03', 'ab'::BLOB, 1e300", row =>
        {
            Assert.True(row.GetBoolean(0));
            Assert.Equal(7, row.GetInt32(1));
            Assert.Equal(8, row.GetInt64(2));
            Assert.Equal(0.5, row.GetDouble(3));
            Assert.Equal(2.25m, row.GetDecimal(4));
            Assert.Equal(2.25, row.GetDouble(4));
            Assert.Equal("x", row.GetString(5));
            Assert.Equal(new DateOnly(2026, 2, 28), row.GetDate(6));
            Assert.Equal(new DateTime(2026, 2, 28, 1, 2, 3), row.GetTimestamp(7));
            Assert.Equal("ab"u8.ToArray(), row.GetBlob(8));
            Assert.Equal(1e300, row.GetDouble(9));
            return row.Count;
        });
    }

    [Fact]
    public void A_sum_of_integers_is_a_huge_integer_and_is_read_as_long_where_it_fits()
    {
        using Duck duck = new();
        Assert.Equal([6L], duck.Db.Query("SELECT sum(i) FROM range(4) r(i)", row => row.GetInt64(0)));
        Assert.Throws<OverflowException>(() => duck.Db.Query("SELECT 9223372036854775807::HUGEINT + 1", row => row.GetInt64(0)));
        Assert.Throws<OverflowException>(() => duck.Db.Query("SELECT 2147483648", row => row.GetInt32(0)));
    }

    [Fact]
    public void A_null_or_a_column_of_another_kind_is_never_read_as_a_value()
    {
        using Duck duck = new();
        Assert.Throws<InvalidOperationException>(() => duck.Db.Query("SELECT NULL::INTEGER", row => row.GetInt32(0)));
        Assert.Throws<InvalidOperationException>(() => duck.Db.Query("SELECT NULL::VARCHAR", row => row.GetString(0)));
        Assert.Throws<InvalidCastException>(() => duck.Db.Query("SELECT 'x'", row => row.GetInt32(0)));
        Assert.Throws<InvalidCastException>(() => duck.Db.Query("SELECT 1", row => row.GetString(0)));
        Assert.Throws<InvalidCastException>(() => duck.Db.Query("SELECT 1.5::DOUBLE", row => row.GetInt64(0)));
        Assert.Throws<InvalidCastException>(() => duck.Db.Query("SELECT 1.5::DECIMAL(4,1)", row => row.GetInt64(0)));
        Assert.Throws<IndexOutOfRangeException>(() => duck.Db.Query("SELECT 1", row => row.GetInt64(1)));
    }

    [Fact]
    public void Columns_are_read_as_spans_by_chunk()
    {
        using Duck duck = new();
        using ColumnResult result = duck.Db.Query("SELECT i::INTEGER, CASE WHEN i % 3 > 0 THEN i / 2 END FROM range(10000) r(i)");
        long sum = 0, rows = 0, nulls = 0;
        double halves = 0;
        while (result.NextChunk())
        {
            rows += result.Rows;
            foreach (int i in result.Values<int>(0)) sum += i;
            ReadOnlySpan<double> values = result.Values<double>(1);
            for (int row = 0; row < result.Rows; row++)
                if (result.IsNull(1, row)) nulls++;
                else halves += values[row];
        }
        Assert.Equal((10000, 49995000, 3334), (rows, sum, nulls));
        Assert.Equal((49995000 - 16668333) / 2.0, halves);
        Assert.Equal(0, result.Rows);
    }

    [Fact]
    public void A_span_of_the_wrong_type_or_a_row_outside_the_chunk_is_refused()
    {
        using Duck duck = new();
        using ColumnResult result = duck.Db.Query("SELECT 1::INTEGER, 'x'");
        Assert.Throws<ArgumentOutOfRangeException>(() => result.IsNull(0, 0));
        Assert.True(result.NextChunk());
        Assert.Throws<InvalidCastException>(() => result.Values<long>(0).Length);
        Assert.Throws<InvalidCastException>(() => result.Values<byte>(1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => result.IsNull(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => result.IsNull(0, -1));
        result.Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => result.Bytes(1, 0).Length);
    }

    [Fact]
    public void A_result_is_read_to_its_end_or_disposed_before_the_next_statement()
    {
        using Duck duck = new();
        using (ColumnResult result = duck.Db.Query("SELECT i FROM range(3000000) r(i)"))
        {
            Assert.True(result.NextChunk());
            Assert.Throws<InvalidOperationException>(() => duck.Text("SELECT 1"));
            Assert.Throws<InvalidOperationException>(() => duck.Db.Execute("CREATE TABLE t (i INTEGER)"));
        }
        Assert.Equal("1", duck.Text("SELECT 1"));
    }

    [Fact]
    public void An_error_in_the_course_of_reading_surfaces()
    {
        using Duck duck = new();
        using ColumnResult result = duck.Db.Query("SELECT CASE WHEN i < 2500000 THEN 1 ELSE error('ZZZ-SENTINEL') END FROM range(3000000) r(i)");
        ColumnException failure = Assert.Throws<ColumnException>(() => { while (result.NextChunk()) { } });
        Assert.DoesNotContain("SENTINEL", failure.Message);
        Assert.Equal("1", duck.Text("SELECT 1"));
    }
}
