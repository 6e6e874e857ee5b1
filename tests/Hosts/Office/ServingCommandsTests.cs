using Groeilijn.Hosts.Commands;

namespace Groeilijn.Hosts.Office;

/// <summary><c>office serve</c> lets other computers in only with HTTPS and accounts; <c>watch</c> and <c>status</c> say what they did.</summary>
public sealed class ServingCommandsTests
{
    [Theory]
    [InlineData("--urls http://0.0.0.0:5000", "with --network only")]
    [InlineData("--invite", "with --network only")]
    [InlineData("--intake-urls http://0.0.0.0:5000", "with --certificate only")]
    [InlineData("--intake-urls https://0.0.0.0:5000", "with --certificate only")]
    [InlineData("--network", "--host NAME")]
    [InlineData("--certificate x.pem", "--host NAME")]
    [InlineData("--network --host bureau", "or --behind-proxy")]
    [InlineData("--network --host bureau --certificate x.pem --behind-proxy", "or --behind-proxy")]
    [InlineData("--network --host bureau --behind-proxy --urls http://0.0.0.0:80", "with --certificate only|this computer only")]
    [InlineData("--network --host bureau --certificate x.pem --urls http://0.0.0.0:80", "https://")]
    [InlineData("--network --host bureau --certificate x.pem --intake-urls http://0.0.0.0:80", "https://")]
    [InlineData("--drop /no/such/folder", "no such drop folder")]
    [InlineData("--intake-rate 0", "from 1")]
    public void What_would_let_others_in_without_https_or_accounts_is_wrong_use(string typed, string reason)
    {
        using var session = new Session();
        var ran = Session.Run(["office", "serve", "--home", session.At("none"), .. typed.Split(' ')]);
        Assert.Equal(2, ran.Exit);
        Assert.Contains(reason.Split('|'), ran.Error.Contains);
    }

    [Fact]
    public async Task Watching_once_takes_a_delivery_and_the_status_says_so()
    {
        await using var office = new UploadOffice();
        office.Open();
        var files = office.Sealed("99XX00", 20_000);
        office.Close();
        var folder = Directory.CreateDirectory(office.At("drop")).FullName;
        foreach (var (name, content) in files.InOrder) Groeilijn.Delivery.DurableFile.Write(Path.Combine(folder, name), content);
        var taken = Session.Run("office", "watch", folder, "--once", "--home", office.At("office"), "--json").Done().Json;
        Assert.Equal((1, 2), (taken.GetProperty("taken").GetInt32(), taken.GetProperty("answers").GetInt32()));
        Assert.Contains("0 deliveries taken in", Session.Run("office", "watch", folder, "--once", "--home", office.At("office")).Done().Output);
        var round = Session.Run("office", "status", "--home", office.At("office"), "--json").Done().Json[0];
        Assert.Equal(("2025-1", 1, 0), (round.GetProperty("edition").GetString(), round.GetProperty("delivered").GetInt32(), round.GetProperty("missing").GetInt32()));
        Assert.Contains("1 of 1 schools delivered", Session.Run("office", "status", "--home", office.At("office")).Done().Output);
        Session.Run("office", "watch", office.At("nowhere"), "--home", office.At("office")).Refused("no such folder");
        office.Reopen();
    }
}
