using System.Globalization;
using System.Reflection;
using Groeilijn.Delivery;
using Groeilijn.Gate;
using Groeilijn.Storage;

namespace Groeilijn.Office;

/// <summary>
/// The office's home: one folder with its store, its ledger, its keys and what passes through. Everything that the office
/// does begins by opening it. One process at a time writes in it.
/// </summary>
public sealed class OfficeHome : IDisposable
{
    const string SigningStem = "office", StoreFile = "office.db";

    static readonly Assembly[] s_scripts = [typeof(OfficeHome).Assembly, typeof(Outgoing).Assembly];

    /// <summary>The assemblies whose scripts make the store.</summary>
    internal static IReadOnlyList<Assembly> Scripts => s_scripts;

    readonly Lock _sequencing = new();

    OfficeHome(string folder, TimeProvider clock, Database database)
    {
        (Folder, Clock, Database) = (folder, clock, database);
        Key = SigningKey.Load(At("keys", "signing"), SigningStem);
        Ledger = OpenLedger();
        Invented = database.ReadOne<bool>("SELECT invented FROM home");
        Gate = new Outgoing(database, folder, clock);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The clock that dates every step.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Whether its pupils are invented, so that a machine with swap will do.</summary>
    public bool Invented { get; }

    /// <summary>The store of record.</summary>
    public Database Database { get; }

    /// <summary>With what the office signs receipts, certificates and checkpoints.</summary>
    public SigningKey Key { get; }

    /// <summary>The log of every step.</summary>
    public LedgerFolder Ledger { get; private set; }

    /// <summary>The one way out.</summary>
    public Outgoing Gate { get; }

    /// <summary>The moment, to the second.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Whether a folder is an office's home.</summary>
    public static bool Exists(string folder) => HomeStore.Exists(folder, StoreFile);

    /// <summary>Makes a new home: store, ledger, signing key (ten years) and the register's key.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="clock">The clock that dates every step.</param>
    /// <param name="invented">Whether all pupils are invented.</param>
    /// <param name="postgres">The connection to a PostgreSQL server that keeps the store; null for a SQLite file in the folder.</param>
    /// <exception cref="IOException">There is one already, or the store cannot be made.</exception>
    /// <exception cref="FormatException">The connection is not right.</exception>
    public static OfficeHome Create(string folder, TimeProvider clock, bool invented, string? postgres = null)
    {
        if (Exists(folder)) throw new IOException("This folder is an office's home already; open it, or choose another folder.");
        var address = postgres is null ? null : HomeStore.NewAddress("office", postgres);
        folder = Path.GetFullPath(folder);
        DurableFile.CreateFolder(folder);
        var now = clock.GetUtcNow();
        using (var key = SigningKey.Create("Groeilijn office", now.AddDays(-1), now.AddYears(10)))
        {
            key.Save(Path.Combine(folder, "keys", "signing"), SigningStem);
            Register.MakeKey(Path.Combine(folder, "keys", "register"));
            using var database = address is null ? OpenDatabase(folder) : Database.Open(address, s_scripts);
            database.Write(t =>
            {
                t.Execute("INSERT INTO home (\"only\", invented, created) VALUES (1, @invented, @created)", new { invented, created = Text(now) });
                t.Enter(new LedgerEntry { Time = now, Room = "office", Step = "made", Facts = [("certificate", key.Fingerprint), ("invented", invented ? 1 : 0)] }.ToJson());
            });
        }
        if (address is not null) HomeStore.Keep(folder, address);
        return Open(folder, clock);
    }

    /// <summary>Opens a home.</summary>
    /// <exception cref="IOException">The folder is no office's home.</exception>
    public static OfficeHome Open(string folder, TimeProvider clock)
    {
        if (IsRestoring(folder)) throw new IOException("This home is being restored from a backup; finish that first (office restore).");
        if (!Exists(folder)) throw new IOException("This folder is no office's home; make one first (office init).");
        return Opened(Path.GetFullPath(folder), clock);
    }

    /// <summary>Whether a restore began here and did not end: until it has carried out what was decided since the backup, the home opens for nobody.</summary>
    public static bool IsRestoring(string folder) => File.Exists(Path.Combine(folder, "restoring"));

    internal static void MarkRestoring(string folder)
    {
        DurableFile.CreateFolder(folder);
        DurableFile.Write(Path.Combine(folder, "restoring"), "Give the command office restore again.\n");
    }

    internal static void UnmarkRestoring(string folder)
    {
        File.Delete(Path.Combine(folder, "restoring"));
        DurableFile.SyncFolder(folder);
    }

    /// <summary>A home whose files were just unpacked, and whose store is yet to be filled.</summary>
    internal static OfficeHome OpenRestoring(string folder, TimeProvider clock, Action<Database> fill)
    {
        using (var database = OpenDatabase(folder)) fill(database);
        return Opened(folder, clock);
    }

    static OfficeHome Opened(string folder, TimeProvider clock)
    {
        var database = OpenDatabase(folder);
        try { return new OfficeHome(folder, clock, database); }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A path inside the home.</summary>
    public string At(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    /// <summary>
    /// Writes what waits in the outbox to the ledger and signs it: after this the checkpoint holds every step taken. One writer at a time, also when the
    /// console serves and a command runs beside it: the turn is a lock on a file, and the ledger is opened anew in it.
    /// </summary>
    public Checkpoint Sequence()
    {
        lock (_sequencing)
            using (TakeTurn())
            {
                Ledger = OpenLedger();
                return LedgerOutbox.Sequence(Database, Ledger, Key);
            }
    }

    /// <summary>Reads the ledger while nobody writes in it.</summary>
    internal T ReadLedger<T>(Func<LedgerFolder, T> read)
    {
        lock (_sequencing)
            using (TakeTurn()) return read(OpenLedger());
    }

    LedgerFolder OpenLedger() => new(At("ledger"), "groeilijn/office");

    FileStream TakeTurn()
    {
        for (var tries = 0; ; tries++)
        {
            try { return new FileStream(At("ledger.turn"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
            catch (IOException) when (tries < 300) { Thread.Sleep(100); }
        }
    }

    /// <summary>Closes the store and forgets the key.</summary>
    public void Dispose()
    {
        Database.Dispose();
        Key.Dispose();
    }

    /// <summary>A ledger entry of this moment.</summary>
    internal byte[] Entry(string room, string step, params (string, Fact)[] facts) =>
        new LedgerEntry { Time = Now, Room = room, Step = step, Facts = facts }.ToJson();

    /// <summary>A time as the store and the records spell it.</summary>
    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static Database OpenDatabase(string folder) => HomeStore.Open(folder, StoreFile, s_scripts);
}
