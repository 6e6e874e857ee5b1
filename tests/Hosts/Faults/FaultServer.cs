using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Groeilijn.Hosts.Machine;
using Groeilijn.Hosts.School;

namespace Groeilijn.Hosts.Faults;

/// <summary>One throw-away PostgreSQL server (setup/postgres.sh), which goes with this process.</summary>
static class FaultServer
{
    static readonly Lazy<(string? Connection, string Why)> s_server = new(Start);

    /// <summary>The connection; the test is skipped by name when there is no PostgreSQL.</summary>
    public static string Connection
    {
        get
        {
            Needs.That(s_server.Value.Connection is not null, $"PostgreSQL is not here: {s_server.Value.Why}");
            return s_server.Value.Connection!;
        }
    }

    static (string?, string) Start()
    {
        if (!OperatingSystem.IsLinux()) return (null, "the throw-away server is started on Linux only");
        var folder = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "groeilijn-faults-" + RandomNumberGenerator.GetHexString(12, lowercase: true));
        var script = Path.Combine(Checkout.Root, "setup", "postgres.sh");
        using var start = Process.Start(new ProcessStartInfo("bash", [script, "start", folder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = start.StandardOutput.ReadLine();
        return said is not null ? (said, "") : (null, start.StandardError.ReadToEnd().Trim());
    }
}
