using Groeilijn.Columns;
using Groeilijn.Office;
using Groeilijn.Tests.Office;

namespace Groeilijn.Tests.Formats;

public sealed class CohortTests : IDisposable
{
    readonly SmallOffice _office = new();

    public CohortTests()
    {
        _office.Register(Enumerable.Range(1, 20).Select(Child.Of));
        _office.Open();
        _office.Deliver(_office.School("99BB00"), Enumerable.Range(1, 10).Select(i => SmallOffice.Grown(Child.Of(i), 4, i)).ToList());
        _office.Deliver(_office.School("99AA00"), Enumerable.Range(11, 10).Select(i => Child.Of(i).With(Child.Result("2023-06-06", "E4", 1600 + i, group: 5))).ToList());
        Assert.True(_office.Link().Ok);
    }

    public void Dispose() => _office.Dispose();

    [Fact]
    public void A_part_has_the_columns_of_the_format()
    {
        using var database = ColumnDatabase.Open();
        var columns = database.Query($"DESCRIBE SELECT * FROM {Parquet.Scan(_office.Home.At("cohort/2023-2/maths-2023-2.parquet"))}", row => $"{row.GetString(0)} {row.GetString(1)}");
        Assert.Equal(["edition VARCHAR", "rin VARCHAR", "school VARCHAR", "pupil_year_group INTEGER", "test_year_group INTEGER", "subject VARCHAR", "moment VARCHAR", "test_date DATE", "scale VARCHAR", "score_tenths INTEGER", "correction INTEGER"], columns);
    }

    [Fact]
    public void Rows_are_read_back_as_they_were_delivered()
    {
        var row = Cohort.Rows(_office.Home).Single(r => r.ScoreTenths == 1611);
        Assert.Equal(("2023-2", "99AA00", 5, 4, "lvs-3", new DateOnly(2023, 6, 6)), (row.Edition.ToString(), row.School, row.PupilYearGroup, row.TestYearGroup, row.Scale, row.TestDate));
    }

    [Fact]
    public void Rows_are_ordered_by_school_and_RIN_so_that_their_order_says_nothing()
    {
        using var database = ColumnDatabase.Open();
        var rows = database.Query($"SELECT school, rin FROM {Parquet.Scan(_office.Home.At("cohort/2023-2/maths-2023-2.parquet"))}", row => row.GetString(0) + row.GetString(1));
        Assert.Equal(20, rows.Count);
        Assert.Equal(rows.Order(StringComparer.Ordinal), rows);
    }

    [Fact]
    public void Every_part_has_the_hash_that_the_store_names() =>
        Assert.All(Cohort.Parts(_office.Home), part => Assert.Equal(part.Sha256, Groeilijn.Delivery.FileDigest.OfFile(_office.Home.At(part.Path)).Sha256));

    [Fact]
    public void An_empty_cohort_can_be_read()
    {
        using var empty = new SmallOffice();
        Assert.Empty(Cohort.Rows(empty.Home));
    }
}
