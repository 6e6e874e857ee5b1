using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Groeilijn.Office;

namespace Groeilijn.Hosts.Canaries;

/// <summary>All that a process holds in memory, read from outside while it stands still.</summary>
static partial class ProcessMemory
{
    const int Stop = 19, Continue = 18;

    /// <summary>Stands a process still for the length of an action. False when it had ended.</summary>
    public static bool While(Process process, Action action)
    {
        if (process.HasExited || Kill(process.Id, Stop) != 0) return false;
        try { action(); }
        finally { _ = Kill(process.Id, Continue); }
        return true;
    }

    /// <summary>Searches every page that can be read and written, in all ways a sweep reads bytes. Returns the number of finds.</summary>
    public static int Search(Process process, IEnumerable<string> numbers)
    {
        var found = 0;
        var views = new SweepViews(new SweepNeedles(numbers), (_, _, _) => found++);
        Pages(process.Id, portion => views.Search(portion, 0));
        return found;
    }

    /// <summary>Writes the pages to a file: what a core dump would hold.</summary>
    public static void Dump(Process process, string file)
    {
        using var dump = File.Create(file);
        Pages(process.Id, portion => dump.Write(portion));
    }

    static void Pages(int id, PageReader read)
    {
        using var memory = new FileStream($"/proc/{id}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var portion = new byte[1 << 22];
        foreach (var line in File.ReadLines($"/proc/{id}/maps"))
        {
            if (line.Split(' ', 3) is not [var range, var rights, _] || !rights.StartsWith("rw", StringComparison.Ordinal)) continue;
            var ends = range.Split('-').Select(text => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            for (var at = ends[0]; at < ends[1]; at += portion.Length)
            {
                var length = (int)Math.Min(portion.Length, ends[1] - at);
                if (TryRead(memory, at, portion.AsSpan(0, length)) is > 0 and var got) read(portion.AsSpan(0, got));
            }
        }
    }

    delegate void PageReader(ReadOnlySpan<byte> portion);

    /// <summary>Pages that were reserved and never used cannot be read, and hold nothing.</summary>
    static int TryRead(FileStream memory, long at, Span<byte> into)
    {
        try { return RandomAccess.Read(memory.SafeFileHandle, into, at); }
        catch (IOException) { return 0; }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int id, int signal);
}
