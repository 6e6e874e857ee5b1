using System.Diagnostics;
using System.Text.RegularExpressions;
using Groeilijn.Hosts.Machine;
using Groeilijn.Hosts.School;
using Groeilijn.Office;

namespace Groeilijn.Hosts.Faults;

/// <summary>
/// The disk refuses: the n-th fsync, write or rename of an office's life fails, or the disk is full. Nothing is acknowledged that is not there, the
/// refusal is in words, and begun again with a sound disk the office goes on to the certificate. GROEILIJN_TORTURE=1 refuses every call in turn.
/// </summary>
public sealed partial class DiskFaultTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-disk-").FullName;
    readonly Luck _luck = new(20240611);

    /// <summary>The tracer, which holds the office at the calls that are asked for and at no other.</summary>
    static readonly string[] Tracing = ["strace", "--follow-forks", "--seccomp-bpf"];

    /// <summary>The life whose calls are counted.</summary>
    const string Counted = "counted";

    string Sound => Path.Combine(_folder, "sound");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("fsync", "EIO", 6, "The disk did not take what was written.")]
    [InlineData("pwrite64", "ENOSPC", 3, "The disk is full.")]
    [InlineData("pwrite64", "EDQUOT", 2, "The disk is full.")]
    [InlineData("rename", "EIO", 2, "The disk did not take what was written.")]
    public void Whichever_call_the_disk_refuses_nothing_is_acknowledged_that_is_not_kept(string call, string error, int usual, string words)
    {
        Needs.That(OperatingSystem.IsLinux(), "strace is of Linux");
        Needs.Program("strace");
        OfficeLife.Prepare(Sound, null);
        var calls = Calls(call);
        var points = Enumerable.Range(0, calls.Count).Where(point => IsOfTheOffice(calls[point]) && !IsAskedBefore(calls, point)).ToList();
        if (!Needs.Torture) points = [.. Enumerable.Range(0, usual).Select(i => points[(i * points.Count / usual) + _luck.Below(points.Count / usual)])];
        var told = 0;
        Parallel.ForEach(points, new ParallelOptions { MaxDegreeOfParallelism = Needs.Torture ? Environment.ProcessorCount : 1 }, point =>
        {
            var folder = Copy($"at-{point}");
            var acknowledged = new Acknowledged();
            var (code, said, errors) = Live(folder, [.. Tracing, "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={point + 1}"]);
            Assert.True(code == OfficeLife.Refused, $"{call} {point + 1} of {calls.Count} ({Path.GetFileName(calls[point])}) failed with {error}, and the office ended with {code}: {errors}");
            // SQLite tells a full disk from a failing one only where it writes its own file; of the map of its journal it says that the disk failed.
            Assert.True(errors.Contains(words, StringComparison.Ordinal) || errors.Contains("start the program again", StringComparison.Ordinal), errors);
            acknowledged.Hear(said);
            GoesOn(folder, acknowledged);
            Interlocked.Add(ref told, said.Length);
            Directory.Delete(folder, recursive: true);
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{call}: {points.Count} of {calls.Count} calls refused with {error}, {told} lines acknowledged before");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(120)]
    [InlineData(250)]
    public void On_a_full_disk_nothing_is_acknowledged_that_is_not_kept(int roomLeft) // in kB
    {
        Needs.Root("A full disk");
        OfficeLife.Prepare(Sound, null);
        var folder = Copy("full");
        using var disk = new SmallDisk(Path.Combine(folder, "disk"), roomLeft);
        var acknowledged = new Acknowledged();
        var (code, said, errors) = Live(folder);
        Assert.Equal((OfficeLife.Refused, true), (code, errors.Contains("The disk is full.", StringComparison.Ordinal) || errors.Contains("The disk did not take", StringComparison.Ordinal)));
        acknowledged.Hear(said);
        disk.MakeRoom();
        GoesOn(folder, acknowledged);
    }

    /// <summary>Looks, lets it live on with a sound disk to the certificate, and looks again.</summary>
    static void GoesOn(string folder, Acknowledged acknowledged)
    {
        Look(folder, acknowledged);
        acknowledged.Hear(OfficeLife.GoOn(folder, rounds: 1));
        Assert.Equal(RoundState.Certified, Look(folder, acknowledged));
    }

    static RoundState Look(string folder, Acknowledged acknowledged)
    {
        using var home = OfficeHome.Open(OfficeLife.HomeIn(folder), TimeProvider.System);
        Assert.Empty(acknowledged.Missing(home));
        return Rounds.Find(home, OfficeLife.Editions.First())?.State ?? default;
    }

    static (int Code, string[] Said, string Errors) Live(string folder, params string[] before)
    {
        using var office = new OfficeProcess(folder, rounds: 1, before: before);
        return office.End();
    }

    /// <summary>On what each call of a life without faults was made, in order.</summary>
    List<string> Calls(string call)
    {
        var log = Path.Combine(_folder, "calls");
        Assert.Equal(0, Live(Copy(Counted), [.. Tracing, "-y", "-o", log, "-e", $"trace={call}"]).Code);
        return [.. File.ReadLines(log).Where(line => line.Contains($" {call}(", StringComparison.Ordinal)).Select(line => On().Match(line).Groups[1].Value)];
    }

    /// <summary>
    /// SQLite syncs the folder when it begins a journal, right after the journal's first sync, and does not tell when that fails. The store has asked
    /// for it before, at opening, and does tell.
    /// </summary>
    bool IsAskedBefore(List<string> calls, int point)
    {
        var home = OfficeLife.HomeIn(Path.Combine(_folder, Counted));
        return calls[0] == home && point == 1 + calls.IndexOf(Path.Combine(home, "office.db-wal")) && calls[point] == home;
    }

    /// <summary>The schools' files lie on another disk.</summary>
    bool IsOfTheOffice(string file) => file.StartsWith(OfficeLife.HomeIn(Path.Combine(_folder, Counted)), StringComparison.Ordinal);

    string Copy(string name)
    {
        var folder = Path.Combine(_folder, name);
        using var copy = Process.Start("cp", ["-r", Sound, folder]);
        copy.WaitForExit();
        return folder;
    }

    [GeneratedRegex("""[<"]([^>"]*)[>"]""")] private static partial Regex On();
}
