using System.Formats.Tar;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>A home that was restored.</summary>
/// <param name="Made">When the backup was made.</param>
/// <param name="Withdrawals">How many withdrawals of since then were carried out again.</param>
/// <param name="Rounds">How many rounds were found destroyed since then.</param>
/// <param name="Fingerprint">Of the office's certificate in the backup: a person compares it with a printed one.</param>
/// <param name="Asked">How many deliveries and withdrawals schools are asked to send again.</param>
public sealed record RestoredHome(DateTimeOffset Made, int Withdrawals, int Rounds, string Fingerprint, int Asked);

/// <summary>
/// Makes a home from a backup. Before anything else works, what was decided since is carried out again: pupils who were withdrawn go, rounds that were destroyed stay destroyed. Until
/// then the home is marked, and opens for nobody. Safe to repeat: a home that a stopped restore left is begun again.
/// </summary>
public static class Restore
{
    /// <summary>Restores into a folder that is empty or absent.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="key">The key that it was sealed to.</param>
    /// <param name="folder">Where the home is to be.</param>
    /// <param name="decisions">The newest file of decisions, with its signature beside it.</param>
    /// <param name="clock">The clock.</param>
    public static Outcome<RestoredHome> Run(string file, IdentityKey key, string folder, string decisions, TimeProvider clock)
    {
        if (!File.Exists(file) || !File.Exists(decisions) || !File.Exists(Path.ChangeExtension(decisions, ".p7s"))) return new Refusal("restore-files", "The backup, the file of decisions or its signature is missing.", "Give all three; without the decisions of since, a withdrawn pupil would come back.");
        return Run(file, key, folder, clock, home =>
        {
            var ciphertext = File.ReadAllBytes(decisions);
            if (!Signature.Check(ciphertext, File.ReadAllBytes(Path.ChangeExtension(decisions, ".p7s")), [home.Key.Certificate], home.Now).Ok) return new Refusal("decisions-signature", "The file of decisions is not signed by the office of the backup.", "Give the file that this office wrote.");
            using var opened = Envelope.Open(ciphertext, key);
            return opened.Ok ? Outcome.Of(opened.Content.ToArray()) : new Refusal("decisions-unreadable", $"The file of decisions cannot be opened: {opened.Fault.Value.Sentence()}", "Give the key of the backups.");
        });
    }

    /// <summary>Restores with the decisions of the home that still lives.</summary>
    public static Outcome<RestoredHome> Run(string file, IdentityKey key, string folder, OfficeHome live, TimeProvider clock) =>
        Run(file, key, folder, clock, home => home.Key.Fingerprint == live.Key.Fingerprint ? Outcome.Of(Backup.Decisions(live)) : new Refusal("other-office", "The home that lives is another office's than the backup's.", "Give the home from which the backup was made."));

    static Outcome<RestoredHome> Run(string file, IdentityKey key, string folder, TimeProvider clock, Func<OfficeHome, Outcome<byte[]>> decisions)
    {
        folder = Path.GetFullPath(folder);
        if (OfficeHome.IsRestoring(folder)) Directory.Delete(folder, recursive: true);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) return new Refusal("restore-folder", "The folder for the restored home is not empty.", "Choose another folder.");
        OfficeHome.MarkRestoring(folder);

        var archive = Path.Combine(folder, "archive.tar");
        if (Envelope.OpenFile(file, archive, key) is { } fault) return new Refusal("backup-unreadable", $"The backup cannot be opened: {fault.Sentence()}", "Give the backup as it was made, and its key.");
        var made = Unpack(archive, folder);
        Leftovers.Erase(archive);
        if (made is not { } at) return new Refusal("backup-format", "The archive is no backup of an office.", "Give the file that office backup made.");
        using var home = OfficeHome.OpenRestoring(folder, clock, database => Fill(folder, database));
        if (at.AddDays(Terms.Of(home, Terms.BackupDays)) < home.Now) return new Refusal("backup-past-term", "The backup is older than backups may be restored: objections of since cannot all be carried out again.", "Restore a newer one, and throw this one away.");
        if (ProcessGuard.Engage(home.Invented) is { Ok: false } guard) return new Refusal("unguarded", "The register may not be opened in this process: " + guard.Refusals[0], "Then restore again.");
        var since = decisions(home);
        if (!since.Ok) return since.Refusal;
        if (Backup.MadeAt(new StreamReader(new MemoryStream(since.Value)).ReadLine()) is not { } decided || decided < at) return new Refusal("decisions-older", "The file of decisions is older than the backup.", "Give the newest; it is written after each run over withdrawals.");
        var replay = new Replay(home, since.Value);
        replay.Run();
        home.Database.Write(t =>
        {
            // Shares and sealed files of these rounds lie in the home that was, and are not destroyed by destroying here.
            t.Execute("UPDATE rounds SET earlier_home = '' WHERE certificate IS NULL");
            t.Enter(home.Entry("backup", "restored", ("made", OfficeHome.Text(at))));
        });
        home.Sequence();
        OfficeHome.UnmarkRestoring(folder);
        return new RestoredHome(at, replay.Withdrawn, replay.Destroyed, home.Key.Fingerprint, replay.Asked);
    }

    /// <summary>Writes the archive's files into the folder; when it was made. Null when it is not one of ours: a name that leads out of the folder, or no head.</summary>
    static DateTimeOffset? Unpack(string archive, string folder)
    {
        using var file = File.OpenRead(archive);
        using var tar = new TarReader(file);
        DateTimeOffset? made = null;
        while (tar.GetNextEntry() is { } entry)
        {
            var path = Path.GetFullPath(Path.Combine(folder, entry.Name));
            if (entry.EntryType != TarEntryType.RegularFile || !path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return null;
            if (made is null)
            {
                if (entry.Name != Backup.Head || entry.DataStream is null) return null;
                made = Backup.MadeAt(new StreamReader(entry.DataStream).ReadLine());
                if (made is null) return null;
                continue;
            }
            DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
            DurableFile.TryWrite(path, output =>
            {
                entry.DataStream?.CopyTo(output);
                return true;
            }, secret: entry.Name.StartsWith("keys/", StringComparison.Ordinal) || entry.Name.StartsWith("projects/", StringComparison.Ordinal) || entry.Name == Backup.Store);
        }
        return made;
    }

    /// <summary>The store's rows; and the outbox counts on where the ledger ends.</summary>
    static void Fill(string folder, Database database)
    {
        var dump = Path.Combine(folder, Backup.Store);
        var size = new LedgerFolder(Path.Combine(folder, "ledger")).Size;
        using (var rows = File.OpenRead(dump))
            database.Write(t =>
            {
                foreach (var row in StoreDump.Read(rows)) StoreDump.Put(t, row);
                t.Execute("INSERT INTO ledger_outbox (position, entry) VALUES (@size, @entry)", new { size, entry = Array.Empty<byte>() });
                t.Execute("DELETE FROM ledger_outbox");
            });
        Leftovers.Erase(dump);
    }
}
