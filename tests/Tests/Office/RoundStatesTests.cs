using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

public sealed class RoundStatesTests
{
    [Fact]
    public void Every_way_from_open_to_certified_passes_the_linking_the_end_of_the_review_and_the_search()
    {
        var ways = Ways(RoundState.Open).ToList();
        Assert.Equal(2, ways.Count);
        Assert.All(ways, way => Assert.Equal(RoundState.Certified, way[^1]));
        Assert.All(ways, way => Assert.Equal(way.Order(), way));
        Assert.Equal(Enum.GetValues<RoundState>(), ways.MaxBy(way => way.Length));
        Assert.Equal([RoundState.Reviewing], Enum.GetValues<RoundState>().Except(ways.MinBy(way => way.Length)!));
    }

    static IEnumerable<RoundState[]> Ways(RoundState from)
    {
        var next = RoundStates.Transitions.Where(t => t.From == from).Select(t => t.To).ToArray();
        return next.Length == 0 ? [[from]] : next.SelectMany(Ways).Select(way => (RoundState[])[from, .. way]);
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
