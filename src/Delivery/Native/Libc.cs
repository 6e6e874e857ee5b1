using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Groeilijn.Delivery.Native;

/// <summary>The three calls of the C library that make a write durable, with their failures reported.</summary>
static partial class Libc
{
    const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC, the same number on every Linux that .NET runs on

    public static void Sync(SafeFileHandle file)
    {
        if (fsync(file) != 0) throw Failed("fsync of a file");
    }

    public static void SyncFolder(string folder)
    {
        // File.OpenHandle refuses folders, so the folder is opened here.
        int descriptor = open(folder, ReadOnlyCloseOnExec);
        if (descriptor < 0) throw Failed("open of a folder");
        using SafeFileHandle handle = new(descriptor, ownsHandle: true);
        if (fsync(handle) != 0) throw Failed("fsync of a folder");
    }

    static IOException Failed(string call)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}); what was written is in doubt.", error);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(SafeFileHandle descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}
