using System.Text.RegularExpressions;
using Groeilijn.Delivery;
using Groeilijn.Office;
using Groeilijn.Statistics.Linkage;

namespace Groeilijn.Tests.Office;

/// <summary>What a round learns is kept without a pupil and serves who comes late; what a school is told shows no single one.</summary>
public sealed partial class LinkingModelTests : IDisposable
{
    readonly SmallOffice _office = new();

    public LinkingModelTests()
    {
        _office.Register(Enumerable.Range(1, 60).Select(Child.Of));
        _office.Open();
        _office.Deliver(_office.School("99AA00"), Enumerable.Range(1, 30).Select(n => SmallOffice.Grown(Child.Of(n), 4, n)));
    }

    public void Dispose() => _office.Dispose();

    string Model => _office.Home.Database.ReadOne<string>("SELECT model FROM link_models")!;

    [Fact]
    public void The_model_and_the_counts_of_patterns_are_kept_and_hold_no_pupil()
    {
        Assert.True(_office.Link().Ok);
        Assert.DoesNotMatch(NineDigits(), Model + _office.Home.Database.ReadOne<string>("SELECT summary FROM link_models"));
        var patterns = _office.Home.Database.Read<(string Pass, string Outcome, string Pattern, long Pairs)>("SELECT pass, outcome, pattern, pairs FROM link_patterns");
        Assert.Contains(patterns, p => p is ("number+born", "linked", "number=equal born=equal sex=equal postcode=equal house=equal", 30));
        Assert.Equal(30, LinkStore.Summary(_office.Home, SmallOffice.E23)!.Links);
        Assert.Contains(LinkStore.Summary(_office.Home, SmallOffice.E23)!.Lines(), line => line.StartsWith("number: equal", StringComparison.Ordinal));
    }

    [Fact]
    public void A_school_that_comes_late_is_linked_with_the_model_of_its_round_beside_what_was_there()
    {
        Assert.True(_office.Link().Ok);
        var learned = Model;
        Assert.Equal("round-state", _office.Link().Refusal!.Code);
        Assert.True(_office.Deliver(_office.School("99BB00"), Enumerable.Range(31, 5).Select(n => SmallOffice.Grown(Child.Of(n), 4, n))).Ok);
        var late = _office.Link().Value!;
        Assert.Equal((5, 10, "99BB00"), (late.Counts.Linked, late.Results, late.Deliveries.Single().School));
        Assert.Equal(["cohort/2023-1/maths-2023-2.2.parquet", "cohort/2023-2/maths-2023-2.2.parquet"], late.Parts.Select(p => p.Path));
        Assert.Equal((learned, 70), (Model, Cohort.Rows(_office.Home).Count));
        Assert.Equal(35, _office.Home.Database.ReadOne<long>("SELECT sum(pairs) FROM link_patterns WHERE outcome = 'linked'"));
    }

    [Fact]
    public void What_was_learned_links_the_same_when_it_is_read_again()
    {
        var register = new LinkRegister(OfficeModel.Model);
        string[] Cells(int n, string? number = null) => [number ?? Child.BsnOf(n), Child.Of(n).Born, Child.Of(n).Sex, Child.Of(n).Postcode, "5"];
        for (var n = 1; n <= 500; n++) register.Add(Cells(n), Cells(n, "999990019"));
        var records = register.Records();
        for (var n = 1; n <= 200; n++) records.Add(Cells(n, n % 9 == 0 ? "" : null));
        var learned = register.Learn(records);
        var again = LearnedModel.Read(learned.ToJson(), OfficeModel.Model)!;
        Assert.Equal(learned.ToJson(), again.ToJson());
        Assert.Equal(register.Link(records, [200], learned).Links, register.Link(records, [50, 120, 200], again).Links);
        Assert.Null(LearnedModel.Read(learned.ToJson(), OfficeModel.Model with { Blocking = [["number"]] }));
        Assert.Null(LearnedModel.Read("{}", OfficeModel.Model));
    }

    [Fact]
    public void A_person_is_found_by_an_address_of_before_or_a_number_of_before_and_is_one_person_still()
    {
        var register = new LinkRegister(OfficeModel.Model);
        for (var n = 1; n <= 300; n++) register.Add([Child.BsnOf(n), Child.Of(n).Born, Child.Of(n).Sex, "2000AA", $"{n}"], [Child.BsnOf(n), Child.Of(n).Born, Child.Of(n).Sex, Child.Of(n).Postcode, "7"], [Child.BsnOf(n + 1000), Child.Of(n).Born, Child.Of(n).Sex, "2000AA", $"{n}"]);
        var records = register.Records();
        for (var n = 1; n <= 300; n++) records.Add(n % 3 == 0 ? Child.BsnOf(n + 1000) : n % 3 == 1 ? "" : Child.BsnOf(n), Child.Of(n).Born, Child.Of(n).Sex, n % 3 == 1 ? Child.Of(n).Postcode : "2000AA", n % 3 == 1 ? "7" : $"{n}");
        var result = register.Link(records, [300], register.Learn(records));
        Assert.Equal(300, result.Links.Count);
        Assert.All(result.Links, l => Assert.Equal(l.Left, l.Right));
    }

