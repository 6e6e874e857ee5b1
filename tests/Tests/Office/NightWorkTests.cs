using Groeilijn.Office;

namespace Groeilijn.Tests.Office;

/// <summary>What the server does once a day, at its hour.</summary>
public sealed class NightWorkTests : IDisposable
{
    readonly SmallOffice _office = new();
    readonly List<string> _log = [];
    readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    public NightWorkTests() => At(new(2023, 7, 2), 1);

    public void Dispose() => _office.Dispose();

    string Calls => Path.Combine(_office.Home.Folder, "calls.txt");

    /// <summary>As the server is after a start; the program writes down what it was asked.</summary>
    NightWork Started(int end = 0) => new(_office.Home, new OfficeProgram(_office.Home.Folder, "/bin/sh", "-c", $"echo \"$*\" >> '{Calls}'; echo 'error: the disk is full' >&2; exit {end}", "sh"), 2, _log.Add);

    int Asked => File.Exists(Calls) ? File.ReadAllLines(Calls).Length : 0;

    void At(DateOnly day, int hour) => _office.Clock.Now = new DateTimeOffset(day, new TimeOnly(hour, 0), TimeSpan.Zero);

    [Fact]
    public async Task At_its_hour_it_is_done_and_once()
    {
        var night = Started();
        Assert.False(await night.Look(_stop));
        At(new(2023, 7, 2), 2);
        Assert.True(await night.Look(_stop));
        Assert.StartsWith("office withdraw --home", File.ReadAllText(Calls), StringComparison.Ordinal);
        Assert.False(PublicLog.IsBehind(_office.Home));
        At(new(2023, 7, 2), 14);
        Assert.False(await night.Look(_stop));
        Assert.False(await Started().Look(_stop)); // the server was started again
        At(new(2023, 7, 3), 1);
        Assert.False(await night.Look(_stop));
        At(new(2023, 7, 3), 2);
        Assert.True(await night.Look(_stop));
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task A_night_on_which_the_server_stood_still_is_made_up_for()
    {
        At(new(2023, 7, 9), 11);
        Assert.True(await Started().Look(_stop));
        Assert.False(PublicLog.IsBehind(_office.Home));
        Assert.Equal(1, Asked);
    }

    [Fact]
    public async Task A_step_that_fails_is_told_does_not_stop_the_other_and_is_tried_the_next_day()
    {
        At(new(2023, 7, 2), 2);
        var night = Started(end: 1);
        Assert.True(await night.Look(_stop));
        Assert.False(await night.Look(_stop));
        Assert.Contains(_log, line => line.EndsWith("night withdraw the disk is full", StringComparison.Ordinal));
        Assert.False(PublicLog.IsBehind(_office.Home));
        At(new(2023, 7, 3), 2);
        Assert.True(await night.Look(_stop));
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task What_came_today_waits_for_the_night_also_when_the_log_was_published_by_hand()
    {
        At(new(2023, 7, 2), 2);
        await Started().Look(_stop);
        At(new(2023, 7, 2), 9);
        _office.School("99AA00");
        _office.Home.Database.Write(t => t.Execute("INSERT INTO withdrawals (about, school, state, signature, signed, received) VALUES ('ab', '99AA00', 'received', @signature, @at, @at)", new { signature = new byte[1], at = OfficeHome.Text(_office.Home.Now) }));
        Assert.False(await Started().Look(_stop));
        At(new(2023, 7, 3), 3);
        PublicLog.Publish(_office.Home);
        Assert.True(await Started().Look(_stop));
        Assert.Equal(2, Asked);
    }
}
