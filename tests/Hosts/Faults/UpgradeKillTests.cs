using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Groeilijn.Gate;
using Groeilijn.Hosts.Machine;
using Groeilijn.Office;
using Groeilijn.Storage;

namespace Groeilijn.Hosts.Faults;

/// <summary>A program killed in the middle of bringing a store up to date leaves each script run or not run, never half, and the next opening goes on.</summary>
public sealed partial class UpgradeKillTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-upgrading-").FullName;

    string Home => Path.Combine(_folder, "home");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Killed_at_a_write_of_the_upgrade_the_store_is_old_or_new_script_by_script() => KillAtEach(["pwrite64"], null, 8);

    [Fact]
    public void So_it_is_on_PostgreSQL() => KillAtEach(["sendto", "sendmsg", "write"], FaultServer.Connection, 4);

    void KillAtEach(string[] calls, string? postgres, int usual)
    {
        Needs.That(OperatingSystem.IsLinux(), "strace is of Linux");
        Needs.Program("strace");
        var names = string.Join(',', calls);
        var most = Count(names, postgres);
        var step = Needs.Torture ? 1 : Math.Max(1, most / usual);
        var seen = new HashSet<int>();
        for (var point = 1; point <= most; point += step)
        {
            Fresh(postgres);
            Upgrade("-o", "/dev/null", "-e", $"trace={names}", "-e", $"inject={names}:signal=SIGKILL:when={point.ToString(CultureInfo.InvariantCulture)}");
            seen.Add(Look());
            using var whole = HomeStore.Open(Home, "office.db", s_scripts);
            Assert.Equal(0, whole.ReadOne<long>("SELECT count(*) FROM cohort_parts"));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"killed at {1 + ((most - 1) / step)} of {most} calls; scripts then run: {string.Join(", ", seen.Order())}");
        Assert.True(seen.Count > 2, "the kills fell between different scripts");
    }

    static readonly System.Reflection.Assembly[] s_scripts = [typeof(OfficeHome).Assembly, typeof(Outgoing).Assembly];

    /// <summary>How many scripts ran; of each all tables are there, of each other none.</summary>
    int Look()
    {
        using var store = HomeStore.Open(Home, "office.db");
        var ran = store.Read<string>("SELECT name FROM schema_scripts").ToHashSet(StringComparer.Ordinal);
        var tables = store.Read<string>(File.Exists(Path.Combine(Home, "store.json")) ? "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()" : "SELECT name FROM sqlite_master WHERE type = 'table'").ToHashSet(StringComparer.Ordinal);
        foreach (var (script, makes) in Scripts())
            Assert.All(makes, table => Assert.Equal((table, ran.Contains(script)), (table, tables.Contains(table))));
        return ran.Count;
    }

    static IEnumerable<(string Name, string[] Tables)> Scripts() =>
        from assembly in s_scripts
        from resource in assembly.GetManifestResourceNames()
        where resource.EndsWith(".sql", StringComparison.Ordinal)
        let text = new StreamReader(assembly.GetManifestResourceStream(resource)!).ReadToEnd()
        select ($"{assembly.GetName().Name}/{resource.Split('.')[^2]}", Tables().Matches(text).Select(match => match.Groups[1].Value).ToArray());

    /// <summary>A store that only the storage itself was in: every script of the office is still to come.</summary>
    void Fresh(string? postgres)
    {
        if (Directory.Exists(Home)) Directory.Delete(Home, recursive: true);
        Directory.CreateDirectory(Home);
        if (postgres is not null) HomeStore.Keep(Home, HomeStore.NewAddress("upgrade", postgres));
        using var old = HomeStore.Open(Home, "office.db");
    }

    int Count(string calls, string? postgres)
    {
        Fresh(postgres);
        var log = Path.Combine(_folder, "calls");
        Assert.Equal(0, Upgrade("--seccomp-bpf", "-o", log, "-e", $"trace={calls}"));
        var main = File.ReadLines(log).First().Split(' ')[0];
        return File.ReadLines(log).Count(line => line.StartsWith(main + " ", StringComparison.Ordinal) && line.Contains('('));
    }

    int Upgrade(params string[] tracing)
    {
        var start = new ProcessStartInfo("strace", ["-f", .. tracing, Path.Combine(AppContext.BaseDirectory, "Groeilijn.Hosts")]) { RedirectStandardError = true };
        start.Environment[OfficeLife.Upgrade] = Home;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    [GeneratedRegex(@"CREATE TABLE (\w+)")] private static partial Regex Tables();
}
