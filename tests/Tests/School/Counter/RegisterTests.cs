using Groeilijn.Delivery;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>The register of objections: each parent's own, undone on the day, kept as long as it must.</summary>
public sealed class RegisterTests : IDisposable
{
    readonly TestHome _school = Approving.Ready();
    readonly IdentityKey _round = IdentityKey.Generate();

    [Fact]
    public void An_objection_of_one_parent_is_not_lifted_by_the_other()
    {
        Assert.True(Objections.Record(_school.Home, "L1", by: Objector.Parent1).Ok);
        Assert.Contains("another parent", Objections.Withdraw(_school.Home, "L1", Objector.Parent2).Refusal!.English);
        Assert.Contains("another parent", Objections.Withdraw(_school.Home, "L1").Refusal!.English);
        Assert.Equal(2, _school.Preview().Pupils);
        Assert.True(Objections.Withdraw(_school.Home, "L1", Objector.Parent1).Ok);
        Assert.Equal(3, _school.Preview().Pupils);
    }

    [Fact]
    public void Two_parents_object_and_the_child_stays_out_until_both_took_it_back()
    {
        Assert.False(Objections.Record(_school.Home, "L1", by: Objector.Parent1).Value!.Already);
        Assert.False(Objections.Record(_school.Home, "L1", by: Objector.Guardian).Value!.Already);
        Assert.True(Objections.Record(_school.Home, "L1", by: Objector.Parent1).Value!.Already);
        Assert.Equal(1, Objections.Status(_school.Home).Holding);
        Assert.True(Objections.Withdraw(_school.Home, "L1", Objector.Parent1).Ok);
        Assert.Equal(2, _school.Preview().Pupils);
        Assert.True(Objections.Withdraw(_school.Home, "L1", Objector.Guardian).Ok);
        Assert.Equal((3, 0), (_school.Preview().Pupils, Objections.Status(_school.Home).Holding));
    }

    [Fact]
    public void A_slip_of_the_pen_is_undone_on_the_day_and_leaves_nothing_in_the_register()
    {
        var made = Objections.Record(_school.Home, "L1").Value!;
        Assert.True(Objections.Undo(_school.Home, made.Id).Ok);
        Assert.Empty(Objections.All(_school.Home));
        Assert.Equal(3, _school.Preview().Pupils);
        var outbox = _school.Dump().Split("== ledger_outbox\n")[1].Split("== ")[0];
        var commitments = System.Text.RegularExpressions.Regex.Matches(outbox, "\"step\":\"(objected|objection-undone)\".*?\"commitment\":\"([0-9a-f]+)\"").Select(m => (m.Groups[1].Value, m.Groups[2].Value)).ToList();
        Assert.Equal(["objected", "objection-undone"], commitments.Select(c => c.Item1));
        Assert.Equal(commitments[0].Item2, commitments[1].Item2);
        Assert.False(Objections.Undo(_school.Home, made.Id).Ok);
    }

    [Fact]
    public void The_day_after_it_can_only_be_taken_back_by_the_parent()
    {
        var made = Objections.Record(_school.Home, "L1").Value!;
        _school.Clock.Day = TestHome.Day.AddDays(1);
        Assert.Contains("on the day", Objections.Undo(_school.Home, made.Id).Refusal!.English);
        Assert.True(Objections.Withdraw(_school.Home, "L1").Ok);
        var listed = Assert.Single(Objections.All(_school.Home));
        Assert.Equal((false, (DateOnly?)TestHome.Day.AddDays(1)), (listed.Holds, listed.Withdrawn));
    }

    [Fact]
    public void The_list_says_whose_since_when_and_what_was_sent()
    {
        Assert.True(Objections.Record(_school.Home, "L2").Ok);
        _school.Preview();
        Assert.True(Approving.Deliver(_school.Home, Approving.E251, _round.Recipient).Ok);
        Assert.True(Objections.Record(_school.Home, "L1", new(2025, 3, 2), Objector.Parent2).Ok);
        var all = Objections.All(_school.Home);
        Assert.Equal(["Kind0 Verzonnen0", "Kind1 Verzonnen1"], all.Select(o => o.Called));
        Assert.Equal((Objector.Parent2, new DateOnly(2025, 3, 2), MessageState.Waits), (all[0].By, all[0].Since, all[0].Message));
        Assert.Equal(["2025-1"], all[0].SentIn);
        Assert.Equal((MessageState.NotNeeded, 0), (all[1].Message, all[1].SentIn.Count));
        Assert.Equal(new(2, 1, 0), Objections.Status(_school.Home));
        Assert.All(all, o => Assert.Null(o.KeptUntil));
    }

    [Fact]
    public void Of_a_pupil_who_left_the_objection_is_kept_and_told_how_long()
    {
        Assert.True(Objections.Record(_school.Home, "L3").Ok);
        Leave();
        var listed = Assert.Single(Objections.All(_school.Home));
        Assert.True(listed.Gone && listed.Holds);
        Assert.Equal(new DateOnly(2033, 2, 10), listed.KeptUntil);
        Assert.True(_school.Import(Export.Usual()).Stored);
        Assert.Equal(2, _school.Preview().Pupils);
        Assert.Null(Assert.Single(Objections.All(_school.Home)).KeptUntil);
    }

    [Fact]
    public void An_objection_of_a_pupil_who_left_after_sending_waits_for_the_office()
    {
        _school.Preview();
        Assert.True(Approving.Deliver(_school.Home, Approving.E251, _round.Recipient).Ok);
        Leave();
        Assert.Equal(["2025-1"], Objections.Record(_school.Home, Export.Numbers[2]).Value!.SentIn);
        Assert.Null(Assert.Single(Objections.All(_school.Home)).KeptUntil);
    }

    [Fact]
    public void The_confirmation_speaks_the_parents_language_first()
    {
        var id = Objections.Record(_school.Home, "L1").Value!.Id;
        var (dutch, english) = (Confirmation.Page(_school.Home, id)!, Confirmation.Page(_school.Home, id, "en")!);
        Assert.Contains("<html lang=\"nl\">", dutch);
        Assert.Contains("<section lang=\"en\">", dutch);
        Assert.Contains("<html lang=\"en\">", english);
        Assert.Contains("<section lang=\"nl\">", english);
        Assert.True(english.IndexOf("You did not have to give a reason", StringComparison.Ordinal) < english.IndexOf("U hoefde geen reden", StringComparison.Ordinal));
        Assert.Contains("Handtekening van de school", dutch);
        Assert.Null(Confirmation.Page(_school.Home, 999));
    }

    [Theory]
    [InlineData(Objector.NotSaid, "")]
    [InlineData(Objector.Parent1, "parent-1")]
    [InlineData(Objector.Parent2, "parent-2")]
    [InlineData(Objector.Guardian, "guardian")]
    public void A_parent_is_a_place_and_not_a_name(Objector by, string code)
    {
        Assert.Equal(code, by.Code());
        Assert.True(Objectors.TryRead(code, out var read));
        Assert.Equal(by, read);
        Assert.NotEqual(by.Words("nl"), by.Words("en"));
        Assert.False(Objectors.TryRead("moeder", out _));
    }

    void Leave()
    {
        var export = Export.Usual();
        export.Pupils.RemoveAt(2);
        export.Results.RemoveAll(r => r.Pupil == "L3");
        export.Addresses.RemoveAt(2);
        Assert.True(_school.Import(export).Stored);
    }

    public void Dispose()
    {
        _round.Dispose();
        _school.Dispose();
    }
}
