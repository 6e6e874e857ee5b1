using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.School;

namespace Groeilijn.Tests.School;

/// <summary>Nothing is sealed before the board and the head said yes, each to what it is about.</summary>
public sealed class ApprovalTests : IDisposable
{
    readonly TestHome _school = Approving.Ready();
    readonly IdentityKey _round = IdentityKey.Generate();
    static readonly Edition s_edition = Approving.E251;

    [Fact]
    public void Without_the_boards_agreement_nothing_is_sealed()
    {
        var preview = _school.Preview();
        Assert.True(Approvals.Approve(_school.Home, s_edition, preview.Sha256, "A. Directeur").Ok);
        Assert.Contains("No agreement", Sealed().Refusal!.English);
        Approving.Agree(_school.Home);
        Assert.True(Sealed().Ok);
    }

    [Fact]
    public void Without_the_heads_approval_nothing_is_sealed()
    {
        Approving.Agree(_school.Home);
        _school.Preview();
        Assert.Contains("not approved", Sealed().Refusal!.English);
        Assert.Empty(Sent.All(_school.Home));
    }

    [Fact]
    public void An_approval_is_void_when_the_preview_is_another()
    {
        Approving.Agree(_school.Home);
        var first = _school.Preview();
        Assert.True(Approvals.Approve(_school.Home, s_edition, first.Sha256, "A. Directeur").Ok);
        Assert.Null(Approvals.StatusOf(_school.Home, s_edition).Missing);
        var second = _school.Preview();
        Assert.Contains("not approved", Sealed().Refusal!.English);
        Assert.Contains("changed since", Approvals.Approve(_school.Home, s_edition, first.Sha256, "A. Directeur").Refusal!.English);
        Assert.True(Approvals.Approve(_school.Home, s_edition, second.Sha256, "A. Directeur").Ok);
        Assert.Equal(second.Sha256, Sealed().Value!.Manifest.Payload.Sha256);
    }

    [Fact]
    public void An_objection_after_the_approval_takes_it_away()
    {
        Approving.Agree(_school.Home);
        Assert.True(Approvals.Approve(_school.Home, s_edition, _school.Preview().Sha256, "A. Directeur").Ok);
        Assert.True(Objections.Record(_school.Home, "L1").Ok);
        Assert.Contains("no preview", Sealed().Refusal!.English);
        _school.Preview();
        Assert.Contains("not approved", Sealed().Refusal!.English);
    }

    [Theory]
    [InlineData(2024, 2024, true)]
    [InlineData(2020, 2027, true)]
    [InlineData(2025, 2027, false)]
    [InlineData(2020, 2023, false)]
    public void The_agreement_holds_for_its_school_years(int first, int last, bool holds)
    {
        Assert.True(Approvals.RecordAgreement(_school.Home, "voorzitter", new(2020, 1, 15), new(first), new(last)).Ok);
        Assert.True(Approvals.Approve(_school.Home, s_edition, _school.Preview().Sha256, "A. Directeur").Ok);
        Assert.Equal(holds, Sealed().Ok);
    }

    [Fact]
    public void A_board_can_take_its_agreement_back()
    {
        Approving.Agree(_school.Home);
        Assert.True(Approvals.Approve(_school.Home, s_edition, _school.Preview().Sha256, "A. Directeur").Ok);
        Assert.True(Approvals.WithdrawAgreement(_school.Home).Ok);
        Assert.Contains("No agreement", Sealed().Refusal!.English);
        Assert.False(Approvals.WithdrawAgreement(_school.Home).Ok);
    }

    [Fact]
    public void A_later_agreement_takes_the_place_of_an_earlier_one()
    {
        Approving.Agree(_school.Home);
        Assert.True(Approvals.RecordAgreement(_school.Home, "bestuurder", new(2025, 2, 1), new(2030), new(2031)).Ok);
        Assert.Equal(("bestuurder", new SchoolYear(2030)), (Approvals.AgreementOf(_school.Home)!.Signer, Approvals.AgreementOf(_school.Home)!.First));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.False(Approvals.RecordAgreement(_school.Home, " ", new(2025, 1, 1), new(2024), new(2025)).Ok);
        Assert.False(Approvals.RecordAgreement(_school.Home, "x", TestHome.Day.AddDays(1), new(2024), new(2025)).Ok);
        Assert.False(Approvals.RecordAgreement(_school.Home, "x", new(2025, 1, 1), new(2025), new(2024)).Ok);
        Assert.False(Approvals.Approve(_school.Home, s_edition, new string('0', 64), "x").Ok);
        Assert.False(Approvals.Approve(_school.Home, s_edition, _school.Preview().Sha256, "a\nb").Ok);
    }

    [Fact]
    public void Who_approved_stands_with_the_delivery_and_not_in_the_ledger()
    {
        Approving.Agree(_school.Home);
        Assert.True(Approvals.Approve(_school.Home, s_edition, _school.Preview().Sha256, "Zeldzame Naam").Ok);
        Assert.True(Sealed().Ok);
        Assert.Equal("Zeldzame Naam", Assert.Single(Sent.All(_school.Home)).ApprovedBy);
        Assert.DoesNotContain("Zeldzame", _school.Dump().Split("== ledger_outbox\n")[1].Split("== ")[0]);
    }

    Outcome<SealedDelivery> Sealed() => Seal.Deliver(_school.Home, s_edition, _round.Recipient);

    public void Dispose()
    {
        _round.Dispose();
        _school.Dispose();
    }
}
