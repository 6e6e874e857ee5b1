using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

public sealed class LinkingTests : IDisposable
{
    readonly SmallOffice _office = new();

    public void Dispose() => _office.Dispose();

    [Fact]
    public void Results_reach_the_cohort_under_the_RIN_and_counts_say_the_rest()
    {
        _office.Register(Enumerable.Range(1, 5).Select(Child.Of));
        _office.Open();
        var stranger = Child.Of(9);
        var noNumber = Child.Of(2) with { Bsn = null };
        Assert.True(_office.Deliver(_office.School("99AA00"), [SmallOffice.Grown(Child.Of(1), 4, 10), SmallOffice.Grown(noNumber, 4, 20), SmallOffice.Grown(stranger, 4, 30)]).Ok);
        var round = _office.Link().Value!;
        Assert.Equal(new LinkCounts(3, 1, 1, 0, 1, 0), round.Counts);
        Assert.Equal(4, round.Results);
        Assert.Equal(["cohort/2023-1/maths-2023-2.parquet", "cohort/2023-2/maths-2023-2.parquet"], round.Parts.Select(p => p.Path));
        Assert.Equal([1500, 1500, 1510, 1520], Cohort.Rows(_office.Home).Select(r => r.ScoreTenths).Order());
    }

    [Fact]
    public void A_number_that_changed_still_links_to_the_same_RIN()
    {
        var before = Child.Of(1) with { Bsn = null, Onderwijsnummer = "101222331" };
        _office.Register(before);
        _office.Open();
        _office.Deliver(_office.School("99AA00"), [before.With(Child.Result("2023-06-06", "E4", 1500))]);
        Assert.Equal(1, _office.Link().Value!.Counts.ByNumber);

        _office.Register(Child.Of(1));
        var next = Edition.Parse("2024-1").Value;
        _office.Open(next);
        _office.Deliver(_office.School("99AA00"), [(before with { House = 80 }).With(Child.Result("2024-01-20", "M5", 1600))], edition: next);
        Assert.Equal(1, _office.Link(next).Value!.Counts.ByNumber);
        Assert.Single(Cohort.Rows(_office.Home).Select(r => r.Rin).Distinct());
    }

    [Fact]
    public void A_result_delivered_again_is_not_added_again_and_a_late_one_goes_to_its_own_half_year()
    {
        _office.Register(Child.Of(1), Child.Of(2));
        _office.Open();
        var school = _office.School("99AA00");
        _office.Deliver(school, [SmallOffice.Grown(Child.Of(1), 4, 10)]);
        Assert.True(_office.Link().Ok);
        var next = Edition.Parse("2024-1").Value;
        _office.Open(next);
        var late = Child.Of(2).With(Child.Result("2023-06-06", "E4", 1700), Child.Result("2024-01-20", "M5", 1750));
        _office.Deliver(school, [SmallOffice.Grown(Child.Of(1), 4, 10), late], edition: next);
        var round = _office.Link(next).Value!;
        Assert.Equal(["cohort/2023-2/maths-2024-1.parquet", "cohort/2024-1/maths-2024-1.parquet"], round.Parts.Select(p => p.Path));
        Assert.Equal([2, 4], new[] { Cohort.Rows(_office.Home, SmallOffice.E23).Count, Cohort.Rows(_office.Home).Count });
    }

    [Fact]
    public void Shares_of_another_round_or_one_share_twice_are_refused()
    {
        _office.Open();
        var next = Edition.Parse("2024-1").Value;
        _office.Open(next);
        byte[] Share(Edition edition, int n) => File.ReadAllBytes(Rounds.ShareFile(_office.Home, edition, n));
        Assert.Equal("shares", LinkingRun.Run(_office.Home, SmallOffice.E23, Share(SmallOffice.E23, 1), Share(SmallOffice.E23, 1)).Refusal!.Code);
        Assert.Equal("shares", LinkingRun.Run(_office.Home, SmallOffice.E23, Share(SmallOffice.E23, 1), Share(next, 2)).Refusal!.Code);
        Assert.Equal("other-round", LinkingRun.Run(_office.Home, SmallOffice.E23, Share(next, 1), Share(next, 2)).Refusal!.Code);
        Assert.Equal(RoundState.Open, Rounds.Find(_office.Home, SmallOffice.E23)!.State);
    }

