using System.Diagnostics;

namespace Groeilijn.Hosts.Faults;

/// <summary>
/// A small ext4 disk in a file, mounted under a folder. Copied while its writer stands still, the copy is what a power cut leaves: what the file
/// system had only in memory is not in it.
/// </summary>
sealed class LoopDisk : IDisposable
{
    const string Size = "96M";
    readonly string _image, _mounted;

    LoopDisk(string image, string mounted)
    {
        (_image, _mounted) = (image, mounted);
        Directory.CreateDirectory(mounted);
        Run("mount", "-o", "loop", image, mounted);
    }

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
    public static LoopDisk Make(string folder, string name)
    {
        var image = Path.Combine(folder, name + ".img");
        Run("truncate", "-s", Size, image);
        Run("mkfs.ext4", "-q", "-F", image);
        return new LoopDisk(image, Path.Combine(folder, name));
    }

    /// <summary>What a power cut at this moment would leave, mounted (and so recovered) at <paramref name="name"/>. The disk's writer stands still meanwhile.</summary>
    public LoopDisk Cut(string name)
    {
        var copy = Path.Combine(Path.GetDirectoryName(_image)!, name + ".img");
        // The kernel's own threads go on for a moment: a copy that differs from the disk was made while something moved.
        do Run("cp", "--sparse=always", _image, copy);
        while (!Succeeds("cmp", "-s", _image, copy));
        return new LoopDisk(copy, Path.Combine(Path.GetDirectoryName(_image)!, name));
    }

    public void Dispose()
    {
        if (!Succeeds("umount", _mounted)) Run("umount", "-l", _mounted);
        File.Delete(_image);
        Directory.Delete(_mounted);
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
