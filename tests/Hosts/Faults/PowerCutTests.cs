using Groeilijn.Hosts.Machine;
using Groeilijn.Hosts.School;
using Groeilijn.Office;

namespace Groeilijn.Hosts.Faults;

/// <summary>
/// Power cuts: the office lives on a disk of its own, is frozen at a random moment, and a copy of the disk is recovered and looked at. What was
/// said before the cut is on the copy. The control, a store that does not wait for the disk, must lose something, or this proves nothing.
/// GROEILIJN_TORTURE=1 cuts two hundred times.
/// </summary>
public sealed class PowerCutTests
{
    const int Usual = 8, Torture = 200, Control = 25, CutsPerHome = 20;

    readonly Luck _luck = new(20250320);

    [Fact]
    public void Nothing_acknowledged_is_lost_in_a_power_cut()
    {
        LoopDisk.Demand("A power cut");
        var cuts = Needs.Torture ? Torture : Usual;
        var told = 0;
        for (var done = 0; done < cuts; done += CutsPerHome) told += Live(hasty: false, Math.Min(CutsPerHome, cuts - done), Assert.Empty);
        TestContext.Current.TestOutputHelper?.WriteLine($"{cuts} power cuts, {told} steps acknowledged, none lost");
        Assert.True(told >= 2 * cuts, $"{told} steps were acknowledged before {cuts} cuts");
    }

    [Fact]
    public void The_control_that_does_not_wait_for_its_disk_loses_what_it_said()
    {
        LoopDisk.Demand("A power cut");
        var (cuts, lost) = (0, 0);
        while (cuts < Control && (lost == 0 || Needs.Torture))
            Live(hasty: true, 5, wrong =>
            {
                cuts++;
                if (wrong.Count > 0) lost++;
            });
        TestContext.Current.TestOutputHelper?.WriteLine($"control: {lost} of {cuts} power cuts lost something");
        Assert.True(lost > 0, $"no loss in {cuts} cuts: these power cuts prove nothing");
    }

    /// <summary>One home and its cuts; returns how many steps it acknowledged.</summary>
    int Live(bool hasty, int cuts, Action<List<string>> look)
    {
        var folder = Directory.CreateTempSubdirectory("groeilijn-power-").FullName;
        try
        {
            using var disk = LoopDisk.Make(folder, "disk");
            return Live(folder, disk, hasty, cuts, look);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    int Live(string folder, LoopDisk disk, bool hasty, int cuts, Action<List<string>> look)
    {
        OfficeLife.Prepare(folder, null);
        using var office = new OfficeProcess(folder, hasty);
        var (heard, acknowledged) = (0, new Acknowledged());
        for (var i = 0; i < cuts; i++)
        {
            office.WaitFor(heard + 2 + _luck.Below(8));
            Thread.Sleep(_luck.Below(30));
            Assert.False(office.HasEnded, office.HasEnded ? office.End().Errors : "");
            office.Freeze();
            Thread.Sleep(20); // until the last line it said is read
            var said = office.Said;
            using var copy = disk.Cut("copy");
            office.Thaw();
            acknowledged.Hear(said[heard..]);
            heard = said.Length;
            look(Look(folder, acknowledged));
        }
        office.Kill();
        return acknowledged.Lines;
    }

    /// <summary>What is wrong on the copy as it was recovered, and again when the sequencer has done what the cut kept it from.</summary>
    static List<string> Look(string folder, Acknowledged acknowledged)
    {
        using var home = OfficeHome.Open(Path.Combine(folder, "copy", "home"), TimeProvider.System);
        if (home.Database.ReadOne<string>("PRAGMA integrity_check") != "ok") return ["the store is damaged"];
        var wrong = acknowledged.Missing(home);
        if (wrong.Count > 0) return wrong;
        home.Sequence();
        return acknowledged.Missing(home);
    }
}
