using Groeilijn.Storage;

namespace Groeilijn.Tests.Storage;

/// <summary>The store as a SQLite file.</summary>
public sealed class SqliteTests : DatabaseTests
{
    string File => Path.Combine(Folder, "room", "room.db");

    protected override string Bytes => "BLOB";

    protected override Database Open() => Database.Open(File, Scripts);

    [Fact]
    public void The_disk_is_asked_every_time() // synchronous=FULL is 2; NORMAL loses acknowledged rows in a power cut
    {
        using var database = Open();
        Assert.Equal(2, database.ReadOne<long>("PRAGMA synchronous"));
        Assert.Equal("wal", database.ReadOne<string>("PRAGMA journal_mode"));
        Assert.Equal(2, database.ReadOne<long>("PRAGMA temp_store"));
    }

    [Fact]
    public void Only_the_owner_reads_the_store_and_its_journal()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("File modes are Unix's.");
            return;
        }
        using var database = Open();
        database.Write(t => t.Enter([1]));
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(File)!))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_file_that_is_no_store_is_refused_in_words()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, string.Concat(Enumerable.Repeat("ZZZ-SENTINEL", 1000)));
        var refusal = Assert.Throws<StoreException>(Open);
        Assert.Contains("Restore a backup", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ZZZ", refusal.ToString(), StringComparison.Ordinal);
    }
}
