using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

public sealed class DestructionTests : IDisposable
{
    readonly SmallOffice _office = new();

    public DestructionTests()
    {
        _office.Register(Child.Of(1), Child.Of(2));
        _office.Open();
        var school = _office.School("99AA00");
        _office.Deliver(school, [SmallOffice.Grown(Child.Of(1), 4, 10)], 1);
        _office.Deliver(school, [SmallOffice.Grown(Child.Of(1), 4, 10), SmallOffice.Grown(Child.Of(9), 4, 10)], 2);
        _office.Deliver(_office.School("99BB00"), [SmallOffice.Grown(Child.Of(2), 5, 10)]);
        Assert.True(_office.Link().Ok);
    }

    public void Dispose() => _office.Dispose();

    string[] Left => [.. Directory.GetFiles(_office.Home.At("intake")).Concat(Directory.GetFiles(_office.Home.At("keys", "2023-2")))];

    [Fact]
    public void The_certificate_counts_everything_and_its_checkpoint_holds_the_intent()
    {
        var destroyed = _office.Destroy().Value!;
        Assert.Empty(Left);
        Assert.True(Signature.Check(destroyed.Certificate, destroyed.Signature, [_office.Home.Key.Certificate], _office.Clock.Now).Ok);
        Assert.True(DestructionCertificate.TryRead(destroyed.Certificate, out var certificate, out _));
        Assert.Equal(3, certificate.Deliveries.Count);
        Assert.Equal(new DestructionCounts(3, 3, 2, 1), certificate.Counts);
        Assert.Equal(new DestructionCheck(2, 3, 0), certificate.Verified);
        Assert.True(Checkpoint.TryParse(certificate.Checkpoint, out var checkpoint) && _office.Home.Ledger.Holds(checkpoint));
        var steps = _office.Home.Ledger.Entries().Take((int)checkpoint.Size).Select(e => LedgerEntry.TryRead(e, out var entry, out _) ? $"{entry.Room} {entry.Step}" : "").ToList();
        Assert.Contains("destruction intended", steps);
    }

    [Fact]
    public void Anybody_can_verify_the_copy_of_each_school()
    {
        Assert.True(_office.Destroy().Ok);
        foreach (var folder in new[] { ".", "99AA00", "99BB00" })
            Assert.Equal(VerificationOutcome.Proved, Verification.Verify(Path.Combine(_office.Home.At("certificates", folder), "2023-2.json"), _office.Home.Key.Certificate).Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_run_that_stopped_after_any_step_goes_on_where_it_was(int steps)
    {
        for (var i = 0; i < steps; i++) Assert.Null(Destruction.Step(_office.Home, SmallOffice.E23, "Carla Derde", "Dirk Vierde"));
        _office.Reopen();
        Assert.True(_office.Destroy().Ok);
        Assert.Equal(RoundState.Certified, Rounds.Find(_office.Home, SmallOffice.E23)!.State);
        Assert.Empty(Left);
    }

    [Theory]
    [InlineData("keys/2023-2/share-1", 1)]
    [InlineData("intake", 2)]
    public void A_run_that_stopped_in_the_middle_of_a_step_goes_on_where_it_was(string removed, int steps)
    {
        for (var i = 0; i < steps; i++) Assert.Null(Destruction.Step(_office.Home, SmallOffice.E23, "Carla Derde", "Dirk Vierde"));
        var path = _office.Home.At(removed);
        File.Delete(Directory.Exists(path) ? Directory.GetFiles(path)[0] : path);
        _office.Reopen();
        Assert.True(_office.Destroy().Ok);
        Assert.Empty(Left);
    }

    [Fact]
    public void Nothing_is_certified_while_something_is_still_there()
    {
        var share = File.ReadAllBytes(Rounds.ShareFile(_office.Home, SmallOffice.E23, 1));
        for (var i = 0; i < 3; i++) Assert.Null(Destruction.Step(_office.Home, SmallOffice.E23, "Carla Derde", "Dirk Vierde"));
        File.WriteAllBytes(Rounds.ShareFile(_office.Home, SmallOffice.E23, 1), share);
        Assert.Equal("still-present", _office.Destroy().Refusal!.Code);
        File.Delete(Rounds.ShareFile(_office.Home, SmallOffice.E23, 1));
        Assert.Null(Destruction.Step(_office.Home, SmallOffice.E23, "Carla Derde", "Dirk Vierde"));
        File.WriteAllBytes(Rounds.ShareFile(_office.Home, SmallOffice.E23, 1), share);
        Assert.Equal("still-present", _office.Destroy().Refusal!.Code);
        Assert.Null(Destruction.Certificate(_office.Home, SmallOffice.E23));
    }

    [Fact]
    public void One_person_cannot_approve_twice_and_an_open_round_is_not_destroyed()
    {
        Assert.Equal("two-people", Destruction.Run(_office.Home, SmallOffice.E23, "Carla Derde", "Carla Derde").Refusal!.Code);
        var next = Edition.Parse("2024-1").Value;
        _office.Open(next);
        Assert.Equal("round-state", _office.Destroy(next).Refusal!.Code);
        Assert.Equal(6 - 1, Left.Length);
    }

    [Fact]
    public void A_second_run_gives_the_same_certificate()
    {
        var first = _office.Destroy().Value!;
        _office.Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal(first.Certificate, _office.Destroy().Value!.Certificate);
    }

    [Fact]
    public void An_overwritten_file_holds_zeros_in_its_own_blocks()
    {
        var file = Path.Combine(_office.Folder, "secret");
        File.WriteAllBytes(file, [.. Enumerable.Repeat((byte)'S', 200_000)]);
        using var still = File.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite); // the same blocks, held open
        Groeilijn.Office.Native.Libc.Overwrite(file);
        var seen = new byte[200_001];
        Assert.Equal(200_000, still.ReadAtLeast(seen, seen.Length, throwOnEndOfStream: false));
        Assert.False(seen.AsSpan().ContainsAnyExcept((byte)0));
    }
}
