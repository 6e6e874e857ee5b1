using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

public sealed class RoundStatesTests
{
    [Fact]
    public void There_is_one_way_from_open_to_certified_and_every_state_is_on_it()
    {
        var state = RoundState.Open;
        List<RoundState> way = [state];
        while (RoundStates.Transitions.SingleOrDefault(t => t.From == state) is { What: not null } next) way.Add(state = next.To);
        Assert.Equal(Enum.GetValues<RoundState>(), way);
        Assert.Equal(way.Count - 1, RoundStates.Transitions.Count);
    }

    [Fact]
    public void No_state_is_certified_but_present()
    {
        Assert.False(RoundStates.MayHoldIdentities(RoundState.Certified));
        Assert.All(RoundStates.Transitions.Where(t => t.To == RoundState.Certified), t => Assert.False(RoundStates.MayHoldIdentities(t.From)));
    }

    [Fact]
    public void The_diagram_is_the_table()
    {
        var diagram = RoundStates.Diagram();
        Assert.StartsWith("stateDiagram-v2\n    [*] --> Open\n", diagram, StringComparison.Ordinal);
        Assert.All(RoundStates.Transitions, t => Assert.Contains($"    {t.From} --> {t.To} : {t.What}\n", diagram, StringComparison.Ordinal));
        Assert.DoesNotContain("Certified --> Open", diagram, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_are_read_back() => Assert.All(Enum.GetValues<RoundState>(), state => Assert.Equal(state, RoundStates.Read(state.Code())));
}
