using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Groeilijn.Office.Native;

/// <summary>
/// The C library's calls that destruction rests on, with their failures reported: .NET 10 hides a failing fsync, and has no call
/// that overwrites in place. Linux only; elsewhere <see cref="PlatformNotSupportedException"/>.
/// </summary>
static partial class Libc
{
    const int ReadWrite = 2, CloseOnExec = 0x80000, GetDumpable = 3, SetDumpable = 4;
    const int Portion = 1 << 16, CurrentFolder = -100;
    const uint ExchangeNames = 2;

    /// <summary>Makes this process unreadable for other processes of the same user, and its crash leave no dump. False when it did not take.</summary>
    public static bool ForbidDumps()
    {
        Demand();
        return prctl(SetDumpable, 0, 0, 0, 0) == 0 && prctl(GetDumpable, 0, 0, 0, 0) == 0;
    }

    /// <summary>
    /// Writes zeros over every byte of the file where it lies, waits until they are on the disk, and reads them back.
    /// A new file under the old name would leave the old blocks as they were.
    /// </summary>
    public static void Overwrite(string path)
    {
        Demand();
        var length = new FileInfo(path).Length;
        var descriptor = open(path, ReadWrite | CloseOnExec);
        if (descriptor < 0) throw Failed("open");
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        var zeros = new byte[Portion];
        for (long at = 0; at < length; at += Portion) WriteAll(file, zeros.AsSpan(0, (int)Math.Min(Portion, length - at)), at);
        if (fsync(file) != 0) throw Failed("fsync");
        ReadBack(file, length);
    }

    /// <summary>Lets two files of one file system change names, in one step: at no moment is either name without a file.</summary>
    public static void Exchange(string one, string other)
    {
        Demand();
        if (renameat2(CurrentFolder, one, CurrentFolder, other, ExchangeNames) != 0) throw Failed("renameat2");
    }

    /// <summary>Keeps memory off every disk while it is in use. False where the system's limit for it is reached.</summary>
    public static unsafe bool Lock(Span<byte> memory)
    {
        Demand();
        fixed (byte* start = memory) return mlock(start, memory.Length) == 0;
    }

    /// <summary>Ends <see cref="Lock"/>.</summary>
    public static unsafe void Unlock(Span<byte> memory)
    {
        Demand();
        fixed (byte* start = memory) if (munlock(start, memory.Length) != 0) throw Failed("munlock");
    }

    static void WriteAll(SafeFileHandle file, ReadOnlySpan<byte> bytes, long at)
    {
        while (bytes.Length > 0)
        {
            var written = pwrite(file, bytes, bytes.Length, at);
            if (written <= 0) throw Failed("pwrite");
            bytes = bytes[(int)written..];
            at += written;
        }
    }

    static void ReadBack(SafeFileHandle file, long length)
    {
        var portion = new byte[Portion];
        for (long at = 0; at < length;)
        {
            var read = pread(file, portion, (nint)Math.Min(Portion, length - at), at);
            if (read <= 0) throw Failed("pread");
            if (portion.AsSpan(0, (int)read).ContainsAnyExcept((byte)0)) throw new IOException("what was read back after overwriting is not what was written.");
            at += read;
        }
    }

    static void Demand()
    {
        if (!OperatingSystem.IsLinux()) throw new PlatformNotSupportedException("The office's linking and destruction run on Linux only: elsewhere nothing guarantees what reaches the disk.");
    }

    static IOException Failed(string call)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).", error);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int prctl(int option, nint two, nint three, nint four, nint five);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat2(int oneFolder, string one, int otherFolder, string other, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint pwrite(SafeFileHandle file, ReadOnlySpan<byte> bytes, nint count, long offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint pread(SafeFileHandle file, Span<byte> bytes, nint count, long offset);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int mlock(byte* address, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int munlock(byte* address, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle file);
}
