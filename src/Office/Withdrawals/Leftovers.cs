using Groeilijn.Delivery;
using Groeilijn.Office.Native;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// Takes files out of use for good. The step that takes one out of use writes it down in its own transaction; the file is then overwritten where it
/// lies, synced, read back and removed. A stopped run goes on from the list.
/// </summary>
static class Leftovers
{
    /// <summary>Writes down a file that no row names any more.</summary>
    public static void Add(Transaction t, string path) => t.Execute("INSERT INTO leftovers (path) VALUES (@path) ON CONFLICT (path) DO NOTHING", new { path });

    /// <summary>Writes down a file that is to take another's place under its name; what lay there is then the leftover.</summary>
    public static void Exchange(Transaction t, string path, string insteadOf, string sha256) =>
        t.Execute("INSERT INTO leftovers (path, instead_of, sha256) VALUES (@path, @insteadOf, @sha256)", new { path, insteadOf, sha256 });

    /// <summary>Does what is written down.</summary>
    public static void Finish(OfficeHome home)
    {
        foreach (var (path, insteadOf, sha256) in home.Database.Read<(string Path, string? InsteadOf, string? Sha256)>("SELECT path, instead_of, sha256 FROM leftovers ORDER BY path"))
        {
            // The two names change places at once: a reader finds the old file or the new one, never none.
            if (insteadOf is not null && FileDigest.OfFile(home.At(insteadOf)).Sha256 != sha256)
            {
                Libc.Exchange(home.At(path), home.At(insteadOf));
                DurableFile.SyncFolder(Path.GetDirectoryName(home.At(path))!);
            }
            Erase(home.At(path));
            home.Database.Write(t => t.Execute("DELETE FROM leftovers WHERE path = @path", new { path }));
        }
    }

    /// <summary>Overwrites, syncs, reads back and removes a file; one that is gone is fine.</summary>
    public static void Erase(string file)
    {
        if (!File.Exists(file)) return;
        Libc.Overwrite(file);
        File.Delete(file);
        DurableFile.SyncFolder(Path.GetDirectoryName(file)!);
    }
}
