using Groeilijn.School;

namespace Groeilijn.Hosts.School;

/// <summary>An upload over a bad line to a bad server arrives whole, once, or says why not; and it goes nowhere else.</summary>
public sealed class UploadTests : IDisposable
{
    static readonly SendPace s_pace = new(Piece: 512, Tries: 12, FirstWait: TimeSpan.FromMilliseconds(1));
    static readonly string[] s_order = ["99XX00-2025-1-1.manifest.p7s", "99XX00-2025-1-1.manifest.json", "99XX00-2025-1-1.age"];

    readonly SealedSchool _school = new();

    [Fact]
    public async Task Three_files_arrive_whole_with_the_signed_manifest_first()
    {
        using var server = new TusServer { Sums = true };
        Assert.True((await Send(server)).Ok);
        Assert.Equal(s_order, server.Whole.Select(w => w.Name));
        Assert.Equal(3, server.Created);
        Assert.Equal((true, server.Patched), (server.Patched > 10, server.Checked));
        IsWhole(server);
        Assert.True((await Send(server)).Value!.Already);
        Assert.Equal(3, server.Created);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Over_a_line_that_breaks_and_a_server_that_errs_at_random_it_arrives_whole(ulong seed)
    {
        var luck = new Luck(seed);
        using var server = new TusServer { Sums = seed % 2 == 0, Luck = _ => luck.Below(10) < 4 ? (Fault)luck.Below(9) : Fault.None };
        for (var tries = 0; tries < 5 && !(await Send(server)).Ok; tries++) { }
        IsWhole(server);
        Assert.NotNull(Sent.All(_school.Home)[0].SentAt);
    }

    [Fact]
    public async Task When_the_server_stays_broken_it_says_so_and_later_goes_on_where_it_was()
    {
        using var server = new TusServer();
        server.Luck = method => method == "PATCH" && server.Patched == 8 ? Fault.Broken : Fault.None;
        Assert.Contains("keeps breaking", (await Send(server)).Refusal!.English);
        var taken = server.Taken;
        Assert.Equal(8, server.Patched);
        server.Luck = _ => Fault.None;
        _school.Close();
        _school.Reopen(); // as a program that was started again
        Assert.True((await Send(server)).Ok);
        IsWhole(server);
        Assert.Equal(3, server.Created);
        Assert.Equal(s_order.Sum(name => new FileInfo(Path.Combine(_school.Home.OutboxFolder, name)).Length), server.Taken);
    }

    [Theory]
    [InlineData("POST", 413, "larger")]
    [InlineData("PATCH", 413, "larger")]
    [InlineData("POST", 403, "does not take")]
    [InlineData("POST", 404, "does not take")]
    [InlineData("POST", 307, "another computer")]
    [InlineData("PATCH", 308, "another computer")]
    [InlineData("POST", 500, "keeps breaking")]
    [InlineData("HEAD", 423, null)] // never asked when nothing goes wrong
    public async Task Each_refusal_of_a_server_has_its_words(string method, int status, string? words)
    {
        using var server = new TusServer { Always = (method, status) };
        var sent = await Send(server);
        Assert.Equal(words is null, sent.Ok);
        if (words is not null) Assert.Contains(words, sent.Refusal!.English);
    }

    [Theory]
    [InlineData("https://elders.example/bestanden/1")]
    [InlineData("http://127.0.0.1:1/bestanden/1")]
    [InlineData("//elders.example/1")]
    public async Task An_upload_is_followed_to_no_other_computer(string location)
    {
        using var server = new TusServer { Location = location };
        Assert.Contains("another computer", (await Send(server)).Refusal!.English);
        Assert.Equal(0, server.Patched);
    }

    [Fact]
    public async Task Stopped_half_way_it_goes_on_at_the_next_start()
    {
        using var stop = new CancellationTokenSource();
        using var server = new TusServer();
        server.Luck = _ =>
        {
            if (server.Patched == 8) stop.Cancel();
            return Fault.None;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sending.Send(_school.Home, SealedSchool.Edition, 1, SendTarget.Upload(server.Address), null, s_pace, stop.Token));
        server.Luck = _ => Fault.None;
        Assert.True((await Send(server)).Ok);
        Assert.Equal(3, server.Created);
        IsWhole(server);
    }

    [Fact]
    public async Task Progress_never_goes_back_and_ends_at_the_whole()
    {
        using var server = new TusServer();
        var seen = new List<SendProgress>();
        Assert.True((await Send(server, new Told(seen))).Ok);
        foreach (var file in seen.GroupBy(p => p.File))
        {
            Assert.Equal(file.Select(p => p.Sent).Order(), file.Select(p => p.Sent));
            Assert.Equal(file.Last().Bytes, file.Last().Sent);
        }
    }

    void IsWhole(TusServer server)
    {
        foreach (var name in s_order)
            Assert.Contains(server.Whole, whole => whole.Name == name && whole.Content.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(_school.Home.OutboxFolder, name))));
    }

    Task<Outcome<SentOff>> Send(TusServer server, IProgress<SendProgress>? progress = null) =>
        Sending.Send(_school.Home, SealedSchool.Edition, 1, SendTarget.Upload(server.Address), progress, s_pace, TestContext.Current.CancellationToken);

    sealed class Told(List<SendProgress> seen) : IProgress<SendProgress>
    {
        public void Report(SendProgress value) => seen.Add(value);
    }

    public void Dispose() => _school.Dispose();
}
