using System.Text.RegularExpressions;
using Groeilijn.Tests.Conventions;

namespace Groeilijn.Tests.Review;

/// <summary>The console, which many people reach, has no page that could open an identity: only the linking process has.</summary>
public sealed partial class ConsoleTests
{
    [Fact]
    public void No_page_of_the_console_opens_deliveries_keys_or_the_register()
    {
        var pages = Checkout.Files("src/Office/Pages", ".cs", ".cshtml").ToList();
        Assert.NotEmpty(pages);
        Assert.Empty(pages.Where(file => Opens(file.Text)).Select(file => file.Path));
    }

    [Theory]
    [InlineData("using var opened = Envelope.Open(bytes, key);", true)]
    [InlineData("KeyShares.TryJoin(a, b, out var key)", true)]
    [InlineData("var run = LinkingRun.Run(home, edition, a, b);", true)]
    [InlineData("Register.Load(home)", true)]
    [InlineData("OpenedDelivery.Again(home, key, sha)", true)]
    [InlineData("ReviewSession.Start(home, edition, key, name)", true)]
    [InlineData("Rounds.ShareFile(home, edition, 1)", true)]
    [InlineData("IdentityKey.Parse(text)", true)]
    [InlineData("Reviews.Status(home, edition)", false)]
    [InlineData("LinkStore.Summary(home, edition)", false)]
    [InlineData("Registers.Loaded", false)]
    public void What_opens_an_identity_is_recognised(string code, bool opens) => Assert.Equal(opens, Opens(code));

    static bool Opens(string code) => OfIdentities().IsMatch(code);

    [GeneratedRegex(@"\b(Envelope\s*\.\s*Open|KeyShares|IdentityKey|LinkingRun|OpenedDelivery|ReviewFile|ReviewSession|ReviewRoom|Register\s*\.\s*Load|RegisterPerson|RegisterSnapshot|Rounds\s*\.\s*ShareFile)\b")]
    private static partial Regex OfIdentities();
}
