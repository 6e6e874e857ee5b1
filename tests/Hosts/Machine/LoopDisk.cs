using System.Diagnostics;

namespace Groeilijn.Hosts.Machine;

/// <summary>
/// A small ext4 disk in a file, mounted under a folder, so that every byte that ever reached it can be read, also of files that are gone. Copied
/// while its writer stands still, the copy is what a power cut leaves: what the file system had only in memory is not in it.
/// </summary>
sealed class LoopDisk : IDisposable
{
    const int Megabytes = 96;
    bool _isMounted;

    LoopDisk(string image, string mounted)
    {
        (Image, Folder) = (image, mounted);
        Directory.CreateDirectory(mounted);
        Run("mount", "-o", "loop", image, mounted);
        _isMounted = true;
    }

    /// <summary>The file that is the disk.</summary>
    public string Image { get; }

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>Whether this machine lets us mount; otherwise the test is skipped by name.</summary>
    public static void Demand(string what)
    {
        Needs.Root(what);
        Needs.Program("mkfs.ext4");
        var folder = Directory.CreateTempSubdirectory("groeilijn-loop-").FullName;
        try
        {
            using var disk = Make(folder, "try");
        }
        catch (InvalidOperationException refused) { Needs.That(false, $"{what} needs a loop device: {refused.Message}"); }
        finally { Directory.Delete(folder, recursive: true); }
    }

    /// <summary>A new disk, mounted at <paramref name="name"/> in the folder.</summary>
    public static LoopDisk Make(string folder, string name, int megabytes = Megabytes)
    {
        var image = Path.Combine(folder, name + ".img");
        Run("truncate", "-s", FormattableString.Invariant($"{megabytes}M"), image);
        Run("mkfs.ext4", "-q", "-F", image);
        return new LoopDisk(image, Path.Combine(folder, name));
    }

    /// <summary>What a power cut at this moment would leave, mounted (and so recovered) at <paramref name="name"/>. The disk's writer stands still meanwhile.</summary>
    public LoopDisk Cut(string name)
    {
        var copy = Copy(name);
        return new LoopDisk(copy, Path.Combine(Path.GetDirectoryName(Image)!, name));
    }

    /// <summary>The same, not mounted: only the file, with all that was told to be on the disk.</summary>
    public string CopySynced(string name)
    {
        Run("sync", "-f", Folder);
        return Copy(name);
    }

    /// <summary>Takes it from its folder; what the file system still had in memory is written.</summary>
    public void Unmount()
    {
        if (_isMounted && !Succeeds("umount", Folder)) Run("umount", "-l", Folder);
        _isMounted = false;
    }

    public void Dispose()
    {
        Unmount();
        File.Delete(Image);
        Directory.Delete(Folder);
    }

    string Copy(string name)
    {
        var copy = Path.Combine(Path.GetDirectoryName(Image)!, name + ".img");
        // The kernel's own threads go on for a moment: a copy that differs from the disk was made while something moved.
        do Run("cp", "--sparse=always", Image, copy);
        while (!Succeeds("cmp", "-s", Image, copy));
        return copy;
    }

    static bool Succeeds(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    static void Run(string program, params string[] words)
    {
        if (!Succeeds(program, words)) throw new InvalidOperationException($"{program} failed");
    }
}
