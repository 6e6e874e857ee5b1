using Groeilijn.Research;

namespace Groeilijn.Tests.Research;

/// <summary>What a researcher may ask, and the ways around it that are closed.</summary>
public sealed class RequestTests
{
    const string Fixed = "subject = 'maths' AND scale = 'lvs-3'";

    [Theory]
    [InlineData("1 = 1; DROP TABLE results")]
    [InlineData("1 = 1) UNION SELECT pupil FROM results WHERE (1 = 1")]
    [InlineData("1 = 1) OR (1 = 1")]
    [InlineData("score_tenths > (SELECT avg(score_tenths) FROM results)")]
    [InlineData("EXISTS (SELECT 1 FROM project)")]
    [InlineData("EXISTS (FROM enable_logging(storage = 'file'))")]
    [InlineData("EXISTS (WITH a AS (SELECT 1) SELECT * FROM a)")]
    [InlineData("length(read_text('/etc/passwd')) > 0")]
    [InlineData("score_tenths IN (SELECT size FROM read_text('/etc/passwd'))")]
    [InlineData("getenv('HOME') = 'x'")]
    [InlineData("length(repeat('x', 2000000000)) > 0")]
    [InlineData("current_setting('threads') = 1")]
    [InlineData("score_tenths > 0 -- and so on")]
    [InlineData("score_tenths > 0 /* and so on */")]
    [InlineData("\"scale\" = 'lvs-3'")]
    [InlineData("main.results.scale = 'lvs-3'")]
    [InlineData("score_tenths::VARCHAR = '1'")]
    [InlineData("scale = $$lvs-3$$")]
    [InlineData("scale = E'lvs\\055'")]
    [InlineData("[x for x in [1]] = [1]")]
    [InlineData("(x -> x)(1) = 1")]
    [InlineData("scale ~ 'lvs'")]
    [InlineData("count(*) > 0")]
    [InlineData("random() < 0.5")]
    [InlineData("rowid < 12")]
    [InlineData("scale = 'lvs-3")]
    [InlineData("score_tenths = ?")]
    [InlineData("COLUMNS(*) IS NULL")]
    [InlineData("score_tenths > 1000.5")]
    [InlineData("")]
    public void A_where_expression_that_does_more_than_compare_is_refused(string where)
    {
        using var desk = new Desk(Desk.Group(30, 3));
        var refusal = desk.Ask("a", "count", "scale", where).Refusal;
        Assert.Equal("where-refused", refusal?.Code);
        Assert.NotEmpty(refusal!.Remedy);
    }

    [Theory]
    [InlineData("pupil = 'x'")]
    [InlineData("PUPIL < 'b'")]
    [InlineData("school IN ('x', 'y', 'z')")]
    public void A_where_expression_cannot_choose_pupils_or_schools(string where)
    {
        using var desk = new Desk(Desk.Group(30, 3));
        Assert.Equal("row-level", desk.Ask("a", "count", "scale", where).Refusal?.Code);
    }

    [Theory]
    [InlineData("pupil")]
    [InlineData("school")]
    [InlineData("scale,school")]
    public void A_group_of_pupils_or_schools_is_refused(string by)
    {
        using var desk = new Desk(Desk.Group(30, 3));
        Assert.Equal("row-level", desk.Ask("a", "count", by).Refusal?.Code);
    }

    [Theory]
    [InlineData("score_tenths")]
    [InlineData("1")]
    [InlineData("scale,scale")]
    [InlineData("scale)--")]
    public void A_group_of_anything_but_the_dimensions_is_refused(string by)
    {
        using var desk = new Desk(Desk.Group(30, 3));
        Assert.Equal("unknown-dimension", desk.Ask("a", "count", by).Refusal?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("max")]
    [InlineData("mean,mean")]
    public void A_measure_that_is_not_offered_is_refused(string measures)
    {
        using var desk = new Desk(Desk.Group(30, 3));
        Assert.Equal("unknown-measure", desk.Ask("a", measures, "scale").Refusal?.Code);
    }

    [Theory]
    [InlineData("mean", "subject", null)]
    [InlineData("sd", "scale", null)]
    [InlineData("mean", "subject", "scale = 'lvs-3' OR scale = 'lvs-2'")]
    [InlineData("mean", "subject", "NOT scale = 'lvs-3'")]
    [InlineData("mean", "subject", "scale = scale")]
    [InlineData("mean", "subject", "(scale = 'lvs-3' AND false) OR true")]
    [InlineData("mean", "", "scale = 'lvs-3'")]
    public void A_mean_that_could_mix_scales_is_refused_with_the_way_on(string measures, string by, string? where)
    {
        using var desk = new Desk([.. Desk.Group(30, 3), .. Desk.Group(30, 3, scale: "lvs-2")]);
        var refusal = desk.Ask("a", measures, by, where).Refusal;
        Assert.Equal("scales-mixed", refusal?.Code);
        Assert.Contains("where expression", refusal!.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("subject,scale", null)]
    [InlineData("subject", "scale = 'lvs-3'")]
    [InlineData("", Fixed)]
    [InlineData("", Fixed + " AND (pupil_year_group = 5 AND score_tenths > 0)")]
    public void A_mean_on_one_scale_is_run(string by, string? where)
    {
        using var desk = new Desk(Desk.Group(30, 3));
        Assert.Null(desk.Ask("a", "mean", by, where).Refusal);
    }

    [Theory]
    [InlineData("pupil_year_group IN (5, 6) AND score_tenths >= 1000")]
    [InlineData("score_tenths BETWEEN 1000 AND 2000 AND NOT (moment = 'E' OR edition = '2022-2')")]
    [InlineData("pupil_year_group - test_year_group = 0 AND abs(score_tenths) <> -1")]
    [InlineData("scale IS NOT NULL\nAND subject != 'it''s'")]
    public void Comparisons_joined_by_and_or_and_not_are_run(string where)
    {
        using var desk = new Desk(Desk.Group(30, 3));
        Assert.Null(desk.Ask("a", "count", "scale", where).Refusal);
    }

    [Fact]
    public void A_comparison_that_cannot_be_made_is_refused_and_not_repeated()
    {
        using var desk = new Desk(Desk.Group(30, 3));
        var refusal = desk.Ask("a", "count", "scale", "score_tenths > 'ZZZ-SENTINEL'").Refusal!;
        Assert.Equal("where-refused", refusal.Code);
        Assert.DoesNotContain("ZZZ-SENTINEL", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_finds_nothing_says_so()
    {
        using var desk = new Desk(Desk.Group(30, 3));
        Assert.Equal("nothing-found", desk.Ask("a", "count", "scale", "subject = 'reading'").Refusal?.Code);
        Assert.Equal("nothing-found", desk.Ask("a", "count", "", "subject = 'reading'").Refusal?.Code);
    }
}
