using System.Formats.Tar;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>A backup that was made.</summary>
/// <param name="File">The sealed archive.</param>
/// <param name="Sha256">Its hash.</param>
/// <param name="Files">How many files of the home are in it.</param>
public sealed record BackupMade(string File, string Sha256, int Files);

/// <summary>
/// Copies what the office must not lose into one sealed archive (a tar, sealed with age to a key that lies elsewhere): store, cohort, background, register, ledger, projects,
/// what was published, and the keys for signing and for the register. Never a round's key or share, never a ciphertext, never a key for withdrawals: what is destroyed must not
/// come back. What was decided since, a restore takes from a small file beside it, made after each run over withdrawals.
/// </summary>
public static class Backup
{
    internal const string Format = "groeilijn-backup/1", Head = "backup.json", Store = "store.jsonl";

    /// <summary>The folders that go along whole. Everything else stays: intake, withdrawals, uploads, review, and all keys but two.</summary>
    static readonly string[] s_whole = ["ledger", "rounds", "receipts", "certificates", "gate", "outgoing", "keys/signing", "keys/register"];

    /// <summary>Makes an archive. A file of that name is not overwritten.</summary>
    public static Outcome<BackupMade> Make(OfficeHome home, string file, RecipientKey to)
    {
        if (File.Exists(file)) return new Refusal("backup-exists", "There is a file of that name already.", "Choose another name; a backup is never overwritten.");
        Leftovers.Finish(home);
        home.Sequence();
        var files = Files(home);
        if (files.Find(path => !File.Exists(home.At(path))) is { } missing) return new Refusal("backup-incomplete", $"The file {missing}, which the store names, is not there.", "Find out where it went, or make the backup again when nothing else runs.");
        DurableFile.TryWrite(file, output =>
        {
            var pipe = new Pipe();
            var writing = Task.Run(() => Fill(home, files, pipe.Writer));
            Envelope.Seal(pipe.Reader.AsStream(), output, to);
            writing.GetAwaiter().GetResult();
            return true;
        }, secret: true);
        var sha256 = FileDigest.OfFile(file).Sha256;
        home.Database.Write(t => t.Enter(home.Entry("backup", "made", ("file", sha256))));
        return new BackupMade(file, sha256, files.Count);
    }

    /// <summary>Writes what was decided of withdrawals and rounds, sealed to the same key and signed (<c>.p7s</c> beside it): a restore of an earlier backup needs the newest of these.</summary>
    public static void WriteDecisions(OfficeHome home, string file, RecipientKey to)
    {
        var ciphertext = Envelope.Seal(Decisions(home), to);
        DurableFile.Write(Path.ChangeExtension(file, ".p7s"), Signature.Sign(ciphertext, home.Key, home.Now));
        DurableFile.WriteSecret(file, ciphertext);
    }

    /// <summary>The same in clear, of a home that still lives.</summary>
    internal static byte[] Decisions(OfficeHome home)
    {
        using var output = new MemoryStream();
        output.Write(HeadLine(home.Now));
        home.Database.Write(t => StoreDump.Write(t, output, StoreDump.Decisions, salts: true));
        return output.ToArray();
    }

    internal static byte[] HeadLine(DateTimeOffset made) => Encoding.UTF8.GetBytes($$"""{"format":"{{Format}}","made":"{{OfficeHome.Text(made)}}"}""" + "\n");

    /// <summary>When something was made, by its first line; null when it is none of this format.</summary>
    internal static DateTimeOffset? MadeAt(string? line)
    {
        try
        {
            using var json = JsonDocument.Parse(line ?? "");
            return json.RootElement.GetProperty("format").GetString() == Format ? OfficeHome.Time(json.RootElement.GetProperty("made").GetString()!) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return null;
        }
    }

    /// <summary>What goes along: the folders that go whole, and of the others the files that a row names.</summary>
    internal static List<string> Files(OfficeHome home) =>
    [
        .. s_whole.Where(folder => Directory.Exists(home.At(folder))).SelectMany(folder => Directory.EnumerateFiles(home.At(folder), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(home.Folder, file))),
        .. home.Database.Read<string>("SELECT path FROM cohort_parts UNION ALL SELECT path FROM background_parts"),
        .. home.Database.Read<string>("SELECT sha256 FROM register_snapshots ORDER BY number DESC LIMIT 1").Select(sha256 => $"register/{sha256}.age"),
        .. home.Database.Read<string>("SELECT name FROM projects ORDER BY name").SelectMany(name => (string[])[$"projects/{name}.duckdb", $"projects/{name}.key"]),
        .. home.Database.Read<string>("SELECT name FROM projects ORDER BY name").Select(name => $"projects/{name}.public").Where(file => File.Exists(home.At(file))),
    ];

    static void Fill(OfficeHome home, List<string> files, PipeWriter writer)
    {
        try
        {
            using (var tar = new TarWriter(writer.AsStream(leaveOpen: true), TarEntryFormat.Pax, leaveOpen: true))
            {
                Add(tar, Head, new MemoryStream(HeadLine(home.Now)));
                var store = new MemoryStream();
                home.Database.Write(t => StoreDump.Write(t, store, StoreDump.Tables(), salts: false));
                Add(tar, Store, store);
                foreach (var path in files)
                {
                    using var content = File.OpenRead(home.At(path));
                    Add(tar, path, content);
                }
            }
            writer.Complete();
        }
        catch (Exception failed)
        {
            writer.Complete(failed); // the sealing side throws it again
            throw;
        }
    }

    static void Add(TarWriter tar, string name, Stream content)
    {
        content.Position = 0;
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
    }
}
