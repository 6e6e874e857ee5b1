using System.Text.RegularExpressions;

namespace Groeilijn.Tests.Conventions;

/// <summary>What <c>./test</c> leaves out when it runs what keeps a home a second time, on PostgreSQL.</summary>
public sealed partial class SecondPassTests
{
    [Fact]
    public void What_the_second_pass_leaves_out_keeps_no_home_on_the_store_that_is_asked_for()
    {
        var left = LeftOut().Matches(Checkout.Read("test")).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(left);
        foreach (var name in left)
            Assert.DoesNotMatch(Kept(), Assert.Single(Checkout.Files("tests/Tests", ".cs"), file => file.Path.EndsWith($"/{name}.cs", StringComparison.Ordinal)).Text);
    }

    [GeneratedRegex(@"-class- '\*\.(\w+)'")] private static partial Regex LeftOut();

    [GeneratedRegex(@"\b(WhenAsked|SmallOffice|ReportOffice|WithdrawalDesk|CohortHome|new Desk)\b")] private static partial Regex Kept();
}
