using System.Diagnostics;

namespace Groeilijn.Hosts.Canaries;

/// <summary>
/// A disk of one's own: an ext4 file system in a file, mounted through a loop device, so that every byte that ever reached the disk can be read,
/// also of files that are gone. Needs root.
/// </summary>
sealed class LoopImage : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("groeilijn-image-").FullName;
    bool _mounted;

    LoopImage()
    {
        Disk = Path.Combine(_folder, "disk.ext4");
        Mount = Directory.CreateDirectory(Path.Combine(_folder, "mount")).FullName;
    }

    /// <summary>The file that is the disk.</summary>
    public string Disk { get; }

    /// <summary>Where it is mounted.</summary>
    public string Mount { get; }

    /// <summary>Makes, formats and mounts a disk; the test is skipped by name where that cannot be, unless this is a machine that must be able to.</summary>
    public static LoopImage Make(int megabytes)
    {
        var image = new LoopImage();
        try
        {
            using (var file = File.Create(image.Disk)) file.SetLength((long)megabytes << 20);
            Run("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", image.Disk);
            Run("mount", "-o", "loop,data=ordered", image.Disk, image.Mount);
            image._mounted = true;
            return image;
        }
        catch (Exception cannot) when (cannot is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            image.Dispose();
            if (Environment.GetEnvironmentVariable("GROEILIJN_CI") == "1") throw;
            Assert.Skip("A file system in a file needs root, mkfs.ext4 and a loop device.");
            throw;
        }
    }

    /// <summary>The whole disk as it would be found after pulling the plug now.</summary>
    public string Copy()
    {
        Run("sync", "-f", Mount);
        var copy = Path.Combine(_folder, "copy.ext4");
        File.Copy(Disk, copy, overwrite: true);
        return copy;
    }

    public void Unmount()
    {
        if (_mounted) Run("umount", Mount);
        _mounted = false;
    }

    public void Dispose()
    {
        Unmount();
        Directory.Delete(_folder, recursive: true);
    }

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {said.Result}");
    }
}
