namespace Groeilijn.Hosts.Commands;

public sealed class ChainByCommandsTests(Chain chain) : IClassFixture<Chain>
{
    [Fact]
    public void Said() { foreach (var (k,v) in chain.Said) { var t=v.ToString(); TestContext.Current.SendDiagnosticMessage(k+": "+t[..Math.Min(300,t.Length)]); Console.WriteLine(k+": "+t[..Math.Min(300,t.Length)]);} }
}
