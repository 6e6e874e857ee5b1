using Groeilijn.Hosts.Machine;
using Groeilijn.Hosts.School;
using Groeilijn.Office;

namespace Groeilijn.Hosts.Faults;

/// <summary>
/// The office is killed (SIGKILL) at random moments of opening, receiving, sequencing, linking, withdrawing and destroying, on both stores.
/// GROEILIJN_TORTURE=1 kills a thousand times.
/// </summary>
public sealed class OfficeKillTests
{
    const int Usual = 20, Torture = 1000, KillsPerHome = 40, StepsPerLife = 12;

    [Fact]
    public void Killed_at_any_moment_the_office_loses_nothing_it_said_yes_to() => KillAndLook(null, Needs.Torture ? Torture : Usual);

    [Fact]
    public void So_it_is_on_PostgreSQL() => KillAndLook(FaultServer.Connection, Needs.Torture ? Torture / 5 : Usual / 4);

    static void KillAndLook(string? postgres, int kills)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGKILL.");
        var luck = new Luck(20230701);
        var (told, states) = (0, new HashSet<RoundState>());
        for (var done = 0; done < kills;)
        {
            var folder = Directory.CreateTempSubdirectory("groeilijn-kill-").FullName;
            try
            {
                OfficeLife.Prepare(folder, postgres);
                var acknowledged = new Acknowledged();
                for (var i = 0; i < KillsPerHome && done < kills; i++, done++) states.UnionWith(KillOnce(folder, luck, acknowledged));
                told += acknowledged.Lines;
                if (Needs.Torture) TestContext.Current.TestOutputHelper?.WriteLine($"{done} kills so far, {told} steps acknowledged");
            }
            finally { Directory.Delete(folder, recursive: true); }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {told} steps acknowledged, caught in the states {string.Join(", ", states)}");
        Assert.True(told >= 2 * kills, $"{told} steps were acknowledged in {kills} lives");
        Assert.True(states.Count >= Math.Min(6, kills / 10), "the kills fell in different states");
    }

    /// <summary>One life and its end: one in five is killed while it opens its home, the others after some steps and a part of the next, however slow the machine.</summary>
    static List<RoundState> KillOnce(string folder, Luck luck, Acknowledged acknowledged)
    {
        using var office = new OfficeProcess(folder);
        if (luck.Below(5) == 0) Thread.Sleep(luck.Below(400));
        else
        {
            office.WaitFor(1 + luck.Below(StepsPerLife));
            Thread.Sleep(luck.Below(40));
        }
        Assert.False(office.HasEnded, office.HasEnded ? office.End().Errors : "");
        acknowledged.Hear(office.Kill());
        using var home = OfficeHome.Open(OfficeLife.HomeIn(folder), TimeProvider.System);
        if (HomeIsSqlite(home)) Assert.Equal("ok", home.Database.ReadOne<string>("PRAGMA integrity_check"));
        Assert.Empty(acknowledged.Missing(home));
        return [.. home.Database.Read<string>("SELECT state FROM rounds ORDER BY edition DESC LIMIT 1").Select(RoundStates.Read)];
    }

    static bool HomeIsSqlite(OfficeHome home) => File.Exists(home.At("office.db"));
}
