using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>What an import of the register did.</summary>
/// <param name="Persons">Persons in the snapshot.</param>
/// <param name="Added">Of them new, with a new RIN.</param>
/// <param name="Sha256">The sealed snapshot.</param>
public sealed record RegisterImport(int Persons, int Added, string Sha256)
{
    /// <summary>Of the persons, those of whom something changed: a number, an address, a birth date, a sex, the register's own key.</summary>
    public int Changed { get; init; }
}

/// <summary>
/// The population register as the office holds it: a sealed snapshot with a key of its own, opened only in a guarded process.
/// An import is an update, of everybody or of some: who was known keeps the RIN, who is new gets one, who is absent stays (people leave the country,
/// their results remain). The same files again change nothing. No delivery ever updates it.
/// </summary>
public static class Register
{
    /// <summary>Reads the register's files in a folder into a new snapshot as of today.</summary>
    public static Outcome<RegisterImport> Import(OfficeHome home, string folder)
    {
        foreach (var name in (ReadOnlySpan<string>)["persons.csv", "numbers.csv", "addresses.csv"])
            if (!File.Exists(Path.Combine(folder, name))) return new Refusal("no-register-files", $"The folder has no {name}.", "Give the folder with persons.csv, numbers.csv and addresses.csv.");
        if (ProcessGuard.Engage(home.Invented) is { Ok: false } guard) return new Refusal("unguarded", "The register may not be opened in this process: " + guard.Refusals[0], "Then import again.");

        try
        {
            var update = new RegisterUpdate(Load(home));
            foreach (var filed in RegisterFiles.Read(folder)) update.Take(filed);
            update.End();
            return update.Added + update.Changed > 0 || Latest(home) is not { } same ? Keep(home, update) : new RegisterImport(update.Persons.Count, 0, same);
        }
        catch (InvalidDataException wrong)
        {
            return new Refusal("register-files", wrong.Message, "Nothing was changed.");
        }
    }

    /// <summary>Everybody in the snapshot that holds; nobody when there is none. In memory only.</summary>
    internal static List<RegisterPerson> Load(OfficeHome home)
    {
        if (Latest(home) is not { } sha256) return [];
        using var key = IdentityKey.Parse(File.ReadAllText(home.At("keys", "register", "identity")).TrimEnd());
        using var opened = Envelope.Open(File.ReadAllBytes(SnapshotFile(home, sha256)), key);
        return opened.Ok ? RegisterSnapshot.Read(opened.Content).Persons : throw new InvalidDataException($"The register's snapshot cannot be opened: {opened.Fault.Value.Sentence()}");
    }

    static string? Latest(OfficeHome home) => home.Database.ReadOne<string>("SELECT sha256 FROM register_snapshots ORDER BY number DESC LIMIT 1");

    internal static void MakeKey(string folder)
    {
        DurableFile.CreateFolder(folder);
        using var key = IdentityKey.Generate();
        DurableFile.WriteSecret(Path.Combine(folder, "identity"), Encoding.ASCII.GetBytes(key.ToSecretText() + "\n"));
    }

    static RegisterImport Keep(OfficeHome home, RegisterUpdate update)
    {
        var persons = update.Persons;
        var asOf = DateOnly.FromDateTime(home.Now.UtcDateTime);
        var snapshot = Seal(home, asOf, persons);
        var sha256 = FileDigest.Of(snapshot).Sha256;
        DurableFile.CreateFolder(home.At("register"));
        DurableFile.Write(SnapshotFile(home, sha256), snapshot);
        home.Database.Write(t =>
        {
            t.Execute("INSERT INTO register_snapshots (sha256, as_of, persons) VALUES (@sha256, @asOf, @persons)",
                new { sha256, asOf = asOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), persons = persons.Count });
            t.Enter(home.Entry("office", "registered", ("persons", persons.Count), ("snapshot", sha256)));
        });
        foreach (var older in Directory.EnumerateFiles(home.At("register"), "*.age").Where(file => Path.GetFileNameWithoutExtension(file) != sha256)) Leftovers.Erase(older);
        return new RegisterImport(persons.Count, update.Added, sha256) { Changed = update.Changed };
    }

    static byte[] Seal(OfficeHome home, DateOnly asOf, List<RegisterPerson> persons)
    {
        using var key = IdentityKey.Parse(File.ReadAllText(home.At("keys", "register", "identity")).TrimEnd());
        var clear = new MemoryStream(persons.Count * 256 + 1024);
        RegisterSnapshot.Write(clear, asOf, persons);
        clear.Position = 0;
        using var output = new MemoryStream((int)clear.Length + 4096);
        Envelope.Seal(clear, output, key.Recipient);
        CryptographicOperations.ZeroMemory(clear.GetBuffer());
        return output.ToArray();
    }

    static string SnapshotFile(OfficeHome home, string sha256) => home.At("register", sha256 + ".age");
}
