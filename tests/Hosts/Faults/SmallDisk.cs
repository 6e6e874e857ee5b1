using System.Diagnostics;
using System.Globalization;

namespace Groeilijn.Hosts.Faults;

/// <summary>A folder moved onto a disk with only so much room left (tmpfs).</summary>
sealed class SmallDisk : IDisposable
{
    readonly string _folder;

    public SmallDisk(string folder, int roomLeft)
    {
        _folder = folder;
        var aside = folder + "-aside";
        Directory.Move(folder, aside);
        Directory.CreateDirectory(folder);
        Run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder);
        Run("cp", "-r", aside + "/.", folder);
        Directory.Delete(aside, recursive: true);
        var used = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => (new FileInfo(file).Length + 4095) / 4096 * 4);
        Resize($"{(used + roomLeft).ToString(CultureInfo.InvariantCulture)}k");
    }

    public void MakeRoom() => Resize("64m");

    /// <summary>Taken away at once: a program that another test starts holds what is open here until it begins, and the disk goes when it lets go.</summary>
    public void Dispose() => Run("umount", "--lazy", _folder);

    void Resize(string size) => Run("mount", "-o", $"remount,size={size}", _folder);

    static void Run(string program, params string[] words)
    {
        using var process = Process.Start(program, words);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