    /// <summary>Nobody to link, nobody to link with, and a handful whom nothing resembles: what is kept of the round is numbers that can be written.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 300)]
    [InlineData(3, 0)]
    [InlineData(1, 300)]
    public void A_round_with_hardly_anything_to_link_has_a_summary_too(int pupils, int persons)
    {
        var register = new LinkRegister(OfficeModel.Model);
        for (var n = 1; n <= persons; n++) register.Add([Child.BsnOf(n), Child.Of(n).Born, Child.Of(n).Sex, Child.Of(n).Postcode, "5"]);
        var records = register.Records();
        for (var n = 1; n <= pupils; n++) records.Add([Child.BsnOf(n + 2000), Child.Of(n + 2000).Born, "", "", ""]);
        var summary = LinkSummary.Of(register.Link(records, [pupils], register.Learn(records)));
        Assert.DoesNotContain(LinkSummary.Read(summary.ToJson()).Groups, g => g.Links > 0);
        Assert.All(summary.Groups, g => Assert.InRange(g.MissedLinks?.Rate ?? 0, 0, 1));
    }

    [Fact]
    public void Two_schools_may_have_one_child_and_one_school_may_not()
    {
        _office.Deliver(_office.School("99BB00"), [SmallOffice.Grown(Child.Of(1), 4, 1), SmallOffice.Grown(Child.Of(2), 4, 2), SmallOffice.Grown(Child.Of(2) with { Sex = "f" }, 4, 2)]);
        // The two that bear one number wait: neither is chosen.
        Assert.Equal([(30, 0), (1, 2)], _office.Link().Value!.Deliveries.Select(d => (d.Counts.Linked, d.Counts.Possible)));
    }

    // ---- what a school is told ----

    [Fact]
    public void A_school_is_told_about_how_many_or_that_its_file_could_not_be_read()
    {
        var school = _office.School("99BB00");
        var whole = _office.Sealed(school, [SmallOffice.Grown(Child.Of(31), 4, 1)]);
        Assert.True(Manifest.TryRead(whole.Manifest, out var manifest, out _));
        var cut = whole.Ciphertext[..^20];
        var json = (manifest with { Ciphertext = FileDigest.Of(cut) }).ToJson();
        Assert.True(Intake.Receive(_office.Home, json, Signature.Sign(json, school.Key, _office.Clock.Now), cut).Ok);
        var other = _office.Sealed(_office.School("99CC00"), [SmallOffice.Grown(Child.Of(32), 4, 1)], inside: "nco-basis/2");
        Assert.True(Intake.Receive(_office.Home, other.Manifest, other.Signature, other.Ciphertext).Ok);
        Assert.True(_office.Link().Ok);
        Assert.Equal(["refused-unreadable", "refused-format"], new[] { "99BB00", "99CC00" }.Select(s => Told(s).Outcome));
        var told = Told("99AA00");
        Assert.Equal(("linked", 30, 0), (told.Outcome, told.Counts!.Value.Pupils, told.Counts.Value.Linked % 5));
    }

    Answer Told(string school) => Answer.TryRead(Answers.To(_office.Home, school)[^1].Answer, out var answer, out _) ? answer : throw new InvalidDataException(school);

    /// <summary>For each answer, over all that linking may have found: one pupil more or less makes it at most e^0.2 times as likely.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(25)]
    [InlineData(212)]
    public void Whether_one_pupil_was_found_changes_no_answer_by_more_than_the_promised_factor(int pupils)
    {
        Dictionary<int, double> Answers(int linked) => Enumerable.Range(-400, 801).GroupBy(noise => RoundedCount.Round(linked + noise, pupils)).ToDictionary(g => g.Key, g => g.Sum(RoundedCount.Probability));
        for (var linked = 0; linked < pupils; linked++)
        {
            var (fewer, more) = (Answers(linked), Answers(linked + 1));
            Assert.Equal(fewer.Keys.Order(), more.Keys.Order());
            Assert.All(fewer.Keys, answer => Assert.InRange(fewer[answer] / more[answer], Math.Exp(-RoundedCount.Epsilon) - 1e-9, Math.Exp(RoundedCount.Epsilon) + 1e-9));
            Assert.Equal(1, fewer.Values.Sum(), 1e-9);
        }
    }

    [Fact]
    public void Noise_is_drawn_as_it_is_promised()
    {
        const int draws = 40_000;
        var told = Enumerable.Range(0, draws).Select(_ => RoundedCount.Of(1000, 500).Linked).GroupBy(l => l).ToDictionary(g => g.Key, g => g.Count());
        foreach (var answer in new[] { 490, 495, 500, 505, 510 })
        {
            var expected = draws * Enumerable.Range(-400, 801).Where(noise => RoundedCount.Round(500 + noise, 1000) == answer).Sum(RoundedCount.Probability);
            Assert.InRange(told[answer], expected - 6 * Math.Sqrt(expected), expected + 6 * Math.Sqrt(expected));
        }
    }

    [GeneratedRegex("[0-9]{9}")]
    private static partial Regex NineDigits();
}
