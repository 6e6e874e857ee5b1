using Groeilijn.Office.Native;

namespace Groeilijn.Office;

/// <summary>What the guard found: reasons not to run, and warnings to show.</summary>
public sealed record Guarded(IReadOnlyList<string> Refusals, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether identities may be opened in this process.</summary>
    public bool Ok => Refusals.Count == 0;
}

/// <summary>
/// Before any identity is in memory: no dumps of this process, and no memory on a disk. It stops ordinary debuggers and crash
/// dumps, not root.
/// </summary>
public static class ProcessGuard
{
    /// <summary>Closes this process and looks around.</summary>
    /// <param name="invented">A home of invented pupils may run on a machine with swap, with a warning.</param>
    /// <param name="swaps">The system's list of swap spaces; given by tests.</param>
    public static Guarded Engage(bool invented, string swaps = "/proc/swaps")
    {
        List<string> refusals = [], warnings = [];
        if (!Libc.ForbidDumps()) refusals.Add("this process can still be dumped: run it without a debugger or tracer.");
        if (HasSwap(swaps))
        {
            if (invented) warnings.Add("this machine has swap, so memory can reach a disk; allowed only because this home is marked as invented.");
            else refusals.Add("this machine has swap, so memory can reach a disk: switch it off (swapoff -a) and start again.");
        }
        if (Environment.GetEnvironmentVariable("DOTNET_EnableDiagnostics") != "0")
            warnings.Add(".NET's diagnostics port is open: start with DOTNET_EnableDiagnostics=0.");
        return new Guarded(refusals, warnings);
    }

    /// <summary>The list has a heading, and a line for each swap space.</summary>
    static bool HasSwap(string swaps) => File.Exists(swaps) && File.ReadLines(swaps).Count(line => line.Length > 0) > 1;
}
