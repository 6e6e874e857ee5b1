using Groeilijn.Delivery;

namespace Groeilijn.Tests.Delivery;

public class DurableFileTests
{
    [Fact]
    public void A_file_is_written_whole_and_replaces_the_older_one_leaving_nothing_else()
    {
        using Scratch scratch = new();
        DurableFile.Write(scratch["a"], "first, and longer");
        DurableFile.Write(scratch["a"], [1, 2, 3]);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(scratch["a"]));
        Assert.Single(scratch.Files);
    }

    [Fact]
    public void A_secret_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are of Unix");
        using Scratch scratch = new();
        DurableFile.WriteSecret(scratch["a"], "secret"u8);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scratch["a"]));
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_older_file()
    {
        using Scratch scratch = new();
        DurableFile.Write(scratch["a"], "older");
        Assert.Throws<InvalidOperationException>(() => DurableFile.TryWrite(scratch["a"], stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException();
        }));
        Assert.False(DurableFile.TryWrite(scratch["a"], stream => { stream.WriteByte(1); return false; }));
        Assert.Equal("older", File.ReadAllText(scratch["a"]));
        Assert.Single(scratch.Files);
    }

    [Fact]
    public void A_missing_folder_and_a_folder_in_the_way_are_failures_of_input_and_output()
    {
        using Scratch scratch = new();
        Assert.ThrowsAny<IOException>(() => DurableFile.Write(scratch["none/a"], "x"));
        Directory.CreateDirectory(scratch["folder"]);
        Assert.ThrowsAny<IOException>(() => DurableFile.Write(scratch["folder"], "x"));
        Assert.Empty(scratch.Files);
    }

    [Fact]
    public void An_fsync_that_fails_is_reported()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the direct call to fsync is of Linux");
        // The kernel's own /proc has no disk beneath it and answers fsync with an error; .NET's flush would not say so.
        IOException failure = Assert.Throws<IOException>(() => DurableFile.SyncFolder("/proc"));
        Assert.Contains("fsync", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_are_made_down_to_the_last()
    {
        using Scratch scratch = new();
        DurableFile.CreateFolder(scratch["a/b/c"]);
        Assert.True(Directory.Exists(scratch["a/b/c"]));
    }
}