    [Fact]
    public void A_delivery_that_was_cut_is_not_linked_at_all_and_the_others_are()
    {
        _office.Register(Child.Of(1), Child.Of(2));
        _office.Open();
        _office.Deliver(_office.School("99AA00"), [SmallOffice.Grown(Child.Of(1), 4, 10)]);
        var (manifest, signature, ciphertext) = Cut(_office.School("99BB00"));
        Assert.True(Intake.Receive(_office.Home, manifest, signature, ciphertext).Ok);
        var round = _office.Link().Value!;
        Assert.Equal([null, "the content was changed after sealing: ask for the file again."], round.Deliveries.Select(d => d.Fault));
        Assert.Equal(2, round.Results);
        Assert.Equal(["linked", "unreadable"], _office.Home.Database.Read<string>("SELECT state FROM deliveries ORDER BY school"));
    }

    [Fact]
    public void Values_outside_the_set_and_a_set_that_the_manifest_does_not_name_are_not_linked()
    {
        _office.Register(Child.Of(1), Child.Of(2));
        _office.Open();
        Receive(_office.Sealed(_office.School("99AA00"), [SmallOffice.Grown(Child.Of(1), 4, 10) with { Extra = [("travel", "ZZZ-SENTINEL")] }]));
        Receive(_office.Sealed(_office.School("99BB00"), [SmallOffice.Grown(Child.Of(2), 4, 10)], inside: "nco-basis/2"));
        var round = _office.Link().Value!;
        Assert.Equal(["the content holds values that the set nco-basis/1 does not have.", "the content names another set of fields than the manifest."], round.Deliveries.Select(d => d.Fault));
        Assert.Equal(0, round.Results);
    }

    void Receive((byte[] Manifest, byte[] Signature, byte[] Ciphertext) files) => Assert.True(Intake.Receive(_office.Home, files.Manifest, files.Signature, files.Ciphertext).Ok);

    /// <summary>A delivery whose sealed file lacks its last bytes, with a manifest that says so truly.</summary>
    (byte[], byte[], byte[]) Cut(SmallSchool school)
    {
        var whole = _office.Sealed(school, [SmallOffice.Grown(Child.Of(2), 4, 10)]);
        Assert.True(Manifest.TryRead(whole.Manifest, out var manifest, out _));
        var cut = whole.Ciphertext[..^20];
        var json = (manifest with { Ciphertext = FileDigest.Of(cut) }).ToJson();
        return (json, Signature.Sign(json, school.Key, _office.Clock.Now), cut);
    }

    [Fact]
    public void No_delivered_number_is_in_any_file_after_linking_and_destruction()
    {
        var children = Enumerable.Range(1, 60).Select(Child.Of).ToList();
        _office.Register(children);
        _office.Open();
        _office.Deliver(_office.School("99AA00"), children.Select(c => SmallOffice.Grown(c, 4, 10)));
        Assert.True(_office.Link().Ok && _office.Destroy().Ok);
        Assert.True(SchoolReports.Make(_office.Home, SmallOffice.E23).Ok && PublicTables.Make(_office.Home, SmallOffice.E23).Ok);
        _office.Home.Sequence();
        Assert.Empty(Sweep.Search(_office.Home.Folder, children.Select(c => c.Bsn!), TimeProvider.System).Hits);
    }

    [Fact]
    public void Swap_is_refused_unless_the_pupils_are_invented()
    {
        var swaps = Path.Combine(_office.Folder, "swaps");
        File.WriteAllText(swaps, "Filename\tType\tSize\tUsed\tPriority\n/dev/sda2 partition 1 0 -2\n");
        Assert.False(ProcessGuard.Engage(invented: false, swaps).Ok);
        Assert.Contains(ProcessGuard.Engage(invented: true, swaps).Warnings, w => w.Contains("swap", StringComparison.Ordinal));
        File.WriteAllText(swaps, "Filename\tType\tSize\tUsed\tPriority\n");
        Assert.True(ProcessGuard.Engage(invented: false, swaps).Ok);
    }
}
