using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Sites.Accounts;

namespace Groeilijn.Tests.Office;

/// <summary>Four eyes: two accounts, each once; and how unusual a school is.</summary>
public sealed class DecisionsTests : IDisposable
{
    static readonly Account s_anna = new() { Id = 1, Name = "Anna" }, s_bert = new() { Id = 2, Name = "Bert" }, s_carla = new() { Id = 3, Name = "Carla" };
    static readonly Edition s_next = Edition.Parse("2024-1").Value;
    readonly SmallOffice _office = new();

    public void Dispose() => _office.Dispose();

    [Fact]
    public void A_round_opens_when_both_who_were_asked_have_agreed_and_nobody_else()
    {
        Assert.Null(Decisions.Propose(_office.Home, s_next, Proposal()));
        Assert.Equal("proposed", Decisions.Propose(_office.Home, s_next, Proposal())!.Code);
        Assert.Equal("not-holder", Decisions.Accept(_office.Home, s_next, s_carla).Refusal!.Code);
        Assert.False(Decisions.Accept(_office.Home, s_next, s_anna).Value!.IsTaken);
        Assert.Equal("same-person", Decisions.Accept(_office.Home, s_next, s_anna).Refusal!.Code);
        Assert.True(Decisions.Accept(_office.Home, s_next, s_bert).Value!.IsTaken);
        Assert.Equal("no-decision", Decisions.Accept(_office.Home, Edition.Parse("2024-2").Value, s_bert).Refusal!.Code);
    }

    [Fact]
    public void A_proposal_names_two_people_and_days_in_order_and_can_be_taken_back()
    {
        Assert.Equal("two-people", Decisions.Propose(_office.Home, s_next, Proposal() with { Holder2 = 1 })!.Code);
        Assert.Equal("round-days", Decisions.Propose(_office.Home, s_next, Proposal() with { Closes = new(2024, 1, 1) })!.Code);
        Assert.Null(Decisions.Propose(_office.Home, s_next, Proposal()));
        Decisions.Withdraw(_office.Home, DecisionKind.OpenRound, s_next);
        Assert.Empty(Decisions.Waiting(_office.Home));
        _office.Open();
        Assert.Equal("round-exists", Decisions.Propose(_office.Home, SmallOffice.E23, Proposal())!.Code);
    }

    [Fact]
    public void Destruction_needs_two_accounts_and_the_second_sees_what_the_first_agreed_to()
    {
        _office.Register([Child.Of(1)]);
        Assert.Equal("no-round", Decisions.Approve(_office.Home, SmallOffice.E23, s_anna, false).Refusal!.Code);
        _office.Open();
        Assert.Equal("round-state", Decisions.Approve(_office.Home, SmallOffice.E23, s_anna, false).Refusal!.Code);
        _office.Deliver(_office.School("99AA00"), [SmallOffice.Grown(Child.Of(1), 4, 10)]);
        Assert.True(_office.Link().Ok);
        Assert.False(Decisions.Approve(_office.Home, SmallOffice.E23, s_anna, true).Value!.IsTaken);
        Assert.Equal("same-person", Decisions.Approve(_office.Home, SmallOffice.E23, s_anna, true).Refusal!.Code);
        var seen = Decisions.Waiting(_office.Home, DecisionKind.Destroy, SmallOffice.E23)!;
        Assert.Equal(("Anna", true), (seen.Voices.Single().Name, seen.WithoutReview));
        Assert.True(Decisions.Approve(_office.Home, SmallOffice.E23, s_bert, false).Value!.IsTaken);
        Assert.Equal("taken", Decisions.Approve(_office.Home, SmallOffice.E23, s_carla, false).Refusal!.Code);
        Decisions.Withdraw(_office.Home, DecisionKind.Destroy, SmallOffice.E23); // too late
        Assert.Single(Decisions.Waiting(_office.Home));
        Decisions.Ended(_office.Home, DecisionKind.Destroy, SmallOffice.E23, done: false);
        Assert.False(Decisions.Approve(_office.Home, SmallOffice.E23, s_bert, false).Value!.IsTaken);
    }

    // Exact tails, summed with rational arithmetic by hand: (3/4)^4; 1 - (3/4)^2; 7/128 of ten fair coins with at most two heads (56/1024).
    [Theory]
    [InlineData(0, 4, 0.25, 0.31640625)]
    [InlineData(1, 2, 0.75, 0.4375)]
    [InlineData(2, 10, 0.5, 0.0546875)]
    [InlineData(10, 10, 0.9, 1)]
    [InlineData(0, 10, 1, 0)]
    public void The_binomial_tail_is_exact(int k, int n, double p, double expected) => Assert.Equal(expected, LinkRates.AtMost(k, n, p), 12);

    [Theory]
    [InlineData(200, 194, false)]
    [InlineData(200, 170, true)]
    [InlineData(9, 0, false)]
    [InlineData(100_000, 96_000, true)]
    [InlineData(100_000, 97_000, false)]
    public void A_school_is_unusual_when_chance_hardly_explains_so_few(int pupils, int linked, bool unusual) => Assert.Equal(unusual, LinkRates.IsUnusual(new(pupils, linked), 0.97));

    static RoundProposal Proposal() => new(1, "Anna", 2, "Bert", new(2024, 2, 1), new(2024, 3, 7), null);
}
