using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery.Native;

namespace Groeilijn.Delivery;

/// <summary>
/// Writes a file so that it is either whole and on the disk, or not there at all: a temporary file in the same folder,
/// fsync, rename, fsync of the folder. Every failure is an <see cref="IOException"/>, and no temporary file is left behind.
/// </summary>
/// <remarks>
/// On Linux fsync is called directly, because .NET 10 reports success when the system's own fsync failed.
/// After an fsync that failed the content is in doubt: stop, do not retry (Rebello et al., USENIX ATC 2020). When it was the
/// folder's, the file has its name already but may lose it in a power cut.
/// On other systems .NET's own flush is used and a folder is not synchronised.
/// </remarks>
public static class DurableFile
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode Usual = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes <paramref name="content"/> durably; an older file of that name is replaced in one step.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using Pending pending = new(path, Usual);
        pending.Stream.Write(content);
        pending.Commit();
    }

    /// <summary>Writes <paramref name="text"/> durably as UTF-8 without a byte order mark.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>As <see cref="Write(string, ReadOnlySpan{byte})"/>, readable by its owner alone (mode 600) from its first moment.</summary>
    public static void WriteSecret(string path, ReadOnlySpan<byte> content)
    {
        using Pending pending = new(path, OwnerOnly);
        pending.Stream.Write(content);
        pending.Commit();
    }

    /// <summary>Lets <paramref name="write"/> fill the file; when it returns false or throws, there is no file and the older one stands.</summary>
    /// <returns>What <paramref name="write"/> returned.</returns>
    public static bool TryWrite(string path, Func<Stream, bool> write, bool secret = false)
    {
        using Pending pending = new(path, secret ? OwnerOnly : Usual);
        if (!write(pending.Stream)) return false;
        pending.Commit();
        return true;
    }

    /// <summary>Makes what was written to an open file durable, for a file that grows piece by piece.</summary>
    public static void Sync(FileStream file)
    {
        file.Flush(flushToDisk: !OperatingSystem.IsLinux());
        if (OperatingSystem.IsLinux()) Libc.Sync(file.SafeFileHandle);
    }

    /// <summary>Makes the folder's own list of names durable: after a rename, a removal or a new folder.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsLinux()) Libc.SyncFolder(folder);
    }

    /// <summary>Makes <paramref name="folder"/> and what lies above it exist, durably.</summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        string? above = Path.GetDirectoryName(Path.GetFullPath(folder));
        if (above is not null) CreateFolder(above);
        Directory.CreateDirectory(folder);
        if (above is not null) SyncFolder(above);
    }

    /// <summary>A file that does not exist yet: until <see cref="Commit"/> it has another name, and disposing removes it.</summary>
    sealed class Pending : IDisposable
    {
        readonly string _path;
        readonly string _temporary;
        bool _committed;

        public Pending(string path, UnixFileMode mode)
        {
            _path = Path.GetFullPath(path);
            _temporary = $"{_path}.{RandomNumberGenerator.GetHexString(12, lowercase: true)}.tmp";
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
            Stream = new FileStream(_temporary, options);
        }

        public FileStream Stream { get; }

        public void Commit()
        {
            Sync(Stream);
            Stream.Dispose();
            File.Move(_temporary, _path, overwrite: true);
            _committed = true;
            SyncFolder(Path.GetDirectoryName(_path)!);
        }

        public void Dispose()
        {
            Stream.Dispose();
            if (!_committed) File.Delete(_temporary);
        }
    }
}
