using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Groeilijn.Tests.Storage;

/// <summary>One throw-away PostgreSQL server for the whole run, started when the first test asks for it (setup/postgres.sh); it goes with this process.</summary>
static class PostgresServer
{
    static readonly Lazy<(string? Connection, string Why)> s_server = new(Start);

    /// <summary>The connection to the server; the test is skipped by name when there is none.</summary>
    public static string Connection
    {
        get
        {
            Needs.That(s_server.Value.Connection is not null, $"PostgreSQL is not here: {s_server.Value.Why}");
            return s_server.Value.Connection!;
        }
    }

    /// <summary>The connection when this run keeps its homes on PostgreSQL (GROEILIJN_STORE=postgres, the second pass of ./test); null for SQLite.</summary>
    public static string? WhenAsked => Environment.GetEnvironmentVariable("GROEILIJN_STORE") == "postgres" ? Connection : null;

    static (string?, string) Start()
    {
        if (!OperatingSystem.IsLinux()) return (null, "the throw-away server is started on Linux only");
        var memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var folder = Path.Combine(memory, "groeilijn-postgres-" + RandomNumberGenerator.GetHexString(12, lowercase: true));
        var script = Path.Combine(Conventions.Checkout.Root, "setup", "postgres.sh");
        using var start = Process.Start(new ProcessStartInfo("bash", [script, "start", folder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = start.StandardOutput.ReadLine();
        if (said is not null) return (said, "");
        var why = start.StandardError.ReadToEnd();
        start.WaitForExit();
        return (null, why.Trim());
    }
}
